# Applications for benefits
op-apply-begin = Note an application
op-apply-paper = Note a paper as there
op-apply-no-paper = Note a paper as missing
op-apply-hand-on = Hand papers on
op-apply-set-back = Hand papers back
op-apply-grant = Note as granted
op-apply-refuse = Note as refused
op-apply-paid = Note a payment
op-apply-not-paid = Remove a payment
op-apply-take-back = Take an application back
phase-under_way = under way
phase-granted = granted, not paid yet
phase-paid = paid
phase-refused = refused
phase-taken_back = taken back by the person
answer-granted = granted
answer-refused = refused
error-application-no-steps = This is not applied for through the village; see what is said about it.
error-application-period = That turn cannot be applied for on this day; leave the turn away for the present one.
error-application-not-begun = There is no application yet; note one first.
error-application-begun = There is an application already; go on with that one.
error-application-no-document = This programme asks for no such paper; please check.
error-application-account = Without the person's consent the village takes no copy of a bank card: the person hands the account in themselves.
error-application-answered = The authority has answered; if that was noted by mistake, undo that step in the history.
error-application-taken-back = The person took the application back; if they apply again, note a new application.
error-application-last-step = This is the last step already; note whether it was granted.
error-application-first-step = The papers are at the first step; there is nobody to hand them back to.
error-application-not-handed-on = The papers have not been handed on; note first who has them.
error-application-not-granted = It is not granted yet; note that first.
error-application-paid = Money has come; the application cannot be taken back any more.
error-application-paid-that-day = A payment of that day is noted already; if the amount is wrong, remove it first.
error-application-no-payment = No payment of that day is noted; please check the day.
error-application-amount = The amount must be more than 0 and less than 1,000,000 yuan; please check.
error-application-too-early = The day must not be before { $on }; please check.
cli-application-line = { $name }  { $programme }: { $phase }, now with { $holder }, paid { $yuan } yuan
cli-total-line = { $name }: { $persons ->
    [one] 1 person
   *[other] { $persons } people
}, { $yuan } yuan{ $unnamed ->
    [0] {""}
   *[other] , { $unnamed } of them not named
}
cli-total-all = All together

lists-page-benefits = Benefits
benefits-part-open = Not applied for
benefits-part-under-way = Under way
benefits-part-done = Done
benefits-part-year = Paid by year
benefits-headline = { $households ->
    [one] 1 household
   *[other] { $households } households
} ({ $persons ->
    [one] 1 person
   *[other] { $persons } people
}) not applied, { $yuan } yuan in all
benefits-unknown = { $count ->
    [one] amount not set for 1 person
   *[other] amount not set for { $count } people
}
benefits-lost = Lost after { $on }: { $households ->
    [one] 1 household
   *[other] { $households } households
}, { $yuan } yuan
benefits-yuan = yuan
benefits-yuan-unknown = not set
benefits-deadline = last day
benefits-days = { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
benefits-by = { $worth }; last day { $on }, { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
benefits-worth = Worth { $yuan } yuan
benefits-worth-average = About { $yuan } yuan on average
benefits-worth-unknown = Amount not set
benefits-renewal = renewal
benefits-renewal-hint = Renewal: granted the last time. Where nothing changed, no papers are needed.
benefits-held = With { $who }: { $count }
benefits-holder = with { $who } since { $on }
benefits-total = { $programme }: { $persons ->
    [one] 1 person
   *[other] { $persons } people
}, { $yuan } yuan{ $unnamed ->
    [0] {""}
   *[other] , { $unnamed } of them not named
}
benefits-year = { $year }: { $persons ->
    [one] 1 person
   *[other] { $persons } people
} helped, { $yuan } yuan paid
benefits-unnamed = { $count } of them withdrew their consent: the money is counted, they are not named
benefits-name-gone = { $name } ({ $standing })
benefits-gone = { $standing }: this application goes no further and can be taken back; what was paid stays in the totals.
benefits-year-before = Year before
benefits-year-after = Year after
benefits-not-applied = not applied for
benefits-papers = Papers
benefits-papers-kept = What was handed in the last time is ticked; change what is different.
benefits-account-self = no consent: the person hands it in themselves
benefits-begin = Note application
benefits-hand-on = Hand on to { $who }
benefits-set-back = Back to { $who }
benefits-grant = Granted
benefits-refuse = Refused
benefits-take-back = Taken back by the person
benefits-granted-yuan = Granted, in yuan
benefits-granted = { $yuan } yuan granted
benefits-paid-yuan = Paid, in yuan
benefits-paid = Note payment
benefits-payment = { $yuan } yuan paid on { $on }
benefits-not-paid = Remove the payment of { $on }
benefits-no-amount = write the amount like 3600 or 3,600.50
benefits-then = then
benefits-step-now = now with { $who }
benefits-none-open = Everybody who may apply has applied
benefits-none-open-hint = Whoever is eligible and has not applied appears here. Who must be asked something first is in the lists.
benefits-none-under-way = No application is under way
benefits-none-under-way-hint = Open somebody under "Not applied for" and note the application; here you then see whose hands it is in.
benefits-none-done = No application is done yet
benefits-none-done-hint = When something is granted or paid, note it under "Under way"; people and amounts then stand here.
benefits-none-paid = No payment is noted for this year

# The page about personal data
ui-tab-privacy = Privacy
privacy-page-kept = What is kept
privacy-page-due = Due to go
privacy-page-agreed = Consent
privacy-page-left = What left
privacy-page-looks = Looks
privacy-page-incidents = Loss or leak
privacy-page-prints = Print

kept-how-long = How long
kept-how-long-words = What is used up is not kept. Where the town or the archive has a rule, change the days and say which paper.
kept-for = kept { $days }
kept-due = { $what }: { $count } due
kept-due-shown = { $count } due
kept-change-shown = change
kept-change = Change the days of { $what }
kept-source = By: { $source }
kept-days-field = Days
kept-source-field = Which paper says so
kept-save = Keep by this paper
kept-own-number = Back to { $days } days
kept-what-for = What is kept, and what for
kept-what-ends = kept after its end
kept-ends-line = { $what } { $days }
kept-sensitive = sensitive: agreed to separately
kept-holds = Kept by a rule and no longer used: { $count }
kept-hold-line = until { $until }, by: { $basis }

due-count = Due to be deleted: { $count }
due-hint = These are no longer needed. Look through them and tick what is to go; what a rule keeps is not among them.
due-teach = Appointments, applications and rounds stand here some time after they ended, and you delete them. How long each is kept stands under "What is kept".
due-tick-all = Tick all
due-tick-none = Tick none
due-tick-first = Tick what is to go first
due-delete = Delete what is ticked for good ({ $count })...
due-sure = Delete the { $count } that are ticked for good?
due-since = counted from
due-on = due on

for-good-no-undo = What is deleted is gone: it cannot be undone, looked up or brought back.
for-good-backup = A new backup without it is made at once; the numbers of past months stay.
for-good-copies = What is on sticks and on paper has to be fetched back and destroyed by hand.
for-good-old-backups = Delete the older backups, too (nothing can be put back to before)
for-good-yes = Delete for good
purge-working = Deleting for good
purge-stopped = Stopped; nothing was deleted.

agreed-words = These are numbers only. Who has not been asked stands in the service lists; what somebody said is noted and withdrawn on their own page.
agreed-line = agreed { $given }, withdrew { $withdrawn }, not asked yet { $open }
agreed-print = Print the notice: { $purpose }

left-words = Everything with people on it that was printed, exported or copied out: to whom, what for, which fields, how many people. Kept for three years at least. The monthly files stand under "Hand-up", too.
left-teach = Once a list or slip is printed, a list is exported for an office, or a sealed copy is made, it stands here with whom it went to, what for, which fields, and how many people.
left-rows = { $count ->
    [one] { $count } person
   *[other] { $count } people
    }
left-rows-nobody = { $count } rows, nobody's name
left-column-rows = how many
left-column-fields = fields
left-no-fields = none noted
left-field-masked = { $field } (masked)
left-purpose-rejected = mending what could not be taken from a roster
left-purpose-copy = another computer, or safe keeping
left-purpose-hand-over = going on with the work there
left-purpose-packet = mending a damaged ledger
left-column-purpose = what for

looks-none = Nobody has looked at a child's data yet
looks-teach = Id number, birth date, phone and address of children under 14 are not shown. Whoever needs them chooses a reason first, and it is noted here.
looks-words = Who looked at a child's data, when and why. It cannot be undone and is kept for three years. A row opens the person's page.
looks-column-whose = whose
looks-column-why = why
looks-deleted = (somebody deleted)

incidents-none = No loss or leak is noted
incidents-teach = A laptop, stick or list was lost, or somebody saw what was not for them: stay calm and hide nothing. Call the township first, then fill this in step by step and print the report.
incidents-teach-office = A laptop, stick or list was lost, or somebody saw what was not for them: stay calm and hide nothing. Tell the county first, then fill this in step by step and print the report.
incidents-begin = Note a loss or leak
incidents-count = Losses and leaks: { $count }
incident-step-what = Step 1: what was lost
incident-what-field = What happened (one sentence)
incident-what-hint = No names. For example: a stick with a copy was lost on the way to the market.
incident-kind-first = Choose what was lost first
incident-next = Next
incident-back = Back
incident-step-data = Step 2: which data was in it, of how many people
incident-people-field = How many people it concerns
incident-people-unclear = A number, please; where you are not sure, the most it can be.
incident-people-hint = { $count } people are in the ledger. A laptop or stick holds all of them; for a list, count those on the paper.
incident-save = Note it and see whom to tell
incident-tell-words = Step 3: note the day on which each was told.
incident-tell = Told { $who }
incident-was-told = Told { $who } on { $on }
incident-tell-township = Call at once. The township decides what is next.
incident-tell-office = The township decides whether it is reported.
incident-tell-people = Where others can read it and harm may come of it, the people are told: what was lost, how to guard against fraud.
incident-print = Print the report
incident-correct = Correct this

prints-emergency = For the wall beside the laptop: what to do in which order when something is lost, and whom to call.
prints-emergency-print = Print the card
prints-assessment = Sensitive data is kept, so it is assessed before. Numbers are filled in; opinion and signature by hand; kept for three years at least.
prints-assessment-print = Print the assessment
prints-year-title = Yearly self-check
prints-year = Once a year: what was agreed, what left, what is overdue, who looked at children's data, what was lost. Numbers are filled in.
prints-year-print = Print the check of { $year }
prints-child-rules = How data of children under 14 is handled; for guardians, and for the board.
prints-child-rules-print = Print the children's rules

child-hidden = hidden
child-born-hidden = under 14, the day of birth is not shown
child-why = Of children under 14, id number, birth date, phone, address, consent, applications, reasons and history are not shown. Choose why you look; it is noted.
child-why-first = Choose why you look first
child-look = Show the child's data

rights-head = Delete or keep
rights-delete = Delete for good...
rights-sure = Delete all that is kept of { $name } for good, as the person, a guardian or the family asked?
rights-hold = Keep by a rule...
rights-hold-change = Change how long it is kept...
rights-hold-words = Where a law or the archive says it must be kept: it is no longer used, reminds of nothing, and cannot be deleted before that day.
rights-hold-yes = Stop using it and keep it
rights-until = Kept until
rights-basis = By which rule
rights-held = Kept by a rule until { $until } ({ $basis }); no longer used.
rights-release = No longer kept

looking-head = Passphrase for looking only
looking-words = For those who should see and not change: they can look, and write, print and copy nothing.
looking-not-here = It is open for looking only; open it with the cadre's passphrase to change this.
looking-set = Set one
looking-is-set = It is set: change or remove it
looking-own = The cadre's passphrase
looking-new = New passphrase for looking
looking-again = The same once more
looking-save = Set it
looking-remove = Remove it
read-only-looking = Open for looking only: nothing can be written, printed or copied. To write, close it and open it with the cadre's passphrase.
read-only-looking-brief = Looking only: nothing can be written.

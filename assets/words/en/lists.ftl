### The tab of service lists

lists-page-names = Lists
lists-back = All programmes
lists-to-tell = To tell
lists-ask = Ask first
lists-told = Told
lists-booked = Booked or applied
lists-done = Done
lists-eligible = Eligible
lists-nobody-to-tell = Everybody was told
lists-nobody-ask = Nothing has to be asked first
lists-nobody = Nobody here
lists-nobody-sure = Nobody is certain to be eligible yet; { $ask ->
    [one] { $ask } person has
   *[other] { $ask } people have
} to be asked first.
lists-nobody-yet-hint = Import a roster or enter people one by one; who may have what is listed by itself.
lists-column-tick = pick
lists-column-told = told / eligible
lists-column-deadline = at the latest
lists-column-status = remark
lists-tick = Pick { $name }
lists-tick-group = Pick everybody of { $group }
lists-tick-hint = After a round, note several people at once: click the boxes, or press Space on a row.
lists-ticked = { $count } picked
lists-all-told = All were told
lists-tick-household = Add their households
lists-tick-none = Pick nobody
lists-filter-group = Group
lists-filter-clear = Show all
lists-here-or-away = here and away
lists-period-year = { $year }
lists-period-now = the present turn
lists-by = { $on }, { $days ->
    [one] { $days } day left
   *[other] { $days } days left
    }
lists-lapses = Without an application by { $on } it is lost; { $days ->
    [one] { $days } day left
   *[other] { $days } days left
    }
lists-apply-by = { $on } at the latest, { $days ->
    [one] { $days } day left
   *[other] { $days } days left
    }
lists-lapse-note = { $name }: { $households ->
    [one] { $households } household has
   *[other] { $households } households have
    } not applied, { $yuan } yuan in all. Without an application by { $on } it is lost; { $days ->
    [one] { $days } day left
   *[other] { $days } days left
    }.
lists-apply-note = { $name }: { $count } not told yet; last day { $on }, { $days ->
    [one] { $days } day left
   *[other] { $days } days left
    }.
lists-fold-nobody = { $count ->
    [one] { $count } more concerns
   *[other] { $count } more concern
    } nobody at present
lists-fold-other = Leaflets and ended ones: { $count }
lists-tag-local = local value missing
lists-tag-unverified = to be verified
lists-tag-ended = ended
error-nobody-ticked = Nobody is picked yet; pick people in the list first.
error-some-refused = { $count } of those picked cannot be noted so: they left the village, or something later is known. Nothing was noted; pick again.

lists-newcomers = Coming of age
lists-newcomers-none = Nobody comes of age by the end of next year.
lists-newcomers-hint = { $count ->
    [one] { $count } person comes
   *[other] { $count } people come
    } of age by the end of next year; papers can be made ready.
lists-column-from = From
lists-page-standards = Local standards
local-hint = What the county and the town set by their papers. Once entered, lists, amounts and slips follow it; what is missing is not guessed.
local-change = Change
local-enter = Enter
local-from = from { $title }, since { $on }
local-default = { $value } (not entered; the general rule holds)
local-none = not entered
local-source = Which paper
local-save = Save
local-take-away = Take this value away
local-leave = Leave it
local-out-of-bounds = Out of bounds: { $kind }
local-value-yuan = { $value } yuan
local-value-months = { $value } months
local-value-days = { $value ->
    [one] { $value } day
   *[other] { $value } days
    }
local-value-age = age { $value }
local-kind-yuan = { $min } to { $max } yuan
local-kind-months = { $min } to { $max } months
local-kind-days = { $min } to { $max ->
    [one] { $max } day
   *[other] { $max } days
    }
local-kind-age = { $min } to { $max } years
local-kind-day-of-year = month-day, such as 12-20
local-kind-date = a date, such as 2026-12-20
local-kind-text = a few words, at most 60 letters
local-kind-choice = one of { $choices }
local-choice-visit-day = on the day itself
local-choice-month-end = by the end of the month
local-choice-year-end = by the end of the year
local-effect-money = Changes amounts and slips
local-effect-deadline = Changes the last day, reminders and slips
local-effect-sheet = Changes how long the public sheet hangs
local-effect-name = Changes the name and slips
local-effect-list = Changes who is listed, reminders and slips
local-carry = To and from other villages
local-carry-hint = Only the values above, nothing about anybody. What comes in is looked at first and written when you say so.
local-folder = Folder to write to
local-write = Write the small file
local-written = Written: { $path }
local-file = Small file from another village
local-look = Look at it
local-would-set = { $programme }, { $name }: { $old } → { $new } ({ $title }, since { $on })
local-refused = No. { $number } { $name }: { $problem }, left out
local-take-over = Use these { $count }
local-problem-unclear = cannot be read
local-problem-unknown = no such value
local-problem-bounds = out of bounds
local-problem-source = the paper is not named
local-problem-day = does not hold yet; enter it on its day
local-problem-twice = stands there twice
op-local-standards = local standards taken over
error-local-file = This is no file of local standards; check it and choose again.
error-local-nothing = No local standard was entered yet; enter one first.
cli-local-written = { $count ->
    [one] { $count } local standard
   *[other] { $count } local standards
    } written.
cli-local-refused = No. { $number } { $name }: { $problem }
card-amount = How much
card-amount-year = { $year }: { $yuan } yuan
card-amount-year-by = { $year }: { $yuan } yuan, apply by { $by }
card-amount-case = { $case }: { $yuan } yuan { $per }
card-per-month = a month
card-per-semester = a half-year
card-per-year = a year
card-per-once = once
card-sure-unverified = { " " }(to be verified)
card-sure-average = { " " }(on average)
card-sure-at-least = { " " }(at least)
card-amount-local = The county sets the amount; the local value is not entered, so none is shown.
card-amount-authority = The authority sets the amount.
card-documents = Papers to bring
card-visit = How to prepare, what is done
card-authority = Decided by the authority, not by the village
card-steps = What to do
card-step = { $number }. { $who }: { $what }
card-public-days = the village's public sheet hangs for { $days ->
    [one] { $days } day
   *[other] { $days } days
    }
card-sources = Rests on
card-source = { $title }, checked { $checked }
card-item = · { $what }
card-local-set = { $name }: { $value } (set locally: { $title }, since { $on })
card-local-default = { $name }: { $value } (not entered; the general rule holds)
card-local-missing = { $name }: not entered. { $kind }
card-said-person = the person says so
card-said-family = the family says so
card-certificate-brought = Nobody is asked for the certificate; where somebody brings it, note it on the person's page.
worklist-ends = { $due }; last day { $on }, { $days ->
    [one] { $days } day left
   *[other] { $days } days left
    }
worklist-nobody-hint = Nobody entered is concerned by a programme at present. As facts are filled in and birthdays come, tasks are listed by themselves.
error-local-ahead = This holds from { $on } on; enter it on that day. Until then the present value counts.
error-local-ages = The upper age may not be below the lower one; check it, or change the other one first.
lists-print = Print or export
lists-print-slip = Print a slip
lists-slips-printed = { $count } this year
lists-page-benefits-open = Show them

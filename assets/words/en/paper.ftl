### Printing and writing out

op-disclose = Printed or written out
op-disclose-failed = The file could not be written: nothing left
paper-page = Page { $page } of { $pages }
paper-footer = { $village }, { $on }
paper-demo = Demo village: these people are invented
paper-failed = The file could not be made; please try again.
paper-no-purpose = Please say what it is for.
paper-too-long = Purpose and recipient have at most 60 characters each; please shorten them.
paper-lists-nobody = This programme lists nobody: a slip is printed when somebody asks for it.
paper-no-column = Choose at least one column.
paper-id-for-office = Id numbers go to an office only: name the office, or leave that column out.
paper-not-for-office = A list for an office does not tell how far somebody is, nor the contact person: leave those columns out.
paper-tells-nothing = The list of this programme is for the village alone and tells nobody who was told or applied: choose "Eligible" and leave the state out.
paper-left-out = A list for an office has only those with an application or appointment of their own and, for checks and vaccines, those who agreed that the clinic gets name and phone (no id number); { $count ->
    [one] 1 more person is
   *[other] { $count } more people are
} not on it.
paper-no-such-column = A list has no column "{ $column }".
paper-to-village = the village itself
paper-to-person = the person
paper-to-office = { $name }

paper-kind-roster = Service list
paper-kind-public-sheet = Public notice
paper-kind-person-copy = Copy for the person
paper-kind-told-slip = Notice slip
paper-format-pdf = PDF (for printing)
paper-format-xlsx = Spreadsheet (xlsx)

paper-column-name = Name
paper-column-age = Age
paper-column-group = Group
paper-column-household = Household
paper-column-phone = Phone
paper-column-residency = Lives here
paper-column-state = Where it stands
paper-column-contact = Contact person
paper-column-deadline = Last day
paper-column-tick = Tick
paper-column-id_number = Id number

paper-roster-title = { $programme }: list for { $year }
paper-roster-about = { $rows ->
    [one] { $rows } person
   *[other] { $rows } people
    }. For: { $purpose }. Goes to: { $recipient }. Keep it safe or destroy it after use; do not post it, do not pass it on.
paper-roster-purpose = Telling people at home
cli-paper-written = Written: { $path }
paper-log-line = { $on }  { $paper }  { $programme }  { $rows ->
    [one] { $rows } person
   *[other] { $rows } people
    }  { $recipient }  { $purpose }

paper-only-pdf = This one is made as a PDF only.
paper-no-leaflet = This programme has no leaflet; to tell a person, print a notice slip.
paper-no-public-sheet = The village puts up no notice for this programme, so none is printed.
paper-public-sheet-purpose = For the village notice board
paper-person-copy-purpose = Copy asked for by the person
paper-slip-purpose = Given to the person
paper-summary = { $rows ->
    [one] { $rows } person
   *[other] { $rows } people
    }. For: { $purpose }. Goes to: { $recipient }.

paper-column-masked-name = Name (masked)
paper-column-year-of-birth = Year of birth
paper-public-sheet-title = Public notice: { $programme }
paper-public-sheet-about = { $rows ->
    [one] The person below has
   *[other] The { $rows } people below have
    } applied for { $programme }; the village has their papers and gives notice as the rules ask.
paper-public-sheet-days = On display from { $from } to { $to }; taken down after that.
paper-public-sheet-ask = Anybody who sees it differently may ring or come to the village committee within that time.
paper-public-sheet-masked = Names are masked. No id number, phone, account, health or reason is shown.
paper-write-phone = Phone for questions (by hand):
paper-write-village = Village committee (stamp):
paper-write-clinic = Where to go (filled in by the clinic):
paper-write-name = Name (by hand):
paper-write-to = For (name by hand):
paper-write-told-on = Told on:
paper-write-told-by = Told by:
paper-write-signed = Signature (if wished):
paper-stub = Stub
paper-stub-kept = The stub stays in the village and is destroyed after a year.
paper-told-title = Notice: { $programme }
paper-told-by = { $village }
paper-voluntary = This is voluntary. You need not come, and nothing else depends on it.
paper-voluntary-benefit = Whether to apply is the family's own choice, and nothing else depends on it.
paper-what = What
paper-bring = Bring
paper-who = For whom
paper-documents = Papers
paper-how = How
paper-by-born = { $on }; for a birth in { $year }: the end of { $next }
paper-by = Last day
paper-amount = Amount
paper-county-sets = The county sets the details; what is published there counts.

paper-person-title = What is kept of { $name }
paper-person-about = This is all that the ledger holds about you, but for one thing: that you did not want something, or not this time, is written on no paper, this one included. If something is wrong, tell the village; if you no longer want it kept, say so at any time.
paper-person-record = Your record
paper-person-standing = Belongs to the village
paper-person-known-on = Entered on
paper-person-fact = { $value } ({ $source }, { $on })
paper-person-programmes = Programmes
paper-person-reason = { $holds }: { $clause }. { $fact }. { $source }
paper-person-applications = Applications
paper-person-told = What you were told, and what took place
paper-person-holder = The papers are with
paper-person-answer = Answer
paper-person-document = Paper received
paper-person-paid = Paid
paper-person-yuan = { $yuan } yuan
paper-person-application-state = Now
paper-person-application = { $period } begun { $on }, { $phase }, { $yuan } yuan paid
paper-person-history = When something was entered, and by whom
paper-person-rights = You may look at it, have a copy, have it corrected or deleted, and withdraw consent. Ask the village or your contact person.
paper-person-name-written = Name as written
paper-person-turn = { $name } ({ $turn })
paper-person-tries = times tried in vain: { $count }
paper-person-since = so since { $on }
paper-person-asked-again = asked once more after a missed day
paper-person-wish-first = an early day is wished
paper-person-wish-home = the clinic comes to you
paper-person-walked-in = came without an appointment
paper-person-not-before = not before { $on }
paper-person-not-after = not after { $on }
paper-person-others = Another record of you
paper-person-linked = Joined with the one above on { $on }: both are you.
paper-person-away = Working away
paper-person-speaks-for = You speak at home for { $name }
paper-person-tried = Calls
paper-person-asked = You asked
paper-person-care = Care
paper-person-care-ended = Ended on
paper-person-tasks = What the village noted to do about you
paper-person-task = Noted on { $made }: { $what }, for { $due }
paper-person-put-off = Put off to another day
paper-person-put-off-to = put off to { $until } (decided on { $on })
paper-person-rounds = Rounds with you on the list
paper-person-round = Round of { $on }, row { $number }: { $programme }
paper-person-held = Kept by a rule
paper-person-hold = Kept until { $until } by "{ $basis }" (written down on { $on }): not used and not deleted before.
paper-person-looks = Who looked at what is hidden
paper-person-corrections = What was corrected
paper-column-why = Why
paper-column-item = Which
paper-column-old = Before
paper-column-new = After
paper-column-when = When
paper-column-who = Who
paper-column-what = What

paper-back = Back
paper-preview = Look before it leaves
paper-section = Whom
paper-columns = Which columns
paper-recipient = For whom
paper-to-an-office = An office
paper-office = Name of the office
paper-purpose = What it is for
paper-folder = Folder to write into
paper-first-rows = These are the first rows; the others are alike. Who does not want it, or who withdrew their consent, is not in it.
paper-write = Write the file
paper-writing = Writing
paper-kept = Noted once written: when, for whom, what for, which columns, how many people; never who.
paper-counted = Only how many slips were printed this month is counted, never who asked.

op-put-up-sheet = Put up a public notice
op-take-down-sheet = Took down a public notice
paper-nobody-on-sheet = The village has nobody's application in hand now, so there is nothing to put up.
paper-down-before-up = A notice cannot come down before it went up; please change the day.
paper-no-such-sheet = This notice has been taken down already.
paper-put-up = It hangs now, note it
paper-take-down = Taken down
paper-take-down-due = Take down the public notice: { $programme }, last day { $on }.
paper-person-consents = What was agreed to
paper-person-consent = { $state } ({ $on }, { $channel }, notice version { $notice })
paper-person-not-asked = not asked yet
paper-log = What was printed or written out
paper-log-nothing = Nothing was printed or written out yet.
paper-slips-printed = { $count } printed this month.
paper-slip-misprint = A misprint, take one off
paper-blank = Nobody stands on it, so nothing is noted.
paper-per-month = { $yuan } yuan a month
paper-per-semester = { $yuan } yuan a semester
paper-per-year = { $yuan } yuan a year
paper-per-once = { $yuan } yuan once
paper-amount-unverified = { $amount } (to be confirmed)
paper-amount-average = about { $amount } on average
paper-amount-to-pay = To be paid
paper-amount-at-least = at least { $amount }
paper-amount-not-set = set by the county, not entered yet
paper-amount-by-case = differs from case to case; said when applying
paper-amount-ages = aged { $from } to { $to }: { $amount }
paper-amount-age = aged { $from } and over: { $amount }
paper-print = Print and write out
paper-kind-slip = Leaflet slip
paper-kind-move-slip = Moving slip
paper-move-purpose = Taken along to the new place
paper-move-title = Moving slip for { $name }
paper-move-to = To (committee of the new place)
paper-move-from = Moved from
paper-move-on = Moved on
paper-move-along = Moved together, of the same household
paper-move-services = Done at the old place
paper-move-applications = Applied for at the old place
paper-move-eligible = May be asked for at the new place
paper-move-own = This slip is the person's own: whether and to whom it is handed is theirs to say. Nothing is sent besides.
paper-move-seal = Committee of the old place (seal)
departed-slip-hint = A slip can be printed for the person to take along, so that things go on at the new place.
departed-payments = Payments that may still go on
departed-payments-hint = When it suits the family, someone may go with them to the township with the death certificate and the household book to end what was paid to { $name }; what is paid too long has to be given back, and a funeral grant can be asked for. There is no hurry and nobody need be pressed.
error-has-not-left = This person is still here: note first, on their page, that they moved away or died.
paper-kind-self-check = Village self-check
self-check-about = For the village itself: what the ledger knows is filled in, the rest is written by hand. Nobody is named on it.
self-check-team = 1 Team
self-check-contacts = { $of } groups, { $count } with a contact person.
self-check-trainings = { $count } trainings this year.
self-check-team-write = Who is in charge, who is missing
self-check-notices = 2 Notices
self-check-hanging = { $count } sheets hang, { $of } of them should have come down.
self-check-phones = { $count } entries in the phone list.
self-check-place = 3 Place
self-check-services = { $count } services in the directory.
self-check-place-write = Rooms, opening hours, equipment
self-check-delivered = 4 Entitlements delivered
self-check-service = 5 Service
self-check-feedback = { $count } things said by villagers this year, { $of } answered.
self-check-findings = { $count } things to be checked in the ledger.
self-check-service-write = Visits, errands, difficulties
self-check-by = Checked by, on

### Words used everywhere: facts, reasons, states, operations, errors

sex-male = male
sex-female = female
residency-here = lives here
residency-away = away
residency-unknown = not known
standing-present = of this village
standing-moved_out = moved out
standing-deceased = deceased

field-name = name
field-id_number = ID number
field-sex = sex
field-born = date of birth
field-group = village group
field-household_number = household number
field-head = head of household
field-relation = relation to the head
field-phone = phone
field-address = address
field-residency = residency

holds-yes = holds
holds-no = does not hold
holds-unknown = ask first

clause-standing = living, and of this village
clause-lives-here = lives here for half a year or more
clause-is-away = is away
clause-age-from = { $min } years of age or more
clause-age-between = { $min } to { $max } years of age
fact-born = born { $born }, aged { $age }
fact-born-partly = only known to be born in { $born }
fact-born-missing = date of birth not known yet
fact-residency-missing = not known yet whether living here or away
until-moves-out = no longer after moving out or death
until-moves-in = looked at again after moving back
until-goes-away = no longer after going away
until-comes-back = holds after coming back to live here
until-residency-asked = known once asked: living here or away?
until-born-asked = known once the date of birth is asked
until-born-corrected = looked at again if the date of birth is corrected
until-birthday = turns { $age } on { $on }

state-to_tell = to tell
state-unreachable = not reached yet
state-told = told
state-booked = booked
state-applied = applied
state-been = been
state-done = granted
state-declined = does not want it
outcome-told = told
outcome-booked = booked
outcome-declined = does not want it
outcome-unreachable = not reached

task-tell = tell
task-ask = ask
task-try_again = try again
section-overdue = past its day
section-today = today
section-this_week = this week
section-later = later

op-init = new village
op-demo = demo village made
op-tell = recorded as told
op-book = recorded as booked
op-decline = recorded as not wanted
op-answer = answer recorded
op-unreachable = recorded as not reached
op-attend = recorded as been
op-residency = residency recorded
op-born = date of birth recorded
op-standing = moved out, deceased or back recorded
op-add-resident = resident added
op-remove-resident = resident entered by mistake removed
op-assign-contact = contact person assigned
op-import = roster imported
op-undo = undone
op-redo = redone
op-take-back = taken back

record-village = village
record-contact-person = contact person
record-village-group = village group
record-source = source
record-household = household
record-resident = resident
record-fact = fact
record-offer = offer
record-service = service

column-id = number
column-uid = number
column-name = name
column-name-written = name as written
column-code = code
column-kind = kind
column-phone = phone
column-contact-person-id = contact person
column-title = title
column-noted-on = date
column-group-id = village group
column-number = household number
column-address = address
column-sorted = sorted into households
column-household-id = household
column-id-number = ID number
column-sex = sex
column-born = date of birth
column-relation = relation to the head
column-standing = of this village
column-standing-on = date
column-source-id = source
column-known-on = known since
column-resident-id = resident
column-value = value
column-on-date = date
column-programme = programme
column-period = period
column-outcome = outcome
column-tries = tries

group-none = no group
group-numbered = Group { $name }
household-none = no household yet

error-cancelled = Stopped; nothing was changed.
error-no-such-file = "{ $path }" was not found; check the name and the place.
error-no-permission = "{ $path }" cannot be read or written; choose a folder you may write to.
error-disk-full = No room for "{ $path }": the disk is full; free some space and try again, nothing is lost.
error-file-exists = "{ $path }" exists already; choose another name, the file was not touched.
error-disk = "{ $path }" could not be read or written; check the disk or stick and try again.
error-ledger-disk-full = The disk is full and this step was not saved; free some space and do it again, what was saved before is safe.
error-ledger-too-deep = The ledger's folder lies too deep and its path is too long; put it into a folder nearer to the top of the disk.
error-file-in-use = "{ $path }" is open in another program, such as Excel; close it there and try again.
error-ledger-on-stick = A ledger cannot be kept on a stick, which is pulled out and lost; put it into a folder on this machine's disk, and sealed copies on the stick.
error-ledger-on-network = A ledger cannot be kept on a network drive, where a broken connection can damage it; put it into a folder on this machine's own disk, and sealed copies on a stick.
error-ledger-read-only = The ledger's folder cannot be written to; put the ledger into a folder on this machine that can.
error-ledger-io = The ledger could not be read or written and this step was not saved; check the disk and try again.
error-ledger-damaged = The ledger file is damaged; do not change it further and put the latest backup in its place (recover look).
error-ledger-unreadable = The disk does not give back part of the ledger file; do not change it further and put the latest backup in its place, best on another disk (recover look).
error-ledger-busy = The ledger is busy; try again in a few seconds.
error-contradicts = This contradicts what is recorded and was not saved; check and try again.
error-ledger-unexpected = The ledger holds something unreadable and this step was not saved; put the latest backup in its place (recover look) or ask for help.
error-empty-file = This file is empty; it is no Xiangli ledger.
error-plain-sqlite = This is another program's data file, not a Xiangli ledger.
error-is-spreadsheet = This is a spreadsheet, not a ledger; use "Import a roster" to read it.
error-not-a-ledger = This is not a Xiangli ledger.
error-wrong-key-or-damaged = The key does not fit, or the ledger file is damaged; put the latest backup in its place (recover look).
error-newer-ledger = This ledger was made by a newer Xiangli (format { $file }, this program knows up to { $program }); open it with the newer one. The file was not touched.
error-chain-broken = The history does not add up, the ledger file may have been tampered with; put the latest backup in its place (recover look).
error-no-randomness = The system gives no random numbers, so nothing can be sealed; restart the machine and try again.
error-already-open = The ledger is open in another window; close that one first.
error-village-code = A village code is 12 digits, as in the statistical area codes.
error-village-name = Enter the village's name, at most 50 characters.
error-programme-file = A programme file of this program is faulty; install the program again.
error-no-such-resident = No such person was found; check the number.
error-no-such-programme = There is no such programme; check its name.
error-no-such-change = No such step was found in the history.
error-not-in-effect = This step is taken back already, or cannot be.
error-not-present = This person has moved out or died and is no longer recorded.
error-nothing-to-undo = There is nothing left to undo.
error-nothing-to-redo = There is nothing to redo.
error-undo-changed = Cannot be undone: "{ $field }" was changed since, it is "{ $now }" now and was "{ $then }" then; correct it directly.
error-undo-changed-since = Cannot be undone: "{ $field }" was changed since; correct it directly.
error-undo-gone = Cannot be undone: the entry was removed since.
error-undo-used = Cannot be undone: something that belongs to it was recorded since; undo that first.
error-undo-purged = Cannot be undone: the entry was deleted for good, as the rules demand.
error-before-birth = The person was born on { $born }, after { $on }; check the day, or the date of birth.
error-date-ahead = { $on } lies ahead; enter today or an earlier day.
error-id-known = This ID number is recorded already; search for it.
error-born-ahead = The date of birth lies ahead; check it.
error-born-from-id = The ID number decides the date of birth; check the ID number first.
error-later-known = On { $on }, later than this day, "{ $outcome }" was recorded; nothing was changed.

cli-ask-passphrase = Passphrase:
cli-ask-new-passphrase = A passphrase for the new ledger (8 characters or more):
cli-no-passphrase = The ledger is locked: enter the passphrase in a terminal, or name its file in XIANGLI_PASSPHRASE_FILE.
cli-nothing-changed = Nothing is different; nothing was changed.
cli-saved = Saved: { $op } ({ $uid })
cli-kept = Kept, because it was edited or used since: { $record } { $name }
cli-unknown-line = This line is not understood; use the words of the command line.
cli-taken-back =  (taken back)
cli-list-slip = a slip on request, no list
cli-list-local = (local values not set yet)
cli-list-line = { $name }: told { $told } of { $eligible }, to ask first { $ask }
cli-started = Started "{ $name }".
cli-paper-code = Paper code (write it down and keep it safe; it opens the ledger if the passphrase is forgotten): { $code }
cli-paper-code-written = The paper code was written to "{ $path }"; print it, keep it safe and delete the file.
cli-demo-made = The demo village was made: { $residents ->
    [one] { $residents } person
   *[other] { $residents } people
    }, all of them invented.
cli-checked = All is sound: { $residents ->
    [one] { $residents } person
   *[other] { $residents } people
    }, { $changes ->
    [one] { $changes } step of history
   *[other] { $changes } steps of history
    }.
cli-copied-out = The copy was written and proved by opening it again: { $path }
cli-copied-in = The copy of "{ $name }" was opened: { $residents ->
    [one] { $residents } person
   *[other] { $residents } people
    }, at { $path }.
cli-ask-next-passphrase = New passphrase (at least 8 characters): 
cli-passphrase-changed = The passphrase is changed: the old one opens nothing any more, the paper code stays valid. Copies made before keep the passphrase of their day.
cli-paper-code-renewed = There is a new paper code; the old one is worth nothing, destroy it. Copies made before keep the code of their day.
cli-restore-before = The old ledger: step { $revision }, { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
    }.
cli-restore-before-unread = The old ledger cannot be opened any more; what it held is not known.
cli-restore-after = Now in its place, from the backup: step { $revision }, { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
    }; what came later has to be entered again.
cli-restore-aside = The old ledger was not removed; it lies at "{ $path }".
error-reached = "{ $outcome }" was recorded on { $on }, so there is nobody left to reach; if that was a slip, undo it.
op-edit-resident = Correct details
op-move = Move to another household
op-split-household = Split off a new household
op-join-households = Join households
op-edit-household = Correct household
op-relations = Correct relations to the head
op-rename-group = Rename group
op-merge = Merged into one person
op-unmerge = Taken apart, two people again
op-not-same = Noted as two people
error-no-such-household = This household was not found; it may have been joined to another. Please look again.
error-household-number-known = The group already has a household with this number; choose another, or move there.
error-nobody-chosen = Nobody is chosen yet; tick who is to move.
error-same-household = This is the same household; choose another.
error-unsorted-household = These are people without a household, not a household; tick them and make one.
error-not-in-household = This person is no longer in this household. Please look again.
error-group-name = Please give the group's name.
error-group-known = There already is a group with this name; choose another.
error-linked = This person has another record merged in; take them apart first, then remove.
error-merge-itself = This is the same person; choose another.
error-merged-already = One of the records is merged already; take it apart first.
error-not-merged = This record is not merged; there is nothing to take apart.
record-same-person = merge
record-same-person-before = what stood before a merge
record-not-same = two people
column-behind-id = record merged in
column-listed-id = record kept
column-linked-on = day
column-link-id = merge
column-field = item
column-before = what stood before
column-one-id = resident
column-other-id = resident
list-mark = |, |
labelled = { $label }: { $value }
ui-file-kinds = Spreadsheets
cli-value-unknown = A value cannot be read, nothing was changed; --help tells what it may be.
error-merge-gone = The record to be kept says moved away or deceased while the other is present; keep the present one.

# The hand-up: the village's side and the township's.

op-enrol = took the township’s invite
op-hand-up = made the hand-up file
op-hand-up-failed = the hand-up file could not be written
op-receipt = took the township’s receipt
op-invite = invited a village
op-enrol-member = took a village’s answer
op-confirm-member = compared the number by phone
op-receive = took hand-up files

record-office = office above
record-hand-up = hand-up file
record-hand-up-refusal = row not taken
record-member = village of the township
record-received = file received
record-received-count = number received
record-received-application = application received
record-received-appointment = appointment received
record-received-refusal = row not taken

paper-kind-hand-up = Hand-up file
paper-format-xlb = Sealed file (xlb)

hand-up-entity-count = Numbers by programme (no names)
hand-up-entity-application = People’s own applications
hand-up-entity-appointment = People’s own appointments
hand-up-shown-plain = plain
hand-up-shown-masked = masked
hand-up-stays-in_village = applications whose papers are still here
hand-up-stays-over = applications that are over
hand-up-stays-untold = programmes of which nothing is told
hand-up-stays-child = children under 14 without a guardian’s consent
hand-up-stays-no_consent = appointments without consent for the clinic
hand-up-wrong-missing = a column is missing
hand-up-wrong-foreign = a column that was not agreed
hand-up-wrong-value = a value that cannot be
hand-up-wrong-programme = a programme that the township’s program does not have
hand-up-wrong-twice = the same row twice

hand-up-preview = This goes up to { $name } for { $month }:
hand-up-section = { $what }: { $rows } rows; columns: { $columns }
hand-up-stays = Stays in the village: { $why }, { $count }
hand-up-open = No. { $number } ({ $month }): { $rows } rows made, no receipt yet.
hand-up-accepted = No. { $number } ({ $month }): the township took all { $rows } rows on { $on }.
hand-up-accepted-but = No. { $number } ({ $month }): the township took { $rows } rows on { $on } and refused { $refused }: { $why }.
hand-up-only-here = Since the township last took a file, { $count } changes are only on this machine.

hand-up-not-enrolled = No invite of a township was answered yet: first open the invite (.xli) that the township gave you.
hand-up-clock = This machine’s date is before the last hand-up: set the date right first, then hand up.
hand-up-not-made = The hand-up file could not be made and nothing was written; close the program and try again.
hand-up-foreign = This file was not sealed for this office (or its beginning is damaged): check which village it is of and for which township.
hand-up-damaged = The file is cut short or was changed: have the village copy it again from its machine.
hand-up-newer = The file was made by a newer program: update the program on this machine first.
hand-up-other = This is no hand-up file (.xlb): choose another one.
hand-up-unknown-sender = The sender was not invited, or does not use its own key: invite the village first.
hand-up-profile = The file has columns that were not agreed and was not taken: invite the village again.

invite-damaged = The invite is cut short or was changed: ask for it again.
invite-other = This is no invite (.xli) and no answer (.xla): choose another file.
invite-newer = This file was made by a newer program: update the program on this machine first.
invite-other-village = This invite is for code { $code }, this village is { $own }: ask the township for your own.
invite-answer-unknown = This answer fits no invite: invite the village again.

receipt-foreign = This receipt is not for this village: look for your own.
receipt-damaged = The receipt is cut short or was changed: have the township read the file again, it writes another one.
receipt-newer = The receipt was made by a newer program: update the program on this machine first.
receipt-other = This is no receipt (.xlr): choose another file.
receipt-unknown-sender = This receipt is not from the township that invited this village: it was not taken.
receipt-no-file = The file that this receipt is about was not made on this machine: make sure that no second machine hands up for the village.

file-state-accepted = taken
file-state-same = read before
file-state-older = older file
file-state-gap = files missing before it
file-state-fork = two laptops
file-state-foreign = not for this office
file-state-damaged = damaged
file-state-unknown_sender = unknown sender
file-said-accepted = { $village } no. { $number } was taken{ $refused ->
    [0] .
   *[other] , { $refused } rows were not.
}
file-said-same = { $village } no. { $number } was read before; nothing is new.
file-said-older = { $village } no. { $number } is an older file; its numbers are kept, the lists stay those of the newer one.
file-said-gap = { $village } no. { $number } was taken; no. { $missing } before it is missing: read it when it is found, the numbers stay right.
file-said-fork = { $village } no. { $number } does not follow from the files before: two laptops may be writing. Call the village and ask which one counts.
file-said-clock-ahead = { $village } no. { $number } was taken, but the village’s clock says { $on }, later than today: ask the village to set its date right.
file-said-clock-behind = { $village } no. { $number } was taken, but the village’s clock says { $on }, years off: ask the village to set its date right.

township-is-village = This ledger is of a village: this is done in the township’s program.
township-not-within = Code { $code } does not lie in this office’s area ({ $own }): check the code.
township-not-answered = Nobody of this code has answered yet; there is nothing to compare.
township-nobody-invited = No village was invited yet: invite one first.
township-no-receipt = { $count } receipts could not be written to the stick: the files are taken; read them again from a stick that can be written and the receipts follow.
township-member-invited = { $name } ({ $code }): invited, no answer yet.
township-member-answered = { $name } ({ $code }): answered, number { $fingerprint }, not compared by phone yet.
township-member-confirmed = { $name } ({ $code }): answered and compared, number { $fingerprint }.
township-row = { $name }: told { $told } ÷ eligible { $eligible }; the file is { $age } days old; { $ending } yuan are lost if nobody applies before the year ends.
township-row-help = { $name }: told { $told } ÷ eligible { $eligible }, many have not been told: help is needed; the file is { $age } days old; { $ending } yuan are lost if nobody applies before the year ends.
township-row-none = { $name }: no file came yet.

error-own-keys = The hand-up keys in this ledger are damaged: restore the latest backup.
error-code-of-office = This is the code of a township or county: a village’s does not end in 000. For a township, use township init.
error-office-code = A township’s code has nine digits (or twelve ending in 000), a county’s has six: check it.

measure-residents = people who live here or work away
measure-households = households
measure-quality = records to look at
measure-eligible = eligible
measure-told = told
measure-ask = to be asked first
measure-been = done
measure-applied = applying
measure-granted = granted
measure-paid_persons = persons paid
measure-paid_fen = paid (fen)
measure-open = could apply and have not
measure-open_fen = of that, money (fen)
measure-ending = ends with the year
measure-ending_fen = of that, money (fen)

cli-invited = The invite lies in { $path }. Take it to the village on a stick; the program there opens it.
cli-confirmed = Noted: compared by phone, both the same.
cli-enrolled = The invite of { $name } was taken. Number: { $fingerprint }; compare it with the township by phone. The answer lies in { $path }; take it back.
cli-enrolled-member = { $name } has answered. Number: { $fingerprint }; compare it with the village by phone.
cli-handed-up = Hand-up file no. { $number } is written and was read back: { $rows } rows, in { $path }.
cli-identity-written = The key lies in { $path }: whoever has it opens every village’s file; remove it after use.

column-verifying = signing key
column-profile = agreed columns
column-proof = proof of the answer
column-enrolled-on = answered on
column-month = month
column-digest = digest
column-revision = revision
column-accepted-on = taken on
column-accepted-rows = rows taken
column-hand-up-id = hand-up file
column-section = part
column-row-key = row
column-wrong = why it was not taken
column-secret = secret of the invite
column-invited-on = invited on
column-confirmed-on = compared on
column-member-id = village
column-previous = file before
column-read-on = read on
column-demo = demo data
column-received-id = file received
column-measure = what is counted
column-person = code of the person
column-phase = how far it is
column-paid-fen = paid (fen)

op-month-close = closed the month
op-month-adjust = noted what was found after closing
record-closed-month = closed month
record-closed-count = number of a closed month
record-month-adjustment = correction after closing
record-received-adjustment = correction received
column-closed-month-id = closed month
column-closed-on = closed on
column-difference = difference
hand-up-entity-adjustment = Corrections after closing (no names)
measure-month_checked = checked in the month (persons)
measure-month_began = applied in the month
measure-month_granted = granted in the month
measure-month_paid_persons = paid in the month (persons)
measure-month_paid_fen = paid in the month (yuan)
month-head-month_checked = Checked
month-head-month_began = Applied
month-head-month_granted = Granted
month-head-month_paid_persons = Persons paid
month-head-month_paid_fen = Paid (yuan)
month-line = { $programme } { $what }: { $number }
month-closed = Closed on { $on }: the numbers stand; what is noted later stands beside them.
month-closed-later = Closed on { $on }; in brackets what was noted after closing.
month-paper-title = Report of { $of }
month-paper-year = Report of the year { $of }
month-paper-open = Not closed yet: the numbers up to today.
month-paper-summed = The sum of the villages’ files, with what was found after closing.
error-month = Write a month as 2026-11, a year as 2026.
error-month-not-over = { $month } is not over: it can be closed from { $on } on.
error-month-closed = { $month } was closed before; its numbers stand.
cli-month-closed = { $month } is closed.

op-join = joined what another laptop did
join-relation-behind = All that is there is here already.
join-relation-ahead = That copy goes on from this one.
join-relation-forked = Both laptops went on from the same point.
join-value = { $value }
join-value-word = { $value }
join-summary = { $relation } { $there } steps there, { $here } here; { $taken } rows joined, { $conflicts } fields that both changed, { $left } rows that could not be joined.
join-conflict = { $record } { $name }: here “{ $ours }”, there “{ $theirs }”; ours stays.
join-conflict-row = { $record } { $name }: both changed it; ours stays.
error-join-stranger = This file is no copy of this village’s ledger and cannot be joined: check from which laptop it is.
error-join-itself = This is the very ledger that is open: choose the copy from the other laptop.

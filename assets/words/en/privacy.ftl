# Protection of personal data
op-purge = Deleted for good, as the person asked
op-purge-due = Deleted for good what was due
op-purge-again = Deleted again what had been deleted for good
op-retention = Changed how long something is kept
op-hold = Stopped processing, kept by a rule
op-release = No longer kept by a rule
op-incident = Noted a loss or leak
op-incident-told = Noted who was told
record-retention = time of keeping
record-hold = kept by a rule
record-tombstone = mark of something deleted
record-purged-number = number of people deleted
record-incident = loss or leak
column-keeping = what is kept
column-basis = rule
column-mark = mark
column-of = month or year
column-fields = kinds of data
column-people = people
column-told-town = township told on
column-told-office = cyberspace office told on
column-told-people = people told on

keeping-appointment = check-up appointments
keeping-application = finished applications
keeping-offer = what was told in past years
keeping-outreach = calls to people away and their requests
keeping-task = finished notes
keeping-round = rounds on paper
keeping-care = care that has ended
keeping-proof = proof of consent before it was withdrawn
keeping-gone = people who moved away or died
keeping-why-appointment = since the day of the check-up
keeping-why-application = since the answer, the last payment, or the day it was taken back; not what still goes on
keeping-why-offer = since it was told; not what is told once for all
keeping-why-outreach = since the call or the answer
keeping-why-task = since it was done
keeping-why-round = since it was printed
keeping-why-care = since it ended
keeping-why-proof = since the withdrawal, three years at least; that it was withdrawn stays
keeping-why-gone = since they moved away or died; not while an application is open
error-retention-bounds = Only { $fewest } to { $most } days.
error-retention-source = Please say which paper says so.
error-hold-until = The day must lie ahead.
error-hold-basis = Please say which rule it is.
error-purge-held = Kept until { $until } by "{ $basis }": it cannot be deleted before; it is no longer used.
error-incident-data = Please choose which kinds of data were in it.
error-incident-what = One line is enough.
error-no-such-incident = There is no such loss or leak.

look-reason-service = something is done for the child
look-reason-correction = checked or corrected
look-reason-guardian = the guardian asked
look-reason-duty = an office may ask by law
look-line = { $at }  { $by } looked at { $name }: { $reason }

incident-kind-laptop = laptop lost
incident-kind-stick = stick lost
incident-kind-paper = printed list lost
incident-kind-file = exported file got out
incident-kind-seen = seen by somebody who should not
data-kind-register = names, births, addresses
data-kind-id-number = id numbers
data-kind-phone = phone numbers
data-kind-benefits = benefits applied for and paid
data-kind-checks = check-up days
data-kind-children = data of children under 14
told-township = the township
told-office = the cyberspace office
told-people = the people concerned
incident-line = { $on } { $kind }, { $people } people, { $open } still to be told

cli-kept-line = { $keeping }: kept { $days } days, { $ended } ended, { $due } due
cli-due-line = { $keeping } { $name }: since { $since }, due { $due }
cli-look-noted = This look is written down.
cli-child-reason = That is a child under 14: say why with --child-reason (service, correction, guardian or duty); it is written down.
nothing-due = Nothing is due to be deleted.
purged = Deleted for good: { $rows } entries; a new backup was made{ $backups ->
    [0] .
   *[other] . { $backups } older backups still hold it until their time is over.
}
purged-log-later = Another window is reading; the log file is emptied on closing.
error-looking-only = This passphrase is for looking only: nothing can be written, printed or copied. Open with the cadre's passphrase to do that.
error-looking-same = This is the cadre's own passphrase; choose another one for those who only look.
cli-looking-set = The passphrase for looking only is set.
cli-looking-removed = There is no passphrase for looking only any more.
purged-no-backup = Deleted for good: { $rows } entries; no new backup could be made: make room, then back up now.

correction-line = { $what }: { $old } → { $new }
correction-something = something
correction-kept = what stands now
correction-nothing = (nothing)
correction-erased = (the value was deleted for good)
correction-head = Corrections ({ $count })
correction-step = { $at } { $by }  { $line }

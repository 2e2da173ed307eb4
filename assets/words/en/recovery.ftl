### A damaged ledger, the rehearsal of backups, a disk that takes nothing

damage-sound = All of it was checked and no damage was found.
damage-missing = There is no ledger file in its place.
damage-unreadable = The most important part of the ledger file is damaged; nothing in it can be read.
damage-other-keys = The keys file opens, but its key fits neither the ledger nor any of its backups: it is most likely another ledger's. Put the right keys file (its name ends in ".keys") back beside the ledger and look again; if it is gone, open a copy, which has the keys in it. If the keys file was not touched, ledger and backups are damaged: write a packet for whoever helps you.
damage-pages = { $pages ->
    [one] One page of the ledger file is damaged; the others
   *[other] { $pages } pages of the ledger file are damaged; the others
    } can still be read. Mostly this comes from a power cut, an old disk, or a stick pulled out too early.
damage-content = The ledger file can be read but contradicts its own history; it may have been tampered with.
damage-backups-damaged = { $count ->
    [one] The newest backup is damaged as well and was
   *[other] The { $count } newest backups are damaged as well and were
    } passed over for an older one.
damage-backups-all-damaged = { $count ->
    [one] The one backup beside it is damaged.
   *[other] All { $count } backups beside it are damaged.
    }
damage-no-backup = There is no sound backup beside it. Write a packet for whoever helps you, or open a copy.
damage-backup = The backup of { $when } is sound, all of it was checked: { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
    }, up to step { $revision }.
damage-later = { $steps ->
    [one] One step was
   *[other] { $steps } steps were
    } recorded after this backup, which does not hold them.
damage-later-none = Nothing was recorded after this backup: nothing is lost.
damage-later-unknown = How much was recorded after this backup can no longer be told.
damage-carried-all = { $steps ->
    [one] The one step after it can still be read, was checked and can be carried over
   *[other] All { $steps } steps after it can still be read, were checked one by one and can be carried over
    } (up to { $until }): nothing is lost.
damage-carried = { $steps ->
    [one] One step after it can still be read, was checked and can be carried over
   *[other] { $steps } steps after it can still be read, were checked one by one and can be carried over
    } (up to { $until }); { $lost ->
    [one] one step
   *[other] { $lost } steps
    } cannot be read and must be entered again.
damage-carried-unknown = { $steps ->
    [one] One step after it can still be read, was checked and can be carried over
   *[other] { $steps } steps after it can still be read, were checked one by one and can be carried over
    } (up to { $until }); whether there was more cannot be told.
damage-carried-none = What was recorded later cannot be read or carried over; it must be entered again.

restored-carried = Now in its place: the backup with { $steps ->
    [one] the one later step
   *[other] the { $steps } later steps
    } carried over, up to step { $revision }, { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
    }.

packet-title = Help packet of a Xiangli ledger
packet-made = Written { $when }, program version { $version }.
packet-holds = It holds the damaged ledger file as it is, its log (where there is one) and its keys file.
packet-opens = All of it is sealed: without this village's passphrase or paper code nobody opens it. Never keep the passphrase or the paper code with this packet, and send them to nobody.
packet-written = The packet was written and read back: { $path }. Take it to whoever helps you; do not write the passphrase on it.
packet-written-unread = The packet was written: { $path }. The disk could not read { $bytes } bytes; they are empty in the packet. Replace the disk soon.

rehearsal-passed = The rehearsal passed: the backup of { $when } opens, holds { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
    } up to step { $revision }, and agrees with the ledger.
rehearsal-failed = The rehearsal failed: the backup of { $when } does not open, or does not agree with the ledger. Make a new backup now, and a copy to a stick.
error-no-backup = There is no backup yet; make one first.

medium-full = The disk is full: read only for now. What was saved is safe, and what you type stays. Delete files you do not need or empty the bin; writing begins again by itself.
medium-full-brief = The disk is full: read only.
medium-protected = The ledger's folder or stick cannot be written: read only for now. What was saved is safe. Open the stick's write lock, or put the ledger back onto this machine; writing begins again by itself.
medium-protected-brief = Cannot be written: read only.
medium-failing = The ledger's disk takes nothing: read only for now. What was saved is safe. Check that the stick sits firmly; if that does not help, have the disk looked at.
medium-failing-brief = The disk takes nothing: read only.
medium-carried = The ledger is on a stick: read only, since a stick is pulled out and lost. Copy the whole folder it lies in onto this machine's disk and open it there.
medium-carried-brief = The ledger is on a stick: read only.
medium-network = The ledger is on a network drive: read only, since a broken connection can damage it. Copy the whole folder it lies in onto this machine's own disk and open it there.
medium-network-brief = The ledger is on a network drive: read only.
error-ledger-failing = The disk takes nothing and this step was not saved; check the disk or whether the stick sits firmly and try again, what was saved before is safe.

cli-recover-look = Put this backup in its place with recover restore; --replay carries over what can still be read; recover packet --to FOLDER writes a packet for whoever helps.

damage-page-title = The ledger file is damaged
damage-page-title-missing = The ledger file is not in its place
damage-page-title-sound = The ledger could not be read a moment ago
damage-page-title-keys = Ledger and keys file do not fit
damage-page-calm = Keep calm: nothing was deleted, neither backups nor the damaged file, which stays beside the ledger under another name (with "-aside-"). Go through these ways in their order.
damage-page-gone = Keep calm: the program did not delete it. See whether it was moved, or lies in the recycle bin or a virus scanner's quarantine; put it back and look once more. If it cannot be found, go through these ways in their order.
damage-page-looking = Looking for a sound backup, and for what can still be read of the damaged file...
damage-page-again = Look once more
damage-page-reopen = Close and open again
damage-page-sound = Perhaps the disk could not be read for a moment. Close it and open it again; if that does not help, write a packet for whoever helps you.
damage-page-backup = 1. The newest sound backup
damage-page-use-backup = Open the backup alone
damage-page-carry = 2. The backup, and what was recorded later
damage-page-use-carry = Open the backup with what came later
damage-page-help = { $place ->
    [1] Somebody who helps
   *[other] { $place }. Somebody who helps
}
damage-page-help-hint = The damaged file, the keys file and a sheet of explanation go into one packet. It is sealed: without the passphrase nobody sees the people in it. Never keep the passphrase with it.
damage-page-help-folder = Folder for the packet (stick)
damage-page-help-write = Write the packet
damage-page-packing = Writing the packet and reading it back...
damage-page-other = Another backup...
damage-page-look-on = Look at what can still be read
damage-page-working = Putting the backup in place: all of it is checked first...
restored-title = The ledger is open
restored-next = Look at the last steps under "Hand-up & backup" and enter again what is missing; then write a copy to a stick.

read-only-damaged = The ledger file is damaged: what can still be read can be looked at, nothing can be written.
read-only-damaged-brief = The ledger is damaged: read only.
read-only-damaged-ways = What to do...
read-only-medium-try = Try again
medium-again = It can be written again: go on.

status-rehearsal = Rehearsed: { $ago }, { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
    }
status-rehearsal-office = Backup rehearsed: { $ago }
status-rehearsal-failed = The rehearsal of the backup failed
rehearsal-none = Rehearsal: once a week the newest backup is opened and checked by itself; not done yet.
rehearsal-now = Rehearse now
rehearsal-working = Opening and checking the backup...

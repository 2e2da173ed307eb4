### The window: handing over, joining two laptops, the key left with the township

laptops-title = Another laptop or keeper
laptops-hand-over = Open the hand-over
laptops-hand-over-hint = A new laptop, or somebody else keeps the ledger: all of it is sealed and handed over, and this laptop only reads from then on.

hand-over-page-title = Hand over
hand-over-page-what = When you press the button below
hand-over-page-packet = The whole ledger is sealed into one packet (an .xlc file) and read back. On the new laptop it opens with the present passphrase or paper code.
hand-over-page-list = Then print a check list, which both of you tick off and sign, face to face.
hand-over-page-read-only = This laptop only reads from then on, so that no two ledgers grow apart. If the packet never arrives, you can take it back.
hand-over-page-folder = Write the packet into this folder (a stick)
hand-over-page-write = Write the packet and hand over
hand-over-page-working = Writing the packet and reading it back...
hand-over-page-written = The packet was written and read back: { $path }. { $residents } people, { $households } households, step { $revision }; the new laptop must show the same.
hand-over-page-before = This ledger was handed over; here it can only be read.
hand-over-page-print-hint = Next: print the check list and give it, with the stick, to whoever takes over.
hand-over-page-print = Print the check list...
hand-over-page-back = If the packet never arrived or was lost, press "Take back" in the strip at the top and go on here.

read-only-handed-over = This ledger was handed over on { $on }: here it can only be read. Go on with the new laptop; if the packet never arrived, take it back.
read-only-handed-over-brief = Handed over on { $on }: only to be read.
read-only-refused = Nothing was written: this ledger was handed over and can only be read here. Write on the new laptop, or press "Take back" at the top.
read-only-take-back = Take back
read-only-sure = Did the packet really never arrive? Two laptops that both write make two ledgers.
read-only-sure-yes = It never arrived: go on here
read-only-taken-back = Taken back: this laptop goes on writing.

laptops-join = Join two laptops
laptops-join-hint = Both laptops were written on: what the other one did comes in, and what both changed is decided one by one.

join-page-title = Join two laptops
join-page-teach = Was the other laptop written on, too?
join-page-teach-words = Make a copy on the other laptop ("Copy out"), plug the stick in here and choose it. Looking writes nothing: what was done there comes in, what was done here stays, and what both changed is for you to decide.
join-page-file = The other laptop's copy (.xlc), or its ledger file (.xlg)
join-page-look = Look first
join-page-look-hint = It opens with the key that is open now; no passphrase is needed.
join-page-looking = Comparing the two ledgers...
join-page-joined = Joined: all that was done there is here now. Please write no more on the other laptop; use a copy from this one.
join-page-behind = There is nothing to join.
join-page-other = Another copy
join-page-there = { $steps } steps were made there; coming in: { $what }.
join-page-here = { $steps } steps were made here; they all stay.
join-page-here-nothing = Nothing was written here since.
join-page-rows = { $what } { $rows }
join-page-no-rows = nothing
join-page-left = Cannot come in: { $what }. What they belong to was removed here, or their place is taken.
join-page-no-conflicts = Nothing was changed on both sides: it can be joined as it is.
join-page-conflicts = { $count } changed on both sides: { $ours } stay as here, { $theirs } as there
join-page-all-ours = All as here
join-page-all-theirs = All as there
join-page-who = who
join-page-what = what
join-page-ours = here (key 1)
join-page-theirs = there (key 2)
join-page-use-ours = as here
join-page-use-theirs = as there
join-page-changed = changed
join-page-in-use = removed there, still in use here: it stays
join-page-join = Join
join-page-join-hint = A backup is made first; joining is one step and can be taken back as a whole.
join-page-stale = Something was written here since: please look again.

escrow-card-title = If passphrase and paper code are both lost
escrow-card-hint = The key can be sealed for the township: nobody can open it alone; if both are lost, two persons there open it with you, by a code that is used once.
escrow-card-none = It is not sealed for anybody now.
escrow-card-no-office = It is not sealed for anybody now; first open the township's invite.
escrow-card-lead = Go to the township's invite
escrow-card-deposit = Seal the key for { $office }
escrow-card-deposited = Sealed: only { $office } can open it.
escrow-card-withdraw = Take it back
escrow-card-withdraw-hint = Copies made before still hold it.

township-help-link = Passphrase forgotten, paper code lost?
township-help-title = Ask the township to help
township-help-words = Only where the key was left with the township before. Two steps: take a request there; bring back its answer and the code on paper, and open the ledger.
township-help-first = First: take a request to the township
township-help-folder = Write the request into this folder (a stick)
township-help-village = Which village
township-help-ask = Write the request
township-help-file = request
township-help-asked = The request was written: { $path }. Take it to the township, where two persons answer it.
township-help-second = Then: open by the township's answer
township-help-answer = The township's answer
township-help-code = The code on the township's paper
township-help-code-hint = The ledger gets the new passphrase below and a new paper code; the old ones open nothing any more.
township-help-open = Open with a new passphrase
township-help-back = Back to the passphrase

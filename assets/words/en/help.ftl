### The help (F1): two pages

help-title = Help
help-every-day = Every day
help-when-wrong = When something goes wrong

help-begin = Bring in the roster first
help-begin-words = Choose a roster that is on this computer; it need not be tidied. You look it through first: nothing is written before you press "Write to the ledger". A few people can also be added one by one under Residents.
help-worklist = Begin the day with the worklist
help-worklist-words = Whom to tell and what to ask today, by group and household. Click a person; press a button when one thing is done: the row leaves, and the next person is there.
help-lists = Who may have what: the service lists
help-lists-words = Whoever qualifies is listed by itself, each with the reasons. What is unclear is asked first. A no is noted and that is the end of it; nobody is bothered again.
help-campaigns = When the clinic comes
help-campaigns-words = Start a campaign with its days and seats; under "Plan" the program proposes who comes when, and nothing counts until you take it. Print the slips and note what people say. On the morning, open "Roll call" and type initials.
help-residents = Changes among people: residents
help-residents-words = Away, back, moved out, deceased, splitting a household, adding people: all here. Mistakes can be undone at any time.
help-search = Finding somebody
help-search-words = Simply type: a name, pinyin, initials, the end of an id number or phone. 张小燕 is found by zxy.
help-evening = At the end of the day
help-evening-words = There is no save button: each step is kept when it is done. Closing makes a backup; once a week, copy the ledger to a USB stick as well.
help-keys = Without the mouse
help-keys-words = Choose people with the arrow keys; the letter on a button is its key. Press ? for all keys.

help-undo = Pressed the wrong thing
help-undo-words = Press Undo or Ctrl+Z to take the last step back, again and again for earlier ones. An older step can be undone alone: in the person's history, or with Ctrl+H in what was done today.
help-saved = Power cut or crash
help-saved-words = Everything shown as done is there: simply open again. What was half filled in is found again too.
help-backup = Backups
help-backup-words = A backup is made every half hour of use and on closing, and read back to prove it. The bottom line says when the last was proved; where it turns amber, more than 7 days have passed: press "Back up now" and copy to a USB stick.
help-damaged = The ledger does not open
help-damaged-words = Do not delete any file. Open it as ever: the program says what is damaged and finds the newest sound backup; what was recorded later and can still be read is carried over. The damaged file is moved aside, never deleted. If nothing helps, write a packet for whoever helps you.
help-passphrase = Forgotten passphrase
help-passphrase-words = Open with the paper recovery code that was written down when the village was started (in the envelope in the locked cupboard). Without passphrase and code, two persons at the township can help, if the key was left there before under Hand-up and backup; otherwise nobody can open it, there is no back door.
help-lock = Leaving your seat
help-lock-words = Ctrl+L locks at once. After 10 minutes without use it locks by itself; the time is in the settings. The passphrase brings back the page as it was.
help-new-computer = Another computer
help-new-computer-words = For another computer or another keeper, open the hand-over under Hand-up and backup on the old computer and write the packet to a USB stick; on the new one choose to open a backup copy on the first page. The old one only reads from then on. If both were written on, join the two laptops there.
help-who-sees = Who can see this
help-who-sees-words = Only whoever opens the ledger. The program has no network; everything is on this computer alone, encrypted. It leaves only where you copy it out, print, or write a file yourself, and you see what leaves first.
help-privacy = What is kept of whom, and why
help-privacy-words = Under Privacy stands what is kept for each purpose, until when, and who was given any of it. Whoever wants to see, correct or delete what is theirs: open the person and go to their rights. Look at what is due once a year before deleting it.
help-made-of = What it is made of
help-made-of-words = Xiangli is free software under MIT or Apache-2.0. It stands on the work of others, each under its own licence:

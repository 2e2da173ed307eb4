### Passphrase, paper code and keys file.

error-passphrase-short = The passphrase is too short: at least { $least } characters. A few words in a row are easy to keep and hard to guess.
error-passphrase-long = The passphrase is too long: at most 1000 characters. Choose a shorter one.
error-passphrase-digits = A passphrase of digits alone (a birthday, a phone number) is easily guessed. Add some letters, or use 12 digits or more.
error-passphrase-easy = This passphrase is too easy to guess. Choose another, such as a few unrelated words.
error-wrong-passphrase = Wrong passphrase. Check capitals and the input method and try again; if it is forgotten, the paper code opens the ledger.
error-wrong-paper-code = This paper code belongs to another ledger. Take the one of this ledger, or use the passphrase.
error-paper-code-length = The paper code has 8 groups of 4 characters, 32 in all; { $found } were typed. Compare with the paper.
error-paper-code-group = Group { $group } of the paper code is wrong. Compare it with the paper (the code never has 0, O, 1, I or L).
error-paper-code-half = There are several mistakes in groups { $from } to { $to } of the paper code, or they are out of order. Compare with the paper.
error-keys-missing = The keys file { $path } is missing. It belongs beside the ledger; put it back, or restore a copy.
error-keys-damaged = The keys file is damaged; the ledger was not touched. Restore a copy.
error-keys-newer = The keys file was written by a newer version of this program. Update the program; the file was not touched.
error-keys-not-made = The keys file could not be made and nothing was changed. Try again.
error-keys-do-not-fit = The passphrase is right, but keys file and ledger do not fit: the ledger is damaged, or the keys are another ledger's. Restore a backup or a copy.
error-ledger-exists = There is a ledger at { $path } already; it was not touched. Choose another place, or open it.
error-ledger-parts-exist = A file of another ledger still lies at { $path }; it was not touched. Move it away first, or choose another place.
error-backup-differs = The backup differed from the ledger and was removed; older backups are still there. Check the disk and make another.
error-not-a-copy = This is not a copy made by this program. Choose the file on the stick that ends in .xlc.
error-copy-is-ledger = This is a ledger or a backup, not a copy. Copies end in .xlc; make one on the other computer.
error-copy-cut = This copy is not whole; perhaps the stick was pulled out too early. Make another on the other computer; nothing was written here.
error-copy-damaged = This copy is damaged and nothing was written here. Take another copy, or make a new one on the other computer.
error-copy-newer = This copy was made by a newer version of this program. Update the program; the file was not touched.
error-copy-differs = The copy read back differently and was removed; the ledger was not touched. Try another stick.

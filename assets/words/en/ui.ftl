### The words of the window

ui-title = Xiangli
ui-name = Xiangli
ui-what-it-is = The village cadre's handbook; offline, everything stays on this computer
ui-language = Language
ui-language-zh = 中文
ui-language-en = English
ui-contrast = Colours
ui-contrast-light = Ordinary
ui-contrast-high = High contrast
ui-text-size = Text size
ui-settings = Settings
ui-close-ledger = Close the ledger, back to the first page
ui-stop = Stop
ui-close = Close
ui-close-card = Close this card
ui-back = Back
ui-go-on = Go on
ui-choose = Choose...
ui-type-path = No file was chosen. You can also type where it is.
ui-fill-in-first = Please fill in the fields above first
ui-still-to-fill-in = Still to fill in: {$fields}
ui-unknown = unknown

ui-tab-worklist = Worklist
ui-tab-lists = Service lists
ui-tab-campaigns = Check-up days
ui-tab-residents = Residents
ui-tab-handup = Hand-up & backup

ui-choice-new = Start this village's ledger
ui-choice-new-hint = For the first time. Enter the village's name and a passphrase, then import the roster on this computer.
ui-choice-demo = Try the demo village
ui-choice-demo-hint = Everybody in it is made up: click and change as you like, no real ledger is touched.
ui-choice-copy = Open a backup copy
ui-choice-copy-hint = On a new computer or from a stick, with the old passphrase or the paper code.
ui-choice-unlock = Open this computer's ledger
ui-choice-unlock-hint = The ledger is on this computer; the passphrase opens it.
ui-choice-gone-hint = The ledger file is not in its place; its keys are. Enter the passphrase and see which backups there are.
ui-opening = Opening, one moment...

ui-village-name = Village name
ui-village-code = Village code
ui-village-code-hint = The 12-digit statistical area code; the township's statistics office knows it.
ui-passphrase = Passphrase
ui-passphrase-again = Passphrase once more
ui-passphrase-hint = At least 8 characters; a sentence you can remember is best. If it is forgotten, only the paper code opens the ledger.
ui-passphrase-differs = The two are not the same; please type it again
ui-start-village = Start the ledger
ui-unlock-title = Open this computer's ledger
ui-by-passphrase = With the passphrase
ui-by-paper-code = With the paper code
ui-paper-code = Paper code
ui-unlock-hint = If the passphrase is forgotten, use the code written down when the ledger was started.
ui-unlock = Open
ui-choice-restore-hint = The ledger is damaged and does not open, or you want to go back to an earlier backup.
ui-restore-title = Open a backup
ui-restore-hint = All of the backup is checked before it takes the ledger's place; the present file is not removed, only moved aside.
ui-restore-none = There is no backup of this ledger beside it.
ui-restore-file = { $when }, up to step { $revision }
ui-restore-confirm = The backup of { $when }, up to step { $revision }, will take the ledger's place; what came later has to be entered again.
ui-restore = Open this backup
ui-copy-in-hint = The copy is checked first and put on this computer only if it is sound; the file on the stick stays as it is.
ui-copy-file = The copy
ui-open-file = Open this file
ui-not-shown = No program on this machine opens it; the file is at { $path }, take it to one that can.
ui-open-copy = Open the copy
ui-paper-code-title = Please write the paper code down
ui-paper-code-why = If the passphrase is forgotten, only this opens the ledger. It is shown this once.
ui-paper-code-keep = Keep it in an envelope in the village office's locked cupboard; take no photo, send it to nobody.
ui-paper-code-kept = I have written it down and checked it
ui-paper-code-first = Please write the paper code down first

ui-demo-mark = DEMO
ui-demo-hint = The demo village: nobody in it exists, so try anything.
ui-status-size = { $households ->
    [one] { $households } household
   *[other] { $households } households
    }, { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
    }
ui-status-revision = step { $revision }
ui-status-not-handed-up = not handed up yet
ui-backup-none = no backup yet

ui-undo = Undo
ui-redo = Redo
ui-turn = { $turn }: { $what }
ui-undone = Undone: { $what }
ui-redone = Redone: { $what }
ui-nothing-changed = The same as before, nothing changed
ui-change-plain = { $op }
ui-change-many = { $op }, { $count ->
    [one] { $count } person
   *[other] { $count } people
    }
ui-change-about = { $about }: { $op }
ui-change-about-many = { $op }: { $about }, { $count ->
    [one] { $count } person
   *[other] { $count } people
    }

ui-count-declined = do not want it: { $count }
ui-declined-hint = Only counted, never listed: who says no is not reminded again.
ui-told-of-eligible = told ÷ eligible: { $percent }%. The goal is that everybody is told; whether to come is their own choice.
ui-nobody-here = Nobody here
ui-list-empty = Nobody in the ledger fits yet. Import the roster first; who fits is listed by itself.
ui-import-roster = Import a roster
ui-column-age = Age
ui-column-task = To do
ui-column-due = When
ui-state = State
ui-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
    }
ui-contact-is = Contact: { $name }
ui-household = Household { $number }
ui-age = aged { $age }
ui-tried = tried { $on }, { $tries } times
ui-due = by { $on }, { $programme }

ui-why = Why this person is here
ui-fact-source = from { $title }, { $on }
ui-open-person = Open this person
ui-ask-residency = Living here or away?
ui-ask-born = What is the birth date?
ui-lives-here = Lives here
ui-is-away = Away
ui-source-said = said by the person or family
ui-note-born = Note the birth date
ui-told = Told
ui-declined = Not wanted
ui-unreachable = Not reached
ui-applies = Applies
ui-been = Came
ui-date-happened = On which day
ui-date-today = today
ui-date-hint = Empty means today. Type 20261120, 11.20 or yesterday.
ui-date-unclear = This date cannot be read
ui-date-ahead = This day has not come yet

ui-nobody-yet = Nobody in the ledger yet
ui-nobody-yet-hint = Import the roster on this computer; what is to be done then lists itself.
ui-worklist-done = Nothing to do right now
ui-worklist-done-hint = Everybody to be told has been told. New tasks appear when their day comes.
ui-go-to-lists = See the service lists


error-desk-stopped = Something broke in the program: it can be read but not changed now; all that was saved is there. Please close and reopen the program.
error-desk-no-ledger = No ledger is open yet; please open one first.
ui-no-renderer = No window can be drawn on this computer. Start it with --renderer other; if that does not help, have the graphics driver updated. ({ $reasons })
ui-already-running = The program is running already. Close its window first, then start it the other way; if it does not close, restart the computer.

ui-standing = Of this village
ui-all-groups = Whole village
ui-search = Search residents
ui-search-hint = name, pinyin, initials, id tail, phone, household, group
ui-search-clear = Clear the search
ui-nobody-found = Nobody found
ui-nobody-found-hint = Try it otherwise: name, full pinyin, initials, the end of the id number, a phone, or 3-12 for household 12 of group 3.
ui-column-found-by = Found by
ui-import-or-add = Import the roster on this computer, or add people one by one. A spreadsheet can also be dropped onto the window.
ui-add-person = Add a resident
ui-add = Add
ui-household-hint = Leave the household empty if it is not known.
ui-source-by-hand = noted in the village
ui-back-in-village = Back in the village
ui-moved-out = Moved out
ui-deceased = Died
ui-entered-by-mistake = Entered by mistake, remove
ui-sure-moved-out = { $name } no longer belongs to this village from { $on } and leaves all lists. Note it?
ui-sure-deceased = { $name } died on { $on } and leaves all lists. Note it?
ui-sure-remove = Only for somebody entered by mistake: { $name } and all that was noted leave the ledger. Remove?
ui-yes-do-it = Yes
ui-no = No
ui-services = Services
ui-reasons = Why
ui-same-household = In the same household
ui-history = What was done
ui-taken-back = (taken back)

ui-backup-title = Backup
ui-backup-hint = Made by itself every half hour of work and on closing; each is read again as a whole and proved.
ui-backup-last = The last: { $when }, { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
    }, up to step { $revision }, proved sound.
ui-backing-up = Backing up and proving...
ui-back-up-now = Back up now
ui-backup-done = Backed up and proved.
ui-backups-kept = Backups kept: { $count }
ui-backup-file = { $when}, up to step { $revision }, { $size }
ui-copy-out-title = Copy out
ui-copy-out-hint = Onto a stick, for another computer. The file is sealed; the passphrase or the paper code opens it.
ui-copy-folder = Into which folder
ui-copy-out = Copy out
ui-copying = Copying and proving...
ui-copied-out = Copied out and proved: { $path }
ui-history-title = Every step so far
ui-history-older = Show older ones
ui-column-when = When
ui-column-who = Who
ui-column-what = What
ui-column-way-back = Way back
ui-kept = { $count ->
    [one] { $count } record was changed since and stays as it is; please look at it:
   *[other] { $count } records were changed since and stay as they are; please look at them:
    }
ui-kept-seen = Seen
ui-backup-failed = the last backup failed

ui-writing = Writing to the ledger; it counts once all of it is written...
ui-import-title = Import a roster
ui-import-hint = Choose the roster as it lies on this computer: title rows, merged cells and a sheet per group are understood. xlsx, xls, ods, csv.
ui-import-nothing-yet = It is looked at first; nothing is written before you press "Write to the ledger".
ui-import-file = Roster
ui-import-look = Look at it
ui-import-look-again = Look again
ui-import-looking = Looking at the roster...
ui-import-of = Roster: { $file }
ui-import-leave = Leave it
ui-import-dropped = Columns not kept: { $columns }
ui-import-will = { $new } new, gaps filled for { $changed }; decided: { $decided ->
    [one] { $decided } row
   *[other] { $decided } rows
    }
ui-import-write = Write to the ledger
ui-import-save-rejected = Save the rejected rows
ui-import-rejected-file = to-mend.xlsx
ui-import-rejected-where = Save as
ui-import-save = Save
ui-import-saved = Saved as { $path }; mend it and import it again.
ui-import-row = row { $row }
ui-import-sheet-row = { $sheet }, row { $row }
ui-column-where = Where
ui-column-notes = Notes
ui-bucket-new = Not in the ledger yet; they will be added.
ui-bucket-same = The same as in the ledger; nothing to do.
ui-bucket-changed = Gaps are filled; differences are written only where ticked. Open a row to tick them.
ui-bucket-close = Probably somebody in the ledger: open a row and decide; undecided rows are left out.
ui-bucket-repeated = Said twice in this file; taken once.
ui-bucket-rejected = Cannot be taken as they are; each says which column and what to do.
ui-take-all-new = Take all the new values
ui-keep-all-old = Keep everything as it was
ui-decided-skip = left out
ui-decided-new = added as somebody new
ui-decided-is = the one in the ledger
ui-decided-overwrite = new values: { $fields }
ui-close-undecided = please open and decide
ui-differs = differs: { $fields }
ui-fills = fills: { $fields }
ui-differences = Differences; written only where ticked
ui-difference = { $field }: "{ $known }" in the ledger, "{ $incoming }" in the roster
ui-differences-hint = What is not ticked stays as it is.
ui-gaps = Gaps that will be filled
ui-who-is-it = Who is this?
ui-is-this-one = { $name } of the ledger, { $id }, { $group }
ui-is-new = Somebody else, to be added
ui-leave-out = Leave this row out for now
ui-mapping = Columns
ui-mapping-hint = Check what each column was taken for and correct it; the same kind of roster will be known again.
ui-use-nothing = not kept
ui-use-never = never kept
ui-use-clue = tells who lives here or is away
ui-use-remark = only looked through for id numbers
ui-short-date = { $day }/{ $month }
ui-contact-nobody = nobody yet
ui-contact-change = Change
ui-contact-note = Note it

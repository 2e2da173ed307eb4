### The window: history, locking, keys, the status bar

ui-history-beginning = The beginning, cannot be undone

keys-title = Keys
keys-hint = Everything can be done without a mouse. The small letter on a button is its key.
keys-everywhere = On every page
keys-tables = In lists
keys-person = With a person selected
keys-forms = While filling in
keys-search = Search; or simply type
keys-undo = Undo the last step
keys-redo = Redo what was undone
keys-day = Done today
keys-lock = Lock
keys-help = Help
keys-keys = All keys
keys-close = Close what is open at the side
keys-down = Next
keys-up = Previous
keys-page-down = Next page
keys-page-up = Previous page
keys-first = First
keys-last = Last
keys-open = Open, and go into the card
keys-next-field = Next field
keys-field-before = Previous field
keys-press = Press the button that is marked
key-ctrl = Ctrl
key-shift = Shift
key-alt = Alt
key-down = ↓
key-up = ↑
key-page-down = PgDn
key-page-up = PgUp
key-home = Home
key-end = End
key-enter = Enter
key-escape = Esc
key-tab = Tab
key-space = Space

ui-close-side = Close this panel
lock-now = Lock
lock-title = Locked
lock-words = The ledger is put away and no names are on screen. Enter the passphrase to return to the page as it was, with everything you were filling in.
lock-after = Lock after this long without use
lock-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }
lock-hint = You can also lock before you leave your seat. The passphrase is needed to see anything again.
lock-later = It will lock as soon as the work under way is done.
lock-wait = Wrong passphrase; try again in { $seconds } s, or open with the paper recovery code if you have forgotten it.

day-title = Done today
day-nothing = Nothing was done on this day.
day-before = Day before
day-after = Day after
day-which = Which day
day-look = Show

status-backup = Backup proved { $when } ({ $ago })
status-backup-brief = Backup proved: { $ago }
status-today = today
status-yesterday = yesterday
status-days-ago = { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
    }

demo-own-village = Start my own village
demo-remove = Remove the demo village
demo-remove-sure = The demo village and its backups will be removed; your own village is not touched.
demo-remove-yes = Yes, remove
demo-removed = The demo village is gone.

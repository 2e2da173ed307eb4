### The window: months (village and township); one person in two villages, statistics, a village's key (township)

above-township = township
above-county = county

ui-tab-months = Months
months-begin = Open the months
months-hint = What was done, month by month; at its end a month is closed and its numbers stand.
months-hint-office = Each month as the villages sent it, added up. Open a month to see its numbers, or to print them.
months-teach = No month has come yet
months-teach-words = First take the villages' files under Take files; then the months are here.
months-column-month = month
months-column-state = state
months-column-later = found after closing
months-column-waiting = to go to the { $above }
months-year = all of { $year }
months-state-year = the whole year
months-state-running = this month is not over
months-state-open = over, not closed yet
months-state-closed = closed on { $on }; it stands
months-state-sent = numbers of { $count } of { $of } villages
months-later-count = { $count ->
    [1] 1 correction
   *[other] { $count } corrections
}
months-later-villages = { $count ->
    [1] of 1 village
   *[other] of { $count } villages
}
months-waiting-count = { $count ->
    [1] 1 correction
   *[other] { $count } corrections
}
months-back = To the months
months-print = Print or export
months-nothing = No checks, vaccinations, applications or payments in this time yet.
months-running-hint = It can be closed from its last day on.
months-close = Close the month...
months-close-means = Once closed, the numbers of { $month } stand: this cannot be taken back, and no month is opened again. What is noted later stands beside them with its day and goes up with the next file.
months-close-yes = Close it
months-close-no = Not now
months-closing = Closing...
months-closed-now = { $month } is closed. The next file takes it along.
months-told = { $told } ÷ { $eligible }
months-with-later = { $number } ({ $later })
months-not-sent = no numbers
months-click = Press a number to see who it is.
months-click-office = Press a number to see what each village sent.
months-untold = Of the programmes in grey nothing is told: they are neither printed nor handed up.
months-adds-up = Checked: each number is as many as the names behind it, and no part is more than its whole.
months-adds-up-office = Checked: the villages' numbers come to the sums, and no part is more than its whole.
months-adds-not = Some number is not what stands behind it: close the program and open it again; if that does not help, restore the latest backup.
months-later = Found after closing
months-later-line = { $on }: { $of }, { $what }: { $difference }
months-waiting-line = Found today, to be handed up: { $of }, { $what }: { $difference }
months-picture = By programme: persons checked, persons paid
months-unnamed = { $count ->
    [1] 1 more is
   *[other] { $count } more are
} not named any more, as they asked; the numbers have them.

twins-title = In two villages
twins-title-count = In two villages ({ $count } open)
twins-back = To the villages
twins-none = Nobody is named by two villages
twins-none-words = Once files with names were taken, those with the same id number, or the same name and last four characters, stand here in pairs to be judged. Villages that send numbers alone have no names and never stand here.
twins-column-one = one village
twins-column-other = other village
twins-column-why = what is alike
twins-same = One person
twins-different = Two people
twins-not-said = not said
twins-judge-hint = Ask both villages by phone first. The verdict only changes how people are counted; both lists stay. It is remembered next month and can be taken back.
twins-applicants = People who applied, each counted once: { $what }.
twins-applicants-of = { $programme } { $count }

statistics-title = Statistics
statistics-hint = The numbers by village and month as data files for analysis; no names, small numbers left out.
statistics-begin = Open the statistics
statistics-teach = There are no numbers yet
statistics-teach-words = First take the villages' files under Take files, then write the statistics.
statistics-what = Only the numbers below are written, nobody's name. Small numbers are left out, and those from which they could be worked out, so that nobody is recognised.
statistics-count = { $rows } rows, of which { $hidden } numbers are left out. Columns: { $columns }.
statistics-folder = Folder to write to
statistics-folder-name = statistics-{ $on }
statistics-recipient = Office it goes to (empty: this one itself)
statistics-write = Write the statistics
statistics-write-hint = Written into a new folder (Parquet, which statistics programs read); when, for whom and what for is noted.
statistics-field-county = county
statistics-field-township = township
statistics-field-village = village
statistics-field-month = month
statistics-field-programme = programme
statistics-field-measure = what is counted
statistics-field-number = number
statistics-field-suppressed = left out or not
statistics-column-place = where
statistics-column-measure = what is counted
statistics-all-of = all of { $name }
statistics-no-programme = no programme
statistics-left-out = left out

escrow-title = Help a village in again
escrow-hint = Passphrase forgotten and paper code lost: the village brings a request, which two persons answer together.
escrow-begin = Open the request
escrow-words = This helps only where the village left its sealed key with this township. Make sure who is asking, face to face or by phone; then two persons do it together, and both names are noted.
escrow-request-file = Request of the village
escrow-by-one = Name of the first person
escrow-by-other = Name of the second person
escrow-folder = Folder for the answer (stick)
escrow-answer = Answer together
escrow-answer-hint = An answer file is written, and a code that is used once is shown; it is not in the file and is told apart.
escrow-answer-name = key answer
escrow-answered = The answer is at { $path }: give the stick to the village. This is the code that is used once:
escrow-code-once = The code is shown this once and used once. Read it out by phone, or hand it over on paper; never on the stick, nor in a message.
escrow-code-noted = The code was told, or written down
escrow-code-first = First tell the code, then tick
escrow-code-done = Done

help-months = Months and statistics
help-months-words = Months adds up what the villages sent; what was found after closing stands there with its day, and it can be printed. Statistics, and helping a village in again, are under Hand-up & backup.

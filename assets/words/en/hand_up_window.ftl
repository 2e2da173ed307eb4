### The window: the file of the month (village); villages, files and invites (township)

ui-tab-villages = Villages
ui-tab-shelf = Take files
ui-tab-members = Invites
ui-choice-office = This is a township
ui-office-name = Name of the township
ui-office-code = Code of the township
ui-office-code-hint = The statistical area code of nine digits (a county's has six), with which its villages' codes begin.
ui-status-handed-up = handed up to no. { $number } ({ $month })
ui-status-villages = { $count ->
    [1] 1 village
   *[other] { $count } villages
}

month-title = Hand up each month
month-hint = The month's numbers go to the { $above } in one sealed file on a stick; what leaves and what stays is seen first.
month-begin = Open the file of the month
month-working = Writing, please wait...
month-gathering = Adding up the month...
month-teach = First open the { $above }'s invite
month-teach-words = The { $above } gives you an invite (.xli) on a stick. Choose it here, or drop it onto the window. An answer is then written beside it: take the stick back. Nothing about anybody is written by this.
month-invite-file = Invite of the township (.xli)
month-invite-file-county = Invite of the county (.xli)
month-open-invite = Open the invite
month-invite-again = The { $above } gave another invite
month-invite-again-words = Where the office above or the agreed columns changed, open the new one. Files handed up before stay, and their numbers go on.
month-enrolled = The invite of { $name } was taken. The answer is at { $path }: take the stick back to the { $above }, and compare the number below by phone.
month-written = File no. { $number } was written and read back: { $rows } rows, at { $path }. Take the stick to the { $above }; the receipt comes back on it.
month-office = Goes to: { $name }
month-since = invite taken on { $on }
month-number = Number
month-number-hint = Compare it by phone: only where both read out the same is it your { $above }. Once for each invite.
month-agreed = Columns agreed
month-agreed-part = { $what }: { $columns }
month-agreed-only = Nothing else can be written.
month-column = { $column } ({ $shown })
month-column-number = Number
month-column-yuan = Amount (yuan)
month-column-paid = Paid (yuan)
month-preview = What goes to { $name } for { $month } (no. { $number })
month-part = { $what }, { $rows } rows
month-part-empty = Nothing of this goes up now.
month-purpose-count = For: the { $above }'s seeing whether everybody was told and where help is needed, and planning seats. Numbers, no names.
month-purpose-adjustment = For: what was noted only after a month was closed, with its day and difference; the closed numbers stand.
month-purpose-application = For: the { $above }'s going on with the person's own application. Only those whose papers were handed in.
month-purpose-appointment = For: the clinic's knowing who comes when. Only those who agreed that it learns their name.
month-no-persons = Numbers alone were agreed: nobody's name leaves this computer.
month-stays = Stays in the village: { $what }.
month-whole-village = The whole village
month-yuan = { $yuan } yuan
month-state-expected = agreed
month-state-came = came
month-side-content = What leaves
month-side-stick = Stick and receipt
month-look-first = First look at what leaves, then write it.
month-write-title = Write to the stick
month-folder = Folder to write to (stick)
month-write = Write to the stick...
month-write-hint = Only this { $above } can open the file, and it shows if somebody changed it.
month-files = Files handed up
month-files-none = Nothing was handed up yet. Look at the left, write it to the stick, take it to the { $above }.
month-receipt-file = Receipt of the township (.xlr)
month-receipt-file-county = Receipt of the county (.xlr)
month-read-receipt = Read the receipt

villages-teach = First invite the villages
villages-teach-words = Write an invite for each village and give it to them on a stick. They bring back an answer, and each month a file. Villages stand in the order of their codes: nobody is ranked, only where help is needed is seen.
villages-invite = Invite the first village
villages-programme = Programme
villages-all-programmes = All programmes
villages-sum = Told ÷ eligible: { $told ->
    [none] no numbers yet
   *[other] { $told }
}. Lost after the year's end if nobody applies: { $yuan } yuan. { $behind } of { $villages } villages have not brought this month's file.
villages-told = { $told } ÷ { $eligible } ({ $percent }%)
villages-column-told = told ÷ eligible
villages-column-file = newest file
villages-column-ending = year's end (yuan)
villages-no-file = no file yet
villages-file = no. { $number }, { $age ->
    [0] today's
    [1] 1 day old
   *[other] { $age } days old
}
villages-help = needs a hand
villages-gaps = no. { $numbers } missing
villages-forks = two files no. { $numbers }

member-state = { $state }, { $on }
member-state-invited = invited, no answer yet
member-state-answered = answered, to be compared by phone
member-state-compared = compared
member-confirm = Compared by phone
member-confirm-hint = Have the village read out the number on its page; press only where it is the one above.
member-invite-again = Invite again
member-gaps = No. { $numbers } has not come: have the village look for it. The numbers stay right.
member-forks = There are two files no. { $numbers } that do not fit: perhaps two computers write for this village. Ask by phone which one goes on.
member-help = { $count } times somebody was not told yet, more than were told: ask whether the village needs a hand.
member-ending = lost after the year's end: { $count } people, { $yuan } yuan
member-paid = paid this year: { $count } people, { $yuan } yuan

members-teach = Nobody was invited yet
members-teach-words = Fill in the village's code, choose the stick, and write the invite for the village. It brings back an answer (.xla), which is taken here.
members-invite-title = Invite a village
members-code = Code of the village (12 digits)
members-persons = Besides the numbers, lists of:
members-persons-hint = Without a tick only numbers come, and no names. With one, only people's own applications or appointments, of id numbers the last four digits.
members-folder = Folder for the invite (stick)
members-invite = Write the invite
members-invite-name = invite { $code }
members-answer-title = Take a village's answer
members-answer-hint = Lost? The village's first file brings it, too.
members-answer-file = Answer of the village (.xla)
members-answer = Take the answer
members-column-code = code
members-column-next = next

shelf-files = Files of the villages (.xlb), or the folder they lie in
shelf-choose-files = Files...
shelf-choose-folder = Folder...
shelf-clear = Clear
shelf-teach = A village's stick has come
shelf-teach-words = Choose the files on it, as many as there are, or a whole folder, or drop them onto the window. They are looked at first; nothing is written before you take them. Read twice or out of order, they do no harm.
shelf-looking = Looking at the files...
shelf-column-file = file
shelf-column-village = village
shelf-column-number = no.
shelf-column-state = state
shelf-column-new = new
shelf-column-same = same
shelf-column-changed = changed
shelf-column-refused = refused
shelf-take = Take all ({ $files })
shelf-take-hint = All in one step; what was taken stays, and reading it again adds nothing. A receipt is written beside each file: let the village take it back.
shelf-receipts-again = Write the receipts again
shelf-nothing = There is no file here that can be taken
shelf-left = { $files } more cannot be taken and stay as they are; the table says why.
shelf-taken = { $files } files read, { $receipts } receipts written{ $receipts ->
    [0] .
   *[other] {" "}in { $folder }. Let the villages take them back.
}
shelf-next = All taken. For the next ones press Clear, then choose files.

help-month = At the end of the month
help-month-words = Open the township's invite once and compare the number by phone. Then, each month, open the file of the month under Hand-up & backup, look at what leaves, and write it to the stick. When the stick comes back, read the receipt.
help-invite = First invite the villages
help-invite-words = Write an invite for each and give it to them on a stick. They bring back an answer; compare the number by phone once. Numbers alone are the default.
help-shelf = Take the files each month
help-shelf-words = Plug in the stick, choose files or the whole folder, look, take them in one step; the receipts go back on the stick. Twice or out of order does no harm.
help-villages = See where help is needed
help-villages-words = Villages stand in the order of their codes; nobody is ranked. See whether everybody was told, whose file is old, and which money ends with the year. A click shows each programme.

ui-history-gone = cannot be taken back
ui-change-steps = { $op }, { $count } steps
ui-change-files = { $op }: { $count }
ui-change-rows = { $op }: { $about }, { $count } rows
ui-backup-last-office = Last on { $when }, to step { $revision }, proved whole.

shelf-can-be-taken = can be taken
shelf-look-accepted = No. { $number } of { $village } can be taken{ $refused ->
    [0] .
   *[other] , but for { $refused } rows.
}
shelf-look-older = No. { $number } of { $village } is an old file and can be taken; the newer one's rows stay.
shelf-look-gap = No. { $number } of { $village } can be taken; no. { $missing } before it has not come. Read it when it is found: the numbers stay right.
shelf-look-fork = No. { $number } of { $village } does not fit the files before: perhaps two computers write there. It can be taken, but first ask by phone which one goes on.
shelf-look-clock-ahead = No. { $number } of { $village } can be taken, but that computer's date is { $on }, after today: have it set right.
shelf-look-clock-behind = No. { $number } of { $village } can be taken, but that computer's date is { $on }, years ago: have it set right.
month-date-check = I looked at a calendar: today is { $today }
month-date-is-right = The date is confirmed; look at what would leave.
month-leave = Hand up to it no more
month-leave-words = If { $above } is another one now, or has other keys, leave it first, then take the new invite. Files so far stay counted; it can be undone.

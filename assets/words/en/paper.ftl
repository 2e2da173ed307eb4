### Printing and writing out

op-disclose = Printed or written out
paper-page = Page { $page } of { $pages }
paper-footer = { $village }, { $on }
paper-demo = Demo village: these people are invented
paper-failed = The file could not be made; please try again.
paper-no-purpose = Please say what it is for.
paper-too-long = Purpose and recipient have at most 60 characters each; please shorten them.
paper-lists-nobody = This programme lists nobody: a slip is printed when somebody asks for it.
paper-no-column = Choose at least one column.
paper-id-for-office = Id numbers go to an office only: name the office, or leave that column out.
paper-no-such-column = A list has no column “{ $column }”.
paper-to-village = the village itself
paper-to-person = the person
paper-to-office = { $name }

paper-kind-roster = Service list
paper-kind-public-sheet = Public notice
paper-kind-person-copy = Copy for the person
paper-kind-told-slip = Notice slip
paper-format-pdf = PDF (for printing)
paper-format-xlsx = Spreadsheet (xlsx)

paper-column-name = Name
paper-column-age = Age
paper-column-group = Group
paper-column-household = Household
paper-column-phone = Phone
paper-column-residency = Lives here
paper-column-state = Where it stands
paper-column-contact = Contact person
paper-column-deadline = Last day
paper-column-tick = Tick
paper-column-id_number = Id number

paper-roster-title = { $programme }: list for { $year }
paper-roster-about = { $rows } people. For: { $purpose }. Goes to: { $recipient }. Keep it safe or destroy it after use; do not post it, do not pass it on.
paper-roster-purpose = Telling people at home
cli-paper-written = Written: { $path }
cli-disclosure-line = { $on }  { $paper }  { $programme }  { $rows } people  { $recipient }  { $purpose }

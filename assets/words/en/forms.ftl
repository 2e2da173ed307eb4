### The forms of the residents' tab, and drafts

form-save = Save
form-keys = Ctrl+S saves, Esc closes
form-too-long = Too long: at most { $most } characters. Please write less.
form-add-to = Add to the family
form-newborn = Newborn
form-head = Change head
form-do-split = Split off
form-do-move = Move them
form-do-join = Join

form-came = How they came
form-came-missing = Was missing
form-came-moved-in = Moved in
form-source-moved-in = Entered on moving in
form-source-newborn = Entered as a newborn
form-born-hint = Such as 19850301 or 1985.3; the year alone will do
form-id-known = This id number is entered already: { $name }, { $place }.
form-id-read = Entered as { $number }.
form-id-decides = born { $born }, { $age }, { $sex }
form-whose-child = Whose child
form-relation-hint = wife, son; or pinyin: qi
form-relation-unclear = Not a relation. Please choose one below, or leave it empty.
form-relations-unknown = How { $count } are related to the head is not known. It can stay empty until you have asked.
form-phone-odd = A mobile has 11 digits. Please look once more; it can be saved like this.

form-group-hint = Which group, such as 3
form-group-new = A new group: it is made on saving.
form-households = { $count ->
    [one] { $count } household
   *[other] { $count } households
    }
form-household-hint = Number, or the head's name
form-household-new = A new household: it is made on saving.
form-household-known = This household: { $head }, { $count ->
    [one] { $count } person
   *[other] { $count } people
    } { $address }
form-household-choose = Please choose a household below, or type its number.
form-number-taken = This group has a household of this number already: { $head }.

form-who-goes = Who goes? Please tick
form-new-home = The new household
form-new-head = Who heads it, and how the others are related
form-move-where = To which household
form-relations-there = How they are related to the head there
form-same-household = They live in this household already. Please choose another.
form-head-leaves = The head goes too. After saving, choose another head for those who stay.
form-who-is-head = Who is the head, and how the others are related
form-join-with = Join with which household
form-which-stays = Which number and address stay
form-lives-there = { $count ->
    [one] { $count } person
   *[other] { $count } people
    }: { $names }
form-joined = { $place } will have { $count ->
    [one] { $count } person
   *[other] { $count } people
    }; { $gone } goes.

form-lives-here = Who lives here ({ $count })
form-gone = Moved away or deceased ({ $count })
form-nobody-present = Nobody lives in this household now.
form-unsorted-hint = Their household is not known. Tick one family and split it off.
form-open-household = This household

form-drafts = Unfinished forms ({ $count }): { $form } { $label } ({ $when })
form-go-on = Go on
form-drop = Throw away
form-drop-sure = It cannot be brought back. Throw it away?
form-drop-yes = Throw away
form-resumed = Continuing what you left { $when }.
form-not-kept = What you typed is not kept yet; it is tried again by itself. Please do not close the program yet.
form-anew = Start over
form-when-today = today { $time }
form-when-yesterday = yesterday { $time }
form-when = { $day } { $time }
form-home = { $group }, household { $number }
form-and = {", "}
form-household-left = nobody lives there now

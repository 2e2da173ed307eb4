### The day's work: worklist, tasks by hand, rounds on paper

task-hand_on = hand papers on
task-noted = noted by hand
task-end-done = done
task-end-not_needed = not needed any more
op-write-task = Wrote down a task
op-end-task = Ended a task noted by hand
op-put-task-to = Gave a task noted by hand another day
op-put-off = Put off
op-make-round = Made a round on paper
record-task = task noted by hand
record-put-off = putting off
record-round = round on paper
record-round-row = line of a round
column-what = task
column-due-on = day
column-made-on = written on
column-ended = outcome
column-ended-on = ended on
column-until = put off to
error-task-empty = Please write what is to be done.
error-task-long = That is too long; please write less (up to 100 characters).
error-no-such-task = That task has ended already.
error-put-off-past = The new day must be after today.
error-round-empty = There is nothing to do at these households; choose other groups.
error-round-long = A round has at most 1024 lines; please print it group by group.
error-no-round = No round was made yet.
error-entry-empty = Type a code and a sign from the round's paper, such as: A7K2M 1.
error-entry-code = That is no code: one of the five signs is wrong; please compare it with the paper.
error-entry-act = After the code write what came of it: 1 told, 2 not wanted, x not met, 3 came, 4 another day (say which).
error-entry-day = Which day? Please add it, such as: 4 12-05.
error-entry-unknown = No recent round has this code; please compare it with the paper.
worklist-papers-since = papers with the village since { $on }
worklist-noted-on = written down on { $on }
round-title = Round ({ $on })
round-about = { $stops ->
    [one] 1 household
   *[other] { $stops } households
}, { $lines ->
    [one] 1 task
   *[other] { $lines } tasks
}, in the order of the walk. It bears names and phones: keep it safe or destroy it once it is entered.
round-signs = Tick: 1 told   2 not wanted   x not met. In the evening type code and sign on the worklist: A7K2M 1; B2MC4 x 12-05.
round-where = Where
round-what = Who and what
round-note = Notes
round-put-off = put off to { $on }
paper-column-code = Code
paper-column-address = Address
paper-column-programme = Programme
paper-kind-round = Round
worklist-tasks = { $count ->
    [one] 1 task
   *[other] { $count } tasks
}
worklist-tomorrow = tomorrow
worklist-in-two-days = in two days
worklist-next-monday = next Monday
worklist-not-this-turn = not needed this time
worklist-other-day = Another day
worklist-day-unclear = That is no day ahead; write it like 12-05 or 2026-12-05.
worklist-same-home = In the same household
worklist-same-lane = Next door
worklist-next-door = { $household } { $name }: { $count ->
    [one] 1 task
   *[other] { $count } tasks
}
entry-open = Type in a round
entry-line = Code and sign
entry-hint = Such as: A7K2M 1 (told); B2MC4 x 12-05 (not met, again on 5 December). Enter writes it down; undo takes it back.
entry-write = Write it down
entry-close = All typed in
by-hand-open = Note a task
by-hand-what = What is to be done
by-hand-when = By when
by-hand-hint = Empty means today; 12-05 will do. What is noted by hand is only seen here, never printed or exported.
by-hand-write = Write it down
entry-stands = { $name }  { $group }  { $programme }: { $act }
column-round-id = round
reached-yes = reached
reached-no = not reached
op-set-away = Noted about being away
op-called = Called
op-asked-for = Wrote down a request
op-answered = Wrote down an answer
record-away = being away
record-contact-try = call
record-request = request
column-place = where
column-back-by = expected back
column-contact = agreed contact
column-times = times that suit
column-speaker-id = who speaks for them at home
column-agreed-on = agreed on
column-reached = reached
column-answered-on = answered on
error-speaker-agreed = Somebody may speak for them only with their agreement: ask first and note the day they agreed.
error-away-long = That is too long; please write less (up to 60 characters).
error-no-such-request = There is no such request; it may have been taken back.
error-words-missing = Please write something.
lists-page-away = Away
away-all = Away
away-agreed = Contact agreed
away-reached = Reached this year
away-asked = Asked for something
away-answered = All answered
away-nobody = Nobody is away
away-nobody-hint = Whoever is noted as away among the residents appears here.
away-nobody-here = Nobody is in this column yet
away-hint = These numbers are seen here only, never printed or handed up. One calls to tell what there is and to ask whether help is wanted.
away-last = Last call
away-never = not called yet
away-tried = { $on } { $reached }
away-since = away since { $on }
away-edit = Edit
away-save = Save
away-spring = before Spring Festival ({ $on })
away-back-hint = Write 2027-01-30 or 1-30; leave it empty where it is not known.
away-speaker-none = nobody
away-speaker-agreed = The day they agreed to that
away-home-may = May be done when they are home
away-request-new = What they ask for
away-request-add = Write the request down
away-request-answer = Answer
away-request-answered = { $answer } (answered on { $on })

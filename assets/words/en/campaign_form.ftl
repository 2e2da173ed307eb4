### Check-up days: started, corrected, sessions, holidays and market days

campaign-form-nothing = No check-up days yet
campaign-form-nothing-hint = Check-up days are the days on which the clinic comes, and who is asked to come when. You say the days and the seats, the program proposes who comes when, and nothing counts before you have looked at it. Then you print the slips, take them to the doors, and on the morning tick who came.
campaign-form-all = All check-up days
campaign-form-calendar = Holidays and market days
campaign-form-over = Over

campaign-form-name = Name
campaign-form-programmes = What for
campaign-form-days = Days
campaign-form-next = Next session
campaign-form-no-next = none
campaign-form-sessions-count = Sessions
campaign-form-seats-count = Seats
campaign-form-taken = Planned
campaign-form-came = Came
campaign-form-period = { $first } – { $last }

campaign-form-name-one = { $programme }, { $season } { $year }
campaign-form-name-many = { $programme } and more, { $season } { $year }
campaign-form-spring = spring
campaign-form-summer = summer
campaign-form-autumn = autumn
campaign-form-winter = winter

campaign-form-first = First day
campaign-form-last = Last day
campaign-form-dates = Write the first and the last day, such as 20261201 or 12.1.
campaign-form-dates-first = Write the first and the last day, and the days it comes to are shown below.
campaign-form-date-hint = such as 20261201 or 12.1
campaign-form-place = Place
campaign-form-bring = What to bring
campaign-form-bring-usual = Left empty, it says: { $what }
campaign-form-prepare = How to prepare
campaign-form-start = Start

campaign-form-sessions = Sessions
campaign-form-weekdays = Days of the week
campaign-form-from = From
campaign-form-to = Until
campaign-form-hours = Time
campaign-form-time = This time cannot be read; write it like 8:30.
campaign-form-seats = Seats each
campaign-form-kind = For whom
campaign-form-session-place = Where
campaign-form-place-same = left empty: the place of these check-up days
campaign-form-staff = Clinic staff
campaign-form-on = Day

campaign-form-add-day = One more day
campaign-form-add-day-now = Add
campaign-form-day-hint = such as 12.5
campaign-form-day-typed = A day is typed under "One more day": press "Add", or clear it.
campaign-form-month = { $month }/{ $year }
campaign-form-day = { $weekday } { $day }
campaign-form-days-hint = A click takes a day out or puts it back; those struck out are not planned.
campaign-form-no-days = Choose days of the week, or add one day.
campaign-form-none-left = No day of this time is left; choose other days of the week, or add one day.
campaign-form-pattern = Sessions, kind { $number }
campaign-form-pattern-add = Other sessions (another time, other people)
campaign-form-pattern-away = Leave these out
campaign-form-sum = { $sessions } sessions, { $seats } seats in all
campaign-form-overlap = Two sessions overlap on { $on }; look whether that is meant. It can be saved so.

campaign-form-of = { $name }: { $first } to { $last }
campaign-form-people = { $taken } planned, { $came } came
campaign-form-tell-again = Another day or time: the { $count } who were told will be "not told yet" again. Please tell them anew.
campaign-form-shut-out = On the new day there is nothing for { $count } of them: they will wait again. Please give them another session.
campaign-form-place-again = Another place: { $count } people were told, and their slips still name the old one. Please give them new slips.
campaign-form-cancel-sure = The { $count } people of this session go back to those waiting for a day; nothing said is lost, and it can be undone.
campaign-form-cancel-yes = Cancel this session
campaign-form-remove-sure = All of it goes, with the days of { $count } people; who was told stays told in the service lists. It can be undone.
campaign-form-remove-yes = Remove these check-up days
campaign-form-leave = Leave it

campaign-form-holidays-hint = The State Council publishes next year's holidays around November. Make a table of them: the day in the first column (2027-01-01), 休 (off) or 班 (worked) in the second, the name in the third; or take the township's.
campaign-form-holidays-none = No year's holidays are there yet; only the days fixed by law are left out (New Year, Spring Festival, Labour Day, National Day).
campaign-form-holidays-year = { $year }: { $off } days off, { $work } weekend days worked
campaign-form-holidays-file = Table of holidays
campaign-form-holidays-look = Have a look
campaign-form-holidays-over = What is there for { $year } is replaced by this table.
campaign-form-holidays-unread = { $count } lines cannot be read and are left out: { $lines }.
campaign-form-holidays-take = Take these days

campaign-form-market-hint = On market days everybody is at the market, and nothing is planned. Write the days: 3 8 is every day that ends in 3 or 8.
campaign-form-market-next = Next market days: { $days }
campaign-form-market-save = Save market days
campaign-form-market-none = Plan on market days
campaign-form-market-unset = No market days are set; none are left out.

campaign-form-done-days = { $op }, { $count } days
campaign-form-done-sessions = { $op }, { $count }

campaign-form-new = Start check-up days
campaign-form-correct = Correct these days
campaign-form-more = Add sessions
campaign-form-correct-session = Correct the session
campaign-form-cancel = Cancel the session
campaign-form-remove = Remove all of it
campaign-form-holidays = Public holidays

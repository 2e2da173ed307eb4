### Papers of check-up campaigns: slips, rosters, door lists, lists for the clinic

paper-kind-appointment-slips = Appointment slips
paper-kind-session-roster = Session roster
paper-kind-door-list = Door list
paper-kind-clinic-list = List for the clinic

paper-column-order = Order
paper-column-number = Number
paper-column-sex = Sex
paper-column-session = Session
paper-column-day = Day
paper-column-time = Time
paper-column-came = Came

paper-nobody-appointed = There is nobody to be put on it: nobody is planned here, or the days have passed.
paper-session-purpose = Ticked on the day of the check
paper-door-purpose = Hung at the door on the day of the check
paper-clinic = Township clinic
paper-clinic-purpose = Arranging checks and vaccinations
paper-clinic-nowhere = This list is for the clinic alone: name the office that it goes to.
paper-slips-everybody = Everybody with a day ahead
paper-slips-to-tell = Only who is still to be told

slips-title = Notice: { $campaign }
slips-number = Number { $number }, session { $session }
slips-time = Time
slips-place = Place
slips-at-home = At your home, please wait there
slips-what = What
slips-prepare = Please note
slips-voluntary = This is voluntary. You need not come, and nothing else depends on it. To change the day, please ring.
slips-phone = Phone

session-roster-title = Roster: { $campaign }
session-roster-staff = Staff
session-roster-seats = { $people ->
    [one] { $people } person
   *[other] { $people } people
    } planned, { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
    }.
session-roster-walk-ins = The empty lines are for people who come unannounced. Note only who came, never a result.
session-roster-by = Ticked by:

door-list-title = Door list: { $campaign }
door-list-others = Not on the list? Ask inside: where a seat is free, you can be seen.
door-list-down = Names are masked. Taken down at the end of the day.

clinic-list-title = List for the clinic: { $campaign }
clinic-list-marks = In the last column write "yes" for who came, "no" for who did not, and the day for who came on another day; please leave the other columns as they are and return the list to the village.

paper-person-appointments = Days planned for you
paper-person-no-day = no day yet

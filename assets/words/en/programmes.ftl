### Words of programmes, facts and reasons

kind-residency = residency
kind-registered = household registration here
kind-registration = kind of registration
kind-certificate = only-child certificate
kind-disability = grade of disability certificate
kind-study = where at school
kind-boarding = boarding at school
kind-relief = relief
kind-declared = what the person says
registered-here = registered in this village
registered-elsewhere = registered elsewhere
registration-rural = rural registration, or recognised as rural
registration-urban = urban registration
certificate-yes = the household holds the certificate
certificate-no = the household does not hold the certificate
disability-none = no disability certificate
disability-1 = disability certificate, grade 1
disability-2 = disability certificate, grade 2
disability-3 = disability certificate, grade 3
disability-4 = disability certificate, grade 4
study-none = not at school
study-preschool = kindergarten
study-primary = primary school
study-junior = junior middle school
study-senior = senior middle school
study-vocational_secondary = secondary vocational school
study-vocational_college = vocational college
study-undergraduate = university
boarding-yes = boards at school
boarding-no = does not board
relief-none = no relief
relief-dibao = minimum living allowance
relief-tekun = extreme hardship
relief-tuopin = household lifted out of poverty
relief-monitored = monitored household
relief-orphan = orphan, or without anybody to raise them
relief-martyr = child of a martyr
declared-yes = the person says yes
declared-no = the person says no
clause-in-force = the programme is in force
clause-sex = { $sex }
clause-age-under = under { $max } years of age
clause-age-local = an age set locally
clause-by-year-end = { $age } by the end of this year
clause-by-month-end = { $age } by the end of this month
clause-born-from = born on { $from } or later
clause-born-to = born on { $to } or earlier
clause-born-between = born from { $from } to { $to }
clause-certificate = the household holds the only-child certificate
clause-declared = the person or a guardian says so
clause-fact = { $kind }: { $values }
clause-last-service = the last check before this turn is { $months ->
    [one] { $months } month ago
   *[other] { $months } months ago
    } or more
clause-last-service-local = the last check is longer ago than the local interval
clause-claim = there is a claim open this year
clause-all-of = { $clauses }
clause-any-of = one of: { $sets }
fact-in-force-from = in force from { $from }
fact-in-force-to = in force until { $to }
fact-in-force-between = in force from { $from } to { $to }
fact-sex-missing = sex not known yet
fact-born-on = born { $born }
fact-local-missing = the local value has not been entered yet
fact-not-declared = the person has not said so
fact-missing = not known yet: { $kind }
fact-last-service = last on { $on }, as recorded here
fact-no-service = none recorded here
fact-several = { $facts }
until-begins = begins on { $on }
until-ends = ends after { $on }
until-corrected = looked at again if the record is corrected
until-sex-asked = known once the sex is asked
until-local-entered = known once the local value is entered
until-certificate-brought = when a household brings it of its own accord; nobody is asked
until-declared = recorded once the person says so
until-asked = known once asked: { $kind }
until-changes = looked at again when this changes: { $kind }
until-due-again = due again from { $on }
until-next-service = looked at again after the next check
until-claims-end = the last day to apply at all is { $on }
op-fact = fact recorded
op-note-facts = list of facts imported
op-local-standard = local value entered
record-local-standard = local value
column-key = item
error-fact-newer = Something newer is known, of { $on }: nothing was changed. If that day is wrong, undo that step first.
cli-facts-older = { $count ->
    [one] { $count } is older than what is known and was passed over.
   *[other] { $count } are older than what is known and were passed over.
    }
error-programme-leaflet = For this one only slips are printed and nobody is noted; print a slip instead.
error-programme-ended = This one had ended by { $by }; nothing more is noted.
error-no-source = Say who says so, or what was looked at.
error-no-such-local = The programme has no such local value; check its name.
error-local-value = The value is out of bounds and was not saved; see what may be entered with local show.
cli-fact-kind = There is no such kind of fact; see facts kinds.
cli-fact-value = This kind of fact cannot have this value; see facts kinds.
cli-facts-header = The first line must be id_number,kind,value,on; correct it and import again.
cli-facts-line = line { $line }: { $problem }
cli-facts-imported = { $rows ->
    [one] { $rows } line read
   *[other] { $rows } lines read
    }, { $written ->
    [one] { $written } fact written
   *[other] { $written } facts written
    }, { $rejected ->
    [one] { $rejected } line with problems
   *[other] { $rejected } lines with problems
    }.
cli-facts-date = A date is written 2026-11-23 and does not lie ahead.
cli-facts-person = Nobody has this ID number.
cli-amount-birth = How much depends on the part of the birth that is missing; give the full date, such as 2024-07-15, to see one amount.
cli-no-amount = No amount follows from the date of birth: it is decided above, depends on other facts, or the local value is missing.
cli-amount-line = { $year }: { $yuan }, { $by }
cli-not-set = not entered yet
cli-no-deadline = no last day
cli-by = apply by { $on }
cli-yuan-average = about { $yuan } yuan on average
cli-yuan = { $yuan } yuan
cli-benefit-told = everybody of the age is told, the person applies
cli-benefit-line = { $name }: { $yuan }, { $by }
status-current = in force
status-local = depends on local values
status-unverified = not confirmed
status-ended = ended (by { $by } at the latest)
programme-kind-check = check
programme-kind-vaccine = vaccine
programme-kind-benefit = benefit
programme-kind-care = care
programme-kind-leaflet = leaflet
programme-kind-notice = notice
who-person = the person
who-village = the village
who-township = the township
who-county = the county
who-school = the school
ui-programme = Programme
ui-ask-fact = Ask first: { $kind }

record-application = application
record-application-document = application paper
record-payment = payment
record-public-sheet = public sheet
record-consent = consent
record-disclosure = what left
column-began-on = begun on
column-holder = who has it
column-holder-on = since
column-answer = answer
column-answer-on = answered on
column-fen = amount in fen
column-taken-back = taken back on
column-document = paper
column-put-up-on = put up on
column-down-by = to come down by
column-taken-down = taken down on
column-purpose = purpose
column-state = state
column-notice = version of the notice
column-channel = how it was said
column-witness = witness
column-guardian = guardian
column-guardian-relation = relation of the guardian
column-paper = kind of paper
column-format = format
column-recipient = recipient
column-columns = columns
column-rows = rows

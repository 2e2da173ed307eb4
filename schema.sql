-- The whole current schema of a ledger, and its data dictionary.
--
-- Conventions: STRICT tables; an integer key inside, `uid` (UUIDv7 as text) outside; dates are ISO text; an unknown
-- text is '' and never NULL, so that two unknowns compare equal. Every table is a table of record, whose changes are
-- logged by triggers made when the ledger is opened, unless it is named under "Outside the change log" below.
-- Nothing of the product's never-list (pregnancy, contraception, fees, fines, marital status, education, religion,
-- reasons for declining …) may become a column: tests/it/layers.rs holds that.

PRAGMA application_id = 0x584C4752; -- "XLGR"

-- The village (or demo village) this ledger belongs to, or the township or county whose code ends in zeros: exactly one row.
CREATE TABLE village (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    uid  TEXT NOT NULL UNIQUE,                                   -- identity outside this file
    code TEXT NOT NULL CHECK (length(code) = 12),                -- 12-digit statistical area code (GB/T 2260, GB/T 10114)
    name TEXT NOT NULL CHECK (name <> ''),                       -- the village's name
    kind TEXT NOT NULL DEFAULT 'village' CHECK (kind IN ('village', 'demo')) -- demo: synthetic people, marked on every page
) STRICT;

-- Who in the village committee looks after which groups (联系人). A name, never a score.
CREATE TABLE contact_person (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    uid   TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL CHECK (name <> ''),
    phone TEXT NOT NULL DEFAULT ''
) STRICT;

-- Village groups (村民小组): a name, such as 3 (for 3组) or 塆上. The group named '' holds who has none yet.
CREATE TABLE village_group (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    uid               TEXT NOT NULL UNIQUE,
    name              TEXT NOT NULL UNIQUE,
    contact_person_id INTEGER REFERENCES contact_person (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX village_group_by_contact ON village_group (contact_person_id) WHERE contact_person_id IS NOT NULL;

-- Where facts come from: a roster, a visit, an entry by hand.
CREATE TABLE source (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    uid      TEXT NOT NULL UNIQUE,
    title    TEXT NOT NULL CHECK (title <> ''),                  -- a file's name or a few words
    noted_on TEXT NOT NULL CHECK (noted_on GLOB '????-??-??')    -- the day it was read or said
) STRICT;

-- Households (户). One per group is marked unsorted: it holds people whose household is not known yet (未分户).
CREATE TABLE household (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    uid      TEXT NOT NULL UNIQUE,
    group_id INTEGER NOT NULL REFERENCES village_group (id),
    number   TEXT NOT NULL DEFAULT '',                           -- 户号 as the village writes it
    address  TEXT NOT NULL DEFAULT '',
    sorted   INTEGER NOT NULL DEFAULT 1 CHECK (sorted IN (0, 1)) -- 0: the group's 未分户
) STRICT;
CREATE INDEX household_by_group ON household (group_id, sorted DESC);
CREATE INDEX household_by_number ON household (group_id, number);

-- Residents (居民). What rules read besides these columns is in `fact`.
CREATE TABLE resident (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    uid          TEXT NOT NULL UNIQUE,
    household_id INTEGER NOT NULL REFERENCES household (id),
    name         TEXT NOT NULL CHECK (name <> ''),               -- normal form: no inner spaces, dot U+00B7
    name_written TEXT NOT NULL DEFAULT '',                       -- as written, where that differs
    id_number    TEXT NOT NULL DEFAULT '' CHECK (length(id_number) IN (0, 15, 18)), -- GB 11643-1999 or a residence permit
    sex          TEXT NOT NULL DEFAULT '' CHECK (sex IN ('', 'male', 'female')),
    born         TEXT NOT NULL DEFAULT '' CHECK (born = '' OR born GLOB '[12][0-9][0-9][0-9]*'), -- 1961, 1961-03 or 1961-03-09
    relation     INTEGER NOT NULL DEFAULT 0,                     -- to the head of the household, GB/T 4761-2008; 0 unknown
    phone        TEXT NOT NULL DEFAULT '',
    standing     TEXT NOT NULL DEFAULT 'present' CHECK (standing IN ('present', 'moved_out', 'deceased')),
    standing_on  TEXT NOT NULL CHECK (standing_on GLOB '????-??-??'), -- the day since which, or for which, that is known
    source_id    INTEGER NOT NULL REFERENCES source (id),        -- where the columns above come from
    known_on     TEXT NOT NULL CHECK (known_on GLOB '????-??-??') -- the day this ledger first knew the person
) STRICT;
CREATE UNIQUE INDEX resident_by_id_number ON resident (id_number) WHERE id_number <> '';
CREATE INDEX resident_by_name ON resident (name);
CREATE INDEX resident_by_household ON resident (household_id, standing);
CREATE INDEX resident_by_born ON resident (born);

-- Facts about residents that rules read, each with its source and the day it was true. One per kind: the present one;
-- earlier ones are in the change log.
CREATE TABLE fact (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN (
        'residency', 'registered', 'registration', 'only_child_certificate', 'disability', 'study', 'boarding', 'relief',
        'declared_retirement_award', 'declared_pension_subsidy', 'declared_loan', 'declared_house_repair',
        'declared_school_aid', 'declared_pairing', 'declared_left_behind')),
    value       TEXT NOT NULL CHECK (value <> ''),               -- see domain::fact: residency here or away, and so on
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    source_id   INTEGER NOT NULL REFERENCES source (id),
    PRIMARY KEY (resident_id, kind)
) STRICT, WITHOUT ROWID;
-- Lists of one programme read a kind or two, of everybody.
CREATE INDEX fact_by_kind ON fact (kind, resident_id, value, on_date, source_id);

-- What the county set: amounts, intervals, days and ages that a programme leaves to it, from the town's paper.
CREATE TABLE local_standard (
    uid       TEXT NOT NULL UNIQUE,
    programme TEXT NOT NULL,                                     -- id of a compiled-in programme
    key       TEXT NOT NULL,                                     -- one of the keys that the programme names
    value     TEXT NOT NULL CHECK (value <> ''),                 -- as written; read within the programme's bounds
    on_date   TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),   -- the day since which it holds
    source_id INTEGER NOT NULL REFERENCES source (id),           -- the paper
    PRIMARY KEY (programme, key)
) STRICT, WITHOUT ROWID;

-- What was said to whom about a programme in a period. A decline carries no reason and leaves this file only as a number.
CREATE TABLE offer (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    programme   TEXT NOT NULL,                                   -- id of a compiled-in programme
    period      TEXT NOT NULL,                                   -- the turn: 2026, m3, once
    outcome     TEXT NOT NULL CHECK (outcome IN ('told', 'booked', 'declined', 'unreachable')),
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'), -- the true day, also when entered later
    tries       INTEGER NOT NULL DEFAULT 0,                      -- times tried in vain since last reached
    PRIMARY KEY (resident_id, programme, period)
) STRICT, WITHOUT ROWID;

-- Services that took place: that the person came, never a result.
CREATE TABLE service (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    programme   TEXT NOT NULL,
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    PRIMARY KEY (resident_id, programme, on_date)
) STRICT, WITHOUT ROWID;

-- Applications (申请): one per person, programme and turn; who has the papers now and what the authority answered. No
-- account number is kept, and no reason of a refusal.
CREATE TABLE application (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    programme   TEXT NOT NULL,
    period      TEXT NOT NULL,                                   -- the turn, as of an offer
    began_on    TEXT NOT NULL CHECK (began_on GLOB '????-??-??'),
    holder      TEXT NOT NULL CHECK (holder IN ('person', 'village', 'township', 'county', 'school')), -- a step of the programme
    holder_on   TEXT NOT NULL CHECK (holder_on GLOB '????-??-??'), -- the day since which they have it
    answer      TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'granted', 'refused')),
    answer_on   TEXT NOT NULL DEFAULT '' CHECK (answer_on = '' OR answer_on GLOB '????-??-??'),
    fen         INTEGER NOT NULL DEFAULT 0 CHECK (fen >= 0),     -- granted for the turn; 0 where it was not said
    taken_back  TEXT NOT NULL DEFAULT '' CHECK (taken_back = '' OR taken_back GLOB '????-??-??'), -- by the person, on this day
    PRIMARY KEY (resident_id, programme, period)
) STRICT, WITHOUT ROWID;

-- Papers of an application that are there.
CREATE TABLE application_document (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL,
    programme   TEXT NOT NULL,
    period      TEXT NOT NULL,
    document    TEXT NOT NULL,                                   -- a key of the programme's documents
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    PRIMARY KEY (resident_id, programme, period, document),
    FOREIGN KEY (resident_id, programme, period) REFERENCES application (resident_id, programme, period) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What was paid on an application, as the paper or the bank book says.
CREATE TABLE payment (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL,
    programme   TEXT NOT NULL,
    period      TEXT NOT NULL,
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    fen         INTEGER NOT NULL CHECK (fen > 0),
    PRIMARY KEY (resident_id, programme, period, on_date),
    FOREIGN KEY (resident_id, programme, period) REFERENCES application (resident_id, programme, period) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Masked sheets on the notice board (公示), and by when they come down.
CREATE TABLE public_sheet (
    uid        TEXT NOT NULL UNIQUE,
    programme  TEXT NOT NULL,
    put_up_on  TEXT NOT NULL CHECK (put_up_on GLOB '????-??-??'),
    down_by    TEXT NOT NULL CHECK (down_by GLOB '????-??-??'),  -- the last day it may hang
    taken_down TEXT NOT NULL DEFAULT '' CHECK (taken_down = '' OR taken_down GLOB '????-??-??'),
    PRIMARY KEY (programme, put_up_on)
) STRICT, WITHOUT ROWID;

-- What somebody agreed to, or withdrew: one per purpose, the present one; earlier ones are in the change log. Nothing
-- here means that nobody has asked yet. Source: PIPL arts. 14, 15, 29, 31.
CREATE TABLE consent (
    uid               TEXT NOT NULL UNIQUE,
    resident_id       INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    purpose           TEXT NOT NULL CHECK (purpose IN ('services', 'health', 'account', 'clinic')), -- see domain::consent
    state             TEXT NOT NULL CHECK (state IN ('given', 'withdrawn')),
    notice            INTEGER NOT NULL,                          -- version of the notice that was handed over
    on_date           TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    channel           TEXT NOT NULL CHECK (channel IN ('signed', 'spoken')),
    witness           TEXT NOT NULL DEFAULT '',                  -- who was there when it was said
    guardian          TEXT NOT NULL DEFAULT '',                  -- for a child under 14: who spoke for it
    guardian_relation TEXT NOT NULL DEFAULT '' CHECK (guardian_relation IN ('', 'parent', 'grandparent', 'other')),
    PRIMARY KEY (resident_id, purpose)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_withdrawn ON consent (resident_id) WHERE state = 'withdrawn';

-- What left this ledger on paper or as a file: for whom, what for, which columns, how many rows. Never who.
CREATE TABLE disclosure (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       TEXT NOT NULL UNIQUE,
    on_date   TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    paper     TEXT NOT NULL,                                     -- roster, public-sheet, person-copy …: a word of paper
    format    TEXT NOT NULL CHECK (format IN ('pdf', 'xlsx', 'xlb', 'parquet')),
    programme TEXT NOT NULL DEFAULT '',
    recipient TEXT NOT NULL DEFAULT '',                          -- an office or the person concerned, in a few words
    purpose   TEXT NOT NULL,                                     -- in a few words
    columns   TEXT NOT NULL DEFAULT '',                          -- their keys, separated by commas
    rows      INTEGER NOT NULL
) STRICT;

-- Two records that turned out to be one person (合并): a link, not a fusion. The one behind is no longer listed; each
-- keeps its own offers and services, and the link can be taken away at any time (拆开). A listed one may stand behind
-- a third in turn.
CREATE TABLE same_person (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       TEXT NOT NULL UNIQUE,
    behind_id INTEGER NOT NULL UNIQUE REFERENCES resident (id),
    listed_id INTEGER NOT NULL REFERENCES resident (id) CHECK (listed_id <> behind_id),
    linked_on TEXT NOT NULL CHECK (linked_on GLOB '????-??-??')
) STRICT;
CREATE INDEX same_person_by_listed ON same_person (listed_id);

-- What stood in a record before a link wrote a chosen value over it, to be put back when the link is taken away. Goes
-- when that value is edited: then the edit stays.
CREATE TABLE same_person_before (
    uid         TEXT NOT NULL UNIQUE,
    link_id     INTEGER NOT NULL REFERENCES same_person (id) ON DELETE CASCADE,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    field       TEXT NOT NULL,                                   -- a column of resident, or a kind of fact
    before      TEXT NOT NULL,                                   -- JSON: the value; a household or source by its uid; a fact whole
    PRIMARY KEY (link_id, resident_id, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_person_before_by_resident ON same_person_before (resident_id);

-- Pairs that look alike and are two people: looked at, and not to be shown again.
CREATE TABLE not_same (
    uid      TEXT NOT NULL UNIQUE,
    one_id   INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE CHECK (other_id > one_id),
    PRIMARY KEY (one_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX not_same_by_other ON not_same (other_id);

-- Tasks written by hand (手记的事). Free text of the cadre: never filtered on, exported or made in bulk.
CREATE TABLE task (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uid         TEXT NOT NULL UNIQUE,
    what        TEXT NOT NULL CHECK (what <> ''),                -- in a few words
    due_on      TEXT NOT NULL CHECK (due_on GLOB '????-??-??'),
    resident_id INTEGER REFERENCES resident (id) ON DELETE CASCADE, -- about whom; NULL for nobody in particular
    made_on     TEXT NOT NULL CHECK (made_on GLOB '????-??-??'),
    ended       TEXT NOT NULL DEFAULT '' CHECK (ended IN ('', 'done', 'not_needed')),
    ended_on    TEXT NOT NULL DEFAULT '' CHECK (ended_on = '' OR ended_on GLOB '????-??-??')
) STRICT;
CREATE INDEX task_by_resident ON task (resident_id) WHERE resident_id IS NOT NULL;

-- A task of the worklist that was put off, or is not needed in this turn. The offer itself stays as it is.
CREATE TABLE put_off (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    programme   TEXT NOT NULL,
    period      TEXT NOT NULL,                                   -- the turn, as of an offer
    until       TEXT NOT NULL DEFAULT '' CHECK (until = '' OR until GLOB '????-??-??'), -- '' for the rest of the turn
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'), -- the day this was decided
    PRIMARY KEY (resident_id, programme, period)
) STRICT, WITHOUT ROWID;

-- A round on paper (走访单): its rows have codes that are typed in again in the evening. Codes follow from the round's
-- number and the row's, see domain::row_code.
CREATE TABLE round (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    made_on TEXT NOT NULL CHECK (made_on GLOB '????-??-??')
) STRICT;
CREATE TABLE round_row (
    uid         TEXT NOT NULL UNIQUE,
    round_id    INTEGER NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL CHECK (number BETWEEN 0 AND 1023), -- its place on the paper
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    programme   TEXT NOT NULL,
    PRIMARY KEY (round_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_row_by_resident ON round_row (resident_id);

-- People working away: where they are, when they are expected back, how to reach them as was agreed, and who at home
-- speaks for them with their agreement. That somebody is away is a fact of residency; this is what belongs to it.
CREATE TABLE away (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER PRIMARY KEY REFERENCES resident (id) ON DELETE CASCADE,
    place       TEXT NOT NULL DEFAULT '',                        -- a town, as told
    back_by     TEXT NOT NULL DEFAULT '' CHECK (back_by = '' OR back_by GLOB '????-??-??'), -- the day they are expected back
    contact     TEXT NOT NULL DEFAULT '',                        -- what was agreed on: a phone, 微信
    times       TEXT NOT NULL DEFAULT '',                        -- when it suits them
    speaker_id  INTEGER REFERENCES resident (id) ON DELETE SET NULL, -- who at home speaks for them
    agreed_on   TEXT NOT NULL DEFAULT '' CHECK (agreed_on = '' OR agreed_on GLOB '????-??-??') -- the day they agreed to that
) STRICT;
CREATE INDEX away_by_speaker ON away (speaker_id) WHERE speaker_id IS NOT NULL;

-- Each time somebody away was called: reached or not.
CREATE TABLE contact_try (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    reached     TEXT NOT NULL CHECK (reached IN ('yes', 'no')),
    PRIMARY KEY (resident_id, on_date)
) STRICT, WITHOUT ROWID;

-- What somebody away asked for of their own wish, and the answer given. Free text: shown, and nothing else.
CREATE TABLE request (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    what        TEXT NOT NULL CHECK (what <> ''),
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    answer      TEXT NOT NULL DEFAULT '',
    answered_on TEXT NOT NULL DEFAULT '' CHECK (answered_on = '' OR answered_on GLOB '????-??-??')
) STRICT;
CREATE INDEX request_by_resident ON request (resident_id);

-- Care that was agreed to: who helps whom (结对), or who keeps in touch with a child left behind whose guardian agreed.
CREATE TABLE care (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('pairing', 'left_behind')),
    helper      TEXT NOT NULL CHECK (helper <> ''),              -- who helps, as they are called: a cadre, a neighbour, an office
    phone       TEXT NOT NULL DEFAULT '',                        -- of the helper
    agreed      TEXT NOT NULL DEFAULT '',                        -- what was agreed, in a few words; no amounts
    agreed_by   TEXT NOT NULL DEFAULT '',                        -- the guardian who agreed, for a child
    agreed_on   TEXT NOT NULL CHECK (agreed_on GLOB '????-??-??'),
    next_on     TEXT NOT NULL DEFAULT '' CHECK (next_on = '' OR next_on GLOB '????-??-??'), -- the next visit
    ended_on    TEXT NOT NULL DEFAULT '' CHECK (ended_on = '' OR ended_on GLOB '????-??-??'),
    CHECK (kind = 'pairing' OR agreed_by <> '')
) STRICT;
CREATE UNIQUE INDEX care_of_resident ON care (resident_id, kind) WHERE ended_on = '';

-- Visits: the day, and what is to be remembered. Free text: shown, and nothing else.
CREATE TABLE care_visit (
    uid     TEXT NOT NULL UNIQUE,
    care_id INTEGER NOT NULL REFERENCES care (id) ON DELETE CASCADE,
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    note    TEXT NOT NULL DEFAULT '',                            -- in a few words
    PRIMARY KEY (care_id, on_date)
) STRICT, WITHOUT ROWID;

-- Children left behind are shown only on being asked for, and each look is kept here. Never taken back.
CREATE TABLE care_look (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    shown   INTEGER NOT NULL                                     -- how many children were shown
) STRICT;

-- The village's own record. Services: what there is, where, when, whom to call, what to bring.
CREATE TABLE village_service (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),     -- the day this was known
    what    TEXT NOT NULL CHECK (what <> ''),
    place   TEXT NOT NULL DEFAULT '',
    hours   TEXT NOT NULL DEFAULT '',
    phone   TEXT NOT NULL DEFAULT '',
    bring   TEXT NOT NULL DEFAULT ''
) STRICT;

-- What villagers said, and the answer given. No name is needed, and there is no place for one.
CREATE TABLE feedback (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    what    TEXT NOT NULL CHECK (what <> ''),
    answer  TEXT NOT NULL DEFAULT ''
) STRICT;

-- Training: the day, the topic, who attended, in a few words.
CREATE TABLE training (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    uid      TEXT NOT NULL UNIQUE,
    on_date  TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    what     TEXT NOT NULL CHECK (what <> ''),
    attended TEXT NOT NULL DEFAULT ''
) STRICT;

-- Whom to call: the township's contact for the village, the clinic, the school.
CREATE TABLE phone_list (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    what    TEXT NOT NULL CHECK (what <> ''),                    -- the office or duty
    name    TEXT NOT NULL DEFAULT '',
    phone   TEXT NOT NULL DEFAULT ''
) STRICT;

-- Public holidays and worked weekend days, from the State Council's yearly notice, imported year by year.
CREATE TABLE holiday (
    uid     TEXT NOT NULL UNIQUE,
    on_date TEXT PRIMARY KEY CHECK (on_date GLOB '????-??-??'),
    kind    TEXT NOT NULL CHECK (kind IN ('off', 'work')),       -- off: 休; work: 班, a weekend day on which people work
    name    TEXT NOT NULL DEFAULT ''                             -- 春节
) STRICT, WITHOUT ROWID;

-- 逢集: the village's market days, on which nothing is planned. At most one row.
CREATE TABLE market_day (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    uid      TEXT NOT NULL UNIQUE,
    calendar TEXT NOT NULL CHECK (calendar IN ('lunar', 'month', 'week')),
    days     TEXT NOT NULL CHECK (days <> '')                    -- last digits of the days, or numbers of weekdays: 3,8
) STRICT;

-- Check-up campaigns (体检安排): for which programmes the clinic comes, and what people bring and heed.
CREATE TABLE campaign (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    uid      TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL CHECK (name <> ''),
    first_on TEXT NOT NULL CHECK (first_on GLOB '????-??-??'),
    last_on  TEXT NOT NULL CHECK (last_on GLOB '????-??-??' AND last_on >= first_on),
    place    TEXT NOT NULL DEFAULT '',                           -- where, unless a session says otherwise
    bring    TEXT NOT NULL DEFAULT '',                           -- what to bring, on the slip
    prepare  TEXT NOT NULL DEFAULT '',                           -- how to prepare: 空腹
    made_on  TEXT NOT NULL CHECK (made_on GLOB '????-??-??')
) STRICT;

-- The checks and vaccinations of a campaign. Never a leaflet's: of those nobody is noted.
CREATE TABLE campaign_programme (
    uid         TEXT NOT NULL UNIQUE,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    programme   TEXT NOT NULL,
    PRIMARY KEY (campaign_id, programme)
) STRICT, WITHOUT ROWID;

-- Sessions (场次): a morning with so many seats.
CREATE TABLE session (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uid         TEXT NOT NULL UNIQUE,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    from_time   TEXT NOT NULL CHECK (from_time GLOB '??:??'),
    to_time     TEXT NOT NULL CHECK (to_time GLOB '??:??' AND to_time > from_time),
    seats       INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 2000),
    kind        TEXT NOT NULL DEFAULT 'everybody' CHECK (kind IN ('everybody', 'women', 'home')),
    place       TEXT NOT NULL DEFAULT '',                        -- '' for the campaign's
    staff       TEXT NOT NULL DEFAULT ''                         -- who comes from the clinic, in a few words
) STRICT;
CREATE INDEX session_by_campaign ON session (campaign_id, on_date);

-- Appointments (预约): one per person and campaign. That somebody came or did not, never a result; a no carries no
-- reason, is in no list and leaves this file only as a number.
CREATE TABLE appointment (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uid         TEXT NOT NULL UNIQUE,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    session_id  INTEGER REFERENCES session (id),                 -- NULL while there is no day
    state       TEXT NOT NULL CHECK (state IN (
        'planned', 'invited', 'agreed', 'waiting', 'came', 'missed', 'out', 'declined')),
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'), -- the day since which it stands so
    asked_again INTEGER NOT NULL DEFAULT 0 CHECK (asked_again IN (0, 1)), -- after a missed day; once only
    first       INTEGER NOT NULL DEFAULT 0 CHECK (first IN (0, 1)),       -- an early day is wished: frail, far away
    at_home     INTEGER NOT NULL DEFAULT 0 CHECK (at_home IN (0, 1)),     -- the clinic goes to them
    walked_in   INTEGER NOT NULL DEFAULT 0 CHECK (walked_in IN (0, 1)),   -- came without an appointment
    not_before  TEXT NOT NULL DEFAULT '' CHECK (not_before = '' OR not_before GLOB '????-??-??'), -- as they said
    not_after   TEXT NOT NULL DEFAULT '' CHECK (not_after = '' OR not_after GLOB '????-??-??')
) STRICT;
CREATE UNIQUE INDEX appointment_of_resident ON appointment (resident_id, campaign_id);
CREATE INDEX appointment_by_campaign ON appointment (campaign_id);
CREATE INDEX appointment_by_session ON appointment (session_id) WHERE session_id IS NOT NULL;

-- The office above (at most one row), once its invite was answered: for whom hand-up files are sealed. Source of the
-- format: domain::hand_up, ledger::hand_up.
CREATE TABLE office (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    uid         TEXT NOT NULL UNIQUE,
    code        TEXT NOT NULL CHECK (length(code) = 12),         -- its area code
    name        TEXT NOT NULL CHECK (name <> ''),
    recipient   TEXT NOT NULL,                                   -- its age recipient (X25519)
    verifying   TEXT NOT NULL CHECK (length(verifying) = 64),    -- its Ed25519 key, in hexadecimal
    profile     TEXT NOT NULL,                                   -- JSON: the columns that may leave, as its invite says
    proof       TEXT NOT NULL,                                   -- what the secret of the invite made of our keys
    enrolled_on TEXT NOT NULL CHECK (enrolled_on GLOB '????-??-??')
) STRICT;

-- Files handed up (上报): what each was, and what the receipt said of it.
CREATE TABLE hand_up (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    uid           TEXT NOT NULL UNIQUE,
    number        INTEGER NOT NULL UNIQUE CHECK (number > 0),    -- 1, 2, 3 …; never given twice
    month         TEXT NOT NULL CHECK (month GLOB '????-??'),
    made_on       TEXT NOT NULL CHECK (made_on GLOB '????-??-??'),
    digest        TEXT NOT NULL CHECK (length(digest) = 64),     -- SHA-256 over what was signed
    revision      INTEGER NOT NULL,                              -- the last change that is in it
    rows          INTEGER NOT NULL,
    accepted_on   TEXT NOT NULL DEFAULT '' CHECK (accepted_on = '' OR accepted_on GLOB '????-??-??'),
    accepted_rows INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Rows that the township could not take, as its receipt says. The keys are codes of the program, never a value.
CREATE TABLE hand_up_refusal (
    uid        TEXT NOT NULL UNIQUE,
    hand_up_id INTEGER NOT NULL REFERENCES hand_up (id) ON DELETE CASCADE,
    section    TEXT NOT NULL,
    row_key    TEXT NOT NULL,
    wrong      TEXT NOT NULL,                                    -- a word of domain::hand_up::Wrong
    PRIMARY KEY (hand_up_id, section, row_key)
) STRICT, WITHOUT ROWID;

-- Who was invited to hand up to this township (or county): its villages, or its townships.
CREATE TABLE member (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    uid          TEXT NOT NULL UNIQUE,
    code         TEXT NOT NULL UNIQUE CHECK (length(code) = 12),
    name         TEXT NOT NULL DEFAULT '',
    secret       TEXT NOT NULL CHECK (length(secret) = 64),      -- in the invite alone: whoever answers with it has that
    profile      TEXT NOT NULL,                                  -- JSON: the columns that may come
    recipient    TEXT NOT NULL DEFAULT '',                       -- its keys, once it answered
    verifying    TEXT NOT NULL DEFAULT '',
    invited_on   TEXT NOT NULL CHECK (invited_on GLOB '????-??-??'),
    enrolled_on  TEXT NOT NULL DEFAULT '' CHECK (enrolled_on = '' OR enrolled_on GLOB '????-??-??'),
    confirmed_on TEXT NOT NULL DEFAULT '' CHECK (confirmed_on = '' OR confirmed_on GLOB '????-??-??') -- compared by phone
) STRICT;

-- Files that were read, each once. What has a uid made of its content stays the same in whatever order files are read.
CREATE TABLE received (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       TEXT NOT NULL UNIQUE,
    member_id INTEGER NOT NULL REFERENCES member (id),
    number    INTEGER NOT NULL CHECK (number > 0),
    digest    TEXT NOT NULL CHECK (length(digest) = 64),
    previous  TEXT NOT NULL DEFAULT '',
    month     TEXT NOT NULL CHECK (month GLOB '????-??'),
    made_on   TEXT NOT NULL CHECK (made_on GLOB '????-??-??'),   -- by the village's clock
    read_on   TEXT NOT NULL CHECK (read_on GLOB '????-??-??'),
    rows      INTEGER NOT NULL,                                  -- rows taken
    demo      INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)), -- synthetic people
    UNIQUE (member_id, digest)
) STRICT;

-- The numbers of every file: months do not change when the next file comes.
CREATE TABLE received_count (
    uid         TEXT NOT NULL UNIQUE,
    received_id INTEGER NOT NULL REFERENCES received (id) ON DELETE CASCADE,
    month       TEXT NOT NULL,
    programme   TEXT NOT NULL DEFAULT '',
    measure     TEXT NOT NULL,                                   -- a word of domain::hand_up::Measure
    number      INTEGER NOT NULL,
    PRIMARY KEY (received_id, month, programme, measure)
) STRICT, WITHOUT ROWID;

-- Applications as the newest file of each village has them; what its profile masks or leaves out is masked or ''.
CREATE TABLE received_application (
    uid       TEXT NOT NULL UNIQUE,
    member_id INTEGER NOT NULL REFERENCES member (id),
    person    TEXT NOT NULL,                                     -- the uid that the village gave them
    name      TEXT NOT NULL DEFAULT '',
    id_number TEXT NOT NULL DEFAULT '',
    born      TEXT NOT NULL DEFAULT '',
    phone     TEXT NOT NULL DEFAULT '',
    programme TEXT NOT NULL,
    period    TEXT NOT NULL,
    phase     TEXT NOT NULL,
    began_on  TEXT NOT NULL,
    fen       INTEGER NOT NULL,
    paid_fen  INTEGER NOT NULL,
    PRIMARY KEY (member_id, person, programme, period)
) STRICT, WITHOUT ROWID;

-- Days for checks likewise, of those who agreed that the clinic learns of them.
CREATE TABLE received_appointment (
    uid       TEXT NOT NULL UNIQUE,
    member_id INTEGER NOT NULL REFERENCES member (id),
    person    TEXT NOT NULL,
    name      TEXT NOT NULL DEFAULT '',
    id_number TEXT NOT NULL DEFAULT '',
    born      TEXT NOT NULL DEFAULT '',
    phone     TEXT NOT NULL DEFAULT '',
    programme TEXT NOT NULL,
    on_date   TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('expected', 'came')),
    PRIMARY KEY (member_id, person, programme, on_date)
) STRICT, WITHOUT ROWID;

-- Rows that could not be taken, for the receipt.
CREATE TABLE received_refusal (
    uid         TEXT NOT NULL UNIQUE,
    received_id INTEGER NOT NULL REFERENCES received (id) ON DELETE CASCADE,
    section     TEXT NOT NULL,
    row_key     TEXT NOT NULL,
    wrong       TEXT NOT NULL,
    PRIMARY KEY (received_id, section, row_key)
) STRICT, WITHOUT ROWID;

-- Adjustments of closed months, as the newest file of each village has them.
CREATE TABLE received_adjustment (
    uid        TEXT NOT NULL UNIQUE,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    month      TEXT NOT NULL,
    programme  TEXT NOT NULL,
    measure    TEXT NOT NULL,
    on_date    TEXT NOT NULL,
    difference INTEGER NOT NULL,
    PRIMARY KEY (member_id, month, programme, measure, on_date)
) STRICT, WITHOUT ROWID;

-- Two records of two villages, looked at once: whether they are one person. A link, never a fusion. A person is named by
-- the village's code and the uid that the village gave them.
CREATE TABLE received_twin (
    uid      TEXT NOT NULL UNIQUE,
    one      TEXT NOT NULL,                                      -- the lesser of the two names
    other    TEXT NOT NULL CHECK (one < other),
    verdict  TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
    on_date  TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- Closed months (月报): what the numbers were on the day of closing; never changed afterwards.
CREATE TABLE closed_month (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       TEXT NOT NULL UNIQUE,
    month     TEXT NOT NULL UNIQUE CHECK (month GLOB '????-??'),
    closed_on TEXT NOT NULL CHECK (closed_on GLOB '????-??-??')
) STRICT;
CREATE TABLE closed_count (
    uid             TEXT NOT NULL UNIQUE,
    closed_month_id INTEGER NOT NULL REFERENCES closed_month (id) ON DELETE CASCADE,
    programme       TEXT NOT NULL DEFAULT '',
    measure         TEXT NOT NULL,                               -- a word of domain::hand_up::Measure
    number          INTEGER NOT NULL,
    PRIMARY KEY (closed_month_id, programme, measure)
) STRICT, WITHOUT ROWID;

-- What was entered or taken back later about a closed month: a difference with its day, beside the number that stands.
CREATE TABLE month_adjustment (
    uid             TEXT NOT NULL UNIQUE,
    closed_month_id INTEGER NOT NULL REFERENCES closed_month (id) ON DELETE CASCADE,
    programme       TEXT NOT NULL,
    measure         TEXT NOT NULL,
    on_date         TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    difference      INTEGER NOT NULL CHECK (difference <> 0),
    PRIMARY KEY (closed_month_id, programme, measure, on_date)
) STRICT, WITHOUT ROWID;

-- Privacy --------------------------------------------------------------------------------------------------------

-- How long is kept what the law lets a village decide, where its town or archive says another number of days than the
-- program. Source: PIPL arts. 19, 47.
CREATE TABLE retention (
    uid       TEXT NOT NULL UNIQUE,
    keeping   TEXT PRIMARY KEY,                                  -- a word of domain::retention
    kept_days INTEGER NOT NULL CHECK (kept_days > 0),                 -- since what it is counted from
    on_date   TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),   -- the day since which this holds
    source_id INTEGER NOT NULL REFERENCES source (id)            -- the paper it stands in
) STRICT, WITHOUT ROWID;

-- Records that may not be deleted yet because a rule fixes a time: nothing is done with them meanwhile (停止处理, PIPL
-- art. 47). Their services are withdrawn in the same step.
CREATE TABLE hold (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER PRIMARY KEY REFERENCES resident (id) ON DELETE CASCADE,
    held_until  TEXT NOT NULL CHECK (held_until GLOB '????-??-??'),
    basis       TEXT NOT NULL CHECK (basis <> ''),               -- the rule, in a few words
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??')
) STRICT;

-- Rows deleted for good: an HMAC of each one's uid, so that no old backup and no other laptop brings it back. Nothing of
-- what stood in them can be worked out from it.
CREATE TABLE tombstone (
    uid     TEXT NOT NULL UNIQUE,
    mark    TEXT PRIMARY KEY CHECK (length(mark) = 64),          -- HMAC-SHA256 in hexadecimal, keyed by the village's uid
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??')
) STRICT, WITHOUT ROWID;

-- What people deleted for good counted for in months and years gone by: numbers, so that no closed month changes.
CREATE TABLE purged_number (
    uid       TEXT NOT NULL UNIQUE,
    of        TEXT NOT NULL CHECK (of GLOB '????' OR of GLOB '????-??'), -- a year or a month
    programme TEXT NOT NULL,
    measure   TEXT NOT NULL,                                     -- a word of domain::hand_up::Measure
    number    INTEGER NOT NULL,
    PRIMARY KEY (of, programme, measure)
) STRICT, WITHOUT ROWID;

-- A loss or leak, and who was told when. No names: how many people and which kinds of data. Source: PIPL art. 57.
CREATE TABLE incident (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    uid          TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL CHECK (kind IN ('laptop', 'stick', 'paper', 'file', 'seen')),
    on_date      TEXT NOT NULL CHECK (on_date GLOB '????-??-??'), -- the day it happened or was found
    what         TEXT NOT NULL DEFAULT '',                       -- in a few words
    fields       TEXT NOT NULL DEFAULT '',                       -- kinds of data, separated by commas
    people       INTEGER NOT NULL CHECK (people >= 0),
    told_town    TEXT NOT NULL DEFAULT '' CHECK (told_town = '' OR told_town GLOB '????-??-??'),
    told_office  TEXT NOT NULL DEFAULT '' CHECK (told_office = '' OR told_office GLOB '????-??-??'), -- 网信部门
    told_people  TEXT NOT NULL DEFAULT '' CHECK (told_people = '' OR told_people GLOB '????-??-??')
) STRICT;

-- Outside the change log ----------------------------------------------------------------------------------------

-- Who looked at what is hidden (a child's data), when and why. Never taken back; kept three years.
CREATE TABLE access_log (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     TEXT NOT NULL,                                        -- instant, RFC 3339
    by     TEXT NOT NULL,                                        -- who, as signed in on the laptop
    about  TEXT NOT NULL,                                        -- the resident's uid
    purpose TEXT NOT NULL CHECK (purpose <> '')                    -- a word of domain::look
) STRICT;
CREATE INDEX access_log_by_about ON access_log (about);

-- The change log: one row per user action.
CREATE TABLE change (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    at      TEXT NOT NULL,                                       -- instant, RFC 3339
    by      TEXT NOT NULL,                                       -- who, as signed in on the laptop
    op      TEXT NOT NULL,                                       -- what, a key of assets/words: tell, import, undo …
    about   TEXT NOT NULL DEFAULT '',                            -- uid of the resident or household concerned, or ''
    note    TEXT NOT NULL DEFAULT '',                            -- a programme's id or a file's name; never a person's data
    count   INTEGER NOT NULL DEFAULT 1,                          -- how many records the user would say it touched
    undoes  INTEGER REFERENCES change (id),                      -- the change taken back by this one
    hash    BLOB NOT NULL                                        -- SHA-256 over the previous hash, this row and its commitments
) STRICT;
CREATE INDEX change_by_undoes ON change (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX change_by_about ON change (about) WHERE about <> '';
CREATE INDEX change_by_day ON change (substr(at, 1, 10));

-- Which rows each change touched and what stood there before; what stood there after is derived walking backwards.
CREATE TABLE change_row (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    change_id  INTEGER NOT NULL REFERENCES change (id) DEFERRABLE INITIALLY DEFERRED,
    table_name TEXT NOT NULL,
    row_uid    TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('insert', 'update', 'delete')),
    before     TEXT,                                             -- JSON: nothing, the changed columns, or the whole row
    salt       BLOB,                                             -- random; removed with `before` when a person's data is purged
    commitment BLOB NOT NULL                                     -- SHA-256(salt, table, uid, before, after)
) STRICT;
CREATE INDEX change_row_by_change ON change_row (change_id);
CREATE INDEX change_row_by_row ON change_row (row_uid);

-- The keys by which this ledger signs and is sealed for (at most one row). Outside the log: no secret belongs in a history.
CREATE TABLE own_key (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    sealing TEXT NOT NULL,                                       -- its age identity (X25519)
    signing TEXT NOT NULL CHECK (length(signing) = 64)           -- the seed of its Ed25519 key, in hexadecimal
) STRICT;

-- What this device remembers: the header mappings of rosters, the last backup. Never synchronised.
CREATE TABLE local_setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Forms being filled in, kept every few seconds so that a power cut costs no typing. Not a record of anybody: removed
-- when the form is saved or thrown away.
CREATE TABLE draft (
    form    TEXT NOT NULL,                                       -- which form: resident, household …
    about   TEXT NOT NULL,                                       -- uid of whom or what it is about, or ''
    value   TEXT NOT NULL,                                       -- JSON: what is typed
    kept_at TEXT NOT NULL,                                       -- instant, RFC 3339
    PRIMARY KEY (form, about)
) STRICT, WITHOUT ROWID;

-- Leaflets printed on request: a number a programme and month. Outside the log on purpose: nothing tells who asked.
CREATE TABLE slip_counter (
    programme TEXT NOT NULL,
    month     TEXT NOT NULL CHECK (month GLOB '????-??'),
    printed   INTEGER NOT NULL,
    PRIMARY KEY (programme, month)
) STRICT, WITHOUT ROWID;

-- Search index, derived from residents and rebuilt at will: names, pinyin with all readings of the surname, initials,
-- reversed id numbers and phones. The first character of a key tells its kind. Which keys a resident has follows from
-- its row alone, so none is looked up by resident and no second index is paid for.
CREATE TABLE search_key (
    key         TEXT NOT NULL,
    resident_id INTEGER NOT NULL,
    PRIMARY KEY (key, resident_id)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 7;

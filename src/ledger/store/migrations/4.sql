-- From 3 to 4: tasks by hand, tasks put off, rounds on paper, people working away, the village's own record. Words about the columns are in schema.sql.

CREATE TABLE task (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uid         TEXT NOT NULL UNIQUE,
    what        TEXT NOT NULL CHECK (what <> ''),
    due_on      TEXT NOT NULL CHECK (due_on GLOB '????-??-??'),
    resident_id INTEGER REFERENCES resident (id) ON DELETE CASCADE,
    made_on     TEXT NOT NULL CHECK (made_on GLOB '????-??-??'),
    ended       TEXT NOT NULL DEFAULT '' CHECK (ended IN ('', 'done', 'not_needed')),
    ended_on    TEXT NOT NULL DEFAULT '' CHECK (ended_on = '' OR ended_on GLOB '????-??-??')
) STRICT;
CREATE INDEX task_by_resident ON task (resident_id) WHERE resident_id IS NOT NULL;
CREATE TABLE put_off (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    programme   TEXT NOT NULL,
    period      TEXT NOT NULL,
    until       TEXT NOT NULL DEFAULT '' CHECK (until = '' OR until GLOB '????-??-??'),
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    PRIMARY KEY (resident_id, programme, period)
) STRICT, WITHOUT ROWID;
CREATE TABLE round (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    made_on TEXT NOT NULL CHECK (made_on GLOB '????-??-??')
) STRICT;
CREATE TABLE round_row (
    uid         TEXT NOT NULL UNIQUE,
    round_id    INTEGER NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL CHECK (number BETWEEN 0 AND 1023),
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    programme   TEXT NOT NULL,
    PRIMARY KEY (round_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_row_by_resident ON round_row (resident_id);
CREATE TABLE away (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER PRIMARY KEY REFERENCES resident (id) ON DELETE CASCADE,
    place       TEXT NOT NULL DEFAULT '',
    back_by     TEXT NOT NULL DEFAULT '' CHECK (back_by = '' OR back_by GLOB '????-??-??'),
    contact     TEXT NOT NULL DEFAULT '',
    times       TEXT NOT NULL DEFAULT '',
    speaker_id  INTEGER REFERENCES resident (id) ON DELETE SET NULL,
    agreed_on   TEXT NOT NULL DEFAULT '' CHECK (agreed_on = '' OR agreed_on GLOB '????-??-??')
) STRICT;
CREATE INDEX away_by_speaker ON away (speaker_id) WHERE speaker_id IS NOT NULL;
CREATE TABLE contact_try (
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    reached     TEXT NOT NULL CHECK (reached IN ('yes', 'no')),
    PRIMARY KEY (resident_id, on_date)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE village_service (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    what    TEXT NOT NULL CHECK (what <> ''),
    place   TEXT NOT NULL DEFAULT '',
    hours   TEXT NOT NULL DEFAULT '',
    phone   TEXT NOT NULL DEFAULT '',
    bring   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE feedback (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    what    TEXT NOT NULL CHECK (what <> ''),
    answer  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE training (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    uid      TEXT NOT NULL UNIQUE,
    on_date  TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    what     TEXT NOT NULL CHECK (what <> ''),
    attended TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE phone_list (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    what    TEXT NOT NULL CHECK (what <> ''),
    name    TEXT NOT NULL DEFAULT '',
    phone   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE care (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uid         TEXT NOT NULL UNIQUE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('pairing', 'left_behind')),
    helper      TEXT NOT NULL CHECK (helper <> ''),
    phone       TEXT NOT NULL DEFAULT '',
    agreed      TEXT NOT NULL DEFAULT '',
    agreed_by   TEXT NOT NULL DEFAULT '',
    agreed_on   TEXT NOT NULL CHECK (agreed_on GLOB '????-??-??'),
    next_on     TEXT NOT NULL DEFAULT '' CHECK (next_on = '' OR next_on GLOB '????-??-??'),
    ended_on    TEXT NOT NULL DEFAULT '' CHECK (ended_on = '' OR ended_on GLOB '????-??-??'),
    CHECK (kind = 'pairing' OR agreed_by <> '')
) STRICT;
CREATE UNIQUE INDEX care_of_resident ON care (resident_id, kind) WHERE ended_on = '';
CREATE TABLE care_visit (
    uid     TEXT NOT NULL UNIQUE,
    care_id INTEGER NOT NULL REFERENCES care (id) ON DELETE CASCADE,
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    note    TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (care_id, on_date)
) STRICT, WITHOUT ROWID;
CREATE TABLE care_look (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    uid     TEXT NOT NULL UNIQUE,
    on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    shown   INTEGER NOT NULL
) STRICT;

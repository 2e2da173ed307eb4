-- From 5 to 6: the hand-up to the township, and the township's side of it. Words about the columns are in schema.sql.

CREATE TABLE office (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    uid         TEXT NOT NULL UNIQUE,
    code        TEXT NOT NULL CHECK (length(code) = 12),
    name        TEXT NOT NULL CHECK (name <> ''),
    recipient   TEXT NOT NULL,
    verifying   TEXT NOT NULL CHECK (length(verifying) = 64),
    profile     TEXT NOT NULL,
    proof       TEXT NOT NULL,
    enrolled_on TEXT NOT NULL CHECK (enrolled_on GLOB '????-??-??')
) STRICT;
CREATE TABLE hand_up (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    uid           TEXT NOT NULL UNIQUE,
    number        INTEGER NOT NULL UNIQUE CHECK (number > 0),
    month         TEXT NOT NULL CHECK (month GLOB '????-??'),
    made_on       TEXT NOT NULL CHECK (made_on GLOB '????-??-??'),
    digest        TEXT NOT NULL CHECK (length(digest) = 64),
    revision      INTEGER NOT NULL,
    rows          INTEGER NOT NULL,
    accepted_on   TEXT NOT NULL DEFAULT '' CHECK (accepted_on = '' OR accepted_on GLOB '????-??-??'),
    accepted_rows INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE hand_up_refusal (
    uid        TEXT NOT NULL UNIQUE,
    hand_up_id INTEGER NOT NULL REFERENCES hand_up (id) ON DELETE CASCADE,
    section    TEXT NOT NULL,
    row_key    TEXT NOT NULL,
    wrong      TEXT NOT NULL,
    PRIMARY KEY (hand_up_id, section, row_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE member (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    uid          TEXT NOT NULL UNIQUE,
    code         TEXT NOT NULL UNIQUE CHECK (length(code) = 12),
    name         TEXT NOT NULL DEFAULT '',
    secret       TEXT NOT NULL CHECK (length(secret) = 64),
    profile      TEXT NOT NULL,
    recipient    TEXT NOT NULL DEFAULT '',
    verifying    TEXT NOT NULL DEFAULT '',
    invited_on   TEXT NOT NULL CHECK (invited_on GLOB '????-??-??'),
    enrolled_on  TEXT NOT NULL DEFAULT '' CHECK (enrolled_on = '' OR enrolled_on GLOB '????-??-??'),
    confirmed_on TEXT NOT NULL DEFAULT '' CHECK (confirmed_on = '' OR confirmed_on GLOB '????-??-??')
) STRICT;
CREATE TABLE received (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       TEXT NOT NULL UNIQUE,
    member_id INTEGER NOT NULL REFERENCES member (id),
    number    INTEGER NOT NULL CHECK (number > 0),
    digest    TEXT NOT NULL CHECK (length(digest) = 64),
    previous  TEXT NOT NULL DEFAULT '',
    month     TEXT NOT NULL CHECK (month GLOB '????-??'),
    made_on   TEXT NOT NULL CHECK (made_on GLOB '????-??-??'),
    read_on   TEXT NOT NULL CHECK (read_on GLOB '????-??-??'),
    rows      INTEGER NOT NULL,
    demo      INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
    UNIQUE (member_id, digest)
) STRICT;
CREATE TABLE received_count (
    uid         TEXT NOT NULL UNIQUE,
    received_id INTEGER NOT NULL REFERENCES received (id) ON DELETE CASCADE,
    month       TEXT NOT NULL,
    programme   TEXT NOT NULL DEFAULT '',
    measure     TEXT NOT NULL,
    number      INTEGER NOT NULL,
    PRIMARY KEY (received_id, month, programme, measure)
) STRICT, WITHOUT ROWID;
CREATE TABLE received_application (
    uid       TEXT NOT NULL UNIQUE,
    member_id INTEGER NOT NULL REFERENCES member (id),
    person    TEXT NOT NULL,
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
CREATE TABLE received_refusal (
    uid         TEXT NOT NULL UNIQUE,
    received_id INTEGER NOT NULL REFERENCES received (id) ON DELETE CASCADE,
    section     TEXT NOT NULL,
    row_key     TEXT NOT NULL,
    wrong       TEXT NOT NULL,
    PRIMARY KEY (received_id, section, row_key)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE received_twin (
    uid      TEXT NOT NULL UNIQUE,
    one      TEXT NOT NULL,
    other    TEXT NOT NULL CHECK (one < other),
    verdict  TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
    on_date  TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
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
    measure         TEXT NOT NULL,
    number          INTEGER NOT NULL,
    PRIMARY KEY (closed_month_id, programme, measure)
) STRICT, WITHOUT ROWID;
CREATE TABLE month_adjustment (
    uid             TEXT NOT NULL UNIQUE,
    closed_month_id INTEGER NOT NULL REFERENCES closed_month (id) ON DELETE CASCADE,
    programme       TEXT NOT NULL,
    measure         TEXT NOT NULL,
    on_date         TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    difference      INTEGER NOT NULL CHECK (difference <> 0),
    PRIMARY KEY (closed_month_id, programme, measure, on_date)
) STRICT, WITHOUT ROWID;
CREATE TABLE own_key (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    sealing TEXT NOT NULL,
    signing TEXT NOT NULL CHECK (length(signing) = 64)
) STRICT;
-- A hand-up file is one more format in which something leaves; the columns are the same.
ALTER TABLE disclosure RENAME TO disclosure_of_5;
CREATE TABLE disclosure (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       TEXT NOT NULL UNIQUE,
    on_date   TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    paper     TEXT NOT NULL,
    format    TEXT NOT NULL CHECK (format IN ('pdf', 'xlsx', 'xlb', 'parquet')),
    programme TEXT NOT NULL DEFAULT '',
    recipient TEXT NOT NULL DEFAULT '',
    purpose   TEXT NOT NULL,
    columns   TEXT NOT NULL DEFAULT '',
    rows      INTEGER NOT NULL
) STRICT;
INSERT INTO disclosure (id, uid, on_date, paper, format, programme, recipient, purpose, columns, rows)
    SELECT id, uid, on_date, paper, format, programme, recipient, purpose, columns, rows FROM disclosure_of_5;
DROP TABLE disclosure_of_5;

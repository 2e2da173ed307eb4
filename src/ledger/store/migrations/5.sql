-- From 4 to 5: public holidays, market days, check-up campaigns with their sessions and appointments. Words about the
-- columns are in schema.sql.

CREATE TABLE holiday (
    uid     TEXT NOT NULL UNIQUE,
    on_date TEXT PRIMARY KEY CHECK (on_date GLOB '????-??-??'),
    kind    TEXT NOT NULL CHECK (kind IN ('off', 'work')),
    name    TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE market_day (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    uid      TEXT NOT NULL UNIQUE,
    calendar TEXT NOT NULL CHECK (calendar IN ('lunar', 'month', 'week')),
    days     TEXT NOT NULL CHECK (days <> '')
) STRICT;
CREATE TABLE campaign (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    uid      TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL CHECK (name <> ''),
    first_on TEXT NOT NULL CHECK (first_on GLOB '????-??-??'),
    last_on  TEXT NOT NULL CHECK (last_on GLOB '????-??-??' AND last_on >= first_on),
    place    TEXT NOT NULL DEFAULT '',
    bring    TEXT NOT NULL DEFAULT '',
    prepare  TEXT NOT NULL DEFAULT '',
    made_on  TEXT NOT NULL CHECK (made_on GLOB '????-??-??')
) STRICT;
CREATE TABLE campaign_programme (
    uid         TEXT NOT NULL UNIQUE,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    programme   TEXT NOT NULL,
    PRIMARY KEY (campaign_id, programme)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uid         TEXT NOT NULL UNIQUE,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    from_time   TEXT NOT NULL CHECK (from_time GLOB '??:??'),
    to_time     TEXT NOT NULL CHECK (to_time GLOB '??:??' AND to_time > from_time),
    seats       INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 2000),
    kind        TEXT NOT NULL DEFAULT 'everybody' CHECK (kind IN ('everybody', 'women', 'home')),
    place       TEXT NOT NULL DEFAULT '',
    staff       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX session_by_campaign ON session (campaign_id, on_date);
CREATE TABLE appointment (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uid         TEXT NOT NULL UNIQUE,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
    session_id  INTEGER REFERENCES session (id),
    state       TEXT NOT NULL CHECK (state IN (
        'planned', 'invited', 'agreed', 'waiting', 'came', 'missed', 'out', 'declined')),
    on_date     TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
    asked_again INTEGER NOT NULL DEFAULT 0 CHECK (asked_again IN (0, 1)),
    first       INTEGER NOT NULL DEFAULT 0 CHECK (first IN (0, 1)),
    at_home     INTEGER NOT NULL DEFAULT 0 CHECK (at_home IN (0, 1)),
    walked_in   INTEGER NOT NULL DEFAULT 0 CHECK (walked_in IN (0, 1)),
    not_before  TEXT NOT NULL DEFAULT '' CHECK (not_before = '' OR not_before GLOB '????-??-??'),
    not_after   TEXT NOT NULL DEFAULT '' CHECK (not_after = '' OR not_after GLOB '????-??-??')
) STRICT;
CREATE UNIQUE INDEX appointment_of_resident ON appointment (resident_id, campaign_id);
CREATE INDEX appointment_by_campaign ON appointment (campaign_id);
CREATE INDEX appointment_by_session ON appointment (session_id) WHERE session_id IS NOT NULL;

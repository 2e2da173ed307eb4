//! What is kept, since when, and how long it may be.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::fact::FactKind;
use crate::domain::kept::Use;
use crate::domain::retention::Keeping;
use crate::ledger::error::Result;
use crate::ledger::store::purge::RowId;
use crate::ledger::store::same_person;
use crate::ledger::store::sql_types::{date, read};
use crate::ledger::store::transact::Tx;

/// Something whose time runs.
pub(in crate::ledger) struct Ended {
    pub(in crate::ledger) row: RowId,
    /// Whose it is; none of a round.
    pub(in crate::ledger) resident: Option<i64>,
    /// A programme's id, or empty.
    pub(in crate::ledger) programme: String,
    /// The day from which its time is counted.
    pub(in crate::ledger) since: NaiveDate,
}

/// What decides whether something is over.
pub(in crate::ledger) struct Over<'a> {
    /// The last day since which what ended is looked for.
    pub(in crate::ledger) by: NaiveDate,
    /// Today: of people whose time is stopped by a rule beyond it there is none.
    pub(in crate::ledger) today: NaiveDate,
    /// The kinds of fact that are needed.
    pub(in crate::ledger) kinds: &'a HashSet<FactKind>,
}

/// Every row whose time runs, with the table it lies in.
fn statements(keeping: Keeping) -> &'static [(&'static str, &'static str)] {
    match keeping {
        Keeping::Appointment => &[(
            "appointment",
            "SELECT a.uid, a.resident_id, '' AS programme, coalesce(s.on_date, c.last_on) AS since FROM appointment a \
             JOIN campaign c ON c.id = a.campaign_id LEFT JOIN session s ON s.id = a.session_id",
        )],
        // What goes on (granted once for all, or for the year that runs) is needed: else it would be offered again.
        Keeping::Application => &[(
            "application",
            "SELECT uid, resident_id, programme, max(taken_back, answer_on, coalesce((SELECT max(on_date) FROM payment p \
             WHERE (p.resident_id, p.programme, p.period) = (a.resident_id, a.programme, a.period)), '')) AS since \
             FROM application a WHERE taken_back <> '' OR answer = 'refused' \
             OR (answer <> '' AND period GLOB '[12][0-9][0-9][0-9]')",
        )],
        Keeping::Service => &[("service", "SELECT uid, resident_id, programme, on_date AS since FROM service")],
        Keeping::Offer => &[(
            "offer",
            "SELECT uid, resident_id, programme, on_date AS since FROM offer WHERE period GLOB '[12][0-9][0-9][0-9]'",
        )],
        // For a turn without an end it holds as long as the person is here: else the task would be there again.
        Keeping::PutOff => &[(
            "put_off",
            "SELECT uid, resident_id, programme, max(on_date, until) AS since FROM put_off \
             WHERE until <> '' OR (period <> 'once' AND period NOT GLOB '[0-9]')",
        )],
        Keeping::Outreach => &[
            ("contact_try", "SELECT uid, resident_id, '' AS programme, on_date AS since FROM contact_try"),
            (
                "request",
                "SELECT uid, resident_id, '' AS programme, answered_on AS since FROM request WHERE answered_on <> ''",
            ),
        ],
        Keeping::Task => {
            &[("task", "SELECT uid, resident_id, '' AS programme, ended_on AS since FROM task WHERE ended <> ''")]
        }
        Keeping::Round => &[("round", "SELECT uid, NULL AS resident_id, '' AS programme, made_on AS since FROM round")],
        Keeping::Care => {
            &[("care", "SELECT uid, resident_id, '' AS programme, ended_on AS since FROM care WHERE ended_on <> ''")]
        }
        keeping => of_record(keeping),
    }
}

/// The same of the record itself, and of what was handed up.
fn of_record(keeping: Keeping) -> &'static [(&'static str, &'static str)] {
    match keeping {
        // Whoever is away is reached by it. Who is not known to be away is back since that was said, and what was written
        // later is counted from then.
        Keeping::Away => &[(
            "away",
            "SELECT a.uid, a.resident_id, '' AS programme, max(coalesce(f.on_date, ''), coalesce((SELECT \
             substr(max(c.at), 1, 10) FROM change_row x JOIN change c ON c.id = x.change_id \
             WHERE x.row_uid = a.uid), '')) AS since FROM away a \
             LEFT JOIN fact f ON f.resident_id = a.resident_id AND f.kind = 'residency' WHERE f.value IS NOT 'away'",
        )],
        // The present value of a kind that is asked for is needed as long as the person is here, however old it is: taken
        // away it would only be asked for again. What stood before it is in the history: see `past`.
        Keeping::Fact => &[(
            "fact",
            "SELECT uid, resident_id, '' AS programme, on_date AS since FROM fact \
             WHERE kind NOT IN (SELECT value FROM json_each(?3))",
        )],
        Keeping::Proof => &[(
            "consent",
            "SELECT uid, resident_id, '' AS programme, on_date AS since FROM consent c WHERE state = 'withdrawn' \
             AND EXISTS (SELECT 1 FROM change_row x WHERE x.row_uid = c.uid AND x.before IS NOT NULL)",
        )],
        // Records behind others go with the listed one; an application that is under way is finished first.
        Keeping::Gone => &[(
            "resident",
            "SELECT uid, id AS resident_id, '' AS programme, standing_on AS since FROM resident r \
             WHERE standing <> 'present' AND NOT EXISTS (SELECT 1 FROM same_person s WHERE s.behind_id = r.id) \
             AND NOT EXISTS (SELECT 1 FROM application a WHERE a.resident_id = r.id AND a.answer = '' AND a.taken_back = '')",
        )],
        Keeping::ReceivedApplication => &[
            (
                "received_application",
                "SELECT a.uid, NULL AS resident_id, a.programme, coalesce(CASE a.phase WHEN 'under_way' \
                 THEN (SELECT max(read_on) FROM received r WHERE r.member_id = a.member_id) \
                 ELSE (SELECT substr(max(c.at), 1, 10) FROM change_row x JOIN change c ON c.id = x.change_id \
                 WHERE x.row_uid = a.uid) END, '') AS since FROM received_application a",
            ),
            (
                "received_twin",
                "SELECT t.uid, NULL AS resident_id, '' AS programme, t.on_date AS since FROM received_twin t \
                 WHERE NOT EXISTS (SELECT 1 FROM (SELECT member_id, person FROM received_application \
                 UNION SELECT member_id, person FROM received_appointment) p JOIN member m ON m.id = p.member_id \
                 WHERE m.code || '|' || p.person IN (t.one, t.other))",
            ),
        ],
        Keeping::ReceivedAppointment => &[(
            "received_appointment",
            "SELECT uid, NULL AS resident_id, programme, on_date AS since FROM received_appointment",
        )],
        _ => &[],
    }
}

/// All that ended by a day, the longest ago first.
pub(in crate::ledger) fn ended(conn: &Connection, keeping: Keeping, over: &Over<'_>) -> Result<Vec<Ended>> {
    if keeping == Keeping::Past {
        return past(conn, over);
    }
    let mut found = Vec::new();
    for (table, sql) in statements(keeping) {
        read_ended(conn, (table, sql), over, &mut found)?;
    }
    found.sort_by(|a, b| (a.since, &a.row).cmp(&(b.since, &b.row)));
    Ok(found)
}

fn read_ended(conn: &Connection, (table, sql): (&str, &str), over: &Over<'_>, found: &mut Vec<Ended>) -> Result<()> {
    let mut rows = conn.prepare_cached(&format!(
        "SELECT uid, resident_id, programme, since FROM ({sql}) t WHERE since <> '' AND since <= ?1 AND ?3 IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.resident_id = t.resident_id AND h.held_until > ?2)"
    ))?;
    let rows = rows.query_map(params![over.by.to_string(), over.today.to_string(), words(over.kinds)], |row| {
        Ok(Ended {
            row: RowId { table: table.to_owned(), uid: row.get("uid")? },
            resident: row.get("resident_id")?,
            programme: row.get("programme")?,
            since: read(row, "since", date)?,
        })
    })?;
    for row in rows {
        found.push(row?);
    }
    Ok(())
}

fn words(kinds: &HashSet<FactKind>) -> String {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    serde_json::to_string(&words).unwrap_or_default()
}

/// The tables of people whose past is looked at: all but consents and holds, which are proof and have a time of their own.
fn with_a_past() -> String {
    let of = Use::ALL.iter().filter(|of| **of != Use::Proof).flat_map(|of| of.columns());
    let tables: Vec<&str> = of.map(|(table, _)| *table).collect();
    serde_json::to_string(&tables).unwrap_or_default()
}

/// Rows of which something that was corrected or taken away by a day stands in the history; since the first of it.
fn past(conn: &Connection, over: &Over<'_>) -> Result<Vec<Ended>> {
    let held: HashSet<i64> =
        holds(conn)?.into_iter().filter(|held| held.until > over.today).map(|held| held.resident).collect();
    let mut rows = conn.prepare_cached(
        "SELECT x.table_name, x.row_uid, min(substr(c.at, 1, 10)) AS since, max(json_extract(x.before, '$.resident_id')) \
         AS was_of FROM change_row x JOIN change c ON c.id = x.change_id WHERE x.before IS NOT NULL \
         AND x.table_name IN (SELECT value FROM json_each(?1)) AND substr(c.at, 1, 10) <= ?2 \
         GROUP BY x.table_name, x.row_uid ORDER BY since, x.table_name, x.row_uid",
    )?;
    let mut rows = rows.query(params![with_a_past(), over.by.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let of = RowId { table: row.get("table_name")?, uid: row.get("row_uid")? };
        let resident = resident_of(conn, &of)?.or(row.get("was_of")?);
        if resident.is_none_or(|of| !held.contains(&of)) {
            found.push(Ended { row: of, resident, programme: String::new(), since: read(row, "since", date)? });
        }
    }
    Ok(found)
}

/// The column that says whose a row of a table is.
fn whose(table: &str) -> Option<&'static str> {
    match table {
        "resident" => Some("id"),
        "fact"
        | "offer"
        | "service"
        | "put_off"
        | "task"
        | "round_row"
        | "appointment"
        | "application"
        | "application_document"
        | "payment"
        | "away"
        | "contact_try"
        | "request"
        | "care"
        | "same_person_before"
        | "consent"
        | "hold" => Some("resident_id"),
        _ => None,
    }
}

/// About how many people something is kept for a purpose: several records of one person are one, and whom a village named
/// is one by the uid that it gave.
pub(in crate::ledger) fn people(conn: &Connection, of: Use) -> Result<u64> {
    if of == Use::Received {
        let sql = "SELECT count(*) FROM (SELECT member_id, person FROM received_application \
                   UNION SELECT member_id, person FROM received_appointment)";
        let count: i64 = conn.query_row(sql, [], |row| row.get(0))?;
        return Ok(count.unsigned_abs());
    }
    let listed = same_person::listed_of_behind(conn)?;
    let mut people = HashSet::new();
    for (table, column) in of.columns().iter().filter_map(|(table, _)| Some((table, whose(table)?))) {
        let sql = format!("SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL");
        let mut rows = conn.prepare_cached(&sql)?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let record: i64 = row.get(0)?;
            people.insert(listed.get(&record).copied().unwrap_or(record));
        }
    }
    Ok(people.len() as u64)
}

/// Whose a row is that is there.
fn resident_of(conn: &Connection, row: &RowId) -> Result<Option<i64>> {
    let Some(column) = whose(&row.table) else { return Ok(None) };
    let sql = format!("SELECT {column} FROM {} WHERE uid = ?1", row.table);
    Ok(conn.prepare_cached(&sql)?.query_row([&row.uid], |row| row.get(0)).optional()?.flatten())
}

/// How many rows there are whose time runs.
pub(in crate::ledger) fn count(conn: &Connection, keeping: Keeping, over: &Over<'_>) -> Result<u64> {
    if keeping == Keeping::Past {
        let sql = "SELECT count(*) FROM (SELECT DISTINCT table_name, row_uid FROM change_row WHERE before IS NOT NULL \
                   AND table_name IN (SELECT value FROM json_each(?1)))";
        let count: i64 = conn.query_row(sql, [with_a_past()], |row| row.get(0))?;
        return Ok(count.unsigned_abs());
    }
    let mut all = 0;
    for (_, sql) in statements(keeping) {
        let sql = format!("SELECT count(*) FROM ({sql}) WHERE ?3 IS NOT NULL AND ?1 IS NOT NULL AND ?2 IS NOT NULL");
        let with = params![over.by.to_string(), over.today.to_string(), words(over.kinds)];
        let count: i64 = conn.query_row(&sql, with, |row| row.get(0))?;
        all += count.unsigned_abs();
    }
    Ok(all)
}

/// Days that a rule of the town or the archive says, with the paper it stands in.
pub(in crate::ledger) fn set_days(conn: &Connection) -> Result<HashMap<Keeping, (u32, String)>> {
    let mut rows = conn.prepare_cached(
        "SELECT t.keeping, t.kept_days, s.title FROM retention t JOIN source s ON s.id = t.source_id",
    )?;
    let rows = rows.query_map([], |row| {
        Ok((read(row, "keeping", Keeping::from_word)?, (row.get("kept_days")?, row.get("title")?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes how long something is kept.
pub(in crate::ledger) fn put_days(tx: &mut Tx<'_>, keeping: Keeping, days: u32, source: i64) -> Result<()> {
    let (uid, on) = (tx.uid(), tx.today.to_string());
    tx.conn()
        .prepare_cached(
            "INSERT INTO retention (uid, keeping, kept_days, on_date, source_id) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (keeping) DO UPDATE SET kept_days = excluded.kept_days, on_date = excluded.on_date, \
             source_id = excluded.source_id",
        )?
        .execute(params![uid, keeping.as_str(), days, on, source])?;
    Ok(())
}

/// Takes that away: the program's own number of days holds again.
pub(in crate::ledger) fn remove_days(tx: &Tx<'_>, keeping: Keeping) -> Result<()> {
    tx.conn().prepare_cached("DELETE FROM retention WHERE keeping = ?1")?.execute([keeping.as_str()])?;
    Ok(())
}

/// Whose deletion a rule stops: until when, by which rule.
pub(in crate::ledger) struct Held {
    pub(in crate::ledger) resident: i64,
    pub(in crate::ledger) until: NaiveDate,
    pub(in crate::ledger) basis: String,
    /// The day this was written down.
    pub(in crate::ledger) on: NaiveDate,
}

/// All of them, the earliest end first.
pub(in crate::ledger) fn holds(conn: &Connection) -> Result<Vec<Held>> {
    let mut rows = conn
        .prepare_cached("SELECT resident_id, held_until, basis, on_date FROM hold ORDER BY held_until, resident_id")?;
    let rows = rows.query_map([], |row| {
        Ok(Held {
            resident: row.get("resident_id")?,
            until: read(row, "held_until", date)?,
            basis: row.get("basis")?,
            on: read(row, "on_date", date)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes that a rule stops the deletion of a record.
pub(in crate::ledger) fn put_hold(tx: &mut Tx<'_>, resident: i64, until: NaiveDate, basis: &str) -> Result<()> {
    let (uid, on) = (tx.uid(), tx.today.to_string());
    tx.conn()
        .prepare_cached(
            "INSERT INTO hold (uid, resident_id, held_until, basis, on_date) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (resident_id) DO UPDATE SET held_until = excluded.held_until, basis = excluded.basis, \
             on_date = excluded.on_date",
        )?
        .execute(params![uid, resident, until.to_string(), basis, on])?;
    Ok(())
}

/// Takes that away.
pub(in crate::ledger) fn remove_hold(tx: &Tx<'_>, resident: i64) -> Result<()> {
    tx.conn().prepare_cached("DELETE FROM hold WHERE resident_id = ?1")?.execute([resident])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No kind is without a programme today; one that loses its last is due, and the present value of any other never is.
    #[test]
    fn a_fact_is_due_only_where_nothing_asks_for_its_kind() {
        let conn = Connection::open_in_memory().expect("memory");
        conn.execute_batch(
            "CREATE TABLE fact (uid TEXT, resident_id INTEGER, kind TEXT, value TEXT, on_date TEXT); \
             CREATE TABLE hold (resident_id INTEGER, held_until TEXT); \
             INSERT INTO fact VALUES ('a', 1, 'relief', 'dibao', '2020-01-01'), ('b', 1, 'declared_loan', 'yes', '2020-01-01'), \
             ('c', 2, 'declared_loan', 'yes', '2020-01-01'); INSERT INTO hold VALUES (2, '2030-01-01');",
        )
        .expect("tables");
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let found = |kinds: &[FactKind], by: &str| {
            let kinds = kinds.iter().copied().collect();
            let over = Over { by: day(by), today: day("2026-11-23"), kinds: &kinds };
            let rows = ended(&conn, Keeping::Fact, &over).expect("readable");
            rows.into_iter().map(|one| one.row.uid).collect::<Vec<_>>()
        };
        assert_eq!(found(&[FactKind::Relief], "2025-11-22"), ["b"], "and what a rule keeps is left out");
        assert!(found(&[FactKind::Relief, FactKind::DeclaredLoan], "2025-11-22").is_empty());
        assert!(found(&[FactKind::Relief], "2019-12-31").is_empty());
    }
}

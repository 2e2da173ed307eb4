//! What was corrected in a person's own record: when, by whom, the old value and the new one. Read from the change log,
//! which keeps it already; what was deleted for good since is said to be so and nothing else. Sources: PIPL arts. 8, 46.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::domain::fact::{FactKind, FactValue};
use crate::domain::message::{Message, Say};
use crate::ledger::error::Result;
use crate::ledger::store::corrections::{self as store, Step, Stood, Watched};
use crate::ledger::store::{Connection, residents, same_person};
use crate::ledger::view::View;

/// What was corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corrected {
    /// A column of the record or of its household, as it is called there.
    Column(&'static str),
    /// A fact that rules read.
    Fact(FactKind),
    /// Something of the record; what it was went with its values.
    Erased,
}

impl Say for Corrected {
    fn message(&self) -> Message {
        match self {
            Self::Column(column) => Message::new(format!("column-{}", column.replace('_', "-"))),
            Self::Fact(kind) => kind.message(),
            Self::Erased => Message::new("correction-something"),
        }
    }
}

/// What stood there, before or after.
#[derive(Clone, PartialEq, Eq)]
pub enum CorrectedValue {
    /// Nothing was known.
    Nothing,
    /// As it was written.
    Text(String),
    /// A key of assets/words.
    Word(String),
    /// The same, and the day since which, or for which, it is known.
    Known(String, NaiveDate),
    /// Bare name of a group.
    Group(String),
    /// A household: bare name of its group, and its number.
    Home(String, String),
    /// What was deleted for good since.
    Erased,
}

/// Without the value.
impl std::fmt::Debug for CorrectedValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CorrectedValue(…)")
    }
}

/// One value that was corrected, by a step or by taking one back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The instant, RFC 3339.
    pub at: String,
    /// Who.
    pub by: String,
    /// The uid of the change.
    pub change: String,
    /// What.
    pub what: Corrected,
    /// What stood there before.
    pub old: CorrectedValue,
    /// What stood there after.
    pub new: CorrectedValue,
}

/// A correction with its places in the log.
struct Found {
    place: i64,
    change: i64,
    what: Corrected,
    old: CorrectedValue,
    new: CorrectedValue,
}

impl View {
    /// What was corrected in the record of a person, and in the records merged with it; the latest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn corrections(&self, uid: &str) -> Result<Vec<Correction>> {
        let conn = self.conn();
        let Some(resident) = residents::brief(conn, uid)? else { return Ok(Vec::new()) };
        let family = same_person::family(conn, resident.id)?;
        let named = residents::named(conn, &family.iter().copied().collect())?;
        let mut found = Vec::new();
        for (record, named) in &named {
            found.extend(of_record(conn, *record, &named.uid)?);
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.place));
        found.into_iter().map(|one| signed(conn, one)).collect()
    }
}

/// The same with when it was done and by whom.
fn signed(conn: &Connection, found: Found) -> Result<Correction> {
    let Found { change, what, old, new, .. } = found;
    let (at, by, change) = store::made(conn, change)?;
    Ok(Correction { at, by, change, what, old, new })
}

/// Columns of a record that are corrected as they stand, each on its own.
const OWN: &[&str] = &["name", "name_written", "id_number", "sex", "born", "relation", "phone"];

fn of_record(conn: &Connection, record: i64, uid: &str) -> Result<Vec<Found>> {
    let columns = [OWN, &["standing", "standing_on", "household_id"]].concat();
    let steps = store::steps(conn, &Watched::new("resident", &columns, uid))?;
    // Whoever is entered, removed or brought back is not corrected, and their facts come and go with them.
    let whole: HashSet<i64> = steps
        .iter()
        .filter(|step| step.before == Stood::Nothing || step.after == Stood::Nothing)
        .map(|step| step.change)
        .collect();
    let mut found = Vec::new();
    for step in &steps {
        match (&step.before, &step.after) {
            (Stood::Row(before), Stood::Row(after)) => found.extend(of_step(conn, step, before, after)?),
            (Stood::Nothing, _) | (_, Stood::Nothing) => {}
            _ => found.push(of(step, Corrected::Erased, (CorrectedValue::Erased, erased_or(&step.after)))),
        }
    }
    for stay in stays(&steps) {
        found.extend(of_household(conn, &stay)?);
    }
    for fact in store::facts_of(conn, record, uid)? {
        found.extend(of_fact(conn, &fact)?.into_iter().filter(|one| !whole.contains(&one.change)));
    }
    Ok(found)
}

fn of(step: &Step, what: Corrected, (old, new): (CorrectedValue, CorrectedValue)) -> Found {
    Found { place: step.place, change: step.change, what, old, new }
}

/// Which value it was is not known any more; that there is one now is.
fn erased_or(now: &Stood) -> CorrectedValue {
    match now {
        Stood::Row(_) => CorrectedValue::Word("correction-kept".to_owned()),
        Stood::Nothing | Stood::Erased => CorrectedValue::Erased,
    }
}

fn of_step(
    conn: &Connection,
    step: &Step,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Result<Vec<Found>> {
    let differs = |column: &str| before.get(column) != after.get(column);
    let mut found: Vec<Found> = OWN
        .iter()
        .filter(|column| differs(column))
        .map(|column| of(step, Corrected::Column(column), (plain(column, before), plain(column, after))))
        .collect();
    if differs("standing") || differs("standing_on") {
        found.push(of(step, Corrected::Column("standing"), (standing(before), standing(after))));
    }
    if differs("household_id") {
        let at = |row: &Map<String, Value>| home(conn, row, step.place);
        found.push(of(step, Corrected::Column("household_id"), (at(before)?, at(after)?)));
    }
    Ok(found)
}

fn text<'r>(row: &'r Map<String, Value>, column: &str) -> &'r str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

fn plain(column: &str, row: &Map<String, Value>) -> CorrectedValue {
    if column == "relation" {
        return match row.get(column).and_then(Value::as_i64) {
            None | Some(0) => CorrectedValue::Nothing,
            Some(code) => CorrectedValue::Word(format!("relation-{code:02}")),
        };
    }
    match text(row, column) {
        "" => CorrectedValue::Nothing,
        word if column == "sex" => CorrectedValue::Word(format!("sex-{word}")),
        text => CorrectedValue::Text(text.to_owned()),
    }
}

fn standing(row: &Map<String, Value>) -> CorrectedValue {
    known(format!("standing-{}", text(row, "standing")), text(row, "standing_on"))
}

fn known(word: String, on: &str) -> CorrectedValue {
    match on.parse() {
        Ok(on) => CorrectedValue::Known(word, on),
        Err(_) => CorrectedValue::Word(word),
    }
}

/// Some rounds of a household's log in which a record stood in it.
struct Stay {
    household: i64,
    since: i64,
    until: i64,
}

/// Where a record stood, and between which places of the log.
fn stays(steps: &[Step]) -> Vec<Stay> {
    let household = |stood: &Stood| match stood {
        Stood::Row(row) => row.get("household_id").and_then(Value::as_i64),
        Stood::Nothing | Stood::Erased => None,
    };
    let mut found = Vec::new();
    let mut until = i64::MAX;
    for step in steps {
        let (before, after) = (household(&step.before), household(&step.after));
        if before == after {
            continue;
        }
        found.extend(after.map(|household| Stay { household, since: step.place, until }));
        until = step.place;
    }
    found
}

const HOUSEHOLD: &[&str] = &["group_id", "number", "address"];

/// What was corrected of a household while a record stood in it.
fn of_household(conn: &Connection, stay: &Stay) -> Result<Vec<Found>> {
    let Some(uid) = store::uid_of(conn, "household", stay.household)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for step in store::steps(conn, &Watched::new("household", HOUSEHOLD, &uid))? {
        let (Stood::Row(before), Stood::Row(after)) = (&step.before, &step.after) else { continue };
        if step.place < stay.since || step.place > stay.until {
            continue;
        }
        for column in HOUSEHOLD.iter().filter(|column| before.get(**column) != after.get(**column)) {
            let value = |row: &Map<String, Value>| -> Result<CorrectedValue> {
                match *column {
                    "group_id" => Ok(CorrectedValue::Group(group(conn, row, step.place)?)),
                    column => Ok(plain(column, row)),
                }
            };
            found.push(of(&step, Corrected::Column(column), (value(before)?, value(after)?)));
        }
    }
    Ok(found)
}

/// The household of a record, as it was called at a place in the log.
fn home(conn: &Connection, row: &Map<String, Value>, place: i64) -> Result<CorrectedValue> {
    let Some(key) = row.get("household_id").and_then(Value::as_i64) else { return Ok(CorrectedValue::Nothing) };
    let Some(uid) = store::uid_of(conn, "household", key)? else { return Ok(CorrectedValue::Erased) };
    match store::stood_at(conn, &Watched::new("household", HOUSEHOLD, &uid), place)? {
        Stood::Row(row) => Ok(CorrectedValue::Home(group(conn, &row, place)?, text(&row, "number").to_owned())),
        Stood::Nothing | Stood::Erased => Ok(CorrectedValue::Erased),
    }
}

/// Bare name of the group of a household, as it was called at a place in the log.
fn group(conn: &Connection, row: &Map<String, Value>, place: i64) -> Result<String> {
    let Some(key) = row.get("group_id").and_then(Value::as_i64) else { return Ok(String::new()) };
    let Some(uid) = store::uid_of(conn, "village_group", key)? else { return Ok(String::new()) };
    match store::stood_at(conn, &Watched::new("village_group", &["name"], &uid), place)? {
        Stood::Row(row) => Ok(text(&row, "name").to_owned()),
        Stood::Nothing | Stood::Erased => Ok(String::new()),
    }
}

/// What was corrected of a fact; that another source says the same is no correction.
fn of_fact(conn: &Connection, uid: &str) -> Result<Vec<Found>> {
    let steps = store::steps(conn, &Watched::new("fact", &["kind", "value", "on_date"], uid))?;
    let kind = steps.iter().flat_map(|step| [&step.before, &step.after]).find_map(kind_of);
    let found = steps.iter().filter_map(|step| {
        let (old, new) = (fact(&step.before), fact(&step.after));
        let differs = old != new || old == CorrectedValue::Erased;
        differs.then(|| of(step, kind.map_or(Corrected::Erased, Corrected::Fact), (old, new)))
    });
    Ok(found.collect())
}

fn kind_of(stood: &Stood) -> Option<FactKind> {
    match stood {
        Stood::Row(row) => FactKind::from_word(text(row, "kind")),
        Stood::Nothing | Stood::Erased => None,
    }
}

fn fact(stood: &Stood) -> CorrectedValue {
    let row = match stood {
        Stood::Row(row) => row,
        Stood::Nothing => return CorrectedValue::Nothing,
        Stood::Erased => return CorrectedValue::Erased,
    };
    let value = FactKind::from_word(text(row, "kind")).and_then(|kind| FactValue::from_word(kind, text(row, "value")));
    value.map_or(CorrectedValue::Nothing, |value| known(value.message().key.into_owned(), text(row, "on_date")))
}

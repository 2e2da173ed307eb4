//! Entering what another copy did since both were the same: one change, its rows as by hand, so that it can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

use crate::domain::join::{By, Fields, Outcome, join};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::progress::Progress;
use crate::ledger::store::branch::{self, Became, Layout, Tally, Touched};
use crate::ledger::store::purge::Marks;
use crate::ledger::store::transact::Tx;
use crate::ledger::store::undo::{Shown, current, is_used, shown, to_sql};

/// Tables whose rows are joined column by column; of the others each row means something only as a whole.
const BY_COLUMN: [&str; 5] = ["contact_person", "household", "resident", "village", "village_group"];
/// Columns of those that mean something only together.
const TOGETHER: [(&str, &[&str]); 2] =
    [("resident", &["id_number", "born", "sex"]), ("resident", &["standing", "standing_on"])];

/// A difference that both sides made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ledger) struct Conflict {
    pub(in crate::ledger) table: String,
    /// The uid of our row.
    pub(in crate::ledger) uid: String,
    /// The column; empty for the row as a whole.
    pub(in crate::ledger) column: String,
    /// The programme that the row belongs to; may be empty.
    pub(in crate::ledger) programme: String,
    /// What stands here.
    pub(in crate::ledger) ours: Side,
    /// What stands there.
    pub(in crate::ledger) theirs: Side,
    /// Whether theirs can be taken at all.
    pub(in crate::ledger) choice: Choice,
}

/// What one side has where both changed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ledger) enum Side {
    /// The row is not there any more.
    Gone,
    /// What of it differs and may be shown, by column.
    Values(Vec<(String, Shown)>),
}

/// Whether somebody can choose between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Ours stays unless theirs is chosen.
    Either,
    /// Ours stays: they took away what is still in use here.
    OursStays,
}

/// What joining did.
#[derive(Debug, Default)]
pub(in crate::ledger) struct Joining {
    /// Rows entered or changed, by table.
    pub(in crate::ledger) taken: Tally,
    pub(in crate::ledger) conflicts: Vec<Conflict>,
    /// Rows that could not be entered here: what they belong to was taken away, or something else has their place.
    pub(in crate::ledger) left: Vec<(String, String)>,
}

/// The copy that is joined.
pub(in crate::ledger) type There = Connection;

/// Which differences are to be as theirs: our uid and the column.
pub(in crate::ledger) type Chosen = BTreeSet<(String, String)>;

/// Enters what `other` did since `common`.
pub(in crate::ledger) fn enter(
    tx: &mut Tx<'_>,
    (other, common): (&Connection, i64),
    chosen: &Chosen,
    progress: &dyn Progress,
) -> Result<Joining> {
    tx.conn().execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let layouts = branch::layouts(tx.conn(), tx.recorded())?;
    let mut joining = Joining::default();
    let (frozen, marks) = (frozen_months(tx.conn())?, Marks::of(tx.conn())?);
    let (mut became, mut gone) = (Became::new(), Vec::new());
    for (at, layout) in layouts.iter().enumerate() {
        if progress.at(at as u64, layouts.len() as u64).is_break() {
            return Err(LedgerError::cancelled());
        }
        for touched in branch::touched(other, &layout.table, common)? {
            // What was deleted for good here does not come back from there.
            if marks.has(&touched.uid)? {
                joining.left.push((layout.table.table.clone(), touched.uid));
                continue;
            }
            let row = Row { tx, other, layout, chosen, frozen: &frozen, common };
            row.enter(touched, &mut became, &mut joining, &mut gone)?;
        }
    }
    // What others point at goes last, and not while something of ours does: they did not know of that.
    for (table, uid) in gone.into_iter().rev() {
        let recorded = tx.recorded().iter().find(|of| of.table == table);
        let Some(recorded) = recorded else { continue };
        let Some(now) = current(tx.conn(), recorded, &uid)? else { continue };
        // They took it away and entered it anew: what stands here is that new one.
        if became.iter().any(|((of, theirs), own)| *of == table && *own == uid && *theirs != uid) {
            continue;
        }
        if is_used(tx, recorded, &now)? {
            let column = String::new();
            let (programme, choice) = (String::new(), Choice::OursStays);
            let (ours, theirs) = (Side::Values(Vec::new()), Side::Gone);
            joining.conflicts.push(Conflict { table, uid, column, programme, ours, theirs, choice });
            continue;
        }
        let sql = format!("DELETE FROM {table} WHERE uid = ?1");
        tx.conn().prepare_cached(&sql)?.execute([&uid])?;
        *joining.taken.entry(table).or_default() += 1;
    }
    Ok(joining)
}

/// The months that were closed here before: their numbers stand, and what comes in shows as found later.
fn frozen_months(conn: &Connection) -> Result<BTreeSet<i64>> {
    let mut rows = conn.prepare("SELECT id FROM closed_month")?;
    Ok(rows.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// One row of theirs, on its way in.
struct Row<'a, 'tx> {
    tx: &'a Tx<'tx>,
    other: &'a Connection,
    layout: &'a Layout,
    chosen: &'a Chosen,
    frozen: &'a BTreeSet<i64>,
    common: i64,
}

impl Row<'_, '_> {
    fn enter(
        &self,
        touched: Touched,
        became: &mut Became,
        joining: &mut Joining,
        gone: &mut Vec<(String, String)>,
    ) -> Result<()> {
        let table = &self.layout.table.table;
        let Touched { uid, base, now } = touched;
        let theirs = match now.map(|row| self.here(row, became)).transpose()? {
            // What it points at is not here any more.
            Some(None) => {
                joining.left.push((table.clone(), uid));
                return Ok(());
            }
            Some(Some(row)) if self.is_of_a_frozen_month(&row) || self.is_counted_here() => return Ok(()),
            Some(Some(row)) => Some(row),
            None => None,
        };
        let mut own = uid.clone();
        let mut ours = current(self.tx.conn(), &self.layout.table, &uid)?;
        if let (None, None, Some(row)) = (&ours, &base, &theirs)
            && let Some(twin) = branch::twin(self.tx.conn(), self.layout, row)?
        {
            ours = current(self.tx.conn(), &self.layout.table, &twin)?;
            own = twin;
        }
        became.insert((table.clone(), uid.clone()), own.clone());
        let ours: Option<Fields<Value>> = ours.map(|row| row.into_iter().collect());
        let by = if BY_COLUMN.contains(&table.as_str()) { By::Column } else { By::Row };
        let chosen = self.chosen.range((own.clone(), String::new())..).take_while(|(of, _)| *of == own);
        let taken = chosen.map(|(_, column)| column.clone()).collect();
        let (packed_base, packed_ours, packed_theirs) =
            (self.packed(base), self.packed(ours.clone()), self.packed(theirs.clone()));
        let joined = join(packed_base.as_ref(), packed_ours.as_ref(), packed_theirs.as_ref(), by, &taken);
        let programme = ours.as_ref().or(theirs.as_ref()).and_then(|row| row.get("programme")?.as_str());
        let programme = programme.unwrap_or_default().to_owned();
        for column in joined.conflicts {
            let [ours, theirs] = sides((table, &column), (&ours, &theirs));
            joining.conflicts.push(Conflict {
                table: table.clone(),
                uid: own.clone(),
                column,
                programme: programme.clone(),
                ours,
                theirs,
                choice: Choice::Either,
            });
        }
        let done = match joined.outcome {
            Outcome::Keep => return Ok(()),
            Outcome::Delete => {
                gone.push((table.clone(), own));
                return Ok(());
            }
            Outcome::Insert => self.insert(&uid, theirs.clone().unwrap_or_default())?,
            Outcome::Update(update) => self.update_what_fits(&own, update, (&ours, &theirs), joining)?,
        };
        match done {
            true => *joining.taken.entry(table.clone()).or_default() += 1,
            false => joining.left.push((table.clone(), uid)),
        }
        Ok(())
    }

    /// A row of theirs with the numbers of this file; none where something that it points at is not here.
    fn here(&self, mut row: Fields<Value>, became: &Became) -> Result<Option<Fields<Value>>> {
        for (column, parent) in &self.layout.points_at {
            let Some(number) = row.get(column).and_then(Value::as_i64) else { continue };
            let Some(uid) = branch::uid_of(self.other, parent, number)? else { return Ok(None) };
            let uid = became.get(&(parent.clone(), uid.clone())).cloned().unwrap_or(uid);
            let Some(own) = branch::number_of(self.tx.conn(), parent, &uid)? else { return Ok(None) };
            row.insert(column.clone(), own.into());
        }
        if self.layout.numbered {
            row.remove("id");
        }
        Ok(Some(row))
    }

    /// A row in the form in which it is joined: without its number and uid, columns that belong together as one.
    fn packed(&self, row: Option<Fields<Value>>) -> Option<Fields<Value>> {
        let mut row = row?;
        row.remove("uid");
        if self.layout.numbered {
            row.remove("id");
        }
        for (_, columns) in TOGETHER.iter().filter(|(table, _)| *table == self.layout.table.table) {
            let values: BTreeMap<&str, Value> =
                columns.iter().map(|column| (*column, row.remove(*column).unwrap_or(Value::Null))).collect();
            let packed = serde_json::to_value(values).unwrap_or(Value::Null);
            row.insert(columns[0].to_owned(), packed);
        }
        Some(row)
    }

    /// Whether it is what people deleted there counted for, or a mark of them: following their deletion counted that here and
    /// left the marks already.
    fn is_counted_here(&self) -> bool {
        ["purged_number", "tombstone"].contains(&self.layout.table.table.as_str())
    }

    /// Whether it is a number of a month that was closed here, too.
    fn is_of_a_frozen_month(&self, row: &Fields<Value>) -> bool {
        let month = row.get("closed_month_id").and_then(Value::as_i64);
        self.layout.table.table == "closed_count" && month.is_some_and(|month| self.frozen.contains(&month))
    }

    /// Writes what they changed; where one value has no place here (a number that somebody else has by now), the others are
    /// written and that one is a difference to be looked at.
    fn update_what_fits(
        &self,
        own: &str,
        update: Fields<Value>,
        (ours, theirs): (&Option<Fields<Value>>, &Option<Fields<Value>>),
        joining: &mut Joining,
    ) -> Result<bool> {
        if self.update(own, unpacked(update.clone()))? {
            return Ok(true);
        }
        let (table, mut any) = (&self.layout.table.table, false);
        for (column, value) in update {
            let one = Fields::from([(column.clone(), value)]);
            if self.update(own, unpacked(one))? {
                any = true;
                continue;
            }
            let [ours, theirs] = sides((table, &column), (ours, theirs));
            joining.conflicts.push(Conflict {
                table: table.clone(),
                uid: own.to_owned(),
                column,
                programme: String::new(),
                ours,
                theirs,
                choice: Choice::OursStays,
            });
        }
        Ok(any)
    }

    fn insert(&self, uid: &str, mut row: Fields<Value>) -> Result<bool> {
        // What went up from there is known here up to where both were the same.
        if self.layout.table.table == "hand_up" {
            row.insert("revision".to_owned(), self.common.into());
        }
        row.insert("uid".to_owned(), uid.into());
        let columns: Vec<String> = row.keys().map(|column| format!("\"{column}\"")).collect();
        let marks: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
        let table = &self.layout.table.table;
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), marks.join(", "));
        fits(self.tx.conn().prepare_cached(&sql)?.execute(params_from_iter(row.values().map(to_sql))))
    }

    fn update(&self, uid: &str, row: Fields<Value>) -> Result<bool> {
        let sets: Vec<String> = row.keys().enumerate().map(|(at, c)| format!("\"{c}\" = ?{}", at + 1)).collect();
        let sql = format!("UPDATE {} SET {} WHERE uid = ?{}", self.layout.table.table, sets.join(", "), row.len() + 1);
        let values = row.values().map(to_sql).chain([Sql::Text(uid.to_owned())]);
        fits(self.tx.conn().prepare_cached(&sql)?.execute(params_from_iter(values)))
    }
}

/// What both sides have in a column; for the row as a whole, in every column that differs and may be shown in both: one
/// value alone would tell the other.
fn sides((table, column): (&str, &str), rows: (&Option<Fields<Value>>, &Option<Fields<Value>>)) -> [Side; 2] {
    let (Some(ours), Some(theirs)) = rows else {
        return [rows.0, rows.1].map(|row| if row.is_some() { Side::Values(Vec::new()) } else { Side::Gone });
    };
    let is_meant = |of: &&String| if column.is_empty() { *of != "uid" && *of != "id" } else { *of == column };
    let mut values = [Vec::new(), Vec::new()];
    for of in theirs.keys().filter(is_meant).filter(|of| ours.get(*of) != theirs.get(*of)) {
        let both = (ours.get(of).and_then(|value| shown((table, of), value)), shown((table, of), &theirs[of]));
        if let (Some(one), Some(other)) = both {
            values[0].push((of.clone(), one));
            values[1].push((of.clone(), other));
        }
    }
    values.map(Side::Values)
}

/// Columns that were joined as one, each by itself again.
fn unpacked(row: Fields<Value>) -> Fields<Value> {
    let mut found = Fields::new();
    for (column, value) in row {
        match value {
            Value::Object(values) => found.extend(values),
            value => drop(found.insert(column, value)),
        }
    }
    found
}

/// Whether a row found its place; what else has it is no reason to give up all the others.
fn fits(done: rusqlite::Result<usize>) -> Result<bool> {
    match done {
        Ok(_) => Ok(true),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

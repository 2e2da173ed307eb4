//! Rosters: looked at first, bucket by bucket, then written as one change. Nothing unsure is written without a decision.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::resident::Field;
use crate::ledger::Ledger;
use crate::ledger::command::NewResident;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::exchange::layout::{Context, Layout, Mapping, guess};
use crate::ledger::exchange::matching::{Candidate, Known, KnownResident, Matched, Outcome, match_row};
use crate::ledger::exchange::spreadsheet::Book;
use crate::ledger::exchange::staging::{Incoming, RowKey, StagedRow, stage};
use crate::ledger::exchange::titles::Telling;
use crate::ledger::households::Sorted;
use crate::ledger::progress::Progress;
use crate::ledger::store::imports::{self as stored, Over};
use crate::ledger::store::{Tx, history, households, residents, settings, village};
use crate::ledger::view::View;

/// One row of a roster and what would become of it.
#[derive(Clone)]
pub struct ImportRow {
    /// What the row says.
    pub staged: StagedRow,
    /// Its bucket, and whom it is about.
    pub matched: Matched,
}

/// A roster as it was looked at. Nothing of it is written yet.
pub struct Import {
    /// The file's name.
    pub file: String,
    /// The title of the source and of the change: the file's name, or a plain one where the names and titles of the file
    /// tell what is never kept.
    pub title: String,
    /// The names of the sheets.
    pub sheets: Vec<String>,
    /// Which column holds what; no sheet at all where no list was found.
    pub layout: Layout,
    /// Every row that tells of a person, in the order of the file.
    pub rows: Vec<ImportRow>,
    /// The revision of the ledger that was compared with.
    revision: i64,
}

/// What is to be done with the rows of a bucket without asking for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Accept {
    /// Only what was chosen for each row.
    #[default]
    Chosen,
    /// All of them.
    All,
}

/// What the user chose for one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Leave it out.
    Skip,
    /// Fill the gaps and write these fields over what is known.
    Overwrite(Vec<Field>),
    /// It tells of this resident (uid): fill the gaps.
    Is(String),
    /// It tells of somebody new.
    New,
}

/// What the user chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Write all differences of changed rows.
    pub changed: Accept,
    /// Take all close rows with a single candidate for that resident, unless several rows would be the same one.
    pub close: Accept,
    /// What was chosen row by row.
    pub rows: BTreeMap<RowKey, Choice>,
}

/// A roster with the user's decisions: what `Command::Import` writes.
pub struct ImportPlan {
    /// The roster.
    pub import: Arc<Import>,
    /// The decisions.
    pub decisions: Decisions,
}

impl Import {
    /// How many rows are in a bucket.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.rows.iter().filter(|row| row.matched.outcome == outcome).count()
    }

    /// The same roster with other rows.
    pub(in crate::ledger) fn with_rows(&self, rows: Vec<ImportRow>) -> Self {
        Self {
            file: self.file.clone(),
            title: self.title.clone(),
            sheets: self.sheets.clone(),
            layout: self.layout.clone(),
            rows,
            revision: self.revision,
        }
    }

    /// Headings of columns that are not kept, the never-list first.
    pub fn dropped_columns(&self) -> Vec<String> {
        self.layout.dropped_columns()
    }
}

/// Nobody is known: nothing need be looked up.
struct Nobody;

impl Known for Nobody {
    fn by_id(&self, _: &crate::domain::id_card::IdNumber) -> Result<Option<KnownResident>> {
        Ok(None)
    }

    fn by_name(&self, _: &str) -> Result<Vec<KnownResident>> {
        Ok(Vec::new())
    }
}

fn setting(signature: &str) -> String {
    format!("roster:{signature}")
}

impl View {
    /// Looks at a roster: finds lists and columns, reads everybody, compares with the ledger. Writes nothing.
    ///
    /// # Errors
    /// Those of reading the file, that it is a register of marriages, pregnancies or visits to the clinic, or that
    /// `progress` broke off. A file without any list has no rows.
    pub fn preview_import(&self, path: &Path, today: NaiveDate, progress: &dyn Progress) -> Result<Import> {
        let revision = self.revision()?;
        let village = self.village()?.name;
        let remembered = |signature: &str| self.remembered_mapping(signature);
        let context = Context { today, village: &village, remembered: &remembered };
        let mut book = Book::open(path)?;
        let layout = guess(&mut book, &context, progress)?;
        if layout.telling == Telling::Register {
            return Err(LedgerError::refused("import-is-register"));
        }
        let nobody = stored::is_empty(self.conn())?;
        let known = stored::KnownIn(self.conn());
        let mut rows = Vec::new();
        stage(&mut book, &layout, today, progress, &mut |mut staged| {
            let matched = if nobody { match_row(&mut staged, &Nobody) } else { match_row(&mut staged, &known) }?;
            rows.push(ImportRow { staged, matched });
            Ok(())
        })?;
        let file = book.file_name();
        let title = if layout.telling == Telling::Nothing { file.clone() } else { format!("名册 {today}") };
        Ok(Import { file, title, sheets: book.sheets().to_vec(), layout, rows, revision })
    }

    /// What was chosen for lists with these headings.
    pub fn remembered_mapping(&self, signature: &str) -> Option<Mapping> {
        let text = settings::get(self.conn(), &setting(signature)).ok().flatten()?;
        serde_json::from_str(&text).ok()
    }
}

impl Ledger {
    /// Remembers what the user chose for lists with these headings; the next preview uses it.
    pub fn remember_mapping(&mut self, signature: &str, mapping: &Mapping) -> Result<()> {
        let text = serde_json::to_string(mapping).unwrap_or_default();
        self.set_local_setting(&setting(signature), &text)
    }
}

/// What is written of a row.
enum Action<'a> {
    Nothing,
    Insert(&'a Incoming),
    Merge { person: &'a Incoming, candidate: &'a Candidate, overwrite: Overwrite<'a> },
}

enum Overwrite<'a> {
    Nothing,
    All,
    These(&'a [Field]),
}

impl Overwrite<'_> {
    fn has(&self, field: Field) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::These(fields) => fields.contains(&field),
        }
    }
}

fn action<'a>(row: &'a ImportRow, decisions: &'a Decisions) -> Action<'a> {
    let (Some(person), candidates) = (&row.staged.incoming, row.matched.candidates.as_slice()) else {
        return Action::Nothing;
    };
    let merge = |candidate, overwrite| Action::Merge { person, candidate, overwrite };
    let choice = decisions.rows.get(&row.staged.key());
    match (row.matched.outcome, choice, candidates) {
        (_, Some(Choice::Skip), _) | (Outcome::Same | Outcome::Repeated | Outcome::Rejected, ..) => Action::Nothing,
        (Outcome::New, ..) | (Outcome::Close, Some(Choice::New), _) => Action::Insert(person),
        (_, Some(Choice::Is(uid)), all) => match all.iter().find(|candidate| candidate.resident.uid == *uid) {
            Some(candidate) => merge(candidate, Overwrite::Nothing),
            None => Action::Nothing,
        },
        (_, Some(Choice::Overwrite(fields)), [one]) => merge(one, Overwrite::These(fields)),
        (Outcome::Changed, _, [one]) if decisions.changed == Accept::All => merge(one, Overwrite::All),
        (Outcome::Changed, _, [one]) => merge(one, Overwrite::Nothing),
        (Outcome::Close, _, [one]) if decisions.close == Accept::All => merge(one, Overwrite::Nothing),
        _ => Action::Nothing,
    }
}

/// Which row writes to a resident: two rows are never written into one person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// The number, or all that is said, is theirs.
    Known,
    /// The user said so of this very row.
    Chosen,
    /// All close rows were accepted at once.
    Bulk,
}

/// The row that may write to each resident, by key of the resident; nobody's where several have an equal claim in bulk.
fn claims(import: &Import, decisions: &Decisions) -> HashMap<i64, (Claim, Option<usize>)> {
    let mut claims: HashMap<i64, (Claim, Option<usize>)> = HashMap::new();
    for (at, row) in import.rows.iter().enumerate() {
        let claim = match (row.matched.outcome, decisions.rows.contains_key(&row.staged.key())) {
            (Outcome::Same | Outcome::Changed, _) => Claim::Known,
            (_, true) => Claim::Chosen,
            (_, false) => Claim::Bulk,
        };
        let candidate = match (row.matched.outcome, action(row, decisions)) {
            (_, Action::Merge { candidate, .. }) => candidate,
            (Outcome::Same, _) => match row.matched.candidates.first() {
                Some(candidate) => candidate,
                None => continue,
            },
            _ => continue,
        };
        claims
            .entry(candidate.resident.key)
            .and_modify(|(best, row)| {
                if claim < *best {
                    (*best, *row) = (claim, Some(at));
                } else if claim == *best && claim == Claim::Bulk {
                    *row = None;
                }
            })
            .or_insert((claim, Some(at)));
    }
    claims
}

/// What is written of every row, in the order of the file. A row whose resident another row writes to stays undecided.
fn actions<'a>(import: &'a Import, decisions: &'a Decisions) -> impl Iterator<Item = Action<'a>> + 'a {
    let claims = claims(import, decisions);
    import.rows.iter().enumerate().map(move |(at, row)| match action(row, decisions) {
        Action::Merge { candidate, .. }
            if claims.get(&candidate.resident.key).is_none_or(|(_, row)| *row != Some(at)) =>
        {
            Action::Nothing
        }
        action => action,
    })
}

/// Refuses a roster that was compared with what has changed since.
pub(in crate::ledger) fn still_current(tx: &Tx<'_>, import: &Import) -> Result<()> {
    // That rows to be mended left, or another paper, changes nothing of what was compared.
    if history::is_compared_still(tx.conn(), import.revision)? {
        Ok(())
    } else {
        Err(LedgerError::refused("import-stale"))
    }
}

/// Writes what was decided about a roster that is [`still_current`].
pub(in crate::ledger) fn write(tx: &mut Tx<'_>, plan: &ImportPlan, progress: &dyn Progress) -> Result<()> {
    let import = &plan.import;
    let mut writer =
        Writer { title: &import.title, source: None, groups: HashMap::new(), houses: HashMap::new(), written: 0 };
    let total = import.rows.len() as u64;
    let actions: Vec<Action<'_>> = actions(import, &plan.decisions).collect();
    for (action, row) in actions.iter().zip(&import.rows) {
        match (action, &row.staged.incoming, row.matched.candidates.as_slice(), row.matched.outcome) {
            (Action::Merge { person, candidate, .. }, ..) => writer.join_known(person, candidate),
            (_, Some(person), [one], Outcome::Same | Outcome::Changed) => writer.join_known(person, one),
            _ => {}
        }
    }
    for (done, action) in actions.into_iter().enumerate() {
        if done % 512 == 0 && progress.at(done as u64, total).is_break() {
            return Err(LedgerError::cancelled());
        }
        match action {
            Action::Nothing => {}
            Action::Insert(person) => writer.insert(tx, person)?,
            Action::Merge { person, candidate, overwrite } => writer.merge(tx, person, candidate, &overwrite)?,
        }
    }
    tx.note.count = writer.written;
    Ok(())
}

struct Writer<'a> {
    title: &'a str,
    /// Made with the first thing that names its source: an import that writes nothing is no change.
    source: Option<i64>,
    groups: HashMap<Arc<str>, i64>,
    /// Households by their number in the file and the group asked for: nobody is moved to another group unasked.
    houses: HashMap<(u32, Arc<str>), i64>,
    written: i64,
}

impl Writer<'_> {
    fn source(&mut self, tx: &mut Tx<'_>) -> Result<i64> {
        let source = self.source.map_or_else(|| village::source(tx, self.title), Ok)?;
        self.source = Some(source);
        Ok(source)
    }

    /// Who is known brings the others of the same house in the file into the household they live in.
    fn join_known(&mut self, person: &Incoming, candidate: &Candidate) {
        let known = &candidate.resident;
        let same_group = person.group.as_deref().is_none_or(|group| *group == *known.group);
        let same_number =
            person.household.as_deref().is_none_or(|number| known.household.is_empty() || *number == *known.household);
        if person.house > 0 && known.sorted == Sorted::Yes && same_group && same_number {
            // Who is new in a file without groups is asked for under no group's name.
            let asked = person.group.clone().unwrap_or_else(|| "".into());
            for group in [asked, known.group.as_str().into()] {
                self.houses.entry((person.house, group)).or_insert(known.household_key);
            }
        }
    }

    fn group(&mut self, tx: &mut Tx<'_>, name: &Arc<str>) -> Result<i64> {
        if let Some(group) = self.groups.get(name) {
            return Ok(*group);
        }
        let group = village::group(tx, name)?;
        self.groups.insert(name.clone(), group);
        Ok(group)
    }

    /// The household a row belongs to: that of its house in the file, one with its number, else the group's 未分户. An
    /// address is only given to one that has none.
    fn household(&mut self, tx: &mut Tx<'_>, person: &Incoming, group: &Arc<str>) -> Result<i64> {
        let house = (person.house, group.clone());
        let met = self.houses.get(&house).filter(|_| person.house > 0).copied();
        let household = match met {
            Some(household) => household,
            None => {
                let group = self.group(tx, group)?;
                let number = person.household.as_deref().unwrap_or_default();
                if person.house > 0 && number.is_empty() {
                    households::insert(tx, group, "", &person.address, Sorted::Yes)?
                } else {
                    households::household(tx, group, number)?
                }
            }
        };
        if !person.address.is_empty() {
            stored::set_address(tx, household, &person.address, Over::Nothing)?;
        }
        if person.house > 0 {
            self.houses.insert(house, household);
        }
        Ok(household)
    }

    fn insert(&mut self, tx: &mut Tx<'_>, person: &Incoming) -> Result<()> {
        let group = person.group.clone().unwrap_or_else(|| "".into());
        let household = self.household(tx, person, &group)?;
        let new = NewResident {
            name: person.name.clone(),
            id_number: person.id,
            sex: person.sex,
            born: person.born,
            relation: person.relation,
            phone: person.phone.to_string(),
            residency: person.residency,
            source: String::new(),
        };
        let source = self.source(tx)?;
        residents::insert(tx, household, &new, source)?;
        self.written += 1;
        Ok(())
    }

    fn merge(
        &mut self,
        tx: &mut Tx<'_>,
        person: &Incoming,
        candidate: &Candidate,
        overwrite: &Overwrite<'_>,
    ) -> Result<()> {
        let known = &candidate.resident;
        let chosen = candidate.differences.iter().map(|d| d.field).filter(|field| overwrite.has(*field));
        let chosen: Vec<Field> = chosen.collect();
        // The household of another group is not theirs as long as the group is not.
        let elsewhere =
            candidate.differences.iter().any(|d| d.field == Field::Group) && !chosen.contains(&Field::Group);
        let moves = |field: &Field| matches!(field, Field::Group | Field::HouseholdNumber | Field::Head);
        let fills = candidate.fills.iter().map(|d| d.field);
        let fills: Vec<Field> =
            fills.filter(|field| !(elsewhere && (moves(field) || *field == Field::Address))).collect();
        let mut household = known.household_key;
        let mut changed = false;
        if fills.iter().chain(&chosen).any(moves) {
            let to_theirs = chosen.contains(&Field::Group) || fills.contains(&Field::Group);
            let group = person.group.clone().filter(|_| to_theirs).unwrap_or_else(|| known.group.as_str().into());
            household = self.household(tx, person, &group)?;
            changed |= stored::move_to(tx, known.key, household)?;
        }
        if let Some(number) = person.household.as_deref().filter(|_| fills.contains(&Field::HouseholdNumber)) {
            changed |= stored::fill_household_number(tx, household, number)?;
        }
        for (fields, over) in [(fills, Over::Nothing), (chosen, Over::Known)] {
            for field in fields {
                changed |= self.write_field(tx, person, (known.key, household), field, over)?;
            }
        }
        self.written += i64::from(changed);
        Ok(())
    }

    /// Whether anything changed.
    fn write_field(
        &mut self,
        tx: &mut Tx<'_>,
        person: &Incoming,
        (key, household): (i64, i64),
        field: Field,
        over: Over,
    ) -> Result<bool> {
        match field {
            Field::Phone => stored::set_phone(tx, key, &person.phone, over),
            Field::Address => stored::set_address(tx, household, &person.address, over),
            Field::Relation => match person.relation {
                Some(relation) => stored::set_relation(tx, key, relation, over),
                None => Ok(false),
            },
            Field::Sex | Field::Born | Field::IdNumber | Field::Residency => {
                let source = self.source(tx)?;
                sourced(tx, person, key, field, over, source)
            }
            Field::Name | Field::Group | Field::HouseholdNumber | Field::Head => Ok(false),
        }
    }
}

/// Writes a field that is stored with where it is from; tells whether anything changed.
fn sourced(tx: &mut Tx<'_>, person: &Incoming, key: i64, field: Field, over: Over, source: i64) -> Result<bool> {
    match (field, person.sex, person.born, person.id, person.residency) {
        (Field::Sex, Some(sex), ..) => stored::set_sex(tx, key, sex, source, over),
        (Field::Born, _, Some(born), ..) => stored::set_born(tx, key, born, source, over),
        (Field::IdNumber, _, _, Some(id), _) => stored::set_id_number(tx, key, &id, source, over),
        (Field::Residency, .., Some(residency)) => stored::set_residency(tx, key, residency, source, over),
        _ => Ok(false),
    }
}

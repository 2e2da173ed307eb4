//! 对户籍: a roster of the household registration held against the ledger. Names, numbers, moves and newborns are
//! compared and nothing else; who stands only in the roster is neither kept nor given away.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use chrono::{Months, NaiveDate};

use crate::domain::id_card::IdNumber;
use crate::domain::message::Message;
use crate::domain::resident::{Field, Standing, worded};
use crate::ledger::command::ResidentEdit;
use crate::ledger::error::Result;
use crate::ledger::exchange::matching::{
    Candidate, Difference, Known as _, KnownResident, Matched, Outcome, candidate,
};
use crate::ledger::exchange::staging::{Incoming, StagedRow};
use crate::ledger::imports::{self, Choice, Decisions, Import, ImportPlan, ImportRow};
use crate::ledger::progress::Progress;
use crate::ledger::residents;
use crate::ledger::store::{Tx, imports as stored};
use crate::ledger::view::View;

/// What is compared. Phones, relations and who lives where are the village's own knowledge, not the registration's.
const COMPARED: [Field; 5] = [Field::Name, Field::IdNumber, Field::Group, Field::HouseholdNumber, Field::Address];

/// From so many rows on, a field that differs in more than half of them is taken to be written in another way there.
const ENOUGH_ROWS: usize = 10;

/// What was found about a row, or about somebody here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// In both, with something different.
    Differs,
    /// Only there, born within a year, in a house whose people are known.
    Newborn,
    /// Only here.
    OnlyHere,
    /// Only there.
    OnlyThere,
    /// The row cannot be read, or may mean several people.
    Unclear,
}
worded!(Kind, "reconcile" {
    Differs => "differs", Newborn => "newborn", OnlyHere => "only-here", OnlyThere => "only-there",
    Unclear => "unclear",
});

/// How sure it is that a row and a resident are the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// By the number, or by all that is said.
    Sure,
    /// By the name and little else: not taken in bulk.
    Likely,
}

/// One finding.
pub struct Finding {
    /// What was found.
    pub kind: Kind,
    /// The row among those of the roster; none for who is only here.
    pub row: Option<usize>,
    /// The resident it is about.
    pub resident: Option<KnownResident>,
    /// What differs, as shown.
    pub differences: Vec<Difference>,
    /// Whether they are the same person.
    pub certainty: Certainty,
}

/// No value of a person.
impl std::fmt::Debug for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Finding({:?}, {:?})", self.kind, self.differences.iter().map(|d| d.field).collect::<Vec<_>>())
    }
}

/// A roster held against the ledger. Nothing of it is written.
pub struct Reconciled {
    /// The roster as it was read.
    pub import: Import,
    /// What was found, by kind and then in the order of the file.
    pub findings: Vec<Finding>,
    /// How many people agree.
    pub agree: usize,
    /// Fields that are not compared, because the roster writes them in another way throughout.
    pub otherwise: Vec<Field>,
    /// The resident each row is about, by the row's position.
    residents: Vec<Option<KnownResident>>,
}

/// What is decided about a finding. What nothing is decided about stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Write these fields as the roster has them.
    Take(Vec<Field>),
    /// Enter the newborn into the household.
    Enter,
    /// They moved away for good, on this day.
    MovedOut(NaiveDate),
}

/// A comparison with the user's verdicts, by the position of the finding: what `Command::Reconcile` writes.
pub struct ReconcilePlan {
    /// The comparison.
    pub reconciled: Arc<Reconciled>,
    /// The verdicts.
    pub verdicts: BTreeMap<usize, Verdict>,
}

impl Reconciled {
    /// How many findings are of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.findings.iter().filter(|finding| finding.kind == kind).count()
    }

    /// What the roster says in the finding's row.
    pub fn row(&self, finding: &Finding) -> Option<&StagedRow> {
        finding.row.and_then(|at| self.import.rows.get(at)).map(|row| &row.staged)
    }

    /// Every finding of a kind as the roster has it; none for the kinds that are decided one by one.
    pub fn in_bulk(&self, kind: Kind) -> BTreeMap<usize, Verdict> {
        let of_kind = self.findings.iter().enumerate().filter(|(_, finding)| finding.kind == kind);
        let verdict = |finding: &Finding| match (kind, finding.certainty) {
            (Kind::Differs, Certainty::Sure) => {
                Some(Verdict::Take(finding.differences.iter().map(|difference| difference.field).collect()))
            }
            (Kind::Newborn, _) => Some(Verdict::Enter),
            _ => None,
        };
        of_kind.filter_map(|(at, finding)| verdict(finding).map(|verdict| (at, verdict))).collect()
    }
}

impl View {
    /// Holds a roster against the ledger. Writes nothing.
    ///
    /// # Errors
    /// Those of [`View::preview_import`].
    pub fn reconcile(&self, path: &Path, today: NaiveDate, progress: &dyn Progress) -> Result<Reconciled> {
        let import = self.preview_import(path, today, progress)?;
        let everybody = stored::everybody(self.conn())?;
        let known = stored::KnownIn(self.conn());
        let mut comparing = Comparing::new(&everybody, import.rows.len());
        for (at, row) in import.rows.iter().enumerate() {
            let named_otherwise = match conflict(row) {
                Some(id) => known.by_id(&id)?,
                None => None,
            };
            comparing.row(at, row, named_otherwise);
        }
        comparing.numbers_mended(&import.rows);
        comparing.only_there(&import.rows, today);
        comparing.only_here(&import.rows);
        Ok(comparing.done(import))
    }
}

/// The number of a row that is known under another name.
fn conflict(row: &ImportRow) -> Option<IdNumber> {
    let known_as = row.staged.problems.iter().any(|problem| problem.message.key == "id-known-as");
    row.staged.incoming.as_ref().filter(|_| known_as)?.id
}

struct Comparing<'a> {
    everybody: &'a [KnownResident],
    /// Who was met in the roster, by key.
    met: HashSet<i64>,
    residents: Vec<Option<KnownResident>>,
    findings: Vec<Finding>,
    /// Rows of nobody known so far.
    unknown: Vec<usize>,
    agree: usize,
}

impl<'a> Comparing<'a> {
    fn new(everybody: &'a [KnownResident], rows: usize) -> Self {
        Self {
            everybody,
            met: HashSet::new(),
            residents: vec![None; rows],
            findings: Vec::new(),
            unknown: Vec::new(),
            agree: 0,
        }
    }

    fn row(&mut self, at: usize, row: &ImportRow, named_otherwise: Option<KnownResident>) {
        let Some(person) = &row.staged.incoming else { return self.unclear(at) };
        if let Some(resident) = named_otherwise {
            let mut found = candidate(person, resident);
            found.differences.insert(0, name_differs(person, &found.resident));
            return self.same_person(at, &found, Certainty::Sure);
        }
        match (row.matched.outcome, row.matched.candidates.as_slice()) {
            (Outcome::Same | Outcome::Changed, [one]) => self.same_person(at, one, Certainty::Sure),
            (Outcome::Close, [one]) => self.same_person(at, one, certainty(person, one)),
            (Outcome::New, _) => self.unknown.push(at),
            (Outcome::Repeated, _) => {}
            _ => self.unclear(at),
        }
    }

    fn unclear(&mut self, at: usize) {
        self.find(Kind::Unclear, Some(at), None);
    }

    fn find(&mut self, kind: Kind, row: Option<usize>, resident: Option<KnownResident>) {
        self.findings.push(Finding { kind, row, resident, differences: Vec::new(), certainty: Certainty::Likely });
    }

    /// A row and a resident are the same: what differs is noted. Two rows are never one person.
    fn same_person(&mut self, at: usize, found: &Candidate, certainty: Certainty) {
        let resident = found.resident.clone();
        if resident.standing != Standing::Present || !self.met.insert(resident.key) {
            return self.find(Kind::Unclear, Some(at), Some(resident));
        }
        self.residents[at] = Some(resident.clone());
        let all = found.fills.iter().chain(&found.differences);
        let differences = all.filter(|difference| COMPARED.contains(&difference.field)).cloned().collect();
        self.findings.push(Finding {
            kind: Kind::Differs,
            row: Some(at),
            resident: Some(resident),
            differences,
            certainty,
        });
    }

    /// Of a name that is only there and only here, the number may have been written wrong in one of the two.
    fn numbers_mended(&mut self, rows: &[ImportRow]) {
        let mut by_name: HashMap<&str, Vec<&KnownResident>> = HashMap::new();
        for resident in self.everybody.iter().filter(|resident| !self.met.contains(&resident.key)) {
            by_name.entry(&resident.name).or_default().push(resident);
        }
        for at in std::mem::take(&mut self.unknown) {
            let fitting = rows[at].staged.incoming.as_ref().and_then(|person| {
                let mut like = by_name.get(person.name.as_str())?.iter().filter(|known| miswritten(person, known));
                like.next().filter(|_| like.next().is_none()).map(|known| (person, (*known).clone()))
            });
            match fitting {
                Some((person, known)) => self.same_person(at, &candidate(person, known), Certainty::Likely),
                None => self.unknown.push(at),
            }
        }
    }

    /// Newborns of known houses, and the others of whom nothing is known here.
    fn only_there(&mut self, rows: &[ImportRow], today: NaiveDate) {
        let house = |row: &ImportRow| (row.staged.list, row.staged.incoming.as_ref().map_or(0, |person| person.house));
        let known: HashSet<(u16, u32)> = rows
            .iter()
            .zip(&self.residents)
            .filter(|(_, resident)| resident.is_some())
            .map(|(row, _)| house(row))
            .collect();
        for at in std::mem::take(&mut self.unknown) {
            let born = rows[at].staged.incoming.as_ref().and_then(|person| person.born);
            let young = born.and_then(|born| Some(born.earliest() >= today.checked_sub_months(Months::new(12))?));
            let place = house(&rows[at]);
            let newborn = young == Some(true) && place.1 > 0 && known.contains(&place);
            self.find(if newborn { Kind::Newborn } else { Kind::OnlyThere }, Some(at), None);
        }
    }

    /// Who was not met, in the groups that the roster tells of. Who may be meant by an unclear row is not missing.
    fn only_here(&mut self, rows: &[ImportRow]) {
        let said = rows.iter().filter_map(|row| row.staged.incoming.as_ref()?.group.as_deref().map(str::to_owned));
        let groups: HashSet<String> =
            said.chain(self.residents.iter().flatten().map(|resident| resident.group.clone())).collect();
        let unclear: HashSet<i64> = rows
            .iter()
            .zip(&self.residents)
            .filter(|(_, resident)| resident.is_none())
            .flat_map(|(row, _)| row.matched.candidates.iter().map(|candidate| candidate.resident.key))
            .collect();
        let missing: Vec<KnownResident> = self
            .everybody
            .iter()
            .filter(|one| !self.met.contains(&one.key) && !unclear.contains(&one.key) && groups.contains(&one.group))
            .cloned()
            .collect();
        missing.into_iter().for_each(|resident| self.find(Kind::OnlyHere, None, Some(resident)));
    }

    fn done(mut self, import: Import) -> Reconciled {
        let otherwise = self.written_otherwise();
        for finding in &mut self.findings {
            finding.differences.retain(|difference| !otherwise.contains(&difference.field));
        }
        let all = self.findings.len();
        self.findings.retain(|finding| finding.kind != Kind::Differs || !finding.differences.is_empty());
        self.agree += all - self.findings.len();
        self.findings.sort_by_key(|finding| finding.kind);
        let Self { findings, agree, residents, .. } = self;
        Reconciled { import, findings, agree, otherwise, residents }
    }

    /// Numbers of households and addresses that differ nearly everywhere are another way of writing, not a move.
    fn written_otherwise(&self) -> Vec<Field> {
        let met = self.met.len();
        let often = |field: &Field| {
            let differ = self.findings.iter().filter(|finding| finding.differences.iter().any(|d| d.field == *field));
            met >= ENOUGH_ROWS && differ.count() * 2 > met
        };
        [Field::HouseholdNumber, Field::Address].into_iter().filter(often).collect()
    }
}

/// The same name is sure where the birth agrees, and the number or the group speaks for it.
fn certainty(person: &Incoming, found: &Candidate) -> Certainty {
    let born = person.born.is_some() && person.born == found.resident.born;
    let group = person.group.as_deref().is_some_and(|group| !group.is_empty() && group == found.resident.group);
    if born && (person.id.is_some() || group) { Certainty::Sure } else { Certainty::Likely }
}

fn name_differs(person: &Incoming, known: &KnownResident) -> Difference {
    let say = |text: &str| Message::new("import-value").text("value", text);
    Difference { field: Field::Name, known: say(&known.name), incoming: say(person.name.as_str()) }
}

/// Whether two numbers under one name may be one, written wrong: the same birth and sex, or two characters at most.
fn miswritten(person: &Incoming, known: &KnownResident) -> bool {
    let (Some(there), Some(here)) = (person.id, known.id) else { return false };
    let differ = there.as_str().bytes().zip(here.as_str().bytes()).filter(|(a, b)| a != b).count();
    differ <= 2 || (there.born() == here.born() && there.sex() == here.sex())
}

/// Writes the verdicts.
pub(in crate::ledger) fn write(tx: &mut Tx<'_>, plan: &ReconcilePlan, progress: &dyn Progress) -> Result<()> {
    let reconciled = &plan.reconciled;
    imports::still_current(tx, &reconciled.import)?;
    let decided: HashMap<usize, &Verdict> =
        plan.verdicts.iter().filter_map(|(at, verdict)| Some((reconciled.findings.get(*at)?.row?, verdict))).collect();
    for (at, verdict) in &plan.verdicts {
        let Some(finding) = reconciled.findings.get(*at) else { continue };
        write_person(tx, reconciled, finding, verdict)?;
    }
    let homes = homes(reconciled, &decided);
    imports::write(tx, &homes, progress)?;
    tx.note.count = i64::try_from(plan.verdicts.len()).unwrap_or(i64::MAX);
    Ok(())
}

/// What is written of the person alone: name, number, standing.
fn write_person(tx: &mut Tx<'_>, reconciled: &Reconciled, finding: &Finding, verdict: &Verdict) -> Result<()> {
    let Some(resident) = &finding.resident else { return Ok(()) };
    match verdict {
        Verdict::Enter => Ok(()),
        Verdict::MovedOut(on) => residents::set_standing(tx, &resident.uid, Standing::MovedOut, *on),
        Verdict::Take(fields) => {
            let Some(person) = reconciled.row(finding).and_then(|row| row.incoming.as_ref()) else { return Ok(()) };
            let mut edit = ResidentEdit::default();
            if fields.contains(&Field::Name) {
                edit.name = Some(person.name.clone());
            }
            if fields.contains(&Field::IdNumber) {
                edit.id_number = Some(person.id);
            }
            residents::edit(tx, &resident.uid, &edit, &reconciled.import.title)
        }
    }
}

/// What is written of homes, as a roster that says nothing else: moves, addresses, and newborns. Rows nothing was decided
/// about only say which house is whose.
fn homes(reconciled: &Reconciled, decided: &HashMap<usize, &Verdict>) -> ImportPlan {
    let mut decisions = Decisions::default();
    let mut rows = Vec::new();
    for (at, (row, resident)) in reconciled.import.rows.iter().zip(&reconciled.residents).enumerate() {
        let Some(person) = &row.staged.incoming else { continue };
        let person = bare(person);
        let key = row.staged.key();
        let matched = match (decided.get(&at), resident) {
            (Some(Verdict::Enter), None) => Matched { outcome: Outcome::New, candidates: Vec::new() },
            (Some(Verdict::Take(fields)), Some(resident)) => {
                let moves = [Field::Group, Field::HouseholdNumber, Field::Address];
                let mut found = candidate(&person, resident.clone());
                found.fills.retain(|fill| fields.contains(&fill.field) && moves.contains(&fill.field));
                found.differences.retain(|one| fields.contains(&one.field) && moves.contains(&one.field));
                decisions.rows.insert(key, Choice::Overwrite(fields.clone()));
                Matched { outcome: Outcome::Changed, candidates: vec![found] }
            }
            (_, Some(resident)) => Matched { outcome: Outcome::Same, candidates: vec![settled(resident)] },
            _ => continue,
        };
        let staged = StagedRow { incoming: Some(person), problems: Vec::new(), ..row.staged.clone() };
        rows.push(ImportRow { staged, matched });
    }
    ImportPlan { import: Arc::new(reconciled.import.with_rows(rows)), decisions }
}

fn settled(resident: &KnownResident) -> Candidate {
    Candidate { resident: resident.clone(), fills: Vec::new(), differences: Vec::new() }
}

/// A row without what the village knows better.
fn bare(person: &Incoming) -> Incoming {
    Incoming { phone: "".into(), residency: None, ..person.clone() }
}

//! Holds what a roster says against who is known. Pure: what is known is asked through [`Known`]. An empty cell never
//! erases; a gap is filled; a difference is shown, and written only where the user says so.

use std::sync::Arc;

use crate::domain::id_card::IdNumber;
use crate::domain::message::{Message, Say as _};
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::{Field, Residency, Sex, Standing, worded};
use crate::ledger::error::Result;
use crate::ledger::exchange::staging::{Incoming, Problem, StagedRow, Weight};
use crate::ledger::households::Sorted;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// Nobody like this is known.
    New,
    /// Known, and nothing is new.
    Same,
    /// Known; something is new or different.
    Changed,
    /// Probably somebody known: written only after a decision.
    Close,
    /// The file says it twice.
    Repeated,
    /// Cannot be used as it stands.
    Rejected,
}
worded!(Outcome, "import-outcome" {
    New => "new", Same => "same", Changed => "changed", Close => "close", Repeated => "repeated", Rejected => "rejected",
});

/// A resident as matching needs them.
#[derive(Clone, PartialEq, Eq)]
pub struct KnownResident {
    /// Key within the file.
    pub key: i64,
    /// Identity outside the file.
    pub uid: String,
    /// Normal form of the name.
    pub name: String,
    /// The id number.
    pub id: Option<IdNumber>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Birth.
    pub born: Option<PartialDate>,
    /// Bare name of the group; empty where unknown.
    pub group: String,
    /// Key of the household.
    pub household_key: i64,
    /// The household's number; empty where it has none.
    pub household: String,
    /// Whether the household is one, not the group's 未分户.
    pub sorted: Sorted,
    /// The household's address.
    pub address: String,
    /// GB/T 4761 code; 0 unknown.
    pub relation: u8,
    /// Phone.
    pub phone: String,
    /// Whether the person lives here.
    pub residency: Option<Residency>,
    /// Whether the person still belongs to the village.
    pub standing: Standing,
}

/// Who is known.
pub trait Known {
    /// The resident with this number.
    fn by_id(&self, id: &IdNumber) -> Result<Option<KnownResident>>;
    /// The residents with this name (normal form).
    fn by_name(&self, name: &str) -> Result<Vec<KnownResident>>;
}

/// A value that differs, as shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub field: Field,
    /// What is known; an empty text is a gap, which is filled without asking.
    pub known: Message,
    /// What the roster says.
    pub incoming: Message,
}

/// The resident a row is about, or may be about.
#[derive(Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The resident.
    pub resident: KnownResident,
    /// Gaps that the row fills.
    pub fills: Vec<Difference>,
    /// Values that contradict.
    pub differences: Vec<Difference>,
}

/// What becomes of one row, with whom it is about.
#[derive(Clone, PartialEq, Eq)]
pub struct Matched {
    /// The bucket.
    pub outcome: Outcome,
    /// Nobody, one, or (for a close row) several.
    pub candidates: Vec<Candidate>,
}

impl Matched {
    fn only(outcome: Outcome) -> Self {
        Self { outcome, candidates: Vec::new() }
    }
}

/// Finds the bucket of a row; a conflict with what is known becomes one of its problems.
pub fn match_row(staged: &mut StagedRow, known: &impl Known) -> Result<Matched> {
    let Some(person) = &staged.incoming else { return Ok(Matched::only(Outcome::Rejected)) };
    if staged.is_rejected() {
        let damaged =
            staged.problems.iter().filter(|p| p.weight == Weight::Rejects).all(|p| p.code == "id_precision_lost");
        return if damaged { damaged_row(person, known) } else { Ok(Matched::only(Outcome::Rejected)) };
    }
    if staged.is_repeated() {
        return Ok(Matched::only(Outcome::Repeated));
    }
    let (matched, problem) = match person.id {
        Some(id) => with_id(person, id, known)?,
        None => (without_id(person, known)?, None),
    };
    staged.problems.extend(problem);
    let gone = matched.candidates.iter().any(|c| c.resident.standing != Standing::Present);
    if gone && matched.outcome != Outcome::Rejected {
        let message = Message::new("known-not-present");
        staged.problems.push(Problem {
            code: "known_not_present",
            column: "".into(),
            message,
            weight: Weight::Warning,
        });
    }
    Ok(matched)
}

/// A number that lost its last digits: somebody known explains it, if exactly one has the name and those digits.
fn damaged_row(person: &Incoming, known: &impl Known) -> Result<Matched> {
    let Some(prefix) = person.damaged_id else { return Ok(Matched::only(Outcome::Rejected)) };
    let mut fitting = known.by_name(person.name.as_str())?;
    fitting.retain(|resident| resident.id.is_some_and(|id| id.prefix15() == prefix));
    match <[KnownResident; 1]>::try_from(fitting) {
        Ok([resident]) => {
            // Sex and birth of the row are only what was written beside a damaged number; the known number decides.
            let person = Incoming { sex: None, born: None, ..person.clone() };
            Ok(Matched { outcome: Outcome::Close, candidates: vec![candidate(&person, resident)] })
        }
        Err(_) => Ok(Matched::only(Outcome::Rejected)),
    }
}

fn with_id(person: &Incoming, id: IdNumber, known: &impl Known) -> Result<(Matched, Option<Problem>)> {
    if let Some(resident) = known.by_id(&id)? {
        if resident.name != person.name.as_str() {
            let message = Message::new("id-known-as").text("name", resident.name.clone());
            let problem = Problem { code: "id_conflict", column: "".into(), message, weight: Weight::Rejects };
            return Ok((Matched::only(Outcome::Rejected), Some(problem)));
        }
        let candidate = candidate(person, resident);
        let nothing_new = candidate.fills.is_empty() && candidate.differences.is_empty();
        let outcome = if nothing_new { Outcome::Same } else { Outcome::Changed };
        return Ok((Matched { outcome, candidates: vec![candidate] }, None));
    }
    let mut like = known.by_name(person.name.as_str())?;
    like.retain(|resident| resident.id.is_none() && may_be(person, resident));
    Ok((close_or_new(person, like), None))
}

fn without_id(person: &Incoming, known: &impl Known) -> Result<Matched> {
    let mut like = known.by_name(person.name.as_str())?;
    like.retain(|resident| may_be(person, resident));
    if let [one] = like.as_slice()
        && (one.id.is_none() || person.born.is_some_and(|born| Some(born) == one.born))
    {
        let found = candidate(person, one.clone());
        let told = person.born.is_some() || !person.phone.is_empty() || person.group.is_some();
        // Read again, a row without a number is nobody new.
        if told && found.fills.is_empty() && found.differences.is_empty() {
            return Ok(Matched { outcome: Outcome::Same, candidates: vec![found] });
        }
    }
    Ok(close_or_new(person, like))
}

fn close_or_new(person: &Incoming, like: Vec<KnownResident>) -> Matched {
    if like.is_empty() {
        return Matched::only(Outcome::New);
    }
    let candidates = like.into_iter().map(|resident| candidate(person, resident)).collect();
    Matched { outcome: Outcome::Close, candidates }
}

/// Whether somebody of the same name may be the same: nothing contradicts, and birth, phone or group speak for it.
fn may_be(person: &Incoming, resident: &KnownResident) -> bool {
    let contradicts = matches!((person.sex, resident.sex), (Some(a), Some(b)) if a != b);
    let born = match (person.born, resident.born) {
        (Some(a), Some(b)) => Some(a.agrees_with(b)),
        _ => None,
    };
    let phone = !person.phone.is_empty() && *person.phone == *resident.phone;
    let group = person.group.as_deref().is_some_and(|group| !group.is_empty() && group == resident.group);
    let says_little = person.born.is_none() && person.phone.is_empty() && person.group.is_none();
    !contradicts && (born == Some(true) || (born.is_none() && (phone || group || says_little)))
}

/// Compares field by field what the row says with what is known.
pub fn candidate(person: &Incoming, resident: KnownResident) -> Candidate {
    let mut found = Candidate { resident, fills: Vec::new(), differences: Vec::new() };
    let known = found.resident.clone();
    let text = |text: &str| Message::new("import-value").text("value", text);
    found.compare(Field::Phone, &person.phone, &known.phone, text);
    if let Some(group) = &person.group {
        found.compare(Field::Group, group, &known.group, text);
    }
    if let Some(household) = &person.household {
        found.compare(Field::HouseholdNumber, household, &known.household, text);
    }
    if known.sorted == Sorted::No && person.house > 0 && person.household.is_none() {
        found.fills.push(Difference {
            field: Field::HouseholdNumber,
            known: Message::new("import-nothing"),
            incoming: text(person.head.as_deref().unwrap_or_default()),
        });
    }
    // A group's 未分户 has no address: only a household can be given one, theirs or the one they move to.
    if known.sorted == Sorted::Yes || found.fills.iter().any(|fill| fill.field == Field::HouseholdNumber) {
        found.compare(Field::Address, &person.address, &known.address, text);
    }
    let relation = |relation: Relation| relation.message();
    found.compare_value(Field::Relation, person.relation, Relation::from_code(known.relation), relation);
    found.compare_value(Field::Residency, person.residency, known.residency, |residency| residency.message());
    found.compare_value(Field::Sex, person.sex, known.sex, |sex| sex.message());
    let born = |born: PartialDate| Message::new("import-value").text("value", born.to_string());
    let finer =
        |new: PartialDate, old: PartialDate| new.agrees_with(old) && new.to_string().len() <= old.to_string().len();
    if !matches!((person.born, known.born), (Some(new), Some(old)) if finer(new, old)) {
        found.compare_value(Field::Born, person.born, known.born, born);
    }
    let id = |id: IdNumber| Message::new("import-value").text("value", id.masked());
    found.compare_value(Field::IdNumber, person.id, known.id, id);
    found
}

impl Candidate {
    fn compare(&mut self, field: Field, new: &str, old: &str, say: impl Fn(&str) -> Message) {
        let known = |text: &str| (!text.is_empty()).then(|| Arc::<str>::from(text));
        self.compare_value(field, known(new), known(old), |text| say(&text));
    }

    fn compare_value<T: PartialEq>(
        &mut self,
        field: Field,
        new: Option<T>,
        old: Option<T>,
        say: impl Fn(T) -> Message,
    ) {
        match (new, old) {
            (Some(new), None) => {
                self.fills.push(Difference { field, known: Message::new("import-nothing"), incoming: say(new) });
            }
            (Some(new), Some(old)) if new != old => {
                self.differences.push(Difference { field, known: say(old), incoming: say(new) });
            }
            _ => {}
        }
    }
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;

//! Somebody known in two villages: shown side by side, judged once, remembered for next month. A link and never a fusion:
//! each village keeps its own, and where names are counted, the person is counted once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::resident::worded;
use crate::ledger::Ledger;
use crate::ledger::command::{Command, Done, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::store::transact::Tx;
use crate::ledger::store::twins as store;
use crate::ledger::view::View;

/// A person as a village's file names them.
#[derive(Clone, PartialEq, Eq)]
pub struct NamedThere {
    /// The village's code and the uid that the village gave, joined: what a verdict remembers.
    pub key: String,
    /// The village's name.
    pub village: String,
    /// The name, as the profile shows it.
    pub name: String,
    /// The id number, as the profile shows it.
    pub id_number: String,
    /// The birth, as the profile shows it.
    pub born: String,
}

/// Without name and number.
impl std::fmt::Debug for NamedThere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NamedThere({})", self.key)
    }
}

/// Why two seem to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same whole id number.
    Number,
    /// The same name and the same last four characters of the number.
    NameAndTail,
}
worded!(Likeness, "twin-likeness" { Number => "number", NameAndTail => "name_and_tail" });

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One person: has moved, or is known in both.
    Same,
    /// Two people.
    Different,
}
worded!(Verdict, "twin-verdict" { Same => "same", Different => "different" });

/// Two who seem to be one.
#[derive(Clone, Debug)]
pub struct Twin {
    /// The one.
    pub one: NamedThere,
    /// The other, of another village.
    pub other: NamedThere,
    /// Why.
    pub likeness: Likeness,
    /// What was decided; none while nobody has.
    pub verdict: Option<Verdict>,
}

impl View {
    /// Everybody who seems to be known in two villages, what is undecided first. The rule: the same whole id number, or where
    /// numbers are masked the same name with the same last four characters; a masked name is none.
    pub fn twins(&self) -> Result<Vec<Twin>> {
        let verdicts = store::verdicts(self.conn())?;
        let mut alike: BTreeMap<(Likeness, String), BTreeMap<String, NamedThere>> = BTreeMap::new();
        for person in store::named(self.conn())? {
            if let Some(key) = likeness(&person) {
                alike.entry(key).or_default().insert(person.key.clone(), person);
            }
        }
        let mut found = Vec::new();
        for ((likeness, _), people) in alike {
            let people: Vec<NamedThere> = people.into_values().collect();
            for (at, one) in people.iter().enumerate() {
                for other in people[at + 1..].iter().filter(|other| village_of(&other.key) != village_of(&one.key)) {
                    let verdict = verdicts.get(&(one.key.clone(), other.key.clone())).copied();
                    found.push(Twin { one: one.clone(), other: other.clone(), likeness, verdict });
                }
            }
        }
        found.sort_by_key(|twin| (twin.verdict.is_some(), twin.likeness));
        Ok(found)
    }

    /// How many different persons the applications to each programme name: who was judged to be one in two villages, or has
    /// the same whole id number in both, is counted once.
    pub fn different_applicants(&self) -> Result<BTreeMap<String, usize>> {
        let mut one_of = OneOf::default();
        for twin in self.twins()? {
            let is_one = match twin.verdict {
                Some(verdict) => verdict == Verdict::Same,
                None => twin.likeness == Likeness::Number,
            };
            if is_one {
                one_of.join(&twin.one.key, &twin.other.key);
            }
        }
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (programme, key) in store::applicants(self.conn())? {
            found.entry(programme).or_default().insert(one_of.first(&key));
        }
        Ok(found.into_iter().map(|(programme, people)| (programme, people.len())).collect())
    }
}

/// Who is one person with whom, over as many villages as there are.
#[derive(Default)]
struct OneOf(BTreeMap<String, String>);

impl OneOf {
    /// The name under which somebody is counted.
    fn first(&self, key: &str) -> String {
        let mut at = key;
        while let Some(next) = self.0.get(at) {
            at = next;
        }
        at.to_owned()
    }

    fn join(&mut self, one: &str, other: &str) {
        let (one, other) = (self.first(one), self.first(other));
        if one != other {
            self.0.insert(one.clone().max(other.clone()), one.min(other));
        }
    }
}

fn village_of(key: &str) -> &str {
    key.split_once('|').map_or(key, |(village, _)| village)
}

/// By what somebody is held against others; none where there is too little.
fn likeness(person: &NamedThere) -> Option<(Likeness, String)> {
    if person.id_number.len() >= 15 && !person.id_number.contains('*') {
        return Some((Likeness::Number, person.id_number.clone()));
    }
    let tail = person.id_number.strip_prefix("****").filter(|tail| tail.len() == 4)?;
    let is_whole = !person.name.is_empty() && !person.name.contains('*');
    is_whole.then(|| (Likeness::NameAndTail, format!("{}|{tail}", person.name)))
}

/// Remembers whether two are one person, whichever is named first.
pub(in crate::ledger) fn judge(tx: &Tx<'_>, (one, other): (&str, &str), verdict: Verdict, on: NaiveDate) -> Result<()> {
    let (one, other) = if one < other { (one, other) } else { (other, one) };
    if village_of(one) == village_of(other) || !one.contains('|') || !other.contains('|') {
        return Err(LedgerError::refused("error-twin-one"));
    }
    store::judge(tx, (one, other), verdict, on)
}

impl Ledger {
    /// Remembers whether two are one person.
    ///
    /// # Errors
    /// `error-twin-one` where they are not two of two villages.
    pub fn judge_twin(&mut self, one: &str, other: &str, verdict: Verdict, stamp: &Stamp) -> Result<Done> {
        let (one, other) = (one.to_owned(), other.to_owned());
        self.run(&Command::JudgeTwin { one, other, verdict, on: stamp.today }, stamp)
    }
}

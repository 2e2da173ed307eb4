//! Everybody who is compared, packed: a county's people in some 100 MB. Moves nothing and decides nothing.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::Datelike as _;

use crate::domain::duplicate::Person;
use crate::domain::partial_date::PartialDate;
use crate::domain::resident::Sex;

/// Texts that many share, each kept once. Number 0 is the empty text.
struct Texts {
    known: HashMap<Arc<str>, u32>,
    all: Vec<Arc<str>>,
}

impl Texts {
    fn new() -> Self {
        let empty: Arc<str> = "".into();
        Self { known: HashMap::from([(empty.clone(), 0)]), all: vec![empty] }
    }

    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        let (number, text) = (self.all.len() as u32, Arc::<str>::from(text));
        self.known.insert(text.clone(), number);
        self.all.push(text);
        number
    }
}

/// One record.
struct Entry {
    key: i64,
    name: u32,
    phone: u32,
    household: i64,
    group: i64,
    born: Option<PartialDate>,
    sex: Option<Sex>,
    relation: u8,
    digits: u8,
    id_number: [u8; 18],
}

/// Everybody.
pub(super) struct Crowd {
    entries: Vec<Entry>,
    names: Texts,
    phones: Texts,
    /// For each name, where its bearers begin in `bearers`; one more at the end.
    starts: Vec<u32>,
    bearers: Vec<u32>,
}

/// The place of a record in the crowd.
pub(super) type At = u32;

impl Crowd {
    pub(super) fn new() -> Self {
        Self { entries: Vec::new(), names: Texts::new(), phones: Texts::new(), starts: Vec::new(), bearers: Vec::new() }
    }

    pub(super) fn add(&mut self, key: i64, person: &Person<'_>) {
        let mut id_number = [0; 18];
        let bytes = person.id_number.as_bytes();
        let digits = bytes.len().min(18);
        id_number[..digits].copy_from_slice(&bytes[..digits]);
        self.entries.push(Entry {
            key,
            name: self.names.number(person.name),
            phone: self.phones.number(person.phone),
            household: person.household,
            group: person.group,
            born: person.born,
            sex: person.sex,
            relation: person.relation,
            digits: digits as u8,
            id_number,
        });
    }

    /// Once all are there: who bears which name.
    pub(super) fn settle(&mut self) {
        let mut by_name: Vec<(u32, At)> = self.all().map(|at| (self.entry(at).name, at)).collect();
        by_name.sort_unstable();
        self.starts = vec![0; self.names.all.len() + 1];
        for (name, _) in &by_name {
            self.starts[*name as usize + 1] += 1;
        }
        for name in 1..self.starts.len() {
            self.starts[name] += self.starts[name - 1];
        }
        self.bearers = by_name.into_iter().map(|(_, at)| at).collect();
    }

    pub(super) fn all(&self) -> impl Iterator<Item = At> + use<> {
        0..self.entries.len() as At
    }

    fn entry(&self, at: At) -> &Entry {
        &self.entries[at as usize]
    }

    /// As it is compared.
    pub(super) fn person(&self, at: At) -> Person<'_> {
        let entry = self.entry(at);
        Person {
            name: &self.names.all[entry.name as usize],
            id_number: self.id_number(at),
            sex: entry.sex,
            born: entry.born,
            relation: entry.relation,
            household: entry.household,
            group: entry.group,
            phone: &self.phones.all[entry.phone as usize],
        }
    }

    /// The key of the row.
    pub(super) fn key(&self, at: At) -> i64 {
        self.entry(at).key
    }

    /// The id number, or an empty text.
    pub(super) fn id_number(&self, at: At) -> &str {
        let entry = self.entry(at);
        std::str::from_utf8(&entry.id_number[..entry.digits as usize]).unwrap_or_default()
    }

    /// The 17 digits before the check character as one number, those of an old number with its century.
    pub(super) fn number(&self, at: At) -> Option<u64> {
        let text = self.id_number(at);
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        match text.len() {
            18 => digits(text.get(..17)?),
            15 => Some(digits(text.get(..6)?)? * 10u64.pow(11) + 19 * 10u64.pow(9) + digits(text.get(6..)?)?),
            _ => None,
        }
    }

    pub(super) fn household(&self, at: At) -> i64 {
        self.entry(at).household
    }

    /// The phone's number among phones; 0 for none.
    pub(super) fn phone(&self, at: At) -> u32 {
        self.entry(at).phone
    }

    pub(super) fn name(&self, at: At) -> u32 {
        self.entry(at).name
    }

    /// The day of birth so that month and day turned round give the same; none where the day is not known.
    pub(super) fn day_either_way(&self, at: At) -> Option<(i32, u32, u32)> {
        let day = self.entry(at).born?.day()?;
        Some((day.year(), day.month().min(day.day()), day.month().max(day.day())))
    }

    /// What large blocks are sorted by: the earliest day of birth.
    pub(super) fn born_on(&self, at: At) -> i32 {
        self.entry(at).born.map_or(i32::MAX, |born| born.earliest().num_days_from_ce())
    }

    /// The names, each with those who bear it.
    pub(super) fn names(&self) -> impl Iterator<Item = (u32, &str)> {
        self.names.all.iter().enumerate().skip(1).map(|(number, name)| (number as u32, &**name))
    }

    /// The number of a name that somebody bears.
    pub(super) fn named(&self, name: &str) -> Option<u32> {
        self.names.known.get(name).copied()
    }

    /// Who bears a name.
    pub(super) fn bearers(&self, name: u32) -> &[At] {
        let at = |name: usize| self.starts.get(name).map_or(0, |start| *start as usize);
        &self.bearers[at(name as usize)..at(name as usize + 1)]
    }
}

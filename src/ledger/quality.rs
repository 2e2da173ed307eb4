//! The data-quality list (资料核对): what [`crate::domain::quality`] finds in everybody who is present, by one walk; and
//! the command that mends what one click can mend. And the people by age and sex, as numbers.

use chrono::NaiveDate;

use crate::domain::id_card::IdNumber;
use crate::domain::programme::{Bilingual, Programme};
use crate::domain::pyramid::Pyramid;
use crate::domain::quality::{self, Finding, Kind, Known, Mend, Person, Place, Services};
use crate::domain::resident::Facts;
use crate::ledger::command::{Command, ResidentEdit};
use crate::ledger::error::Result;
use crate::ledger::store;
use crate::ledger::view::View;
use crate::ledger::village::group_order;

/// Somebody present, as far as the list looks.
#[derive(Clone)]
pub(in crate::ledger) struct Member {
    pub(in crate::ledger) uid: String,
    pub(in crate::ledger) name: String,
    pub(in crate::ledger) id_number: String,
    pub(in crate::ledger) relation: u8,
    pub(in crate::ledger) phone: String,
    pub(in crate::ledger) known_on: NaiveDate,
    pub(in crate::ledger) facts: Facts,
    pub(in crate::ledger) services: Services,
    pub(in crate::ledger) household: String,
    pub(in crate::ledger) number: String,
    pub(in crate::ledger) is_sorted: bool,
    pub(in crate::ledger) group: String,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A resident.
    Resident,
    /// A household.
    Household,
    /// A group: its uid and name.
    Group,
    /// A programme, by its id.
    Programme,
}

/// One row of the list.
#[derive(Clone, PartialEq, Eq)]
pub struct FindingRow {
    /// What was found.
    pub kind: Kind,
    /// What it is about.
    pub about: About,
    /// Uid of the resident, household or group; a programme's id.
    pub uid: String,
    /// The person's name; of a household that of the head or first member; empty for groups and programmes.
    pub name: String,
    /// Bare name of the group; empty where unknown.
    pub group: String,
    /// The person's id number where it decides birth and sex; else empty.
    pub id_number: String,
    /// The household's number, or empty.
    pub household: String,
    /// The household's uid, or empty.
    pub household_uid: String,
    /// What the programme is called, where it is about one.
    pub programme: Option<Bilingual>,
    /// How it is mended.
    pub mend: Mend,
}

/// Without the name: rows may be logged.
impl std::fmt::Debug for FindingRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FindingRow({} {})", self.kind.as_str(), self.uid)
    }
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// How many there are of each kind, in the order of severity; kinds of which there is none are left out.
    pub counts: Vec<(Kind, usize)>,
    /// The names behind them: by kind, then group by group.
    pub rows: Vec<FindingRow>,
}

impl Quality {
    /// How many there are but for who is to be looked at once a year: that list is the village's own, and would be a
    /// figure for asking people more often than is needed.
    pub fn to_mend(&self) -> usize {
        self.rows.iter().filter(|row| row.kind != Kind::LongAgo).count()
    }
}

impl View {
    /// What is missing, contradictory or doubtful about the people who are present and their households.
    pub fn quality(&self, today: NaiveDate) -> Result<Quality> {
        let in_force = self.in_force()?;
        let programmes: Vec<&Programme> = in_force.iter().map(AsRef::as_ref).collect();
        let (mut home, mut rows): (Vec<Member>, Vec<FindingRow>) = Default::default();
        store::quality::each(self.conn(), &self.sources()?, |member| {
            if home.last().is_some_and(|last| last.household != member.household) {
                of_home(&home, &programmes, today, &mut rows);
                home.clear();
            }
            home.push(member);
            Ok(())
        })?;
        of_home(&home, &programmes, today, &mut rows);
        self.of_village(today, &mut rows)?;
        rows.sort_by_cached_key(|row| {
            (row.kind.severity(), row.kind, group_order(&row.group), group_order(&row.household), row.uid.clone())
        });
        let mut counts: Vec<(Kind, usize)> = Vec::new();
        for row in &rows {
            match counts.last_mut().filter(|(kind, _)| *kind == row.kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((row.kind, 1)),
            }
        }
        Ok(Quality { counts, rows })
    }

    /// Groups that nobody looks after, programmes whose local values are missing.
    fn of_village(&self, today: NaiveDate, rows: &mut Vec<FindingRow>) -> Result<()> {
        let row = |kind, about, uid: &str, group: &str, mend| FindingRow {
            kind,
            about,
            uid: uid.to_owned(),
            name: String::new(),
            group: group.to_owned(),
            id_number: String::new(),
            household: String::new(),
            household_uid: String::new(),
            programme: None,
            mend,
        };
        for group in self.groups()? {
            if group.residents > 0 && group.contact.is_empty() && !group.name.is_empty() {
                rows.push(row(Kind::NoContact, About::Group, &group.uid, &group.name, Mend::Contact));
            }
        }
        let standards = self.local_standards()?;
        for programme in self.in_force()? {
            if programme.is_in_force(today) && programme.missing(&standards).next().is_some() {
                let unset = row(Kind::NoStandard, About::Programme, &programme.id, "", Mend::Standards);
                rows.push(FindingRow { programme: Some(programme.names.clone()), ..unset });
            }
        }
        Ok(())
    }

    /// The people who live here by age and sex. Who withdrew lives here too, and is a number like everybody.
    pub fn pyramid(&self, today: NaiveDate) -> Result<Pyramid> {
        let mut pyramid = Pyramid::default();
        store::quality::ages(self.conn(), |born, sex| pyramid.add(born, sex, today))?;
        Ok(pyramid)
    }
}

fn of_home(home: &[Member], programmes: &[&Programme], today: NaiveDate, rows: &mut Vec<FindingRow>) {
    let Some(first) = home.first() else { return };
    let group = Known::of(&first.group);
    let place = match first.is_sorted {
        true => Place::Household { numbered: Known::of(&first.number), group },
        false => Place::Unsorted { group },
    };
    let members: Vec<Person<'_>> = home.iter().map(Member::person).collect();
    let found = quality::check(place, &members, programmes, today);
    rows.extend(found.into_iter().map(|found| row(found, home, first)));
}

fn row(found: Finding, home: &[Member], first: &Member) -> FindingRow {
    let member = found.member.and_then(|at| home.get(at));
    FindingRow {
        kind: found.kind,
        about: if member.is_some() { About::Resident } else { About::Household },
        uid: member.map_or(&first.household, |member| &member.uid).clone(),
        name: member.unwrap_or(first).name.clone(),
        group: first.group.clone(),
        id_number: match member {
            Some(member) if found.mend == Mend::ByIdNumber => member.id_number.clone(),
            _ => String::new(),
        },
        household: first.number.clone(),
        household_uid: first.household.clone(),
        programme: None,
        mend: found.mend,
    }
}

impl Member {
    fn person(&self) -> Person<'_> {
        Person {
            id_number: &self.id_number,
            relation: self.relation,
            phone: &self.phone,
            known_on: self.known_on,
            facts: &self.facts,
            services: self.services,
        }
    }
}

/// The command that one click runs: birth and sex as the id number says; none where there is no sound number.
pub fn by_id_number(resident: &str, id_number: &str, source: &str) -> Option<Command> {
    let id = IdNumber::from_stored(id_number)?;
    let edit = Box::new(ResidentEdit { id_number: Some(Some(id)), ..ResidentEdit::default() });
    Some(Command::EditResident { resident: resident.to_owned(), edit, source: source.to_owned() })
}

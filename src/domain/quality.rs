//! What is missing, contradictory or doubtful in a ledger, and how it is mended: pure checks of one person, one
//! household. Nothing of the product's never-list is asked for, and nobody is judged by it: severity is only an order.

use chrono::{Months, NaiveDate};

use crate::domain::fact::{FactKind, FactValue};
use crate::domain::id_card::{IdNumber, half_width};
use crate::domain::partial_date::{PartialDate, age_on, turns};
use crate::domain::programme::Programme;
use crate::domain::resident::{Facts, Field, Sex, SourceId, Sourced, worded};
use crate::domain::rule::{Holds, holds};

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The id number has a wrong check character.
    IdUnsound,
    /// The birth is not that of the id number.
    BornAgainstId,
    /// The sex is not that of the id number.
    SexAgainstId,
    /// A day lies in the future.
    InFuture,
    /// Two heads in one household.
    TwoHeads,
    /// The relation to the head cannot be, by the ages.
    RelationAgainstAge,
    /// The relation to the head cannot be, by the sex.
    RelationAgainstSex,
    /// No id number.
    NoId,
    /// Birth unknown.
    BornMissing,
    /// Only the year or the month of birth is known.
    BornPartial,
    /// Sex unknown.
    SexMissing,
    /// Whether the person lives here is unknown.
    ResidencyMissing,
    /// Where the household registration is decides a programme and is unknown.
    RegisteredMissing,
    /// The kind of household registration decides a programme and is unknown.
    RegistrationMissing,
    /// No group.
    NoGroup,
    /// The household is not known (未分户).
    Unsorted,
    /// A household without a head.
    NoHead,
    /// A household without a number.
    NoNumber,
    /// A household in which nobody has a phone.
    NoPhone,
    /// A group that nobody looks after.
    NoContact,
    /// What the county sets for a programme was not entered.
    NoStandard,
    /// The phone is none: too short or too long.
    PhoneUnsound,
    /// Older than 115.
    TooOld,
    /// Not looked at for a year.
    LongAgo,
}
worded!(Kind, "quality" {
    IdUnsound => "id-unsound", BornAgainstId => "born-against-id", SexAgainstId => "sex-against-id",
    InFuture => "in-future", TwoHeads => "two-heads", RelationAgainstAge => "relation-against-age",
    RelationAgainstSex => "relation-against-sex", NoId => "no-id", BornMissing => "born-missing",
    BornPartial => "born-partial", SexMissing => "sex-missing", ResidencyMissing => "residency-missing",
    RegisteredMissing => "registered-missing", RegistrationMissing => "registration-missing", NoGroup => "no-group",
    Unsorted => "unsorted", NoHead => "no-head", NoNumber => "no-number", NoPhone => "no-phone",
    NoContact => "no-contact", NoStandard => "no-standard", PhoneUnsound => "phone-unsound", TooOld => "too-old",
    LongAgo => "long-ago",
});

/// In what order findings are shown; never a mark of anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Two things cannot both be true.
    Contradictory,
    /// Something is not there.
    Missing,
    /// Something may be out of date or mistyped.
    Doubtful,
}
worded!(Severity, "severity" { Contradictory => "contradictory", Missing => "missing", Doubtful => "doubtful" });

/// How a finding is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mend {
    /// One click: birth and sex as the id number says.
    ByIdNumber,
    /// The person's form, at this field.
    Person(Field),
    /// The person's page, where this fact is noted.
    Fact(FactKind),
    /// The person is moved to a household.
    Move,
    /// The household's form, at this field.
    Household(Field),
    /// Who is the head of the household is said.
    Head,
    /// Who looks after the group is said.
    Contact,
    /// What the county set is entered.
    Standards,
}

impl Mend {
    /// The word written in JSON; its key of assets/words is `mend-` and this.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ByIdNumber => "by-id-number",
            Self::Person(Field::IdNumber) => "person-id-number",
            Self::Person(Field::Born) => "person-born",
            Self::Person(Field::Sex) => "person-sex",
            Self::Person(Field::Relation) => "person-relation",
            Self::Person(Field::Phone) => "person-phone",
            Self::Person(Field::Residency) => "person-residency",
            Self::Person(_) => "person",
            Self::Fact(_) => "fact",
            Self::Move => "move",
            Self::Household(_) => "household",
            Self::Head => "head",
            Self::Contact => "contact",
            Self::Standards => "standards",
        }
    }
}

impl Kind {
    /// In what order it is shown.
    pub fn severity(self) -> Severity {
        match self {
            Self::PhoneUnsound | Self::TooOld | Self::LongAgo => Severity::Doubtful,
            kind if kind < Self::NoId => Severity::Contradictory,
            _ => Severity::Missing,
        }
    }
}

/// Whether somebody wants to be kept for services: who does not is not asked for anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Services {
    /// Nothing was withdrawn.
    Kept,
    /// The services were withdrawn: only what contradicts itself is found.
    Withdrawn,
}

/// What is known of somebody who is present.
#[derive(Clone, Copy)]
pub struct Person<'a> {
    /// Id number as stored, or empty.
    pub id_number: &'a str,
    /// Code of the relation to the head; 0 unknown.
    pub relation: u8,
    /// Phone as given.
    pub phone: &'a str,
    /// The day this ledger first knew the person.
    pub known_on: NaiveDate,
    /// Birth, sex, standing and what is known besides.
    pub facts: &'a Facts,
    /// Whether services were withdrawn.
    pub services: Services,
}

/// Where people live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A household, with or without a number, in a group or none.
    Household {
        /// Whether it has a number.
        numbered: Known,
        /// Whether its group is known.
        group: Known,
    },
    /// 未分户 of a group, or of no group.
    Unsorted {
        /// Whether the group is known.
        group: Known,
    },
}

/// Whether something is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It is.
    Yes,
    /// It is not.
    No,
}

impl Known {
    /// Of a text that is empty where it is not known.
    pub fn of(text: &str) -> Self {
        if text.is_empty() { Self::No } else { Self::Yes }
    }
}

/// A finding: about one member, or about the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub kind: Kind,
    /// The member's place in what was given; none for the household.
    pub member: Option<usize>,
    /// How it is mended.
    pub mend: Mend,
}

const OLDEST: i32 = 115;
const HEAD: u8 = 2;
/// The least years between a parent and a child.
const GENERATION: i32 = 12;
/// After so many months without any word, what is known is looked at again: once a year. Source: PIPL art. 8; domain.md §6.
const LONG_AGO: Months = Months::new(12);

/// Everything found about the people who are present in one household, the household's own first.
pub fn check(place: Place, members: &[Person<'_>], programmes: &[&Programme], today: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    of_household(place, members, &mut found);
    let heads: Vec<&Person<'_>> = members.iter().filter(|member| member.relation == HEAD).collect();
    for (at, member) in members.iter().enumerate() {
        let mut note = |kind, mend| found.push(Finding { kind, member: Some(at), mend });
        contradictions(member, today, &mut note);
        if let [head] = heads.as_slice() {
            against_head(member, head, &mut note);
        }
        if member.services == Services::Kept {
            missing(member, (programmes, today), &mut note);
            doubtful(member, today, &mut note);
        }
    }
    found
}

fn of_household(place: Place, members: &[Person<'_>], found: &mut Vec<Finding>) {
    let mut note = |kind, member, mend| found.push(Finding { kind, member, mend });
    let kept = |member: &&Person<'_>| member.services == Services::Kept;
    match place {
        _ if members.is_empty() => {}
        Place::Unsorted { group } => {
            for (at, member) in members.iter().enumerate().filter(|(_, member)| kept(member)) {
                let kind = if group == Known::No { Kind::NoGroup } else { Kind::Unsorted };
                note(kind, Some(at), Mend::Move);
                if member.phone.trim().is_empty() {
                    note(Kind::NoPhone, Some(at), Mend::Person(Field::Phone));
                }
            }
        }
        Place::Household { numbered, group } => {
            match members.iter().filter(|member| member.relation == HEAD).count() {
                0 => note(Kind::NoHead, None, Mend::Head),
                1 => {}
                _ => note(Kind::TwoHeads, None, Mend::Head),
            }
            if group == Known::No {
                note(Kind::NoGroup, None, Mend::Household(Field::Group));
            }
            if numbered == Known::No {
                note(Kind::NoNumber, None, Mend::Household(Field::HouseholdNumber));
            }
            let silent = members.iter().all(|member| member.phone.trim().is_empty());
            if let Some(first) = members.iter().position(|member| kept(&member)).filter(|_| silent) {
                note(Kind::NoPhone, Some(first), Mend::Person(Field::Phone));
            }
        }
    }
}

fn contradictions(person: &Person<'_>, today: NaiveDate, note: &mut impl FnMut(Kind, Mend)) {
    let born = person.facts.born.map(|born| born.value);
    match IdNumber::from_stored(person.id_number) {
        None if !person.id_number.is_empty() => note(Kind::IdUnsound, Mend::Person(Field::IdNumber)),
        None => {}
        Some(id) => {
            if id.born().is_some_and(|day| born.is_some_and(|born| !born.agrees_with(PartialDate::Day(day)))) {
                note(Kind::BornAgainstId, Mend::ByIdNumber);
            }
            let sex = person.facts.sex.map(|sex| sex.value);
            if id.sex().is_some_and(|by_id| sex.is_some_and(|sex| sex != by_id)) {
                note(Kind::SexAgainstId, Mend::ByIdNumber);
            }
        }
    }
    if born.is_some_and(|born| born.earliest() > today) {
        note(Kind::InFuture, Mend::Person(Field::Born));
    } else if person.facts.standing.on > today || person.known_on > today {
        note(Kind::InFuture, Mend::Person(Field::Name));
    } else if let Some(fact) = person.facts.known.iter().find(|fact| fact.on > today) {
        note(Kind::InFuture, of_fact(fact.value.kind));
    }
}

fn of_fact(kind: FactKind) -> Mend {
    if kind == FactKind::Residency { Mend::Person(Field::Residency) } else { Mend::Fact(kind) }
}

fn missing(person: &Person<'_>, (all, today): (&[&Programme], NaiveDate), note: &mut impl FnMut(Kind, Mend)) {
    let id = IdNumber::from_stored(person.id_number);
    if person.id_number.is_empty() {
        note(Kind::NoId, Mend::Person(Field::IdNumber));
    }
    let mend = |field, by_id: bool| if by_id { Mend::ByIdNumber } else { Mend::Person(field) };
    let has_born = id.is_some_and(|id| id.born().is_some());
    match person.facts.born.map(|born| born.value) {
        None => note(Kind::BornMissing, mend(Field::Born, has_born)),
        Some(PartialDate::Day(_)) => {}
        Some(_) => note(Kind::BornPartial, mend(Field::Born, has_born)),
    }
    if person.facts.sex.is_none() {
        note(Kind::SexMissing, mend(Field::Sex, id.is_some_and(|id| id.sex().is_some())));
    }
    if person.facts.residency().is_none() {
        note(Kind::ResidencyMissing, Mend::Person(Field::Residency));
    }
    for (fact, kind) in
        [(FactKind::Registered, Kind::RegisteredMissing), (FactKind::Registration, Kind::RegistrationMissing)]
    {
        if person.facts.known.get(fact).is_none() && decides(fact, person.facts, all, today) {
            note(kind, Mend::Fact(fact));
        }
    }
}

/// Whether a programme waits for this fact: some value of it would settle an answer that is open.
fn decides(kind: FactKind, facts: &Facts, programmes: &[&Programme], today: NaiveDate) -> bool {
    programmes.iter().any(|programme| {
        let is_open = holds(programme, facts, today) == Holds::Unknown && programme.is_worth_asking(facts, today);
        is_open
            && kind.values().iter().filter_map(|(word, _)| FactValue::from_word(kind, word)).any(|value| {
                let mut told = *facts;
                told.known.set(Sourced { value, source: SourceId(0), on: today });
                holds(programme, &told, today) != Holds::Unknown
            })
    })
}

fn doubtful(person: &Person<'_>, today: NaiveDate, note: &mut impl FnMut(Kind, Mend)) {
    if !person.phone.trim().is_empty() && !is_phone(person.phone) {
        note(Kind::PhoneUnsound, Mend::Person(Field::Phone));
    }
    let facts = person.facts;
    if facts.born.is_some_and(|born| age_on(born.value.latest(), today) > OLDEST) {
        note(Kind::TooOld, Mend::Person(Field::Born));
    }
    let last = last_checked(person.known_on, facts);
    if last.checked_add_months(LONG_AGO).is_some_and(|until| until < today) {
        note(Kind::LongAgo, Mend::Person(Field::Residency));
    }
}

/// The last day of which anything that is known of somebody is true (核对日期): said, read in a roster, or confirmed. That
/// they were told of something is no look at their record.
pub fn last_checked(known_on: NaiveDate, facts: &Facts) -> NaiveDate {
    let heard = [Some(facts.standing.on), facts.born.map(|b| b.on), facts.sex.map(|s| s.on)];
    heard.into_iter().flatten().chain(facts.known.iter().map(|fact| fact.on)).fold(known_on, NaiveDate::max)
}

/// Whether one of the numbers written can be a phone in China: a mobile's 11 digits, a landline with or without its
/// area code.
pub fn is_phone(text: &str) -> bool {
    let text: String = text.chars().map(half_width).collect();
    text.split(['、', '/', ',', ';', '，', '；']).any(|part| {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
        let landline = |length| (7..=8).contains(&length);
        match digits.as_bytes() {
            [b'1', b'3'..=b'9', ..] if digits.len() == 11 => true,
            // 010, 02x have three digits, all others four.
            [b'0', b'1' | b'2', ..] => landline(digits.len().saturating_sub(3)),
            [b'0', ..] => landline(digits.len().saturating_sub(4)),
            _ => landline(digits.len()),
        }
    })
}

/// The sex that a relation says; none where it may be either. Source: GB/T 4761-2008.
fn sex_of(relation: u8) -> Option<Sex> {
    match relation {
        // 子女 of a roster is kept as 29: it says nothing.
        11
        | 20..=28
        | 41
        | 43
        | 46
        | 47
        | 51
        | 53
        | 55
        | 57
        | 61
        | 63
        | 66
        | 71
        | 73
        | 76
        | 78
        | 81
        | 83
        | 85
        | 87
        | 89
        | 93
        | 95 => Some(Sex::Male),
        12
        | 30..=38
        | 42
        | 44
        | 45
        | 48
        | 52
        | 54
        | 56
        | 58
        | 62
        | 64
        | 67
        | 72
        | 74
        | 75
        | 77
        | 82
        | 84
        | 86
        | 88
        | 90
        | 94
        | 96 => Some(Sex::Female),
        _ => None,
    }
}

/// By how many generations somebody is younger than the head (less than none: older); only for those by birth.
fn generations(relation: u8) -> Option<i32> {
    match relation {
        20..=26 | 29..=36 | 39 => Some(1),
        41..=44 => Some(2),
        47 | 48 => Some(3),
        51 | 52 => Some(-1),
        61..=64 => Some(-2),
        66 | 67 => Some(-3),
        _ => None,
    }
}

fn against_head(person: &Person<'_>, head: &Person<'_>, note: &mut impl FnMut(Kind, Mend)) {
    let sex = person.facts.sex.map(|sex| sex.value);
    if sex_of(person.relation).is_some_and(|said| sex.is_some_and(|sex| sex != said)) {
        note(Kind::RelationAgainstSex, Mend::Person(Field::Relation));
    }
    let born = |person: &Person<'_>| person.facts.born.map(|born| born.value);
    let (Some(own), Some(heads)) = (born(person), born(head)) else { return };
    let cannot = match (generations(person.relation), person.relation) {
        (Some(down @ 1..), _) => too_near(heads, own, down),
        (Some(up), _) => too_near(own, heads, -up),
        (None, 71 | 75) => own.earliest() > heads.latest(),
        (None, 73 | 77) => own.latest() < heads.earliest(),
        _ => false,
    };
    if cannot {
        note(Kind::RelationAgainstAge, Mend::Person(Field::Relation));
    }
}

/// Whether the elder is, at the most, not old enough to be so many generations before the younger.
fn too_near(elder: PartialDate, younger: PartialDate, generations: i32) -> bool {
    turns(elder.earliest(), GENERATION * generations).is_some_and(|grown| grown > younger.latest())
}

#[cfg(test)]
#[path = "quality_tests.rs"]
mod tests;

//! Whether two records may be one person: what speaks for it, what against, and how much. Pure; finds nobody itself.
//!
//! A point is a doubling of the odds (a logarithm to base 2 of how much likelier the observation is between two records
//! of one person than between two people of a village). Two records taken at random are one person about once in 150,000
//! times (thirty among the four and a half million pairs of a village of 3,000), so that at [`THRESHOLD`] points it is as
//! likely as not, and somebody should look.
//! Nothing but what stands in both records is compared; who is married to whom is neither known nor used.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::id_card::IdNumber;
use crate::domain::lookalike::{self, Likeness};
use crate::domain::message::{Message, Say};
use crate::domain::partial_date::PartialDate;
use crate::domain::resident::Sex;

/// From so many points a pair is shown: 2¹⁷ is about how rare a duplicate is among all pairs of a village.
pub const THRESHOLD: i32 = 17;

/// A record as it is compared. Empty texts are unknown. Holds personal data: no `Debug`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Person<'a> {
    /// Name in normal form.
    pub name: &'a str,
    /// Id number in 18 or 15 characters, or empty.
    pub id_number: &'a str,
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// Birth, where known.
    pub born: Option<PartialDate>,
    /// Relation to the head by GB/T 4761, 0 unknown.
    pub relation: u8,
    /// What tells households apart; 0 where the person has none (未分户).
    pub household: i64,
    /// What tells groups apart; 0 where unknown.
    pub group: i64,
    /// Phone as given.
    pub phone: &'a str,
}

/// How many doublings of the odds two records are worth, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The sum.
    pub points: i32,
    /// What it is made of, what weighs most first.
    pub reasons: Vec<Evidence>,
}

/// Makes the kinds of evidence with their points and the sentence why.
macro_rules! evidence {
    ($($(#[doc = $why:literal])+ $name:ident = $points:literal, $key:literal;)+) => {
        /// One thing that speaks for or against, with the reason for its weight.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Evidence {
            $($(#[doc = $why])+ $name,)+
            /// Many bear this name: each doubling of their number halves what the name says.
            NameCommon(u8),
        }

        impl Evidence {
            /// Every kind but [`Evidence::NameCommon`].
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Doublings of the odds; below zero it speaks against.
            pub fn points(self) -> i32 {
                match self {
                    $(Self::$name => $points,)+
                    Self::NameCommon(halvings) => -i32::from(halvings),
                }
            }

            fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)+
                    Self::NameCommon(_) => "duplicate-name-common",
                }
            }
        }
    };
}

evidence! {
    /// Two people of a village share a name about once in a thousand times.
    NameSame = 10, "duplicate-name-same";
    /// Registers change 龍 to 龙 and 堃 to 坤 by themselves; parents hardly give both.
    NameForm = 9, "duplicate-name-form";
    /// Every twentieth second record has one such slip; one pair of people in a thousand or so differs just so.
    NameLook = 6, "duplicate-name-look";
    /// As for slips of the eye.
    NameSound = 6, "duplicate-name-sound";
    /// Two slips in one name are rare, but chance makes such names of two people as rarely.
    NameTwoSlips = 4, "duplicate-name-two-slips";
    /// 王英秀 for 王秀英: two people hardly ever have such names.
    NameTurned = 5, "duplicate-name-turned";
    /// 王英 for 王秀英: what is used at home, or a character forgotten.
    NameLeftOut = 4, "duplicate-name-left-out";
    /// One character is another one: brothers and sisters, but also slips that no table knows.
    NameOneOther = 2, "duplicate-name-one-other";
    /// Only the surname is the same, as with half of a group.
    NameOtherGiven = -6, "duplicate-name-other-given";
    /// Another name.
    NameOther = -12, "duplicate-name-other";

    /// One number is one person.
    IdSame = 25, "duplicate-id-same";
    /// The old number of 15 digits and the new one made of it.
    IdUpgraded = 24, "duplicate-id-upgraded";
    /// Copied from a card of 15 digits, which no check character protected; between two people by chance once in 200,000 times.
    IdOneDigit = 14, "duplicate-id-one-digit";
    /// Likewise with two neighbours turned round.
    IdSwapped = 14, "duplicate-id-swapped";
    /// Only the number within the day differs, by one digit and by little: as near as a slip, or as the next child of that day.
    IdNextOfDay = 12, "duplicate-id-next-of-day";
    /// Two good numbers of one day: as a day, it speaks for one person; as numbers, for two, unless the police gave a new one.
    IdOtherOfDay = 0, "duplicate-id-other-of-day";
    /// Two good numbers that no slip explains are two people.
    IdOther = -18, "duplicate-id-other";
    /// Who was entered twice mostly lacks the number once; among others that is rare.
    IdOnlyOne = 4, "duplicate-id-only-one";
    /// Neither has one: rare among others, too.
    IdNeither = 2, "duplicate-id-neither";
    /// Born on one day, with numbers or names beside each other and not the same name: twins are far likelier than two slips at once.
    Twins = -16, "duplicate-twins";
    /// One day, one house, one name or nearly, and no twins: chance does that hardly ever.
    OneDayOneHouse = 8, "duplicate-one-day-one-house";
    /// Born on one day in one house with names that no slip explains: likelier twins, though one has no number.
    TwinsPerhaps = -6, "duplicate-twins-perhaps";

    /// Without number and date: entered by somebody who did not know that the person is known.
    BornMissing = 2, "duplicate-born-missing";
    /// One day of some 20,000.
    BornSame = 13, "duplicate-born-same";
    /// The 5 March and the 3 May: whoever is asked says one and the clerk writes the other.
    BornTurned = 9, "duplicate-born-turned";
    /// One digit wrong, or two turned round.
    BornOneDigit = 6, "duplicate-born-one-digit";
    /// One of the two may be a day of the lunar calendar, three to seven weeks apart.
    BornLunar = 5, "duplicate-born-lunar";
    /// One says only the month, which fits.
    BornMonth = 7, "duplicate-born-month";
    /// One says only the year, which fits.
    BornYear = 4, "duplicate-born-year";
    /// Dates that no slip explains.
    BornOther = -9, "duplicate-born-other";
    /// Half of all.
    SexSame = 1, "duplicate-sex-same";
    /// Hardly ever written wrong, and never in a number.
    SexOther = -8, "duplicate-sex-other";

    /// Half of those entered twice stand in one household, but so do families, who share names and phones.
    HouseSame = 3, "duplicate-house-same";
    /// Nobody gives one name twice under one roof.
    HouseNamesake = 9, "duplicate-house-namesake";
    /// Two heads, or two wives of the head: of two people in one house hardly one pair in a hundred.
    RelationOnly = 6, "duplicate-relation-only";
    /// The same word, which several can have.
    RelationSame = 1, "duplicate-relation-same";
    /// Head and son, first and second son: two people of one house.
    RelationOther = -6, "duplicate-relation-other";
    /// Groups are small: it says something.
    GroupSame = 1, "duplicate-group-same";
    /// People do move, and are entered again where they moved.
    GroupOther = -1, "duplicate-group-other";
    /// A phone is shared by a house and lent to neighbours.
    PhoneSame = 3, "duplicate-phone-same";
    /// Two who live apart and have nearly one name hardly share a phone.
    PhoneAlike = 5, "duplicate-phone-alike";
    /// Two of one name do so even less.
    PhoneNamesake = 7, "duplicate-phone-namesake";
    /// Most have had several numbers.
    PhoneOther = -1, "duplicate-phone-other";
}

impl Say for Evidence {
    fn message(&self) -> Message {
        Message::new(self.key())
    }
}

/// Compares two records; their order says nothing.
pub fn score(a: &Person<'_>, b: &Person<'_>) -> Score {
    let mut reasons = Vec::new();
    weigh(a, b, &mut |evidence| reasons.push(evidence));
    reasons.sort_by_key(|evidence| -evidence.points().abs());
    Score { points: reasons.iter().map(|evidence| evidence.points()).sum(), reasons }
}

/// The points alone, for the millions of pairs that come to nothing.
pub fn points(a: &Person<'_>, b: &Person<'_>) -> i32 {
    let mut sum = 0;
    weigh(a, b, &mut |evidence| sum += evidence.points());
    sum
}

/// What a name borne by so many of those compared says less than one borne by the two.
pub fn commonness(bearers: u32) -> Option<Evidence> {
    let halvings = (bearers / 2).checked_ilog2().unwrap_or(0);
    (halvings > 0).then_some(Evidence::NameCommon(halvings as u8))
}

fn weigh(a: &Person<'_>, b: &Person<'_>, note: &mut impl FnMut(Evidence)) {
    let name = names(a.name, b.name);
    note(name);
    numbers_and_births(a, b, name, note);
    homes(a, b, name, note);
    match (a.phone, b.phone) {
        ("", _) | (_, "") => {}
        (one, other) if one != other => note(Evidence::PhoneOther),
        _ if !is_another_name(name) => note(Evidence::PhoneNamesake),
        _ if name.points() > 0 && !in_one_house(a, b) => note(Evidence::PhoneAlike),
        _ => note(Evidence::PhoneSame),
    }
}

/// A number decides birth and sex, so that two numbers are compared and nothing twice.
fn numbers_and_births(a: &Person<'_>, b: &Person<'_>, name: Evidence, note: &mut impl FnMut(Evidence)) {
    if !a.id_number.is_empty() && !b.id_number.is_empty() {
        let numbers = numbers(a.id_number, b.id_number);
        note(numbers);
        let of_one_day = matches!(numbers, Evidence::IdNextOfDay | Evidence::IdOtherOfDay);
        if of_one_day && are_twins_names(a, b, name) && can_be_twins(a, b) {
            note(Evidence::Twins);
        } else if numbers == Evidence::IdOtherOfDay && in_one_house(a, b) && name.points() > 0 {
            note(Evidence::OneDayOneHouse);
        }
        return;
    }
    let neither = a.id_number.is_empty() && b.id_number.is_empty();
    note(if neither { Evidence::IdNeither } else { Evidence::IdOnlyOne });
    if a.born.is_none() != b.born.is_none() {
        note(Evidence::BornMissing);
    }
    if let (Some(one), Some(other)) = (a.born, b.born) {
        let births = births(one, other);
        note(births);
        if births == Evidence::BornSame
            && name == Evidence::NameOneOther
            && are_twins_names(a, b, name)
            && in_one_house(a, b)
            && can_be_twins(a, b)
        {
            note(Evidence::TwinsPerhaps);
        }
    }
    if let (Some(one), Some(other)) = (a.sex, b.sex) {
        note(if one == other { Evidence::SexSame } else { Evidence::SexOther });
    }
}

/// Neither the same name nor one that a register writes for it.
fn is_another_name(name: Evidence) -> bool {
    !matches!(name, Evidence::NameSame | Evidence::NameForm)
}

/// Parents give 伟 and 玮, hardly ever 英秀 and 秀英, or 英 and 秀英; and brothers share their surname.
fn are_twins_names(a: &Person<'_>, b: &Person<'_>, name: Evidence) -> bool {
    let surname = a.name.chars().next() == b.name.chars().next();
    surname && is_another_name(name) && !matches!(name, Evidence::NameTurned | Evidence::NameLeftOut)
}

/// Whoever heads a house or is married to its head has no twin beside them who stands there as the same.
fn can_be_twins(a: &Person<'_>, b: &Person<'_>) -> bool {
    let (low, high) = (a.relation.min(b.relation), a.relation.max(b.relation));
    let unlike_twins = match high {
        1 | 2 => low > 0,
        10..=12 => low == 0 || low == high,
        _ => false,
    };
    !(unlike_twins && in_one_house(a, b))
}

fn in_one_house(a: &Person<'_>, b: &Person<'_>) -> bool {
    a.household != 0 && a.household == b.household
}

fn homes(a: &Person<'_>, b: &Person<'_>, name: Evidence, note: &mut impl FnMut(Evidence)) {
    if in_one_house(a, b) {
        note(if is_another_name(name) { Evidence::HouseSame } else { Evidence::HouseNamesake });
        if let Some(relations) = relations(a.relation, b.relation) {
            note(relations);
        }
        return;
    }
    match (a.group, b.group) {
        (0, _) | (_, 0) => {}
        (one, other) => note(if one == other { Evidence::GroupSame } else { Evidence::GroupOther }),
    }
}

/// How two names differ.
fn names(a: &str, b: &str) -> Evidence {
    if a == b {
        return Evidence::NameSame;
    }
    let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    if long == short {
        return of_one_length(a, b);
    }
    let surname = a.chars().next() == b.chars().next();
    if long == short + 1 && short > 1 && surname && is_left_out(a, b) {
        return Evidence::NameLeftOut;
    }
    if surname { Evidence::NameOtherGiven } else { Evidence::NameOther }
}

fn of_one_length(a: &str, b: &str) -> Evidence {
    let differing = || a.chars().zip(b.chars()).enumerate().filter(|(_, (one, other))| one != other);
    let worst = differing()
        .map(|(_, (one, other))| lookalike::likeness(one, other))
        .try_fold(Likeness::Form, |worst, likeness| likeness.map(|likeness| worst.max(likeness)));
    let mut all = differing();
    let surname = a.chars().next() == b.chars().next();
    match (all.next(), all.next(), all.next(), worst) {
        (_, _, _, Some(Likeness::Form)) => Evidence::NameForm,
        (Some(_), None, _, Some(Likeness::Look)) => Evidence::NameLook,
        (Some(_), None, _, Some(Likeness::Sound)) => Evidence::NameSound,
        (Some(_), Some(_), None, Some(_)) => Evidence::NameTwoSlips,
        (Some((i, (x, y))), Some((j, (u, v))), None, None) if i > 0 && j == i + 1 && x == v && y == u => {
            Evidence::NameTurned
        }
        (Some((i, _)), None, _, None) if i > 0 && a.chars().count() > 2 => Evidence::NameOneOther,
        _ if surname => Evidence::NameOtherGiven,
        (Some(_), None, _, None) if a.chars().count() > 2 => Evidence::NameOneOther,
        _ => Evidence::NameOther,
    }
}

/// Whether the longer name is the shorter one with one character more.
fn is_left_out(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    let mut rest = short.chars().peekable();
    for character in long.chars() {
        if rest.peek() == Some(&character) {
            rest.next();
        }
    }
    rest.peek().is_none()
}

/// How two numbers differ; the check character follows from the others and is not compared.
fn numbers(a: &str, b: &str) -> Evidence {
    if a == b {
        return Evidence::IdSame;
    }
    let (Some(one), Some(other)) = (body(a), body(b)) else { return Evidence::IdOther };
    let mut differing = (0..one.len()).filter(|at| one[*at] != other[*at]);
    match (differing.next(), differing.next(), differing.next()) {
        (None, _, _) if a.len() != b.len() => Evidence::IdUpgraded,
        // Only the check character: one of them was miscopied.
        (None, _, _) => Evidence::IdOneDigit,
        (Some(14..), None, _) if are_neighbours(&one, &other) => Evidence::IdNextOfDay,
        (Some(_), None, _) => Evidence::IdOneDigit,
        (Some(i), Some(j), None) if j == i + 1 && one[i] == other[j] && one[j] == other[i] => match i {
            14.. if are_neighbours(&one, &other) => Evidence::IdNextOfDay,
            _ => Evidence::IdSwapped,
        },
        (Some(14..), _, _) => Evidence::IdOtherOfDay,
        _ => Evidence::IdOther,
    }
}

/// Numbers of one day given out one after the other, as to twins who are registered together: at most 12 apart.
fn are_neighbours(one: &[u8; 17], other: &[u8; 17]) -> bool {
    let within_day = |body: &[u8; 17]| body[14..].iter().fold(0, |sum, digit| sum * 10 + i32::from(*digit));
    (within_day(one) - within_day(other)).abs() <= 12
}

/// The 17 characters before the check character, those of an old number with its century.
fn body(number: &str) -> Option<[u8; 17]> {
    let bytes = number.as_bytes();
    let mut body = *b"00000019000000000";
    match bytes.len() {
        18 => body.copy_from_slice(&bytes[..17]),
        15 if bytes.iter().all(u8::is_ascii_digit) => {
            body[..6].copy_from_slice(&bytes[..6]);
            body[8..].copy_from_slice(&bytes[6..]);
        }
        _ => return None,
    }
    Some(body)
}

fn births(a: PartialDate, b: PartialDate) -> Evidence {
    match (a, b) {
        (PartialDate::Day(one), PartialDate::Day(other)) => days(one, other),
        _ if !a.agrees_with(b) => Evidence::BornOther,
        (PartialDate::Year(_), _) | (_, PartialDate::Year(_)) => Evidence::BornYear,
        _ => Evidence::BornMonth,
    }
}

fn days(one: NaiveDate, other: NaiveDate) -> Evidence {
    if one == other {
        return Evidence::BornSame;
    }
    if one.year() == other.year() && (one.month(), one.day()) == (other.day(), other.month()) {
        return Evidence::BornTurned;
    }
    let (a, b) = (digits(one), digits(other));
    let mut differing = (0..a.len()).filter(|at| a[*at] != b[*at]);
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, _) => return Evidence::BornOneDigit,
        (Some(i), Some(j), None) if j == i + 1 && a[i] == b[j] && a[j] == b[i] => return Evidence::BornOneDigit,
        _ => {}
    }
    match (one - other).num_days().abs() {
        17..=52 => Evidence::BornLunar,
        _ => Evidence::BornOther,
    }
}

/// The eight digits of a day.
fn digits(day: NaiveDate) -> [u32; 8] {
    let (year, month, day) = (day.year().unsigned_abs(), day.month(), day.day());
    [year / 1000, year / 100 % 10, year / 10 % 10, year % 10, month / 10, month % 10, day / 10, day % 10]
}

/// How two words for a relation fit within one household.
fn relations(a: u8, b: u8) -> Option<Evidence> {
    let (low, high) = (a.min(b), a.max(b));
    let only_one = matches!((low, high), (1 | 2, 1 | 2) | (10, 10..=12) | (11, 11) | (12, 12) | (51, 51) | (52, 52));
    // 20 is any son, 22 the first; 28 is a son-in-law and 38 a daughter-in-law.
    let general = low % 10 == 0 && low / 10 == high / 10 && !matches!(high, 28 | 38);
    match (low, high) {
        (0, _) => None,
        _ if only_one => Some(Evidence::RelationOnly),
        _ if low == high || general => Some(Evidence::RelationSame),
        _ => Some(Evidence::RelationOther),
    }
}

/// The day in a number, where it has one: for whoever looks for candidates by their day of birth.
pub fn day_of(id_number: &str) -> Option<NaiveDate> {
    IdNumber::from_stored(id_number).and_then(|id| id.born())
}

#[cfg(test)]
#[path = "duplicate_tests.rs"]
mod tests;

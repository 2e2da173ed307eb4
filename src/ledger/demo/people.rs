//! The households of the demo village: who lives together, how old they are, who went away to work. Nobody in it exists.

use std::collections::HashMap;

use chrono::{Datelike as _, NaiveDate, TimeDelta};

use crate::domain::id_card::check_character;
use crate::domain::partial_date::PartialDate;
use crate::domain::resident::{FactKind, FactValue, Residency, Sex, Standing};
use crate::ledger::demo::dice::Dice;
use crate::ledger::demo::names;

/// Relations to the head, by GB/T 4761-2008.
mod relation {
    pub(super) const HEAD: u8 = 2;
    pub(super) const WIFE: u8 = 12;
    pub(super) const SON: u8 = 20;
    pub(super) const DAUGHTER: u8 = 30;
    pub(super) const DAUGHTER_IN_LAW: u8 = 38;
    pub(super) const GRANDSON: u8 = 41;
    pub(super) const GRANDDAUGHTER: u8 = 42;
    pub(super) const MOTHER: u8 = 52;
}

/// One made-up person.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) written: String,
    pub(super) id_number: String,
    pub(super) sex: Sex,
    pub(super) born: PartialDate,
    pub(super) relation: u8,
    pub(super) phone: String,
    pub(super) standing: Standing,
    pub(super) facts: Vec<FactValue>,
}

/// Makes people, never two with the same id number.
pub(super) struct Maker {
    pub(super) dice: Dice,
    /// For what is known besides where people live: so the same seed goes on making the same people.
    pub(super) more: Dice,
    today: NaiveDate,
    clans: Vec<&'static str>,
    /// Id numbers given out for a day of birth and a sex.
    given: HashMap<(NaiveDate, Sex), u32>,
}

/// A year has this many days of birth, and each of them 500 numbers for men and as many for women.
const NUMBERS_A_DAY: u32 = 500;

#[derive(Clone, Copy)]
enum Shape {
    OldCouple,
    OldAlone,
    ThreeGenerations,
    Family,
    Alone,
}

const SHAPES: &[(Shape, u32)] = &[
    (Shape::OldCouple, 20),
    (Shape::OldAlone, 10),
    (Shape::ThreeGenerations, 34),
    (Shape::Family, 26),
    (Shape::Alone, 10),
];

impl Maker {
    pub(super) fn new(seed: [u8; 32], today: NaiveDate) -> Self {
        let mut other = seed;
        other[0] ^= 1;
        Self { dice: Dice::new(seed), more: Dice::new(other), today, clans: Vec::new(), given: HashMap::new() }
    }

    /// Begins a new group, with its own clans.
    pub(super) fn next_group(&mut self) {
        self.clans = (0..2).map(|_| names::surname(&mut self.dice, &[])).collect();
    }

    /// One household.
    pub(super) fn household(&mut self) -> Vec<Person> {
        let family = names::surname(&mut self.dice, &self.clans);
        match self.dice.weighted(SHAPES, Shape::Family) {
            Shape::OldCouple => {
                let age = self.dice.between(62, 85);
                self.couple(family, age)
            }
            Shape::OldAlone => {
                let (age, sex) = (self.dice.between(65, 93), self.either(35));
                vec![self.person(family, sex, age, relation::HEAD)]
            }
            Shape::ThreeGenerations => self.three_generations(family),
            Shape::Family => {
                let age = self.dice.between(28, 57);
                let mut all = self.couple(family, age);
                self.children(family, age, (relation::SON, relation::DAUGHTER), &mut all);
                if self.dice.percent(15) {
                    let mother = age + self.year_gap();
                    all.push(self.married_in(mother, relation::MOTHER));
                }
                all
            }
            Shape::Alone => {
                let (age, sex) = (self.dice.between(26, 64), self.either(70));
                vec![self.person(family, sex, age, relation::HEAD)]
            }
        }
    }

    fn three_generations(&mut self, family: &'static str) -> Vec<Person> {
        let old = self.dice.between(54, 82);
        let mut all =
            if self.dice.percent(75) { self.couple(family, old) } else { vec![self.married_in(old, relation::HEAD)] };
        let grown = (old - self.year_gap()).max(20);
        all.push(self.person(family, Sex::Male, grown, relation::SON));
        let wife = self.wife_age(grown);
        all.push(self.married_in(wife, relation::DAUGHTER_IN_LAW));
        self.children(family, wife, (relation::GRANDSON, relation::GRANDDAUGHTER), &mut all);
        all
    }

    fn couple(&mut self, family: &'static str, age: i32) -> Vec<Person> {
        let wife = self.wife_age(age);
        vec![self.person(family, Sex::Male, age, relation::HEAD), self.married_in(wife, relation::WIFE)]
    }

    fn children(&mut self, family: &'static str, parent: i32, (son, daughter): (u8, u8), all: &mut Vec<Person>) {
        let count = self.dice.weighted(&[(0, 20), (1, 40), (2, 33), (3, 7)], 1);
        let mut age = parent - self.year_gap();
        for _ in 0..count {
            if (0..=34).contains(&age) {
                let sex = self.either(52);
                all.push(self.person(family, sex, age, if sex == Sex::Male { son } else { daughter }));
            }
            age -= self.dice.between(2, 6);
        }
    }

    fn year_gap(&mut self) -> i32 {
        self.dice.between(21, 30)
    }

    fn wife_age(&mut self, husband: i32) -> i32 {
        (husband + self.dice.between(-4, 2)).max(20)
    }

    fn either(&mut self, men: u32) -> Sex {
        if self.dice.percent(men) { Sex::Male } else { Sex::Female }
    }

    /// A woman with a surname of her own.
    fn married_in(&mut self, age: i32, relation: u8) -> Person {
        let family = names::surname(&mut self.dice, &[]);
        self.person(family, Sex::Female, age, relation)
    }

    fn person(&mut self, family: &str, sex: Sex, age: i32, relation: u8) -> Person {
        let days = i64::from(age) * 1461 / 4 + i64::from(self.dice.below(365));
        let day = self.today - TimeDelta::days(days);
        let (name, written) = self.name(family, sex, day.year());
        let (day, id_number) = self.id_number(day, sex);
        let (id_number, born) = if self.dice.in_thousand(985) {
            (id_number, PartialDate::Day(day))
        } else {
            (String::new(), self.vague(day))
        };
        Person {
            name,
            written,
            id_number,
            sex,
            born,
            relation,
            phone: self.phone(age),
            standing: self.standing(age),
            facts: self.facts(age),
        }
    }

    fn name(&mut self, family: &str, sex: Sex, year: i32) -> (String, String) {
        if self.dice.in_thousand(3) {
            let name = names::dotted(&mut self.dice, sex);
            let written = if self.dice.percent(50) { name.replace('·', "•") } else { String::new() };
            return (name.to_owned(), written);
        }
        let given = names::given(&mut self.dice, sex, year);
        let spaced = given.chars().count() == 1 && self.dice.percent(25);
        let written = if spaced { format!("{family}　{given}") } else { String::new() };
        (format!("{family}{given}"), written)
    }

    /// The next free number of that day, or of a day before it where all are given out.
    fn id_number(&mut self, mut day: NaiveDate, sex: Sex) -> (NaiveDate, String) {
        let next = loop {
            let next = self.given.entry((day, sex)).or_insert(0);
            if *next < NUMBERS_A_DAY {
                *next += 1;
                break *next - 1;
            }
            day -= TimeDelta::days(1);
        };
        // 187 and 500 have no common factor: all numbers come, but not one after the other.
        let order = (next * 187 + day.ordinal()) % NUMBERS_A_DAY;
        let sequence = order * 2 + u32::from(sex == Sex::Male);
        let mut text = format!("421399{}{sequence:03}0", day.format("%Y%m%d")).into_bytes();
        if let Ok(ascii) = <&[u8; 18]>::try_from(text.as_slice()) {
            text[17] = check_character(ascii);
        }
        (day, String::from_utf8(text).unwrap_or_default())
    }

    fn vague(&mut self, day: NaiveDate) -> PartialDate {
        match self.dice.below(10) {
            0..=4 => PartialDate::Year(day.year()),
            5..=7 => PartialDate::Month(day.year(), day.month()),
            _ => PartialDate::Day(day),
        }
    }

    fn phone(&mut self, age: i32) -> String {
        let chance = match age {
            ..=15 => 0,
            16..=64 => 82,
            65..=79 => 58,
            _ => 30,
        };
        if !self.dice.percent(chance) {
            return String::new();
        }
        format!("19{:04}{:05}", self.dice.below(10_000), self.dice.below(100_000))
    }

    fn standing(&mut self, age: i32) -> Standing {
        let moved = if (18..40).contains(&age) { 12 } else { 3 };
        let died = if age >= 72 { 30 } else { 1 };
        match self.dice.below(1000) {
            n if n < moved => Standing::MovedOut,
            n if n < moved + died => Standing::Deceased,
            _ => Standing::Present,
        }
    }

    /// What is known of somebody besides: nearly always where they live and are registered, the rest where it matters.
    fn facts(&mut self, age: i32) -> Vec<FactValue> {
        let mut facts = Vec::new();
        let mut note = |kind, word| facts.extend(FactValue::from_word(kind, word));
        if let Some(residency) = self.residency(age) {
            note(FactKind::Residency, residency.as_str());
        }
        if self.more.percent(94) {
            note(FactKind::Registered, if self.more.percent(95) { "here" } else { "elsewhere" });
        }
        if self.more.percent(if age >= 58 { 90 } else { 30 }) {
            note(FactKind::Registration, if self.more.percent(92) { "rural" } else { "urban" });
        }
        let relief = [("", 70), ("none", 20), ("dibao", 4), ("tuopin", 3), ("monitored", 1), ("tekun", 1)];
        let relief = self.more.weighted(&relief, "");
        if !relief.is_empty() {
            note(FactKind::Relief, relief);
        }
        if self.more.percent(3) {
            note(FactKind::Disability, self.more.weighted(&[("1", 1), ("2", 2), ("3", 3), ("4", 3)], "4"));
        }
        let study = match age {
            3..=5 => "preschool",
            6..=11 => "primary",
            12..=14 => "junior",
            15..=17 => self.more.weighted(&[("senior", 6), ("vocational_secondary", 4)], "senior"),
            18..=21 => self.more.weighted(&[("none", 5), ("vocational_college", 3), ("undergraduate", 2)], "none"),
            _ => return facts,
        };
        if self.more.percent(85) {
            note(FactKind::Study, study);
        }
        if matches!(study, "primary" | "junior") && self.more.percent(70) {
            note(FactKind::Boarding, if self.more.percent(35) { "yes" } else { "no" });
        }
        facts
    }

    fn residency(&mut self, age: i32) -> Option<Residency> {
        if self.dice.percent(6) {
            return None;
        }
        let away = match age {
            ..=17 => 24,
            18..=30 => 58,
            31..=45 => 48,
            46..=59 => 24,
            60..=69 => 7,
            _ => 3,
        };
        Some(if self.dice.percent(away) { Residency::Away } else { Residency::Here })
    }
}

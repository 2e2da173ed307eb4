//! People who look alike and are two: twins, namesakes, fathers and sons, neighbours on one phone.

use chrono::{Datelike as _, NaiveDate};
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::resident::Sex;

use super::clerk::{Case, Clerk, Record, checked};

/// Characters that parents give to children together, alike to eye or ear.
const PAIRS: [(char, char); 12] = [
    ('红', '虹'),
    ('静', '婧'),
    ('芳', '方'),
    ('英', '瑛'),
    ('华', '花'),
    ('明', '鸣'),
    ('涛', '焘'),
    ('伟', '玮'),
    ('军', '君'),
    ('丽', '莉'),
    ('强', '墙'),
    ('玲', '灵'),
];

const KINDS: [(&str, u32); 14] = [
    ("twins", 13),
    ("twins one without number", 2),
    ("namesakes of one day", 9),
    ("namesakes of one day, one without number", 1),
    ("namesakes", 15),
    ("namesakes, one without number", 8),
    ("namesakes, one hardly known", 4),
    ("father and son", 8),
    ("brothers or sisters", 14),
    ("neighbours on one phone", 8),
    ("numbers one apart", 8),
    ("cousins, month and day turned", 3),
    ("namesakes in one house", 4),
    ("namesakes of one month", 3),
];

impl Clerk {
    /// Two records of two people.
    pub fn strangers(&mut self) -> Case {
        let kind = self.weighted(&KINDS);
        let mut one = self.anybody();
        let mut other = self.anybody();
        match kind {
            "twins" | "twins one without number" => self.twins(&one, &mut other),
            "father and son" => self.father_and_son(&mut one, &mut other),
            "brothers or sisters" => self.siblings(&mut one, &mut other),
            "neighbours on one phone" => {
                other.group = one.group.clone();
                one.phone = self.phone(100);
                other.phone = one.phone.clone();
            }
            "numbers one apart" => self.one_apart(&one, &mut other),
            "cousins, month and day turned" => self.turned(&one, &mut other),
            "namesakes in one house" => self.in_one_house(&mut one, &mut other),
            _ => self.namesakes(kind, &one, &mut other),
        }
        if kind.ends_with("without number") {
            other.id_number.clear();
        }
        if self.percent(50) {
            std::mem::swap(&mut one, &mut other);
        }
        Case { kind: kind.to_owned(), one, other }
    }

    fn born(record: &Record) -> NaiveDate {
        record.born.and_then(PartialDate::day).expect("a day")
    }

    /// A name beside this one: the same surname and mostly the same first character, as brothers and sisters have.
    fn beside(&mut self, name: &str, sex: Sex, alike: u32) -> String {
        loop {
            let mut all: Vec<char> = name.chars().collect();
            let last = all.len() - 1;
            let pair = PAIRS.iter().find(|(a, b)| all[last] == *a || all[last] == *b);
            all[last] = match pair {
                Some((a, b)) if self.percent(alike) => {
                    if all[last] == *a {
                        *b
                    } else {
                        *a
                    }
                }
                _ => self.given(sex).chars().last().expect("a character"),
            };
            let made: String = all.into_iter().collect();
            if made != name {
                return made;
            }
        }
    }

    fn twins(&mut self, one: &Record, other: &mut Record) {
        let sex = if self.percent(75) { one.sex.expect("a sex") } else { self.sex() };
        let day = Self::born(one);
        *other = Record { name: self.beside(&one.name, sex, 60), sex: Some(sex), ..one.clone() };
        // Registered together, their numbers follow each other.
        let sequence: u32 = one.id_number[14..17].parse().expect("digits");
        let next = if self.percent(70) { (sequence + 2) % 1000 } else { self.below(1000) };
        let next = next - next % 2 + u32::from(sex == Sex::Male);
        other.id_number = checked(&format!("421399{}{:03}", day.format("%Y%m%d"), next % 1000));
        if other.id_number == one.id_number {
            other.id_number = checked(&format!("421399{}{:03}", day.format("%Y%m%d"), (next + 4) % 1000));
        }
        other.relation = match one.relation {
            20 if self.percent(50) => 23,
            2 | 12 => 73,
            same => same,
        };
        if self.percent(40) {
            other.phone = self.phone(50);
        }
    }

    fn father_and_son(&mut self, one: &mut Record, other: &mut Record) {
        let (surname, born) = (self.surname(), self.day(1940, 1990));
        *one = self.record(&surname, Sex::Male, born, 2);
        let son = self.day(born.year() + 20, born.year() + 32);
        *other = self.record(&surname, Sex::Male, son, 20);
        (other.household, other.group) = (one.household.clone(), one.group.clone());
        other.name = match self.below(10) {
            0..4 => one.name.clone(),
            4..7 => self.beside(&one.name, Sex::Male, 90),
            _ => other.name.clone(),
        };
        if self.percent(30) {
            other.phone = one.phone.clone();
        }
        if self.percent(15) {
            other.id_number.clear();
        }
    }

    fn siblings(&mut self, one: &mut Record, other: &mut Record) {
        let sex = one.sex.expect("a sex");
        let older = Self::born(one);
        let year = older.year() + 1 + self.below(5) as i32;
        // Now and then on the same day of the year: one digit apart.
        let same = if self.percent(6) { NaiveDate::from_ymd_opt(year, older.month(), older.day()) } else { None };
        let day = same.unwrap_or_else(|| self.day(year, year));
        let name = self.beside(&one.name, sex, 30);
        *other = Record { name, id_number: self.id_number(day, sex), born: Some(PartialDate::Day(day)), ..one.clone() };
        (one.relation, other.relation) = match (sex, self.percent(40)) {
            (Sex::Male, true) => (22, 23),
            (Sex::Male, false) => (20, 20),
            (Sex::Female, true) => (32, 33),
            (Sex::Female, false) => (30, 30),
        };
        if self.percent(20) {
            other.id_number.clear();
        }
        if self.percent(50) {
            other.phone = self.phone(40);
        }
    }

    /// Two numbers that a slip would make of each other, and two names that nothing would.
    fn one_apart(&mut self, one: &Record, other: &mut Record) {
        let mut digits = one.id_number.clone().into_bytes();
        if self.percent(50) {
            digits[15] = b'0' + (digits[15] - b'0' + 1) % 10;
        } else {
            digits[14] = b'0' + (digits[14] - b'0' + 1) % 10;
        }
        other.id_number = checked(std::str::from_utf8(&digits[..17]).expect("digits"));
        (other.sex, other.born) = (one.sex, one.born);
        loop {
            other.name = format!("{}{}", self.surname(), self.given(one.sex.expect("a sex")));
            if other.name.chars().zip(one.name.chars()).all(|(a, b)| a != b) {
                return;
            }
        }
    }

    fn turned(&mut self, one: &Record, other: &mut Record) {
        let sex = one.sex.expect("a sex");
        let day = Self::born(one);
        let turned = NaiveDate::from_ymd_opt(day.year(), day.day().min(12), day.month().min(28)).expect("a day");
        let phone = self.phone(65);
        let name = self.beside(&one.name, sex, 30);
        let (household, _) = self.household();
        *other = Record { name, phone, household, born: Some(PartialDate::Day(turned)), ..one.clone() };
        other.id_number = self.id_number(turned, sex);
    }

    /// 大 and 小: an aunt and a niece by marriage, or two daughters-in-law, with one name under one roof.
    fn in_one_house(&mut self, one: &mut Record, other: &mut Record) {
        let (surname, day) = (self.surname(), self.day(1945, 1975));
        *one = self.record(&surname, Sex::Female, day, 12);
        let day = self.day(day.year() + 3, day.year() + 30);
        *other = self.record(&surname, Sex::Female, day, 38);
        (other.household, other.group) = (one.household.clone(), one.group.clone());
        other.name = one.name.clone();
    }

    fn namesakes(&mut self, kind: &str, one: &Record, other: &mut Record) {
        let sex = one.sex.expect("a sex");
        let day = Self::born(one);
        let theirs = match kind {
            "namesakes of one day" | "namesakes of one day, one without number" => day,
            "namesakes of one month" => self.day(day.year(), day.year()).with_month(day.month()).unwrap_or(day),
            _ => self.day(1936, 2024),
        };
        other.name = one.name.clone();
        (other.sex, other.born) = (Some(sex), Some(PartialDate::Day(theirs)));
        other.id_number = self.id_number(theirs, sex);
        if self.percent(20) {
            other.group = one.group.clone();
        }
        if kind.ends_with("hardly known") {
            other.id_number.clear();
            other.born = self.percent(60).then(|| PartialDate::Year(theirs.year()));
            other.phone.clear();
            if self.percent(50) {
                other.household.clear();
            }
        }
    }
}

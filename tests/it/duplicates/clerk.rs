//! A seeded clerk: makes synthetic people, enters them twice with a clerk's slips, and makes people who only look alike.
//!
//! Written before any weight of `domain::duplicate` was, with its own lists of slips: nothing here reads the table of
//! alike characters. Ids carry the county code 421399, assigned to nobody; phones begin with 19.

use chrono::{Datelike as _, NaiveDate, TimeDelta};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use xiangli::domain::duplicate::Person;
use xiangli::domain::id_card::IdNumber;
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::resident::Sex;

use super::slips::{HEARD, OLD, SEEN};

/// A record as a ledger could hold it.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    pub name: String,
    pub id_number: String,
    pub sex: Option<Sex>,
    pub born: Option<PartialDate>,
    pub relation: u8,
    pub household: String,
    pub group: String,
    pub phone: String,
}

impl Record {
    pub fn person(&self) -> Person<'_> {
        Person {
            name: &self.name,
            id_number: &self.id_number,
            sex: self.sex,
            born: self.born,
            relation: self.relation,
            household: self.household.trim_start_matches('h').parse().unwrap_or(0),
            group: self.group.parse().unwrap_or(0),
            phone: &self.phone,
        }
    }
}

/// Two records, and how they came about.
pub struct Case {
    pub kind: String,
    pub one: Record,
    pub other: Record,
}

/// Given names as villages have them: men's and women's first and second characters.
const MEN: (&str, &str) =
    ("国德明正文世光永家元建军志新红学小海晓俊浩子宇天", "福寿贵水生根祥兴华平安庆林明强兵勇伟涛斌刚波辉鹏杰龙轩");
const WOMEN: (&str, &str) =
    ("秀桂玉凤翠金菊春腊兰红爱小建丽美晓海艳雪梦思婷佳", "英兰珍莲花香梅云芝珠娥枝容霞丽华萍芳玲敏琴荣娟燕静洁颖瑶");
const SURNAMES: &str =
    "王王王李李李张张张刘刘陈陈杨杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁余于杜叶程魏";

pub struct Clerk {
    dice: ChaCha8Rng,
    next_household: u32,
}

impl Clerk {
    pub fn new(seed: u64) -> Self {
        Self { dice: ChaCha8Rng::seed_from_u64(seed), next_household: 0 }
    }

    pub fn below(&mut self, end: u32) -> u32 {
        ((u64::from(self.dice.next_u32()) * u64::from(end)) >> 32) as u32
    }

    pub fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    /// One of the values, each as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, values: &[(T, u32)]) -> T {
        let mut at = self.below(values.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in values {
            match at.checked_sub(*weight) {
                None => return *value,
                Some(rest) => at = rest,
            }
        }
        values[0].0
    }

    pub fn character(&mut self, text: &str) -> char {
        let count = text.chars().count() as u32;
        text.chars().nth(self.below(count) as usize).expect("a character")
    }

    pub fn sex(&mut self) -> Sex {
        if self.percent(51) { Sex::Male } else { Sex::Female }
    }

    pub fn surname(&mut self) -> String {
        self.character(SURNAMES).to_string()
    }

    pub fn given(&mut self, sex: Sex) -> String {
        let (first, second) = if sex == Sex::Male { MEN } else { WOMEN };
        let second = self.character(second);
        if self.percent(10) { second.to_string() } else { [self.character(first), second].into_iter().collect() }
    }

    pub fn day(&mut self, first: i32, last: i32) -> NaiveDate {
        let start = NaiveDate::from_ymd_opt(first, 1, 1).expect("a day");
        start + TimeDelta::days(i64::from(self.below(((last - first + 1) * 365) as u32)))
    }

    pub fn id_number(&mut self, day: NaiveDate, sex: Sex) -> String {
        let sequence = self.below(500) * 2 + u32::from(sex == Sex::Male);
        checked(&format!("421399{}{sequence:03}", day.format("%Y%m%d")))
    }

    pub fn phone(&mut self, chance: u32) -> String {
        if self.percent(chance) { format!("19{:09}", self.below(1_000_000_000)) } else { String::new() }
    }

    pub fn household(&mut self) -> (String, String) {
        self.next_household += 1;
        (format!("h{}", self.next_household), (1 + self.below(12)).to_string())
    }

    /// Somebody with all that a ledger usually knows; everybody's number is known but for a few.
    pub fn record(&mut self, surname: &str, sex: Sex, born: NaiveDate, relation: u8) -> Record {
        let (household, group) = self.household();
        Record {
            name: format!("{surname}{}", self.given(sex)),
            id_number: self.id_number(born, sex),
            sex: Some(sex),
            born: Some(PartialDate::Day(born)),
            relation,
            household,
            group,
            phone: self.phone(65),
        }
    }

    pub fn anybody(&mut self) -> Record {
        let (surname, sex, born) = (self.surname(), self.sex(), self.day(1936, 2024));
        let relation = match (sex, 2026 - born.year()) {
            (_, ..=17) => self.weighted(&[(20, 3), (30, 3), (41, 2), (42, 2)]),
            (Sex::Male, 18..=35) => self.weighted(&[(20, 5), (22, 2), (23, 1), (2, 2)]),
            (Sex::Male, _) => self.weighted(&[(2, 8), (20, 1), (51, 1)]),
            (Sex::Female, 18..=30) => self.weighted(&[(30, 4), (38, 3), (12, 3)]),
            (Sex::Female, _) => self.weighted(&[(12, 7), (38, 2), (52, 2), (2, 1)]),
        };
        let mut made = self.record(&surname, sex, born, relation);
        // A child's sex must fit the word.
        made.relation = match (made.relation, sex) {
            (20 | 22 | 23, Sex::Female) => 30,
            (30, Sex::Male) => 20,
            (41, Sex::Female) => 42,
            (42, Sex::Male) => 41,
            (other, _) => other,
        };
        made
    }

    /// Two records of one person.
    pub fn duplicate(&mut self) -> Case {
        loop {
            let one = self.anybody();
            let mut other = one.clone();
            let mut kind = vec![self.other_number(&mut other)];
            let mut faults = ["name", "birth", "move", "phone", "relation"];
            for at in (1..faults.len()).rev() {
                faults.swap(at, self.below(at as u32 + 1) as usize);
            }
            let count = self.weighted(&[(0, 15), (1, 35), (2, 30), (3, 20)]);
            for fault in faults.into_iter().take(count) {
                let made = match fault {
                    "name" => self.other_name(&mut other),
                    "birth" if other.id_number.is_empty() => self.other_birth(&mut other),
                    "birth" => "",
                    "move" => self.elsewhere(&mut other),
                    "phone" => self.other_phone(&mut other),
                    _ => self.other_relation(&mut other),
                };
                kind.push(made);
            }
            if one == other || other.name.chars().count() < 2 {
                continue;
            }
            kind.retain(|word| !word.is_empty());
            let (mut one, mut other) = (one, other);
            // Now and then neither has a number.
            if other.id_number.is_empty() && self.percent(7) {
                one.id_number.clear();
                kind.push("neither-number");
            }
            if self.percent(50) {
                std::mem::swap(&mut one, &mut other);
            }
            return Case { kind: kind.join(" "), one, other };
        }
    }

    /// One number is one person in a ledger, so the second record has none, or a wrong one.
    fn other_number(&mut self, other: &mut Record) -> &'static str {
        let old = other.born.is_some_and(|born| born.year() < 1999);
        let kinds: &[(&str, u32)] = if old {
            &[("no-number", 68), ("one-digit", 13), ("swapped", 9), ("15-digits", 6), ("renumbered", 4)]
        } else {
            &[("no-number", 90), ("one-digit", 4), ("swapped", 2), ("renumbered", 4)]
        };
        let kind = self.weighted(kinds);
        match kind {
            "no-number" => other.id_number.clear(),
            "15-digits" => other.id_number.replace_range(6..8, ""),
            "renumbered" => {
                let day = other.born.and_then(PartialDate::day).expect("a day");
                other.id_number = self.id_number(day, other.sex.expect("a sex"));
            }
            _ => self.slip(other, kind == "swapped"),
        }
        if kind == "15-digits" {
            other.id_number.truncate(15);
        }
        kind
    }

    /// Copied from a card of 15 digits, which have no check character, and brought to 18 by the rule: so it is valid.
    fn slip(&mut self, other: &mut Record, swapped: bool) {
        loop {
            let mut digits = other.id_number.clone().into_bytes();
            let at = self.below(17) as usize;
            if swapped {
                if at == 16 || digits[at] == digits[at + 1] {
                    continue;
                }
                digits.swap(at, at + 1);
            } else {
                digits[at] = b'0' + self.below(10) as u8;
            }
            let text = checked(std::str::from_utf8(&digits[..17]).expect("digits"));
            let Some(id) = IdNumber::from_stored(&text) else { continue };
            let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
            if text == other.id_number || IdNumber::parse(&text, today).is_err() {
                continue;
            }
            // The number decides birth and sex.
            other.born = id.born().map(PartialDate::Day);
            other.sex = id.sex();
            other.id_number = text;
            return;
        }
    }

    fn other_name(&mut self, other: &mut Record) -> &'static str {
        let kind =
            self.weighted(&[("heard", 40), ("seen", 28), ("old-form", 18), ("left-out", 8), ("turned-round", 6)]);
        let mut name: Vec<char> = other.name.chars().collect();
        match kind {
            "left-out" if name.len() > 2 => {
                name.remove(1);
            }
            "turned-round" if name.len() > 2 && name[1] != name[2] => name.swap(1, 2),
            "left-out" | "turned-round" => return "",
            _ => {
                let list = match kind {
                    "heard" => HEARD,
                    "seen" => SEEN,
                    _ => OLD,
                };
                let wrong = |right: char| list.split_whitespace().find_map(|word| word.strip_prefix(right));
                let places: Vec<usize> = (0..name.len()).filter(|at| wrong(name[*at]).is_some()).collect();
                if places.is_empty() {
                    return "";
                }
                let at = places[self.below(places.len() as u32) as usize];
                name[at] = self.character(wrong(name[at]).expect("it is there"));
            }
        }
        other.name = name.into_iter().collect();
        kind
    }

    fn other_birth(&mut self, other: &mut Record) -> &'static str {
        let Some(day) = other.born.and_then(PartialDate::day) else { return "" };
        let kinds = [
            ("month-for-day", 25),
            ("birth-digit", 22),
            ("year-only", 20),
            ("month-only", 13),
            ("no-birth", 10),
            ("lunar", 10),
        ];
        let kind = self.weighted(&kinds);
        other.born = match kind {
            "month-for-day" => {
                let Some(turned) = NaiveDate::from_ymd_opt(day.year(), day.day(), day.month()) else { return "" };
                Some(PartialDate::Day(turned))
            }
            "birth-digit" => loop {
                let mut text = day.to_string().into_bytes();
                let at = [2, 3, 5, 6, 8, 9][self.below(6) as usize];
                text[at] = b'0' + self.below(10) as u8;
                let text = String::from_utf8(text).expect("digits");
                match text.parse::<NaiveDate>() {
                    Ok(wrong) if wrong != day && wrong.year() <= 2026 => break Some(PartialDate::Day(wrong)),
                    _ => {}
                }
            },
            "year-only" => Some(PartialDate::Year(day.year())),
            "month-only" => Some(PartialDate::Month(day.year(), day.month())),
            "no-birth" => None,
            _ => Some(PartialDate::Day(day - TimeDelta::days(i64::from(20 + self.below(30))))),
        };
        kind
    }

    fn elsewhere(&mut self, other: &mut Record) -> &'static str {
        let kind = self.weighted(&[("own-household", 4), ("other-group", 3), ("unsorted", 4)]);
        let (household, group) = self.household();
        other.household = household;
        match kind {
            "other-group" => other.group = group,
            "unsorted" => other.household.clear(),
            _ => {}
        }
        if self.percent(60) {
            other.relation = self.weighted(&[(0, 1), (2, 1)]);
        }
        kind
    }

    fn other_phone(&mut self, other: &mut Record) -> &'static str {
        if other.phone.is_empty() {
            return "";
        }
        let (kind, phone) =
            if self.percent(65) { ("no-phone", String::new()) } else { ("other-phone", self.phone(100)) };
        other.phone = phone;
        kind
    }

    fn other_relation(&mut self, other: &mut Record) -> &'static str {
        other.relation = match other.relation {
            _ if self.percent(60) => 0,
            12 => 10,
            20 => 22,
            22 | 23 => 20,
            30 => 32,
            _ => 0,
        };
        "other-relation"
    }
}

/// With its check character.
pub fn checked(seventeen: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = seventeen.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = b"10X98765432"[(sum % 11) as usize] as char;
    format!("{seventeen}{check}")
}

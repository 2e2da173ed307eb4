//! The population by age and sex, in bands of five years. Pure counting: numbers only, nobody is named.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::partial_date::{PartialDate, age_on};
use crate::domain::resident::Sex;

/// Bands of five years below 100, and one from there on.
pub const BANDS: usize = 21;

/// How many there are of some age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Men and boys.
    pub male: u64,
    /// Women and girls.
    pub female: u64,
    /// Whose sex is not known.
    pub unknown: u64,
}

impl Counted {
    /// All of them.
    pub fn all(self) -> u64 {
        self.male + self.female + self.unknown
    }

    fn add(&mut self, sex: Option<Sex>) {
        match sex {
            Some(Sex::Male) => self.male += 1,
            Some(Sex::Female) => self.female += 1,
            None => self.unknown += 1,
        }
    }
}

/// The people who live here, by age in completed years on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pyramid {
    /// By band: 0–4 first, 100 and more last.
    pub bands: [Counted; BANDS],
    /// Whose birth is not known closely enough to tell the band.
    pub aside: Counted,
}

impl Pyramid {
    /// Counts one person.
    pub fn add(&mut self, born: Option<PartialDate>, sex: Option<Sex>, today: NaiveDate) {
        let band = born.and_then(|born| {
            let (young, old) = (band(age_on(born.latest(), today)), band(age_on(born.earliest(), today)));
            (young == old).then_some(old).flatten()
        });
        band.and_then(|band| self.bands.get_mut(band)).unwrap_or(&mut self.aside).add(sex);
    }

    /// Everybody, whatever is known of them.
    pub fn total(&self) -> Counted {
        self.bands.iter().chain([&self.aside]).fold(Counted::default(), |sum, counted| Counted {
            male: sum.male + counted.male,
            female: sum.female + counted.female,
            unknown: sum.unknown + counted.unknown,
        })
    }

    /// The longest bar: the most of one sex in a band.
    pub fn widest(&self) -> u64 {
        self.bands.iter().flat_map(|band| [band.male, band.female]).max().unwrap_or(0)
    }
}

/// The ages of a band as they are written: `0–4`, `100+`.
pub fn label(band: usize) -> String {
    let from = band * 5;
    if band + 1 >= BANDS { format!("{from}+") } else { format!("{from}–{}", from + 4) }
}

fn band(age: i32) -> Option<usize> {
    usize::try_from(age).ok().map(|age| (age / 5).min(BANDS - 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().expect("a date")
    }

    fn of(people: &[(&str, Option<Sex>)]) -> Pyramid {
        let mut pyramid = Pyramid::default();
        people.iter().for_each(|(born, sex)| pyramid.add(PartialDate::parse(born), *sex, today()));
        pyramid
    }

    #[test]
    fn a_band_changes_on_the_birthday_and_the_last_one_is_open() {
        let pyramid = of(&[("2021-11-23", Some(Sex::Male)), ("2021-11-24", Some(Sex::Female)), ("1911", None)]);
        assert_eq!((pyramid.bands[1].male, pyramid.bands[0].female, pyramid.bands[20].unknown), (1, 1, 1));
        assert_eq!((label(0).as_str(), label(20).as_str(), pyramid.widest()), ("0–4", "100+", 1));
    }

    #[test]
    fn who_may_be_of_two_bands_is_of_none() {
        let pyramid = of(&[("2021", Some(Sex::Male)), ("1990", Some(Sex::Male)), ("", None), ("2027-01-01", None)]);
        assert_eq!(pyramid.aside, Counted { male: 1, female: 0, unknown: 2 });
        assert_eq!(pyramid.bands[7].male, 1, "1990: 35 or 36, one band");
        assert_eq!(pyramid.total().all(), 4);
    }

    proptest! {
        #[test]
        fn the_bands_add_up_to_the_people(people in proptest::collection::vec((1900_i32..2027, 0_u8..3), 0..200)) {
            let mut pyramid = Pyramid::default();
            for (year, sex) in &people {
                let sex = [None, Some(Sex::Male), Some(Sex::Female)][usize::from(*sex)];
                pyramid.add(Some(PartialDate::Year(*year)), sex, today());
            }
            prop_assert_eq!(pyramid.total().all(), people.len() as u64);
        }
    }
}

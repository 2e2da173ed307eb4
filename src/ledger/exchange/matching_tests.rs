//! Tests of `matching`.

use chrono::NaiveDate;

use super::*;
use crate::domain::name::PersonName;

struct People(Vec<KnownResident>);

impl Known for People {
    fn by_id(&self, id: &IdNumber) -> Result<Option<KnownResident>> {
        Ok(self.0.iter().find(|known| known.id == Some(*id)).cloned())
    }

    fn by_name(&self, name: &str) -> Result<Vec<KnownResident>> {
        Ok(self.0.iter().filter(|known| known.name == name).cloned().collect())
    }
}

const ID: &str = "421399194709247410";

fn id(text: &str) -> IdNumber {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
    IdNumber::parse(text, today).expect("valid").number
}

fn known(name: &str, number: Option<&str>) -> KnownResident {
    let id = number.map(id);
    KnownResident {
        key: 1,
        uid: "u1".into(),
        name: name.into(),
        id,
        sex: Some(Sex::Male),
        born: PartialDate::parse("1947-09-24"),
        group: "3".into(),
        household_key: 1,
        household: String::new(),
        sorted: Sorted::Yes,
        address: String::new(),
        relation: 0,
        phone: String::new(),
        residency: None,
        standing: Standing::Present,
    }
}

fn row(name: &str, number: Option<&str>) -> StagedRow {
    let incoming = Incoming {
        name: PersonName::parse(name).expect("a name"),
        id: number.map(id),
        damaged_id: None,
        sex: Some(Sex::Male),
        born: PartialDate::parse("1947-09-24"),
        group: Some("3".into()),
        household: None,
        house: 0,
        head: None,
        relation: None,
        phone: "".into(),
        address: "".into(),
        residency: None,
    };
    StagedRow { sheet: 0, list: 0, row: 2, incoming: Some(incoming), problems: Vec::new() }
}

fn outcome(row: &mut StagedRow, people: Vec<KnownResident>) -> Matched {
    match_row(row, &People(people)).expect("matched")
}

fn change(row: &mut StagedRow, change: impl FnOnce(&mut Incoming)) {
    change(row.incoming.as_mut().expect("a person"));
}

#[test]
fn nobody_known_is_new_and_nothing_new_is_the_same() {
    assert_eq!(outcome(&mut row("邹超庆", Some(ID)), vec![]).outcome, Outcome::New);
    assert_eq!(outcome(&mut row("邹超庆", Some(ID)), vec![known("邹超庆", Some(ID))]).outcome, Outcome::Same);
    assert_eq!(outcome(&mut row("邹超庆", None), vec![known("邹超庆", None)]).outcome, Outcome::Same);
}

#[test]
fn a_gap_is_filled_a_difference_is_shown_and_an_empty_cell_erases_nothing() {
    let mut new = row("邹超庆", Some(ID));
    change(&mut new, |p| {
        p.phone = "19975836327".into();
        p.group = Some("4".into());
    });
    let mut old = known("邹超庆", Some(ID));
    old.residency = Some(Residency::Here);
    let found = outcome(&mut new, vec![old]);
    assert_eq!(found.outcome, Outcome::Changed);
    let fields = |all: &[Difference]| all.iter().map(|d| d.field).collect::<Vec<_>>();
    assert_eq!(fields(&found.candidates[0].fills), [Field::Phone]);
    assert_eq!(fields(&found.candidates[0].differences), [Field::Group]);
}

#[test]
fn one_number_under_two_names_is_never_written() {
    let mut other = row("李大山", Some(ID));
    let found = outcome(&mut other, vec![known("邹超庆", Some(ID))]);
    assert_eq!(found.outcome, Outcome::Rejected);
    assert_eq!(other.problems[0].code, "id_conflict");
}

#[test]
fn a_damaged_number_is_close_only_if_exactly_one_fits() {
    let mut damaged = row("邹超庆", None);
    change(&mut damaged, |p| p.damaged_id = Some(*b"421399194709247"));
    let message = Message::new("id-precision-lost");
    damaged.problems.push(Problem { code: "id_precision_lost", column: "".into(), message, weight: Weight::Rejects });
    assert_eq!(outcome(&mut damaged.clone(), vec![known("邹超庆", Some(ID))]).outcome, Outcome::Close);
    let twin = known("邹超庆", Some("421399194709247437"));
    assert_eq!(outcome(&mut damaged.clone(), vec![known("邹超庆", Some(ID)), twin]).outcome, Outcome::Rejected);
    assert_eq!(outcome(&mut damaged, vec![known("邹庆", Some(ID))]).outcome, Outcome::Rejected);
}

#[test]
fn somebody_of_the_same_name_and_birth_is_close_and_of_another_birth_is_new() {
    assert_eq!(outcome(&mut row("邹超庆", Some(ID)), vec![known("邹超庆", None)]).outcome, Outcome::Close);
    let mut other = known("邹超庆", None);
    other.born = PartialDate::parse("1980-01-01");
    assert_eq!(outcome(&mut row("邹超庆", Some(ID)), vec![other.clone()]).outcome, Outcome::New);
    assert_eq!(outcome(&mut row("邹超庆", None), vec![other]).outcome, Outcome::New);
    let two = vec![known("邹超庆", None), known("邹超庆", None)];
    let found = outcome(&mut row("邹超庆", None), two);
    assert_eq!((found.outcome, found.candidates.len()), (Outcome::Close, 2));
}

#[test]
fn what_is_rejected_or_repeated_stays_so() {
    let mut bad = row("邹超庆", None);
    let message = Message::new("id-checksum");
    bad.problems.push(Problem { code: "id_checksum", column: "".into(), message, weight: Weight::Rejects });
    assert_eq!(outcome(&mut bad, vec![known("邹超庆", Some(ID))]).outcome, Outcome::Rejected);
    let mut twice = row("邹超庆", Some(ID));
    let message = Message::new("row-repeated");
    twice.problems.push(Problem { code: "row_repeated", column: "".into(), message, weight: Weight::Repeats });
    assert_eq!(outcome(&mut twice, vec![]).outcome, Outcome::Repeated);
}

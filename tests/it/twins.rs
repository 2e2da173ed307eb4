//! One person in two villages: shown, judged once, remembered for the next files, counted once.

use xiangli::domain::application::Act;
use xiangli::domain::hand_up::{Entity, Field, Profile, Shown};
use xiangli::domain::id_card::IdNumber;
use xiangli::domain::message::Say as _;
use xiangli::domain::name::PersonName;
use xiangli::domain::resident::Residency;
use xiangli::ledger::command::{Command, Home, NewResident};
use xiangli::ledger::township::twins::{Likeness, Verdict};

use crate::support::offices::Offices;

const ALLOWANCE: &str = "elder-allowance";

/// Enters somebody with an application that the township has in hand.
pub fn applicant(offices: &mut Offices, village: usize, name: &str, id_number: &str) {
    let stamp = offices.stamp.clone();
    let id_number = IdNumber::from_stored(id_number).expect("a number");
    let new = NewResident {
        name: PersonName::parse(name).expect("a name"),
        sex: id_number.sex(),
        born: id_number.born().map(xiangli::domain::partial_date::PartialDate::Day),
        id_number: Some(id_number),
        relation: None,
        phone: String::new(),
        residency: Some(Residency::Here),
        source: "入户登记".into(),
    };
    let home = Home::Numbered { group: "1".into(), number: "1".into() };
    let done =
        offices.villages[village].run(&Command::AddResident { new: Box::new(new), home }, &stamp).expect("entered");
    let resident = done.change.expect("a change").about;
    for act in [Act::Begin(Vec::new()), Act::HandOn] {
        let (resident, programme) = (resident.clone(), ALLOWANCE.to_owned());
        let apply = Command::Apply { resident, programme, period: None, act, on: stamp.today };
        offices.villages[village].run(&apply, &stamp).expect("applied");
    }
}

fn months_files(offices: &mut Offices) {
    let files = [offices.hand_up(0), offices.hand_up(1)];
    offices.receive(&files);
}

#[test]
fn the_same_number_in_two_villages_is_one_person_unless_somebody_says_otherwise() {
    let profile = Profile::counts().with(Entity::Application).showing(Field::ApplicationIdNumber, Some(Shown::Plain));
    let mut offices = Offices::new(2, 0, &profile);
    for village in 0..2 {
        applicant(&mut offices, village, "王秀英", "421399193503010026");
    }
    applicant(&mut offices, 1, "李梅", "421399193603010023");
    months_files(&mut offices);
    let twins = offices.township.twins().expect("readable");
    assert_eq!((twins.len(), twins[0].likeness, twins[0].verdict), (1, Likeness::Number, None));
    let applicants = |offices: &Offices| offices.township.different_applicants().expect("readable")[ALLOWANCE];
    assert_eq!(applicants(&offices), 2);
    let stamp = offices.stamp.clone();
    let (one, other) = (twins[0].one.key.clone(), twins[0].other.key.clone());
    offices.township.judge_twin(&other, &one, Verdict::Different, &stamp).expect("judged");
    assert_eq!(applicants(&offices), 3, "somebody looked: two people");
    // The next month asks nothing again.
    months_files(&mut offices);
    let twins = offices.township.twins().expect("readable");
    assert_eq!(twins[0].verdict, Some(Verdict::Different));
    let error = offices.township.judge_twin(&one, &one, Verdict::Same, &stamp).expect_err("one alone");
    assert_eq!(error.message().key, "error-twin-one");
}

#[test]
fn masked_numbers_are_alike_with_the_name_and_count_as_one_only_when_judged() {
    let mut offices = Offices::new(2, 0, &Profile::counts().with(Entity::Application));
    for village in 0..2 {
        applicant(&mut offices, village, "王秀英", "421399193503010026");
    }
    months_files(&mut offices);
    let twins = offices.township.twins().expect("readable");
    assert_eq!((twins.len(), twins[0].likeness), (1, Likeness::NameAndTail));
    let applicants = |offices: &Offices| offices.township.different_applicants().expect("readable")[ALLOWANCE];
    assert_eq!(applicants(&offices), 2, "alike is not the same");
    let stamp = offices.stamp.clone();
    let (one, other) = (twins[0].one.key.clone(), twins[0].other.key.clone());
    offices.township.judge_twin(&one, &other, Verdict::Same, &stamp).expect("judged");
    assert_eq!(applicants(&offices), 1);
    offices.township.run(&xiangli::ledger::command::Command::Undo, &stamp).expect("taken back");
    assert_eq!(applicants(&offices), 2);
}

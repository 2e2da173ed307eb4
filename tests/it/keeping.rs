//! How long each thing is kept: nothing of a person is without a time after its end, in a village and at an office; what is
//! due goes for good, and what is still needed is never due.

use std::collections::BTreeSet;
use std::path::PathBuf;

use xiangli::domain::fact::{FactKind, FactValue};
use xiangli::domain::hand_up::{Entity, Field, FileState, Measure, Profile, Shown};
use xiangli::domain::kept::Use;
use xiangli::domain::resident::Residency;
use xiangli::domain::retention::Keeping;
use xiangli::domain::worklist::PutOff;
use xiangli::ledger::command::{Command, ResidentEdit};
use xiangli::ledger::outreach::AwayEdit;
use xiangli::ledger::privacy::kept::DueRow;
use xiangli::ledger::privacy::purge::OldBackups;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::{Ledger, restore};

use crate::privacy::{holds, pages};
use crate::support::offices::Offices;
use crate::support::world::{ELDER, World, day, stamp};
use crate::twins::applicant;

fn due(world: &World, keeping: Keeping) -> Vec<DueRow> {
    let rows = world.ledger.due_for_deletion(world.today).expect("readable");
    rows.into_iter().filter(|row| row.keeping == keeping).collect()
}

fn delete_due(ledger: &mut Ledger, today: &str, keeping: Keeping) -> usize {
    let rows = ledger.due_for_deletion(day(today)).expect("readable");
    let chosen: BTreeSet<String> = rows.into_iter().filter(|row| row.keeping == keeping).map(|row| row.uid).collect();
    let purged = ledger.purge_due(&chosen, OldBackups::Keep, &stamp(day(today)), &Unwatched).expect("deleted");
    ledger.check().expect("the history adds up");
    purged.rows
}

#[test]
fn attendance_goes_once_no_turn_is_reckoned_from_it_and_the_months_keep_their_numbers() {
    let mut world = World::new();
    world.today = day("2023-03-20");
    let uid = world.person("欧阳桂兰", "1956-03-01", Some(Residency::Here));
    let sex = Some(xiangli::domain::resident::Sex::Female);
    let edit = ResidentEdit { sex: Some(sex), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: uid.clone(), edit: Box::new(edit), source: "户口簿".into() });
    let younger = world.person("周芳", "1980-03-01", Some(Residency::Here));
    let attend = |resident: &str, programme: &str, on| Command::Attend {
        resident: resident.to_owned(),
        programme: programme.to_owned(),
        on: day(on),
    };
    world.run(attend(&uid, ELDER, "2023-02-12"));
    world.run(attend(&younger, "women-check", "2023-02-13"));
    world.run(attend(&younger, "hpv", "2023-02-13"));
    world.ledger.close_month("2023-02", &stamp(world.today)).expect("closed");
    world.today = day("2026-02-11");
    assert!(due(&world, Keeping::Service).is_empty());
    // The interval of three years is over in 2026, and who may come again that year is reckoned from it until its end.
    world.today = day("2026-12-31");
    let rows = due(&world, Keeping::Service);
    let found: Vec<_> = rows.iter().map(|row| (row.programme.as_str(), row.resident.as_str())).collect();
    assert_eq!(found, [(ELDER, uid.as_str())]);
    assert_eq!(rows[0].due_on, day("2026-02-12"));
    assert_eq!(delete_due(&mut world.ledger, "2026-12-31", Keeping::Service), 1);
    assert!(world.ledger.resident(&uid).is_ok() && due(&world, Keeping::Service).is_empty());
    for of in ["2023-02", "2023"] {
        let (report, key) =
            (world.ledger.month_report(of).expect("a report"), (ELDER.to_owned(), Measure::MonthChecked));
        assert_eq!((report.numbers[&key], report.unnamed[&key]), (1, 1), "{of}");
    }
    assert!(world.ledger.pending_adjustments(world.today).expect("readable").is_empty());
    world.today = day("2033-01-01");
    let rest: Vec<String> = due(&world, Keeping::Service).into_iter().map(|row| row.programme).collect();
    assert_eq!(rest, ["women-check"], "doses are counted for good");
}

#[test]
fn how_to_reach_somebody_goes_a_year_after_they_are_back_and_what_was_put_off_a_year_after_its_day() {
    let mut world = World::new();
    let uid = world.person("王强", "1950-03-01", Some(Residency::Away));
    let edit = AwayEdit { resident: uid.clone(), place: "东莞厚街".into(), ..AwayEdit::default() };
    world.run(Command::SetAway(Box::new(edit)));
    let back = Command::SetResidency {
        resident: uid.clone(),
        residency: Residency::Here,
        source: "本人说".into(),
        on: day("2027-02-01"),
    };
    let put_off = |programme: &str, how| Command::PutOff {
        resident: uid.clone(),
        programme: programme.to_owned(),
        how,
        on: day("2027-02-01"),
    };
    world.today = day("2036-01-01");
    assert!(due(&world, Keeping::Away).is_empty(), "who is away is reached by it, however long");
    world.today = day("2027-02-01");
    world.run(back);
    world.run(put_off(ELDER, PutOff::Until(day("2027-05-01"))));
    world.today = day("2028-02-01");
    assert!(due(&world, Keeping::Away).is_empty() && due(&world, Keeping::PutOff).is_empty());
    world.today = day("2028-02-02");
    assert_eq!(due(&world, Keeping::Away).len(), 1);
    world.today = day("2028-05-01");
    assert_eq!(due(&world, Keeping::PutOff).len(), 1);
    assert!(holds(&pages(&world.path()), "东莞厚街"));
    assert_eq!(delete_due(&mut world.ledger, "2028-05-01", Keeping::Away), 1);
    assert_eq!(delete_due(&mut world.ledger, "2028-05-01", Keeping::PutOff), 1);
    assert!(!holds(&pages(&world.path()), "东莞厚街"));
    assert!(world.ledger.resident(&uid).is_ok());
}

#[test]
fn what_is_known_stays_while_somebody_asks_for_it_and_what_it_was_before_goes() {
    let mut world = World::new();
    world.today = day("2020-01-10");
    let uid = world.person("李秀英", "1949-03-01", Some(Residency::Here));
    let phone = |phone: &str| Command::EditResident {
        resident: uid.clone(),
        edit: Box::new(ResidentEdit { phone: Some(phone.into()), ..ResidentEdit::default() }),
        source: "入户登记".into(),
    };
    let relief = |word, on| Command::SetFact {
        resident: uid.clone(),
        value: FactValue::from_word(FactKind::Relief, word).expect("a value"),
        source: "民政名单".into(),
        on: day(on),
    };
    world.run(phone("19900001234"));
    world.run(relief("dibao", "2020-01-10"));
    world.today = day("2020-02-10");
    world.run(phone("19900005678"));
    world.run(relief("tekun", "2020-02-10"));
    world.today = day("2023-01-10");
    world.run(phone("19900009012"));
    world.today = day("2023-02-09");
    assert!(due(&world, Keeping::Past).iter().all(|row| row.since == day("2020-01-10")), "the empty phone before");
    world.today = day("2023-02-10");
    // The present values are old, and asked for: they are not due, and would only be asked for again.
    assert!(due(&world, Keeping::Fact).is_empty());
    let tables: BTreeSet<String> = due(&world, Keeping::Past).into_iter().map(|row| row.table).collect();
    assert_eq!(tables, ["fact", "resident"].map(str::to_owned).into());
    assert_eq!(delete_due(&mut world.ledger, "2023-02-10", Keeping::Past), 2);
    assert!(due(&world, Keeping::Past).is_empty());
    let bytes = pages(&world.path());
    assert!(!holds(&bytes, "19900001234"), "superseded three years ago");
    assert!(holds(&bytes, "19900005678") && holds(&bytes, "19900009012"), "superseded last month, and the present one");
    let row = world.ledger.resident(&uid).expect("here");
    assert_eq!(row.facts.known.get(FactKind::Relief).map(|fact| fact.value.as_str()), Some("tekun"));
    // What was corrected since can still be taken back, and no old backup brings the rest.
    world.run(Command::Undo);
    assert_eq!(world.ledger.resident(&uid).expect("here").phone, "19900005678");
    world.ledger.check().expect("the history adds up");
}

#[test]
fn an_old_backup_does_not_bring_back_earlier_values_that_went_for_good() {
    use crate::support::program::{TODAY, Village};
    use xiangli::ledger::keys::Unlock;
    use xiangli::ledger::paper_code::PaperCode;
    let village = Village::new();
    let mut ledger = village.open().expect("it opens");
    let edit = |phone: &str| Command::EditResident {
        resident: village.people[0].clone(),
        edit: Box::new(ResidentEdit { phone: Some(phone.into()), ..ResidentEdit::default() }),
        source: "入户登记".into(),
    };
    for phone in ["19900001234", "19900005678"] {
        ledger.run(&edit(phone), &stamp(day(TODAY))).expect("edited");
    }
    let backup = ledger.back_up(&stamp(day(TODAY)), &Unwatched).expect("made").path;
    assert!(delete_due(&mut ledger, "2030-01-01", Keeping::Past) > 0);
    drop(ledger);
    let code = std::fs::read_to_string(village.beside("code")).expect("readable");
    let unlock = Unlock::PaperCode(PaperCode::parse(&code).expect("a code"));
    let stamp = stamp(day("2030-01-01"));
    let restored = restore::restore(&backup, &village.path(), &unlock, &stamp, &Unwatched).expect("restored");
    restored.ledger.check().expect("the history adds up");
    let due = restored.ledger.due_for_deletion(day("2030-01-01")).expect("readable");
    assert!(due.iter().all(|row| row.keeping != Keeping::Past), "{due:?}");
    assert_eq!(restored.ledger.resident(&village.people[0]).expect("here").phone, "19900005678");
}

#[test]
fn the_page_says_of_each_purpose_about_how_many_people_something_is_kept() {
    let mut world = World::new();
    let uid = world.person("李秀英", "1949-03-01", Some(Residency::Here));
    world.person("王强", "1990-03-01", Some(Residency::Away));
    world.run(Command::Attend { resident: uid, programme: ELDER.into(), on: day("2026-10-12") });
    let uses = world.ledger.uses().expect("readable");
    let of = |of| uses.iter().find(|row| row.of == of).map(|row| row.people);
    assert_eq!((of(Use::Register), of(Use::Services), of(Use::Care)), (Some(2), Some(2), Some(0)));
    assert_eq!(of(Use::Received), None, "a village keeps what it has itself");
}

const NAME: &str = "王秀英";
const NUMBER: &str = "421399193503010026";

/// A township to which a village named two applicants, and the file.
fn office() -> (Offices, PathBuf) {
    let plain = |profile: Profile, field| profile.showing(field, Some(Shown::Plain));
    let profile = [Field::ApplicationName, Field::ApplicationIdNumber]
        .into_iter()
        .fold(Profile::counts().with(Entity::Application), plain);
    let mut offices = Offices::new(1, 0, &profile);
    applicant(&mut offices, 0, NAME, NUMBER);
    applicant(&mut offices, 0, "李梅", "421399193603010023");
    let file = offices.hand_up(0);
    offices.receive(std::slice::from_ref(&file));
    (offices, file)
}

fn at_office(offices: &Offices, keeping: Keeping) -> Vec<DueRow> {
    let rows = offices.township.due_for_deletion(offices.stamp.today).expect("readable");
    rows.into_iter().filter(|row| row.keeping == keeping).collect()
}

#[test]
fn what_was_handed_up_is_due_at_the_office_and_goes_for_good() {
    let (mut offices, file) = office();
    let kinds: Vec<Keeping> =
        offices.township.keepings(offices.stamp.today).expect("readable").iter().map(|row| row.keeping).collect();
    assert_eq!(kinds, [Keeping::Past, Keeping::ReceivedApplication, Keeping::ReceivedAppointment]);
    let uses = offices.township.uses().expect("readable");
    assert_eq!(uses.iter().map(|row| (row.of, row.people)).collect::<Vec<_>>(), [(Use::Received, 2)]);
    offices.stamp = stamp(day("2028-11-22"));
    assert!(at_office(&offices, Keeping::ReceivedApplication).is_empty());
    offices.stamp = stamp(day("2028-11-23"));
    let due = at_office(&offices, Keeping::ReceivedApplication);
    let named: BTreeSet<(&str, &str)> = due.iter().map(|row| (row.name.as_str(), row.village.as_str())).collect();
    assert_eq!(named, [(NAME, "村1"), ("李梅", "村1")].into(), "under way, and the village has sent nothing since");
    let chosen: BTreeSet<String> = due.iter().filter(|row| row.name == NAME).map(|row| row.uid.clone()).collect();
    let purged = offices.township.purge_due(&chosen, OldBackups::Keep, &offices.stamp, &Unwatched).expect("deleted");
    assert_eq!(purged.rows, 1);
    let bytes = pages(offices.township.path());
    assert!(!holds(&bytes, NAME) && !holds(&bytes, NUMBER) && holds(&bytes, "李梅"));
    // The same file changes nothing; the next one still names her, and that she stays away is said.
    let again = offices.receive(std::slice::from_ref(&file));
    assert!(again.done.is_none() && again.files[0].state == FileState::Same);
    // The village's clock stands where it was last used.
    let later = std::mem::replace(&mut offices.stamp, stamp(day("2027-01-20")));
    let next = offices.hand_up(0);
    offices.stamp = later;
    let looked = offices.look(std::slice::from_ref(&next));
    assert_eq!((looked[0].rows.deleted, looked[0].rows.new > 0), (1, true));
    let also = xiangli::words::Words::new(xiangli::words::Language::English).say(&looked[0].message);
    assert!(also.contains("One entry was deleted here for good and stays away."), "{also}");
    offices.receive(std::slice::from_ref(&next));
    let bytes = pages(offices.township.path());
    assert!(!holds(&bytes, NAME) && !holds(&bytes, NUMBER) && holds(&bytes, "李梅"));
    assert_eq!(offices.township.uses().expect("readable")[0].people, 1);
    offices.township.check().expect("the history adds up");
}

#[test]
fn what_an_older_file_said_goes_from_the_history_of_the_office() {
    let (mut offices, _) = office();
    // She takes it back: the village names her no more, and the office's history still does.
    let village = &mut offices.villages[0];
    let all = xiangli::ledger::residents::ResidentFilter { limit: 9, ..Default::default() };
    let people = village.residents(&all).expect("people");
    let resident = people.iter().find(|row| row.name == NAME).expect("entered").uid.clone();
    village.run(&Command::RemoveResident { resident }, &offices.stamp).expect("removed");
    offices.stamp = stamp(day("2026-12-20"));
    let file = offices.hand_up(0);
    offices.receive(&[file]);
    assert_eq!(offices.township.uses().expect("readable")[0].people, 1);
    assert!(holds(&pages(offices.township.path()), NAME));
    offices.stamp = stamp(day("2029-12-19"));
    assert!(at_office(&offices, Keeping::Past).is_empty());
    offices.stamp = stamp(day("2029-12-20"));
    assert_eq!(at_office(&offices, Keeping::Past).len(), 1);
    assert_eq!(delete_due(&mut offices.township, "2029-12-20", Keeping::Past), 1);
    let bytes = pages(offices.township.path());
    assert!(!holds(&bytes, NAME) && !holds(&bytes, NUMBER) && holds(&bytes, "李梅"));
}

#[test]
fn every_table_about_people_has_a_time_after_which_its_rows_are_due() {
    // With whom each goes, where it is no kind of its own.
    let with_others = [
        ("resident", "gone"),
        ("household", "gone"),
        ("same_person", "gone"),
        ("same_person_before", "gone"),
        ("not_same", "gone"),
        ("hold", "gone"),
        ("application_document", "application"),
        ("payment", "application"),
        ("round_row", "round"),
        ("care_visit", "care"),
    ];
    let source = std::fs::read_to_string("src/ledger/store/retention.rs").expect("the statements");
    for of in Use::ALL {
        for (table, _) in of.columns() {
            let is_named = source.contains(&format!("\"{table}\",")) || source.contains(&format!("(\"{table}\", "));
            let goes_with = with_others.iter().find(|(other, _)| other == table);
            assert!(is_named || goes_with.is_some(), "{table} has no time of keeping");
        }
    }
}

//! 关爱: kept with agreement only, visited and due again, gone with the person; children left behind are named in no
//! worklist, and each look at them is written down for good.

use xiangli::domain::care::CareKind;
use xiangli::domain::consent::Purpose;
use xiangli::domain::look::LookReason;
use xiangli::domain::message::Say as _;
use xiangli::domain::resident::{Residency, Standing};
use xiangli::domain::worklist::TaskKind;
use xiangli::ledger::care::CareEdit;
use xiangli::ledger::command::Command;
use xiangli::ledger::worklist::TaskRow;

use crate::support::world::{World, day, stamp};

fn edit(resident: &str, kind: CareKind) -> CareEdit {
    CareEdit {
        resident: resident.into(),
        kind,
        helper: "李支书".into(),
        phone: "19000000009".into(),
        agreed: "每月去看一次，帮着取药".into(),
        agreed_by: String::new(),
        agreed_on: Some(day("2026-11-01")),
        next_on: Some(day("2026-11-23")),
    }
}

fn refused(world: &mut World, edit: CareEdit) -> String {
    world.try_run(Command::SetCare(Box::new(edit))).expect_err("refused").message().key.to_string()
}

fn visits(world: &World) -> Vec<TaskRow> {
    let tasks = world.ledger.worklist(world.today).expect("read");
    tasks.into_iter().filter(|task| task.due.kind == TaskKind::Visit).collect()
}

#[test]
fn a_pair_is_visited_due_again_and_one_undo_takes_the_visit_back() {
    let mut world = World::new();
    let uid = world.person("张建国", "1950-03-09", Some(Residency::Here));
    world.run(Command::SetCare(Box::new(edit(&uid, CareKind::Pairing))));
    assert_eq!(visits(&world).len(), 1);
    let care = world.ledger.care_of(&uid, CareKind::Pairing).expect("read").expect("there").uid;
    let next_on = Some(day("2026-12-23"));
    world.run(Command::Visited { care: care.clone(), note: "身体还好".into(), on: day("2026-11-22"), next_on });
    let row = world.ledger.care_of(&uid, CareKind::Pairing).expect("read").expect("there");
    assert_eq!((row.kept.next_on, row.visits.len()), (next_on, 1));
    assert_eq!(visits(&world)[0].due.on, day("2026-12-23"));
    world.run(Command::Undo);
    let row = world.ledger.care_of(&uid, CareKind::Pairing).expect("read").expect("there");
    assert_eq!((row.kept.next_on, row.visits.len()), (Some(day("2026-11-23")), 0));
    world.run(Command::EndCare { care, on: day("2026-11-23") });
    assert!(visits(&world).is_empty() && world.ledger.care(CareKind::Pairing).expect("read").is_empty());
    world.run(Command::SetCare(Box::new(edit(&uid, CareKind::Pairing))));
    assert_eq!(visits(&world).len(), 1, "it may begin again");
}

#[test]
fn nothing_is_kept_without_a_helper_the_day_of_agreement_and_a_child_s_guardian() {
    let mut world = World::new();
    let uid = world.person("王小宝", "2018-07-15", None);
    let pair = || edit(&uid, CareKind::Pairing);
    assert_eq!(refused(&mut world, CareEdit { helper: " ".into(), ..pair() }), "error-care-helper");
    assert_eq!(refused(&mut world, CareEdit { agreed_on: None, ..pair() }), "error-care-agreed");
    assert_eq!(refused(&mut world, edit(&uid, CareKind::LeftBehind)), "error-care-guardian");
    let ahead = Some(day("2026-11-24"));
    assert_eq!(refused(&mut world, CareEdit { agreed_on: ahead, ..pair() }), "error-date-ahead");
}

#[test]
fn a_child_left_behind_is_named_in_no_worklist_and_each_look_stays_written_down() {
    let mut world = World::new();
    let uid = world.person("王小宝", "2018-07-15", None);
    let child = CareEdit { agreed_by: "王奶奶".into(), ..edit(&uid, CareKind::LeftBehind) };
    world.run(Command::SetCare(Box::new(child)));
    let tasks = visits(&world);
    assert_eq!(tasks.len(), 1);
    assert_eq!((tasks[0].name(), tasks[0].uid(), tasks[0].household_uid()), ("", "", ""));
    let stamp = stamp(world.today);
    world.ledger.look_at_care(&[&uid], LookReason::Service, &stamp).expect("noted");
    // Ctrl+Z takes back what was done before the look, never the look.
    world.run(Command::Undo);
    assert!(world.ledger.care(CareKind::LeftBehind).expect("read").is_empty());
    assert_eq!(world.ledger.care_looks().expect("read"), (1, Some(world.today)));
}

#[test]
fn a_look_at_children_left_behind_stands_with_its_reason_among_the_looks_and_in_the_years_count() {
    let mut world = World::new();
    let children = [world.person("王小宝", "2018-07-15", None), world.person("李小雨", "2019-03-02", None)];
    let uids: Vec<&str> = children.iter().map(String::as_str).collect();
    let stamp = stamp(world.today);
    let revision = world.ledger.look_at_care(&uids, LookReason::Duty, &stamp).expect("noted");
    assert_eq!(revision, Some(world.ledger.revision().expect("read")));
    let looks = world.ledger.looks(None, 9).expect("read");
    let about: Vec<_> = looks.iter().rev().map(|look| (look.about.as_str(), look.reason)).collect();
    assert_eq!(about, [(uids[0], LookReason::Duty), (uids[1], LookReason::Duty)], "one look a child");
    assert_eq!(world.ledger.looks_in_year(2026).expect("read"), 2);
    // Of somebody who is not there nothing is noted, of the others neither.
    assert!(world.ledger.look_at_care(&[uids[0], "nobody"], LookReason::Duty, &stamp).is_err());
    assert_eq!(world.ledger.looks_in_year(2026).expect("read"), 2);
    // In a copy that was handed over the history takes nothing; the look is noted all the same.
    world.ledger.set_local_setting("handed-over", "2026-11-23").expect("set");
    assert_eq!(world.ledger.look_at_care(&uids[..1], LookReason::Guardian, &stamp).expect("noted"), None);
    assert_eq!(world.ledger.looks_in_year(2026).expect("read"), 3);
}

#[test]
fn care_goes_with_the_person_and_with_the_consent() {
    let mut world = World::new();
    let gone = world.person("张建国", "1950-03-09", Some(Residency::Here));
    let quiet = world.person("李桂英", "1951-04-09", Some(Residency::Here));
    for uid in [&gone, &quiet] {
        world.run(Command::SetCare(Box::new(edit(uid, CareKind::Pairing))));
    }
    assert_eq!(visits(&world).len(), 2);
    let (standing, on) = (Standing::Deceased, day("2026-11-20"));
    world.run(Command::SetStanding { resident: gone, standing, on });
    world.run(Command::WithdrawConsent { resident: quiet, purpose: Purpose::Services, on });
    assert!(visits(&world).is_empty() && world.ledger.care(CareKind::Pairing).expect("read").is_empty());
}

#[test]
fn a_visit_that_nobody_could_make_leaves_the_worklist_by_itself() {
    let mut world = World::new();
    let uid = world.person("张建国", "1950-03-09", Some(Residency::Here));
    world.run(Command::SetCare(Box::new(edit(&uid, CareKind::Pairing))));
    world.today = day("2027-02-01");
    assert!(visits(&world).is_empty());
    assert!(world.ledger.care_of(&uid, CareKind::Pairing).expect("read").is_some(), "what was agreed stays");
}

//! Lays down the golden ledger of the present version, once, before the schema is changed: `tests/ledgers/vN.xlg`, which the
//! later versions have to bring up.

use std::collections::BTreeSet;
use std::path::PathBuf;

use xiangli::domain::consent::{Channel, Purpose};
use xiangli::domain::hand_up::Profile;
use xiangli::domain::incident::{DataKind, Incident, IncidentKind, Told};
use xiangli::domain::look::LookReason;
use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::Residency;
use xiangli::domain::retention::Keeping;
use xiangli::ledger::command::{Agreed, Command, ResidentEdit};
use xiangli::ledger::privacy::command::PrivacyCommand;
use xiangli::ledger::privacy::purge::OldBackups;
use xiangli::ledger::progress::Unwatched;

use crate::support::offices::Offices;
use crate::support::world::{ELDER, World, day, stamp};

/// Synthetic people of whom there is something in the tables that the last versions added.
fn filled() -> World {
    let mut world = World::new();
    let stamp = stamp(world.today);
    let [told, came, gone, kept] =
        ["王秀英", "李桂兰", "张大山", "刘秀芳"].map(|name| world.person(name, "1950-03-02", Some(Residency::Here)));
    let child = world.person("李小雨", "2020-05-01", Some(Residency::Here));
    let edit = ResidentEdit { phone: Some("19000000001".into()), ..ResidentEdit::default() };
    world.run(Command::EditResident { resident: told.clone(), edit: Box::new(edit), source: "本人说".into() });
    let (programme, on) = (ELDER.to_owned(), world.today);
    world.run(Command::Record { resident: told.clone(), programme: programme.clone(), outcome: Outcome::Told, on });
    world.run(Command::Attend { resident: came, programme, on: day("2026-10-20") });
    world.run(Command::AssignContact { group: "1".into(), name: "张主任".into(), phone: "19000000009".into() });
    let agreed = Box::new(Agreed { channel: Channel::Spoken, witness: "周会计".into(), guardian: None });
    world.run(Command::GiveConsent { resident: told, purpose: Purpose::Services, on, agreed });
    hand_up(&mut world);
    privacy(&mut world, kept, &child);
    world.ledger.purge_person(&gone, OldBackups::Remove, &stamp, &Unwatched).expect("deleted");
    world
}

/// A closed month and a file handed up, as version 6 has them.
fn hand_up(world: &mut World) {
    let (mut offices, stamp) = (Offices::apart(0, 0), stamp(world.today));
    let (invite, stick) = (offices.stick().join("a.xli"), offices.stick());
    offices.township.invite("421399100201", &Profile::counts(), &invite, &stamp).expect("invited");
    world.ledger.enrol(&invite, &stick, &stamp).expect("answered");
    world.ledger.close_month("2026-10", &stamp).expect("closed");
    world.ledger.hand_up(&stick, &stamp, &Unwatched).expect("handed up");
}

/// What version 7 has: times of keeping, a record that a rule keeps, a loss, a look.
fn privacy(world: &mut World, kept: String, child: &str) {
    let (on, stamp) = (world.today, stamp(world.today));
    let mut run = |command| world.run(Command::Privacy(command));
    run(PrivacyCommand::SetRetention {
        keeping: Keeping::Gone, days: Some(2_000), source: "县档案局通知".into()
    });
    run(PrivacyCommand::Hold { resident: kept, until: day("2036-12-31"), basis: "会计档案管理办法".into() });
    run(PrivacyCommand::WriteIncident(Box::new(Incident {
        uid: String::new(),
        kind: IncidentKind::Paper,
        on,
        what: "赶集时丢了一张走访单".into(),
        data: vec![DataKind::Register, DataKind::Phone],
        people: 4,
        told: Vec::new(),
    })));
    let incident = world.ledger.incidents().expect("readable").remove(0).uid;
    world.run(Command::Privacy(PrivacyCommand::ToldOfIncident { incident, who: Told::Township, on }));
    world.ledger.note_look(child, LookReason::Guardian, &stamp).expect("noted");
}

#[test]
fn what_the_golden_ledger_of_this_version_would_hold_can_be_taken_back() {
    let mut world = filled();
    world.ledger.check().expect("its history adds up");
    let mut seen = BTreeSet::new();
    while let Some(step) = world.ledger.next_turns().expect("readable").0 {
        assert!(seen.insert(format!("{step:?}")), "each once");
        world.run(Command::Undo);
    }
    assert_eq!(world.ledger.overview().expect("readable").residents, 0);
}

#[test]
#[ignore = "writes the golden ledger of this version to the file named by XIANGLI_GOLDEN"]
fn lay_down_the_golden_ledger_of_this_version() {
    let target = PathBuf::from(std::env::var_os("XIANGLI_GOLDEN").expect("XIANGLI_GOLDEN names a new file"));
    assert!(!target.exists(), "what was laid down once stays");
    let World { folder: _folder, ledger, .. } = filled();
    let path = ledger.path().to_owned();
    // Closing moves the log into the file.
    drop(ledger);
    std::fs::copy(path, target).expect("written");
}

//! People working away: agreed contact, calls, requests and answers; on the village's own screen, and on their own copy.

use std::fs;
use std::path::{Path, PathBuf};

use xiangli::domain::consent::Purpose;
use xiangli::domain::disclosure::Recipient;
use xiangli::domain::resident::Residency;
use xiangli::ledger::command::Command;
use xiangli::ledger::material::PaperWish;
use xiangli::ledger::outreach::{AwayEdit, AwayRow, Reached, Which};
use xiangli::paper::order::Order;
use xiangli::words::{Language, Words};

use crate::support::world::{World, day};

fn away(world: &World) -> Vec<AwayRow> {
    world.ledger.outreach().expect("readable")
}

fn counts(world: &World) -> [usize; 5] {
    let rows = away(world);
    Which::ALL.map(|which| rows.iter().filter(|row| which.holds(row, world.today)).count())
}

#[test]
fn who_works_away_is_reached_as_was_agreed_and_what_they_ask_for_is_answered() {
    let mut world = World::new();
    let uid = world.person("王强", "1990-03-01", Some(Residency::Away));
    let mother = world.person("李秀英", "1965-03-01", Some(Residency::Here));
    assert_eq!(counts(&world), [1, 0, 0, 0, 0]);
    let edit = AwayEdit {
        resident: uid.clone(),
        place: "东莞".into(),
        back_by: Some(day("2027-01-30")),
        contact: "微信".into(),
        times: "晚上八点后".into(),
        speaker: Some(mother.clone()),
        agreed_on: None,
    };
    assert!(world.try_run(Command::SetAway(Box::new(edit.clone()))).is_err(), "nobody speaks for them unasked");
    world.run(Command::SetAway(Box::new(AwayEdit { agreed_on: Some(day("2026-11-20")), ..edit })));
    let on = world.today;
    world.run(Command::Called { resident: uid.clone(), reached: Reached::No, on: day("2026-11-22") });
    world.run(Command::Called { resident: uid.clone(), reached: Reached::Yes, on });
    world.run(Command::AskedFor { resident: uid.clone(), what: "想问问医保怎么交".into(), on });
    assert_eq!(counts(&world), [1, 1, 1, 1, 0]);
    let row = away(&world).remove(0);
    assert_eq!(row.speaker.as_ref().map(|speaker| speaker.uid.as_str()), Some(mother.as_str()));
    assert_eq!(row.tries, [(on, Reached::Yes), (day("2026-11-22"), Reached::No)]);
    let request = row.requests[0].uid.clone();
    world.run(Command::Answered { request, answer: "告诉了在手机上交".into(), on });
    assert_eq!(counts(&world), [1, 1, 1, 1, 1]);
    world.run(Command::Undo);
    assert_eq!(counts(&world), [1, 1, 1, 1, 0]);
    // Back home, they are on the page no more; gone again, what was agreed is still there.
    let residency = |residency, on: &str| Command::SetResidency {
        resident: uid.clone(),
        residency,
        source: "本人说".into(),
        on: day(on),
    };
    world.run(residency(Residency::Here, "2026-11-23"));
    assert_eq!(counts(&world), [0; 5]);
    world.run(Command::Undo);
    world.run(Command::WithdrawConsent { resident: uid, purpose: Purpose::Services, on });
    assert_eq!(counts(&world), [0; 5], "who asked not to be in lists is in none");
}

#[test]
fn a_check_that_can_wait_is_for_the_weeks_at_home() {
    let mut world = World::new();
    world.today = day("2026-05-04");
    let uid = world.person("王强", "2012-03-01", Some(Residency::Away));
    let due = |world: &World| {
        let tasks = world.ledger.worklist(world.today).expect("readable");
        let mut of: Vec<_> =
            tasks.iter().filter(|task| task.uid() == uid).map(|task| (task.key(), task.due.on)).collect();
        of.sort();
        of
    };
    let before = due(&world);
    let back = day("2026-08-01");
    let edit = AwayEdit { resident: uid.clone(), back_by: Some(back), ..AwayEdit::default() };
    world.run(Command::SetAway(Box::new(edit)));
    for ((_, was), (_, is)) in before.iter().zip(due(&world)) {
        assert!(is == *was || is == back, "{was} then {is}");
    }
}

/// All files below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let inside: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    inside.into_iter().flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

/// Outreach counts in nothing that leaves to others: no command line knows of the room, and of the papers alone the copy
/// that the person gets of what is kept of them (PIPL art. 45).
#[test]
fn nothing_of_it_leaves_to_others_or_is_on_another_paper_than_the_persons_own_copy() {
    let own = Path::new("src/paper/person_copy");
    let mut on_the_copy = 0;
    for path in ["src/paper", "src/cli"].iter().flat_map(|room| below(Path::new(room))) {
        let knows = fs::read_to_string(&path).unwrap_or_default().contains("outreach");
        on_the_copy += u32::from(knows && path.starts_with(own));
        assert!(!knows || path.starts_with(own), "{path:?}");
    }
    assert!(on_the_copy > 0, "the copy has it");
    // The read model of the copy, in which it stands, is nobody else's either.
    for path in below(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let may = ["src/ledger/material.rs", "src/ledger/person_file.rs", "src/ledger/outreach.rs"];
        let may =
            may.iter().any(|file| path == Path::new(file)) || path.starts_with(own) || path == own.with_extension("rs");
        assert!(may || !text.contains("person_file::") && !text.contains("person_file("), "{path:?}");
    }
    let own = Order::new(PaperWish::Person("somebody".into()), &Words::new(Language::Chinese));
    assert_eq!(own.recipient, Recipient::Person);
}

//! The village's own record: written, corrected, taken back, printed where it may be.

use xiangli::domain::message::Say as _;
use xiangli::domain::village_record::{Entry, RecordKind};
use xiangli::ledger::command::Command;
use xiangli::ledger::material::PaperWish;
use xiangli::paper::order::Order;
use xiangli::words::{Language, Words};

use crate::support::world::{World, day};

fn entry(kind: RecordKind, first: &str) -> Entry {
    let mut texts = vec![String::new(); kind.columns().len()];
    texts[0] = first.into();
    Entry { uid: String::new(), on: day("2026-11-20"), texts }
}

#[test]
fn an_entry_is_written_corrected_removed_and_each_can_be_taken_back() {
    let mut world = World::new();
    for kind in RecordKind::ALL.iter().copied() {
        let write = |entry: Entry| Command::WriteRecord { kind, entry: Box::new(entry) };
        let all = |world: &World| world.ledger.village_record(kind).expect("readable");
        world.run(write(entry(kind, "量血压")));
        let mut first = all(&world).remove(0);
        first.texts[1] = "村卫生室".into();
        world.run(write(first.clone()));
        assert_eq!(all(&world), [first.clone()]);
        world.run(Command::RemoveRecord { kind, uid: first.uid.clone() });
        assert!(all(&world).is_empty());
        assert!(world.try_run(Command::RemoveRecord { kind, uid: first.uid.clone() }).is_err());
        world.run(Command::Undo);
        assert_eq!(all(&world), [first]);
        world.run(Command::Undo);
        assert_eq!(all(&world)[0].texts[1], "");
        assert!(world.try_run(write(entry(kind, " "))).is_err(), "nothing is written");
        let ahead = Entry { on: day("2026-12-01"), ..entry(kind, "量血压") };
        assert!(world.try_run(write(ahead)).is_err(), "the day is ahead");
    }
    world.ledger.check().expect("sound");
}

#[test]
fn what_hangs_on_the_board_is_printed_and_who_was_trained_is_not() {
    let mut world = World::new();
    let words = Words::new(Language::Chinese);
    for kind in RecordKind::ALL.iter().copied() {
        let order = Order::new(PaperWish::VillageRecord(kind), &words);
        let print = |world: &World| order.content(&world.ledger.gather(&order.wish, world.today)?, &words);
        assert!(print(&world).is_err(), "an empty sheet hangs nowhere");
        world.run(Command::WriteRecord { kind, entry: Box::new(entry(kind, "量血压")) });
        match print(&world) {
            Ok(content) => assert!(kind.is_printed() && content.texts(&words).iter().any(|text| text == "量血压")),
            Err(error) => assert_eq!((kind, error.message().key.as_ref()), (RecordKind::Training, "paper-record-own")),
        }
    }
}

#[test]
fn the_self_check_counts_what_is_there_and_names_nobody() {
    let mut world = World::new();
    world.person("张建国", "1950-03-09", Some(xiangli::domain::resident::Residency::Here));
    let (group, name, phone) = ("1".to_owned(), "李支书".to_owned(), "19000000001".to_owned());
    world.run(Command::AssignContact { group, name, phone });
    for kind in [RecordKind::Training, RecordKind::Feedback] {
        world.run(Command::WriteRecord { kind, entry: Box::new(entry(kind, "量血压")) });
    }
    let check = world.ledger.self_check(world.today).expect("counted");
    assert_eq!((check.groups, check.looked_after, check.trainings), (1, 1, 1));
    assert_eq!((check.feedback, check.answered), (1, 0));
    assert!(check.programmes.iter().all(|(programme, _)| programme.may_be_told_of()));
    assert!(check.programmes.iter().any(|(programme, counts)| programme.id == "elder-check" && counts.eligible == 1));
    let words = Words::new(Language::Chinese);
    let order = Order::new(PaperWish::SelfCheck, &words);
    let content = order.content(&world.ledger.gather(&order.wish, world.today).expect("read"), &words).expect("made");
    let texts = content.texts(&words).join("");
    assert!(texts.contains("待遇落实") && !texts.contains("张建国") && !texts.contains("李支书"), "{texts}");
}

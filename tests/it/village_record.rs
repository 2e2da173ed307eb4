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

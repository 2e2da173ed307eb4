//! The desk with real threads: answers, stopping, and what remains after a panic.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::*;
use crate::ledger::keys::LedgerKey;
use crate::ledger::{NewVillage, VillageKind};

fn stamp() -> Stamp {
    Stamp {
        at: "2026-11-23T08:00:00+08:00".parse().expect("an instant"),
        today: "2026-11-23".parse().expect("a date"),
        by: "tester".into(),
    }
}

fn open(desk: &Desk, path: PathBuf) {
    let started = desk.start(move |_| {
        let new = NewVillage { code: "421399000001".into(), name: "演示村".into(), kind: VillageKind::Demo };
        Ok((Ledger::create(&path, &LedgerKey::random()?, &new, Some([7; 32]), &stamp())?, ()))
    });
    wait(&started).expect("opened");
}

fn wait<T>(answer: &Answer<T>) -> Result<T> {
    let begun = Instant::now();
    loop {
        if let Some(result) = answer.take() {
            return result;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "no answer");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn desks() -> [Desk; 2] {
    [Desk::inline(), Desk::threaded(Arc::new(|| {}))]
}

#[test]
fn a_read_sees_what_a_command_before_it_wrote() {
    for desk in desks() {
        let folder = tempfile::tempdir().expect("a folder");
        open(&desk, folder.path().join("a.xiangli"));
        let assign = Command::AssignContact { group: "3".into(), name: "李桂芳".into(), phone: String::new() };
        let done = wait(&desk.run(assign, stamp())).expect("done");
        assert_eq!(wait(&desk.ask(View::revision)).expect("read"), done.revision);
        assert_eq!(wait(&desk.ask(View::groups)).expect("read").len(), 1);
    }
}

#[test]
fn without_a_ledger_a_sentence_is_the_answer() {
    for desk in desks() {
        assert!(wait(&desk.ask(View::revision)).is_err());
        assert!(wait(&desk.run(Command::Undo, stamp())).is_err());
    }
}

#[test]
fn after_a_panic_everything_can_still_be_read_and_nothing_written() {
    let desk = Desk::threaded(Arc::new(|| {}));
    let folder = tempfile::tempdir().expect("a folder");
    open(&desk, folder.path().join("a.xiangli"));
    let broken = desk.job(|_, _| -> Result<()> { panic!("on purpose") });
    assert!(wait(&broken).is_err());
    assert!(desk.is_read_only());
    assert!(wait(&desk.ask(View::revision)).is_ok());
    assert!(wait(&desk.run(Command::Undo, stamp())).is_err());
}

#[test]
fn work_that_is_no_longer_wanted_is_told_so() {
    let desk = Desk::threaded(Arc::new(|| {}));
    let folder = tempfile::tempdir().expect("a folder");
    open(&desk, folder.path().join("a.xiangli"));
    let long = desk.job(|_, progress| -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if progress.at(1, 2).is_break() {
                return Err(LedgerError::cancelled());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    });
    long.cancel();
    assert_eq!(wait(&long).expect_err("stopped").kind, ErrorKind::Cancelled);
}

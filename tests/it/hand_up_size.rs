//! How large it may get: thirty villages of a township, four hundred of a county. Timed by hand, never a gate.

use std::path::PathBuf;
use std::time::Instant;

use xiangli::domain::application::Act;
use xiangli::ledger::command::Command;
use xiangli::ledger::demo::Plan;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::residents::ResidentFilter;
use xiangli::ledger::township::Enrolment;
use xiangli::ledger::{Ledger, NewVillage, VillageKind};

use crate::support::offices::{Offices, with_persons};
use crate::support::program::{memory_folder, number};
use crate::support::world::{key, stamp};

/// So many people of each village have an application with the township, besides those of the demo village.
const PERSONS: u32 = 500;

/// A village of the township, made, enrolled, handed up, and gone again: its file is what stays.
fn file_of(offices: &mut Offices, at: usize, residents: usize) -> PathBuf {
    let code = format!("421399100{:03}", 1 + at);
    let (stick, stamp) = (offices.stick(), offices.stamp.clone());
    let folder = memory_folder();
    let new = NewVillage { code: code.clone(), name: format!("村{at}"), kind: VillageKind::Demo };
    let seed = u64::try_from(at).expect("few");
    let mut uids = [7; 32];
    uids[..8].copy_from_slice(&seed.to_le_bytes());
    let path = folder.path().join("v.xlg");
    let mut village = Ledger::create(&path, &key(), &new, Some(uids), &stamp).expect("a new ledger");
    village.fill_demo(Plan { residents, seed }, &stamp, &Unwatched).expect("people");
    let all = ResidentFilter { limit: PERSONS, ..ResidentFilter::default() };
    for person in village.residents(&all).expect("people") {
        for act in [Act::Begin(Vec::new()), Act::HandOn, Act::HandOn] {
            let (resident, programme) = (person.uid.clone(), "elder-allowance".to_owned());
            // Some have applied already.
            let _ = village.run(&Command::Apply { resident, programme, period: None, act, on: stamp.today }, &stamp);
        }
    }
    let invite = folder.path().join("a.xli");
    offices.township.invite(&code, &with_persons(), &invite, &stamp).expect("invited");
    let enrolled = village.enrol(&invite, folder.path(), &stamp).expect("answered");
    let Enrolment::Office(enrolled) = enrolled else { panic!("an invite") };
    offices.township.enrol(&enrolled.answer, folder.path(), &stamp).expect("taken");
    village.hand_up(&stick, &stamp, &Unwatched).expect("handed up").path
}

fn measured(files: usize, residents: usize) {
    let mut offices = Offices::apart(0, 0);
    let begun = Instant::now();
    let paths: Vec<PathBuf> = (0..files).map(|at| file_of(&mut offices, at, residents)).collect();
    let made = begun.elapsed();
    let begun = Instant::now();
    let received = offices.receive(&paths);
    let read = begun.elapsed();
    assert!(received.files.iter().all(|file| file.state.is_read()));
    let rows: u64 = received.files.iter().map(|file| file.rows.new).sum();
    let hash = offices.township.received_hash().expect("a hash");
    let mut other: Vec<PathBuf> = paths.iter().rev().cloned().collect();
    other.extend_from_slice(&paths[..files / 3]);
    let begun = Instant::now();
    let again = offices.receive(&other);
    let reread = begun.elapsed();
    assert!(again.done.is_none() && offices.township.received_hash().expect("a hash") == hash);
    let begun = Instant::now();
    let coverage = offices.township.coverage(stamp(offices.stamp.today).today).expect("readable");
    let summed = begun.elapsed();
    assert_eq!(coverage.rows.len(), files);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    eprintln!(
        "{files} files of {residents} people, {rows} rows: made {made:.1?}, read {read:.2?}, again {reread:.2?}, \
         summed {summed:.3?}, {peak}"
    );
}

#[test]
#[ignore = "timed by hand: cargo test --release -- --ignored thirty_files --nocapture"]
fn thirty_files_of_a_township() {
    measured(30, number("XIANGLI_TEST_PEOPLE", 3_000) as usize);
}

#[test]
#[ignore = "timed by hand: cargo test --release -- --ignored four_hundred_files --nocapture"]
fn four_hundred_files_of_a_county() {
    measured(400, number("XIANGLI_TEST_PEOPLE", 2_350) as usize);
}

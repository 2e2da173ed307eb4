//! The file of the month: from the village on a stick to its township, the receipt back, and what never leaves.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command as Process;

use xiangli::domain::hand_up::{Entity, Field, FileState, Profile, Shown};
use xiangli::domain::mask::MaskedName;
use xiangli::domain::message::Say as _;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::Command;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::residents::{ResidentFilter, ResidentRow};
use xiangli::ledger::township::receive::RowCounts;

use crate::support::offices::{Offices, TOWNSHIP, code, with_persons};
use crate::support::world::{day, key, stamp};

fn everybody(village: &Ledger) -> Vec<ResidentRow> {
    let all = ResidentFilter { limit: u32::MAX, ..ResidentFilter::default() };
    village.residents(&all).expect("people")
}

fn states(files: &[xiangli::ledger::township::receive::ShelfFile]) -> Vec<FileState> {
    files.iter().map(|file| file.state).collect()
}

#[test]
fn a_file_goes_up_is_taken_and_its_receipt_comes_back() {
    let mut offices = Offices::new(1, 300, &with_persons());
    let file = offices.hand_up(0);
    assert_eq!(file.file_name().and_then(|name| name.to_str()), Some("村1-1.xlb"));
    let looked = offices.look(std::slice::from_ref(&file));
    let rows = looked[0].rows;
    assert!(rows.new > 50 && rows.same + rows.changed + rows.refused == 0, "{rows:?}");
    assert_eq!(offices.township.received_hash().expect("a hash"), {
        let empty = Offices::apart(0, 0);
        empty.township.received_hash().expect("a hash")
    });
    let received = offices.receive(&[file]);
    assert_eq!((states(&received.files), received.files[0].rows), (vec![FileState::Accepted], rows));
    assert_eq!((received.files[0].code.as_str(), received.files[0].number), (code(0).as_str(), 1));
    let before = offices.villages[0].hand_up_overview().expect("readable");
    assert_eq!((before.files.len(), before.files[0].accepted_on), (1, None));
    let receipt = offices.villages[0].take_receipt(&received.receipts[0], &offices.stamp).expect("taken");
    assert_eq!(receipt.file.accepted_on, Some(offices.stamp.today));
    assert_eq!(receipt.file.accepted_rows, i64::try_from(rows.new).expect("few"));
    assert!(receipt.file.refused.is_empty());
    let after = offices.villages[0].hand_up_overview().expect("readable");
    assert_eq!(after.only_here, 0, "all of it is with the township");
    // Taken again, it changes nothing; and no undo calls a file back that has left.
    let revision = offices.villages[0].revision().expect("one");
    offices.villages[0].take_receipt(&received.receipts[0], &offices.stamp).expect("again");
    assert_eq!(offices.villages[0].revision().expect("one"), revision);
    offices.villages[0].run(&Command::Undo, &offices.stamp).expect("the enrolment is undone, not the file");
    assert_eq!(offices.villages[0].hand_ups().expect("readable").len(), 1);
}

#[test]
fn the_first_file_enrols_where_the_answer_was_lost_and_nobody_else_can_send_it() {
    let mut offices = Offices::apart(2, 60);
    let (stick, stamp) = (offices.stick(), offices.stamp.clone());
    for village in 0..2 {
        let invite = stick.join(format!("{village}.xli"));
        offices.township.invite(&code(village), &Profile::counts(), &invite, &stamp).expect("invited");
        offices.villages[village].enrol(&invite, &stick, &stamp).expect("answered");
    }
    let files = [offices.hand_up(0), offices.hand_up(1)];
    let received = offices.receive(&files);
    assert_eq!(states(&received.files), [FileState::Accepted, FileState::Accepted]);
    let members = offices.township.invited().expect("readable");
    assert!(members.iter().all(|member| member.enrolled_on.is_some() && member.confirmed_on.is_none()));
    for (at, member) in members.iter().enumerate() {
        let theirs = offices.villages[at].hand_up_overview().expect("readable").fingerprint;
        assert_eq!(offices.township.fingerprint_of(member).expect("a number"), theirs);
    }
    offices.township.confirm_member(&code(0), &stamp).expect("compared");
    assert!(offices.township.invited().expect("readable")[0].confirmed_on.is_some());
    // A village of another township, and a stranger who has the township's public key but no invite.
    let mut other = Offices::new(1, 60, &Profile::counts());
    let foreign = other.hand_up(0);
    assert_eq!(states(&offices.look(&[foreign])), [FileState::Foreign]);
    let invite = stick.join("new.xli");
    offices.township.invite(&code(0), &Profile::counts(), &invite, &stamp).expect("invited again");
    let kept = offices.hand_up(0);
    assert_eq!(states(&offices.receive(&[kept]).files), [FileState::Accepted], "its keys are known: it goes on");
}

#[test]
fn a_stranger_with_the_invites_public_part_is_not_the_village() {
    let mut offices = Offices::apart(1, 60);
    let (stick, stamp) = (offices.stick(), offices.stamp.clone());
    let invite = stick.join("a.xli");
    offices.township.invite(&code(0), &Profile::counts(), &invite, &stamp).expect("invited");
    offices.villages[0].enrol(&invite, &stick, &stamp).expect("answered");
    let file = offices.hand_up(0);
    // The township invites anew: the old invite, which somebody may have seen, is worth nothing any more.
    offices.township.invite(&code(0), &Profile::counts(), &stick.join("b.xli"), &stamp).expect("invited");
    assert_eq!(states(&offices.look(&[file])), [FileState::UnknownSender]);
    // An invite whose secret, columns or office were changed is none.
    let text = fs::read_to_string(stick.join("b.xli")).expect("readable");
    for (from, to) in [("安居镇", "平安镇"), ("\"plain\"", "\"masked\""), (&code(0), &code(1))] {
        let changed = stick.join("changed.xli");
        fs::write(&changed, text.replacen(from, to, 1)).expect("written");
        let error = offices.villages[0].enrol(&changed, &stick, &stamp).expect_err("changed");
        assert_eq!(error.message().key, "invite-damaged");
    }
}

#[test]
fn read_again_in_any_order_files_change_nothing() {
    let mut offices = Offices::new(2, 120, &with_persons());
    let mut files: Vec<PathBuf> = Vec::new();
    for month in 0..3 {
        offices.stamp = stamp(day(["2026-11-23", "2026-12-20", "2027-01-20"][month]));
        for village in 0..2 {
            let resident = everybody(&offices.villages[village])[month].uid.clone();
            let moved = Command::RemoveResident { resident };
            let _ = offices.villages[village].run(&moved, &offices.stamp);
            files.push(offices.hand_up(village));
        }
    }
    // The same township before it reads anything, to read in every other way.
    let empty = offices.township.back_up(&offices.stamp, &Unwatched).expect("a copy").path;
    let in_order = offices.receive(&files);
    assert!(in_order.files.iter().all(|file| file.state == FileState::Accepted));
    let hash = offices.township.received_hash().expect("a hash");
    let revision = offices.township.revision().expect("one");
    let again = offices.receive(&files);
    assert!(again.done.is_none() && again.files.iter().all(|file| file.state == FileState::Same));
    assert_eq!(
        (offices.township.received_hash().expect("a hash"), offices.township.revision().expect("one")),
        (hash.clone(), revision)
    );
    for (number, order) in [[5, 4, 3, 2, 1, 0], [2, 0, 4, 1, 5, 3], [1, 5, 0, 3, 2, 4]].into_iter().enumerate() {
        let copy = offices.folder.path().join(format!("again-{number}.xlg"));
        fs::copy(&empty, &copy).expect("copied");
        let mut township = Ledger::open(&copy, &key()).expect("it opens");
        for at in order {
            let two = [files[at].clone(), files[order[0]].clone()];
            let read = township.receive(&two, &offices.stamp, &Unwatched).expect("read");
            assert!(read.files.iter().all(|file| file.state.is_read()));
        }
        assert_eq!(township.received_hash().expect("a hash"), hash, "{order:?}");
    }
    // What was received is not taken back: a later file rests on it, and reading it again brings it to the same.
    let undone = offices.township.run(&Command::Undo, &offices.stamp);
    assert!(undone.is_ok() && offices.township.received_hash().expect("a hash") == hash, "the enrolment alone");
}

/// Whose application it is is masked, who has a day for a check is named as the profile has it, and in every other line there
/// is nobody's name; how many applications there are.
fn names_are_those_of_their_rows(text: &str, people: &[ResidentRow]) -> usize {
    let names: BTreeSet<&str> =
        people.iter().map(|person| person.name.as_str()).filter(|name| name.chars().count() > 1).collect();
    let mut applications = 0;
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        let person = people.iter().find(|person| row["person"] == person.uid.as_str());
        let mut rest = line.to_owned();
        if row["phase"].is_string() {
            applications += 1;
            assert!(row["name"].as_str().is_some_and(|name| name.contains('*')), "a name that is not masked");
            assert!(person.is_none_or(|person| row["name"] == MaskedName::of(&person.name).as_str()));
        } else if row["state"].is_string() {
            assert!(person.is_none_or(|person| row["name"] == person.name.as_str()), "somebody else's name");
            let own = row["name"].as_str().expect("a name");
            rest = rest.replace(&format!("\"name\":\"{own}\""), "");
        }
        assert!(!names.iter().any(|name| rest.contains(name)), "a name where none belongs");
    }
    applications
}

#[test]
fn what_is_not_in_the_profile_is_in_no_byte_of_the_file() {
    let mut offices = Offices::new(1, 400, &Profile::counts());
    let people = everybody(&offices.villages[0]);
    assert!(people.len() > 300);
    let file = offices.hand_up(0);
    let text = offices.plain(&file);
    assert!(text.starts_with("xiangli-hand-up 1\n") && text.contains("\"measure\":\"eligible\""));
    for person in &people {
        for value in [&person.name, &person.id_number, &person.phone, &person.uid, &person.address] {
            assert!(value.chars().count() < 2 || !text.contains(value.as_str()), "somebody is in it");
        }
    }
    // With persons: names and masked numbers of applicants, and of nobody else.
    offices.enrol(0, &with_persons().showing(Field::ApplicationName, Some(Shown::Masked)));
    let stamp = offices.stamp.clone();
    let preview = offices.villages[0].hand_up_preview(stamp.today, &Unwatched).expect("a preview");
    assert!(!preview.gathered.of(Entity::Application).is_empty());
    let file = offices.hand_up(0);
    let text = offices.plain(&file);
    for person in &people {
        for value in [&person.id_number, &person.phone, &person.address] {
            assert!(value.chars().count() < 2 || !text.contains(value.as_str()), "a column that does not leave");
        }
    }
    assert!(names_are_those_of_their_rows(&text, &people) > 0, "there are applications");
    for never in ["declin", "refus", "taken_back", "tries", "unreach", "note", "address"] {
        assert!(!text.contains(never), "{never}");
    }
    let told = offices.villages[0].disclosures(10).expect("readable");
    assert!(told.iter().any(|row| row.paper == "hand-up" && row.columns.contains("application.name:masked")));
}

#[test]
fn the_standard_age_program_opens_it_with_the_townships_key() {
    let mut offices = Offices::new(1, 60, &Profile::counts());
    let file = offices.hand_up(0);
    let identity = offices.folder.path().join("identity");
    let stamp = offices.stamp.clone();
    assert!(offices.township.age_identity(["张三", "张三"], &stamp).is_err(), "one person alone does not take it out");
    let secret = offices.township.age_identity(["张三", "李四"], &stamp).expect("a key");
    assert_eq!(offices.township.disclosures(1).expect("readable")[0].recipient, "张三、李四", "written down");
    fs::write(&identity, secrecy::ExposeSecret::expose_secret(&secret)).expect("written");
    let opened = Process::new("age").args(["-d", "-i"]).arg(&identity).arg(&file).output().expect("age is installed");
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    let text = String::from_utf8(opened.stdout).expect("text");
    assert_eq!(text, offices.plain(&file));
    let lines: Vec<&str> = text.lines().collect();
    let manifest: serde_json::Value = serde_json::from_str(lines[1]).expect("JSON");
    assert_eq!(manifest["from"]["code"], code(0).as_str());
    let rows = manifest["sections"][0]["rows"].as_u64().expect("a number") as usize;
    assert_eq!(lines.len(), 2 + rows + 1);
    assert!(lines[lines.len() - 1].starts_with("signature "));
}

#[test]
fn a_ledger_of_a_village_takes_no_files_and_an_office_invites_only_what_lies_in_it() {
    let mut offices = Offices::new(1, 60, &Profile::counts());
    let (file, stamp) = (offices.hand_up(0), offices.stamp.clone());
    let refused = |error: xiangli::ledger::error::LedgerError| error.message().key.to_string();
    let error = offices.villages[0].receive(&[file], &stamp, &Unwatched).expect_err("a village");
    assert_eq!(refused(error), "township-is-village");
    let out = offices.stick().join("x.xli");
    for (code, key) in
        [("421399101201", "township-not-within"), (TOWNSHIP, "township-not-within"), ("x", "error-village-code")]
    {
        let error = offices.township.invite(code, &Profile::counts(), &out, &stamp).expect_err("not within");
        assert_eq!(refused(error), key);
        assert!(!out.exists());
    }
    // A village does not answer the invite of another one.
    offices.township.invite(&code(1), &Profile::counts(), &out, &stamp).expect("invited");
    let stick = offices.stick();
    let error = offices.villages[0].enrol(&out, &stick, &stamp).expect_err("another village's");
    assert_eq!(refused(error), "invite-other-village");
    // Before any invite nothing leaves.
    let mut alone = Offices::apart(1, 0);
    let error = alone.villages[0].hand_up(&stick, &stamp, &Unwatched).expect_err("no township");
    assert_eq!(refused(error), "hand-up-not-enrolled");
    // A clock that was set back is said before a file is made.
    let earlier = crate::support::world::stamp(day("2020-01-01"));
    let error = offices.villages[0].hand_up(&stick, &earlier, &Unwatched).expect_err("the clock is wrong");
    assert_eq!(refused(error), "hand-up-clock");
    let rows = RowCounts::default();
    assert_eq!(rows.new + rows.same, 0);
}

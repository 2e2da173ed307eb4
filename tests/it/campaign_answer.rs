//! The clinic's answer: its list, marked and read back. What does not fit is said, and nothing of it is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;
use xiangli::domain::campaign::{AppointmentAct as Act, AppointmentState, Word};
use xiangli::domain::resident::Residency;
use xiangli::ledger::campaigns::clinic::{self, ClinicAnswer, Said};
use xiangli::ledger::campaigns::command::CampaignCommand;
use xiangli::ledger::campaigns::sheets::CampaignPaper;
use xiangli::ledger::command::Command;
use xiangli::ledger::progress::Unwatched;

use crate::campaign_papers::{act, order, planned, refusal, write};
use crate::campaigns::{move_to, read};
use crate::support::world::{World, day};

/// The column in which the clinic marks who came.
const CAME: usize = 9;

/// The clinic's list as it comes back: number and name as they stand there, with these marks.
fn marked(world: &mut World, uid: &str, name: &str, mark: impl Fn(&str, &mut Vec<String>)) -> PathBuf {
    let order = order(uid, CampaignPaper::Clinic);
    let path = write(world, &order, &format!("{name}.xlsx"));
    let mut book: Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    let mut back = Workbook::new();
    let sheet = back.add_worksheet();
    for (line, row) in (0_u32..).zip(range.rows()) {
        let mut row: Vec<String> = row.iter().map(ToString::to_string).collect();
        if line > 0 {
            let name = row[1].clone();
            mark(&name, &mut row);
        }
        for (at, cell) in (0_u16..).zip(&row) {
            sheet.write_string(line, at, cell).expect("written");
        }
    }
    let out = world.folder.path().join(format!("{name} 回单.xlsx"));
    back.save(&out).expect("saved");
    out
}

fn read_back(world: &World, uid: &str, path: &Path) -> ClinicAnswer {
    clinic::read(path, &read(world, uid), world.today, &Unwatched).expect("read")
}

fn states(world: &World, uid: &str) -> BTreeMap<String, (AppointmentState, Option<usize>)> {
    let rows = read(world, uid).appointments;
    rows.into_iter().map(|row| (row.person.name, (row.state, row.session))).collect()
}

#[test]
fn what_the_clinic_marks_on_its_list_is_read_back_exactly_and_taken_back_as_one_step() {
    let names = ["王一", "王二", "王三", "王四", "王五", "王六"];
    let (mut world, uid, people) = planned(&names);
    for resident in &people[..5] {
        act(&mut world, &uid, resident, Act::Agree);
    }
    world.today = day("2026-12-15");
    let path = marked(&mut world, &uid, "名单", |name, row| {
        let mark = match name {
            "王一" => "是",
            "王二" => "没来",
            "王三" => "2026-12-14",
            "王四" => "√",
            _ => "",
        };
        row[CAME] = mark.to_owned();
    });
    let before = states(&world, &uid);
    let answer = read_back(&world, &uid, &path);
    assert_eq!([Said::Came, Said::Missed, Said::Nothing].map(|said| answer.count(said)), [3, 1, 1]);
    assert_eq!(states(&world, &uid), before, "reading writes nothing");
    let taken = CampaignCommand::TakeAnswer(Box::new(answer.taken(world.today)));
    world.run(Command::Campaign(taken));
    let after = states(&world, &uid);
    let expected = [
        ("王一", AppointmentState::Came, 0),
        ("王二", AppointmentState::Missed, 0),
        ("王三", AppointmentState::Came, 1),
        ("王四", AppointmentState::Came, 0),
        ("王五", AppointmentState::Agreed, 0),
        ("王六", AppointmentState::Planned, 0),
    ];
    for (name, state, session) in expected {
        assert_eq!(after.get(name), Some(&(state, Some(session))), "{name}");
    }
    let again = read_back(&world, &uid, &path);
    assert_eq!((again.count(Said::Known), again.taken(world.today).rows.len()), (4, 0), "read twice, written once");
    world.run(Command::Undo);
    assert_eq!(states(&world, &uid), before);
}

#[test]
fn what_does_not_fit_in_the_answer_is_said_and_nothing_of_it_is_written() {
    let names = ["王一", "王二", "王三", "王四", "王五", "王六"];
    let (mut world, uid, people) = planned(&names);
    for resident in &people {
        act(&mut world, &uid, resident, Act::Agree);
    }
    let early = marked(&mut world, &uid, "早", |_, row| row[CAME] = "是".to_owned());
    assert_eq!(read_back(&world, &uid, &early).count(Said::Ahead), 6, "that day is still to come");
    world.today = day("2026-12-15");
    let first = read(&world, &uid).of(&people[0]).expect("there").number.to_string();
    let path = marked(&mut world, &uid, "乱", |name, row| {
        row[CAME] = "是".to_owned();
        match name {
            "王二" => row[1] = "李四".to_owned(),
            "王三" => row[0] = "99999".to_owned(),
            "王四" => row[CAME] = "拒绝".to_owned(),
            "王五" => row[CAME] = "2026-12-13".to_owned(),
            "王六" => (row[0], row[1]) = (first.clone(), "王一".to_owned()),
            _ => {}
        }
    });
    let answer = read_back(&world, &uid, &path);
    let counts = [Said::Came, Said::Unknown, Said::Unclear, Said::Twice].map(|said| answer.count(said));
    assert_eq!(counts, [1, 2, 2, 1]);
    assert_eq!(answer.taken(world.today).rows.len(), 1);
    assert!(!format!("{answer:?}").contains('王'), "no name in a log");
    world.run(Command::Campaign(CampaignCommand::TakeAnswer(Box::new(answer.taken(world.today)))));
    let came = states(&world, &uid).into_iter().filter(|(_, (state, _))| *state == AppointmentState::Came);
    assert_eq!(came.map(|(name, _)| name).collect::<Vec<_>>(), ["王一"]);
}

#[test]
fn a_file_that_is_no_answer_is_refused() {
    let (world, uid, _) = planned(&["王一"]);
    let at = |name: &str| world.folder.path().join(name);
    let refused = |path: &Path| clinic::read(path, &read(&world, &uid), world.today, &Unwatched).map(|_| ());
    fs::write(at("junk.xlsx"), b"PK\x03\x04 not a workbook").expect("written");
    assert!(refused(&at("junk.xlsx")).is_err() && refused(&at("nothing.xlsx")).is_err());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, head) in (0_u16..).zip(["编号", "姓名", "检查结果"]) {
        sheet.write_string(0, at, head).expect("written");
    }
    sheet.write_string(1, 2, "高血压").expect("written");
    book.save(at("results.xlsx")).expect("saved");
    assert_eq!(refusal(refused(&at("results.xlsx"))), "error-clinic-heads", "results are not read");
}

#[test]
fn a_line_with_a_day_on_which_nothing_is_for_somebody_is_unclear_and_hinders_no_other() {
    let (mut world, uid, people) = planned(&["王一", "王二"]);
    let turning = world.person("王三", "1961-12-10", Some(Residency::Here));
    for resident in &people {
        act(&mut world, &uid, resident, Act::Agree);
    }
    world.run(move_to(&read(&world, &uid), &turning, 1, Word::Given, &world));
    world.today = day("2026-12-15");
    let path = marked(&mut world, &uid, "名单", |name, row| {
        row[CAME] = if name == "王三" { "2026-12-07" } else { "是" }.to_owned();
    });
    let answer = read_back(&world, &uid, &path);
    assert_eq!([Said::Came, Said::Unclear].map(|said| answer.count(said)), [2, 1]);
    world.run(Command::Campaign(CampaignCommand::TakeAnswer(Box::new(answer.taken(world.today)))));
    let states = states(&world, &uid);
    assert_eq!(states.get("王三"), Some(&(AppointmentState::Agreed, Some(1))));
    assert_eq!(states.get("王一").map(|(state, _)| *state), Some(AppointmentState::Came));
}

//! The log of what left: everything with people in it that leaves is written down with recipient, purpose and fields, the
//! sealed copies and packets and the rows to be mended, too; and all of it is said in words.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use xiangli::desk::recovery::pack;
use xiangli::desk::rosters::{Heads, ToMendWish, write_rejected};
use xiangli::desk::{Answer, Desk};
use xiangli::ledger::Ledger;
use xiangli::ledger::campaigns::sheets::{CampaignPaper, SlipsFor};
use xiangli::ledger::exchange::matching::Outcome;
use xiangli::ledger::handouts::{DisclosureRow, Leaving};
use xiangli::ledger::material::PaperWish;
use xiangli::ledger::progress::Unwatched;
use xiangli::paper::log_line;
use xiangli::paper::order::Order;
use xiangli::paper::roster::RosterColumn;
use xiangli::words::{Language, Words};

use crate::import_support::id;
use crate::support::program::{TODAY, Village};
use crate::support::world::{day, stamp};

fn chinese() -> Words {
    Words::new(Language::Chinese)
}

/// Paper, recipient, purpose, fields and rows of what left, the newest first.
fn left(ledger: &Ledger) -> Vec<(String, String, String, String, u64)> {
    let rows = ledger.disclosures(9).expect("readable").into_iter();
    rows.map(|row| (row.paper, row.recipient, row.purpose, row.columns, row.rows)).collect()
}

fn sealed(paper: &str, recipient: &str) -> (String, String, String, String, u64) {
    (paper.into(), recipient.into(), paper.into(), "all-sealed".into(), 12)
}

fn stick(village: &Village) -> String {
    let stick = village.beside("stick");
    fs::create_dir(&stick).expect("made");
    stick.to_string_lossy().into_owned()
}

#[test]
fn a_copy_and_a_hand_over_packet_are_written_down_and_the_packet_knows_of_itself() {
    let village = Village::new();
    let stick = stick(&village);
    let run = |words: &[&str]| {
        let output = village.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    run(&["copy-out", &stick]);
    let said = run(&["disclosures"]);
    for says in ["Sealed copy", "whoever has the stick", "another computer", "All of it, sealed", "12 people"] {
        assert!(said.contains(says), "{says}: {said}");
    }
    run(&["hand-over", "--to", &stick]);
    let ledger = village.open().expect("it opens");
    let expected = [sealed("hand-over", "successor"), sealed("copy", "holder")];
    assert_eq!(left(&ledger), expected);
    ledger.check().expect("sound");
    drop(ledger);
    // Nothing more is written here, and a copy is still made.
    run(&["copy-out", &stick]);
    let ledger = village.open().expect("it opens");
    assert_eq!(left(&ledger), expected);
    let head = ledger.chain_head().expect("a head");
    drop(ledger);
    let packet = fs::read_dir(&stick).expect("readable").flatten().map(|entry| entry.path());
    let code = fs::read_to_string(village.beside("code")).expect("readable");
    let code = xiangli::ledger::paper_code::PaperCode::parse(&code).expect("a code");
    let with = xiangli::ledger::keys::Unlock::PaperCode(code);
    let mut heads = Vec::new();
    for (at, file) in packet.filter(|path| path.extension().is_some_and(|ending| ending == "xlc")).enumerate() {
        let target = village.beside(&format!("new{at}/v.xlg"));
        let opened = xiangli::ledger::copy::copy_in(&file, &target, &with, &Unwatched).expect("it opens");
        heads.push(opened.chain_head().expect("a head"));
    }
    assert!(heads.contains(&head), "the packet holds what is written here");
}

#[test]
fn a_hand_over_that_fails_has_not_left() {
    let village = Village::new();
    let mut ledger = village.open().expect("it opens");
    let gone = village.beside("gone");
    assert!(ledger.hand_over(&gone, &stamp(day(TODAY)), &Unwatched).is_err());
    assert!(left(&ledger).is_empty() && ledger.handed_over().expect("read").is_none());
}

fn desk(village: &Village) -> Desk {
    let desk = Desk::inline();
    let opened = village.open();
    taken(&desk.start(move |_| Ok((opened?, ()))));
    desk
}

fn taken<T: Send + 'static>(answer: &Answer<T>) -> T {
    answer.take().expect("at once").expect("done")
}

#[test]
fn a_copy_and_a_help_packet_made_beside_the_ledger_are_written_down_on_its_thread() {
    let village = Village::new();
    let (stick, now) = (stick(&village), stamp(day(TODAY)));
    let desk = desk(&village);
    taken(&desk.copy_out(stick.clone().into(), now.clone()));
    taken(&pack(&desk, (village.path(), "text".into()), stick.into(), now));
    let left = taken(&desk.ask(|view| view.disclosures(9)));
    let left: Vec<_> = left.iter().map(|row| (row.paper.as_str(), row.recipient.as_str(), row.rows)).collect();
    assert_eq!(left, [("packet", "helper", 12), ("copy", "holder", 12)]);
}

/// A roster with one row that can be used and one that cannot.
fn roster(village: &Village) -> std::path::PathBuf {
    let file = village.beside("花名册.csv");
    let good = id("19500301", 11);
    let text = format!("姓名,身份证号,村民小组,特长\n刘长河,{good},3组,木工\n王小红,42139919,3组,\n");
    fs::write(&file, text).expect("written");
    file
}

#[test]
fn rows_to_be_mended_are_written_down_with_their_columns_or_do_not_stay() {
    let village = Village::new();
    let (file, out) = (roster(&village), village.beside("要改的.xlsx"));
    let words = ["import", "--dry-run", "--rejected"].map(str::to_owned);
    let paths = [&out, &file].map(|path| path.to_string_lossy().into_owned());
    let output = village.run(words.iter().chain(&paths));
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(out.exists());
    let expected = (
        "rejected".to_owned(),
        String::new(),
        "rejected".to_owned(),
        "name,id_number,group,others,reason".to_owned(),
        1,
    );
    assert_eq!(left(&village.open().expect("it opens")), [expected]);
    // In the window likewise; and what cannot be written down does not stay on the disk.
    let desk = desk(&village);
    let write = |out: &Path| {
        let (file, today) = (file.clone(), day(TODAY));
        let import = Arc::new(taken(&desk.ask(move |view| view.preview_import(&file, today, &Unwatched))));
        let rejected = import.rows.iter().filter(|row| row.matched.outcome == Outcome::Rejected);
        let reasons = rejected.map(|row| (row.staged.key(), "号码不全".to_owned())).collect();
        let heads = Heads { reason: "不能录入的原因".into(), sheet: "要改的".into() };
        let wish = ToMendWish { file: roster(&village), import, reasons, heads, out: out.to_owned() };
        write_rejected(&desk, wish, stamp(day(TODAY))).take().expect("at once")
    };
    write(&village.beside("b.xlsx")).expect("written");
    assert_eq!(taken(&desk.ask(|view| view.disclosures(9))).len(), 2);
    taken(&desk.job(|ledger, _| ledger.set_local_setting("handed-over", TODAY)));
    let refused = write(&village.beside("c.xlsx")).expect_err("nothing is written here");
    assert_eq!(xiangli::domain::message::Say::message(&refused).key, "error-handed-over");
    assert!(!village.beside("c.xlsx").exists());
}

#[test]
fn what_is_written_down_names_the_fields_of_every_paper_in_chinese() {
    let at = stamp(day("2026-11-23"));
    let row = |paper: &str, format: &str, purpose: &str, columns: &str| DisclosureRow {
        uid: String::new(),
        on: at.today,
        paper: paper.to_owned(),
        format: format.to_owned(),
        programme: String::new(),
        recipient: String::new(),
        purpose: purpose.to_owned(),
        columns: columns.to_owned(),
        rows: 3,
    };
    let campaign = |paper| PaperWish::Campaign { campaign: "c".into(), session: None, paper };
    let wishes = [
        PaperWish::Person("p".into()),
        PaperWish::MoveSlip("p".into()),
        PaperWish::PublicSheet { programme: "elder-check".into() },
        PaperWish::Round,
        campaign(CampaignPaper::Slips(SlipsFor::Everybody)),
        campaign(CampaignPaper::Roster),
        campaign(CampaignPaper::Door),
        campaign(CampaignPaper::Clinic),
    ];
    let mut rows: Vec<DisclosureRow> = wishes
        .into_iter()
        .map(|wish| match Order::new(wish, &chinese()).leaving() {
            Leaving::People(about) => {
                assert!(!about.columns.is_empty(), "{:?}", about.paper);
                row(about.paper.as_str(), "pdf", "p", &about.columns.join(","))
            }
            Leaving::Nobody { .. } => panic!("people stand on it"),
        })
        .collect();
    let all: Vec<&str> = RosterColumn::ALL.iter().map(|column| column.as_str()).collect();
    rows.push(row("roster", "xlsx", "p", &all.join(",")));
    rows.push(row(
        "rejected",
        "xlsx",
        "rejected",
        "name,id_number,sex,born,group,household,head,relation,phone,address,residency,others,reason",
    ));
    rows.extend(["copy", "hand-over", "packet"].map(|paper| row(paper, "xlb", paper, "all-sealed")));
    rows.push(row("escrow", "xlb", "escrow-deposit", "key-sealed"));
    rows.push(row("hand-up", "xlb", "application 2026-11", "application.name:masked,application.phase:plain"));
    rows.push(row("statistics", "parquet", "p", &xiangli::ledger::statistics::leave::ALL_COLUMNS.join(",")));
    // As these were once written down, without.
    rows.extend(["person-copy", "move-slip", "appointment-slips"].map(|paper| row(paper, "pdf", "p", "")));
    for language in [Language::Chinese, Language::English] {
        let words = Words::new(language);
        for row in &rows {
            let left = log_line::parts(&words, &[], row);
            let line = log_line::log_line(&words, &[], row);
            for part in [&left.recipient, &left.purpose, &left.fields, &left.rows] {
                assert!(!part.is_empty() && line.contains(part), "{part} of {line}");
            }
            let keys = ["paper-column", "statistics-field", "left-", "paper-kind", "op-", "paper-to"];
            assert!(keys.iter().all(|key| !line.contains(key)), "{} {line}", row.paper);
        }
    }
    let masked = log_line::parts(&chinese(), &[], rows.iter().find(|row| row.paper == "hand-up").expect("one"));
    assert!(masked.fields.contains("（遮住）"), "{}", masked.fields);
}

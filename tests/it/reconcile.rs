//! A roster of the household registration held against the ledger: exactly what differs is found, what is decided is one
//! step, and who is only there is neither kept nor told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::Arc;

use rust_xlsxwriter::Workbook;
use serde_json::Value;
use xiangli::domain::relation::Relation;
use xiangli::domain::resident::{FactKind, FactValue, Field, Sex, Standing};
use xiangli::ledger::Ledger;
use xiangli::ledger::command::Command;
use xiangli::ledger::demo::Plan;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::reconcile::{Finding, Kind, ReconcilePlan, Reconciled, Verdict};
use xiangli::ledger::residents::{ResidentFilter, ResidentRow};

use crate::demo::filled;
use crate::import_support::id;
use crate::support::world::{day, stamp};

const TODAY: &str = "2026-11-23";
const HEADS: [&str; 9] = ["姓名", "身份证号", "性别", "出生日期", "组别", "户号", "与户主关系", "住址", "联系电话"];

/// A line of the roster, in the order of [`HEADS`].
type Line = [String; 9];

fn village(residents: usize) -> (tempfile::TempDir, Ledger) {
    filled(Plan { residents, seed: 7 }, TODAY)
}

/// Everybody who is of the village, as their registration would have them.
fn lines(ledger: &Ledger) -> Vec<(ResidentRow, Line)> {
    let all = ledger.residents(&ResidentFilter { limit: 100_000, ..ResidentFilter::default() }).expect("read");
    let mut all: Vec<ResidentRow> =
        all.into_iter().filter(|row| row.facts.standing.value == Standing::Present).collect();
    all.sort_by(|a, b| (&a.group, &a.household, a.relation).cmp(&(&b.group, &b.household, b.relation)));
    all.into_iter().map(|row| (row.clone(), line(&row))).collect()
}

fn line(row: &ResidentRow) -> Line {
    let sex = row.sex().map_or("", |sex| if sex == Sex::Male { "男" } else { "女" });
    let relation = if Relation::from_code(row.relation) == Some(Relation::HEAD) { "户主" } else { "" };
    let group = if row.group.is_empty() { String::new() } else { format!("{}组", row.group) };
    [
        row.name.clone(),
        row.id_number.clone(),
        sex.into(),
        row.born().map(|born| born.to_string()).unwrap_or_default(),
        group,
        row.household.clone(),
        relation.into(),
        row.address.clone(),
        row.phone.clone(),
    ]
}

fn roster(folder: &Path, lines: &[Line]) -> PathBuf {
    let path = folder.join("户籍人口.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(HEADS) {
        sheet.write_string(0, column, head).expect("written");
    }
    for (row, line) in (1..).zip(lines) {
        for (column, text) in (0..).zip(line).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text).expect("written");
        }
    }
    book.save(&path).expect("saved");
    path
}

fn reconciled(ledger: &Ledger, path: &Path) -> Reconciled {
    ledger.reconcile(path, day(TODAY), &Unwatched).expect("compared")
}

fn told(reconciled: &Reconciled) -> Vec<(Kind, Option<u32>, Vec<Field>)> {
    let fields = |finding: &Finding| finding.differences.iter().map(|one| one.field).collect();
    let row = |finding: &Finding| reconciled.row(finding).map(|row| row.row);
    reconciled.findings.iter().map(|finding| (finding.kind, row(finding), fields(finding))).collect()
}

fn run(ledger: &mut Ledger, command: &Command) -> Option<String> {
    ledger.run(command, &stamp(day(TODAY))).expect("done").change.map(|change| change.uid)
}

fn everything(ledger: &Ledger) -> Vec<Line> {
    lines(ledger).into_iter().map(|(_, line)| line).collect()
}

#[test]
fn a_roster_of_the_ledger_itself_differs_in_nothing() {
    let (folder, ledger) = village(300);
    let all = everything(&ledger);
    let found = reconciled(&ledger, &roster(folder.path(), &all));
    assert_eq!(told(&found), []);
    assert_eq!(found.agree, all.len());
    assert!(found.otherwise.is_empty());
}

/// Another name of the same length that nobody has.
const STRANGER: &str = "令狐某甲";

#[test]
fn one_in_twenty_changed_gives_exactly_those_and_one_undo_puts_all_back() {
    let (folder, mut ledger) = village(400);
    let before = everything(&ledger);
    let mut changed = before.clone();
    let with_id = |lines: &[Line], at: usize| !lines[at][1].is_empty();
    let mut expected: BTreeMap<u32, Vec<Field>> = BTreeMap::new();
    let elsewhere = FactValue::from_word(FactKind::Registered, "elsewhere").expect("a value");
    let registered_here: Vec<bool> = lines(&ledger)
        .iter()
        .map(|(row, _)| row.facts.known.get(FactKind::Registered).is_none_or(|fact| fact.value != elsewhere))
        .collect();
    let mut dropped = BTreeSet::new();
    for (nth, at) in (5..before.len()).step_by(20).enumerate() {
        let row = at as u32 + 2;
        match nth % 4 {
            0 if with_id(&before, at) => {
                changed[at][0] = STRANGER.into();
                expected.insert(row, vec![Field::Name]);
            }
            1 if with_id(&before, at) => {
                let born = &before[at][1][6..14];
                changed[at][1] = id(born, before[at][1][14..17].parse::<u32>().expect("an order") % 998 + 1);
                // Another order may change what the number says of the sex; then it is another person's number.
                changed[at][2] = String::new();
                expected.insert(row, vec![Field::IdNumber]);
            }
            2 if !before[at][7].is_empty() => {
                let same_house = |line: &Line| line[4] == before[at][4] && line[5] == before[at][5];
                for other in 0..before.len() {
                    if same_house(&before[other]) && !expected.contains_key(&(other as u32 + 2)) {
                        changed[other][7] = "新村路 88 号".into();
                        expected.insert(other as u32 + 2, vec![Field::Address]);
                    }
                }
            }
            _ => {
                dropped.insert(at);
            }
        }
    }
    let kept: Vec<usize> = (0..before.len()).filter(|at| !dropped.contains(at)).collect();
    let lines: Vec<Line> = kept.iter().map(|at| changed[*at].clone()).collect();
    let moved: BTreeMap<u32, Vec<Field>> =
        (2..).zip(&kept).filter_map(|(row, at)| Some((row, expected.get(&(*at as u32 + 2))?.clone()))).collect();
    let found = Arc::new(reconciled(&ledger, &roster(folder.path(), &lines)));
    let differing: BTreeMap<u32, Vec<Field>> = told(&found)
        .into_iter()
        .filter(|(kind, ..)| *kind == Kind::Differs)
        .map(|(_, row, fields)| (row.expect("a row"), fields))
        .collect();
    assert_eq!(differing, moved);
    // Whose registration is known to be elsewhere is not missed here.
    assert_eq!(found.count(Kind::OnlyHere), dropped.iter().filter(|at| registered_here[**at]).count());
    assert_eq!(found.count(Kind::OnlyThere) + found.count(Kind::Unclear) + found.count(Kind::Newborn), 0);

    let verdicts = found.findings.iter().enumerate().map(|(at, finding)| match finding.kind {
        Kind::OnlyHere => (at, Verdict::MovedOut(day(TODAY))),
        _ => (at, Verdict::Take(finding.differences.iter().map(|one| one.field).collect())),
    });
    let plan = ReconcilePlan { reconciled: found.clone(), verdicts: verdicts.collect() };
    run(&mut ledger, &Command::Reconcile(Arc::new(plan)));
    let again = reconciled(&ledger, &roster(folder.path(), &lines));
    assert_eq!(told(&again), [], "the roster was followed in everything");
    run(&mut ledger, &Command::Undo);
    assert!(everything(&ledger) == before, "one undo puts all back");
}

#[test]
fn a_newborn_is_entered_into_the_house_of_the_family_and_strangers_are_not() {
    let (folder, mut ledger) = village(100);
    let mut all = everything(&ledger);
    let at = all.iter().position(|line| line[6] == "户主").expect("a head");
    let mut child = all[at].clone();
    [child[0], child[1], child[2], child[3]] = ["令狐小宝".into(), id("20260901", 777), String::new(), String::new()];
    (child[6], child[8]) = ("子".into(), String::new());
    all.insert(at + 1, child);
    let stranger = ["欧阳某乙", &id("19700101", 778), "", "", &all[at][4], "99999", "户主", "", ""].map(str::to_owned);
    all.push(stranger);
    let path = roster(folder.path(), &all);
    let found = Arc::new(reconciled(&ledger, &path));
    let kinds: Vec<Kind> = found.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [Kind::Newborn, Kind::OnlyThere]);
    let plan = ReconcilePlan { reconciled: found.clone(), verdicts: found.in_bulk(Kind::Newborn) };
    run(&mut ledger, &Command::Reconcile(Arc::new(plan)));
    let entered: Vec<(ResidentRow, Line)> =
        lines(&ledger).into_iter().filter(|(row, _)| row.name == "令狐小宝").collect();
    assert_eq!(entered.len(), 1);
    assert_eq!(entered[0].1[4..6], all[at][4..6], "the same group and household");
    assert!(lines(&ledger).iter().all(|(row, _)| row.name != "欧阳某乙"), "who is only there is not kept");
    assert_eq!(reconciled(&ledger, &path).findings.len(), 1);
}

#[test]
fn one_group_s_roster_says_nothing_about_the_others() {
    let (folder, ledger) = village(300);
    let all = everything(&ledger);
    let group = all.iter().map(|line| line[4].clone()).find(|group| !group.is_empty()).expect("a group");
    let lines: Vec<Line> = all.into_iter().filter(|line| line[4] == group).collect();
    assert_eq!(told(&reconciled(&ledger, &roster(folder.path(), &lines))), []);
}

#[test]
fn numbers_of_households_that_are_written_otherwise_throughout_are_not_taken_for_moves() {
    let (folder, ledger) = village(100);
    let mut all = everything(&ledger);
    all.iter_mut().filter(|line| !line[5].is_empty()).for_each(|line| line[5] = format!("4213990{}", line[5]));
    let found = reconciled(&ledger, &roster(folder.path(), &all));
    assert_eq!(found.otherwise, [Field::HouseholdNumber]);
    assert_eq!(found.count(Kind::Differs), 0, "{:?}", told(&found));
}

fn cli(folder: &Path, words: &[&str]) -> String {
    let mut program = Process::new(env!("CARGO_BIN_EXE_xiangli"));
    program.arg("--ledger").arg(folder.join("demo.xlg")).args(words).env("XIANGLI_TODAY", TODAY);
    String::from_utf8(program.output().expect("it runs").stdout).expect("text")
}

#[test]
fn the_command_line_tells_of_who_is_only_there_by_the_place_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let stranger = ["欧阳某乙", &id("19700101", 778), "", "", "3组", "99999", "户主", "", ""].map(str::to_owned);
    let path = roster(folder.path(), &[stranger]);
    let path = path.to_str().expect("text");
    cli(folder.path(), &["demo", "--residents", "30"]);
    for words in [&["reconcile", path, "--json"][..], &["reconcile", path]] {
        let told = cli(folder.path(), words);
        assert!(!told.contains("欧阳"), "{told}");
    }
    let told: Value = serde_json::from_str(&cli(folder.path(), &["reconcile", path, "--json"])).expect("a document");
    let there = told["rows"].as_array().expect("rows").iter().find(|row| row["kind"] == "only-there").expect("told");
    assert_eq!((&there["row"], &there["name"]), (&2.into(), &Value::Null));
}

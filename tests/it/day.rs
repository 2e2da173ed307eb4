//! The cadre's day: tasks by hand, putting off, the round on paper and its codes, and a year of it.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use xiangli::domain::application::Act;
use xiangli::domain::disclosure::FileFormat;
use xiangli::domain::entry::{Entry, EntryAct};
use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::{FactKind, FactValue, Residency, Standing};
use xiangli::domain::row_code::RowCode;
use xiangli::domain::worklist::{PutOff, Section, TaskEnd, TaskKind};
use xiangli::ledger::command::{Command, NewTask};
use xiangli::ledger::demo::Plan;
use xiangli::ledger::material::PaperWish;
use xiangli::ledger::residents::{ResidentFilter, ResidentRow};
use xiangli::ledger::rounds::{Reach, RoundWish};
use xiangli::ledger::worklist::{About, TaskFilter, TaskRow};
use xiangli::paper::order::Order;
use xiangli::words::{Language, Words};

use crate::demo::{PLAN, filled};
use crate::support::program::Village;
use crate::support::world::{ELDER, World, day, stamp};

fn tasks(world: &World) -> Vec<TaskRow> {
    world.ledger.worklist(world.today).expect("readable")
}

fn of_elder<'a>(tasks: &'a [TaskRow], uid: &str) -> Option<&'a TaskRow> {
    tasks.iter().find(|task| task.uid() == uid && task.programme().is_some_and(|of| of.id == ELDER))
}

fn write(what: &str, due_on: &str, resident: Option<&String>) -> Command {
    Command::WriteTask(Box::new(NewTask { what: what.into(), due_on: day(due_on), resident: resident.cloned() }))
}

fn noted(world: &World) -> Vec<String> {
    let of = |task: TaskRow| match task.about {
        About::Noted(task) => Some(task.what),
        _ => None,
    };
    tasks(world).into_iter().filter_map(of).collect()
}

#[test]
fn a_task_by_hand_stands_on_its_day_until_it_is_done_and_goes_with_whom_it_is_about() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    world.run(write("问问修路的事", "2026-11-27", None));
    world.run(write("送表格去", "2026-11-20", Some(&uid)));
    assert_eq!(noted(&world), ["送表格去", "问问修路的事"]);
    let first = tasks(&world).into_iter().find(|task| task.due.kind == TaskKind::Noted).expect("there");
    assert_eq!((first.section, first.uid()), (Section::Overdue, uid.as_str()));
    let About::Noted(task) = first.about else { panic!("by hand") };
    world.run(Command::PutTaskTo { task: task.uid.clone(), due_on: day("2026-12-01") });
    assert_eq!(noted(&world), ["问问修路的事", "送表格去"]);
    world.run(Command::EndTask { task: task.uid.clone(), how: TaskEnd::Done, on: world.today });
    assert_eq!(noted(&world), ["问问修路的事"]);
    let again = Command::EndTask { task: task.uid, how: TaskEnd::Done, on: world.today };
    assert!(world.try_run(again).is_err(), "it has ended");
    world.run(Command::Undo);
    let on = world.today;
    world.run(Command::SetStanding { resident: uid, standing: Standing::Deceased, on });
    assert_eq!(noted(&world), ["问问修路的事"], "it is gone with her");
    assert!(world.try_run(write("  ", "2026-11-27", None)).is_err());
    world.today = day("2027-01-27");
    assert!(noted(&world).is_empty(), "what nobody could act on rests by itself");
}

#[test]
fn what_is_put_off_comes_back_and_what_is_not_needed_stays_away_for_the_turn_and_both_can_be_taken_back() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    world.today = day("2026-12-10");
    let put_off = |how| Command::PutOff { resident: uid.clone(), programme: ELDER.into(), how, on: day("2026-12-10") };
    let due = |world: &World| of_elder(&tasks(world), &uid).map(|task| task.due.on);
    let before = due(&world);
    world.run(put_off(PutOff::Until(day("2026-12-20"))));
    assert_eq!(due(&world), Some(day("2026-12-20")));
    world.run(put_off(PutOff::ThisTurn));
    assert_eq!(due(&world), None);
    let list = world.ledger.list(ELDER, world.today).expect("readable");
    assert_eq!((list.counts.eligible, list.counts.declined), (1, 0), "the offer itself stays as it is");
    world.today = day("2027-01-04");
    assert!(due(&world).is_some(), "the next turn asks anew");
    world.today = day("2026-12-10");
    world.run(Command::Undo);
    world.run(Command::Undo);
    assert_eq!(due(&world), before);
    assert!(world.try_run(put_off(PutOff::Until(day("2026-12-10")))).is_err(), "today is no other day");
}

#[test]
fn papers_that_the_village_has_in_hand_are_a_task_until_they_go_on() {
    let mut world = World::new();
    let uid = world.person("李大山", "1960-03-01", Some(Residency::Here));
    for (kind, value) in [(FactKind::Registered, "here"), (FactKind::Registration, "rural")] {
        let value = FactValue::from_word(kind, value).expect("a value");
        world.run(Command::SetFact { resident: uid.clone(), value, source: "户口簿".into(), on: day("2026-01-02") });
    }
    let act = |act| Command::Apply {
        resident: uid.clone(),
        programme: "rural-award".into(),
        period: None,
        act,
        on: day("2026-11-23"),
    };
    let has = |world: &World| tasks(world).iter().any(|task| task.due.kind == TaskKind::HandOn);
    world.run(act(Act::Begin(Vec::new())));
    assert!(!has(&world));
    world.run(act(Act::HandOn));
    let task = tasks(&world).into_iter().find(|task| task.due.kind == TaskKind::HandOn).expect("a task");
    assert_eq!((task.due.on, task.uid()), (day("2026-11-28"), uid.as_str()));
    world.run(act(Act::HandOn));
    assert!(!has(&world), "the township has them now");
}

/// A village of three groups, each with elders in several households.
fn village() -> World {
    let mut world = World::new();
    for number in 0..9 {
        world.person(
            &format!("王{}", ["一", "二", "三", "四", "五", "六", "七", "八", "九"][number]),
            "1950-03-01",
            Some(Residency::Here),
        );
    }
    world.today = day("2026-12-10");
    world
}

fn make_round(world: &mut World) {
    let wish = RoundWish { reach: Reach::All, ..RoundWish::default() };
    let plan = world.ledger.plan_round(&wish, world.today).expect("a plan");
    world.run(Command::MakeRound(Box::new(plan)));
}

/// What is read from the paper's texts: every code with the line it stands in.
fn codes_on_paper(world: &World) -> Vec<(RowCode, String)> {
    let words = Words::new(Language::Chinese);
    let order = Order::new(PaperWish::Round, &words);
    let gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
    let texts = order.content(&gathered, &words).expect("a paper").texts(&words);
    let mut found = Vec::new();
    for line in texts.iter().flat_map(|text| text.lines()).filter(|line| line.starts_with('□')) {
        let code = line.split_whitespace().find_map(|word| RowCode::parse(word).filter(|_| word.len() == 5));
        found.push((code.expect("a code a line"), line.to_owned()));
    }
    found
}

/// The codes as `pdftotext` reads them from the printed file, each with its line.
fn codes_in_pdf(world: &World) -> Vec<(RowCode, String)> {
    let words = Words::new(Language::Chinese);
    let order = Order::new(PaperWish::Round, &words);
    let gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
    let content = order.content(&gathered, &words).expect("a paper");
    let faces = xiangli::paper::faces::Faces::new(None).expect("faces");
    let made = content.made(FileFormat::Pdf, &words, &faces).expect("made");
    let path = world.folder.path().join("round.pdf");
    std::fs::write(&path, made.bytes).expect("written");
    let mut reader = std::process::Command::new("pdftotext");
    let read = reader.arg("-layout").arg(&path).arg("-").output().expect("pdftotext: see the README's set-up command");
    assert!(read.status.success());
    let text = String::from_utf8(read.stdout).expect("text");
    let code = |line: &str| line.split_whitespace().find_map(|word| RowCode::parse(word).filter(|_| word.len() == 5));
    text.lines().filter_map(|line| Some((code(line)?, line.to_owned()))).collect()
}

#[test]
fn the_round_typed_back_in_gives_exactly_what_was_ticked() {
    let mut world = village();
    make_round(&mut world);
    let codes = codes_in_pdf(&world);
    let bare = |codes: &[(RowCode, String)]| codes.iter().map(|(code, _)| code.to_string()).collect::<Vec<_>>();
    assert_eq!(bare(&codes), bare(&codes_on_paper(&world)), "what is printed is what is meant");
    assert!(codes.len() >= 9);
    let elders: Vec<_> = codes.iter().filter(|(_, line)| line.contains("65岁")).collect();
    assert_eq!(elders.len(), 9);
    let signs = ["1", "2", "x", "X 周五再去", "3"];
    let mut expected = Vec::new();
    for (at, (code, _)) in elders.iter().enumerate() {
        let entry = Entry::parse(&format!("{} {}", code.to_string().to_lowercase(), signs[at % 5]), world.today)
            .expect("a line");
        let row = world.ledger.row_of_round(entry.code).expect("a row of the paper");
        let Entry { act, note, .. } = entry;
        expected.push((row.uid.clone(), act));
        let (programme, on) = (row.programme.id.clone(), world.today);
        world.run(Command::Enter { resident: row.uid, programme, act, note, on });
    }
    for (uid, act) in &expected {
        let row = world.ledger.resident(uid).expect("there");
        let whys = world.ledger.why(&row, world.today).expect("readable");
        let state = whys.iter().find(|why| why.programme.id == ELDER).expect("asked").state.as_str();
        let expected = match act {
            EntryAct::Said(outcome) => outcome.as_str(),
            EntryAct::Came => "been",
            EntryAct::PutOff(_) => "to_tell",
        };
        assert_eq!(state, expected);
    }
    assert_eq!(noted(&world), ["周五再去", "周五再去"]);
    let friday = tasks(&world).into_iter().find(|task| task.due.kind == TaskKind::Noted).expect("there");
    assert_eq!(friday.due.on, day("2026-12-11"));
    // One line is one step.
    world.run(Command::Undo);
    assert_eq!(noted(&world).len(), 1, "the note goes with the line it stood in");
}

#[test]
fn a_wrong_sign_is_caught_and_an_old_paper_is_never_booked_on_somebody_else() {
    let mut world = village();
    make_round(&mut world);
    let first = codes_on_paper(&world);
    let text = first[0].0.to_string();
    let wrong: String =
        text.chars().enumerate().map(|(at, c)| if at == 2 { if c == 'A' { 'B' } else { 'A' } } else { c }).collect();
    assert!(Entry::parse(&format!("{wrong} 1"), world.today).is_err());
    let of_first: Vec<String> =
        first.iter().map(|(code, _)| world.ledger.row_of_round(*code).expect("a row").uid).collect();
    // Half of them are told; the next paper has other codes, and those of the first still mean whom they meant.
    for uid in of_first.iter().take(4) {
        let (resident, programme, on) = (uid.clone(), ELDER.to_owned(), world.today);
        let _ = world.try_run(Command::Record { resident, programme, outcome: Outcome::Told, on });
    }
    make_round(&mut world);
    let second = codes_on_paper(&world);
    assert!(second.len() < first.len());
    assert!(second.iter().all(|(code, _)| first.iter().all(|(old, _)| old != code)));
    for ((code, _), uid) in first.iter().zip(&of_first) {
        assert_eq!(world.ledger.row_of_round(*code).expect("a row").uid, *uid);
    }
    let unknown = RowCode::new(20, 5).expect("a code");
    assert!(world.ledger.row_of_round(unknown).is_err());
}

#[test]
fn who_died_since_is_not_on_the_paper_any_more_and_what_was_written_by_hand_never_is() {
    let mut world = village();
    world.run(write("别让人看见", "2026-12-10", None));
    make_round(&mut world);
    let before = codes_on_paper(&world);
    let gone = world.ledger.row_of_round(before[0].0).expect("a row");
    let on = world.today;
    world.run(Command::SetStanding { resident: gone.uid.clone(), standing: Standing::Deceased, on });
    let after = codes_on_paper(&world);
    assert!(after.len() < before.len() && after.iter().all(|(_, line)| !line.contains(&gone.name)));
    let words = Words::new(Language::Chinese);
    let order = Order::new(PaperWish::Round, &words);
    let gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
    let texts = order.content(&gathered, &words).expect("a paper").texts(&words).join("\n");
    assert!(!texts.contains("别让人看见"));
}

#[test]
fn the_worklist_is_that_of_a_group_or_of_who_looks_after_it() {
    let mut world = village();
    let groups = world.ledger.groups().expect("readable");
    let group = groups[0].name.clone();
    world.run(Command::AssignContact { group: group.clone(), name: "王主任".into(), phone: String::new() });
    let all = tasks(&world).len();
    let of = |filter: &TaskFilter| world.ledger.worklist_of(filter, world.today).expect("readable");
    let by_group = of(&TaskFilter { group: Some(group.clone()), contact: None });
    let by_contact = of(&TaskFilter { group: None, contact: Some("王主任".into()) });
    assert!(!by_group.is_empty() && by_group.len() <= all && by_group.iter().all(|task| task.group() == group));
    assert_eq!(by_group.len(), by_contact.len());
    assert!(of(&TaskFilter { group: None, contact: Some("谁也不是".into()) }).is_empty());
}

#[test]
fn the_day_from_the_command_line() {
    let village = Village::new();
    let text = |words: &[&str]| {
        let output = village.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let out = village.beside("round.pdf");
    text(&["round", "--all", "--out", out.to_str().expect("a path")]);
    assert!(std::fs::read(&out).expect("there").starts_with(b"%PDF"));
    let document: serde_json::Value = serde_json::from_str(&text(&["worklist", "--json"])).expect("a document");
    let rows = document["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["code"].as_str().is_some_and(|code| !code.is_empty())).expect("a code");
    assert!(row["why"].as_array().is_some_and(|why| !why.is_empty()));
    let code = row["code"].as_str().expect("a code");
    assert!(text(&["enter", &format!("{code} 1"), "--dry-run"]).contains(row["name"].as_str().expect("a name")));
    text(&["enter", &format!("{code} 1")]);
    let left: serde_json::Value = serde_json::from_str(&text(&["worklist", "--json"])).expect("a document");
    assert_eq!(left["rows"].as_array().expect("rows").len() + 1, rows.len());
    assert_eq!(village.run(["enter", "A7K20 1"]).status.code(), Some(6));
    text(&["task", "add", "问问修路的事", "--due", "2026-11-27"]);
    assert!(text(&["worklist"]).contains("问问修路的事"));
    assert!(!text(&["worklist", "--json"]).contains("问问修路的事"), "what is written by hand leaves in no document");
    let told: serde_json::Value = serde_json::from_str(&text(&["disclosures", "--json"])).expect("a document");
    assert_eq!(told["rows"][0]["paper"], "round");
}

/// What a cadre does on a day, now and then.
#[derive(Clone, Debug)]
enum Deed {
    Enter(usize, u8),
    Die(usize),
    MoveAway(usize),
    Write(usize),
    EndTask,
    PutOff(usize, u8),
    Born,
    Round,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        8 => (any::<usize>(), 0..4_u8).prop_map(|(at, sign)| Deed::Enter(at, sign)),
        1 => any::<usize>().prop_map(Deed::Die),
        1 => any::<usize>().prop_map(Deed::MoveAway),
        1 => any::<usize>().prop_map(Deed::Write),
        1 => Just(Deed::EndTask),
        1 => (any::<usize>(), 1..30_u8).prop_map(|(at, days)| Deed::PutOff(at, days)),
        1 => Just(Deed::Born),
        1 => Just(Deed::Round),
    ]
}

fn perform(world: &mut World, people: &mut Vec<String>, deed: &Deed) {
    let on = world.today;
    let who = |at: &usize| people[at % people.len()].clone();
    let task = |world: &World, at: &usize| {
        let tasks: Vec<TaskRow> = tasks(world).into_iter().filter(|task| task.person().is_some()).collect();
        let task = tasks.get(at % tasks.len().max(1))?;
        Some((task.uid().to_owned(), task.programme()?.id.clone()))
    };
    let command = match deed {
        Deed::Enter(at, sign) => task(world, at).map(|(resident, programme)| {
            let outcome =
                [Outcome::Told, Outcome::Unreachable, Outcome::Declined, Outcome::Unreachable][usize::from(*sign)];
            Command::Enter { resident, programme, act: EntryAct::Said(outcome), note: String::new(), on }
        }),
        Deed::Die(at) => Some(Command::SetStanding { resident: who(at), standing: Standing::Deceased, on }),
        Deed::MoveAway(at) => Some(Command::SetStanding { resident: who(at), standing: Standing::MovedOut, on }),
        Deed::Write(at) => {
            Some(Command::WriteTask(Box::new(NewTask {
                what: "去看看".into(), due_on: on, resident: Some(who(at))
            })))
        }
        Deed::EndTask => tasks(world).into_iter().find_map(|task| match task.about {
            About::Noted(task) => Some(Command::EndTask { task: task.uid, how: TaskEnd::Done, on }),
            _ => None,
        }),
        Deed::PutOff(at, days) => task(world, at).map(|(resident, programme)| {
            let how = PutOff::Until(on + chrono::Days::new(u64::from(*days)));
            Command::PutOff { resident, programme, how, on }
        }),
        Deed::Born => {
            let uid = world.person("王小宝", &on.to_string(), Some(Residency::Here));
            people.push(uid);
            None
        }
        Deed::Round => {
            if let Ok(plan) = world.ledger.plan_round(&RoundWish::default(), on) {
                world.run(Command::MakeRound(Box::new(plan)));
            }
            None
        }
    };
    if let Some(command) = command {
        // Something refused, such as about who died meanwhile, is no step.
        let _ = world.try_run(command);
    }
}

/// No task of who is gone, none that is done, none of what ended; and the worklist is what the lists say.
fn holds_true(world: &World) {
    let tasks = tasks(world);
    for task in &tasks {
        if !task.uid().is_empty() {
            let row = world.ledger.resident(task.uid()).expect("there");
            assert_eq!(row.facts.standing.value, Standing::Present, "of who is gone nothing is to be done");
        }
        if let About::Offer { programme, person } = &task.about {
            assert!(programme.is_in_force(world.today) && !person.state.is_told());
        }
        assert!((world.today - task.due.on).num_days() <= 400, "nothing stands there for ever");
    }
    for list in world.ledger.lists(world.today).expect("readable") {
        let rows = world.ledger.list(&list.programme.id, world.today).expect("readable").rows;
        let on_list = |task: &&TaskRow| task.programme().is_some_and(|of| of.id == list.programme.id);
        for task in tasks.iter().filter(on_list).filter(|task| task.person().is_some()) {
            assert!(rows.iter().any(|row| row.uid == task.uid()), "card = list");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// Three days a week, a month missed, papers a week late: whatever is done, the worklist is what is still to be done.
    #[test]
    fn in_a_year_of_a_village_the_worklist_holds_nothing_that_is_done_or_gone(
        deeds in prop::collection::vec(prop::collection::vec(deed(), 0..6), 40),
    ) {
        let mut world = World::new();
        world.today = day("2026-01-05");
        let born = ["1950-03-01", "1961-06-01", "1985-04-02", "2024-07-15", "2012-02-03", "1944-08-08"];
        let mut people: Vec<String> =
            (0..60).map(|at| world.person("王一二", born[at % born.len()], [Some(Residency::Here), None][at % 5 / 4])).collect();
        a_year(&mut world, &mut people, &deeds);
    }
}

/// Forty weeks of three days and a month missed, looked through at the end of each.
fn a_year(world: &mut World, people: &mut Vec<String>, deeds: &[Vec<Deed>]) {
    for (week, deeds) in deeds.iter().enumerate() {
        let week = if week < 20 { week } else { week + 5 };
        for (at, deed) in deeds.iter().enumerate() {
            world.today = day("2026-01-05") + chrono::Days::new((week * 7 + at.min(2) * 2) as u64);
            perform(world, people, deed);
        }
        holds_true(world);
    }
    world.ledger.check().expect("sound");
}

/// The same of a village of 3,000, forty deeds a week: `tests/soak.sh`.
#[test]
#[ignore = "minutes: tests/soak.sh"]
fn in_a_year_of_three_thousand_the_worklist_holds_nothing_that_is_done_or_gone() {
    let (folder, ledger) = filled(Plan { residents: 3_000, seed: 3 }, "2026-01-04");
    let mut world = World { folder, ledger, today: day("2026-01-05") };
    let everybody = ResidentFilter { limit: 10_000, ..ResidentFilter::default() };
    let here = |row: &ResidentRow| row.facts.standing.value == Standing::Present;
    let rows = world.ledger.residents(&everybody).expect("readable");
    let mut people: Vec<String> = rows.into_iter().filter(here).map(|row| row.uid).collect();
    let mut runner = TestRunner::deterministic();
    let mut week = || (0..40).map(|_| deed().new_tree(&mut runner).expect("a deed").current()).collect();
    let deeds: Vec<Vec<Deed>> = (0..40).map(|_| week()).collect();
    a_year(&mut world, &mut people, &deeds);
}

#[test]
fn forty_stops_fit_on_two_pages() {
    let (_folder, mut ledger) = filled(PLAN, "2026-11-23");
    let (today, words) = (day("2026-11-23"), Words::new(Language::Chinese));
    let mut homes: Vec<String> = Vec::new();
    for task in ledger.worklist(today).expect("readable") {
        let is_in_reach = task.person().is_some() && task.section < Section::Later;
        if is_in_reach && homes.len() < 40 && !homes.iter().any(|home| home == task.household_uid()) {
            homes.push(task.household_uid().to_owned());
        }
    }
    assert_eq!(homes.len(), 40);
    let wish = RoundWish { households: homes, ..RoundWish::default() };
    let plan = ledger.plan_round(&wish, today).expect("a plan");
    ledger.run(&Command::MakeRound(Box::new(plan)), &stamp(today)).expect("made");
    let sheet = ledger.round_sheet(None).expect("a sheet");
    assert_eq!(sheet.stops.len(), 40);
    let print = xiangli::paper::round::print(&sheet, (&ledger.village().expect("readable"), today, &words));
    let faces = xiangli::paper::faces::Faces::new(None).expect("faces");
    let pages = xiangli::paper::layout::pages(&print, &faces, &words).len();
    let lines: usize = sheet.stops.iter().flat_map(|stop| &stop.people).map(|person| person.tasks.len()).sum();
    assert!(pages <= 2, "{lines} lines on {pages} pages");
}

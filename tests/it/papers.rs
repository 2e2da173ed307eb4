//! What is printed and written out: masked by construction, only in chosen columns, nobody who does not want it, and
//! written down before it leaves.

use std::fs;

use calamine::{DataType as _, Reader as _, Xlsx};
use xiangli::domain::application::Act;
use xiangli::domain::consent::{Channel, Guardian, GuardianRelation, Purpose};
use xiangli::domain::disclosure::{FileFormat, Recipient};
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::{FactKind, FactValue, Residency, Standing};
use xiangli::ledger::command::{Agreed, Command};
use xiangli::ledger::error::Result;
use xiangli::ledger::handouts::{HandedOut, Out};
use xiangli::ledger::history::ChangeFilter;
use xiangli::ledger::material::PaperWish;
use xiangli::ledger::sections::Section;
use xiangli::paper::faces::Faces;
use xiangli::paper::order::{Content, Order};
use xiangli::paper::roster::RosterColumn;
use xiangli::paper::{layout, slip};
use xiangli::words::{Language, Words};

use crate::paper_pages::shown;
use crate::support::program::of_demo;
use crate::support::world::{ELDER, World, day, stamp};

const AWARD: &str = "rural-award";

pub fn words() -> Words {
    Words::new(Language::Chinese)
}

pub fn faces() -> Faces {
    Faces::new(None).expect("faces")
}

fn roster() -> Order {
    Order::new(PaperWish::Roster { programme: ELDER.into(), section: Section::Eligible }, &words())
}

fn content(world: &World, order: &Order) -> Result<Content> {
    order.content(&world.ledger.gather(&order.wish, world.today)?, &words())
}

pub fn hand_out(world: &mut World, order: &Order, out: &Out) -> Result<HandedOut> {
    let content = content(world, order)?;
    let stamp = stamp(world.today);
    world.ledger.hand_out(out, &order.leaving(), &stamp, |_| content.made(order.format, &words(), &faces()))
}

fn refusal(result: Result<impl Sized>) -> String {
    result.err().map(|error| error.message().key.to_string()).expect("refused")
}

/// Three elders: one to tell, one who does not want it, one who withdrew.
pub fn elders() -> (World, [String; 3]) {
    let mut world = World::new();
    let names = ["王秀英", "李桂兰", "张德安"];
    let uids = names.map(|name| world.person(name, "1950-03-01", Some(Residency::Here)));
    let (on, programme) = (world.today, ELDER.to_owned());
    world.run(Command::Record { resident: uids[1].clone(), programme, outcome: Outcome::Declined, on });
    world.run(Command::WithdrawConsent { resident: uids[2].clone(), purpose: Purpose::Services, on });
    (world, uids)
}

fn a_fact(world: &mut World, uid: &str, kind: FactKind, value: &str) {
    let value = FactValue::from_word(kind, value).expect("a value");
    world.run(Command::SetFact { resident: uid.into(), value, source: "户口簿".into(), on: day("2026-01-02") });
}

/// Applicants whose papers the village has in hand.
fn applicants(names: &[&str]) -> World {
    let mut world = World::new();
    for name in names {
        let uid = world.person(name, "1960-03-01", Some(Residency::Here));
        a_fact(&mut world, &uid, FactKind::Registered, "here");
        a_fact(&mut world, &uid, FactKind::Registration, "rural");
        for act in [Act::Begin(Vec::new()), Act::HandOn] {
            let (resident, programme, on) = (uid.clone(), AWARD.to_owned(), world.today);
            world.run(Command::Apply { resident, programme, period: None, act, on });
        }
    }
    world
}

#[test]
fn a_public_sheet_shows_no_whole_name_and_no_number_of_anybody() {
    let names = ["李梅", "张春梅", "欧阳若雪", "阿卜杜拉·买买提"];
    let world = applicants(&names);
    let order = Order::new(PaperWish::PublicSheet { programme: AWARD.into() }, &words());
    let content = content(&world, &order).expect("a sheet");
    let texts = content.texts(&words());
    assert_eq!(content.rows, 4);
    for masked in ["李*", "张*梅", "欧**雪", "阿**提", "1960", "1组"] {
        assert!(texts.iter().any(|text| text == masked), "{masked}");
    }
    for text in &texts {
        assert!(names.iter().all(|name| !text.contains(name)), "a whole name");
        let digits = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        assert!(digits <= 4, "nothing longer than a year: {text}");
    }
    assert!(texts.iter().any(|text| text.contains("2026年11月29日")), "the seven days of the county's paper");
}

#[test]
fn the_village_puts_up_no_sheet_where_it_has_no_step_and_none_ever_for_the_bereaved() {
    let world = applicants(&["李梅"]);
    for programme in ["special-aid", "child-subsidy", ELDER] {
        let order = Order::new(PaperWish::PublicSheet { programme: programme.into() }, &words());
        assert_eq!(refusal(content(&world, &order)), "paper-no-public-sheet", "{programme}");
    }
    let empty = World::new();
    let order = Order::new(PaperWish::PublicSheet { programme: AWARD.into() }, &words());
    assert_eq!(refusal(content(&empty, &order)), "paper-nobody-on-sheet");
}

#[test]
fn a_sheet_that_hangs_is_reminded_of_on_its_last_day_until_it_is_taken_down() {
    let mut world = applicants(&["李梅"]);
    let (put_up_on, down_by) = (world.today, day("2026-11-29"));
    let up = |programme: &str| Command::PutUpSheet { programme: programme.into(), put_up_on, down_by };
    assert_eq!(refusal(world.try_run(up("special-aid"))), "paper-no-public-sheet");
    world.run(up(AWARD));
    assert!(world.ledger.sheets_to_take_down(day("2026-11-28")).expect("readable").is_empty());
    let due = world.ledger.sheets_to_take_down(down_by).expect("readable");
    let sheet = due.first().expect("due").uid.clone();
    let on = world.today;
    world.run(Command::TakeDownSheet { sheet: sheet.clone(), on });
    assert!(world.ledger.public_sheets().expect("readable").is_empty());
    assert_eq!(refusal(world.try_run(Command::TakeDownSheet { sheet, on })), "paper-no-such-sheet");
    world.run(Command::Undo);
    assert_eq!(world.ledger.public_sheets().expect("readable").len(), 1);
}

#[test]
fn who_declined_or_withdrew_stands_on_no_list() {
    let (world, uids) = elders();
    let columns = RosterColumn::ALL.iter().copied().filter(|column| column.is_for(&Recipient::Village)).collect();
    let order = Order { columns, ..roster() };
    let content = content(&world, &order).expect("a list");
    let texts = content.texts(&words()).join("\n");
    assert_eq!(content.rows, 1);
    assert!(texts.contains("王秀英") && !texts.contains("李桂兰") && !texts.contains("张德安"));
    let declined = words().text("state-declined");
    assert!(!texts.contains(&declined));
    // Their own copy does not say it either.
    let own = Order::new(PaperWish::Person(uids[1].clone()), &words());
    let own = self::content(&world, &own).expect("a copy").texts(&words()).join("\n");
    assert!(own.contains("李桂兰") && !own.contains(&declined) && !own.contains(&words().text("op-decline")));
    assert!(!declined.is_empty());
}

#[test]
fn a_persons_own_copy_tells_what_was_agreed_told_applied_for_and_paid_and_no_refusal() {
    let mut world = applicants(&["李梅"]);
    let uid = world.ledger.applications().expect("readable")[0].uid.clone();
    let agreed = Agreed {
        channel: Channel::Spoken,
        witness: "王大山".into(),
        guardian: Some(Guardian { name: "李大".into(), relation: GuardianRelation::Other }),
    };
    let (resident, on) = (uid.clone(), world.today);
    let (purpose, agreed) = (Purpose::Services, Box::new(agreed));
    world.run(Command::GiveConsent { resident: resident.clone(), purpose, on, agreed });
    world.run(Command::WithdrawConsent { resident: resident.clone(), purpose: Purpose::Clinic, on });
    let said =
        |programme: &str, outcome| Command::Record { resident: uid.clone(), programme: programme.into(), outcome, on };
    world.run(said("medical-insurance", Outcome::Told));
    world.run(said("elder-check", Outcome::Declined));
    for act in [Act::Tick("household-book".into()), Act::HandOn, Act::Grant(96_000), Act::Paid(96_000)] {
        let (resident, programme) = (uid.clone(), AWARD.to_owned());
        world.run(Command::Apply { resident, programme, period: None, act, on });
    }
    let own = Order::new(PaperWish::Person(uid.clone()), &words());
    let texts = content(&world, &own).expect("a copy").texts(&words());
    let all = texts.join("\n");
    for needed in [
        "列入名单、提醒能享受的服务：已同意（2026年11月23日，口头说的，有人见证，告知书第1版） 其他监护人李大说的 见证人：王大山",
        "把姓名和电话交给乡镇卫生院：已撤回（2026年11月23日）",
        "已告知（2026年11月23日）",
        "收到的材料：户口簿（2026年11月23日）",
        "批复：960元（2026年11月23日）",
        "已发：960元（2026年11月23日）",
    ] {
        assert!(all.contains(needed), "{needed} in {all}");
    }
    assert!(!all.contains(&words().text("state-declined")) && !all.contains(&words().text("op-decline")));
    // Nothing stands beside any programme that would be missing beside the one that was not wanted.
    let copy_without = |outcome| {
        let mut world = World::new();
        let uid = world.person("李梅", "1950-03-01", Some(Residency::Here));
        let on = world.today;
        if let Some(outcome) = outcome {
            world.run(Command::Record { resident: uid.clone(), programme: ELDER.into(), outcome, on });
        }
        content(&world, &Order::new(PaperWish::Person(uid), &words())).expect("a copy").texts(&words())
    };
    assert_eq!(copy_without(None), copy_without(Some(Outcome::Declined)));
}

#[test]
fn a_list_has_the_chosen_columns_alone_and_id_numbers_go_to_an_office_only() {
    let (world, _) = elders();
    let columns = vec![RosterColumn::Name, RosterColumn::Tick];
    let content = content(&world, &Order { columns, ..roster() }).expect("a list");
    assert_eq!(content.heads(), ["姓名", "打勾"]);
    assert_eq!(content.first_rows(9), [["王秀英", "□"]]);
    let with_id = Order { columns: vec![RosterColumn::Name, RosterColumn::IdNumber], ..roster() };
    assert_eq!(refusal(self::content(&world, &with_id)), "paper-id-for-office");
    assert_eq!(refusal(self::content(&world, &Order { columns: vec![], ..roster() })), "paper-no-column");
    let leaflet =
        Order::new(PaperWish::Roster { programme: "folic-acid".into(), section: Section::Eligible }, &words());
    assert_eq!(refusal(self::content(&world, &leaflet)), "paper-lists-nobody");
}

/// Of the elders: told, agreed to the clinic, with a day agreed, and who withdrew the clinic with a day agreed.
#[test]
fn an_office_gets_only_those_who_wished_or_agreed_and_an_id_number_only_by_own_wish() {
    let (mut world, _) = elders();
    let on = world.today;
    let mut person = |name: &str| world.person(name, "1950-03-01", Some(Residency::Here));
    let [agreed, booked, refused] = ["钱同意", "孙约好", "周撤回"].map(&mut person);
    let give = |uid: &String| {
        let agreed = Agreed { channel: Channel::Signed, witness: String::new(), guardian: None };
        Command::GiveConsent { resident: uid.clone(), purpose: Purpose::Clinic, on, agreed: Box::new(agreed) }
    };
    world.run(give(&agreed));
    for uid in [&booked, &refused] {
        let (resident, programme) = (uid.clone(), ELDER.to_owned());
        world.run(Command::Record { resident, programme, outcome: Outcome::Booked, on });
    }
    world.run(give(&refused));
    world.run(Command::WithdrawConsent { resident: refused, purpose: Purpose::Clinic, on });
    let office = Recipient::Office("卫生院".into());
    let columns = vec![RosterColumn::Name, RosterColumn::IdNumber];
    let order = Order { columns, recipient: office.clone(), ..roster() };
    let content = content(&world, &order).expect("a list");
    let mut rows = content.first_rows(9);
    rows.sort();
    let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["孙约好", "钱同意"]);
    assert!(rows.iter().all(|row| row[0] != "钱同意" || row[1].is_empty()), "agreed to name and phone alone");
    assert_eq!(content.left_out, 2, "王秀英 was not asked, 周撤回 withdrew");
    for column in [RosterColumn::State, RosterColumn::Contact] {
        let order = Order { columns: vec![RosterColumn::Name, column], recipient: office.clone(), ..roster() };
        assert_eq!(refusal(self::content(&world, &order)), "paper-not-for-office");
    }
    // The village's own round has them all.
    assert_eq!(self::content(&world, &roster()).expect("a list").rows, 4);
}

#[test]
fn the_roster_of_a_section_has_the_people_that_the_screen_shows_in_it() {
    let (mut world, uids) = elders();
    let on = world.today;
    let told = world.person("钱告知", "1950-03-01", Some(Residency::Here));
    world.person("孙不详", "1961", Some(Residency::Here));
    world.run(Command::Record { resident: told.clone(), programme: ELDER.into(), outcome: Outcome::Told, on });
    let list = world.ledger.list(ELDER, on).expect("a list");
    for section in Section::ALL {
        let wish = PaperWish::Roster { programme: ELDER.into(), section };
        let content = content(&world, &Order::new(wish, &words())).expect("a list");
        let on_screen: Vec<&str> =
            list.rows.iter().filter(|row| section.keeps(row)).map(|row| row.name.as_str()).collect();
        let on_paper: Vec<String> = content.first_rows(99).into_iter().map(|row| row[0].clone()).collect();
        assert_eq!(on_paper, on_screen, "{section:?}");
    }
    let names =
        |section: Section| list.rows.iter().filter(|row| section.keeps(row)).map(|row| &row.uid).collect::<Vec<_>>();
    assert_eq!((names(Section::Told), names(Section::ToTell)), (vec![&told], vec![&uids[0]]));
}

#[test]
fn of_the_bereaved_no_list_tells_who_applied_or_was_told() {
    let world = applicants(&["李梅"]);
    let wish = |section| PaperWish::Roster { programme: "special-aid".into(), section };
    let usual = Order::new(wish(Section::Eligible), &words());
    assert_eq!(content(&world, &usual).expect("whom to tell").rows, 1);
    for section in [Section::ToTell, Section::Told, Section::Booked, Section::Done] {
        assert_eq!(refusal(content(&world, &Order::new(wish(section), &words()))), "paper-tells-nothing");
    }
    let marked = Order { columns: vec![RosterColumn::Name, RosterColumn::State], ..usual.clone() };
    assert_eq!(refusal(content(&world, &marked)), "paper-tells-nothing");
    let out = Order { recipient: Recipient::Office("乡镇".into()), ..usual };
    assert_eq!(refusal(content(&world, &out)), "paper-tells-nothing");
}

#[test]
fn who_died_or_moved_away_hangs_on_no_board() {
    let mut world = applicants(&["李梅", "张春梅", "王秀英"]);
    let applications = world.ledger.applications().expect("readable");
    let on = world.today;
    for (row, standing) in applications.iter().zip([Standing::Deceased, Standing::MovedOut]) {
        world.run(Command::SetStanding { resident: row.uid.clone(), standing, on });
    }
    let order = Order::new(PaperWish::PublicSheet { programme: AWARD.into() }, &words());
    assert_eq!(content(&world, &order).expect("a sheet").rows, 1);
    let gone = world.ledger.applications().expect("readable");
    let gone = gone.iter().filter(|row| row.standing != Standing::Present).count();
    assert_eq!(gone, 2, "their applications are still to be seen, and marked");
}

#[test]
fn the_spreadsheet_holds_the_rows_of_the_list_as_texts() {
    let (mut world, _) = elders();
    for number in 0..30 {
        world.person(&format!("赵{}", ["一", "二", "三"][number % 3]), "1955-01-01", Some(Residency::Here));
    }
    let columns = vec![RosterColumn::Name, RosterColumn::Age, RosterColumn::Group, RosterColumn::State];
    let order = Order { columns, format: FileFormat::Xlsx, ..roster() };
    let path = world.folder.path().join("名单.xlsx");
    hand_out(&mut world, &order, &Out::At(path.clone())).expect("written");
    let mut book: Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    let read: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert!(range.rows().flatten().all(|cell| cell.is_string() || cell.is_empty()), "texts alone");
    let content = content(&world, &order).expect("a list");
    assert_eq!(read.first(), Some(&content.heads()));
    assert_eq!(read[1..], content.first_rows(1000));
    assert_eq!(content.rows, world.ledger.list(ELDER, world.today).expect("a list").rows.len() as u64);
}

#[test]
fn what_leaves_is_written_down_once_it_has_its_name_and_no_undo_reaches_it() {
    let (mut world, _) = elders();
    let folder = world.folder.path().to_owned();
    let order = Order { purpose: "上门告知".into(), ..roster() };
    let handed = hand_out(&mut world, &order, &Out::In(folder.clone(), "名单.pdf".into())).expect("written");
    assert_eq!(handed.path, folder.join("名单.pdf"));
    assert!(fs::read(&handed.path).expect("there").starts_with(b"%PDF"));
    let again = hand_out(&mut world, &order, &Out::In(folder.clone(), "名单.pdf".into())).expect("written");
    assert_eq!(again.path, folder.join("名单(2).pdf"), "nothing is written over");
    let rows = world.ledger.disclosures(10).expect("readable");
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].paper.as_str(), rows[0].rows, rows[0].purpose.as_str()), ("roster", 1, "上门告知"));
    assert_eq!(rows[0].columns, "name,age,group,phone,tick");
    world.run(Command::Undo);
    assert_eq!(world.ledger.disclosures(10).expect("readable").len(), 2, "undo went to what was done before");
    world.run(Command::Redo);
    world.ledger.check().expect("the history adds up");
}

#[test]
fn what_cannot_be_written_has_not_left() {
    let (mut world, _) = elders();
    let taken = world.folder.path().join("名单.pdf");
    fs::write(&taken, "anything").expect("written");
    let revision = world.ledger.revision().expect("readable");
    assert!(hand_out(&mut world, &roster(), &Out::At(taken.clone())).is_err());
    let nowhere = world.folder.path().join("nowhere").join("名单.pdf");
    assert!(hand_out(&mut world, &roster(), &Out::At(nowhere)).is_err());
    let aimless = Order { purpose: " ".into(), ..roster() };
    let out = Out::At(world.folder.path().join("b.pdf"));
    assert_eq!(refusal(hand_out(&mut world, &aimless, &out)), "paper-no-purpose");
    assert_eq!(fs::read(&taken).expect("there"), b"anything");
    assert_eq!(world.ledger.revision().expect("readable"), revision);
    let parts = fs::read_dir(world.folder.path()).expect("readable").flatten();
    assert!(parts.into_iter().all(|entry| !entry.file_name().to_string_lossy().ends_with(".part")));
}

#[test]
fn undo_and_redo_pass_over_what_was_written_down_of_a_file_that_got_no_name() {
    let (mut world, _) = elders();
    let out = Out::At(world.folder.path().join("名单.pdf"));
    let stamp = stamp(world.today);
    let order = roster();
    let content = content(&world, &order).expect("a list");
    world.person("钱前", "1950-03-01", Some(Residency::Here));
    let name = world.folder.path().join("名单.pdf");
    let failed = world.ledger.hand_out(&out, &order.leaving(), &stamp, |_| {
        // Somebody else takes the name meanwhile.
        fs::create_dir(&name).expect("made");
        content.made(order.format, &words(), &faces())
    });
    assert!(failed.is_err());
    let left = |world: &World| world.ledger.disclosures(9).expect("readable").len();
    let people = |world: &World| world.ledger.overview().expect("readable").residents;
    assert_eq!((left(&world), people(&world)), (0, 4), "nothing has left");
    for (command, there) in [(Command::Undo, 3), (Command::Redo, 4), (Command::Undo, 3), (Command::Undo, 3)] {
        world.run(command);
        assert_eq!((left(&world), people(&world)), (0, there));
    }
    let changes = world.ledger.history(&ChangeFilter::default()).expect("readable");
    let outside: Vec<_> = changes.iter().filter(|change| change.op.starts_with("disclose")).collect();
    assert_eq!(outside.len(), 2, "it is told that it was tried");
    for change in outside {
        assert!(!change.can_be_taken_back);
        assert!(world.try_run(Command::TakeBack { change: change.uid.clone() }).is_err());
    }
    // One that did leave stays, whatever is undone.
    let out = Out::In(world.folder.path().to_owned(), "名单.pdf".into());
    hand_out(&mut world, &order, &out).expect("written");
    world.run(Command::Undo);
    assert_eq!(left(&world), 1);
    world.ledger.check().expect("the history adds up");
}

#[test]
fn slips_say_nothing_of_anybody_and_are_counted_outside_the_history() {
    let (mut world, _) = elders();
    let before = world.ledger.digest().expect("readable");
    let order = Order::new(PaperWish::Slip { programme: "folic-acid".into() }, &words());
    let out = Out::In(world.folder.path().to_owned(), "叶酸.pdf".into());
    assert!(hand_out(&mut world, &order, &out).expect("written").done.is_none());
    let printed = |world: &World| world.ledger.slips_printed("folic-acid", world.today).expect("readable");
    assert_eq!(printed(&world), 1, "whoever asks is given one");
    hand_out(&mut world, &order, &out).expect("written");
    assert_eq!(printed(&world), 2);
    assert_eq!(world.ledger.slips_in_year("folic-acid", day("2026-01-01")).expect("readable"), 2);
    assert_eq!(world.ledger.slips_in_year("folic-acid", day("2027-01-01")).expect("readable"), 0);
    let today = world.today;
    world.ledger.uncount_slips("folic-acid", 1, today).expect("counted");
    assert_eq!(printed(&world), 1);
    world.ledger.uncount_slips("folic-acid", 5, today).expect("counted");
    assert_eq!(printed(&world), 0, "never fewer than none");
    assert_eq!(world.ledger.digest().expect("readable"), before);
    assert!(world.ledger.disclosures(9).expect("readable").is_empty());
}

#[test]
fn a_told_slip_names_the_last_day_and_leaves_the_choice_to_the_family() {
    let (world, _) = elders();
    let village = world.ledger.village().expect("readable");
    let text = |id: &str| {
        let programme = world.ledger.programme(id).expect("there");
        let pages = layout::pages(&slip::told(&programme, (&village, world.today, &words())), &faces(), &words());
        pages.iter().flat_map(shown).collect::<String>()
    };
    let child = text("child-subsidy");
    assert!(child.contains("2026年12月31日；2026年出生的，到2027年年底"), "{child}");
    assert!(child.contains("申请不申请由本人和家庭自己决定") && !child.contains("可以不来"));
    assert!(text("women-check").contains("自愿参加，可以不来"));
}

#[test]
fn the_county_s_values_stand_on_the_papers() {
    let mut world = applicants(&["李梅"]);
    let (programme, on) = (AWARD.to_owned(), world.today);
    let (key, value, source) = ("public_days".to_owned(), "10".to_owned(), "县里的通知".to_owned());
    world.run(Command::SetLocal { programme, key, value, source, on });
    let order = Order::new(PaperWish::PublicSheet { programme: AWARD.into() }, &words());
    assert_eq!(content(&world, &order).expect("a sheet").down_by, Some(day("2026-12-02")));
}

#[test]
fn a_village_s_notice_is_called_by_its_title_and_what_everybody_pays_stands_on_its_slip() {
    let mut world = applicants(&["李梅"]);
    let on = world.today;
    for (programme, key, value) in
        [("notice", "title", "清明防火"), ("notice", "age_from", "18"), ("medical-insurance", "fen", "400")]
    {
        let (programme, key, value) = (programme.to_owned(), key.to_owned(), value.to_owned());
        world.run(Command::SetLocal { programme, key, value, source: "县里的通知".into(), on });
    }
    let slip = |programme: &str| {
        let order = Order::new(PaperWish::ToldSlip { programme: programme.into() }, &words());
        content(&world, &order).expect("a slip").texts(&words()).join("\n")
    };
    assert!(slip("notice").contains("通知单：清明防火") && !slip("notice").contains("村里通知"));
    assert!(slip("medical-insurance").contains("个人缴费") && slip("medical-insurance").contains("每年400元"));
    let lists = world.ledger.lists(on).expect("readable");
    assert!(lists.iter().any(|list| list.programme.names.zh == "清明防火"));
}

#[test]
fn the_command_line_prints_and_tells_what_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    assert_eq!(of_demo(folder.path(), &["demo"]).0, 0);
    assert_eq!(of_demo(folder.path(), &["print", "roster", ELDER, "--to", &path("a.pdf")]).0, 0);
    assert_eq!(of_demo(folder.path(), &["print", "roster", ELDER, "--to", &path("a.pdf")]).0, 5, "it is there already");
    let columns = ["print", "roster", ELDER, "--to", &path("a.xlsx"), "--columns", "name,id_number"];
    assert_eq!(of_demo(folder.path(), &columns).0, 6, "for nobody in particular");
    let for_office = [&columns[..], &["--recipient", "乡镇卫生院"]].concat();
    assert_eq!(of_demo(folder.path(), &for_office).0, 0);
    assert_eq!(of_demo(folder.path(), &["print", "slip", "pre-marriage", "--to", &path("s.pdf")]).0, 0);
    assert_eq!(of_demo(folder.path(), &["print", "notice", "account", "--to", &path("n.pdf")]).0, 0);
    assert_eq!(of_demo(folder.path(), &["print", "public-sheet", "special-aid", "--to", &path("p.pdf")]).0, 6);
    let (_, told) = of_demo(folder.path(), &["disclosures", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("a document");
    let rows = told["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0]["recipient"].as_str(), rows[0]["format"].as_str()), (Some("乡镇卫生院"), Some("xlsx")));
}

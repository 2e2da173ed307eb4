//! Papers of check-up campaigns: slips, rosters, door lists and the clinic's list. Who does not want to come is
//! on none of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::Arc;

use xiangli::domain::campaign::{AppointmentAct as Act, AppointmentState, SessionKind};
use xiangli::domain::consent::{Channel, ConsentState, Guardian, GuardianRelation, Purpose};
use xiangli::domain::disclosure::{FileFormat, Recipient};
use xiangli::domain::message::Say as _;
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::resident::Residency;
use xiangli::ledger::campaigns::SessionEdit;
use xiangli::ledger::campaigns::clinic::{self, Said};
use xiangli::ledger::campaigns::command::CampaignCommand;
use xiangli::ledger::campaigns::sheets::{CampaignPaper, CampaignSheet, SlipsFor};
use xiangli::ledger::command::{Agreed, Command};
use xiangli::ledger::error::Result;
use xiangli::ledger::handouts::Out;
use xiangli::ledger::material::{Gathered, Material, PaperWish};
use xiangli::ledger::progress::Unwatched;
use xiangli::paper::block::{Block, Print};
use xiangli::paper::faces::{Faces, FontFile};
use xiangli::paper::layout::{self, Mark, Page};
use xiangli::paper::order::{Content, Order};
use xiangli::words::{Language, Words};

use crate::campaigns::{appoint, book, read, session, start};
use crate::paper_pages::shown;
use crate::support::program::of_demo;
use crate::support::world::{ELDER, World, day, stamp};

const EVERYBODY: CampaignPaper = CampaignPaper::Slips(SlipsFor::Everybody);
const TO_TELL: CampaignPaper = CampaignPaper::Slips(SlipsFor::ToTell);
const ALL: [CampaignPaper; 4] = [EVERYBODY, CampaignPaper::Roster, CampaignPaper::Door, CampaignPaper::Clinic];

fn words() -> Words {
    Words::new(Language::Chinese)
}

fn faces() -> Faces {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/XiangliRare-HanaMinB-subset.ttf");
    let rare = Arc::new(fs::read(file).expect("the rare face")) as FontFile;
    Faces::new(Some(rare)).expect("faces")
}

fn wish(campaign: &str, paper: CampaignPaper) -> PaperWish {
    PaperWish::Campaign { campaign: campaign.into(), session: None, paper }
}

pub fn order(campaign: &str, paper: CampaignPaper) -> Order {
    Order::new(wish(campaign, paper), &words())
}

fn content(world: &World, order: &Order) -> Result<Content> {
    order.content(&world.ledger.gather(&order.wish, world.today)?, &words())
}

fn texts(world: &World, order: &Order) -> String {
    content(world, order).expect("a paper").texts(&words()).join("\n")
}

pub fn refusal(result: Result<impl Sized>) -> String {
    result.err().map(|error| error.message().key.to_string()).expect("refused")
}

/// Writes a paper to a file, as the window and the command line do.
pub fn write(world: &mut World, order: &Order, name: &str) -> PathBuf {
    let path = world.folder.path().join(name);
    let content = content(world, order).expect("a paper");
    let (out, stamp) = (Out::At(path.clone()), stamp(world.today));
    let made = |_: &xiangli::ledger::view::View| content.made(order.format, &words(), &faces());
    world.ledger.hand_out(&out, &order.leaving(), &stamp, made).expect("written");
    path
}

/// What a reader of PDFs finds in a file.
fn read_pdf(path: &Path) -> String {
    let output = Process::new("pdftotext").arg(path).arg("-").output().expect("poppler-utils is there");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A campaign of two sessions with these people, all of them given a day.
pub fn planned(names: &[&str]) -> (World, String, Vec<String>) {
    let mut world = World::new();
    let people: Vec<String> =
        names.iter().map(|name| world.person(name, "1950-03-01", Some(Residency::Here))).collect();
    let seats = u32::try_from(names.len()).expect("a few");
    let uid = start(&mut world, vec![session("2026-12-07", seats), session("2026-12-14", seats)]);
    book(&mut world, &uid);
    (world, uid, people)
}

pub fn act(world: &mut World, campaign: &str, resident: &str, act: Act) {
    let command = appoint(campaign, resident, act, world);
    world.run(command);
}

fn say_of_clinic(world: &mut World, resident: &str, state: ConsentState) {
    let (resident, purpose, on) = (resident.to_owned(), Purpose::Clinic, world.today);
    world.run(match state {
        ConsentState::Withdrawn => Command::WithdrawConsent { resident, purpose, on },
        ConsentState::Given => {
            let agreed = Agreed { channel: Channel::Signed, witness: String::new(), guardian: None };
            Command::GiveConsent { resident, purpose, on, agreed: Box::new(agreed) }
        }
    });
}

fn slips(world: &World, uid: &str) -> Box<CampaignSheet> {
    match world.ledger.gather(&wish(uid, EVERYBODY), world.today).expect("gathered").material {
        Material::AppointmentSlips(sheet) => sheet,
        _ => panic!("other material"),
    }
}

fn slips_of(world: &World, sheet: Box<CampaignSheet>, words: &Words) -> Print {
    let village = world.ledger.village().expect("readable");
    xiangli::paper::campaign::slips::print(&sheet, (&village, world.today, words))
}

/// Nothing is drawn outside the paper, and what belongs to a slip ends above the cut below it.
fn is_inside(page: &Page, faces: &Faces) -> bool {
    page.marks.iter().all(|mark| match mark {
        Mark::Text { at, size, text, .. } => {
            at.0 >= 25.0 && at.0 + faces.width(text, *size) <= page.size.0 - 25.0 && at.1 < page.size.1 - 20.0
        }
        _ => true,
    })
}

const RARE: [&str; 7] = [
    "李㛃",
    "王𠅤",
    "䶮小凤",
    "𬭎大山",
    "欧阳若雪",
    "阿卜杜拉·买买提·吐尔逊江·艾力玉素甫江",
    "迪丽热巴·古丽扎尔·阿依努尔·帕提古丽·买",
];

#[test]
fn every_name_is_in_the_text_of_the_slips_and_rare_characters_are_drawn() {
    let (mut world, uid, _) = planned(&RARE);
    let faces = faces();
    let drawn = content(&world, &order(&uid, EVERYBODY)).expect("slips");
    drawn.made(FileFormat::Pdf, &words(), &faces).expect("a file");
    assert_eq!(faces.missing(), 0, "every character has a glyph");
    let path = write(&mut world, &order(&uid, EVERYBODY), "slips.pdf");
    let text = read_pdf(&path);
    for name in RARE {
        assert!(text.contains(name), "{name} in {text}");
    }
    for needed in ["2026年12月7日 星期一", "8:00–11:00", "农历十月廿九", "村卫生室", "空腹", "自愿参加", "签字"]
    {
        assert!(text.contains(needed), "{needed} in {text}");
    }
    let log = world.ledger.disclosures(9).expect("readable");
    assert_eq!((log[0].paper.as_str(), log[0].rows), ("appointment-slips", 7), "people stand on them");
}

#[test]
fn two_slips_share_a_page_whatever_the_names_and_texts_are_and_nothing_is_cut_off() {
    let (world, uid, _) = planned(&RARE);
    for language in Language::ALL {
        let (words, faces) = (Words::new(*language), faces());
        for bring in [String::new(), "身份证、医保卡、以前的检查报告和正在吃的药；".repeat(12)] {
            let mut sheet = slips(&world, &uid);
            sheet.campaign.edit.bring.clone_from(&bring);
            sheet.campaign.edit.prepare = "前一晚十点以后不吃东西，".repeat(6);
            let pages = layout::pages(&slips_of(&world, sheet, &words), &faces, &words);
            assert_eq!(pages.len(), 4, "seven slips, {language:?}");
            assert!(pages.iter().all(|page| is_inside(page, &faces)), "{language:?}");
            let all: String = pages.iter().flat_map(shown).collect();
            let wanted = bring.matches('卡').count() * 7;
            assert_eq!(all.matches('卡').count(), wanted, "{language:?}: all of it");
        }
    }
}

#[test]
fn three_hundred_slips_fill_a_hundred_and_fifty_pages() {
    let (world, uid, _) = planned(&RARE);
    let mut sheet = slips(&world, &uid);
    let people = sheet.campaign.appointments.clone();
    sheet.campaign.appointments = people.iter().cycle().take(300).cloned().collect();
    let print = slips_of(&world, sheet, &words());
    assert_eq!(print.blocks.iter().filter(|block| matches!(block, Block::Fitted(_))).count(), 300);
    assert_eq!(layout::pages(&print, &faces(), &words()).len(), 150);
}

#[test]
fn slips_are_for_who_has_a_day_ahead_in_the_order_of_a_walk_and_some_for_who_is_still_to_be_told() {
    let names = ["王一", "王二", "王三", "王四", "王五", "王六"];
    let (mut world, uid, people) = planned(&names);
    for (at, said) in [(0, Act::Invite), (1, Act::Agree), (2, Act::Wait), (3, Act::StayOut), (4, Act::Decline)] {
        act(&mut world, &uid, &people[at], said);
    }
    let named = |world: &World, paper| {
        let text = texts(world, &order(&uid, paper));
        names.map(|name| text.contains(name))
    };
    assert_eq!(named(&world, EVERYBODY), [true, true, false, false, false, true]);
    assert_eq!(named(&world, TO_TELL), [false, false, false, false, false, true]);
    let (phone, group) = ("19900000001".to_owned(), "1".to_owned());
    assert!(texts(&world, &order(&uid, EVERYBODY)).contains("咨询电话（手写）"), "nobody looks after the group yet");
    world.run(Command::AssignContact { group, name: "周大山".into(), phone });
    assert!(texts(&world, &order(&uid, EVERYBODY)).contains("周大山 19900000001"));
    let elsewhere = read(&world, &uid).sessions[1].uid.clone();
    let of_one = |session: &str| PaperWish::Campaign {
        campaign: uid.clone(),
        session: Some(session.to_owned()),
        paper: EVERYBODY,
    };
    let gathered = |world: &World, session: &str| world.ledger.gather(&of_one(session), world.today).map(|_| ());
    assert_eq!(refusal(gathered(&world, &elsewhere)), "paper-nobody-appointed");
    assert_eq!(refusal(gathered(&world, "nothing")), "error-no-such-session");
    world.today = day("2026-12-20");
    assert_eq!(refusal(content(&world, &order(&uid, EVERYBODY))), "paper-nobody-appointed", "these days have passed");
}

#[test]
fn a_roster_has_a_line_for_each_who_has_a_seat_and_some_for_who_comes_unannounced() {
    let (mut world, uid, people) = planned(&["王一", "王二", "王三"]);
    act(&mut world, &uid, &people[0], Act::Decline);
    let text = texts(&world, &order(&uid, CampaignPaper::Roster));
    assert!(text.contains("王二") && text.contains("王三") && !text.contains("王一"));
    for needed in ["2026年12月7日 星期一", "镇卫生院", "村卫生室", "排了2人，共3座", "76"] {
        assert!(text.contains(needed), "{needed} in {text}");
    }
    let sheet = Order { format: FileFormat::Xlsx, ..order(&uid, CampaignPaper::Roster) };
    let rows = content(&world, &sheet).expect("a roster");
    assert_eq!((rows.rows, rows.first_rows(9).len()), (2, 2));
    let path = write(&mut world, &sheet, "roster.xlsx");
    world.today = day("2026-12-07");
    let answer = clinic::read(&path, &read(&world, &uid), world.today, &Unwatched).expect("read");
    assert_eq!(answer.count(Said::Nothing), 2, "ticked in the spreadsheet, it can be read in");
}

#[test]
fn no_whole_name_hangs_at_the_door_nor_anybody_who_was_not_told() {
    let names = ["李梅", "张春梅", "欧阳若雪", "阿卜杜拉·买买提"];
    let (mut world, uid, people) = planned(&names);
    assert_eq!(refusal(content(&world, &order(&uid, CampaignPaper::Door))), "paper-nobody-appointed");
    for resident in &people[..3] {
        act(&mut world, &uid, resident, Act::Invite);
    }
    let text = texts(&world, &order(&uid, CampaignPaper::Door));
    for masked in ["李*", "张*梅", "欧**雪", "1组", "8:00–11:00"] {
        assert!(text.contains(masked), "{masked} in {text}");
    }
    assert!(names.iter().all(|name| !text.contains(name)) && !text.contains("阿**提"));
    let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    assert!(longest <= Some(4), "no number longer than a year");
    let pdf = Order { format: FileFormat::Xlsx, ..order(&uid, CampaignPaper::Door) };
    assert_eq!(refusal(content(&world, &pdf)), "paper-only-pdf");
}

#[test]
fn nothing_hangs_at_a_door_where_the_clinic_comes_to_the_house() {
    let mut world = World::new();
    let resident = world.person("李梅", "1950-03-01", Some(Residency::Here));
    let home = SessionEdit { kind: SessionKind::Home, ..session("2026-12-07", 5) };
    let uid = start(&mut world, vec![home]);
    let wish = xiangli::ledger::campaigns::Wish { at_home: true, ..Default::default() };
    let command = CampaignCommand::SetWish { campaign: uid.clone(), resident, wish: Box::new(wish) };
    world.run(Command::Campaign(command));
    book(&mut world, &uid);
    assert!(texts(&world, &order(&uid, EVERYBODY)).contains("上门，请在家等"));
    assert!(texts(&world, &order(&uid, CampaignPaper::Roster)).contains("住址"));
    assert_eq!(refusal(content(&world, &order(&uid, CampaignPaper::Door))), "paper-nobody-appointed");
}

#[test]
fn to_the_clinic_goes_only_whom_their_own_word_or_consent_sends_there() {
    let cases = [
        ("王一", None, None, false),
        ("王二", Some(Act::Invite), None, false),
        ("王三", Some(Act::Agree), None, true),
        ("王四", None, Some(ConsentState::Given), true),
        ("王五", Some(Act::Invite), Some(ConsentState::Given), true),
        ("王六", Some(Act::Agree), Some(ConsentState::Withdrawn), false),
        ("王七", None, Some(ConsentState::Withdrawn), false),
        ("王八", Some(Act::Decline), Some(ConsentState::Given), false),
        ("王九", Some(Act::StayOut), Some(ConsentState::Given), false),
    ];
    let (mut world, uid, people) = planned(&cases.map(|case| case.0));
    for ((_, said, consent, _), resident) in cases.iter().zip(&people) {
        if let Some(said) = said {
            act(&mut world, &uid, resident, *said);
        }
        if let Some(state) = consent {
            say_of_clinic(&mut world, resident, *state);
        }
    }
    let list = content(&world, &order(&uid, CampaignPaper::Clinic)).expect("a list");
    assert_eq!(list.heads(), ["编号", "姓名", "性别", "年龄", "小组", "电话", "哪天", "几点", "项目", "来了没有"]);
    let named: Vec<String> = list.first_rows(99).into_iter().map(|row| row[1].clone()).collect();
    for (name, said, consent, goes) in cases {
        assert_eq!(named.contains(&name.to_owned()), goes, "{name} {said:?} {consent:?}");
    }
    assert_eq!((list.rows, list.left_out), (3, 4), "how many stay behind is said; nobody's no is counted");
    for recipient in [Recipient::Village, Recipient::Office(" ".into()), Recipient::Person] {
        let order = Order { recipient, ..order(&uid, CampaignPaper::Clinic) };
        assert_eq!(refusal(content(&world, &order)), "paper-clinic-nowhere");
    }
    world.today = day("2026-12-07");
    act(&mut world, &uid, &people[1], Act::Come);
    assert_eq!(content(&world, &order(&uid, CampaignPaper::Clinic)).expect("a list").rows, 4, "who came, came by wish");
}

#[test]
fn of_a_child_the_clinic_is_told_no_more_than_whom_to_expect_and_when() {
    let (mut world, uid, people) = planned(&["李小宝"]);
    act(&mut world, &uid, &people[0], Act::Agree);
    let order = order(&uid, CampaignPaper::Clinic);
    let content = |world: &World, born: &str| {
        let mut gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
        let Material::ClinicList(sheet) = &mut gathered.material else { panic!("other material") };
        let born = PartialDate::parse(born).expect("a date");
        sheet.campaign.appointments[0].person.facts.born.as_mut().expect("known").value = born;
        sheet.campaign.appointments[0].person.phone = "19900000001".into();
        let Gathered { village, on, material } = gathered;
        order.content(&Gathered { village, on, material }, &words()).expect("a list")
    };
    let without = content(&world, "2013-01-01");
    assert_eq!((without.rows, without.left_out), (0, 1), "no guardian has agreed");
    let guardian = Some(Guardian { name: "李大".into(), relation: GuardianRelation::Parent });
    let agreed = Box::new(Agreed { channel: Channel::Signed, witness: String::new(), guardian });
    let (resident, purpose, on) = (people[0].clone(), Purpose::Services, world.today);
    world.run(Command::GiveConsent { resident, purpose, on, agreed });
    let row = |born: &str| content(&world, born).first_rows(1).remove(0);
    let child = row("2013-01-01");
    assert_eq!([&child[1], &child[6], &child[7]], ["李小宝", "2026-12-07", "08:00–11:00"]);
    assert!(child[2..6].iter().all(String::is_empty), "{child:?}");
    // Fourteen on the day of the check, but a child on the day of the list.
    assert!(row("2012-12-07")[2..6].iter().all(String::is_empty));
    assert_eq!(row("2012-11-23")[3..6], ["14", "1组", "19900000001"].map(String::from));
}

#[test]
fn nobody_who_does_not_want_it_is_on_any_paper_nor_that_anybody_does_not() {
    let (mut world, uid, people) = planned(&["王一", "欧阳若雪"]);
    for (at, said) in [(0, Act::Agree), (1, Act::Decline)] {
        act(&mut world, &uid, &people[at], said);
    }
    let (mut other, other_uid, others) = planned(&["王一", "欧阳若雪"]);
    act(&mut other, &other_uid, &others[0], Act::Agree);
    act(&mut other, &other_uid, &others[1], Act::StayOut);
    for language in Language::ALL {
        let words = Words::new(*language);
        let of = |world: &World, uid: &str, paper, format| {
            let order = Order { format, ..Order::new(wish(uid, paper), &words) };
            let gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
            order.content(&gathered, &words).ok().map(|content| content.texts(&words))
        };
        for paper in ALL {
            for format in FileFormat::ALL.iter().copied() {
                let (with, without) = (of(&world, &uid, paper, format), of(&other, &other_uid, paper, format));
                assert_eq!(with, without, "the same as where somebody is merely not planned: {paper:?}");
                let all = with.unwrap_or_default().join("\n");
                assert!(!all.contains("欧阳") && !all.contains("欧**"), "{paper:?}");
                assert!(!all.contains(&words.of(&AppointmentState::Declined)), "{paper:?}");
            }
        }
    }
}

#[test]
fn a_persons_own_copy_has_their_days_under_whichever_record_and_none_that_was_not_wanted() {
    let (mut world, uid, people) = planned(&["王一", "王二"]);
    act(&mut world, &uid, &people[0], Act::Agree);
    act(&mut world, &uid, &people[1], Act::Decline);
    let copy =
        |world: &World, resident: &str| texts(world, &Order::new(PaperWish::Person(resident.to_owned()), &words()));
    let kept = copy(&world, &people[0]);
    assert!(kept.contains("冬季老年人体检：答应来（2026年12月7日）"), "{kept}");
    let declined = copy(&world, &people[1]);
    assert!(!declined.contains("冬季老年人体检") && !declined.contains(&words().of(&AppointmentState::Declined)));
    let listed = world.person("王一", "1950-03-01", Some(Residency::Here));
    let command = Command::Merge(Box::new(xiangli::ledger::command::Merge {
        listed: listed.clone(),
        behind: people[0].clone(),
        taken: Vec::new(),
    }));
    world.run(command);
    assert!(copy(&world, &listed).contains("冬季老年人体检：答应来（2026年12月7日）"), "noted under the other record");
}

#[test]
fn the_command_line_prints_the_papers_of_a_campaign_and_tells_what_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    assert_eq!(of_demo(folder.path(), &["demo", "--residents", "200"]).0, 0);
    let file = "name = \"冬季体检\"\nprogrammes = [\"elder-check\"]\nfirst = \"2026-12-01\"\nlast = \"2026-12-31\"\n\
                [[session]]\ndate = \"2026-12-08\"\nfrom = \"8:00\"\nto = \"11:00\"\nseats = 40\n";
    fs::write(path("c.toml"), file).expect("written");
    assert_eq!(of_demo(folder.path(), &["campaign", "new", &path("c.toml")]).0, 0);
    let (_, listed) = of_demo(folder.path(), &["campaign", "list", "--json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("a document");
    let uid = listed["rows"][0]["uid"].as_str().expect("a campaign").to_owned();
    assert_eq!(of_demo(folder.path(), &["slips", &uid, "--out", &path("n.pdf")]).0, 6, "nobody has a day yet");
    assert_eq!(of_demo(folder.path(), &["campaign", "plan", &uid, "--book"]).0, 0);
    assert_eq!(of_demo(folder.path(), &["slips", &uid, "--out", &path("s.pdf"), "--to-tell"]).0, 0);
    assert_eq!(of_demo(folder.path(), &["print", "session-roster", &uid, "--to", &path("r.pdf")]).0, 0);
    assert_eq!(of_demo(folder.path(), &["print", "door-list", &uid, "--to", &path("d.pdf")]).0, 6, "nobody was told");
    let clinic = ["print", "clinic-list", &uid, "--to", &path("c.xlsx"), "--recipient", "柳镇卫生院"];
    assert_eq!(of_demo(folder.path(), &clinic).0, 0);
    let (_, told) = of_demo(folder.path(), &["disclosures", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("a document");
    let papers: Vec<&str> = told["rows"].as_array().expect("rows").iter().filter_map(|r| r["paper"].as_str()).collect();
    assert_eq!(papers, ["clinic-list", "session-roster", "appointment-slips"]);
    assert_eq!(told["rows"][0]["recipient"].as_str(), Some("柳镇卫生院"));
}

#[test]
fn what_somebody_comes_for_is_on_the_slip_and_not_on_the_stub() {
    let (world, uid, _) = planned(&["李梅"]);
    let print = slips_of(&world, slips(&world, &uid), &words());
    let Some(Block::Fitted(slot)) = print.blocks.first() else { panic!("a slip") };
    let name = words().pick(&world.ledger.programme(ELDER).expect("there").names).to_owned();
    let of = |part: usize| format!("{:?}", slot.parts[part].1);
    assert!(!of(0).contains(&name) && of(1).contains(&name));
}

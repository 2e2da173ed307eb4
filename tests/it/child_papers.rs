//! The printed rules for the data of children under 14, held against every paper on which a child may stand: where the
//! whole name is, where it is masked, and that no list, form or file has a child's id number or phone.

use xiangli::domain::application::Act;
use xiangli::domain::campaign::AppointmentAct;
use xiangli::domain::consent::{Channel, Guardian, GuardianRelation, Purpose};
use xiangli::domain::disclosure::{FileFormat, Recipient};
use xiangli::domain::id_card::IdNumber;
use xiangli::domain::name::PersonName;
use xiangli::domain::offer::Outcome;
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::relation::Relation;
use xiangli::domain::resident::{FactKind, FactValue, Residency, Standing};
use xiangli::ledger::Ledger;
use xiangli::ledger::campaigns::clinic::{self, Said};
use xiangli::ledger::campaigns::command::CampaignCommand;
use xiangli::ledger::campaigns::sheets::{CampaignPaper, SlipsFor};
use xiangli::ledger::campaigns::{CampaignEdit, NewCampaign};
use xiangli::ledger::command::{Agreed, Command, Home, NewResident};
use xiangli::ledger::exchange::form::{Fill, Value};
use xiangli::ledger::material::PaperWish;
use xiangli::ledger::privacy::report::PrivacyPaper;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::rounds::{Reach, RoundWish};
use xiangli::ledger::sections::Section;
use xiangli::paper::order::{Content, Order};
use xiangli::paper::roster::RosterColumn;
use xiangli::words::{Language, Words};

use crate::campaign_papers::{act, write};
use crate::campaigns::{book, campaign_edit, read, session};
use crate::import_support::id;
use crate::support::offices::{Offices, with_persons};
use crate::support::world::{World, day, stamp};
use crate::township_form::{bind, blank, prepared};

const CHECK: &str = "child-check";
const SUBSIDY: &str = "child-subsidy";
/// Head, phone; the children of the household: whose guardian agreed, and of whom nobody asked.
const HEAD: (&str, &str) = ("李建国", "19900000001");
const AGREED: &str = "李小宝";
const ASKED_NOT: &str = "李欣怡";
const MASKED: [&str; 2] = ["李*宝", "李*怡"];
const PHONES: [&str; 2] = ["19900000002", "19900000003"];

fn ids() -> [String; 2] {
    [id("20220601", 11), id("20220602", 12)]
}

fn somebody(name: &str, (born, number): (&str, Option<&str>), phone: &str, relation: u8) -> Command {
    let read = |text| IdNumber::parse(text, day("2026-11-23")).expect("a number").number;
    let new = NewResident {
        name: PersonName::parse(name).expect("a name"),
        id_number: number.map(read),
        sex: None,
        born: PartialDate::parse(born),
        relation: Relation::from_code(relation),
        phone: phone.into(),
        residency: Some(Residency::Here),
        source: "入户登记".into(),
    };
    Command::AddResident { new: Box::new(new), home: Home::Numbered { group: "1".into(), number: "7".into() } }
}

fn agreed(resident: &str, purpose: Purpose) -> Command {
    let guardian = Some(Guardian { name: HEAD.0.into(), relation: GuardianRelation::Grandparent });
    let agreed = Box::new(Agreed { channel: Channel::Signed, witness: String::new(), guardian });
    Command::GiveConsent { resident: resident.into(), purpose, on: day("2026-11-23"), agreed }
}

/// Enters the household; the children's uids, the one whose guardian agreed first.
fn family(ledger: &mut Ledger) -> [String; 2] {
    let mut run = |command| {
        let done = ledger.run(&command, &stamp(day("2026-11-23"))).expect("accepted");
        done.change.expect("a change").about
    };
    run(somebody(HEAD.0, ("1960-03-01", None), HEAD.1, 2));
    let ids = ids();
    let children = [(AGREED, "2022-06-01", 0), (ASKED_NOT, "2022-06-02", 1)]
        .map(|(name, born, at)| run(somebody(name, (born, Some(&ids[at])), PHONES[at], 40)));
    run(agreed(&children[0], Purpose::Services));
    children
}

/// Both with a day in a campaign that they agreed to, and a round through the village.
fn village() -> (World, String, [String; 2]) {
    let mut world = World::new();
    let children = family(&mut world.ledger);
    let edit = CampaignEdit { programmes: vec![CHECK.into()], name: "儿童体检".into(), ..campaign_edit() };
    let new = NewCampaign { edit, sessions: vec![session("2026-12-07", 4)] };
    let done = world.run(Command::Campaign(CampaignCommand::Start(Box::new(new))));
    let campaign = done.change.expect("a change").about;
    let plan = world.ledger.plan_round(&RoundWish { reach: Reach::All, ..RoundWish::default() }, world.today);
    world.run(Command::MakeRound(Box::new(plan.expect("a plan"))));
    book(&mut world, &campaign);
    children.iter().for_each(|child| act(&mut world, &campaign, child, AppointmentAct::Agree));
    (world, campaign, children)
}

fn content(world: &World, order: &Order, words: &Words) -> Content {
    let gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
    order.content(&gathered, words).expect("a paper")
}

/// All that stands on a paper, and all that is shown of it before it is written.
fn texts(world: &World, order: &Order, words: &Words) -> String {
    let content = content(world, order, words);
    let mut all = content.texts(words);
    all.extend(content.first_rows(99).into_iter().flatten());
    all.join("\n")
}

/// No child's number or phone, whole or as a tail that a list might show.
fn is_bare(text: &str) -> bool {
    let ids = ids();
    PHONES.iter().all(|phone| !text.contains(phone)) && ids.iter().all(|id| !text.contains(id.as_str()))
}

fn for_village(campaign: &str, words: &Words) -> Vec<Order> {
    let of = |paper| PaperWish::Campaign { campaign: campaign.to_owned(), session: None, paper };
    let columns = RosterColumn::ALL.iter().copied().filter(|column| column.is_for(&Recipient::Village)).collect();
    let roster = Order::new(PaperWish::Roster { programme: CHECK.into(), section: Section::Eligible }, words);
    vec![
        Order { columns, ..roster },
        Order::new(PaperWish::Round, words),
        Order { format: FileFormat::Xlsx, ..Order::new(PaperWish::Round, words) },
        Order::new(of(CampaignPaper::Roster), words),
        Order { format: FileFormat::Xlsx, ..Order::new(of(CampaignPaper::Roster), words) },
        Order::new(of(CampaignPaper::Door), words),
    ]
}

#[test]
fn the_rules_that_are_printed_are_those_of_the_words() {
    let world = World::new();
    for language in Language::ALL {
        let words = Words::new(*language);
        let text = texts(&world, &Order::new(PaperWish::Privacy(PrivacyPaper::ChildRules), &words), &words);
        for key in ["child-rule-print", "child-rule-out", "child-rule-own"] {
            assert!(text.contains(&words.text(key)), "{key} in {text}");
        }
    }
}

#[test]
fn on_the_villages_own_papers_a_childs_name_is_masked_and_the_head_of_the_household_is_named() {
    let (world, campaign, _) = village();
    for language in Language::ALL {
        let words = Words::new(*language);
        for order in for_village(&campaign, &words) {
            let text = texts(&world, &order, &words);
            let wish = &order.wish;
            assert!(MASKED.iter().all(|name| text.contains(name)), "{wish:?}: {text}");
            assert!(!text.contains(AGREED) && !text.contains(ASKED_NOT) && is_bare(&text), "{wish:?}: {text}");
            let asks = matches!(wish, PaperWish::Roster { .. } | PaperWish::Round);
            assert!(!asks || (text.contains(HEAD.0) && text.contains(HEAD.1)), "whom to ask: {text}");
        }
    }
}

#[test]
fn a_child_is_whole_on_the_guardians_slip_and_masked_on_the_stub_that_stays() {
    let (world, campaign, _) = village();
    let words = Words::new(Language::Chinese);
    let paper = CampaignPaper::Slips(SlipsFor::Everybody);
    let order = Order::new(PaperWish::Campaign { campaign, session: None, paper }, &words);
    let text = content(&world, &order, &words).texts(&words).join("\n");
    for (name, masked) in [AGREED, ASKED_NOT].iter().zip(MASKED) {
        assert_eq!((text.matches(name).count(), text.matches(masked).count()), (1, 1), "{text}");
    }
    assert!(is_bare(&text));
}

#[test]
fn the_masked_roster_of_a_session_can_be_read_in() {
    let (mut world, campaign, _) = village();
    let words = Words::new(Language::Chinese);
    let wish = PaperWish::Campaign { campaign: campaign.clone(), session: None, paper: CampaignPaper::Roster };
    let path = write(&mut world, &Order { format: FileFormat::Xlsx, ..Order::new(wish, &words) }, "r.xlsx");
    world.today = day("2026-12-07");
    let answer = clinic::read(&path, &read(&world, &campaign), world.today, &Unwatched).expect("read");
    assert_eq!((answer.count(Said::Nothing), answer.count(Said::Unknown)), (2, 0), "both are known by number and name");
}

#[test]
fn to_an_office_a_child_goes_with_the_guardians_consent_alone_and_without_number_or_phone() {
    let (mut world, campaign, children) = village();
    let office = Recipient::Office("镇卫生院".into());
    let columns: Vec<_> = RosterColumn::ALL.iter().copied().filter(|column| column.is_for(&office)).collect();
    let words = Words::new(Language::Chinese);
    let roster = PaperWish::Roster { programme: CHECK.into(), section: Section::Eligible };
    let roster = Order { columns, recipient: office, ..Order::new(roster, &words) };
    let paper = CampaignPaper::Clinic;
    let list = Order::new(PaperWish::Campaign { campaign, session: None, paper }, &words);
    for order in [&roster, &list] {
        let (text, content) = (texts(&world, order, &words), content(&world, order, &words));
        assert!(text.contains(AGREED) && !text.contains(ASKED_NOT) && is_bare(&text), "{text}");
        assert!(!text.contains(MASKED[1]) && !text.contains(HEAD.1));
        assert_eq!((content.rows, content.left_out), (1, 1));
    }
    // The guardian may take it back.
    let (resident, on) = (children[0].clone(), world.today);
    world.run(Command::WithdrawConsent { resident, purpose: Purpose::Services, on });
    assert!(!texts(&world, &roster, &words).contains(AGREED));
}

#[test]
fn the_townships_form_takes_a_child_by_the_same_rule() {
    let (mut world, _, _) = village();
    let path = blank(world.folder.path(), 11);
    let cells = [("A9", "list.child-check.booked.name"), ("B9", "list.child-check.booked.phone")];
    let bound = bind(&mut world, &path, &cells).expect("bound");
    let (_, content) = prepared(&world, &bound).expect("filled");
    let text = |fill: &Fill| match &fill.value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
    };
    let said = content.fills.iter().map(text).collect::<Vec<_>>().join("\n");
    assert!(said.contains(AGREED) && !said.contains(ASKED_NOT) && is_bare(&said), "{said}");
    assert_eq!((content.people, content.left_out), (1, 1));
}

#[test]
fn in_the_file_of_the_month_a_child_is_masked_and_stays_without_a_guardian() {
    let mut offices = Offices::new(1, 0, &with_persons());
    let at = offices.stamp.clone();
    let children = family(&mut offices.villages[0]);
    for resident in children {
        let value = FactValue::from_word(FactKind::Registered, "here").expect("a value");
        let fact = Command::SetFact { resident: resident.clone(), value, source: "户口簿".into(), on: at.today };
        let apply = |act| Command::Apply {
            resident: resident.clone(),
            programme: SUBSIDY.into(),
            period: Some("2026".into()),
            act,
            on: at.today,
        };
        let acts = [Act::Begin(vec!["birth-certificate".into()]), Act::HandOn, Act::HandOn];
        for command in std::iter::once(fact).chain(acts.map(apply)) {
            offices.villages[0].run(&command, &at).expect("accepted");
        }
    }
    let file = offices.hand_up(0);
    let text = offices.plain(&file);
    assert!(text.contains(MASKED[0]) && !text.contains(MASKED[1]), "{text}");
    assert!(!text.contains(AGREED) && !text.contains(ASKED_NOT) && is_bare(&text));
}

#[test]
fn what_moves_along_on_somebodys_slip_is_masked_and_the_childs_own_is_whole() {
    let (mut world, _, children) = village();
    for child in &children {
        let (resident, standing, on) = (child.clone(), Standing::MovedOut, day("2026-11-20"));
        world.run(Command::SetStanding { resident, standing, on });
    }
    let words = Words::new(Language::Chinese);
    let text = texts(&world, &Order::new(PaperWish::MoveSlip(children[0].clone()), &words), &words);
    assert!(text.contains(AGREED) && text.contains(MASKED[1]) && !text.contains(ASKED_NOT), "{text}");
    assert!(is_bare(&text));
}

#[test]
fn all_that_is_kept_of_a_child_is_on_the_guardians_copy() {
    let (mut world, _, children) = village();
    let (resident, on) = (children[0].clone(), world.today);
    world.run(Command::Record { resident, programme: CHECK.into(), outcome: Outcome::Told, on });
    let words = Words::new(Language::Chinese);
    let text = texts(&world, &Order::new(PaperWish::Person(children[0].clone()), &words), &words);
    assert!(text.contains(AGREED) && text.contains(PHONES[0]) && text.contains(&ids()[0]));
}

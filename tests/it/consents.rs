//! Consent: who agrees, what a withdrawal ends, and that it can be taken back as any other step.

use xiangli::domain::consent::{Channel, ConsentState, Guardian, GuardianRelation, Purpose};
use xiangli::domain::message::Say as _;
use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::Residency;
use xiangli::ledger::command::{Agreed, Command, Merge};
use xiangli::ledger::consents::{Asked, Guarded};
use xiangli::ledger::history::ChangeFilter;

use crate::support::program::Village;
use crate::support::world::{ELDER, World, day};

fn signed() -> Box<Agreed> {
    Box::new(Agreed { channel: Channel::Signed, witness: String::new(), guardian: None })
}

fn give(world: &World, uid: &str, purpose: Purpose) -> Command {
    Command::GiveConsent { resident: uid.into(), purpose, on: world.today, agreed: signed() }
}

fn withdraw(world: &World, uid: &str, purpose: Purpose) -> Command {
    Command::WithdrawConsent { resident: uid.into(), purpose, on: world.today }
}

/// What stands for each purpose, in their order.
fn states(world: &World, uid: &str) -> Vec<Option<ConsentState>> {
    let row = world.ledger.resident(uid).expect("there");
    let rows = world.ledger.consents(&row, world.today).expect("readable");
    rows.into_iter().map(|row| row.consent.map(|consent| consent.state)).collect()
}

const GIVEN: Option<ConsentState> = Some(ConsentState::Given);
const WITHDRAWN: Option<ConsentState> = Some(ConsentState::Withdrawn);

#[test]
fn consent_is_one_step_that_can_be_taken_back() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let start = world.ledger.digest().expect("readable");
    assert_eq!(states(&world, &uid), [None; 4]);
    let done = world.run(give(&world, &uid, Purpose::Services));
    assert_eq!(done.change.map(|change| (change.op, change.note)), Some(("consent-give".into(), "services".into())));
    assert_eq!(states(&world, &uid), [GIVEN, None, None, None]);
    world.run(Command::Undo);
    assert_eq!(world.ledger.digest().expect("readable"), start);
    world.run(Command::Redo);
    assert_eq!(states(&world, &uid), [GIVEN, None, None, None]);
    world.ledger.check().expect("the history adds up");
}

#[test]
fn withdrawing_the_services_ends_all_that_was_agreed_to_and_undo_brings_all_back() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    for purpose in [Purpose::Services, Purpose::Health, Purpose::Clinic] {
        world.run(give(&world, &uid, purpose));
    }
    let before = world.ledger.digest().expect("readable");
    world.run(withdraw(&world, &uid, Purpose::Services));
    assert_eq!(states(&world, &uid), [WITHDRAWN, WITHDRAWN, None, WITHDRAWN], "what nobody asked for stays so");
    assert!(world.run(withdraw(&world, &uid, Purpose::Services)).change.is_none(), "twice is once");
    world.run(Command::Undo);
    assert_eq!(world.ledger.digest().expect("readable"), before);
    // Health by itself leaves the rest; each is agreed to again by itself.
    world.run(withdraw(&world, &uid, Purpose::Health));
    assert_eq!(states(&world, &uid), [GIVEN, WITHDRAWN, None, GIVEN]);
    world.run(withdraw(&world, &uid, Purpose::Services));
    world.run(give(&world, &uid, Purpose::Services));
    assert_eq!(states(&world, &uid), [GIVEN, WITHDRAWN, None, WITHDRAWN]);
}

#[test]
fn a_child_under_fourteen_needs_a_guardian_on_that_very_day() {
    let mut world = World::new();
    let uid = world.person("周小芳", "2012-02-29", Some(Residency::Here));
    let with = |on: &str, guardian: Option<Guardian>| Command::GiveConsent {
        resident: uid.clone(),
        purpose: Purpose::Services,
        on: day(on),
        agreed: Box::new(Agreed { guardian, ..*signed() }),
    };
    let refused = world.try_run(with("2026-02-28", None)).expect_err("under 14");
    assert_eq!(refused.message().key, "error-consent-guardian");
    let parent = Guardian { name: "周德明".into(), relation: GuardianRelation::Parent };
    world.run(with("2026-02-28", Some(parent)));
    world.run(Command::Undo);
    let nameless = Guardian { name: "  ".into(), relation: GuardianRelation::Other };
    assert!(world.try_run(with("2026-02-28", Some(nameless))).is_err(), "a guardian has a name");
    world.run(with("2026-03-01", None));
    let row = world.ledger.resident(&uid).expect("there");
    let rows = world.ledger.consents(&row, day("2026-02-28")).expect("readable");
    assert!(rows.iter().all(|row| row.guarded == Guarded::ByGuardian));
    // To withdraw, nobody else need agree.
    world.run(withdraw(&world, &uid, Purpose::Services));
}

#[test]
fn what_is_said_needs_a_witness_and_no_day_ahead_or_before_a_later_one() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let said = |witness: &str, on: &str| Command::GiveConsent {
        resident: uid.clone(),
        purpose: Purpose::Health,
        on: day(on),
        agreed: Box::new(Agreed { channel: Channel::Spoken, witness: witness.into(), guardian: None }),
    };
    let key = |result: xiangli::ledger::error::Result<_>| result.map(|_| ()).expect_err("refused").message().key;
    assert_eq!(key(world.try_run(said(" ", "2026-11-20"))), "error-consent-witness");
    assert_eq!(key(world.try_run(said("李大山", "2026-11-24"))), "error-date-ahead");
    assert_eq!(key(world.try_run(said(&"长".repeat(300), "2026-11-20"))), "error-consent-name");
    world.run(said("李大山", "2026-11-20"));
    let early = Command::WithdrawConsent { resident: uid.clone(), purpose: Purpose::Health, on: day("2026-11-19") };
    assert_eq!(key(world.try_run(early)), "error-consent-later");
    world.run(withdraw(&world, &uid, Purpose::Health));
    assert_eq!(key(world.try_run(said("李大山", "2026-11-22"))), "error-consent-later");
}

#[test]
fn the_withdrawal_of_either_record_counts_for_the_person() {
    let mut world = World::new();
    let one = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let other = world.person("王秀瑛", "1950-03-01", None);
    world.run(give(&world, &one, Purpose::Services));
    world.run(withdraw(&world, &other, Purpose::Services));
    let merge = Merge { listed: one.clone(), behind: other.clone(), taken: Vec::new() };
    world.run(Command::Merge(Box::new(merge)));
    assert_eq!(states(&world, &one)[0], WITHDRAWN);
    assert!(world.ledger.withdrawn(&one).expect("readable").has(Purpose::Account));
    let all = world.ledger.asked(Purpose::Services).expect("readable").all;
    assert_eq!(all, Asked { given: 0, withdrawn: 1, not_asked: 0 });
    // Taken apart, each has its own again.
    world.run(Command::Unmerge { behind: other.clone() });
    assert_eq!((states(&world, &one)[0], states(&world, &other)[0]), (GIVEN, WITHDRAWN));
    world.run(Command::Undo);
    // Agreed to again, it holds for the person.
    world.run(give(&world, &one, Purpose::Services));
    assert_eq!((states(&world, &one)[0], states(&world, &other)[0]), (GIVEN, GIVEN));
    world.run(Command::Undo);
    assert_eq!(states(&world, &one)[0], WITHDRAWN);
    world.ledger.check().expect("the history adds up");
}

#[test]
fn nothing_more_is_noted_of_who_withdrew() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    world.run(withdraw(&world, &uid, Purpose::Health));
    let (programme, on) = (ELDER.to_owned(), world.today);
    let told = Command::Record { resident: uid.clone(), programme: programme.clone(), outcome: Outcome::Told, on };
    let came = Command::Attend { resident: uid.clone(), programme, on };
    for command in [told, came] {
        let refused = world.try_run(command).expect_err("withdrawn");
        assert_eq!(refused.message().key, "error-consent-withdrawn");
    }
}

#[test]
fn who_was_not_asked_is_counted_by_group_with_names_behind() {
    let mut world = World::new();
    let people: Vec<String> =
        ["王秀英", "李大山", "周德明"].map(|name| world.person(name, "1950", Some(Residency::Here))).to_vec();
    world.run(give(&world, &people[0], Purpose::Services));
    world.run(withdraw(&world, &people[1], Purpose::Services));
    let asked = world.ledger.asked(Purpose::Services).expect("readable");
    assert_eq!(asked.all, Asked { given: 1, withdrawn: 1, not_asked: 1 });
    assert_eq!(asked.groups, [("1".to_owned(), asked.all)]);
    let names = |group| -> Vec<String> {
        let rows = world.ledger.not_asked(Purpose::Services, group, 100).expect("readable");
        rows.into_iter().map(|row| row.uid).collect()
    };
    assert_eq!(names(Some("1")), people[2..]);
    assert_eq!(names(Some("2")), Vec::<String>::new());
}

#[test]
fn who_withdrew_the_services_is_asked_for_nothing_else() {
    let mut world = World::new();
    let people: Vec<String> =
        ["王秀英", "李大山"].map(|name| world.person(name, "1950", Some(Residency::Here))).to_vec();
    world.run(withdraw(&world, &people[0], Purpose::Services));
    for purpose in Purpose::ALL {
        let asked = world.ledger.asked(*purpose).expect("readable").all;
        assert_eq!(asked, Asked { given: 0, withdrawn: 1, not_asked: 1 }, "{purpose:?}");
        let rows = world.ledger.not_asked(*purpose, None, 100).expect("readable");
        assert_eq!(rows.iter().map(|row| row.uid.as_str()).collect::<Vec<_>>(), [people[1].as_str()], "{purpose:?}");
    }
}

#[test]
fn nobody_is_named_by_a_withdrawal_but_on_their_own_page() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    world.run(withdraw(&world, &uid, Purpose::Services));
    world.run(Command::Undo);
    let all = world.ledger.history(&ChangeFilter { limit: 2, ..ChangeFilter::default() }).expect("readable");
    let seen: Vec<_> = all.iter().map(|row| (row.op.as_str(), row.name.as_str(), row.about.as_str())).collect();
    assert_eq!(seen, [("undo", "", ""), ("consent", "", "")]);
    let own = ChangeFilter { about: Some(uid), limit: 2, ..ChangeFilter::default() };
    let own = world.ledger.history(&own).expect("readable");
    let seen: Vec<_> = own.iter().map(|row| (row.op.as_str(), row.name.as_str())).collect();
    assert_eq!(seen, [("undo", "王秀英"), ("consent-withdraw", "王秀英")]);
}

/// The program's answer to a line, whole.
fn answer(village: &Village, words: &[&str]) -> String {
    let output = village.run(words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The texts of the first column of a spreadsheet that the program wrote.
fn roster_names(path: &std::path::Path) -> Vec<String> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let range = calamine::Reader::worksheet_range_at(&mut book, 0).expect("a sheet").expect("readable");
    range.rows().filter_map(|row| row.first().map(ToString::to_string)).collect()
}

fn name_of(village: &Village, uid: &str) -> String {
    village.open().expect("it opens").resident(uid).expect("a resident").name
}

/// Purpose by recipient: what a withdrawal of each ends on a roster for the village and on one for the clinic.
#[test]
fn a_withdrawal_of_each_purpose_ends_what_it_covers_for_each_recipient() {
    for (purpose, for_village, for_office) in
        [("services", false, false), ("health", false, false), ("account", true, true), ("clinic", true, false)]
    {
        let village = Village::new();
        let uid = village.people[3].clone();
        let name = name_of(&village, &uid);
        let on = |to: &[&str], file: &str| {
            let path = village.beside(file);
            let words = [&["print", "roster", "elder-check", "--to", path.to_str().expect("a path")], to].concat();
            answer(&village, &words);
            roster_names(&path).contains(&name)
        };
        let office = ["--recipient", "乡镇卫生院"];
        assert!(on(&[], "a.xlsx") && !on(&office, "b.xlsx"), "nobody has asked yet");
        answer(&village, &["consent", &uid, "clinic", "give"]);
        assert!(on(&office, "c.xlsx"));
        answer(&village, &["consent", &uid, purpose, "withdraw"]);
        assert_eq!((on(&[], "d.xlsx"), on(&office, "e.xlsx")), (for_village, for_office), "{purpose}");
    }
}

/// Everything that lists, counts or prints people is asked before and after.
#[test]
fn a_withdrawn_consent_appears_nowhere() {
    let village = Village::new();
    let programmes: Vec<String> = {
        let ledger = village.open().expect("it opens");
        ledger.programmes().iter().map(|programme| programme.id.clone()).collect()
    };
    let uid = village.people[3].clone();
    answer(&village, &["fact", &uid, "registered", "here", "--source", "户口簿"]);
    answer(&village, &["fact", &uid, "registration", "rural", "--source", "户口簿"]);
    let mut reads: Vec<Vec<&str>> = vec![vec!["worklist"], vec!["benefits"], vec!["lists"], vec!["consents"]];
    reads.extend(programmes.iter().map(|id| vec!["list", id.as_str()]));
    let seen = |village: &Village, uid: &str| -> Vec<String> {
        let named = reads.iter().filter(|words| {
            ["", "--json"].iter().any(|json| {
                let words: Vec<&str> = words.iter().copied().chain((!json.is_empty()).then_some(*json)).collect();
                answer(village, &words).contains(uid)
            })
        });
        named.map(|words| words.join(" ")).collect()
    };
    let counts = |village: &Village| {
        let ledger = village.open().expect("it opens");
        let lists = ledger.lists(day("2026-11-23")).expect("readable");
        lists.into_iter().map(|list| (list.programme.kind, list.counts)).collect::<Vec<_>>()
    };
    let before = counts(&village);
    let was_in = seen(&village, &uid);
    assert!(was_in.iter().any(|read| read == "worklist") && was_in.iter().any(|read| read == "list elder-check"));

    // Health alone: out of checks and vaccines, and of nothing else.
    answer(&village, &["consent", &uid, "health", "withdraw"]);
    let without_health = seen(&village, &uid);
    assert!(!without_health.iter().any(|read| read == "list elder-check"));
    assert!(without_health.iter().any(|read| read == "list elder-allowance"), "{without_health:?}");

    answer(&village, &["consent", &uid, "services", "withdraw"]);
    assert_eq!(seen(&village, &uid), Vec::<String>::new());
    let after = counts(&village);
    for ((kind, before), (_, after)) in before.iter().zip(&after) {
        let (was, is) = (before.eligible + before.ask, after.eligible + after.ask);
        assert!(is == was || is + 1 == was, "{kind:?}: {was} then {is}");
    }
    assert!(before != after);
    // What is printed has as many rows as the list, and the list is without them.
    let to = village.beside("roster.xlsx");
    let to = to.to_str().expect("a path");
    answer(&village, &["print", "roster", "elder-check", "--to", to]);
    let left: serde_json::Value =
        serde_json::from_str(&answer(&village, &["disclosures", "--json"])).expect("one document");
    let rows = left.as_array().or_else(|| left["rows"].as_array()).expect("rows")[0]["rows"].as_u64();
    let list: serde_json::Value =
        serde_json::from_str(&answer(&village, &["list", "elder-check", "--json"])).expect("one document");
    assert_eq!(rows, list["rows"].as_array().map(|rows| rows.len() as u64));
    // What goes to an office is without them as well, for each programme.
    for id in &programmes {
        let to = village.beside(&format!("{id}.xlsx"));
        let out = village.run(["print", "roster", id, "--recipient", "乡镇", "--to", to.to_str().expect("a path")]);
        assert!(!out.status.success() || !roster_names(&to).contains(&name_of(&village, &uid)), "{id}");
    }
    // Their own page still tells it, and the search still finds them.
    let own = answer(&village, &["consent", &uid, "--json"]);
    assert!(own.contains("\"state\":\"withdrawn\""));
    assert!(answer(&village, &["residents", "--json"]).contains(&uid));
    // One step, and all is as it was.
    answer(&village, &["undo"]);
    assert_eq!(seen(&village, &uid), without_health);
}

#[test]
fn consent_is_said_in_one_line_and_shown_in_one_document() {
    let village = Village::new();
    let uid = &village.people[0];
    answer(&village, &["consent", uid, "services", "give"]);
    let spoken = ["consent", uid, "clinic", "give", "--channel", "spoken", "--witness", "李大山", "--on", "2026-11-01"];
    answer(&village, &spoken);
    let document: serde_json::Value =
        serde_json::from_str(&answer(&village, &["consent", uid, "--json"])).expect("one document");
    let states: Vec<&str> =
        document["consents"].as_array().expect("four").iter().filter_map(|row| row["state"].as_str()).collect();
    assert_eq!(states, ["given", "not_asked", "not_asked", "given"]);
    assert_eq!(document["consents"][3]["witness"], "李大山");
    assert_eq!(village.run(["consent", uid, "health", "give", "--on", "2027-01-01"]).status.code(), Some(6));
    assert_eq!(village.run(["consent", uid, "money", "give"]).status.code(), Some(2));
    let overview: serde_json::Value =
        serde_json::from_str(&answer(&village, &["consents", "--json"])).expect("one document");
    assert_eq!(overview["purposes"][0]["counts"]["given"], 1);
    assert_eq!(overview["purposes"][0]["counts"]["not_asked"], 11);
}

/// As if a notice had been changed since everybody was asked: what is recorded is of the one before.
fn agreed_to_an_older_notice(world: World) -> World {
    let World { folder, ledger, today } = world;
    let path = ledger.path().to_owned();
    drop(ledger);
    let conn = crate::privacy::open(&path);
    conn.execute("UPDATE consent SET notice = notice - 1", []).expect("older");
    drop(conn);
    let ledger = xiangli::ledger::Ledger::open(&path, &crate::support::world::key()).expect("it opens");
    World { folder, ledger, today }
}

#[test]
fn consent_to_an_older_notice_is_no_ground_for_the_clinic_or_an_office_until_it_is_asked_for_again() {
    use xiangli::domain::application::AccountConsent;
    use xiangli::domain::consent::Again;
    use xiangli::ledger::material::{Material, PaperWish};
    use xiangli::ledger::sections::Section;
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let withdrew = world.person("李秀英", "1950-03-01", Some(Residency::Here));
    for purpose in [Purpose::Services, Purpose::Account, Purpose::Clinic] {
        world.run(give(&world, &uid, purpose));
    }
    world.run(withdraw(&world, &withdrew, Purpose::Clinic));
    let clinic = |world: &World, uid: &str| {
        let wish = PaperWish::Roster { programme: ELDER.into(), section: Section::Eligible };
        match world.ledger.gather(&wish, world.today).expect("gathered").material {
            Material::Roster(file) => file.clinic.get(uid).copied(),
            _ => panic!("other material"),
        }
    };
    let account = |world: &World| world.ledger.account_consent(&uid).expect("readable");
    assert_eq!((clinic(&world, &uid), account(&world)), (GIVEN, AccountConsent::Given));
    let mut world = agreed_to_an_older_notice(world);
    assert_eq!((clinic(&world, &uid), account(&world)), (None, AccountConsent::Absent));
    assert_eq!(clinic(&world, &withdrew), WITHDRAWN, "a withdrawal needs no notice");
    // It stands on the page as to be asked again, and in the list of whom to ask.
    let row = world.ledger.resident(&uid).expect("there");
    let rows = world.ledger.consents(&row, world.today).expect("readable");
    let of_clinic = rows.iter().find(|row| row.purpose == Purpose::Clinic).expect("there");
    assert_eq!((of_clinic.again, states(&world, &uid)[3]), (Some(Again::Notice), GIVEN));
    let to_ask = world.ledger.not_asked(Purpose::Clinic, None, 9).expect("readable");
    assert_eq!(to_ask.iter().map(|row| row.uid.as_str()).collect::<Vec<_>>(), [uid.as_str()]);
    // Told of what there is, they go on being: that is the village's own.
    assert_eq!(world.ledger.list(ELDER, world.today).expect("a list").rows.len(), 2);
    for purpose in [Purpose::Account, Purpose::Clinic] {
        world.run(give(&world, &uid, purpose));
    }
    assert_eq!((clinic(&world, &uid), account(&world)), (GIVEN, AccountConsent::Given));
}

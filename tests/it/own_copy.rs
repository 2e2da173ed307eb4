//! A person's own copy is all that is kept about them: held column by column against what the privacy page says is kept.

use std::collections::BTreeSet;

use xiangli::domain::area_code::Level;
use xiangli::domain::consent::Purpose;
use xiangli::domain::kept::Use;
use xiangli::domain::look::LookReason;
use xiangli::domain::offer::Outcome;
use xiangli::domain::resident::Residency;
use xiangli::domain::worklist::PutOff;
use xiangli::ledger::command::{Command, Merge, ResidentEdit, Taken};
use xiangli::ledger::material::PaperWish;
use xiangli::ledger::residents::ResidentFilter;
use xiangli::paper::order::Order;
use xiangli::words::{Language, Words};

use crate::campaigns::{session, start};
use crate::support::forge::behind_our_back;
use crate::support::world::{ELDER, World, day, stamp};

fn copy(world: &World, uid: &str, language: Language) -> String {
    let words = Words::new(language);
    let order = Order::new(PaperWish::Person(uid.to_owned()), &words);
    let gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
    order.content(&gathered, &words).expect("a copy").texts(&words).join("\n")
}

/// Every column about the first person, each with a value that is found again.
const FILLED: &str = "
UPDATE resident SET name = '王秀英', name_written = '王 秀英', id_number = '421399195003010029', sex = 'female',
    born = '1950-03-01', relation = 10, standing_on = '2026-01-11', known_on = '2026-01-12' WHERE id = 1;
UPDATE household SET number = '8077', address = '塆上五号' WHERE id = (SELECT household_id FROM resident WHERE id = 1);
UPDATE same_person SET linked_on = '2026-01-13';
INSERT INTO fact (uid, resident_id, kind, value, on_date, source_id) VALUES ('f', 1, 'disability', '2', '2026-01-14', 1);
INSERT INTO offer (uid, resident_id, programme, period, outcome, on_date, tries)
    VALUES ('o', 1, 'elder-check', '2026', 'unreachable', '2026-01-15', 3);
INSERT INTO service (uid, resident_id, programme, on_date) VALUES ('s', 1, 'elder-check', '2026-01-16');
INSERT INTO put_off (uid, resident_id, programme, period, until, on_date)
    VALUES ('p', 1, 'elder-check', '2026', '2026-12-17', '2026-01-18');
INSERT INTO task (uid, what, due_on, resident_id, made_on, ended, ended_on)
    VALUES ('t', '帮着换灯泡', '2026-01-20', 1, '2026-01-19', 'done', '2026-01-21');
INSERT INTO round (id, uid, made_on) VALUES (1, 'r', '2026-01-22');
INSERT INTO round_row (uid, round_id, number, resident_id, programme) VALUES ('rr', 1, 16, 1, 'elder-check');
INSERT INTO appointment (uid, campaign_id, resident_id, session_id, state, on_date, asked_again, first, at_home,
    walked_in, not_before, not_after) VALUES ('a', 1, 1, NULL, 'waiting', '2026-01-23', 1, 1, 1, 1, '2026-12-02', '2026-12-30');
INSERT INTO application (uid, resident_id, programme, period, began_on, holder, holder_on, answer, answer_on, fen, taken_back)
    VALUES ('ap', 1, 'rural-award', '2026', '2026-01-24', 'township', '2026-01-25', 'granted', '2026-01-26', 96000, '2026-01-30');
INSERT INTO application_document (uid, resident_id, programme, period, document, on_date)
    VALUES ('ad', 1, 'rural-award', '2026', 'household-book', '2026-01-27');
INSERT INTO payment (uid, resident_id, programme, period, on_date, fen)
    VALUES ('pa', 1, 'rural-award', '2026', '2026-01-28', 48000);
INSERT INTO away (uid, resident_id, place, back_by, contact, times, speaker_id, agreed_on)
    VALUES ('aw', 1, '东莞', '2027-01-29', '微信', '晚上八点后', 3, '2026-02-01');
INSERT INTO contact_try (uid, resident_id, on_date, reached) VALUES ('ct', 1, '2026-02-02', 'yes');
INSERT INTO request (uid, resident_id, what, on_date, answer, answered_on)
    VALUES ('rq', 1, '想问问医保怎么交', '2026-02-03', '告诉了在手机上交', '2026-02-04');
INSERT INTO care (id, uid, resident_id, kind, helper, phone, agreed, agreed_by, agreed_on, next_on, ended_on)
    VALUES (1, 'ca', 1, 'pairing', '李支书', '19000000009', '帮着取药', '王大山', '2026-02-05', '2026-02-06', '2026-02-07');
INSERT INTO care_visit (uid, care_id, on_date, note) VALUES ('cv', 1, '2026-02-08', '身体还好');
INSERT INTO consent (uid, resident_id, purpose, state, notice, on_date, channel, witness, guardian, guardian_relation)
    VALUES ('co', 1, 'services', 'given', 1, '2026-02-09', 'spoken', '赵见证', '钱监护', 'other');
INSERT INTO hold (uid, resident_id, held_until, basis, on_date) VALUES ('h', 1, '2028-02-10', '档案管理办法', '2026-02-11');
";

/// Where each table stands on the copy: these texts show all of its columns but the exceptions.
const SHOWN: &[(&str, &[&str], &str)] = &[
    ("resident", &["name"], "姓名\n王秀英"),
    ("resident", &["name_written"], "原来的写法\n王 秀英"),
    ("resident", &["id_number"], "身份证号\n421399195003010029"),
    ("resident", &["sex"], "性别\n女"),
    ("resident", &["born"], "出生日期\n1950-03-01"),
    ("resident", &["relation"], "与户主关系\n配偶"),
    ("resident", &["phone"], "联系电话\n19000000001"),
    ("resident", &["standing", "standing_on"], "是否在本村\n在本村（2026年1月11日）"),
    ("resident", &["known_on"], "登记日期\n2026年1月12日"),
    ("household", &["number"], "户号\n8077"),
    ("household", &["address"], "住址\n塆上五号"),
    ("same_person", &["linked_on"], "2026年1月13日和上面的合在一起"),
    // What a merge wrote over stands among the corrections, with what it wrote.
    ("same_person_before", &["field", "before"], "电话\n19000000003\n19000000001"),
    ("fact", &["kind", "value", "on_date"], "残疾人证等级\n残疾人证二级（入户登记，2026年1月14日）"),
    (
        "offer",
        &["programme", "period", "outcome", "on_date", "tries"],
        "65岁以上老年人健康体检（2026年）：暂时联系不上（2026年1月15日） 找过3次没找到",
    ),
    ("service", &["programme", "on_date"], "65岁以上老年人健康体检：已做（2026年1月16日）"),
    (
        "put_off",
        &["programme", "period", "until", "on_date"],
        "65岁以上老年人健康体检（2026年）：改到2026年12月17日（2026年1月18日定的）",
    ),
    (
        "task",
        &["what", "made_on", "due_on", "ended", "ended_on"],
        "2026年1月19日记下：帮着换灯泡，2026年1月20日办\n办好了（2026年1月21日）",
    ),
    ("round_row", &["number", "programme"], "2026年1月22日的走访单，第17行：65岁以上老年人健康体检"),
    (
        "appointment",
        &["state", "on_date", "asked_again", "first", "at_home", "walked_in", "not_before", "not_after"],
        "冬季老年人体检：还没有定日子\n2026年1月23日起是这样、没来以后又问过一次、想早点排、上门检查、没有排，自己来的、2026年12月2日以前来不了、2026年12月30日以后来不了",
    ),
    ("application", &["programme", "period", "began_on", "taken_back"], "2026年 2026年1月24日开始，"),
    ("application", &["holder", "holder_on"], "材料在：乡镇（2026年1月25日）"),
    ("application", &["answer", "answer_on", "fen"], "批复：960元（2026年1月26日）"),
    ("application_document", &["programme", "period", "document", "on_date"], "收到的材料：户口簿（2026年1月27日）"),
    ("payment", &["programme", "period", "on_date", "fen"], "已发：480元（2026年1月28日）"),
    ("away", &["place"], "在哪里\n东莞"),
    ("away", &["back_by"], "预计回来\n2027年1月29日"),
    ("away", &["contact"], "约定的联系方式\n微信"),
    ("away", &["times"], "方便的时间\n晚上八点后"),
    ("away", &["agreed_on"], "家里代说的人\n李秀兰\n同意日期\n2026年2月1日"),
    ("contact_try", &["on_date", "reached"], "联系过\n2026年2月2日 联系上了"),
    (
        "request",
        &["what", "on_date", "answer", "answered_on"],
        "您提出的：想问问医保怎么交（2026年2月3日）\n告诉了在手机上交（2026年2月4日答复）",
    ),
    ("care", &["kind", "helper"], "结对帮扶\n谁来帮\n李支书"),
    ("care", &["phone", "agreed"], "帮的人的电话\n19000000009\n说好了什么\n帮着取药"),
    ("care", &["agreed_by", "agreed_on"], "王大山\n哪天同意的\n2026年2月5日"),
    ("care", &["next_on", "ended_on"], "2026年2月6日\n到哪天为止\n2026年2月7日"),
    ("care_visit", &["on_date", "note"], "2026年2月8日 去过　身体还好"),
    (
        "consent",
        &["purpose", "state", "notice", "on_date", "channel", "witness", "guardian", "guardian_relation"],
        "已同意（2026年2月9日，口头说的，有人见证，告知书第1版） 其他监护人钱监护说的 见证人：赵见证",
    ),
    ("hold", &["held_until", "basis", "on_date"], "依“档案管理办法”保留到2028年2月10日（2026年2月11日写下）"),
];

/// What stands on the page of what is kept, and not on the copy.
const EXCEPTIONS: &[(&str, &str, &str)] =
    &[("household", "sorted", "marks where people stand whose household is not known: then the copy has no number")];

/// One person of all that can be kept, another record of them, and somebody at home who speaks for them.
fn kept_of() -> (World, String) {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
    let other = world.person("王秀瑛", "1950-03-01", None);
    world.person("李秀兰", "1955-03-01", Some(Residency::Here));
    for (of, phone) in [(&uid, "19000000003"), (&other, "19000000001")] {
        let edit = ResidentEdit { phone: Some(phone.into()), ..ResidentEdit::default() };
        world.run(Command::EditResident { resident: of.clone(), edit: Box::new(edit), source: "本人说".into() });
    }
    start(&mut world, vec![session("2026-12-07", 3)]);
    let taken = vec![Taken::Phone];
    world.run(Command::Merge(Box::new(Merge { listed: uid.clone(), behind: other, taken })));
    world.ledger.note_look(&uid, LookReason::Guardian, &stamp(world.today)).expect("written");
    behind_our_back(&world.path()).execute_batch(FILLED).expect("filled");
    (world, uid)
}

#[test]
fn every_column_that_is_kept_about_a_person_is_on_their_own_copy_or_excepted_for_a_reason() {
    let (world, uid) = kept_of();
    let all = copy(&world, &uid, Language::Chinese);
    for (table, _, text) in SHOWN {
        assert!(all.contains(text), "{table}: {text}\nis not in\n{all}");
    }
    // What an office keeps of whom villages named is no village's, and the village gives the copy.
    let kept: BTreeSet<(&str, &str)> = Use::of(Level::Village)
        .flat_map(|of| of.columns().iter())
        .flat_map(|(table, columns)| columns.iter().map(|column| (*table, *column)))
        .collect();
    let shown = SHOWN.iter().flat_map(|(table, columns, _)| columns.iter().map(|column| (*table, *column)));
    let excepted = EXCEPTIONS.iter().map(|(table, column, _)| (*table, *column));
    let mut answered: Vec<(&str, &str)> = shown.chain(excepted).collect();
    answered.sort_unstable();
    assert_eq!(answered, kept.into_iter().collect::<Vec<_>>(), "each column once");
    assert!(all.contains("谁看过隐藏的内容") && all.contains("测试\n监护人要看"), "looks, too: {all}");
    assert!(all.contains("这张也不写"), "what is left out is said");
    assert!(!copy(&world, &uid, Language::English).contains("paper-"), "every key has its words");
}

#[test]
fn parts_of_which_nothing_is_kept_are_left_out() {
    let mut world = World::new();
    let uid = world.person("王秀英", "1950-03-01", None);
    let all = copy(&world, &uid, Language::Chinese);
    let words = Words::new(Language::Chinese);
    for part in ["others", "away", "care", "tasks", "put-off", "rounds", "held", "looks", "corrections"] {
        let head = words.text(&format!("paper-person-{part}"));
        assert!(all.lines().all(|line| line != head), "{head} in {all}");
    }
}

#[test]
fn who_speaks_for_somebody_away_reads_it_on_their_own_copy_unless_that_person_wants_to_be_in_no_list() {
    let (mut world, uid) = kept_of();
    let (speaker, everybody) = ("李秀兰", ResidentFilter { limit: 10, ..ResidentFilter::default() });
    let found = world.ledger.residents(&everybody).expect("readable").into_iter().find(|row| row.name == speaker);
    let speaker = found.expect("there").uid;
    assert!(copy(&world, &speaker, Language::Chinese).contains("您替在外的王秀英代说（2026年2月1日）"));
    let on = world.today;
    world.run(Command::WithdrawConsent { resident: uid, purpose: Purpose::Services, on });
    assert!(!copy(&world, &speaker, Language::Chinese).contains("王秀英"));
}

#[test]
fn what_was_put_aside_for_this_turn_or_not_wanted_is_not_on_it() {
    let copied = |acts: &dyn Fn(&str, chrono::NaiveDate) -> Vec<Command>| {
        let mut world = World::new();
        let uid = world.person("王秀英", "1950-03-01", Some(Residency::Here));
        for command in acts(&uid, day("2026-11-23")) {
            world.run(command);
        }
        let all = copy(&world, &uid, Language::Chinese);
        // What was done is listed by its name alone, without what it was about.
        all.split("什么时候记的、谁记的").next().unwrap_or_default().to_owned()
    };
    let (programme, how) = (ELDER.to_owned(), PutOff::ThisTurn);
    let nothing = copied(&|_, _| Vec::new());
    let declined = copied(&|uid, on| {
        vec![Command::Record { resident: uid.into(), programme: programme.clone(), outcome: Outcome::Declined, on }]
    });
    let aside =
        copied(&|uid, on| vec![Command::PutOff { resident: uid.into(), programme: programme.clone(), how, on }]);
    assert_eq!((&declined, &aside), (&nothing, &nothing));
}

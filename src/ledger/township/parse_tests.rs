//! Files of somebody who has the keys and means harm: well sealed, well signed, and wrong inside.

use super::*;
use crate::domain::hand_up::From;
use crate::ledger::hand_up::invite::{answer, proof};
use crate::ledger::hand_up::package::{Sealed, Section, seal};
use crate::ledger::township::MemberRow;

const CODE: &str = "421399100201";

struct Scene {
    office: OwnKeys,
    village: OwnKeys,
    members: Vec<Kept>,
}

#[test]
fn a_number_that_no_village_has_is_refused_and_with_its_whole_go_its_parts() {
    let count = |programme: &str, measure: &str, number: i64| serde_json::json!({ "month": "2026-11", "programme": programme, "measure": measure, "number": number });
    let scene = Scene::new();
    let rows = [
        count("", "residents", 10),
        count("elder-check", "eligible", 50),
        count("elder-check", "told", 50),
        count("elder-check", "paid_fen", i64::MAX),
    ];
    let sections = [Section::new("count", rows).expect("made")];
    let sealed = scene.seal(&scene.manifest(&sections), &sections);
    let reader = Reader { keys: &scene.office, members: &scene.members, programmes: ["elder-check"].into() };
    let Ok(parsed) = reader.read(&sealed.bytes) else { panic!("it is read") };
    assert_eq!((parsed.rows[&Entity::Count].len(), parsed.refused.len()), (1, 3));
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

impl Scene {
    fn new() -> Self {
        let (office, village) = (OwnKeys::new().expect("keys"), OwnKeys::new().expect("keys"));
        let row = MemberRow {
            uid: String::new(),
            code: CODE.into(),
            name: "柳河村".into(),
            profile: Profile::counts().with(Entity::Application),
            recipient: village.public().recipient,
            verifying: village.public().verifying,
            invited_on: day("2026-11-01"),
            enrolled_on: Some(day("2026-11-02")),
            confirmed_on: None,
        };
        let members = vec![Kept { id: 1, secret: "ab".repeat(32), row }];
        Self { office, village, members }
    }

    fn manifest(&self, sections: &[Section]) -> Manifest {
        let proof = proof(&self.members[0].secret, CODE, &self.village.public());
        Manifest {
            version: VERSION,
            app: "0".into(),
            from: From { code: CODE.into(), name: "柳河村".into(), demo: false },
            number: 1,
            previous: String::new(),
            chain_head: String::new(),
            revision: 1,
            made_on: day("2026-11-23"),
            month: "2026-11".into(),
            profile: Profile::counts().with(Entity::Application),
            answer: answer(CODE, "柳河村", &proof, &self.village).expect("signed"),
            sections: sections.iter().map(|section| section.head.clone()).collect(),
        }
    }

    fn seal(&self, manifest: &impl serde::Serialize, sections: &[Section]) -> Sealed {
        let to = self.office.public().recipient;
        seal(Kind::HandUp, manifest, sections, &self.village, &to).expect("sealed")
    }

    fn read(&self, bytes: &[u8]) -> Result<Parsed, NotTaken> {
        let programmes = ["elder-check", "elder-allowance"].into_iter().collect();
        Reader { keys: &self.office, members: &self.members, programmes }.read(bytes)
    }

    /// What becomes of a file with one section of counts.
    fn counts(&self, lines: &str) -> Result<Parsed, NotTaken> {
        let sections = [Section::raw("count", lines.as_bytes().to_vec())];
        self.read(&self.seal(&self.manifest(&sections), &sections).bytes)
    }

    fn with(&self, change: impl FnOnce(&mut Manifest)) -> Result<Parsed, NotTaken> {
        let sections = [Section::raw("count", count("elder-check", "eligible", 0).into_bytes())];
        let mut manifest = self.manifest(&sections);
        change(&mut manifest);
        self.read(&self.seal(&manifest, &sections).bytes)
    }
}

fn count(programme: &str, measure: &str, number: i64) -> String {
    format!("{{\"month\":\"2026-11\",\"programme\":\"{programme}\",\"measure\":\"{measure}\",\"number\":{number}}}\n")
}

fn key(read: Result<Parsed, NotTaken>) -> (FileState, &'static str) {
    match read {
        Ok(_) => (FileState::Accepted, ""),
        Err(why) => (why.state, why.key),
    }
}

#[test]
fn what_a_file_says_of_itself_must_be_so() {
    let scene = Scene::new();
    let damaged = (FileState::Damaged, "hand-up-damaged");
    assert_eq!(key(scene.with(|_| {})), (FileState::Accepted, ""));
    assert_eq!(key(scene.with(|manifest| manifest.sections[0].rows = 2)), damaged);
    assert_eq!(key(scene.with(|manifest| manifest.sections[0].rows = u64::MAX)), damaged);
    assert_eq!(key(scene.with(|manifest| manifest.sections[0].bytes -= 1)), damaged);
    assert_eq!(key(scene.with(|manifest| manifest.sections[0].bytes = u64::MAX)), damaged);
    assert_eq!(key(scene.with(|manifest| manifest.sections[0].sha256 = "00".repeat(32))), damaged);
    assert_eq!(key(scene.with(|manifest| manifest.sections.clear())), damaged, "rows that nobody announced");
    assert_eq!(key(scene.with(|manifest| manifest.sections[0].name = "resident".into())), damaged);
    assert_eq!(key(scene.with(|manifest| manifest.number = 0)), damaged);
    assert_eq!(key(scene.with(|manifest| manifest.number = u64::MAX)), damaged);
    assert_eq!(key(scene.with(|manifest| manifest.month = "2026-13".into())), damaged);
    assert_eq!(key(scene.with(|manifest| manifest.previous = "x".into())), damaged);
    assert_eq!(key(scene.with(|manifest| manifest.version = 2)), (FileState::Damaged, "hand-up-newer"));
    let unknown = (FileState::UnknownSender, "hand-up-unknown-sender");
    assert_eq!(key(scene.with(|manifest| manifest.from.code = "421399100202".into())), unknown);
    let more = Profile::counts().with(Entity::Application).showing(Field::ApplicationPhone, Some(Shown::Plain));
    assert_eq!(key(scene.with(|manifest| manifest.profile = more)), (FileState::Damaged, "hand-up-profile"));
}

#[test]
fn whoever_signs_with_another_key_is_not_the_village() {
    let mut scene = Scene::new();
    let sections = [Section::raw("count", Vec::new())];
    let manifest = scene.manifest(&sections);
    scene.village = OwnKeys::new().expect("keys");
    let sealed = scene.seal(&manifest, &sections);
    assert_eq!(key(scene.read(&sealed.bytes)).0, FileState::UnknownSender);
    // Sealed anew for another office, the signature does not fit any more.
    let scene = Scene::new();
    let manifest = scene.manifest(&sections);
    let elsewhere = OwnKeys::new().expect("keys");
    let sealed =
        seal(Kind::HandUp, &manifest, &sections, &scene.village, &elsewhere.public().recipient).expect("sealed");
    assert_eq!(key(scene.read(&sealed.bytes)).0, FileState::Foreign);
    let programmes = BTreeSet::new();
    let there = Reader { keys: &elsewhere, members: &scene.members, programmes }.read(&sealed.bytes);
    assert_eq!(key(there), (FileState::Accepted, ""), "there it would be read, had they invited it");
    // A receipt is no hand-up file.
    let to = scene.office.public().recipient;
    let receipt = seal(Kind::Receipt, &manifest, &sections, &scene.village, &to).expect("sealed");
    assert_eq!(key(scene.read(&receipt.bytes)), (FileState::Damaged, "hand-up-other"));
}

#[test]
fn rows_that_lie_are_refused_one_by_one_and_the_others_taken() {
    let scene = Scene::new();
    let deep = format!("{}{}\n", "[".repeat(2000), "]".repeat(2000));
    let lines = [
        count("", "residents", 100),
        count("elder-check", "eligible", 10),
        count("elder-check", "told", 11),
        count("elder-check", "told", 3),
        count("elder-check", "declined", 1),
        count("elder-check", "ask", -1),
        count("elder-check", "been", i64::MAX),
        count("no-such-programme", "eligible", 1),
        count("", "eligible", 1),
        count("elder-allowance", "eligible", 101),
        "{\"month\":\"2026-10\",\"programme\":\"elder-check\",\"measure\":\"ask\",\"number\":1}\n".into(),
        "{\"month\":\"2026-11\",\"programme\":\"elder-check\",\"measure\":\"ask\",\"number\":1,\"name\":\"x\"}\n"
            .into(),
        "{\"month\":\"2026-11\",\"programme\":\"elder-check\",\"measure\":\"ask\",\"number\":1e400}\n".into(),
        "{\"month\":{\"a\":1},\"programme\":\"\",\"measure\":\"ask\",\"number\":1}\n".into(),
        "null\n".into(),
        "\n".into(),
        deep,
    ];
    let parsed = scene.counts(&lines.concat()).map_err(|why| why.key).expect("taken");
    let taken: Vec<(&str, &str)> = parsed.rows[&Entity::Count]
        .iter()
        .map(|row| (row.text(Field::CountProgramme), row.text(Field::CountMeasure)))
        .collect();
    assert_eq!(taken, [("", "residents"), ("elder-check", "eligible")]);
    assert_eq!(parsed.refused.len(), lines.len() - 2);
    let of = |wrong: Wrong| parsed.refused.iter().filter(|(_, _, why)| *why == wrong).count();
    assert_eq!([Wrong::Twice, Wrong::Programme, Wrong::Foreign].map(of), [1, 1, 1]);
}

#[test]
fn more_rows_than_any_village_has_are_not_even_listed() {
    let scene = Scene::new();
    assert_eq!(key(scene.counts(&"\n".repeat(10_000_000))).0, FileState::Damaged);
    let endless = format!("{{\"month\":\"{}\"}}\n", "9".repeat(1 << 20));
    assert_eq!(key(scene.counts(&endless)).0, FileState::Damaged);
}

#[test]
fn lines_are_not_what_the_head_says_when_they_are_no_text() {
    let scene = Scene::new();
    let sections = [Section::raw("count", vec![0xFF, 0xFE, b'\n'])];
    assert_eq!(key(scene.read(&scene.seal(&scene.manifest(&sections), &sections).bytes)).0, FileState::Damaged);
    // A head that is no object, or endless.
    for head in [serde_json::json!(1), serde_json::json!({ "version": 1, "app": "x".repeat(70_000) })] {
        assert_eq!(key(scene.read(&scene.seal(&head, &[]).bytes)).0, FileState::Damaged);
    }
}

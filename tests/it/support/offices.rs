//! A township and its villages, each with a ledger of its own, and a folder that is the stick between them.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use xiangli::domain::hand_up::{Entity, Profile};
use xiangli::ledger::command::Stamp;
use xiangli::ledger::demo::Plan;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::township::Enrolment;
use xiangli::ledger::township::receive::{Received, ShelfFile};
use xiangli::ledger::{Ledger, NewVillage, VillageKind};

use crate::support::world::{day, key, stamp};

/// The township's code: of a county that does not exist.
pub const TOWNSHIP: &str = "421399100000";

/// A township, its villages and a stick.
pub struct Offices {
    pub folder: TempDir,
    pub township: Ledger,
    pub villages: Vec<Ledger>,
    pub stamp: Stamp,
}

/// The code of a village of the township.
pub fn code(village: usize) -> String {
    format!("421399100{:03}", 201 + village)
}

/// All rows that may ever leave.
pub fn with_persons() -> Profile {
    Profile::counts().with(Entity::Application).with(Entity::Appointment)
}

fn ledger(folder: &Path, code: &str, name: &str, kind: VillageKind, seed: u8) -> Ledger {
    let new = NewVillage { code: code.to_owned(), name: name.to_owned(), kind };
    let path = folder.join(code).join("v.xlg");
    Ledger::create(&path, &key(), &new, Some([seed; 32]), &stamp(day("2026-11-23"))).expect("a new ledger")
}

impl Offices {
    /// A township with so many enrolled villages of so many synthetic people each.
    pub fn new(villages: usize, residents: usize, profile: &Profile) -> Self {
        let mut offices = Self::apart(villages, residents);
        for village in 0..villages {
            offices.enrol(village, profile);
        }
        offices
    }

    /// The same, with nobody enrolled.
    pub fn apart(villages: usize, residents: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let stamp = stamp(day("2026-11-23"));
        let township = ledger(folder.path(), TOWNSHIP, "安居镇", VillageKind::Real, 9);
        let village = |at: usize| {
            let seed = u8::try_from(at + 10).expect("few villages");
            let name = format!("村{}", at + 1);
            let mut village = ledger(folder.path(), &code(at), &name, VillageKind::Demo, seed);
            let plan = Plan { residents, seed: u64::from(seed) };
            if residents > 0 {
                village.fill_demo(plan, &stamp, &Unwatched).expect("people");
            }
            village
        };
        let villages = (0..villages).map(village).collect();
        std::fs::create_dir(folder.path().join("stick")).expect("a stick");
        Self { folder, township, villages, stamp }
    }

    pub fn stick(&self) -> PathBuf {
        self.folder.path().join("stick")
    }

    /// Invite, answer, and the answer taken: what both screens show is the same.
    pub fn enrol(&mut self, village: usize, profile: &Profile) {
        let invite =
            self.stick().join(format!("{}-{}.xli", code(village), self.villages[village].revision().expect("one")));
        self.township.invite(&code(village), profile, &invite, &self.stamp).expect("invited");
        let stick = self.stick();
        let enrolled = self.villages[village].enrol(&invite, &stick, &self.stamp).expect("answered");
        let Enrolment::Office(enrolled) = enrolled else { panic!("an invite") };
        let taken = self.township.enrol(&enrolled.answer, &stick, &self.stamp).expect("taken");
        let Enrolment::Member(taken) = taken else { panic!("an answer") };
        assert_eq!(enrolled.fingerprint, taken.fingerprint);
    }

    /// The file of a village.
    pub fn hand_up(&mut self, village: usize) -> PathBuf {
        let stick = self.stick();
        self.villages[village].hand_up(&stick, &self.stamp, &Unwatched).expect("handed up").path
    }

    pub fn receive(&mut self, files: &[PathBuf]) -> Received {
        self.township.receive(files, &self.stamp, &Unwatched).expect("read")
    }

    pub fn look(&self, files: &[PathBuf]) -> Vec<ShelfFile> {
        self.township.look_at_files(files, self.stamp.today, &Unwatched).expect("looked at")
    }

    /// What a file holds, opened by the township's key.
    pub fn plain(&mut self, file: &Path) -> String {
        use std::io::Read as _;
        let identity = self.township.age_identity(["张三", "李四"], &self.stamp).expect("a key");
        let identity: age::x25519::Identity =
            secrecy::ExposeSecret::expose_secret(&identity).parse().expect("an identity");
        let sealed = std::fs::read(file).expect("readable");
        let opener = age::Decryptor::new_buffered(sealed.as_slice()).expect("an age file");
        let identity: &dyn age::Identity = &identity;
        let mut text = String::new();
        opener.decrypt(std::iter::once(identity)).expect("ours").read_to_string(&mut text).expect("text");
        text
    }
}

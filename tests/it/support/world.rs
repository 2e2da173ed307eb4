//! A ledger in a temporary folder, sealed with a fixed key so that no test waits for scrypt.

use std::path::PathBuf;

use chrono::NaiveDate;
use tempfile::TempDir;
use xiangli::domain::name::PersonName;
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::resident::Residency;
use xiangli::ledger::command::{Command, Done, Home, NewResident, Stamp};
use xiangli::ledger::error::Result;
use xiangli::ledger::keys::LedgerKey;
use xiangli::ledger::{Ledger, NewVillage, VillageKind};

/// The programme most tests work with.
pub const ELDER: &str = "elder-check";

/// A ledger, its folder and its today.
pub struct World {
    pub folder: TempDir,
    pub ledger: Ledger,
    pub today: NaiveDate,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn stamp(today: NaiveDate) -> Stamp {
    let at = format!("{today}T09:00:00+08:00").parse().expect("an instant");
    Stamp { at, today, by: "测试".into() }
}

pub fn key() -> LedgerKey {
    LedgerKey::from_bytes([7; 32])
}

pub fn village() -> NewVillage {
    NewVillage { code: "421399100201".into(), name: "柳河村".into(), kind: VillageKind::Real }
}

impl World {
    /// A new, empty village on 2026-11-23, a Monday.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let today = day("2026-11-23");
        let path = folder.path().join("v.xlg");
        let ledger = Ledger::create(&path, &key(), &village(), Some([1; 32]), &stamp(today)).expect("a new ledger");
        Self { folder, ledger, today }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("v.xlg")
    }

    pub fn try_run(&mut self, command: Command) -> Result<Done> {
        let stamp = stamp(self.today);
        self.ledger.run(&command, &stamp)
    }

    pub fn run(&mut self, command: Command) -> Done {
        self.try_run(command).expect("the command is accepted")
    }

    /// Enters somebody and returns the uid.
    pub fn person(&mut self, name: &str, born: &str, residency: Option<Residency>) -> String {
        let new = NewResident {
            name: PersonName::parse(name).expect("a name"),
            id_number: None,
            sex: None,
            born: PartialDate::parse(born),
            relation: None,
            phone: String::new(),
            residency,
            source: "入户登记".into(),
        };
        let done = self.run(Command::AddResident {
            new: Box::new(new),
            home: Home::Numbered { group: "1".into(), number: "1".into() },
        });
        done.change.expect("a change").about
    }

    /// Closes the ledger and opens it again, as after a restart.
    pub fn restart(self) -> Self {
        let Self { folder, ledger, today } = self;
        let path = ledger.path().to_owned();
        drop(ledger);
        let ledger = Ledger::open(&path, &key()).expect("it opens again");
        Self { folder, ledger, today }
    }
}

//! The ways a ledger comes onto the desk: started, unlocked, copied in, or the demo village.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;

use super::{Answer, Desk};
use crate::domain::programme::Programme;
use crate::ledger::command::Stamp;
use crate::ledger::error::Result;
use crate::ledger::keys::{DEMO_PASSPHRASE, KeysFile, Unlock};
use crate::ledger::paper_code::PaperCode;
use crate::ledger::progress::Progress;
use crate::ledger::sealed::{open_with, start};
use crate::ledger::view::Overview;
use crate::ledger::{Ledger, NewVillage, VillageKind};

/// What opens a sealed ledger, as it was typed.
#[derive(Clone)]
pub enum Secret {
    /// The passphrase.
    Passphrase(SecretString),
    /// The code on paper.
    PaperCode(SecretString),
}

impl Secret {
    fn read(&self) -> Result<Unlock> {
        use secrecy::ExposeSecret as _;
        Ok(match self {
            Self::Passphrase(passphrase) => Unlock::Passphrase(passphrase.clone()),
            Self::PaperCode(code) => Unlock::PaperCode(PaperCode::parse(code.expose_secret())?),
        })
    }
}

/// A way to a ledger.
pub enum Opening {
    /// Start a village.
    New {
        /// Where its ledger will lie.
        path: PathBuf,
        /// Its 12-digit code.
        code: String,
        /// Its name.
        name: String,
        /// What will open it.
        passphrase: SecretString,
    },
    /// Open the ledger that lies here.
    Unlock {
        /// Where it lies.
        path: PathBuf,
        /// What opens it.
        secret: Secret,
    },
    /// Make the demo village, or open the one that is there.
    Demo {
        /// Where it lies.
        path: PathBuf,
    },
    /// Bring in a copy and open it.
    CopyIn {
        /// The copy.
        file: PathBuf,
        /// Where the ledger will lie.
        path: PathBuf,
        /// What opens it.
        secret: Secret,
    },
}

/// A ledger that lies open on the desk.
pub struct Opened {
    /// Where it lies.
    pub path: PathBuf,
    /// The village and its size.
    pub overview: Overview,
    /// The programmes compiled in.
    pub programmes: Arc<[Arc<Programme>]>,
    /// The code to be written down; only after a village was started.
    pub paper_code: Option<PaperCode>,
}

/// Begins to open it; sealing and unsealing take about a second.
pub fn open(desk: &Desk, opening: Opening, stamp: Stamp) -> Answer<Opened> {
    desk.start(move |progress| {
        let (ledger, paper_code) = reach(opening, &stamp, progress)?;
        let opened = Opened {
            path: ledger.path().to_owned(),
            overview: ledger.overview()?,
            programmes: ledger.programmes().into(),
            paper_code,
        };
        Ok((ledger, opened))
    })
}

/// Whether a demo village lies at this path: it opens without asking.
pub fn is_demo(path: &Path) -> bool {
    KeysFile::open(path).is_ok_and(|keys| keys.kind() == VillageKind::Demo)
}

fn reach(opening: Opening, stamp: &Stamp, progress: &dyn Progress) -> Result<(Ledger, Option<PaperCode>)> {
    match opening {
        Opening::New { path, code, name, passphrase } => {
            start(&path, &NewVillage { code, name, kind: VillageKind::Real }, &passphrase, None, stamp)
        }
        Opening::Unlock { path, secret } => Ok((open_with(&path, &secret.read()?)?, None)),
        Opening::Demo { path } => Ok((demo(&path, stamp, progress)?, None)),
        Opening::CopyIn { path, secret, .. } => Ok((open_with(&path, &secret.read()?)?, None)),
    }
}

fn demo(path: &Path, stamp: &Stamp, _progress: &dyn Progress) -> Result<Ledger> {
    let passphrase = SecretString::from(DEMO_PASSPHRASE);
    if path.is_file() {
        return open_with(path, &Unlock::Passphrase(passphrase));
    }
    let new = NewVillage { code: "421399000001".into(), name: "演示村".into(), kind: VillageKind::Demo };
    Ok(start(path, &new, &passphrase, Some([1; 32]), stamp)?.0)
}

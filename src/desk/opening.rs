//! The ways a ledger comes onto the desk: started, unlocked, copied in, or the demo village.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};

use super::{Answer, Desk, hand_up};
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::backup::Proved;
use crate::ledger::command::Stamp;
use crate::ledger::copy::copy_in;
use crate::ledger::demo::{self, Plan};
use crate::ledger::error::Result;
use crate::ledger::escrow;
use crate::ledger::keys::{DEMO_PASSPHRASE, KeysFile, Role, Unlock};
use crate::ledger::paper_code::PaperCode;
use crate::ledger::progress::Progress;
use crate::ledger::recovery::{Way, recover};
use crate::ledger::rehearsal::Rehearsal;
use crate::ledger::restore::{Later, Restored, restore};
use crate::ledger::sealed::{open_watched, start};
use crate::ledger::swap::{Whereabouts, whereabouts};
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
    pub(super) fn read(&self) -> Result<Unlock> {
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
    /// Put a backup in a ledger's place and open it.
    Restore {
        /// The backup.
        backup: PathBuf,
        /// Where the ledger lies, or lay.
        path: PathBuf,
        /// What opens both.
        secret: Secret,
    },
    /// Put a backup in a damaged ledger's place, perhaps with the readable rest of it, and open it.
    Recover {
        /// Where the ledger lies, and its key.
        way: Way,
        /// The backup.
        backup: PathBuf,
        /// What becomes of what the damaged file holds beyond it.
        later: Later,
    },
    /// Open the ledger that lies here by the township's answer; it gets another passphrase and another paper code.
    Township {
        /// Where it lies.
        path: PathBuf,
        /// The answer.
        answer: PathBuf,
        /// The code on the township's paper, as it was typed.
        code: SecretString,
        /// What will open it from now on.
        passphrase: SecretString,
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

impl Opening {
    /// Whether it would show if a passphrase is the right one of a ledger that is there already.
    pub fn tries_passphrase(&self) -> bool {
        match self {
            Self::Unlock { secret, .. } | Self::Restore { secret, .. } | Self::CopyIn { secret, .. } => {
                matches!(secret, Secret::Passphrase(_))
            }
            Self::New { .. } | Self::Demo { .. } | Self::Township { .. } | Self::Recover { .. } => false,
        }
    }
}

/// A ledger that lies open on the desk.
pub struct Opened {
    /// Where it lies.
    pub path: PathBuf,
    /// The village and its size.
    pub overview: Overview,
    /// The programmes compiled in.
    pub programmes: Arc<[Arc<Programme>]>,
    /// The last backup that was proved and is still there.
    pub last_backup: Option<Proved>,
    /// What whoever opened it may do.
    pub role: Role,
    /// The last rehearsal of a backup.
    pub rehearsal: Option<Rehearsal>,
    /// The code to be written down; only after a village was started.
    pub paper_code: Option<PaperCode>,
    /// What putting a backup in the ledger's place came to; empty where none was.
    pub restored: Vec<Message>,
}

/// A ledger that was reached, and what is to be told of the way to it.
struct Reached {
    ledger: Ledger,
    paper_code: Option<PaperCode>,
    restored: Vec<Message>,
}

impl Reached {
    fn plain((ledger, paper_code): (Ledger, Option<PaperCode>)) -> Self {
        Self { ledger, paper_code, restored: Vec::new() }
    }

    fn restored(restored: Restored) -> Result<Self> {
        let messages = restored.messages(&restored.ledger.overview()?);
        Ok(Self { ledger: restored.ledger, paper_code: None, restored: messages })
    }
}

/// Begins to open it; sealing and unsealing take about a second.
pub fn open(desk: &Desk, opening: Opening, stamp: Stamp) -> Answer<Opened> {
    desk.start(move |progress| {
        let Reached { ledger, paper_code, restored } = reach(opening, &stamp, progress)?;
        let opened = Opened {
            path: ledger.path().to_owned(),
            overview: ledger.overview()?,
            programmes: ledger.programmes().into(),
            last_backup: ledger.last_backup()?,
            role: ledger.role(),
            rehearsal: ledger.last_rehearsal()?,
            paper_code,
            restored,
        };
        Ok((ledger, opened))
    })
}

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// Nothing yet.
    Nothing,
    /// A village's ledger: it asks for its passphrase.
    Village,
    /// A village's keys file alone: its ledger is gone.
    Gone,
    /// A demo village: it opens without asking.
    Demo,
}

/// Looks what lies at a path.
pub fn lies_at(path: &Path) -> Lies {
    let is_demo = KeysFile::open(path).is_ok_and(|keys| keys.kind() == VillageKind::Demo);
    match whereabouts(path) {
        Whereabouts::There if is_demo => Lies::Demo,
        Whereabouts::There => Lies::Village,
        Whereabouts::Gone if !is_demo => Lies::Gone,
        _ => Lies::Nothing,
    }
}

fn reach(opening: Opening, stamp: &Stamp, progress: &dyn Progress) -> Result<Reached> {
    Ok(Reached::plain(match opening {
        Opening::New { path, code, name, passphrase } => {
            start(&path, &NewVillage { code, name, kind: VillageKind::Real }, &passphrase, None, stamp)?
        }
        Opening::Unlock { path, secret } => (open_watched(&path, &secret.read()?, progress)?, None),
        Opening::Demo { path } => (demo(&path, stamp, progress)?, None),
        Opening::Restore { backup, path, secret } => {
            return Reached::restored(restore(&backup, &path, &secret.read()?, stamp, progress)?);
        }
        Opening::Recover { way, backup, later } => {
            return Reached::restored(recover(&way, &backup, later, stamp, progress)?);
        }
        Opening::Township { path, answer, code, passphrase } => {
            let code = PaperCode::parse(code.expose_secret())?;
            let (ledger, renewed) = escrow::open(&path, (&answer, &code), &passphrase, stamp)?;
            (ledger, Some(renewed))
        }
        Opening::CopyIn { file, path, secret } => (copy_in(&file, &path, &secret.read()?, progress)?, None),
    }))
}

/// Asks the township for a way into the ledger at this path, in the name of this village: a request in this folder, under a name that no file there
/// has; where it lies. No ledger is open.
pub fn ask_township(
    desk: &Desk,
    (ledger, village): (PathBuf, String),
    folder: PathBuf,
    name: String,
) -> Answer<PathBuf> {
    desk.put_away_for(move || {
        let out = hand_up::free(&folder, &name, "json")?;
        escrow::request(&ledger, &village, &out)?;
        Ok(out)
    })
}

/// Puts the demo village away and removes it from this computer; anything that is no demo is refused and left as it is.
pub fn remove_demo(desk: &Desk, path: PathBuf) -> Answer<()> {
    desk.put_away_for(move || demo::remove(&path))
}

/// So many people live in the demo village that the window makes: about as many as in a large village.
const DEMO: Plan = Plan { residents: 1800, seed: 1 };

fn demo(path: &Path, stamp: &Stamp, progress: &dyn Progress) -> Result<Ledger> {
    let passphrase = SecretString::from(DEMO_PASSPHRASE);
    let is_there = whereabouts(path) == Whereabouts::There;
    if !is_there {
        // A removal that was cut off: what is left of the old one would stand in the way of a new one.
        let _ = demo::remove(path);
    }
    let mut ledger = if is_there {
        open_watched(path, &Unlock::Passphrase(passphrase), progress)?
    } else {
        start(path, &demo::village(), &passphrase, Some(demo::uid_seed(DEMO.seed)), stamp)?.0
    };
    // Nobody lives there while it is new, or where it was stopped half-way.
    if ledger.revision()? <= 1 {
        ledger.fill_demo(DEMO, stamp, progress)?;
    }
    Ok(ledger)
}

//! The township on the command line: who is invited, the villages' files, and what they say together.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Value, json};

use crate::cli::{Answer, Exit, Scene, twins, village};
use crate::domain::hand_up::{Entity, Profile};
use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::ledger::Ledger;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::progress::Unwatched;
use crate::ledger::township::coverage::CoverageRow;
use crate::ledger::township::receive::ShelfFile;
use crate::ledger::township::twins::Verdict;

/// The township's side.
#[derive(Subcommand, Clone)]
pub enum Township {
    /// Start a township's (or county's) ledger
    Init(Start),
    /// Invite a village to hand up
    Invite {
        /// The village's twelve-digit code
        code: String,
        /// Write the invite here
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Persons, too: their own applications or appointments (default: counts alone)
        #[arg(long, value_enum, value_delimiter = ',')]
        with: Vec<Persons>,
    },
    /// Note that the number was compared by phone and is the same
    Confirm {
        /// The village's twelve-digit code
        code: String,
    },
    /// Who was invited, and who answered
    Members {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Take the villages' files, and write a receipt beside each
    Receive {
        /// The files (.xlb)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Only look, write nothing
        #[arg(long)]
        dry_run: bool,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Who was told, village by village in the order of their codes
    Coverage {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Who seems to be known in two villages, and how many different persons applied
    Twins {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Two of them are one person
    Same {
        /// The one, as twins names it
        one: String,
        /// The other
        other: String,
    },
    /// They are two people
    Different {
        /// The one, as twins names it
        one: String,
        /// The other
        other: String,
    },
    /// Write the key by which the standard age program opens the villages' files
    Identity {
        /// Write it here; whoever has it can read every file, and open the villages' deposits
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Who takes it out; twice, two persons
        #[arg(long, required = true, num_args = 1)]
        by: Vec<String>,
    },
}

/// A township to be started.
#[derive(ClapArgs, Clone)]
pub struct Start {
    /// Its code: nine digits, or twelve ending in 000; a county's six, or twelve ending in 000000
    #[arg(long, value_name = "CODE", alias = "township", alias = "village")]
    pub(super) code: String,
    /// Its name
    #[arg(long)]
    pub(super) name: String,
    /// Write the paper code here instead of showing it
    #[arg(long, value_name = "FILE")]
    pub(super) paper_code: Option<PathBuf>,
}

/// Rows of persons that an invite may ask for.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Persons {
    /// Their own applications
    Applications,
    /// Their own appointments
    Appointments,
}

impl Township {
    /// Whether one JSON document is asked for.
    pub fn json(&self) -> bool {
        match self {
            Self::Members { json } | Self::Receive { json, .. } | Self::Coverage { json } | Self::Twins { json } => {
                *json
            }
            _ => false,
        }
    }
}

/// Starting a township needs no ledger.
pub(super) fn without_ledger(act: &Township, scene: &Scene) -> Option<Result<Answer>> {
    match act {
        Township::Init(start) => Some(village::init_office(scene, start)),
        _ => None,
    }
}

/// Does one of them.
pub(super) fn run(act: &Township, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    match act {
        Township::Init(start) => village::init_office(scene, start),
        Township::Invite { code, out, with } => {
            let profile = with.iter().fold(Profile::counts(), |profile, persons| match persons {
                Persons::Applications => profile.with(Entity::Application),
                Persons::Appointments => profile.with(Entity::Appointment),
            });
            let invited = ledger.invite(code, &profile, out, &scene.clock.stamp())?;
            let line = Message::new("cli-invited").text("path", invited.path.display().to_string());
            Ok(Answer::new(&json!({ "ok": true, "file": invited.path }), vec![scene.words.say(&line)]))
        }
        Township::Confirm { code } => {
            ledger.confirm_member(code, &scene.clock.stamp())?;
            Ok(Answer::new(&json!({ "ok": true }), vec![scene.words.text("cli-confirmed")]))
        }
        Township::Members { .. } => members(ledger, scene),
        Township::Receive { files, dry_run, .. } => receive(files, *dry_run, ledger, scene),
        Township::Coverage { .. } => coverage(ledger, scene),
        Township::Twins { .. } => twins::show(ledger, scene),
        Township::Same { one, other } => twins::judge(one, other, Verdict::Same, ledger, scene),
        Township::Different { one, other } => twins::judge(one, other, Verdict::Different, ledger, scene),
        Township::Identity { out, by } => identity(out, by, ledger, scene),
    }
}

fn members(ledger: &Ledger, scene: &Scene) -> Result<Answer> {
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    for member in ledger.invited()? {
        let fingerprint = ledger.fingerprint_of(&member)?;
        let key = match (member.enrolled_on, member.confirmed_on) {
            (None, _) => "township-member-invited",
            (Some(_), None) => "township-member-answered",
            (Some(_), Some(_)) => "township-member-confirmed",
        };
        let line = Message::new(key)
            .text("name", member.called())
            .text("code", member.code.clone())
            .text("fingerprint", fingerprint.clone());
        lines.push(scene.words.say(&line));
        rows.push(json!({
            "code": member.code, "name": member.name, "fingerprint": fingerprint, "invited_on": member.invited_on,
            "enrolled_on": member.enrolled_on, "confirmed_on": member.confirmed_on,
        }));
    }
    Ok(Answer::new(&json!({ "ok": true, "rows": rows }), lines))
}

fn shelf_json(file: &ShelfFile, scene: &Scene) -> Value {
    json!({
        "file": file.path, "village": file.code, "name": file.village, "number": file.number,
        "state": file.state.as_str(), "rows": file.rows, "message": scene.words.say(&file.message),
    })
}

fn receive(files: &[PathBuf], only_look: bool, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let stamp = scene.clock.stamp();
    let (shelf, receipts, no_receipt) = if only_look {
        (ledger.look_at_files(files, stamp.today, &Unwatched)?, Vec::new(), Vec::new())
    } else {
        let received = ledger.receive(files, &stamp, &Unwatched)?;
        (received.files, received.receipts, received.no_receipt)
    };
    let line = |file: &ShelfFile| {
        let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        format!("{name}: {}", scene.words.say(&file.message))
    };
    let mut lines: Vec<String> = shelf.iter().map(line).collect();
    if !no_receipt.is_empty() {
        lines.push(scene.words.say(&Message::new("township-no-receipt").number("count", no_receipt.len())));
    }
    let document = json!({
        "ok": true, "files": shelf.iter().map(|file| shelf_json(file, scene)).collect::<Vec<_>>(),
        "receipts": receipts, "no_receipt": no_receipt, "state_hash": ledger.received_hash()?,
    });
    let exit = if shelf.iter().all(|file| file.state.is_read()) { Exit::Done } else { Exit::Findings };
    Ok(Answer { exit, ..Answer::new(&document, lines) })
}

fn coverage(ledger: &Ledger, scene: &Scene) -> Result<Answer> {
    let coverage = ledger.coverage(scene.clock.stamp().today)?;
    let words = &scene.words;
    let line = |row: &CoverageRow| {
        let (told, eligible) = row.programmes.values().fold((0, 0), |sum, of| (sum.0 + of.told, sum.1 + of.eligible));
        let ending: i64 = row.programmes.values().map(|of| of.ending_fen).sum();
        let key = match (&row.file, row.needs_help()) {
            (None, _) => "township-row-none",
            (Some(_), false) => "township-row",
            (Some(_), true) => "township-row-help",
        };
        let age = row.file.as_ref().map_or(0, |file| file.age);
        let message = Message::new(key)
            .text("name", row.member.called())
            .number("told", told)
            .number("eligible", eligible)
            .number("age", age)
            .text("ending", yuan(ending));
        words.say(&message)
    };
    let row = |row: &CoverageRow| {
        json!({
            "code": row.member.code, "name": row.member.name, "number": row.file.as_ref().map(|file| file.number),
            "month": row.file.as_ref().map(|file| file.month.clone()), "made_on": row.file.as_ref().map(|file| file.made_on),
            "age": row.file.as_ref().map(|file| file.age), "gaps": row.gaps, "forks": row.forks,
            "residents": row.residents, "quality": row.quality, "needs_help": row.needs_help(),
            "programmes": row.programmes,
        })
    };
    let document = json!({
        "ok": true, "rows": coverage.rows.iter().map(row).collect::<Vec<_>>(), "programmes": coverage.programmes,
    });
    Ok(Answer::new(&document, coverage.rows.iter().map(line).collect()))
}

/// The identity for the standard `age` program, in a new file that only its owner reads.
fn identity(out: &Path, by: &[String], ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let [one, other] = by else { return Err(LedgerError::refused("escrow-two-persons")) };
    let mut file = village::new_private_file(out)?;
    let identity = ledger.age_identity([one, other], &scene.clock.stamp()).inspect_err(|_| {
        let _ = std::fs::remove_file(out);
    })?;
    let written = writeln!(file, "{}", secrecy::ExposeSecret::expose_secret(&identity)).and_then(|()| file.sync_all());
    written.map_err(|e| LedgerError::io(e, out))?;
    let line = Message::new("cli-identity-written").text("path", out.display().to_string());
    Ok(Answer::new(&json!({ "ok": true, "file": out }), vec![scene.words.say(&line)]))
}

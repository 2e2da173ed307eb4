//! The hand-up on the command line: the village's side and the township's.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Value, json};

use crate::cli::print::hand_out;
use crate::cli::statistics::{self, StatisticsArgs};
use crate::cli::{Answer, Exit, Scene, village};
use crate::domain::hand_up::{Entity, Profile};
use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::ledger::Ledger;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::hand_up::{HandUpPreview, HandUpRow};
use crate::ledger::material::PaperWish;
use crate::ledger::progress::Unwatched;
use crate::ledger::township::Enrolment;
use crate::ledger::township::coverage::CoverageRow;
use crate::ledger::township::receive::ShelfFile;
use crate::ledger::township::twins::Verdict;
use crate::paper::order::Order;

/// The village's side.
#[derive(Subcommand, Clone)]
pub enum Upward {
    /// Answer the township's invite, or take a village's answer; the answer is written beside the invite
    Enrol {
        /// The invite (.xli) or the answer (.xla)
        file: PathBuf,
        /// Write the answer into this folder
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Seal the file of the month for the township
    HandUp {
        /// The folder, such as a stick
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// Only show what would leave
        #[arg(long)]
        preview: bool,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Take the township's receipt
    Receipt {
        /// The receipt (.xlr)
        file: PathBuf,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// The files handed up, and what came of them
    HandUps {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Seal the whole ledger for a new laptop or a successor; this copy is only read from then on
    HandOver {
        /// The folder, such as a stick
        #[arg(long, value_name = "DIR", required_unless_present = "take_back")]
        to: Option<PathBuf>,
        /// The packet never arrived: go on writing here
        #[arg(long, conflicts_with = "to")]
        take_back: bool,
    },
    /// Join a copy of this village's ledger that was edited on another laptop
    Join {
        /// The copy (.xlc), or the other laptop's ledger file (.xlg)
        file: PathBuf,
        /// Only look, write nothing
        #[arg(long)]
        dry_run: bool,
        /// Take theirs in these fields that both changed, as UID:COLUMN; UID alone for a whole row
        #[arg(long, value_name = "UID:COLUMN", value_delimiter = ',')]
        theirs: Vec<String>,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Counts as Parquet, by county, township, village and month, without small numbers
    Statistics(StatisticsArgs),
    /// The township's side
    #[command(subcommand)]
    Township(Township),
}

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
        /// Write it here; whoever has it can read every file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
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

impl Upward {
    /// Whether one JSON document is asked for.
    pub fn json(&self) -> bool {
        match self {
            Self::Enrol { json, .. }
            | Self::HandUp { json, .. }
            | Self::Receipt { json, .. }
            | Self::HandUps { json }
            | Self::Join { json, .. }
            | Self::Township(
                Township::Members { json }
                | Township::Receive { json, .. }
                | Township::Coverage { json }
                | Township::Twins { json },
            ) => *json,
            Self::Statistics(args) => args.json,
            Self::HandOver { .. } | Self::Township(_) => false,
        }
    }
}

/// Starting a township needs no ledger.
pub(super) fn without_ledger(act: &Upward, scene: &Scene) -> Option<Result<Answer>> {
    match act {
        Upward::Township(Township::Init(start)) => Some(village::init_office(scene, start)),
        _ => None,
    }
}

/// Everything else does.
pub(super) fn run(act: &Upward, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    match act {
        Upward::Enrol { file, to, .. } => enrol(file, to.as_deref(), ledger, scene),
        Upward::HandUp { to, preview, .. } => hand_up(to, *preview, ledger, scene),
        Upward::Receipt { file, .. } => receipt(file, ledger, scene),
        Upward::HandUps { .. } => hand_ups(ledger, scene),
        Upward::HandOver { to: Some(to), .. } => hand_over(to, ledger, scene),
        Upward::HandOver { to: None, .. } => {
            ledger.take_hand_over_back()?;
            Ok(Answer::new(&json!({ "ok": true }), vec![scene.words.text("cli-hand-over-back")]))
        }
        Upward::Join { file, dry_run, theirs, .. } => super::join::run(file, *dry_run, theirs, ledger, scene),
        Upward::Statistics(args) => statistics::run(args, ledger, scene),
        Upward::Township(act) => township(act, ledger, scene),
    }
}

/// Writes the packet and, beside it, the check list that both tick off.
fn hand_over(to: &Path, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let handed = ledger.hand_over(to, &scene.clock.stamp(), &Unwatched)?;
    let list = handed.path.with_extension("pdf");
    let order = Order::new(PaperWish::HandOver, &scene.words);
    hand_out(ledger, scene, order, &list)?;
    let line = Message::new("cli-handed-over")
        .text("path", handed.path.display().to_string())
        .text("list", list.display().to_string());
    let document = json!({ "ok": true, "file": handed.path, "list": list, "overview": handed.overview });
    Ok(Answer::new(&document, vec![scene.words.say(&line)]))
}

fn township(act: &Township, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
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
        Township::Twins { .. } => super::twins::show(ledger, scene),
        Township::Same { one, other } => super::twins::judge(one, other, Verdict::Same, ledger, scene),
        Township::Different { one, other } => super::twins::judge(one, other, Verdict::Different, ledger, scene),
        Township::Identity { out } => identity(out, ledger, scene),
    }
}

fn enrol(file: &Path, to: Option<&Path>, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let beside = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match ledger.enrol(file, to.unwrap_or(beside), &scene.clock.stamp())? {
        Enrolment::Office(enrolled) => {
            let office = &enrolled.office.office;
            let line = Message::new("cli-enrolled")
                .text("name", office.name.clone())
                .text("fingerprint", enrolled.fingerprint.clone())
                .text("path", enrolled.answer.display().to_string());
            let document = json!({
                "ok": true, "office": office.code, "name": office.name, "fingerprint": enrolled.fingerprint,
                "answer": enrolled.answer,
            });
            Ok(Answer::new(&document, vec![scene.words.say(&line)]))
        }
        Enrolment::Member(enrolled) => {
            let member = &enrolled.member;
            let line = Message::new("cli-enrolled-member")
                .text("name", member.name.clone())
                .text("fingerprint", enrolled.fingerprint.clone());
            let document = json!({
                "ok": true, "village": member.code, "name": member.name, "fingerprint": enrolled.fingerprint,
            });
            Ok(Answer::new(&document, vec![scene.words.say(&line)]))
        }
    }
}

fn hand_up(to: &Path, only_look: bool, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let stamp = scene.clock.stamp();
    let (preview, path) = if only_look {
        (ledger.hand_up_preview(stamp.today, &Unwatched)?, None)
    } else {
        let handed = ledger.hand_up(to, &stamp, &Unwatched)?;
        (handed.preview, Some(handed.path))
    };
    let mut lines = preview_lines(&preview, scene);
    if let Some(path) = &path {
        let line = Message::new("cli-handed-up")
            .number("number", preview.number)
            .number("rows", preview.gathered.len())
            .text("path", path.display().to_string());
        lines.push(scene.words.say(&line));
    }
    let section = |of: &crate::ledger::hand_up::PreviewSection| {
        let columns: Vec<Value> = of
            .columns
            .iter()
            .map(|(field, shown)| json!({ "column": field.as_str(), "shown": shown.as_str() }))
            .collect();
        let rows: Vec<Value> = preview.gathered.of(of.entity).iter().map(|row| json!(row.written())).collect();
        json!({ "name": of.entity.as_str(), "columns": columns, "rows": rows })
    };
    let stays: serde_json::Map<String, Value> =
        preview.gathered.stays.iter().map(|(why, count)| (why.as_str().to_owned(), json!(count))).collect();
    let document = json!({
        "ok": true, "file": path, "number": preview.number, "month": preview.month,
        "to": { "code": preview.office.office.code, "name": preview.office.office.name },
        "rows": preview.gathered.len(), "stays": stays,
        "sections": preview.sections.iter().map(section).collect::<Vec<_>>(),
    });
    Ok(Answer::new(&document, lines))
}

fn preview_lines(preview: &HandUpPreview, scene: &Scene) -> Vec<String> {
    let words = &scene.words;
    let head = Message::new("hand-up-preview")
        .text("name", preview.office.office.name.clone())
        .text("month", preview.month.clone());
    let mut lines = vec![words.say(&head)];
    for of in &preview.sections {
        let column = |(field, shown): &(crate::domain::hand_up::Field, crate::domain::hand_up::Shown)| {
            format!("{}（{}）", words.say(&field.heading()), words.of(shown))
        };
        let columns: Vec<String> = of.columns.iter().map(column).collect();
        let message = Message::new("hand-up-section")
            .text("what", words.of(&of.entity))
            .number("rows", of.rows)
            .text("columns", columns.join("、"));
        lines.push(words.say(&message));
    }
    for (why, count) in &preview.gathered.stays {
        lines.push(words.say(&Message::new("hand-up-stays").text("why", words.of(why)).number("count", *count)));
    }
    lines
}

fn file_json(file: &HandUpRow) -> Value {
    let refused: serde_json::Map<String, Value> =
        file.refused.iter().map(|(why, rows)| (why.as_str().to_owned(), json!(rows))).collect();
    json!({
        "number": file.number, "month": file.month, "made_on": file.made_on, "rows": file.rows,
        "accepted_on": file.accepted_on, "accepted_rows": file.accepted_rows, "refused": refused,
    })
}

fn receipt(file: &Path, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let receipt = ledger.take_receipt(file, &scene.clock.stamp())?;
    let document = json!({ "ok": true, "file": file_json(&receipt.file) });
    Ok(Answer::new(&document, vec![scene.words.of(&receipt.file)]))
}

fn hand_ups(ledger: &Ledger, scene: &Scene) -> Result<Answer> {
    let overview = ledger.hand_up_overview()?;
    let mut lines: Vec<String> = overview.files.iter().map(|file| scene.words.of(file)).collect();
    lines.push(scene.words.say(&Message::new("hand-up-only-here").number("count", overview.only_here)));
    let document = json!({
        "ok": true, "fingerprint": overview.fingerprint, "only_here": overview.only_here,
        "files": overview.files.iter().map(file_json).collect::<Vec<_>>(),
    });
    Ok(Answer::new(&document, lines))
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
        "receipts": receipts, "state_hash": ledger.received_hash()?,
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
fn identity(out: &Path, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let identity = ledger.age_identity()?;
    let mut file = village::new_private_file(out)?;
    let written = writeln!(file, "{}", secrecy::ExposeSecret::expose_secret(&identity)).and_then(|()| file.sync_all());
    written.map_err(|e| LedgerError::io(e, out))?;
    let line = Message::new("cli-identity-written").text("path", out.display().to_string());
    Ok(Answer::new(&json!({ "ok": true, "file": out }), vec![scene.words.say(&line)]))
}

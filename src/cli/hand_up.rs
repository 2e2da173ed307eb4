//! The hand-up on the command line, the village's side.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::print::hand_out;
use crate::cli::statistics::{self, StatisticsArgs};
use crate::cli::township::Township;
use crate::cli::{Answer, Scene, township};
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::error::Result;
use crate::ledger::hand_up::{HandUpPreview, HandUpRow};
use crate::ledger::material::PaperWish;
use crate::ledger::progress::Unwatched;
use crate::ledger::township::Enrolment;
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
        /// Somebody looked at the calendar: today's date is right
        #[arg(long)]
        date_is_right: bool,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Hand up to this office no more, so that another one's invite can be answered
    LeaveOffice,
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

impl Upward {
    /// Whether one JSON document is asked for.
    pub fn json(&self) -> bool {
        match self {
            Self::Enrol { json, .. }
            | Self::HandUp { json, .. }
            | Self::Receipt { json, .. }
            | Self::HandUps { json }
            | Self::Join { json, .. } => *json,
            Self::Statistics(args) => args.json,
            Self::Township(act) => act.json(),
            Self::HandOver { .. } | Self::LeaveOffice => false,
        }
    }
}

/// Starting a township needs no ledger.
pub(super) fn without_ledger(act: &Upward, scene: &Scene) -> Option<Result<Answer>> {
    match act {
        Upward::Township(act) => township::without_ledger(act, scene),
        _ => None,
    }
}

/// Everything else does.
pub(super) fn run(act: &Upward, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    match act {
        Upward::Enrol { file, to, .. } => enrol(file, to.as_deref(), ledger, scene),
        Upward::HandUp { to, preview, date_is_right, .. } => {
            if *date_is_right {
                ledger.confirm_date(scene.clock.stamp().today)?;
            }
            hand_up(to, *preview, ledger, scene)
        }
        Upward::LeaveOffice => {
            ledger.leave_office(&scene.clock.stamp())?;
            Ok(Answer::new(&json!({ "ok": true }), vec![scene.words.text("cli-left-office")]))
        }
        Upward::Receipt { file, .. } => receipt(file, ledger, scene),
        Upward::HandUps { .. } => hand_ups(ledger, scene),
        Upward::HandOver { to: Some(to), .. } => hand_over(to, ledger, scene),
        Upward::HandOver { to: None, .. } => {
            ledger.take_hand_over_back()?;
            Ok(Answer::new(&json!({ "ok": true }), vec![scene.words.text("cli-hand-over-back")]))
        }
        Upward::Join { file, dry_run, theirs, .. } => super::join::run(file, *dry_run, theirs, ledger, scene),
        Upward::Statistics(args) => statistics::run(args, ledger, scene),
        Upward::Township(act) => township::run(act, ledger, scene),
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

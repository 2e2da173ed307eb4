//! Papers and spreadsheets for people, and what has left so far.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::cli::child::ChildReason;
use crate::cli::consent::PurposeName;
use crate::cli::{Answer, Scene};
use crate::domain::disclosure::{FileFormat, Recipient};
use crate::domain::message::Message;
use crate::ledger::Ledger;
use crate::ledger::campaigns::sheets::{CampaignPaper, SlipsFor};
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::handouts::{DisclosureRow, HandedOut, Out};
use crate::ledger::material::PaperWish;
use crate::ledger::privacy::report::PrivacyPaper;
use crate::ledger::sections::Section;
use crate::ledger::view::View;
use crate::paper::faces::{Faces, FontFile, RARE_FILE};
use crate::paper::log_line::log_line;
use crate::paper::order::{Order, left_out};
use crate::paper::roster::RosterColumn;
use crate::places;
use crate::words::Words;

/// Commands about what is handed out.
#[derive(Subcommand, Clone)]
pub enum Papers {
    /// Print, or write a spreadsheet
    #[command(subcommand)]
    Print(Print),
    /// Slips of a campaign for whoever has a day ahead: two on a page of A5, each with a stub
    Slips {
        /// The campaign's uid
        campaign: String,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Only this session, by its uid
        #[arg(long)]
        session: Option<String>,
        /// Only who is still to be told
        #[arg(long)]
        to_tell: bool,
    },
    /// What left, newest first
    Disclosures {
        /// At most this many
        #[arg(long, default_value_t = 200)]
        limit: u32,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

/// A paper.
#[derive(Subcommand, Clone)]
pub enum Print {
    /// The list of one programme
    Roster {
        /// The programme's id
        programme: String,
        /// Where to: a name ending in .pdf or .xlsx that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Columns, separated by commas
        #[arg(long, value_delimiter = ',')]
        columns: Vec<String>,
        /// Who: to-tell, ask, told, booked, done or eligible
        #[arg(long, default_value = "eligible", value_parser = section)]
        section: Section,
        /// Only this group
        #[arg(long)]
        group: Option<String>,
        /// The office it goes to (default: the village itself)
        #[arg(long, default_value = "")]
        recipient: String,
        /// What for
        #[arg(long)]
        purpose: Option<String>,
    },
    /// The masked sheet for the notice board
    PublicSheet {
        /// The programme's id
        programme: String,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// All that is kept of one person, for that person
    Person {
        /// Uid or id number
        resident: String,
        #[command(flatten)]
        child: ChildReason,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// What somebody who moved away takes along
    MoveSlip {
        /// Uid or id number
        resident: String,
        #[command(flatten)]
        child: ChildReason,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Five points about the village's own work
    SelfCheck {
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// How personal data is handled: assessment, year-check, child-rules, emergency-card
    Privacy {
        /// Which
        #[arg(value_parser = privacy_paper)]
        paper: PrivacyPaper,
        /// The year of a yearly check (default: this one)
        #[arg(long)]
        year: Option<i32>,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// The report of a loss or leak
    Incident {
        /// Its uid
        incident: String,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// A leaflet's slip; it is counted, nothing else is kept
    Slip {
        /// The programme's id
        programme: String,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// What is agreed to, for one purpose, with the place to sign; names are written by hand
    Notice {
        /// What it is for
        #[arg(value_enum)]
        purpose: PurposeName,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Who is expected at the sessions of a campaign, with a box to tick
    SessionRoster(OfCampaign),
    /// The masked list for the door of a session
    DoorList(OfCampaign),
    /// Whom the clinic sees, in the columns it needs; as .xlsx it is read back by campaign answer
    ClinicList {
        #[command(flatten)]
        of: OfCampaign,
        /// The office it goes to (default: the township clinic)
        #[arg(long)]
        recipient: Option<String>,
    },
    /// The notice of a programme, with a stub; names are written by hand
    ToldSlip {
        /// The programme's id
        programme: String,
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

/// Of which campaign, and where to.
#[derive(Args, Clone)]
pub struct OfCampaign {
    /// The campaign's uid
    campaign: String,
    /// Only this session, by its uid
    #[arg(long)]
    session: Option<String>,
    /// Where to: a name ending in .pdf or .xlsx that no file has
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

impl OfCampaign {
    fn wish(&self, paper: CampaignPaper) -> PaperWish {
        PaperWish::Campaign { campaign: self.campaign.clone(), session: self.session.clone(), paper }
    }
}

impl Papers {
    pub(super) fn json(&self) -> bool {
        matches!(self, Self::Disclosures { json: true, .. })
    }
}

pub(super) fn run(act: &Papers, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    match act {
        Papers::Disclosures { limit, .. } => disclosures(ledger, &scene.words, *limit),
        Papers::Slips { campaign, out, session, to_tell } => {
            let whom = if *to_tell { SlipsFor::ToTell } else { SlipsFor::Everybody };
            let (campaign, session) = (campaign.clone(), session.clone());
            let wish = PaperWish::Campaign { campaign, session, paper: CampaignPaper::Slips(whom) };
            hand_out(ledger, scene, Order::new(wish, &scene.words), out)
        }
        Papers::Print(print) => {
            let stamp = scene.clock.stamp();
            if let Print::Person { resident, child, .. } | Print::MoveSlip { resident, child, .. } = print {
                child.demand(ledger, &stamp, resident)?;
            }
            let (order, to) = order(print, stamp.today, &scene.words)?;
            hand_out(ledger, scene, order, to)
        }
    }
}

fn order<'a>(print: &'a Print, today: NaiveDate, words: &Words) -> Result<(Order, &'a Path)> {
    let usual = |wish: PaperWish| Order::new(wish, words);
    Ok(match print {
        Print::Roster { programme, to, columns, section, group, recipient, purpose } => {
            let usual = usual(PaperWish::Roster { programme: programme.clone(), section: *section });
            let columns = if columns.is_empty() { usual.columns.clone() } else { chosen(columns)? };
            let purpose = purpose.clone().unwrap_or(usual.purpose.clone());
            let recipient = Recipient::from_text(recipient);
            (Order { columns, group: group.clone(), recipient, purpose, ..usual }, to)
        }
        Print::PublicSheet { programme, to } => (usual(PaperWish::PublicSheet { programme: programme.clone() }), to),
        Print::Person { resident, to, .. } => (usual(PaperWish::Person(resident.clone())), to),
        Print::SelfCheck { to } => (usual(PaperWish::SelfCheck), to),
        Print::Privacy { paper, year, to } => {
            let paper = match paper {
                PrivacyPaper::YearCheck(_) => PrivacyPaper::YearCheck(year.unwrap_or(today.year())),
                paper => paper.clone(),
            };
            (usual(PaperWish::Privacy(paper)), to)
        }
        Print::Incident { incident, to } => (usual(PaperWish::Privacy(PrivacyPaper::Incident(incident.clone()))), to),
        Print::MoveSlip { resident, to, .. } => (usual(PaperWish::MoveSlip(resident.clone())), to),
        Print::Slip { programme, to } => (usual(PaperWish::Slip { programme: programme.clone() }), to),
        Print::Notice { purpose, to } => (usual(PaperWish::ConsentNotice(purpose.purpose())), to),
        Print::SessionRoster(of) => (usual(of.wish(CampaignPaper::Roster)), &of.to),
        Print::DoorList(of) => (usual(of.wish(CampaignPaper::Door)), &of.to),
        Print::ClinicList { of, recipient } => {
            let usual = usual(of.wish(CampaignPaper::Clinic));
            let recipient = recipient.clone().map_or(usual.recipient.clone(), Recipient::Office);
            (Order { recipient, ..usual }, &of.to)
        }
        Print::ToldSlip { programme, to } => (usual(PaperWish::ToldSlip { programme: programme.clone() }), to),
    })
}

fn privacy_paper(word: &str) -> std::result::Result<PrivacyPaper, String> {
    Ok(match word {
        "assessment" => PrivacyPaper::Assessment,
        "year-check" => PrivacyPaper::YearCheck(0),
        "child-rules" => PrivacyPaper::ChildRules,
        "emergency-card" => PrivacyPaper::EmergencyCard,
        _ => return Err("expected one of assessment, year-check, child-rules, emergency-card".to_owned()),
    })
}

fn section(word: &str) -> std::result::Result<Section, String> {
    let words = || Section::ALL.map(Section::as_str).join(", ");
    Section::from_word(word).ok_or_else(|| format!("expected one of {}", words()))
}

/// In the order of the columns, whatever order they are named in.
fn chosen(names: &[String]) -> Result<Vec<RosterColumn>> {
    if let Some(unknown) = names.iter().find(|name| RosterColumn::from_word(name).is_none()) {
        let message = Message::new("paper-no-such-column").text("column", unknown.clone());
        return Err(LedgerError::new(ErrorKind::Refused, message));
    }
    let is_named = |column: &&RosterColumn| names.iter().any(|name| name == column.as_str());
    Ok(RosterColumn::ALL.iter().filter(is_named).copied().collect())
}

/// Makes a paper, writes down that it left, and gives the file its name.
pub(super) fn hand_out(ledger: &mut Ledger, scene: &Scene, mut order: Order, to: &Path) -> Result<Answer> {
    let (words, stamp) = (&scene.words, scene.clock.stamp());
    order.format = format(to);
    let out = Out::At(to.to_owned());
    let (mut stays, mut left) = (None, 0);
    let make = |view: &View| {
        let content = order.content(&view.gather(&order.wish, stamp.today)?, words)?;
        (stays, left) = (left_out(&content), content.left_out);
        content.made(order.format, words, &faces()?)
    };
    let handed = ledger.hand_out(&out, &order.leaving(), &stamp, make)?;
    Ok(written(&handed, (stays, left), words))
}

/// By the file's ending; anything but a spreadsheet is a PDF.
fn format(to: &Path) -> FileFormat {
    let is_sheet = to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    if is_sheet { FileFormat::Xlsx } else { FileFormat::Pdf }
}

fn written(handed: &HandedOut, (stays, left): (Option<Message>, u64), words: &Words) -> Answer {
    let path = handed.path.display().to_string();
    let revision = handed.done.as_ref().map(|done| done.revision);
    let line = words.say(&Message::new("cli-paper-written").text("path", path.clone()));
    let lines = std::iter::once(line).chain(stays.map(|stays| words.say(&stays))).collect();
    Answer::new(&json!({ "ok": true, "path": path, "revision": revision, "left_out": left }), lines)
}

fn faces() -> Result<Faces> {
    let file = places::shipped(RARE_FILE).into_iter().find_map(|path| std::fs::read(path).ok());
    let rare = file.map(|bytes| Arc::new(bytes) as FontFile);
    Faces::new(rare).ok_or_else(|| LedgerError::refused("paper-failed"))
}

fn disclosures(ledger: &Ledger, words: &Words, limit: u32) -> Result<Answer> {
    let rows = ledger.disclosures(limit)?;
    let line = |row: &DisclosureRow| log_line(words, ledger.programmes(), row);
    Ok(Answer::new(&json!({ "rows": rows }), rows.iter().map(line).collect()))
}

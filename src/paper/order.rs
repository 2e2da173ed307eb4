//! One paper as it is asked for: what stands on it, for whom, what for, in which format; and what it comes to.

use chrono::NaiveDate;

use crate::domain::disclosure::{Disclosure, FileFormat, PaperKind, Recipient};
use crate::domain::message::Message;
use crate::ledger::campaigns::sheets::CampaignPaper;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::handouts::{Leaving, Made};
use crate::ledger::material::{ChartKind, Gathered, Material, PaperWish};
use crate::ledger::sections::Section;
use crate::ledger::village::Village;
use crate::paper::block::{Line, Print};
use crate::paper::campaign::clinic::{self, ClinicColumn};
use crate::paper::campaign::door::{self, DoorColumn};
use crate::paper::campaign::roster::SessionColumn;
use crate::paper::campaign::{roster, slips};
use crate::paper::chart::Drawn;
use crate::paper::faces::Faces;
use crate::paper::public_sheet::PublicColumn;
use crate::paper::roster::{Roster, RosterColumn};
use crate::paper::round::RoundColumn;
use crate::paper::sheet::{Listing, print_bytes};
use crate::paper::{move_slip, person_copy};
use crate::words::Words;

/// A paper as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Which.
    pub wish: PaperWish,
    /// A roster's columns.
    pub columns: Vec<RosterColumn>,
    /// Only this group of a roster.
    pub group: Option<String>,
    /// For whom.
    pub recipient: Recipient,
    /// What for.
    pub purpose: String,
    /// In which format.
    pub format: FileFormat,
}

/// What it comes to.
pub struct Content {
    body: Body,
    /// How many people stand on it.
    pub rows: u64,
    /// How many of those chosen for an office stay in the village.
    pub left_out: u64,
    /// A public sheet's last day.
    pub down_by: Option<NaiveDate>,
    village: Village,
    on: NaiveDate,
}

enum Body {
    Listing(Box<Listing>),
    Print(Box<Print>),
}

impl Order {
    /// As it is usually asked for.
    pub fn new(wish: PaperWish, words: &Words) -> Self {
        let (recipient, purpose) = match &wish {
            PaperWish::Roster { .. } => (Recipient::Village, "paper-roster-purpose"),
            PaperWish::PublicSheet { .. } => (Recipient::Village, "paper-public-sheet-purpose"),
            PaperWish::Pyramid | PaperWish::Chart { .. } => (Recipient::Village, "paper-roster-purpose"),
            PaperWish::VillageRecord(_) => (Recipient::Village, "paper-public-sheet-purpose"),
            PaperWish::SelfCheck | PaperWish::Month(_) | PaperWish::HandOver | PaperWish::Privacy(_) => {
                (Recipient::Village, "paper-roster-purpose")
            }
            PaperWish::Round => (Recipient::Village, "paper-roster-purpose"),
            PaperWish::Person(_) => (Recipient::Person, "paper-person-copy-purpose"),
            PaperWish::MoveSlip(_) => (Recipient::Person, "paper-move-purpose"),
            PaperWish::Slip { .. } | PaperWish::ToldSlip { .. } | PaperWish::ConsentNotice(_) => {
                (Recipient::Village, "paper-slip-purpose")
            }
            PaperWish::Campaign { paper, .. } => match paper {
                CampaignPaper::Slips(_) => (Recipient::Village, "paper-slip-purpose"),
                CampaignPaper::Roster => (Recipient::Village, "paper-session-purpose"),
                CampaignPaper::Door => (Recipient::Village, "paper-door-purpose"),
                CampaignPaper::Clinic => (Recipient::Office(words.text("paper-clinic")), "paper-clinic-purpose"),
            },
        };
        // The clinic fills in what it gets, and it is read back.
        let is_clinic = matches!(wish, PaperWish::Campaign { paper: CampaignPaper::Clinic, .. });
        let format = if is_clinic { FileFormat::Xlsx } else { FileFormat::Pdf };
        let columns = RosterColumn::USUAL.to_vec();
        Self { wish, columns, group: None, recipient, purpose: words.text(purpose), format }
    }

    /// What is written down when it leaves; a slip with nobody on it is at most counted.
    pub fn leaving(&self) -> Leaving {
        let people = |paper, programme: &str, columns| {
            Leaving::People(Disclosure {
                paper,
                format: self.format,
                programme: programme.to_owned(),
                recipient: self.recipient.clone(),
                purpose: self.purpose.clone(),
                columns,
            })
        };
        match &self.wish {
            PaperWish::Roster { programme, .. } => people(PaperKind::Roster, programme, self.roster().keys()),
            PaperWish::PublicSheet { programme } => people(PaperKind::PublicSheet, programme, PublicColumn::keys()),
            PaperWish::Round => people(PaperKind::Round, "", RoundColumn::keys()),
            PaperWish::Person(_) => people(PaperKind::PersonCopy, "", person_copy::KEYS.to_vec()),
            PaperWish::MoveSlip(_) => people(PaperKind::MoveSlip, "", move_slip::KEYS.to_vec()),
            PaperWish::Campaign { paper, .. } => match paper {
                CampaignPaper::Slips(_) => people(PaperKind::AppointmentSlips, "", slips::KEYS.to_vec()),
                CampaignPaper::Roster => people(PaperKind::SessionRoster, "", SessionColumn::keys()),
                CampaignPaper::Door => people(PaperKind::DoorList, "", DoorColumn::keys()),
                CampaignPaper::Clinic => people(PaperKind::ClinicList, "", ClinicColumn::keys()),
            },
            // Whoever asks is given one.
            PaperWish::Slip { programme } => Leaving::Nobody { counted: Some((programme.clone(), 1)) },
            PaperWish::ToldSlip { .. }
            | PaperWish::ConsentNotice(_)
            | PaperWish::VillageRecord(_)
            | PaperWish::SelfCheck
            | PaperWish::Month(_)
            | PaperWish::HandOver
            | PaperWish::Privacy(_)
            | PaperWish::Chart { .. }
            | PaperWish::Pyramid => Leaving::Nobody { counted: None },
        }
    }

    /// The leaflet whose slips it prints.
    pub fn leaflet(&self) -> Option<&str> {
        match &self.wish {
            PaperWish::Slip { programme } => Some(programme),
            _ => None,
        }
    }

    /// Whether somebody stands on it.
    pub fn names_people(&self) -> bool {
        matches!(self.leaving(), Leaving::People(_))
    }

    /// How many of its lines are looked at before it is written, where the rest is alike.
    pub fn lines_shown(&self) -> usize {
        if matches!(self.wish, PaperWish::Campaign { .. }) { 40 } else { usize::MAX }
    }

    fn roster(&self) -> Roster {
        let section = match &self.wish {
            PaperWish::Roster { section, .. } => *section,
            _ => Section::default(),
        };
        let (columns, group) = (self.columns.clone(), self.group.clone());
        Roster { columns, section, group, recipient: self.recipient.clone() }
    }

    /// A picture to be printed, or its numbers for a spreadsheet.
    fn drawn(&self, drawn: Drawn, around: (&Village, NaiveDate, &Words)) -> Body {
        match self.format {
            FileFormat::Xlsx => Body::Listing(Box::new(drawn.listing())),
            FileFormat::Pdf => Body::Print(Box::new(drawn.print(around))),
        }
    }

    /// What it comes to.
    ///
    /// # Errors
    /// It may not be made like that; the sentence says why.
    pub fn content(&self, gathered: &Gathered, words: &Words) -> Result<Content> {
        let Gathered { village, on, material } = gathered;
        let around = (village, *on, words);
        let print = |print: Print, rows: usize| (Body::Print(Box::new(print)), rows);
        let (body, rows) = match material {
            Material::Roster(file) => {
                let listing = self.roster().listing(file, &self.purpose, words)?;
                let rows = listing.table.rows.len();
                (Body::Listing(Box::new(listing)), rows)
            }
            Material::PublicSheet(sheet) if sheet.rows.is_empty() => {
                return Err(LedgerError::refused("paper-nobody-on-sheet"));
            }
            Material::PublicSheet(sheet) => print(super::public_sheet::print(sheet, around), sheet.rows.len()),
            Material::VillageRecord(kind, entries) => {
                let listing = super::village_record::listing(*kind, entries, *on, words)?;
                (Body::Listing(Box::new(listing)), 0)
            }
            Material::Pyramid(pyramid) => (self.drawn(super::chart::people(pyramid, words), around), 0),
            Material::Chart(ChartKind::Told, chart) => (self.drawn(super::chart::told(chart, words), around), 0),
            Material::Chart(ChartKind::Ages, chart) => (self.drawn(super::chart::ages(chart, words), around), 0),
            Material::Round(sheet) if self.format == FileFormat::Xlsx => {
                (Body::Listing(Box::new(super::round::listing(sheet, *on, words))), super::round::people(sheet))
            }
            Material::Round(sheet) => print(super::round::print(sheet, around), super::round::people(sheet)),
            Material::AppointmentSlips(sheet) => print(slips::print(sheet, around), sheet.campaign.appointments.len()),
            Material::SessionRoster(sheet) => {
                let people = sheet.campaign.appointments.len();
                match self.format {
                    FileFormat::Xlsx => (Body::Listing(Box::new(roster::listing(sheet, words))), people),
                    FileFormat::Pdf => print(roster::print(sheet, around), people),
                }
            }
            Material::DoorList(sheet) => {
                print(door::print(sheet, around), sheet.sessions.iter().map(|session| session.rows.len()).sum())
            }
            Material::ClinicList(sheet) => {
                let listing = clinic::listing(sheet, (&self.recipient, &self.purpose), words)?;
                let rows = listing.table.rows.len();
                (Body::Listing(Box::new(listing)), rows)
            }
            Material::Month(sheet) if self.format == FileFormat::Xlsx => {
                (Body::Listing(Box::new(super::month::listing(sheet, words))), 0)
            }
            Material::Month(sheet) => print(super::month::print(sheet, around), 0),
            Material::HandOver(sheet) => print(super::hand_over::print(sheet, around), 0),
            Material::Privacy(paper, report) => print(super::privacy::print(paper, report, around), 0),
            Material::SelfCheck(check) => print(super::self_check::print(check, around), 0),
            Material::Person(person) => print(person_copy::print(person, around), 1),
            Material::MoveSlip(departure) => print(move_slip::print(departure, around), 1),
            Material::Slip(programme) => print(super::slip::leaflet(programme, around), 0),
            Material::ToldSlip(programme) => print(super::slip::told(programme, around), 0),
            Material::ConsentNotice(purpose, kept) => print(super::consent_notice::print((*purpose, kept), around), 0),
        };
        if self.format == FileFormat::Xlsx && !matches!(body, Body::Listing(_)) {
            return Err(LedgerError::refused("paper-only-pdf"));
        }
        let left_out = match material {
            Material::Roster(file) => self.roster().left_out(file) as u64,
            Material::ClinicList(sheet) => clinic::left_out(sheet) as u64,
            _ => 0,
        };
        let down_by = match material {
            Material::PublicSheet(sheet) => Some(sheet.down_by),
            _ => None,
        };
        Ok(Content { body, rows: rows as u64, left_out, down_by, village: village.clone(), on: *on })
    }
}

impl Content {
    /// Its title.
    pub fn title(&self) -> &str {
        match &self.body {
            Body::Listing(listing) => &listing.title,
            Body::Print(print) => &print.title,
        }
    }

    /// The heads of its table, where it is one.
    pub fn heads(&self) -> Vec<String> {
        match &self.body {
            Body::Listing(listing) => listing.table.columns.iter().map(|column| column.head.clone()).collect(),
            Body::Print(_) => Vec::new(),
        }
    }

    /// Its first rows as they will stand there, a box to tick as □.
    pub fn first_rows(&self, most: usize) -> Vec<Vec<String>> {
        let Body::Listing(listing) = &self.body else { return Vec::new() };
        listing.table.rows.iter().take(most).map(|row| row.iter().map(|cell| cell.shown()).collect()).collect()
    }

    /// All that stands on it, line by line, where it is no list.
    pub fn lines(&self) -> Vec<Line> {
        match &self.body {
            Body::Listing(_) => Vec::new(),
            Body::Print(print) => print.lines(),
        }
    }

    /// All its texts.
    pub fn texts(&self, words: &Words) -> Vec<String> {
        let of = |print: &Print| print.texts().into_iter().map(str::to_owned).collect();
        match &self.body {
            Body::Listing(listing) => of(&listing.print(&self.village, self.on, words)),
            Body::Print(print) => of(print),
        }
    }

    /// A name for the file, without what a disk refuses.
    pub fn file_name(&self, format: FileFormat) -> String {
        let plain = |c: &char| !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') && !c.is_control();
        let title: String = self.title().chars().filter(plain).take(60).collect();
        format!("{} {}.{}", title.trim(), self.on, format.as_str())
    }

    /// The file.
    ///
    /// # Errors
    /// It cannot be put together.
    pub fn made(&self, format: FileFormat, words: &Words, faces: &Faces) -> Result<Made> {
        let bytes = match &self.body {
            Body::Listing(listing) => listing.bytes(format, &self.village, self.on, words, faces)?,
            Body::Print(print) => print_bytes(print, self.on, words, faces)?,
        };
        Ok(Made { bytes, rows: self.rows })
    }
}

/// How many of those chosen do not go to the office, and why; none where all go.
pub fn left_out(content: &Content) -> Option<Message> {
    (content.left_out > 0).then(|| Message::new("paper-left-out").number("count", content.left_out))
}

/// How many rows there are, and for whom: what is said before a file is written.
pub fn summary(order: &Order, content: &Content) -> Message {
    Message::new("paper-summary")
        .number("rows", content.rows)
        .text("purpose", order.purpose.trim())
        .said("recipient", vec![order.recipient.message()])
}

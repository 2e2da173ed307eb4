//! What leaves the ledger on paper or as a file: which paper, in which format, for whom, what for. Never who stood on it.

use crate::domain::message::Message;
use crate::domain::resident::worded;

/// The longest recipient or purpose, in characters.
pub const LONGEST: usize = 60;

/// A paper that is written down when it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaperKind {
    /// 服务名单: people of one programme, in chosen columns.
    Roster,
    /// 公示: the masked sheet for the notice board.
    PublicSheet,
    /// 本人信息: all that is kept of one person, for that person.
    PersonCopy,
    /// 迁移告知单: what somebody who moves away takes along.
    MoveSlip,
    /// 通知单: what one person is told, with a stub that stays.
    ToldSlip,
    /// 乡镇表格: the township's own form, filled.
    Form,
    /// 走访单: a round through the village, with codes.
    Round,
    /// 通知单: who comes when, a stub and a slip each.
    AppointmentSlips,
    /// 签到表: who is expected at a session.
    SessionRoster,
    /// 门口名单: the same at the door, masked.
    DoorList,
    /// 交给卫生院的名单: whom the clinic sees.
    ClinicList,
    /// 上报文件: the sealed file of the month for the township.
    HandUp,
    /// 乡镇保管的钥匙: a way in that the township keeps, or took out.
    Escrow,
    /// 统计数据: counts without small numbers, for whoever works with statistics.
    Statistics,
    /// 要改的行: rows of a roster that could not be taken, as they stood.
    Rejected,
    /// 副本: the whole ledger, sealed.
    Copy,
    /// 交接包: the same for the new laptop or a successor.
    HandOver,
    /// 求助包: the same as it lies there, for whoever helps with damage.
    HelpPacket,
}
worded!(PaperKind, "paper-kind" {
    Roster => "roster", PublicSheet => "public-sheet", PersonCopy => "person-copy", MoveSlip => "move-slip",
    ToldSlip => "told-slip",
    Form => "form", Round => "round", AppointmentSlips => "appointment-slips", SessionRoster => "session-roster",
    DoorList => "door-list", ClinicList => "clinic-list", HandUp => "hand-up",
    Escrow => "escrow", Statistics => "statistics", Rejected => "rejected", Copy => "copy", HandOver => "hand-over",
    HelpPacket => "packet",
});

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileFormat {
    /// For printing.
    Pdf,
    /// For going on with in a spreadsheet.
    Xlsx,
}
worded!(FileFormat, "paper-format" { Pdf => "pdf", Xlsx => "xlsx" });

/// The format of a sealed file, which no paper has.
pub const SEALED_FORMAT: &str = "xlb";

/// The key of what is in a sealed file that holds all of the ledger.
pub const ALL_SEALED: &str = "all-sealed";

/// The key of what is in a sealed file that holds the ledger's own key alone.
pub const KEY_SEALED: &str = "key-sealed";

/// The format of statistics, which no paper has either.
pub const STATISTICS_FORMAT: &str = "parquet";

/// For whom a paper is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Recipient {
    /// The village itself: a round, the notice board.
    #[default]
    Village,
    /// The person whom it is about.
    Person,
    /// Whoever has the stick that a sealed copy lies on.
    Holder,
    /// The new laptop, or who goes on with the work.
    Successor,
    /// Whoever helps with a damaged ledger.
    Helper,
    /// An office, by its name.
    Office(String),
}

impl Recipient {
    /// The text that is kept: empty for the village itself.
    pub fn as_text(&self) -> &str {
        match self {
            Self::Village => "",
            Self::Person => "person",
            Self::Holder => "holder",
            Self::Successor => "successor",
            Self::Helper => "helper",
            Self::Office(name) => name,
        }
    }

    /// Reads the text that is kept, or what was typed.
    pub fn from_text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Village,
            "person" => Self::Person,
            "holder" => Self::Holder,
            "successor" => Self::Successor,
            "helper" => Self::Helper,
            name => Self::Office(name.to_owned()),
        }
    }

    /// What it is called.
    pub fn message(&self) -> Message {
        match self {
            Self::Village => Message::new("paper-to-village"),
            Self::Person => Message::new("paper-to-person"),
            Self::Holder => Message::new("paper-to-holder"),
            Self::Successor => Message::new("paper-to-successor"),
            Self::Helper => Message::new("paper-to-helper"),
            Self::Office(name) => Message::new("paper-to-office").text("name", name.clone()),
        }
    }
}

/// What is about to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// Which paper.
    pub paper: PaperKind,
    /// In which format.
    pub format: FileFormat,
    /// The programme's id; empty where it is about none.
    pub programme: String,
    /// For whom.
    pub recipient: Recipient,
    /// What for, in a few words.
    pub purpose: String,
    /// The keys of its columns.
    pub columns: Vec<&'static str>,
}

impl Disclosure {
    /// What is missing or too long, as a key of the words.
    pub fn problem(&self) -> Option<&'static str> {
        problem(self.recipient.as_text(), &self.purpose)
    }
}

/// What is missing or too long of a recipient and a purpose, as a key of the words.
pub fn problem(recipient: &str, purpose: &str) -> Option<&'static str> {
    let long = |text: &str| text.chars().count() > LONGEST;
    if purpose.trim().is_empty() {
        return Some("paper-no-purpose");
    }
    (long(purpose) || long(recipient)).then_some("paper-too-long")
}

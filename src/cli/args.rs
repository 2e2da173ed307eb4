//! The words of the command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::cli::benefits::Dues;
use crate::cli::campaign::Campaigns;
use crate::cli::child::ChildReason;
use crate::cli::consent::Consents;
use crate::cli::duplicates::Twice;
use crate::cli::escrow::Escrow;
use crate::cli::form::Forms;
use crate::cli::hand_up::Upward;
use crate::cli::month::Months;
use crate::cli::people::People;
use crate::cli::plan::PlanArgs;
use crate::cli::print::Papers;
use crate::cli::privacy::Privacy;
use crate::cli::quality::Whole;
use crate::cli::reconcile::ReconcileArgs;
use crate::cli::recover::Recover;
use crate::cli::tasks::Tasks;

/// Xiangli (乡里): the handbook of a village cadre. Without a command, the window opens.
#[derive(Parser)]
#[command(name = "xiangli", version, about, max_term_width = 100)]
pub struct Args {
    /// The ledger's file (default: this user's data folder)
    #[arg(long, global = true, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// The language of the answers
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// What draws the window, where it stays black or does not come (default: what drew here last time)
    #[arg(long, value_enum)]
    pub renderer: Option<Renderer>,
    /// What to do
    #[command(subcommand)]
    pub act: Option<Act>,
}

/// What draws the window.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Renderer {
    /// OpenGL
    Glow,
    /// Vulkan, DirectX 12 or software
    Wgpu,
    /// The other one than last time
    Other,
}

/// A language on the command line.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

/// One line of a batch: the same words.
#[derive(Parser)]
#[command(name = "", no_binary_name = true, disable_help_flag = true)]
pub(super) struct Line {
    #[command(subcommand)]
    pub(super) act: Act,
}

/// A command.
#[derive(Subcommand, Clone)]
pub enum Act {
    /// Start a village's ledger
    Init {
        /// 12-digit statistical area code
        #[arg(long, value_name = "CODE")]
        village: String,
        /// The village's name
        #[arg(long)]
        name: String,
        /// Write the paper code here instead of showing it
        #[arg(long, value_name = "FILE")]
        paper_code: Option<PathBuf>,
    },
    /// Make the demo village of synthetic people
    Demo {
        /// How many people
        #[arg(long, default_value_t = 900, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        residents: u32,
        /// The same seed makes the same village
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Read every page, every reference and the whole history
    Check,
    /// The history of changes
    Log {
        /// At most this many
        #[arg(long, default_value_t = 200)]
        limit: u32,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Take back the latest change
    Undo,
    /// Put back what was undone last
    Redo,
    /// Take back one change, keeping what was edited since
    TakeBack {
        /// The change's uid
        change: String,
    },
    /// One command a line on standard input, one line of JSON after each
    Batch,
    /// Look at a roster and write it as one change
    Import(ImportArgs),
    /// Residents, or those who match a name, pinyin, initials, id tail or phone
    Residents {
        /// What to look for
        #[arg(long, default_value = "")]
        search: String,
        /// At most this many (default: all)
        #[arg(long)]
        limit: Option<u32>,
        /// Why children are looked at
        #[command(flatten)]
        child: ChildReason,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// The numbers of every service list
    Lists {
        /// The day it is made for
        #[arg(long)]
        as_of: Option<NaiveDate>,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// One service list with its reasons
    List {
        /// The programme's id
        programme: String,
        /// The day it is made for
        #[arg(long)]
        as_of: Option<NaiveDate>,
        /// Why children are looked at
        #[command(flatten)]
        child: ChildReason,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Why somebody is, or is not, on each list
    Why {
        /// Uid or id number
        resident: String,
        /// Why children are looked at
        #[command(flatten)]
        child: ChildReason,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Record that somebody was told
    Tell(Record),
    /// Record that somebody does not want it
    Decline(Record),
    /// Record that somebody came
    Attend(Record),
    /// Record that somebody could not be reached
    Unreachable(Record),
    /// Record a fact about somebody
    Fact {
        /// Uid or id number
        resident: String,
        /// The kind of fact, as facts kinds names it
        kind: String,
        /// Its value
        value: String,
        /// Who says so
        #[arg(long)]
        source: String,
        /// The day it was true
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Benefits and what they rest on
    #[command(flatten)]
    Dues(Dues),
    /// What people agreed to
    #[command(flatten)]
    Consents(Consents),
    /// Who lives where
    #[command(flatten)]
    People(Box<People>),
    /// Hold a roster of the household registration against the ledger
    Reconcile(ReconcileArgs),
    /// The township's own spreadsheet, filled
    #[command(subcommand)]
    Form(Forms),
    /// Who was entered twice
    #[command(flatten)]
    Twice(Twice),
    /// The ledger as a whole
    #[command(flatten)]
    Whole(Whole),
    /// What is handed out
    #[command(flatten)]
    Papers(Papers),
    /// The day's work
    #[command(flatten)]
    Tasks(Tasks),
    /// Check-up campaigns: who comes when
    #[command(subcommand)]
    Campaign(Campaigns),
    /// Plan an instance, for measuring the planner
    Plan(PlanArgs),
    /// What the program is made of, with the licence of each part
    Licences {
        /// Answer with JSON
        #[arg(long)]
        json: bool,
    },
    /// The manual on two pages, as it lies in the packed program
    Manual {
        /// Where to: a name that no file has
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// What goes up to the township once a month
    #[command(flatten)]
    Upward(Upward),
    /// A way in that the township keeps, for a forgotten passphrase
    #[command(subcommand)]
    Escrow(Escrow),
    /// Months: what happened, and closing them
    #[command(subcommand)]
    Month(Months),
    /// What is kept of people and how long, real deletion, losses and leaks
    #[command(subcommand)]
    Privacy(Privacy),
    /// Write one sealed copy into a folder, such as a stick
    CopyOut {
        /// The folder
        folder: PathBuf,
    },
    /// Give the ledger another passphrase; the paper code stays valid
    Passphrase,
    /// Make another paper code; the old one opens nothing any more
    PaperCode {
        /// Write the paper code here instead of showing it
        #[arg(long, value_name = "FILE")]
        paper_code: Option<PathBuf>,
    },
    /// Put a backup in the ledger's place; the old file is moved aside, never removed
    Restore {
        /// The backup: a file of the folder "backups" beside the ledger
        file: PathBuf,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// A damaged ledger: what there is to put it right, and a packet for whoever helps
    #[command(subcommand)]
    Recover(Recover),
    /// Open a sealed copy as this machine's ledger
    CopyIn {
        /// The copy
        file: PathBuf,
    },
}

/// Whom, what, when.
#[derive(ClapArgs, Clone)]
pub struct Record {
    /// The programme's id
    pub programme: String,
    /// Uid or id number
    pub resident: String,
    /// The true day (default: today)
    #[arg(long)]
    pub on: Option<NaiveDate>,
}

impl Act {
    /// Whether one JSON document is asked for.
    pub fn json(&self) -> bool {
        match self {
            Self::Log { json, .. }
            | Self::Residents { json, .. }
            | Self::Lists { json, .. }
            | Self::List { json, .. }
            | Self::Why { json, .. }
            | Self::Restore { json, .. } => *json,
            Self::Import(import) => import.json,
            Self::Reconcile(args) => args.json,
            Self::Form(act) => act.json(),
            Self::People(people) => people.json(),
            Self::Twice(twice) => twice.json(),
            Self::Whole(whole) => whole.json(),
            Self::Dues(act) => act.json(),
            Self::Papers(papers) => papers.json(),
            Self::Tasks(act) => act.json(),
            Self::Campaign(act) => act.json(),
            Self::Plan(args) => args.json,
            Self::Licences { json } => *json,
            Self::Upward(act) => act.json(),
            Self::Month(act) => act.json(),
            Self::Consents(act) => act.json(),
            Self::Privacy(act) => act.json(),
            Self::Recover(act) => act.json(),
            _ => false,
        }
    }
}

/// What `import` is told.
#[derive(ClapArgs, Clone)]
pub struct ImportArgs {
    /// The roster: xlsx, xls, et, ods or csv
    pub(super) file: PathBuf,
    /// Only look, write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Write the differences of changed rows too, or take close rows for whom they seem to be
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(super) accept: Vec<AcceptName>,
    /// Write the rows that cannot be used here, with the reason beside each
    #[arg(long, value_name = "OUT.xlsx")]
    pub(super) rejected: Option<PathBuf>,
    /// One JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// Rows that are not written without a word.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AcceptName {
    /// Differences of residents known by their id number
    Changed,
    /// Rows that probably tell of somebody known
    Close,
}

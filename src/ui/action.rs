//! What the user wants, queued while drawing and performed afterwards.

use std::path::PathBuf;

use secrecy::SecretString;

use crate::desk::hand_up::HandUpWish;
use crate::desk::opening::Opening;
use crate::desk::privacy::{Hidden, PurgeWish};
use crate::desk::rosters::ToMendWish;
use crate::desk::whole::WholeStep;
use crate::domain::look::LookReason;
use crate::ledger::command::Command;
pub use crate::ledger::material::PaperWish;
use crate::ledger::privacy::purge::OldBackups;
use crate::ledger::township::MemberRow;
use crate::ui::forms::Wish;
use crate::ui::tabs::township::OfficePage;
use crate::ui::tabs::{Tab, lists, privacy};
use crate::ui::theme::Contrast;
use crate::words::Language;

/// One wish.
pub enum Action {
    /// Change the ledger.
    Run(Command),
    /// Change the ledger, and tell this one what came of it.
    RunFor(Command, Sender),
    /// Take back the latest step.
    Undo,
    /// Put back what was taken back last.
    Redo,
    /// Take back one step by its uid.
    TakeBack(String),
    /// Open a tab.
    Show(Tab),
    /// Open a file that was written with whatever opens such files here.
    ShowFile(PathBuf),
    /// Open a person in the residents' tab.
    ShowPerson(String),
    /// Open a campaign, by uid.
    ShowCampaign(String),
    /// Open a household in the residents' tab, by uid.
    ShowHousehold(String),
    /// Open a group in the residents' tab, by its bare name.
    ShowGroup(String),
    /// Open a form in the residents' tab.
    Form(Wish),
    /// Open a form once this operation was done, as when a household has lost its head.
    FormAfter(&'static str, Wish),
    /// Write a form's draft down, or let go of it.
    Draft(DraftStep),
    /// Open, create or copy in a ledger.
    Open(Opening),
    /// The paper code was written down: go on to the ledger.
    PaperCodeKept,
    /// Stop what is under way before the ledger is open.
    StopOpening,
    /// Another page before the ledger is open.
    Entry(Entry),
    /// Put the ledger away and go back to the first page.
    CloseLedger,
    /// Put the ledger at this path away and choose one of its backups to open in its place.
    ChooseBackup(PathBuf),
    /// Remove the demo village that is open.
    RemoveDemo,
    /// From the demo village to the own one.
    OwnVillage,
    /// Another language.
    Language(Language),
    /// Another text size, in percent.
    Scale(u32),
    /// Other colours.
    Contrast(Contrast),
    /// Open this at the side, or close it where it is open.
    Side(SideKind),
    /// Close what is open at the side.
    CloseSide,
    /// Lock at once.
    Lock,
    /// Lock after so many minutes without input.
    LockAfter(u32),
    /// Make a backup now.
    BackUp,
    /// Write a sealed copy into this folder.
    CopyOut(PathBuf),
    /// Write the rows of an import that are to be mended into a new spreadsheet.
    SaveRejected(Box<ToMendWish>),
    /// Look at a paper before it is written.
    Paper(PaperWish),
    /// Write the paper that is looked at.
    WritePaper,
    /// Fill the township's form that is looked at.
    FillForm,
    /// One slip was a misprint: take it off the counter.
    UncountSlip,
    /// Begin an import, perhaps with this file.
    Import(Option<PathBuf>),
    /// Something of the hand-up, on either side.
    HandUp(HandUpWish),
    /// Hand the whole ledger over: a packet into this folder, and nothing more is written here.
    HandOver(PathBuf),
    /// Go on writing here: the packet never arrived.
    TakeHandOverBack,
    /// Look what joining this copy would do.
    LookAtJoin(PathBuf),
    /// A step of the whole ledger.
    Step(WholeStep),
    /// Invite somebody again who was invited before.
    InviteAgain(Box<MemberRow>),
    /// Close a month: final.
    CloseMonth(String),
    /// Open a page of an office's 上报备份.
    OfficePage(OfficePage),
    /// Delete for good: what, and what becomes of older backups.
    Purge(PurgeWish, OldBackups),
    /// Stop deleting for good, as long as nothing is gone yet.
    StopPurge,
    /// Show what is hidden, and write down why.
    Look(Hidden, LookReason),
    /// Give the ledger a passphrase for who may only look, or take it away.
    SetLooking {
        /// The cadre's own.
        own: SecretString,
        /// The new one; none to take it away.
        new: Option<SecretString>,
    },
    /// Open a page of 服务名单.
    ShowLists(lists::Page),
    /// Open a page of 隐私保护.
    ShowPrivacy(privacy::Page),
    /// Files were dropped onto the window.
    Dropped(Vec<PathBuf>),
    /// Show what can be done about the damaged ledger.
    ShowDamage,
    /// Look once more what is wrong with it.
    LookAtDamage,
    /// Look at what can still be read of it.
    LookOn,
    /// Write a packet for whoever helps into this folder.
    PackForHelp(PathBuf),
    /// What putting a backup in place came to was seen.
    RestoredSeen,
    /// Try whether the ledger's medium takes something again.
    TryMedium,
    /// Rehearse the newest backup now.
    Rehearse,
}

impl Action {
    /// Whether it changes the ledger, or can only end in that: where nothing can be written it is not begun.
    pub fn writes(&self) -> bool {
        matches!(
            self,
            Self::Run(_)
                | Self::RunFor(..)
                | Self::Undo
                | Self::Redo
                | Self::TakeBack(_)
                | Self::Form(_)
                | Self::Import(_)
                | Self::FillForm
                | Self::HandUp(_)
                | Self::HandOver(_)
                | Self::Step(_)
                | Self::CloseMonth(_)
                | Self::Purge(..)
                | Self::SetLooking { .. }
        )
    }

    /// Whether it lets something leave, and writes nothing anybody else would miss: who may only look does not begin it.
    pub fn leaves(&self) -> bool {
        matches!(self, Self::WritePaper | Self::UncountSlip | Self::CopyOut(_) | Self::BackUp | Self::SaveRejected(_))
    }
}

/// Who asked for a change: only that one hears whether it was done or refused.
#[derive(Clone, PartialEq, Eq)]
pub enum Sender {
    /// Whatever page is open; nothing there waits for it.
    Page,
    /// A form; its draft goes with the change.
    Form {
        /// Which of those that were opened.
        number: u64,
        /// Which form.
        form: &'static str,
        /// Whom it is about, as its draft has it.
        about: String,
    },
    /// The page that joins two laptops.
    Join,
    /// The page of pairs, which shows these no more meanwhile.
    Pairs(Vec<String>),
}

/// What becomes of a form's draft.
pub enum DraftStep {
    /// What is typed is kept.
    Keep {
        /// Which form.
        form: &'static str,
        /// Whom it is about, by uid; empty where that is new.
        about: String,
        /// What is typed, as JSON.
        value: String,
    },
    /// It was saved or thrown away.
    Drop {
        /// Which form.
        form: String,
        /// Whom it is about, by uid; empty where that is new.
        about: String,
    },
}

impl DraftStep {
    /// Which form.
    pub fn form(&self) -> &str {
        match self {
            Self::Keep { form, .. } => form,
            Self::Drop { form, .. } => form,
        }
    }
}

/// The pages before a ledger is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The three ways to begin.
    Choices,
    /// Start a village.
    NewVillage,
    /// Start the ledger of a township or county.
    NewOffice,
    /// Open a copy.
    OpenCopy,
    /// Unlock the ledger that is here.
    Unlock,
    /// Put a backup in the place of the ledger that is here.
    Restore,
}

/// What can be open at the side of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideKind {
    /// The sheet of keys.
    Keys,
    /// What was done on a day.
    Day,
    /// The help.
    Help,
    /// The settings of this computer.
    Settings,
}

impl SideKind {
    /// Tells them apart where the toolkit remembers something.
    pub fn code(self) -> u8 {
        match self {
            Self::Keys => 0,
            Self::Help => 1,
            Self::Settings => 2,
            Self::Day => 3,
        }
    }
}

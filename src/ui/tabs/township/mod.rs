//! The tabs of an office: 各村, 收文件 and 邀请, and its pages of 上报备份. What one of them begins is said on all of them.

mod escrow;
mod members;
mod shelf;
mod statistics;
mod twins;
mod village_card;
mod villages;

use std::path::PathBuf;

use eframe::egui::Ui;

use crate::desk::hand_up::{Came, HandUpWish, begin, has_ending};
use crate::desk::{Answer, Desk};
use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ledger::township::MemberRow;
use crate::ledger::township::receive::Received;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::widgets::basic;
use crate::ui::widgets::told::Told;
use crate::words::Words;
use escrow::EscrowPage;
use members::MembersPage;
use shelf::ShelfPage;
use statistics::StatisticsPage;
use twins::TwinsPage;
use villages::VillagesPage;

/// A page of an office's 上报备份.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficePage {
    /// Counts for whoever works with statistics.
    Statistics,
    /// A village's key, opened by two persons.
    Escrow,
}

/// The tabs, and the pages.
#[derive(Default)]
pub struct TownshipTabs {
    villages: VillagesPage,
    shelf: ShelfPage,
    members: MembersPage,
    twins: TwinsPage,
    statistics: StatisticsPage,
    escrow: EscrowPage,
    work: Option<Answer<Came>>,
    /// Answers that were dropped together: one is taken after the other.
    waiting: Vec<PathBuf>,
    told: Told,
}

impl TownshipTabs {
    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.work.is_some() || !self.waiting.is_empty()
    }

    /// Begins what was wished, unless something is under way.
    pub fn begin(&mut self, desk: &Desk, wish: HandUpWish, stamp: Stamp) {
        if self.work.is_some() {
            return;
        }
        self.told.clear();
        self.work = Some(begin(desk, wish, stamp));
    }

    /// Files were dropped: answers are taken, everything else is put on the shelf and looked at.
    pub fn dropped(&mut self, files: Vec<PathBuf>, desk: &Desk, stamp: Stamp) {
        let (answers, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| has_ending(file, "xla"));
        self.waiting.extend(answers);
        self.shelf.put(others);
        if let Some(answer) = self.waiting.pop() {
            self.begin(desk, HandUpWish::Enrol(answer), stamp);
        }
    }

    /// Fills the form of an invite for somebody who was invited before.
    pub fn invite_again(&mut self, member: &MemberRow) {
        self.members.fill(member);
    }

    /// Takes what arrived; the revision of the ledger where something was written down. `known` is the one before.
    pub fn arrive(&mut self, words: &Words, known: i64) -> Option<i64> {
        let result = self.work.as_ref().and_then(Answer::take)?;
        self.work = None;
        let revision = result.as_ref().ok().and_then(Came::revision);
        let at = revision.unwrap_or(known);
        let said = match result {
            Ok(Came::Received(received)) => {
                let words = received_words(words, &received);
                self.shelf.taken(at, received.files);
                Ok(words)
            }
            Ok(Came::EscrowAnswered(answered)) => {
                self.escrow.answered(answered);
                return revision;
            }
            Ok(came) => {
                self.members.done(&came);
                Ok(came_words(words, &came))
            }
            Err(error) => Err(words.of(&error)),
        };
        self.told.tell(at, said);
        revision
    }

    /// Opens a page of 上报备份.
    pub fn open(&mut self, page: OfficePage, words: &Words) {
        match page {
            OfficePage::Statistics => self.statistics.open(words),
            OfficePage::Escrow => self.escrow.open(),
        }
    }

    /// Draws the page of 上报备份 that is open; whether one is.
    pub fn page_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let Self { statistics, escrow, work, waiting, told, .. } = self;
        let told = |ui: &mut Ui, cx: &mut Cx<'_>| said_ui(ui, cx, work.as_ref(), waiting, told);
        if statistics.is_open() {
            statistics.ui(ui, cx, told);
        } else if escrow.is_open() {
            escrow.ui(ui, cx, told);
        } else {
            return false;
        }
        true
    }

    /// Draws 各村.
    pub fn villages_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.head_ui(ui, cx);
        if self.twins.is_open() {
            self.twins.ui(ui, cx);
        } else {
            self.villages.ui(ui, cx, &mut self.twins);
        }
    }

    /// Draws 收文件.
    pub fn shelf_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.head_ui(ui, cx);
        self.shelf.ui(ui, cx);
    }

    /// Draws 邀请.
    pub fn members_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.head_ui(ui, cx);
        self.members.ui(ui, cx);
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        said_ui(ui, cx, self.work.as_ref(), &mut self.waiting, &mut self.told);
    }
}

/// What came of the last work, and how far the one under way is; meanwhile nothing else can be begun.
fn said_ui(ui: &mut Ui, cx: &mut Cx<'_>, work: Option<&Answer<Came>>, waiting: &mut Vec<PathBuf>, told: &mut Told) {
    told.ui(ui, cx);
    if let Some(answer) = work {
        if basic::progress_line(ui, cx, &cx.t("month-working"), answer.progress()) {
            answer.cancel();
        }
        ui.disable();
    } else if let Some(answer) = waiting.pop() {
        cx.push(Action::HandUp(HandUpWish::Enrol(answer)));
    }
}

/// What was done, and what to do next.
fn came_words(words: &Words, came: &Came) -> String {
    match came {
        Came::Invited(invited) => {
            words.say(&Message::new("cli-invited").text("path", invited.path.display().to_string()))
        }
        Came::Member(enrolled) => words.say(
            &Message::new("cli-enrolled-member")
                .text("name", enrolled.member.name.clone())
                .text("fingerprint", enrolled.fingerprint.clone()),
        ),
        Came::Confirmed(_) => words.text("cli-confirmed"),
        Came::Received(received) => received_words(words, received),
        Came::Statistics(written) => words.say(
            &Message::new("statistics-written")
                .text("path", written.folder.display().to_string())
                .number("files", written.files)
                .number("rows", written.rows.len())
                .number("hidden", written.rows.iter().filter(|row| row.suppressed).count()),
        ),
        // Its code is shown on the page; the rest is said where the office above is spoken of.
        Came::EscrowAnswered(_)
        | Came::Office(_)
        | Came::Written(_)
        | Came::Receipt(_)
        | Came::Left(_)
        | Came::DateIsRight => words.text("ui-nothing-changed"),
    }
}

fn received_words(words: &Words, received: &Received) -> String {
    let taken = received.files.iter().filter(|file| file.state.is_read()).count();
    let folder = received.receipts.first().and_then(|path| path.parent());
    let mut said = words.say(
        &Message::new("shelf-taken")
            .number("files", taken)
            .number("receipts", received.receipts.len())
            .text("folder", folder.map(|folder| folder.display().to_string()).unwrap_or_default()),
    );
    if !received.no_receipt.is_empty() {
        let more = Message::new("township-no-receipt").number("count", received.no_receipt.len());
        said.push_str(&words.say(&more));
    }
    said
}

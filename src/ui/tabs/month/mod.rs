//! 每月上报: the township's invite is answered once; then each month what would leave is looked at, sealed into one file on a
//! stick, and the receipt read when the stick comes back. A page of 上报备份.

mod files;
pub(in crate::ui) mod office;
mod preview;

use std::path::Path;
use std::sync::Arc;

use eframe::egui::{Frame, Margin, Panel, ScrollArea, Ui};

use crate::desk::hand_up::{Came, HandUpWish, begin, has_ending};
use crate::desk::{Answer, Desk};
use crate::domain::area_code::Level;
use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ledger::error::LedgerError;
use crate::ledger::hand_up::HandUpOverview;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button_if, page_button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::path_field::{PathField, Wanted};
use crate::ui::widgets::told::Told;
use crate::words::Words;
use files::FilesCard;
use preview::PreviewPane;

/// Why the date may be wrong: nothing leaves before somebody looked at a calendar.
const DATE_DOUBTS: [&str; 2] = ["hand-up-clock", "date-far-ahead"];

/// The width of the cards beside the preview, in points.
const CARDS: f32 = 420.0;

/// Which half is shown where there is room for one.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Side {
    /// What leaves and what stays.
    #[default]
    Content,
    /// The stick, the files, the receipt and the office.
    Stick,
}

/// The page.
#[derive(Default)]
pub struct MonthPage {
    level: Level,
    is_open: bool,
    overview: Cached<i64, HandUpOverview>,
    invite: PathField,
    preview: PreviewPane,
    folder: PathField,
    files: FilesCard,
    side: Side,
    work: Option<Answer<Came>>,
    told: Told,
}

/// What the office above is called by whom a ledger of this level is kept.
pub fn above_word(level: Level) -> &'static str {
    match level {
        Level::Village => "above-township",
        Level::Township | Level::County => "above-county",
    }
}

/// What a file that was dropped onto a village's window wishes; none for what is no file of the hand-up.
pub fn wish_of(file: &Path) -> Option<HandUpWish> {
    if has_ending(file, "xlr") {
        return Some(HandUpWish::TakeReceipt(file.to_owned()));
    }
    // A file of the township's side is told so by the ledger.
    let is_one = ["xli", "xla", "xlb"].iter().any(|ending| has_ending(file, ending));
    is_one.then(|| HandUpWish::Enrol(file.to_owned()))
}

impl MonthPage {
    /// The page of a ledger of this level.
    pub fn of(level: Level) -> Self {
        Self { level, preview: PreviewPane::of(level), files: FilesCard::of(level), ..Self::default() }
    }

    /// A sentence that speaks of the office above.
    fn say(&self, cx: &Cx<'_>, key: &'static str) -> String {
        cx.say(&Message::new(key).word("above", above_word(self.level)))
    }

    /// Whether the page is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// Begins what was wished, unless something is under way.
    pub fn begin(&mut self, desk: &Desk, wish: HandUpWish, stamp: Stamp) {
        if self.work.is_some() {
            return;
        }
        self.told.clear();
        // The stick on which the invite came is the one on which the file goes back.
        if let (HandUpWish::Enrol(file), None) = (&wish, self.folder.path())
            && let Some(folder) = file.parent()
        {
            self.folder.set(folder);
        }
        self.work = Some(begin(desk, wish, stamp));
    }

    /// Takes what arrived; the revision of the ledger where something was written down. `known` is the one before.
    pub fn arrive(&mut self, words: &Words, known: i64) -> Option<i64> {
        let result = self.work.as_ref().and_then(Answer::take)?;
        self.work = None;
        let revision = result.as_ref().ok().and_then(Came::revision);
        let is_date = matches!(&result, Ok(Came::DateIsRight));
        let said =
            result.map(|came| came_words(words, &came, self.level)).map_err(|error: LedgerError| words.of(&error));
        if is_date {
            // What would leave is looked at anew.
            self.preview = PreviewPane::of(self.level);
        } else if said.is_ok() {
            // There stand the number to be compared, and what became of the file.
            self.side = Side::Stick;
            self.invite.clear();
            self.files.taken();
        }
        self.told.tell(revision.unwrap_or(known), said);
        revision
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ArrowLeft, &cx.t("ui-back")).clicked() {
                self.is_open = false;
            }
            basic::head(ui, cx.t("month-title"));
        });
        self.told.ui(ui, cx);
        if let Some(answer) = &self.work {
            if basic::progress(ui, cx, &cx.t("month-working"), answer.progress()) {
                answer.cancel();
            }
            return;
        }
        let overview = self.overview.get(cx.desk, cx.revision, |view| view.hand_up_overview()).cloned();
        if let Some(message) = self.overview.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        match overview {
            Some(overview) if overview.office.is_some() => self.enrolled_ui(ui, cx, &overview),
            Some(_) => self.teach_ui(ui, cx),
            None => {}
        }
    }

    /// Before the township's invite was opened: what this is, and where it begins.
    fn teach_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let (title, words) = (self.say(cx, "month-teach"), self.say(cx, "month-teach-words"));
            empty(ui, Icon::MailOpen, &title, &words, |ui| {
                ui.with_layout(eframe::egui::Layout::top_down(eframe::egui::Align::Min), |ui| self.invite_ui(ui, cx));
            });
        });
    }

    /// The field for an invite, and the button that opens it.
    fn invite_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let label = match self.level {
            Level::Village => "month-invite-file",
            Level::Township | Level::County => "month-invite-file-county",
        };
        let settled = self.invite.ui(ui, cx, label, Wanted::HandUp("xli"));
        let first = cx.t("ui-fill-in-first");
        let file = self.invite.path();
        let ready = if file.is_some() { Ok(()) } else { Err(first.as_str()) };
        let pressed = main_button_if(ui, ready, Icon::MailOpen, &cx.t("month-open-invite"));
        if let Some(file) = file.filter(|_| pressed || settled) {
            cx.push(Action::HandUp(HandUpWish::Enrol(file)));
        }
    }

    fn enrolled_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, overview: &Arc<HandUpOverview>) {
        if ui.available_width() < theme::NARROW {
            return self.narrow_ui(ui, cx, overview);
        }
        Panel::right("month-cards")
            .exact_size(CARDS)
            .frame(Frame::new().inner_margin(Margin { left: 12, ..Margin::ZERO }))
            .show_separator_line(false)
            .resizable(false)
            .show(ui, |ui| {
                ScrollArea::vertical()
                    .id_salt("month-cards")
                    .auto_shrink(false)
                    .show(ui, |ui| self.cards_ui(ui, cx, overview));
            });
        self.preview.ui(ui, cx);
    }

    /// Where there is no room beside each other, what leaves and the cards are a page each: a table within a page that
    /// scrolls would hold the wheel.
    fn narrow_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, overview: &Arc<HandUpOverview>) {
        ui.horizontal_wrapped(|ui| {
            for (side, glyph, words) in
                [(Side::Content, Icon::Eye, "month-side-content"), (Side::Stick, Icon::Usb, "month-side-stick")]
            {
                if page_button(ui, (glyph, &cx.t(words)), self.side == side, basic::Words::All) {
                    self.side = side;
                }
            }
        });
        match self.side {
            Side::Content => self.preview.ui(ui, cx),
            Side::Stick => {
                let area = ScrollArea::vertical().id_salt("month-cards").auto_shrink(false);
                area.show(ui, |ui| self.cards_ui(ui, cx, overview));
            }
        }
    }

    fn cards_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, overview: &HandUpOverview) {
        // Until the township has taken a first file, the number is still to be compared.
        let is_new = overview.files.iter().all(|file| file.accepted_on.is_none());
        if is_new {
            card(ui, |ui| self.office_ui(ui, cx, overview));
        }
        card(ui, |ui| self.write_ui(ui, cx));
        card(ui, |ui| self.files.ui(ui, cx, overview));
        if !is_new {
            card(ui, |ui| self.office_ui(ui, cx, overview));
        }
    }

    fn office_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, overview: &HandUpOverview) {
        office::ui(ui, cx, overview, self.level);
        basic::fold(ui, &self.say(cx, "month-invite-again")).show(ui, |ui| {
            basic::hint(ui, self.say(cx, "month-invite-again-words"));
            self.invite_ui(ui, cx);
            basic::hint(ui, self.say(cx, "month-leave-words"));
            if button(ui, Icon::Unlink, &cx.t("month-leave")).clicked() {
                cx.push(Action::HandUp(HandUpWish::LeaveOffice));
            }
        });
    }

    fn write_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        basic::head(ui, cx.t("month-write-title"));
        self.folder.ui(ui, cx, "month-folder", Wanted::Folder);
        let folder = self.folder.path();
        let first = cx.t("ui-fill-in-first");
        let failure = self.preview.failure().map(|message| cx.say(message));
        let unseen = cx.t("month-look-first");
        let is_unseen = !self.preview.is_looked_at(cx);
        let ready = match (&folder, &failure) {
            (_, Some(words)) => Err(words.as_str()),
            _ if is_unseen => Err(unseen.as_str()),
            (None, _) => Err(first.as_str()),
            (Some(_), None) => Ok(()),
        };
        let doubts_date = self.preview.failure().is_some_and(|message| DATE_DOUBTS.contains(&message.key.as_ref()));
        if doubts_date {
            basic::wrong(ui, failure.as_deref().unwrap_or_default());
            let today = cx.say(&Message::new("month-date-check").date("today", cx.today));
            if button(ui, Icon::CalendarCheck, &today).clicked() {
                cx.push(Action::HandUp(HandUpWish::DateIsRight));
            }
        }
        if main_button_if(ui, ready, Icon::Usb, &cx.t("month-write"))
            && let Some(folder) = folder
        {
            cx.push(Action::HandUp(HandUpWish::Write(folder)));
        }
        basic::hint(ui, if is_unseen { unseen } else { self.say(cx, "month-write-hint") });
    }
}

fn card(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        content(ui);
    });
}

/// What was done, and what to do next.
fn came_words(words: &Words, came: &Came, level: Level) -> String {
    let above = above_word(level);
    match came {
        Came::Office(enrolled) => words.say(
            &Message::new("month-enrolled")
                .word("above", above)
                .text("name", enrolled.office.office.name.clone())
                .text("path", enrolled.answer.display().to_string()),
        ),
        Came::Written(handed) => words.say(
            &Message::new("month-written")
                .word("above", above)
                .number("number", handed.number)
                .number("rows", handed.preview.gathered.len())
                .text("path", handed.path.display().to_string()),
        ),
        Came::Receipt(receipt) => words.of(&receipt.file),
        Came::Left(_) => words.text("cli-left-office"),
        Came::DateIsRight => words.text("month-date-is-right"),
        // Of the office's side.
        _ => words.text("ui-nothing-changed"),
    }
}

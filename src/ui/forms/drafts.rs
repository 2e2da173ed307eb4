//! The form that is open, and the drafts of those that are not finished: kept within two seconds while one types,
//! offered again after a restart, gone once saved or thrown away.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Days, FixedOffset};
use eframe::egui::{self, Frame, Label, Margin, Panel, ScrollArea, Ui};

use super::{Fill, Focus, Wish};
use crate::desk::{Answer, Desk};
use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ledger::drafts::Draft;
use crate::ledger::view::View;
use crate::ui::action::{Action, DraftStep};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::{self, Shortcut};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, icon_button, main_button_if};
use crate::ui::widgets::person::short_date;

/// A change is written down after so many seconds, however long one goes on typing.
const KEEP_AFTER: f64 = 1.0;
/// Room for the strip's buttons, in points.
const BUTTONS: f32 = 230.0;

/// The form that is open.
struct Open {
    wish: Wish,
    fill: Box<dyn Fill>,
    focus: Focus,
    /// Handed over and not answered yet.
    sent: Sent,
    refused: Option<Message>,
    /// What it began with, once the ledger's values were in it.
    began: Option<String>,
    /// What the ledger has kept of it.
    kept: String,
    due: Option<f64>,
    /// When the draft was kept that it goes on from.
    resumed: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    No,
    Yes,
}

/// The forms of the tab.
#[derive(Default)]
pub struct Forms {
    open: Option<Open>,
    drafts: Cached<u64, Vec<Draft>>,
    /// How often drafts were written: they are no step of the ledger.
    written: u64,
    writing: Vec<Answer<()>>,
    /// A form that is wanted once this operation is done.
    after: Option<(&'static str, Wish)>,
    /// The draft about which it was asked whether it may go.
    unwanted: Option<(String, String)>,
}

/// A form was saved.
pub struct Saved {
    /// The uid of the person who was entered, where it was that form.
    pub entered: Option<String>,
}

impl Forms {
    /// Opens a form, with what was typed into it before, if it was never finished. One that is open keeps its draft.
    pub fn open(&mut self, desk: &Desk, stamp: &Stamp, wish: Wish) {
        if self.open.as_ref().is_some_and(|open| open.wish.key() == wish.key()) {
            return;
        }
        self.keep(desk, stamp);
        let (kind, about) = wish.key();
        let drafts = self.drafts.shown().cloned().unwrap_or_default();
        let draft = drafts.iter().find(|draft| draft.form == kind && draft.about == about);
        let resumed = draft.map(|draft| draft.kept_at.clone());
        let fill = wish.form(draft.map(|draft| draft.value.as_str()));
        let (sent, kept) = (Sent::No, String::new());
        self.open =
            Some(Open { wish, fill, focus: Focus::Take, sent, refused: None, began: None, kept, due: None, resumed });
    }

    /// Opens a form once this operation is done; a refusal or another one lets go of it.
    pub fn open_after(&mut self, op: &'static str, wish: Wish) {
        self.after = Some((op, wish));
    }

    /// Whether one is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Keeps what is typed, at once.
    pub fn keep(&mut self, desk: &Desk, stamp: &Stamp) {
        let Some(open) = &mut self.open else { return };
        if let Some(step) = open.unkept() {
            open.kept = open.fill.typed().unwrap_or_default();
            self.draft(desk, stamp, step);
        }
    }

    /// Writes a draft down, or lets go of it.
    pub fn draft(&mut self, desk: &Desk, stamp: &Stamp, step: DraftStep) {
        let stamp = stamp.clone();
        self.writing.push(desk.job(move |ledger, _| match step {
            DraftStep::Keep { form, about, value } => ledger.keep_draft(form, &about, &value, &stamp),
            DraftStep::Drop { form, about } => ledger.drop_draft(&form, &about),
        }));
        self.arrive();
    }

    fn arrive(&mut self) {
        let before = self.writing.len();
        self.writing.retain(|answer| match answer.take() {
            None => true,
            Some(Ok(())) => false,
            Some(Err(error)) => {
                tracing::warn!(%error, "a draft was not written");
                false
            }
        });
        self.written += (before - self.writing.len()) as u64;
    }

    /// Something was done; where it was the form that was sent, it is closed, and the next one opened.
    pub fn done(&mut self, desk: &Desk, stamp: &Stamp, op: Option<&str>, about: &str) -> Option<Saved> {
        let after = self.after.take();
        let is_mine = |open: &Open| open.sent == Sent::Yes && op.is_none_or(|op| ops(&open.wish).contains(&op));
        let open = self.open.take_if(|open| is_mine(open));
        let mut saved = None;
        if let Some(open) = open {
            let (form, of) = open.wish.key();
            let (form, of) = (form.to_owned(), of.to_owned());
            self.draft(desk, stamp, DraftStep::Drop { form, about: of });
            let is_new = op == Some("add-resident") && matches!(open.wish, Wish::Add { .. });
            saved = Some(Saved { entered: is_new.then(|| about.to_owned()) });
            if let Some(next) = open.fill.then().filter(|_| op.is_some()) {
                self.open(desk, stamp, next);
            }
        }
        if let Some((_, wish)) = after.filter(|(wanted, _)| op == Some(*wanted)) {
            self.open(desk, stamp, wish);
        }
        saved
    }

    /// It was refused: the reason is said in the form, which can be mended and sent again.
    pub fn refused(&mut self, reason: &Message) {
        self.after = None;
        if let Some(open) = self.open.as_mut().filter(|open| open.sent == Sent::Yes) {
            open.sent = Sent::No;
            open.refused = Some(reason.clone());
        }
    }

    /// Draws the form that is open. Ctrl+Enter and Ctrl+S save, Escape closes.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(open) = &mut self.open else { return };
        let mut close = open.frame_ui(ui, cx);
        close |= keys::pressed_on_page(ui, cx, Shortcut::Close);
        open.keep(ui, cx);
        if close {
            if let Some(step) = open.unkept() {
                cx.push(Action::Draft(step));
            }
            self.open = None;
        }
    }

    /// Whether there is a draft to offer.
    fn drafts(&mut self, cx: &Cx<'_>) -> Option<Arc<Vec<Draft>>> {
        self.arrive();
        self.drafts.get(cx.desk, self.written, View::drafts).cloned()
    }

    /// The strip that offers what was not finished, the latest first.
    pub fn strip_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(drafts) = self.drafts(cx) else { return };
        let open = self.open.as_ref().map(|open| open.wish.key());
        let is_other = |draft: &&Draft| open != Some((draft.form.as_str(), draft.about.as_str()));
        let rest: Vec<(Wish, &Draft)> = drafts
            .iter()
            .filter(is_other)
            .filter_map(|draft| Some((Wish::of_draft(&draft.form, &draft.about)?, draft)))
            .collect();
        let Some((wish, draft)) = rest.first() else { return };
        let message = Message::new("form-drafts").number("count", rest.len()).word("form", wish.title());
        let message = message.text("label", label(&draft.value)).text("when", when_words(cx, &draft.kept_at));
        let key = (draft.form.clone(), draft.about.clone());
        let asked = self.unwanted.as_ref() == Some(&key);
        let sure = Message::new("form-drop-sure");
        theme::note(theme::of(ui).ask_pale).inner_margin(Margin::symmetric(8, 0)).show(ui, |ui| {
            ui.horizontal(|ui| {
                let room = (ui.available_width() - BUTTONS).max(80.0);
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    ui.add(Label::new(cx.say(if asked { &sure } else { &message })).truncate());
                });
                if asked {
                    if button(ui, Icon::Trash2, &cx.t("form-drop-yes")).clicked() {
                        let (form, about) = key.clone();
                        cx.push(Action::Draft(DraftStep::Drop { form, about }));
                        self.unwanted = None;
                    }
                    if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
                        self.unwanted = None;
                    }
                    return;
                }
                if button(ui, Icon::PencilLine, &cx.t("form-go-on")).clicked() {
                    cx.push(Action::Form(wish.clone()));
                }
                if button(ui, Icon::Trash2, &cx.t("form-drop")).clicked() {
                    self.unwanted = Some(key);
                }
            });
        });
    }
}

impl Open {
    /// What is typed and not kept yet; or that it is as it was, and no draft is needed.
    fn unkept(&self) -> Option<DraftStep> {
        let typed = self.fill.typed()?;
        let began = self.began.as_ref()?;
        let (form, about) = self.wish.key();
        if typed == self.kept || self.sent == Sent::Yes {
            return None;
        }
        if typed == *began {
            return Some(DraftStep::Drop { form: form.to_owned(), about: about.to_owned() });
        }
        Some(DraftStep::Keep { form, about: about.to_owned(), value: typed })
    }

    fn keep(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let happened = ui.input(|input| !input.events.is_empty());
        if self.began.is_none() {
            let Some(typed) = self.fill.typed() else { return };
            // A draft that is gone on with differs from what the ledger has.
            self.began = Some(if self.resumed.is_some() { String::new() } else { typed.clone() });
            self.kept = typed;
        } else if (happened || self.due.is_some())
            && let Some(step) = self.unkept()
        {
            let now = ui.input(|input| input.time);
            let due = *self.due.get_or_insert(now + KEEP_AFTER);
            if now < due {
                return ui.ctx().request_repaint_after(Duration::from_secs_f64(due - now));
            }
            if let Some(typed) = self.fill.typed() {
                self.kept = typed;
            }
            cx.push(Action::Draft(step));
        }
        self.due = None;
    }

    /// True where it is to be closed.
    fn frame_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let save = keys::pressed(ui, Shortcut::Save);
        let frame = Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO });
        let panel = Panel::bottom("form-buttons").frame(frame).resizable(false);
        let mut close = panel.show(ui, |ui| self.buttons_ui(ui, cx, save)).inner;
        ScrollArea::vertical().id_salt("form").auto_shrink(false).show(ui, |ui| {
            ui.horizontal(|ui| {
                basic::head(ui, cx.t(self.wish.title()));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    close |= icon_button(ui, Icon::X, &cx.t("ui-close-card")).clicked();
                });
            });
            self.notes_ui(ui, cx);
            if let Some(failure) = self.fill.failure() {
                return basic::wrong(ui, &cx.say(failure));
            }
            self.fill.ui(ui, cx, self.focus);
            if self.fill.typed().is_some() {
                self.focus = Focus::Leave;
            }
        });
        close
    }

    fn notes_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if let Some(reason) = &self.refused {
            basic::wrong(ui, &cx.say(reason));
        }
        let Some(kept_at) = &self.resumed else { return };
        let words = cx.say(&Message::new("form-resumed").text("when", when_words(cx, kept_at)));
        let mut anew = false;
        ui.horizontal_wrapped(|ui| {
            basic::hint(ui, words);
            anew = basic::link(ui, &cx.t("form-anew")).clicked();
        });
        if anew {
            // What was typed stays in the draft until something else is.
            (self.fill, self.began, self.resumed) = (self.wish.form(None), None, None);
            self.focus = Focus::Take;
        }
    }

    fn buttons_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, save: bool) -> bool {
        let mut close = false;
        ui.horizontal_wrapped(|ui| {
            let ready = self.sent == Sent::No && self.fill.is_ready(cx);
            let (glyph, key) = self.fill.save();
            let why = cx.t("ui-fill-in-first");
            let pressed = main_button_if(ui, if ready { Ok(()) } else { Err(why.as_str()) }, glyph, &cx.t(key));
            if ready
                && (pressed || save)
                && let Some(command) = self.fill.command(cx)
            {
                cx.push(Action::Run(command));
                (self.sent, self.refused) = (Sent::Yes, None);
            }
            close = button(ui, Icon::X, &cx.t("ui-close")).clicked();
            basic::hint(ui, cx.t("form-keys"));
        });
        close
    }
}

/// The operations that a form's command may be called.
fn ops(wish: &Wish) -> &'static [&'static str] {
    match wish {
        Wish::Add { .. } | Wish::AddTo { .. } | Wish::Newborn { .. } => &["add-resident"],
        Wish::Edit { .. } => &["edit-resident"],
        Wish::Move { .. } | Wish::Split { .. } => &["move", "split-household"],
        Wish::Join { .. } => &["join-households"],
        Wish::Head { .. } => &["relations"],
        Wish::Household { .. } => &["edit-household"],
        Wish::Group { .. } => &["rename-group"],
    }
}

/// Whom a draft is about.
fn label(value: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(value).ok();
    let label = value.as_ref().and_then(|value| value.get("label")).and_then(serde_json::Value::as_str);
    label.unwrap_or_default().chars().take(20).collect()
}

/// 今天 16:20, 昨天 16:20, 11月20日 16:20.
fn when_words(cx: &Cx<'_>, at: &str) -> String {
    let Ok(at) = at.parse::<DateTime<FixedOffset>>() else { return String::new() };
    let (day, time) = (at.date_naive(), at.format("%H:%M").to_string());
    let message = if day == cx.today {
        Message::new("form-when-today")
    } else if day.checked_add_days(Days::new(1)) == Some(cx.today) {
        Message::new("form-when-yesterday")
    } else {
        Message::new("form-when").text("day", short_date(cx, day))
    };
    cx.say(&message.text("time", time))
}

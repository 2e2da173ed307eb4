//! The form that is open, and the drafts of those that are not finished: kept within two seconds while one types,
//! offered again after a restart, gone once saved or thrown away.

use std::time::Duration;

use chrono::{DateTime, Days, FixedOffset};
use eframe::egui::{self, Event, Frame, Label, Margin, Panel, ScrollArea, Ui};

use super::keeper::{Keeper, Key, Written};
use super::{Fill, Focus, Wish};
use crate::desk::Desk;
use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::ledger::drafts::Draft;
use crate::ui::action::{Action, DraftStep, Sender};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::{self, Shortcut};
use crate::ui::search;
use crate::ui::tabs::Tab;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, icon_button, main_button_if};
use crate::ui::widgets::focus;
use crate::ui::widgets::person::short_date;

/// A change is written down after so many seconds, however long one goes on typing.
const KEEP_AFTER: f64 = 1.0;
/// Room for the strip's buttons, in points.
const BUTTONS: f32 = 230.0;

/// The form that is open.
struct Open {
    /// Tells it apart from every other that was opened.
    number: u64,
    wish: Wish,
    fill: Box<dyn Fill>,
    focus: Focus,
    /// Handed over and not answered yet.
    sent: Sent,
    refused: Option<Message>,
    /// What it began with, once the ledger's values were in it.
    began: Option<String>,
    /// What was last handed over to be kept; none where that is not known.
    kept: Option<String>,
    due: Option<f64>,
    /// When the draft was kept that it goes on from.
    resumed: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    No,
    Yes,
}

/// The forms of a tab.
pub struct Forms {
    /// Drafts of the others are offered there.
    tab: Tab,
    open: Option<Open>,
    keeper: Keeper,
    /// How many were opened.
    opened: u64,
    /// Opened as soon as it is known whether there is a draft of it.
    wanted: Option<Wish>,
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

impl Default for Forms {
    fn default() -> Self {
        Self::of(Tab::Residents)
    }
}

impl Forms {
    /// Those of a tab, none of them open.
    pub fn of(tab: Tab) -> Self {
        let (open, keeper, opened, wanted, after, unwanted) = Default::default();
        Self { tab, open, keeper, opened, wanted, after, unwanted }
    }

    /// Opens a form, with what was typed into it before, if it was never finished. One that is open keeps its draft.
    pub fn open(&mut self, desk: &Desk, stamp: &Stamp, wish: Wish) {
        if self.open.as_ref().is_some_and(|open| open.wish.key() == wish.key()) {
            return;
        }
        self.keep(desk, stamp);
        self.keeper.ask(desk);
        self.wanted = Some(wish);
        self.open_wanted();
    }

    /// Never before the drafts are known: an empty form would take the place of what was kept.
    fn open_wanted(&mut self) {
        if self.keeper.known().is_none() {
            return;
        }
        let Some(wish) = self.wanted.take() else { return };
        let draft = self.keeper.find(&owned(&wish));
        let resumed = draft.map(|draft| draft.kept_at.clone());
        let fill = wish.form(draft.map(|draft| draft.value.as_str()));
        self.opened += 1;
        let (number, sent) = (self.opened, Sent::No);
        let (refused, began, kept, due) = Default::default();
        self.open = Some(Open { number, wish, fill, focus: Focus::Take, sent, refused, began, kept, due, resumed });
    }

    /// What arrived since the last frame; called in every frame, wherever one is.
    pub fn follow(&mut self, ui: &Ui, desk: &Desk) {
        self.keeper.follow(ui, desk);
        self.open_wanted();
    }

    /// Opens a form once this operation is done; a refusal or another one lets go of it.
    pub fn open_after(&mut self, op: &'static str, wish: Wish) {
        self.after = Some((op, wish));
    }

    /// Whether the open form corrects what is known of this person.
    pub fn is_about(&self, uid: &str) -> bool {
        self.open.as_ref().is_some_and(|open| matches!(&open.wish, Wish::Edit { resident, .. } if resident == uid))
    }

    /// Whether one is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Keeps what is typed, at once.
    pub fn keep(&mut self, desk: &Desk, stamp: &Stamp) {
        let Some(open) = &mut self.open else { return };
        if let Some(step) = open.unkept() {
            open.kept = open.fill.typed();
            self.draft(desk, stamp, step);
        }
    }

    /// Keeps what is typed before the ledger is put away.
    pub fn keep_all(&mut self, desk: &Desk, stamp: &Stamp) {
        self.keep(desk, stamp);
        self.keeper.flush(desk);
    }

    /// Writes a draft down, or lets go of it.
    pub fn draft(&mut self, desk: &Desk, stamp: &Stamp, step: DraftStep) {
        match step {
            DraftStep::Keep { form, about, value } => {
                self.keeper.put(desk, stamp, (form.to_owned(), about), Some(value));
            }
            DraftStep::Drop { form, about } => self.keeper.put(desk, stamp, (form, about), None),
        }
    }

    /// Something was done; where it was the form that was sent, it is closed, and the next one opened.
    pub fn done(
        &mut self,
        desk: &Desk,
        stamp: &Stamp,
        sender: &Sender,
        (op, about): (Option<&str>, &str),
    ) -> Option<Saved> {
        let after = self.after.take();
        let mut saved = None;
        if let Sender::Form { number, form, about: of } = sender {
            self.keeper.saved(&((*form).to_owned(), of.clone()));
            let open = self.open.take_if(|open| open.is_sent(*number, form));
            let is_add = |open: &Open| matches!(open.wish, Wish::Add { .. });
            let is_new = op == Some("add-resident") && open.as_ref().is_some_and(is_add);
            saved = Some(Saved { entered: is_new.then(|| about.to_owned()) });
            if let Some(next) = open.filter(|_| op.is_some()).and_then(|open| open.fill.then()) {
                self.open(desk, stamp, next);
            }
        }
        if let Some((_, wish)) = after.filter(|(wanted, _)| op == Some(*wanted)) {
            self.open(desk, stamp, wish);
        }
        saved
    }

    /// It was refused: where it was the form that was sent, the reason is said in it, and it can be mended and sent
    /// again.
    pub fn refused(&mut self, sender: &Sender, reason: &Message) {
        self.after = None;
        let Sender::Form { number, form, .. } = sender else { return };
        if let Some(open) = self.open.as_mut().filter(|open| open.is_sent(*number, form)) {
            open.sent = Sent::No;
            open.refused = Some(reason.clone());
            // What was typed last may not be kept yet.
            (open.kept, open.due) = (None, Some(0.0));
        }
    }

    /// Draws the form that is open. Ctrl+Enter and Ctrl+S save, Escape closes.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(open) = &mut self.open else { return };
        let key = owned(&open.wish);
        let mut close = open.frame_ui(ui, cx, self.keeper.written(&key));
        if open.sent == Sent::Yes {
            self.keeper.hold(&key);
        }
        close |= keys::pressed_on_page(ui, cx, Shortcut::Close);
        open.keep(ui, cx);
        if close {
            if let Some(step) = open.unkept() {
                cx.push(Action::Draft(step));
            }
            self.open = None;
        }
    }

    /// The strip that offers what was not finished, the latest first.
    pub fn strip_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(drafts) = self.keeper.known() else { return };
        let open = self.open.as_ref().map(|open| owned(&open.wish));
        let is_open = |draft: &Draft| open.as_ref().is_some_and(|open| open.0 == draft.form && open.1 == draft.about);
        let is_other = |draft: &&Draft| !is_open(draft);
        let rest: Vec<(Wish, &Draft)> = drafts
            .iter()
            .filter(is_other)
            .filter(|draft| Wish::tab_of(&draft.form) == self.tab)
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
    /// Whether it is the form that a change came from: every tab counts its own.
    fn is_sent(&self, number: u64, form: &str) -> bool {
        self.number == number && self.wish.key().0 == form
    }

    /// What is typed and not kept yet; or that it is as it was, and no draft is needed.
    fn unkept(&self) -> Option<DraftStep> {
        let typed = self.fill.typed()?;
        let began = self.began.as_ref()?;
        let (form, about) = self.wish.key();
        if self.kept.as_ref() == Some(&typed) || self.sent == Sent::Yes {
            return None;
        }
        if typed == *began {
            return Some(DraftStep::Drop { form: form.to_owned(), about });
        }
        Some(DraftStep::Keep { form, about, value: typed })
    }

    fn keep(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        // Writing the whole form out costs something, and a pointer that only moves changes nothing.
        let changes = |event: &Event| !matches!(event, Event::PointerMoved(_) | Event::MouseMoved(_));
        let happened = ui.input(|input| input.events.iter().any(changes));
        if self.began.is_none() {
            let Some(typed) = self.fill.typed() else { return };
            // A draft that is gone on with differs from what the ledger has.
            self.began = Some(if self.resumed.is_some() { String::new() } else { typed.clone() });
            self.kept = Some(typed);
        } else if (happened || self.due.is_some())
            && let Some(step) = self.unkept()
        {
            let now = ui.input(|input| input.time);
            let due = *self.due.get_or_insert(now + KEEP_AFTER);
            if now < due {
                return ui.ctx().request_repaint_after(Duration::from_secs_f64(due - now));
            }
            self.kept = self.fill.typed();
            cx.push(Action::Draft(step));
        }
        self.due = None;
    }

    /// True where it is to be closed.
    fn frame_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, written: Written) -> bool {
        // Whoever types into the search field does not mean the form.
        let save = !search::has_focus(ui) && keys::pressed(ui, Shortcut::Save);
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
            if written == Written::Late {
                basic::heed(ui, &cx.t("form-not-kept"));
            }
            self.notes_ui(ui, cx);
            if let Some(failure) = self.fill.failure() {
                return basic::wrong(ui, &cx.say(failure));
            }
            self.fill.ui(ui, cx, self.focus);
            if self.focus == Focus::Take && self.fill.typed().is_some() {
                self.focus = Focus::Leave;
            }
            focus::follow(ui);
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
        let missing = self.fill.missing(cx);
        if let Some(missing) = &missing {
            basic::soft(ui, missing.clone());
        }
        ui.horizontal_wrapped(|ui| {
            let ready = self.sent == Sent::No && self.fill.is_ready(cx);
            let (glyph, key) = self.fill.save();
            let why = missing.unwrap_or_else(|| cx.t("ui-fill-in-first"));
            let pressed = main_button_if(ui, if ready { Ok(()) } else { Err(why.as_str()) }, glyph, &cx.t(key));
            if ready
                && (pressed || save)
                && let Some(command) = self.fill.command(cx)
            {
                let (form, about) = self.wish.key();
                cx.push(Action::RunFor(command, Sender::Form { number: self.number, form, about }));
                (self.sent, self.refused) = (Sent::Yes, None);
            }
            close = button(ui, Icon::X, &cx.t("ui-close")).clicked();
            basic::hint(ui, cx.t("form-keys"));
        });
        close
    }
}

/// Under what a form's draft is kept.
fn owned(wish: &Wish) -> Key {
    let (form, about) = wish.key();
    (form.to_owned(), about)
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

//! 签到: the morning at the door. A few letters call somebody, Enter or a digit ticks them, and the field is ready for the
//! next; usable with a queue waiting. One big row a person below.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{Align, ComboBox, Key, Label, Layout, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::domain::campaign::{AppointmentAct, AppointmentState};
use crate::domain::message::Message;
use crate::domain::roll_call::Typed;
use crate::ledger::campaigns::AppointmentRow;
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::residents::ResidentRow;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::focus::take_focus;
use crate::ui::widgets::person::{born_words, group_words, household_words, short_date};

use super::card::appoint;
use super::open::{Shown, run};
use super::strangers::Strangers;

/// Lines that are offered; each has a digit.
const OFFERED: usize = 9;
/// The height of a person's row, and the room for the name.
const ROW: f32 = 46.0;
const NAME: f32 = 150.0;

/// What Enter does with the one who is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Mode {
    /// They came.
    #[default]
    Tick,
    /// They change days with this resident.
    Swap(String),
}

/// The page.
#[derive(Default)]
pub(super) struct DoorPage {
    session: Option<String>,
    typed: String,
    mode: Mode,
    village: Strangers,
    /// The field takes the keys when nothing else has them, and again after each person.
    wants_focus: bool,
    /// The rest is to be noted as missed: asked once.
    is_closing: bool,
}

/// Who may be meant.
enum Meant<'s> {
    /// Expected here, and not ticked yet.
    Here(&'s AppointmentRow),
    /// Of the campaign, and expected elsewhere or nowhere.
    Elsewhere(&'s AppointmentRow),
    /// Of the village, without an appointment.
    Village(&'s ResidentRow),
}

impl Meant<'_> {
    fn person(&self) -> &ResidentRow {
        match self {
            Self::Here(row) | Self::Elsewhere(row) => &row.person,
            Self::Village(row) => row,
        }
    }
}

impl DoorPage {
    /// Draws it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Arc<Shown>) {
        // Whoever types at the door means somebody: the field has the keys whenever nothing else has.
        let is_free = ui.memory(|memory| memory.focused()).is_none() && !eframe::egui::Popup::is_any_open(ui.ctx());
        self.wants_focus |= is_free;
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.typed.clear();
            self.mode = Mode::Tick;
        }
        let Some(at) = self.session_at(shown, cx.today) else {
            basic::soft(ui, cx.t("error-campaign-nothing-ahead"));
            return;
        };
        let on = shown.campaign.sessions[at].edit.on;
        self.head_ui(ui, cx, shown, at);
        if on > cx.today {
            basic::heed(ui, &cx.say(&Message::new("door-ahead").date("on", on)));
        }
        let entered = self.field_ui(ui, cx, shown);
        let village = self.strangers(cx, shown);
        let village = village.as_deref().map_or(&[][..], Vec::as_slice);
        let meant = self.meant(shown, at, village);
        self.meant_ui(ui, cx, shown, (at, &meant), entered);
        self.rows_ui(ui, cx, shown, at);
    }

    fn session_at(&self, shown: &Shown, today: NaiveDate) -> Option<usize> {
        let sessions = &shown.campaign.sessions;
        let chosen = self.session.as_ref().and_then(|uid| sessions.iter().position(|session| session.uid == *uid));
        let next = || sessions.iter().position(|session| session.edit.on >= today);
        chosen.or_else(next).or_else(|| sessions.len().checked_sub(1))
    }

    /// Which session, how many have come, and the end of the morning.
    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, at: usize) {
        let sessions = &shown.campaign.sessions;
        let words = |at: usize| {
            let of = &sessions[at].edit;
            format!("{} {}  {}", short_date(cx, of.on), of.from.format("%-H:%M"), cx.of(&of.kind))
        };
        let rest: Vec<&AppointmentRow> = expected(shown, at).collect();
        ui.horizontal_wrapped(|ui| {
            let name = ui.label(cx.t("column-session-id"));
            let combo = ComboBox::from_id_salt("door").selected_text(words(at)).width(260.0).show_ui(ui, |ui| {
                for (place, session) in sessions.iter().enumerate() {
                    if ui.selectable_label(place == at, words(place)).clicked() {
                        self.session = Some(session.uid.clone());
                        self.wants_focus = true;
                    }
                }
            });
            combo.response.labelled_by(name.id);
            let came = Message::new("door-came").number("came", sessions[at].came).number("rest", rest.len());
            ui.label(RichText::new(cx.say(&came)).text_style(theme::strong_style()));
            if !rest.is_empty()
                && sessions[at].edit.on <= cx.today
                && button(ui, Icon::UserX, &cx.t("door-end")).clicked()
            {
                self.is_closing = true;
            }
        });
        if self.is_closing {
            self.closing_ui(ui, cx, shown, &rest);
        }
    }

    /// Everybody else missed it: asked once, for it is about many.
    fn closing_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, rest: &[&AppointmentRow]) {
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.label(cx.say(&Message::new("door-end-ask").number("count", rest.len())));
            ui.horizontal_wrapped(|ui| {
                if button(ui, Icon::Check, &cx.t("door-end-yes")).clicked() {
                    let people = rest.iter().map(|row| row.person.uid.clone()).collect();
                    let (campaign, act, on) = (shown.campaign.uid.clone(), AppointmentAct::Miss, cx.today);
                    run(cx, CampaignCommand::AppointMany { campaign, people, act, on });
                    self.is_closing = false;
                }
                if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
                    self.is_closing = false;
                }
            });
        });
    }

    /// The field; whether Enter was pressed in it.
    fn field_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown) -> bool {
        let label = match &self.mode {
            Mode::Tick => cx.t("door-who"),
            Mode::Swap(uid) => {
                let name = shown.campaign.of(uid).map(|row| row.person.name.clone()).unwrap_or_default();
                cx.say(&Message::new("door-swap-who").text("name", name))
            }
        };
        let mut entered = false;
        ui.horizontal_wrapped(|ui| {
            let name = ui.label(RichText::new(&label).text_style(theme::strong_style()));
            // With nothing typed there is nothing of the field's own to take back.
            let undo = self.typed.is_empty() && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Z));
            if undo {
                cx.push(Action::Undo);
            }
            let edit = TextEdit::singleline(&mut self.typed)
                .hint_text(cx.t("door-hint"))
                .char_limit(40)
                .desired_width(320.0)
                .margin(eframe::egui::Margin::symmetric(10, 9));
            let response = ui.add(edit).labelled_by(name.id);
            take_focus(&response, &mut self.wants_focus);
            entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            self.wants_focus |= entered;
            if self.mode != Mode::Tick && button(ui, Icon::X, &cx.t("door-swap-stop")).clicked() {
                self.mode = Mode::Tick;
                self.wants_focus = true;
            }
        });
        entered
    }

    /// People of the village who fit, asked for while something is typed.
    fn strangers(&mut self, cx: &Cx<'_>, shown: &Shown) -> Option<Arc<Vec<ResidentRow>>> {
        match self.mode {
            Mode::Tick => self.village.found(cx, shown, Typed::read(&self.typed).call),
            Mode::Swap(_) => None,
        }
    }

    /// Who may be meant: those expected here first, the best fit first.
    fn meant<'s>(&self, shown: &'s Shown, at: usize, village: &'s [ResidentRow]) -> Vec<Meant<'s>> {
        let call = Typed::read(&self.typed).call;
        let rows = shown.campaign.appointments.iter().zip(&shown.called);
        let mut fits: Vec<_> = rows.filter_map(|(row, called)| Some((called.fit(call)?, row))).collect();
        fits.sort_by_key(|(fit, _)| *fit);
        let is_here = |row: &AppointmentRow| row.session == Some(at) && row.state.is_expected();
        let mut found = Vec::new();
        if self.mode == Mode::Tick {
            found.extend(fits.iter().filter(|(_, row)| is_here(row)).map(|(_, row)| Meant::Here(row)));
        }
        let elsewhere = fits.iter().filter(|(_, row)| match self.mode {
            Mode::Tick => !is_here(row) && row.state != AppointmentState::Came,
            Mode::Swap(_) => row.state.is_expected() && row.session != Some(at),
        });
        found.extend(elsewhere.map(|(_, row)| Meant::Elsewhere(row)));
        found.extend(village.iter().map(Meant::Village));
        found.truncate(OFFERED);
        found
    }

    fn meant_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        shown: &Shown,
        (at, meant): (usize, &[Meant<'_>]),
        entered: bool,
    ) {
        let typed = Typed::read(&self.typed);
        if typed.call.is_empty() {
            return;
        }
        // A digit behind the letters chooses at once; without one, Enter takes the first.
        let mut taken = match typed.choice {
            Some(choice) => meant.get(choice - 1),
            None if entered => meant.first(),
            None => None,
        };
        let choices = meant.len();
        theme::note(theme::of(ui).accent_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            if meant.is_empty() {
                basic::soft(ui, cx.t(if self.village.is_waiting() { "door-looking" } else { "door-nobody" }));
            }
            for (place, one) in meant.iter().enumerate() {
                let words = format!("{}  {}", place + 1, meant_words(cx, shown, one));
                let glyph = if self.mode == Mode::Tick { Icon::Check } else { Icon::ArrowLeftRight };
                ui.push_id(place, |ui| {
                    if button(ui, glyph, &words).clicked() {
                        taken = Some(one);
                    }
                });
            }
            if choices > 0 {
                basic::hint(ui, cx.t("door-keys"));
            }
        });
        if let Some(one) = taken {
            self.take(cx, shown, at, one);
        }
    }

    fn take(&mut self, cx: &mut Cx<'_>, shown: &Shown, at: usize, one: &Meant<'_>) {
        let uid = one.person().uid.clone();
        match std::mem::take(&mut self.mode) {
            Mode::Tick => {
                let session = shown.campaign.sessions[at].uid.clone();
                appoint(cx, shown, &uid, (AppointmentAct::Come, Some(session)));
            }
            Mode::Swap(with) => {
                let (campaign, on) = (shown.campaign.uid.clone(), cx.today);
                run(cx, CampaignCommand::Swap { campaign, one: with, other: uid, on });
            }
        }
        self.typed.clear();
        self.wants_focus = true;
    }

    /// One big row a person: those still expected first.
    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, at: usize) {
        let mut rows: Vec<&AppointmentRow> = expected(shown, at).collect();
        let came = |row: &&AppointmentRow| row.session == Some(at) && row.state == AppointmentState::Came;
        rows.extend(shown.campaign.appointments.iter().filter(came));
        if rows.is_empty() {
            basic::soft(ui, cx.t("board-nobody-here"));
            return;
        }
        let may_tick = shown.campaign.sessions[at].edit.on <= cx.today;
        theme::card(ui).inner_margin(6.0).show(ui, |ui| {
            ScrollArea::vertical().id_salt("door-rows").auto_shrink(false).show_rows(
                ui,
                ROW,
                rows.len(),
                |ui, range| {
                    for row in &rows[range] {
                        ui.push_id(&row.uid, |ui| self.row_ui(ui, cx, shown, (at, may_tick), row));
                    }
                },
            );
        });
    }

    fn row_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        shown: &Shown,
        (at, may_tick): (usize, bool),
        row: &AppointmentRow,
    ) {
        let (palette, has_come) = (theme::of(ui), row.state == AppointmentState::Came);
        let size = vec2(ui.available_width(), ROW);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(size);
            let glyph = if has_come { Icon::CircleCheck } else { Icon::Circle };
            ui.label(icon(glyph).size(26.0).color(if has_come { palette.accent } else { palette.ink_soft }));
            let name = RichText::new(&row.person.name).heading();
            let name = if has_come { name.color(palette.ink_soft) } else { name };
            ui.allocate_ui_with_layout(vec2(NAME, ROW), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(NAME);
                ui.add(Label::new(name).truncate());
            });
            ui.label(format!("{} {}", group_words(cx, &row.person.group), household_words(cx, &row.person.household)));
            if let Some(born) = row.person.born() {
                ui.label(born_words(cx, born));
            }
            ui.label(RichText::new(cx.of(&row.state)).small().color(palette.ink_soft));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if has_come {
                    if button(ui, Icon::Undo2, &cx.t("appointment-act-untick")).clicked() {
                        appoint(cx, shown, &row.person.uid, (AppointmentAct::Untick, None));
                    }
                    return;
                }
                if may_tick && button(ui, Icon::Check, &cx.t("appointment-act-come")).clicked() {
                    let session = shown.campaign.sessions[at].uid.clone();
                    appoint(cx, shown, &row.person.uid, (AppointmentAct::Come, Some(session)));
                    self.wants_focus = true;
                }
                if button(ui, Icon::ArrowLeftRight, &cx.t("door-swap")).clicked() {
                    self.mode = Mode::Swap(row.person.uid.clone());
                    self.typed.clear();
                    self.wants_focus = true;
                }
            });
        });
    }
}

/// Who is expected at a session and has not come yet.
fn expected(shown: &Shown, at: usize) -> impl Iterator<Item = &AppointmentRow> {
    shown.campaign.appointments.iter().filter(move |row| row.session == Some(at) && row.state.is_expected())
}

/// Name, where they live, and where they were expected.
fn meant_words(cx: &Cx<'_>, shown: &Shown, one: &Meant<'_>) -> String {
    let person = one.person();
    let home = format!("{} {}", group_words(cx, &person.group), household_words(cx, &person.household));
    let note = match one {
        Meant::Here(_) => String::new(),
        Meant::Elsewhere(row) => match row.session.filter(|_| row.state.is_expected()) {
            Some(at) => cx.say(&Message::new("door-elsewhere").date("on", shown.campaign.sessions[at].edit.on)),
            None => cx.of(&row.state),
        },
        Meant::Village(_) => cx.t("door-unannounced"),
    };
    format!("{}  {home}  {note}", person.name).trim_end().to_owned()
}

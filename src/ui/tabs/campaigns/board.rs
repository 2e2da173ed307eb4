//! 场次: the calendar above, the people of a session below, the card of one of them beside. People are moved by dragging
//! them onto a session or from their card; what speaks against it is shown before anything is written.

use std::sync::Arc;

use eframe::egui::{self, Button, RichText, Sense, Ui};

use crate::domain::campaign::{AppointmentAct, AppointmentState, Word};
use crate::domain::message::Message;
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::campaigns::{AppointmentRow, Booking, Moved, SessionRow};
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::search::Letters;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::beside::{Room, card_beside};
use crate::ui::widgets::child;
use crate::ui::widgets::person::{born_words, group_words, short_date};
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, cell_ui, table};

use super::calendar::{CalendarStrip, Dragged, Span, Told, conflicts, seats_words};
use super::card::{AppointmentCard, Ended};
use super::open::{Shown, run};
use super::strangers::AddByHand;

/// Whose rows stand below the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Whose {
    /// Of the session with this uid; of the next one until one is chosen.
    #[default]
    Next,
    Session(String),
    /// Of those who have no day.
    Waiting,
    /// Of everybody.
    All,
}

/// Somebody who knew of another day is to be moved: what they say is asked first.
struct Asked {
    resident: String,
    session: String,
}

/// The page.
#[derive(Default)]
pub(super) struct BoardPage {
    calendar: CalendarStrip,
    whose: Whose,
    selection: Selection,
    card: AppointmentCard,
    asked: Option<Asked>,
    refused: Option<String>,
    add: AddByHand,
    /// Somebody who is to be added: once they wait, the page shows it and they are selected. Where it was refused, the page
    /// stays, and the next thing that is opened ends it.
    added: Option<String>,
}

impl BoardPage {
    /// Whether a selected row takes the letters.
    pub(super) fn letters(&self) -> Letters {
        self.selection.letters()
    }

    /// Draws it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Arc<Shown>) {
        let campaign = &shown.campaign;
        let is_added = |added: &String| campaign.of(added).is_some_and(|row| row.state == AppointmentState::Waiting);
        if self.added.as_ref().is_some_and(is_added) {
            self.whose = Whose::Waiting;
        }
        let chosen = self.session_at(shown, cx);
        let rows = self.rows(shown, chosen);
        let uid_at = |index: usize| rows.get(index).map(|row| row.person.uid.as_str());
        self.selection.settle(rows.len(), uid_at);
        if let Some(at) = self.added.as_ref().and_then(|added| rows.iter().position(|row| row.person.uid == *added)) {
            self.added = None;
            self.selection.set(at, &rows[at].person.uid);
        }
        // The card beside everything: the days that it offers need the height.
        if self.card_ui(ui, cx, shown, &rows) == Room::Taken {
            return;
        }
        match self.calendar.ui(ui, cx, campaign, chosen) {
            Some(Told::Chosen(at)) => self.open(&campaign.sessions[at]),
            Some(Told::Dropped(resident, at)) => self.dropped(cx, shown, &resident, &campaign.sessions[at]),
            None => {}
        }
        if self.calendar.span == Span::Month {
            return;
        }
        self.asked_ui(ui, cx, shown);
        self.tools_ui(ui, cx, shown, (chosen, &rows));
        if let Some(added) = self.add.field_ui(ui, cx, shown) {
            self.added = Some(added);
        }
        self.selection.keys(ui, cx, rows.len(), uid_at);
        if rows.is_empty() {
            let key = if campaign.appointments.is_empty() { "board-nobody-yet" } else { "board-nobody-here" };
            basic::soft(ui, cx.t(key));
            return;
        }
        self.table_ui(ui, cx, shown, &rows);
    }

    /// The card of the selected person.
    fn card_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Arc<Shown>, rows: &[&AppointmentRow]) -> Room {
        let selected = rows.iter().find(|row| self.selection.uid() == Some(row.person.uid.as_str()));
        let Some(row) = selected.filter(|_| self.calendar.span != Span::Month) else { return Room::Left };
        let mut ended = Ended::Stays;
        let room = card_beside(ui, "appointment-card", theme::NARROW, |ui| {
            // In a small window the card takes the place of the page on which this would be asked.
            if ui.ctx().content_rect().width() < theme::NARROW {
                self.asked_ui(ui, cx, shown);
            }
            ended = self.card.ui(ui, cx, shown, row);
        });
        match ended {
            Ended::Closed => self.selection.clear(),
            Ended::Sent(at) => self.dropped(cx, shown, &row.person.uid, &shown.campaign.sessions[at]),
            Ended::Stays => {}
        }
        room
    }

    /// A session is opened: its week is shown with its people.
    fn open(&mut self, session: &SessionRow) {
        self.whose = Whose::Session(session.uid.clone());
        if self.calendar.span == Span::Month {
            self.calendar.span = Span::Week;
        }
        self.calendar.show(session.edit.on);
        self.selection.clear();
        self.added = None;
        self.refused = None;
    }

    /// The place of the session whose people stand below.
    fn session_at(&self, shown: &Shown, cx: &Cx<'_>) -> Option<usize> {
        let sessions = &shown.campaign.sessions;
        match &self.whose {
            Whose::Session(uid) => sessions.iter().position(|session| session.uid == *uid),
            Whose::Next => {
                let next = sessions.iter().position(|session| session.edit.on >= cx.today);
                next.or_else(|| sessions.len().checked_sub(1))
            }
            Whose::Waiting | Whose::All => None,
        }
    }

    fn rows<'s>(&self, shown: &'s Shown, chosen: Option<usize>) -> Vec<&'s AppointmentRow> {
        let all = shown.campaign.appointments.iter();
        match self.whose {
            Whose::All => all.collect(),
            Whose::Waiting => all.filter(|row| row.state == AppointmentState::Waiting).collect(),
            Whose::Next | Whose::Session(_) => all.filter(|row| chosen.is_some() && row.session == chosen).collect(),
        }
    }

    /// Somebody was dropped on a session, or sent there from their card.
    fn dropped(&mut self, cx: &mut Cx<'_>, shown: &Shown, resident: &str, session: &SessionRow) {
        let Some(row) = shown.campaign.of(resident) else { return };
        self.refused = None;
        if row.session.is_some_and(|at| shown.campaign.sessions[at].uid == session.uid) {
            return;
        }
        let against = conflicts(cx, row, session);
        if let Some(hard) = against.iter().find(|one| one.is_hard()) {
            let why = Message::new("error-session-conflict").text("why", cx.of(hard));
            self.refused = Some(cx.say(&why));
            return;
        }
        let knows = matches!(row.state, AppointmentState::Invited | AppointmentState::Agreed);
        if knows || !against.is_empty() {
            self.asked = Some(Asked { resident: resident.to_owned(), session: session.uid.clone() });
        } else {
            move_to(cx, shown, (resident, &session.uid), Word::Asked);
        }
    }

    /// What the person says about the other day.
    fn asked_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown) {
        if let Some(refused) = &self.refused {
            basic::wrong(ui, refused);
        }
        let Some(asked) = self.asked.take() else { return };
        let found = shown.campaign.of(&asked.resident).zip(shown.campaign.session(&asked.session));
        let Some((row, session)) = found else { return };
        let mut stays = true;
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let (name, on) = (row.person.name.clone(), session.edit.on);
            ui.label(RichText::new(cx.say(&Message::new("move-ask").text("name", name).date("on", on))).strong());
            for conflict in conflicts(cx, row, session) {
                ui.label(cx.of(&conflict));
            }
            ui.horizontal_wrapped(|ui| {
                for (glyph, key, word) in
                    [(Icon::Check, "move-agreed", Word::Given), (Icon::CalendarClock, "move-to-be-told", Word::Asked)]
                {
                    if button(ui, glyph, &cx.t(key)).clicked() {
                        move_to(cx, shown, (&asked.resident, &asked.session), word);
                        stays = false;
                    }
                }
                stays &= !button(ui, Icon::X, &cx.t("ui-no")).clicked();
            });
        });
        self.asked = stays.then_some(asked);
    }

    /// Whose rows are shown, and what can be done for all of them.
    fn tools_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        shown: &Shown,
        (chosen, rows): (Option<usize>, &[&AppointmentRow]),
    ) {
        ui.horizontal_wrapped(|ui| {
            if let Some(at) = chosen {
                let session = &shown.campaign.sessions[at];
                let when = format!("{} {}", cx.words.date(session.edit.on), session.edit.from.format("%-H:%M"));
                ui.label(RichText::new(when).strong());
                ui.label(format!("{}  {}", seats_words(cx, session), cx.of(&session.edit.kind)));
            }
            let waiting = shown.campaign.appointments.iter().filter(|row| row.state == AppointmentState::Waiting);
            let counts = [
                (Whose::Waiting, "campaign-figure-waiting", waiting.count()),
                (Whose::All, "campaign-everybody", shown.campaign.appointments.len()),
            ];
            for (whose, key, count) in counts {
                let words = format!("{} {count}", cx.t(key));
                let is_chosen = self.whose == whose;
                if ui.add(Button::selectable(is_chosen, words).frame_when_inactive(true)).clicked() {
                    self.whose = if is_chosen { Whose::Next } else { whose };
                    self.selection.clear();
                    self.added = None;
                }
            }
            self.add.button_ui(ui, cx);
            let to_tell: Vec<String> = rows
                .iter()
                .filter(|row| row.state == AppointmentState::Planned)
                .filter(|row| row.session.is_some_and(|at| shown.campaign.sessions[at].edit.on >= cx.today))
                .map(|row| row.person.uid.clone())
                .collect();
            if let Some(at) = chosen {
                fill_ui(ui, cx, shown, at);
                rest_ui(ui, cx, shown, at);
            }
            if !to_tell.is_empty() {
                let words = cx.say(&Message::new("board-all-told").number("count", to_tell.len()));
                if button(ui, Icon::CircleCheck, &words).clicked() {
                    let (campaign, act, on) = (shown.campaign.uid.clone(), AppointmentAct::Invite, cx.today);
                    run(cx, CampaignCommand::AppointMany { campaign, people: to_tell, act, on });
                }
            }
        });
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, shown: &Shown, rows: &[&AppointmentRow]) {
        let columns = columns(cx);
        let scroll_to = self.selection.scroll_to();
        let sheet = Sheet { id: "appointments", columns: &columns, rows: rows.len(), scroll_to };
        let chosen = self.selection.uid();
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |line| {
                    let row = rows[line.index()];
                    line.set_selected(chosen == Some(row.person.uid.as_str()));
                    cell_ui(line, |ui| grip_ui(ui, cx, row));
                    cell(line, RichText::new(&row.person.name));
                    cell(line, group_words(cx, &row.person.group));
                    cell(line, row.person.household.as_str());
                    let on = row.session.map(|at| shown.campaign.sessions[at].edit.on);
                    cell(line, on.map_or_else(String::new, |on| short_date(cx, on)));
                    cell(line, cx.of(&row.state));
                    cell(line, row.person.born().map_or_else(String::new, |born| born_words(cx, born)));
                    cell(line, child::in_list(cx, row.person.born(), &row.person.phone));
                })
            })
            .inner;
        if let Some((index, row)) = clicked.and_then(|index| Some((index, rows.get(index)?))) {
            self.selection.set(index, &row.person.uid);
        }
    }
}

/// A session that has passed with people of whom nobody noted whether they came: one step notes the rest as missed.
fn rest_ui(ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, at: usize) {
    let rest = |row: &&AppointmentRow| row.session == Some(at) && row.state.is_expected();
    let people: Vec<String> =
        shown.campaign.appointments.iter().filter(rest).map(|row| row.person.uid.clone()).collect();
    if shown.campaign.sessions[at].edit.on >= cx.today || people.is_empty() {
        return;
    }
    let words = cx.say(&Message::new("board-rest").number("count", people.len()));
    if button(ui, Icon::UserX, &words).clicked() {
        let (campaign, act, on) = (shown.campaign.uid.clone(), AppointmentAct::Miss, cx.today);
        run(cx, CampaignCommand::AppointMany { campaign, people, act, on });
    }
}

/// Free seats of a session ahead, for those who wait and can come: an early day first, then who has waited longest.
fn fill_ui(ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, at: usize) {
    let session = &shown.campaign.sessions[at];
    if session.edit.on <= cx.today {
        return;
    }
    let can = |row: &&AppointmentRow| row.state == AppointmentState::Waiting && conflicts(cx, row, session).is_empty();
    let mut waiting: Vec<&AppointmentRow> = shown.campaign.appointments.iter().filter(can).collect();
    waiting.sort_by_key(|row| (!row.wish.first, row.on, row.number));
    waiting.truncate(usize::try_from(session.free()).unwrap_or(0));
    if waiting.is_empty() {
        return;
    }
    let words = cx.say(&Message::new("board-fill").number("count", waiting.len()));
    if button(ui, Icon::UserPlus, &words).clicked() {
        let rows = waiting.iter().map(|row| (row.person.uid.clone(), session.uid.clone())).collect();
        run(cx, CampaignCommand::Book(Box::new(Booking { campaign: shown.campaign.uid.clone(), rows })));
    }
}

fn columns(cx: &Cx<'_>) -> [Col; 8] {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    [
        Col { title: String::new(), width: Width::Points(30.0) },
        col("field-name", Width::Points(110.0)),
        col("field-group", Width::Points(104.0)),
        col("field-household_number", Width::Points(84.0)),
        col("column-session-id", Width::Points(104.0)),
        col("ui-state", Width::Points(176.0)),
        col("column-age", Width::Points(78.0)),
        col("field-phone", Width::Rest),
    ]
}

/// What somebody is dragged by.
fn grip_ui(ui: &mut Ui, cx: &Cx<'_>, row: &AppointmentRow) {
    let words = cx.t("board-drag");
    let grip = egui::Label::new(icon(Icon::GripVertical).color(theme::of(ui).ink_soft)).selectable(false);
    let response = ui.add(grip.sense(Sense::drag())).on_hover_text(&words);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    response.dnd_set_drag_payload(Dragged(row.person.uid.clone()));
    if response.dragged()
        && let Some(at) = ui.ctx().pointer_interact_pos()
    {
        // The name goes along with the pointer.
        egui::Area::new(egui::Id::unique("dragged"))
            .fixed_pos(at + egui::vec2(12.0, 4.0))
            .order(egui::Order::Tooltip)
            .show(ui.ctx(), |ui| theme::card(ui).inner_margin(6.0).show(ui, |ui| ui.label(&row.person.name)));
    }
}

fn move_to(cx: &mut Cx<'_>, shown: &Shown, (resident, session): (&str, &str), word: Word) {
    let (campaign, resident, session) = (shown.campaign.uid.clone(), resident.to_owned(), session.to_owned());
    let on = cx.today;
    run(cx, CampaignCommand::Move(Box::new(Moved { campaign, resident, session, word, on })));
}

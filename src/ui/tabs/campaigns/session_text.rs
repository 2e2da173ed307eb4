//! What is typed of a session beside its day: when, how many people, for whom, where, who comes. Read here, written by
//! nobody.

use chrono::{NaiveDate, NaiveTime};
use eframe::egui::{Button, Id, Margin, TextEdit, Ui};
use serde::{Deserialize, Serialize};

use crate::domain::campaign::{MOST_SEATS, SessionKind, read_time};
use crate::domain::message::{Message, Say as _};
use crate::domain::one_line::one_line;
use crate::domain::resident::Field;
use crate::ledger::campaigns::SessionEdit;
use crate::ui::cx::Cx;
use crate::ui::forms::line::{Below, below_ui, line, text_line};

/// The kinds in the order of their buttons.
const KINDS: [SessionKind; 3] = [SessionKind::Everybody, SessionKind::Women, SessionKind::Home];

/// The text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SessionText {
    pub from: String,
    pub to: String,
    pub seats: String,
    pub kind: SessionKind,
    pub place: String,
    pub staff: String,
}

impl Default for SessionText {
    fn default() -> Self {
        let (seats, kind, place, staff) = Default::default();
        Self { from: "8:00".into(), to: "11:30".into(), seats, kind, place, staff }
    }
}

impl SessionText {
    /// For a session that there is.
    pub(super) fn of(edit: &SessionEdit) -> Self {
        let time = |time: NaiveTime| time.format("%-H:%M").to_string();
        Self {
            from: time(edit.from),
            to: time(edit.to),
            seats: edit.seats.to_string(),
            kind: edit.kind,
            place: edit.place.clone(),
            staff: edit.staff.clone(),
        }
    }

    fn times(&self) -> Result<(NaiveTime, NaiveTime), Message> {
        let unclear = || Message::new("campaign-form-time");
        let (from, to) = (read_time(&self.from), read_time(&self.to));
        let (from, to) = (from.ok_or_else(unclear)?, to.ok_or_else(unclear)?);
        if to <= from { Err(Message::new("error-session-times")) } else { Ok((from, to)) }
    }

    fn seats(&self) -> Result<u32, Message> {
        let digits: String = self.seats.trim().chars().map(half_width).collect();
        let seats = digits.parse().ok().filter(|seats| (1..=MOST_SEATS).contains(seats));
        seats.ok_or_else(|| Message::new("error-session-seats").number("most", MOST_SEATS))
    }

    /// The session on a day.
    ///
    /// # Errors
    /// What is still missing or wrong.
    pub(super) fn read(&self, on: NaiveDate) -> Result<SessionEdit, Message> {
        let (from, to) = self.times()?;
        let seats = self.seats()?;
        let (place, staff) = (long(&self.place)?, short(&self.staff)?);
        Ok(SessionEdit { on, from, to, seats, kind: self.kind, place, staff })
    }

    /// From when until when, and how many people: one line, with what is wrong below it.
    fn hours_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let is_typed = |text: &str| !text.trim().is_empty();
        let times = self.times().err().filter(|_| is_typed(&self.from) && is_typed(&self.to));
        let seats = self.seats().err().filter(|_| is_typed(&self.seats));
        line(ui, &cx.t("campaign-form-from"), |ui, name| {
            ui.horizontal_wrapped(|ui| {
                small_field(ui, "from", &mut self.from, name);
                let name = ui.label(cx.t("campaign-form-to")).id;
                small_field(ui, "to", &mut self.to, name);
                let name = ui.label(cx.t("campaign-form-seats")).id;
                small_field(ui, "seats", &mut self.seats, name);
            });
            for problem in [times, seats].into_iter().flatten() {
                below_ui(ui, Below::Wrong(&cx.say(&problem)));
            }
        });
    }

    /// Draws the fields, with what is wrong below each.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        self.hours_ui(ui, cx);
        line(ui, &cx.t("campaign-form-kind"), |ui, _| {
            ui.horizontal_wrapped(|ui| {
                for kind in KINDS {
                    let button = Button::selectable(self.kind == kind, cx.of(&kind)).frame_when_inactive(true);
                    if ui.add(button).clicked() {
                        self.kind = kind;
                    }
                }
            });
        });
        let place = long(&self.place).err().map(|message| cx.say(&message));
        let note = cx.t("campaign-form-place-same");
        let note = if self.place.trim().is_empty() { Below::Note(&note) } else { below(place.as_deref()) };
        text_line(ui, cx, "campaign-form-session-place", &mut self.place, note);
        let staff = short(&self.staff).err().map(|message| cx.say(&message));
        text_line(ui, cx, "campaign-form-staff", &mut self.staff, below(staff.as_deref()));
    }
}

/// A field for a few digits.
fn small_field(ui: &mut Ui, salt: &str, text: &mut String, name: Id) {
    let edit = TextEdit::singleline(text).id_salt(salt).char_limit(20).desired_width(68.0);
    ui.add(edit.margin(Margin::symmetric(10, 7))).labelled_by(name);
}

/// What is wrong, if anything.
pub(super) fn below(problem: Option<&str>) -> Below<'_> {
    problem.map_or(Below::Nothing, Below::Wrong)
}

/// A few words, as the ledger takes them.
pub(super) fn short(text: &str) -> Result<String, Message> {
    one_line(Field::Phone, text).map_err(|invalid| invalid.message())
}

/// A sentence, as the ledger takes it.
pub(super) fn long(text: &str) -> Result<String, Message> {
    one_line(Field::Address, text).map_err(|invalid| invalid.message())
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

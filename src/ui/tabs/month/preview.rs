//! What leaves this month, row by row as it will leave, and what stays and why.

use chrono::NaiveDate;
use eframe::egui::{Label, RichText, ScrollArea, Ui};

use crate::domain::area_code::Level;
use crate::domain::hand_up::profile::Content;
use crate::domain::hand_up::{Entity, Field, Measure, Row, Shown};
use crate::domain::message::{Message, Say as _};
use crate::domain::money::yuan;
use crate::ledger::error::Result;
use crate::ledger::hand_up::HandUpPreview;
use crate::ledger::progress::Progress;
use crate::ledger::view::View;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::tabs::month::above_word;
use crate::ui::tabs::month::office::{agreed_words, heading};
use crate::ui::theme;
use crate::ui::widgets::basic::{self, page_button};
use crate::ui::widgets::programme_names::ProgrammeNames;
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, table};
use crate::words::{Language, Words};

/// One part of the file, put into words.
struct Part {
    entity: Entity,
    /// Its columns, and how each is shown.
    agreed: String,
    columns: Vec<(Field, Shown)>,
    rows: Vec<Vec<String>>,
}

/// What leaves and what stays, put into words.
struct Seen {
    head: Message,
    parts: Vec<Part>,
    stays: Vec<Message>,
}

/// The pane.
#[derive(Default)]
pub struct PreviewPane {
    level: Level,
    seen: Cached<(i64, NaiveDate, Language), Seen>,
    /// What was on screen last: of which revision and day.
    looked_at: Option<(i64, NaiveDate)>,
    chosen: usize,
}

impl PreviewPane {
    /// The pane of a ledger of this level.
    pub fn of(level: Level) -> Self {
        Self { level, ..Self::default() }
    }

    /// Why nothing can be handed up, where it cannot.
    pub fn failure(&self) -> Option<&Message> {
        self.seen.failure()
    }

    /// Whether what would leave now was on screen: nothing leaves unseen.
    pub fn is_looked_at(&self, cx: &Cx<'_>) -> bool {
        self.looked_at == Some((cx.revision, cx.today))
    }

    /// Draws it in the room that is there.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (today, language) = (cx.today, cx.words.language());
        let key = (cx.revision, today, language);
        let seen =
            self.seen.get_watched(cx.desk, key, move |view, progress| Seen::read(view, today, language, progress));
        let seen = seen.cloned();
        if let Some(message) = self.seen.failure() {
            return basic::wrong(ui, &cx.say(message));
        }
        let Some(seen) = seen else {
            basic::hint(ui, cx.t("month-gathering"));
            return;
        };
        if !self.seen.is_waiting() {
            self.looked_at = Some((cx.revision, today));
        }
        basic::head(ui, cx.say(&seen.head));
        ui.horizontal_wrapped(|ui| {
            for (at, part) in seen.parts.iter().enumerate() {
                let words =
                    Message::new("month-part").text("what", cx.of(&part.entity)).number("rows", part.rows.len());
                if page_button(ui, (glyph(part.entity), &cx.say(&words)), self.chosen == at, basic::Words::All) {
                    self.chosen = at;
                }
            }
        });
        self.chosen = self.chosen.min(seen.parts.len().saturating_sub(1));
        let Some(part) = seen.parts.get(self.chosen) else { return };
        let purpose = Message::new(format!("month-purpose-{}", part.entity.as_str()));
        basic::hint(ui, cx.say(&purpose.word("above", above_word(self.level))));
        basic::hint(ui, &part.agreed);
        stays_ui(ui, cx, &seen);
        theme::card(ui).inner_margin(4.0).show(ui, |ui| part_ui(ui, cx, part));
    }
}

/// What of persons stays in the village, and why.
fn stays_ui(ui: &mut Ui, cx: &Cx<'_>, seen: &Seen) {
    let has_persons = seen.parts.iter().any(|part| part.entity.is_personal());
    if !has_persons {
        basic::hint(ui, cx.t("month-no-persons"));
    } else if !seen.stays.is_empty() {
        let words = Message::new("month-stays").said("what", seen.stays.clone());
        ui.add(Label::new(RichText::new(cx.say(&words))).wrap());
    }
}

fn glyph(entity: Entity) -> Icon {
    match entity {
        Entity::Count => Icon::Hash,
        Entity::Adjustment => Icon::History,
        Entity::Application => Icon::FileText,
        Entity::Appointment => Icon::CalendarDays,
    }
}

fn part_ui(ui: &mut Ui, cx: &Cx<'_>, part: &Part) {
    if part.rows.is_empty() {
        basic::soft(ui, cx.t("month-part-empty"));
        return;
    }
    let widths: Vec<f32> = part.columns.iter().map(|(field, _)| width(*field)).collect();
    // The widest takes what the others leave.
    let widest = part.columns.iter().position(|(field, _)| field.name() == "programme").unwrap_or(0);
    let columns: Vec<Col> = part
        .columns
        .iter()
        .zip(&widths)
        .enumerate()
        .map(|(at, ((field, _), points))| Col {
            title: heading(cx.words, *field),
            width: if at == widest { Width::Rest } else { Width::Points(*points) },
        })
        .collect();
    let room = widths.iter().sum::<f32>().max(ui.available_width());
    let sheet = Sheet { id: part.entity.as_str(), columns: &columns, rows: part.rows.len(), scroll_to: None };
    ScrollArea::horizontal().id_salt("month-part").auto_shrink(false).show(ui, |ui| {
        ui.set_width(room);
        table(ui, &sheet, |row| {
            let cells = &part.rows[row.index()];
            cells.iter().for_each(|words| cell(row, words.as_str()));
        });
    });
}

fn width(field: Field) -> f32 {
    match field.content() {
        Content::Name => 80.0,
        Content::IdNumber | Content::Number => 100.0,
        Content::Born | Content::Day => 105.0,
        Content::Phone => 125.0,
        Content::Word => match field.name() {
            "programme" => 150.0,
            "measure" => 200.0,
            "month" | "state" => 90.0,
            "period" => 70.0,
            "phase" => 130.0,
            _ => 95.0,
        },
    }
}

impl Seen {
    fn read(view: &View, today: NaiveDate, language: Language, progress: &dyn Progress) -> Result<Self> {
        let words = Words::new(language);
        let preview = view.hand_up_preview(today, progress)?;
        let names = ProgrammeNames::read(view, &words)?;
        let head = Message::new("month-preview")
            .text("name", preview.office.office.name.clone())
            .number("number", preview.number)
            .text("month", preview.month.clone());
        let part = |of: &crate::ledger::hand_up::PreviewSection| Part {
            entity: of.entity,
            agreed: agreed_words(&words, &preview.office.profile, of.entity),
            columns: of.columns.clone(),
            rows: rows(&preview, of.entity, &of.columns, &names, &words),
        };
        let stays = preview.gathered.stays.iter();
        let stays =
            stays.map(|(why, count)| Message::new("hand-up-why").word("why", why.message().key).number("rows", *count));
        Ok(Self { head, parts: preview.sections.iter().map(part).collect(), stays: stays.collect() })
    }
}

fn rows(
    preview: &HandUpPreview,
    entity: Entity,
    columns: &[(Field, Shown)],
    names: &ProgrammeNames,
    words: &Words,
) -> Vec<Vec<String>> {
    let mut rows: Vec<&Row> = preview.gathered.of(entity).iter().collect();
    // Numbers stand programme by programme as on the other pages; people as they are written.
    if entity == Entity::Count {
        let measure = |row: &Row| Measure::from_word(row.text(Field::CountMeasure));
        let place = |id: &str| if id.is_empty() { None } else { Some(names.place(id)) };
        let month = |row: &Row| std::cmp::Reverse(row.text(Field::CountMonth).to_owned());
        rows.sort_by_cached_key(|row| (month(row), place(row.text(Field::CountProgramme)), measure(row)));
    }
    let cells = |row: &Row| columns.iter().map(|(field, _)| value(row, *field, names, words)).collect();
    rows.into_iter().map(cells).collect()
}

/// One value as people read it.
fn value(row: &Row, field: Field, names: &ProgrammeNames, words: &Words) -> String {
    let text = row.text(field);
    match field.name() {
        "programme" if text.is_empty() => words.text("month-whole-village"),
        "programme" => names.called(text).to_owned(),
        "measure" => words.text(&format!("measure-{text}")),
        // A benefit that is had once has no year.
        "period" if text == "once" => words.text("card-per-once"),
        "phase" => words.text(&format!("phase-{text}")),
        "state" => words.text(&format!("month-state-{text}")),
        // Made at random; its beginning is enough to see that it tells nothing.
        "person" => text.chars().rev().take(8).collect::<Vec<char>>().into_iter().rev().collect(),
        "fen" | "paid_fen" => yuan(row.number(field)),
        "number" | "difference" if is_money(row) => {
            words.say(&Message::new("month-yuan").text("yuan", yuan(row.number(field))))
        }
        "number" | "difference" => row.number(field).to_string(),
        _ => text.to_owned(),
    }
}

fn is_money(row: &Row) -> bool {
    let measure = [Field::CountMeasure, Field::AdjustmentMeasure].map(|field| Measure::from_word(row.text(field)));
    measure.into_iter().flatten().any(Measure::is_money)
}

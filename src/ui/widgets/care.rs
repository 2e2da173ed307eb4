//! The care of one person: what was agreed, visits, the next one, and the form. On the person's page, on the page of care
//! and in the worklist alike.

use chrono::NaiveDate;
use eframe::egui::{Label, Ui};

use crate::domain::care::CareKind;
use crate::domain::entry::read_ahead;
use crate::domain::message::Message;
use crate::domain::typed_day::{NoDay, read_day};
use crate::ledger::care::{CareEdit, CareRow};
use crate::ledger::command::Command;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, Shown, button, field, main_button};
use crate::ui::widgets::date_field::DateField;
use crate::ui::widgets::person::line_ui;

/// What is typed.
#[derive(Default)]
pub struct CareCard {
    of: String,
    form: Option<Form>,
    on: DateField,
    note: String,
    next: String,
}

/// What is kept, as it is edited.
struct Form {
    edit: CareEdit,
    agreed: String,
    next: String,
}

impl Form {
    fn of(resident: &str, kind: CareKind, kept: Option<&CareEdit>) -> Self {
        let none = CareEdit {
            resident: resident.to_owned(),
            kind,
            helper: String::new(),
            phone: String::new(),
            agreed: String::new(),
            agreed_by: String::new(),
            agreed_on: None,
            next_on: None,
        };
        let edit = kept.cloned().unwrap_or(none);
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self { agreed: day(edit.agreed_on), next: day(edit.next_on), edit }
    }
}

impl CareCard {
    /// Draws the care of a kind of this resident.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, (resident, kind): (&str, CareKind), row: Option<&CareRow>) {
        let of = format!("{resident} {}", kind.as_str());
        if self.of != of {
            *self = Self { of, ..Self::default() };
        }
        basic::head(ui, cx.of(&kind));
        if let Some(form) = self.form.take() {
            return self.form_ui(ui, cx, form);
        }
        let Some(row) = row else {
            basic::hint(ui, cx.t(&format!("care-none-{}", kind.as_str())));
            if button(ui, Icon::Plus, &cx.t("care-add")).clicked() {
                self.form = Some(Form::of(resident, kind, None));
            }
            return;
        };
        kept_ui(ui, cx, row);
        self.visit_ui(ui, cx, row);
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::PencilLine, &cx.t("care-edit")).clicked() {
                self.form = Some(Form::of(resident, kind, Some(&row.kept)));
            }
            if button(ui, Icon::CircleMinus, &cx.t("op-end-care")).clicked() {
                cx.push(Action::Run(Command::EndCare { care: row.uid.clone(), on: cx.today }));
            }
        });
    }

    /// What was seen on the visit, and the next one.
    fn visit_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, row: &CareRow) {
        self.on.ui(ui, cx);
        field(ui, &cx.t("care-note"), &mut self.note, Shown::Clear, None);
        let next = ahead(&self.next, cx.today);
        let problem = next.is_err().then(|| cx.t("worklist-day-unclear"));
        field(ui, &cx.t("care-next"), &mut self.next, Shown::Clear, problem.as_deref());
        let on = self.on.day(cx.today).ok().filter(|on| *on <= cx.today);
        ui.horizontal_wrapped(|ui| {
            let (Some(on), Ok(next_on)) = (on, next) else { return };
            if main_button(ui, Icon::Check, &cx.t("op-visited")).clicked() {
                let (care, note) = (row.uid.clone(), std::mem::take(&mut self.note));
                cx.push(Action::Run(Command::Visited { care, note, on, next_on }));
                self.next.clear();
                self.on.clear();
            } else if let Some(next_on) = next_on
                && button(ui, Icon::CalendarDays, &cx.t("op-put-visit-to")).clicked()
            {
                cx.push(Action::Run(Command::PutVisitTo { care: row.uid.clone(), next_on }));
                self.next.clear();
            }
        });
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, mut form: Form) {
        let mut stays = true;
        theme::note(theme::of(ui).ask_pale).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let kind = form.edit.kind;
            basic::hint(ui, cx.t(&format!("care-form-{}", kind.as_str())));
            field(ui, &cx.t("column-helper"), &mut form.edit.helper, Shown::Clear, None);
            field(ui, &cx.t("care-phone"), &mut form.edit.phone, Shown::Clear, None);
            field(ui, &cx.t("column-agreed"), &mut form.edit.agreed, Shown::Clear, None);
            if kind == CareKind::LeftBehind {
                field(ui, &cx.t("column-agreed-by"), &mut form.edit.agreed_by, Shown::Clear, None);
            }
            let agreed = past(&form.agreed, cx.today);
            let problem = agreed.is_err().then(|| cx.t("ui-date-unclear"));
            field(ui, &cx.t("care-agreed-on"), &mut form.agreed, Shown::Clear, problem.as_deref());
            let next = ahead(&form.next, cx.today);
            let problem = next.is_err().then(|| cx.t("worklist-day-unclear"));
            field(ui, &cx.t("care-next"), &mut form.next, Shown::Clear, problem.as_deref());
            ui.horizontal_wrapped(|ui| {
                if let (Ok(agreed_on), Ok(next_on)) = (agreed, next)
                    && main_button(ui, Icon::Check, &cx.t("away-save")).clicked()
                {
                    let edit = CareEdit { agreed_on, next_on, ..form.edit.clone() };
                    // What is missing is said by the ledger; what was typed stays.
                    let child = kind == CareKind::LeftBehind;
                    stays = edit.helper.trim().is_empty()
                        || edit.agreed_on.is_none()
                        || (child && edit.agreed_by.trim().is_empty());
                    cx.push(Action::Run(Command::SetCare(Box::new(edit))));
                }
                if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
                    stays = false;
                }
            });
        });
        self.form = stays.then_some(form);
    }
}

fn kept_ui(ui: &mut Ui, cx: &Cx<'_>, row: &CareRow) {
    let kept = &row.kept;
    let day = |day: Option<NaiveDate>| day.map(|day| cx.words.date(day)).unwrap_or_default();
    for (glyph, key, value) in [
        (Icon::UserCheck, "column-helper", kept.helper.clone()),
        (Icon::Phone, "care-phone", kept.phone.clone()),
        (Icon::MessageSquareText, "column-agreed", kept.agreed.clone()),
        (Icon::UserCheck, "column-agreed-by", kept.agreed_by.clone()),
        (Icon::Check, "care-agreed-on", day(kept.agreed_on)),
        (Icon::CalendarDays, "column-next-on", day(kept.next_on)),
    ] {
        if !value.is_empty() {
            line_ui(ui, glyph, &cx.t(key), &cx.labelled(&cx.t(key), value));
        }
    }
    for (on, note) in row.visits.iter().take(12) {
        let words = Message::new("care-visited").text("on", cx.words.date(*on)).text("note", note.clone());
        ui.add(Label::new(cx.say(&words)).wrap());
    }
}

/// Empty is no day yet.
fn ahead(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, NoDay> {
    match text.trim() {
        "" => Ok(None),
        text => read_ahead(text, today).map(Some),
    }
}

fn past(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, NoDay> {
    match text.trim() {
        "" => Ok(None),
        text => read_day(text, today).map(Some),
    }
}

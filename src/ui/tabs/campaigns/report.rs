//! 情况: the numbers of a campaign, by session and group, each with its names behind it. Who said no is a number, and only
//! here.

use eframe::egui::{Button, RichText, Ui};

use crate::domain::message::Message;
use crate::ledger::campaigns::AppointmentRow;
use crate::ledger::campaigns::figures::{Figure, Tally};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::search::Letters;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};
use crate::ui::widgets::person::{group_words, short_date};
use crate::ui::widgets::rows::{Col, Sheet, Width, cell, cell_ui, table};

use super::open::Shown;

/// Of what a number is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Of {
    All,
    /// The session at this place.
    Session(usize),
    /// The group of this bare name.
    Group(String),
}

impl Of {
    fn holds(&self, row: &AppointmentRow) -> bool {
        match self {
            Self::All => true,
            Self::Session(at) => row.session == Some(*at),
            Self::Group(name) => row.person.group == *name,
        }
    }
}

/// The page.
#[derive(Default)]
pub(super) struct ReportPage {
    /// The number whose names are shown.
    open: Option<(Of, Figure)>,
}

impl ReportPage {
    /// No letter means anything here.
    pub(super) fn letters(&self) -> Letters {
        Letters::Free
    }

    /// Draws it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown) {
        if let Some((of, figure)) = self.open.clone() {
            return self.names_ui(ui, cx, shown, (&of, figure));
        }
        let declined = Message::new("report-declined").number("count", shown.campaign.declined);
        basic::hint(ui, cx.say(&declined));
        let lines = lines(cx, shown);
        let mut columns = vec![
            Col { title: cx.t("report-of"), width: Width::Points(190.0) },
            Col { title: cx.t("report-seats"), width: Width::Points(110.0) },
        ];
        columns.extend(Figure::ALL.iter().map(|figure| Col { title: cx.of(figure), width: Width::Points(94.0) }));
        columns.push(Col { title: String::new(), width: Width::Rest });
        let sheet = Sheet { id: "campaign-report", columns: &columns, rows: lines.len(), scroll_to: None };
        theme::card(ui).inner_margin(4.0).show(ui, |ui| {
            table(ui, &sheet, |row| {
                let line = &lines[row.index()];
                let text = RichText::new(format!("  {}", line.words));
                cell(row, if line.of == Of::All { text.strong() } else { text });
                cell(row, seats_words(line.tally));
                for figure in Figure::ALL {
                    let count = line.tally.figure(*figure);
                    if count == 0 {
                        cell(row, "");
                        continue;
                    }
                    cell_ui(row, |ui| {
                        let name = format!("{} {} {count}", line.words, cx.of(figure));
                        let text = RichText::new(count.to_string()).color(theme::of(ui).accent).underline();
                        let response = ui.add(Button::new(text).frame(false));
                        response
                            .widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Button, true, &name));
                        if response.clicked() {
                            self.open = Some((line.of.clone(), *figure));
                        }
                    });
                }
                cell(row, "");
            });
        });
    }

    fn names_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Shown, (of, figure): (&Of, Figure)) {
        let rows: Vec<&AppointmentRow> =
            shown.campaign.appointments.iter().filter(|row| of.holds(row) && figure.holds(row)).collect();
        ui.horizontal_wrapped(|ui| {
            if button(ui, Icon::ChevronLeft, &cx.t("report-back")).clicked() {
                self.open = None;
            }
            basic::head(ui, format!("{} {}", cx.of(&figure), rows.len()));
        });
        let col = |key: &str, width| Col { title: cx.t(key), width };
        let columns = [
            col("field-name", Width::Points(130.0)),
            col("field-group", Width::Points(100.0)),
            col("field-household_number", Width::Points(80.0)),
            col("column-session-id", Width::Points(130.0)),
            col("ui-state", Width::Rest),
        ];
        let sheet = Sheet { id: "campaign-names", columns: &columns, rows: rows.len(), scroll_to: None };
        let clicked = theme::card(ui)
            .inner_margin(4.0)
            .show(ui, |ui| {
                table(ui, &sheet, |line| {
                    let row = rows[line.index()];
                    cell(line, RichText::new(format!("  {}", row.person.name)));
                    cell(line, group_words(cx, &row.person.group));
                    cell(line, row.person.household.as_str());
                    let on = row.session.map(|at| shown.campaign.sessions[at].edit.on);
                    cell(line, on.map_or_else(String::new, |on| short_date(cx, on)));
                    cell(line, cx.of(&row.state));
                })
            })
            .inner;
        if let Some(row) = clicked.and_then(|index| rows.get(index)) {
            cx.push(Action::ShowPerson(row.person.uid.clone()));
        }
    }
}

/// A line of the table.
struct Line<'s> {
    of: Of,
    words: String,
    tally: &'s Tally,
}

fn lines<'s>(cx: &Cx<'_>, shown: &'s Shown) -> Vec<Line<'s>> {
    let mut lines = vec![Line { of: Of::All, words: cx.t("report-all"), tally: &shown.report.all }];
    for (at, (session, tally)) in shown.campaign.sessions.iter().zip(&shown.report.sessions).enumerate() {
        let words = format!("{} {}", short_date(cx, session.edit.on), session.edit.from.format("%-H:%M"));
        lines.push(Line { of: Of::Session(at), words, tally });
    }
    for (group, tally) in &shown.report.groups {
        lines.push(Line { of: Of::Group(group.clone()), words: group_words(cx, group), tally });
    }
    lines
}

fn seats_words(tally: &Tally) -> String {
    match tally.seats {
        Some(seats) => format!("{}/{seats}", tally.used),
        None => tally.used.to_string(),
    }
}

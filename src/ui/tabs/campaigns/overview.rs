//! All campaigns: those ahead first, those that are over below, and the way to a new one. Where there is none yet, it says
//! what a campaign is and how it goes.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{RichText, Ui};

use crate::domain::message::Message;
use crate::ledger::campaigns::CampaignSummary;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::forms::Wish;
use crate::ui::icon::Icon;
use crate::ui::keys::{Shortcut, pressed_on_page};
use crate::ui::tabs::campaigns::calendar_settings::CalendarPage;
use crate::ui::tabs::campaigns::days::weekday;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::person::short_date;
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, group_cell, is_in_table, table};

/// Campaigns in the order shown.
struct Sight {
    rows: Vec<CampaignSummary>,
    /// How many of them are not over.
    ahead: usize,
}

impl Sight {
    /// The next one first; below, the latest of those that are over.
    fn of(mut rows: Vec<CampaignSummary>, today: NaiveDate) -> Self {
        let is_ahead = |row: &CampaignSummary| row.edit.last >= today;
        rows.sort_by_key(|row| {
            let (first, last) = (row.next.unwrap_or(row.edit.first), row.edit.last);
            let late = (NaiveDate::MAX - last).num_days();
            (!is_ahead(row), if is_ahead(row) { (first - NaiveDate::MIN).num_days() } else { late })
        });
        let ahead = rows.iter().filter(|row| is_ahead(row)).count();
        Self { rows, ahead }
    }

    /// The campaign of each line; none for the head of those that are over.
    fn lines(&self) -> Vec<Option<usize>> {
        let ahead = (0..self.ahead).map(Some);
        let over = (self.ahead..self.rows.len()).map(Some);
        let head = (self.ahead < self.rows.len()).then_some(None);
        ahead.chain(head).chain(over).collect()
    }
}

/// The page.
#[derive(Default)]
pub struct OverviewPage {
    sight: Cached<(i64, NaiveDate), Sight>,
    selection: Selection,
    /// 放假和逢集, while it is open.
    calendar: Option<CalendarPage>,
}

impl OverviewPage {
    /// Draws it; the uid of the campaign to be opened.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Option<String> {
        if let Some(calendar) = &mut self.calendar {
            if calendar.ui(ui, cx) {
                self.calendar = None;
            }
            return None;
        }
        let today = cx.today;
        let sight = self.sight.get(cx.desk, (cx.revision, today), move |view| {
            let rows = view.campaigns(today)?;
            Ok(Sight::of(rows, today))
        });
        let sight: Option<Arc<Sight>> = sight.cloned();
        if let Some(message) = self.sight.failure() {
            basic::wrong(ui, &cx.say(message));
        }
        let sight = sight?;
        if sight.rows.is_empty() {
            self.nothing_ui(ui, cx);
            return None;
        }
        ui.horizontal_wrapped(|ui| self.buttons_ui(ui, cx));
        let lines = sight.lines();
        let uid_at = |line: usize| Some(sight.rows[(*lines.get(line)?)?].uid.as_str());
        self.selection.settle(lines.len(), uid_at);
        let entered = is_in_table(ui) && self.selection.uid().is_some() && pressed_on_page(ui, cx, Shortcut::Open);
        self.selection.keys(ui, cx, lines.len(), uid_at);
        let clicked = self.table_ui(ui, cx, &sight, &lines);
        let chosen = clicked.or_else(|| self.selection.selected().filter(|_| entered))?;
        let uid = uid_at(chosen)?.to_owned();
        self.selection.set(chosen, &uid);
        Some(uid)
    }

    fn nothing_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (title, words) = (cx.t("campaign-form-nothing"), cx.t("campaign-form-nothing-hint"));
        empty(ui, Icon::CalendarDays, &title, &words, |ui| self.buttons_ui(ui, cx));
    }

    fn buttons_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if main_button(ui, Icon::Plus, &cx.t("campaign-form-new")).clicked() {
            cx.push(Action::Form(Wish::Campaign { campaign: String::new() }));
        }
        if button(ui, Icon::CalendarDays, &cx.t("campaign-form-calendar")).clicked() {
            self.calendar = Some(CalendarPage::default());
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, sight: &Sight, lines: &[Option<usize>]) -> Option<usize> {
        let is_wide = ui.available_width() >= theme::NARROW;
        let columns = columns(cx, is_wide);
        let sheet =
            Sheet { id: "campaigns", columns: &columns, rows: lines.len(), scroll_to: self.selection.scroll_to() };
        let chosen = self.selection.uid();
        let draw = |ui: &mut Ui| {
            table(ui, &sheet, |line| {
                let Some(row) = lines[line.index()].map(|at| &sight.rows[at]) else {
                    group_cell(line, |ui| {
                        ui.label(RichText::new(cx.t("campaign-form-over")).color(theme::of(ui).ink_soft));
                    });
                    columns.iter().skip(1).for_each(|_| group_cell(line, |_| ()));
                    return;
                };
                line.set_selected(chosen == Some(row.uid.as_str()));
                cell(line, RichText::new(&row.edit.name));
                if is_wide {
                    let names = row.programmes.iter().map(|programme| cx.words.pick(&programme.names));
                    cell(line, cx.words.list(&names.collect::<Vec<_>>()));
                }
                cell(line, period(cx, row));
                cell(line, next_words(cx, row));
                if is_wide {
                    cell(line, row.sessions.to_string());
                }
                for number in [row.seats, row.taken, row.came] {
                    cell(line, number.to_string());
                }
            })
        };
        let clicked = theme::card(ui).inner_margin(4.0).show(ui, draw).inner;
        clicked.filter(|line| lines.get(*line).is_some_and(Option::is_some))
    }
}

fn columns(cx: &Cx<'_>, is_wide: bool) -> Vec<Col> {
    let col = |key: &str, width| Col { title: cx.t(key), width };
    let mut columns = vec![col("campaign-form-name", Width::Rest)];
    if is_wide {
        columns.push(col("campaign-form-programmes", Width::Points(210.0)));
    }
    columns.extend([col("campaign-form-days", Width::Points(212.0)), col("campaign-form-next", Width::Points(130.0))]);
    if is_wide {
        columns.push(col("campaign-form-sessions-count", Width::Points(84.0)));
    }
    columns.extend([
        col("campaign-form-seats-count", Width::Points(70.0)),
        col("campaign-form-taken", Width::Points(76.0)),
        col("campaign-form-came", Width::Points(70.0)),
    ]);
    columns
}

fn period(cx: &Cx<'_>, row: &CampaignSummary) -> String {
    let (first, last) = (short_date(cx, row.edit.first), short_date(cx, row.edit.last));
    cx.say(&Message::new("campaign-form-period").text("first", first).text("last", last))
}

fn next_words(cx: &Cx<'_>, row: &CampaignSummary) -> String {
    let next = row.next.map(|on| format!("{} {}", short_date(cx, on), weekday(cx, on)));
    next.unwrap_or_else(|| cx.t("campaign-form-no-next"))
}

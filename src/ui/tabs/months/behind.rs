//! Who stands behind a number of a month: a village's people, each leading to their card, or an office's villages.

use eframe::egui::{Align, Frame, Label, Layout, Margin, Panel, RichText, Ui, vec2};

use crate::domain::hand_up::Measure;
use crate::domain::message::Message;
use crate::domain::money::yuan;
use crate::ledger::months::CountedPerson;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::keys::{Shortcut, pressed_on_page};
use crate::ui::tabs::months::report::measure_words;
use crate::ui::tabs::months::sight::Behind;
use crate::ui::theme;
use crate::ui::widgets::basic;
use crate::ui::widgets::beside::Room;
use crate::ui::widgets::person::group_words;
use crate::ui::widgets::rows::{Col, Selection, Sheet, Width, cell, is_entered, table};

/// The height of the card's head, in points.
const HEAD: f32 = 38.0;

/// The card.
#[derive(Default)]
pub struct BehindCard {
    selection: Selection,
    closed: bool,
}

impl BehindCard {
    /// Whether it was closed; told once.
    pub fn is_closed(&mut self) -> bool {
        std::mem::take(&mut self.closed)
    }

    /// Draws it beside the report; in a small window, in its place.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, of: (&str, Measure), behind: &Behind) -> Room {
        if ui.available_width() < theme::NARROW {
            self.card_ui(ui, cx, of, behind);
            return Room::Taken;
        }
        Panel::right("month-behind")
            .exact_size(theme::CARD_WIDTH)
            .frame(Frame::new().inner_margin(Margin { left: 12, ..Margin::ZERO }))
            .show_separator_line(false)
            .resizable(false)
            .show(ui, |ui| self.card_ui(ui, cx, of, behind));
        Room::Left
    }

    fn card_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, (name, measure): (&str, Measure), behind: &Behind) {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            // Of a height of its own: the table below takes what is left.
            let room = vec2(ui.available_width(), HEAD);
            ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
                self.closed = basic::icon_button(ui, Icon::X, &cx.t("ui-close-card")).clicked();
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(name).text_style(theme::strong_style());
                    ui.add(Label::new(text).truncate()).on_hover_text(name);
                });
            });
            basic::soft(ui, measure_words(cx, measure));
            match behind {
                Behind::People(people, unnamed) => self.people_ui(ui, cx, (people, *unnamed), measure),
                Behind::Villages(villages) => villages_ui(ui, cx, villages),
            }
        });
        if self.selection.uid().is_none() && pressed_on_page(ui, cx, Shortcut::Close) {
            self.closed = true;
        }
    }

    fn people_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        (people, unnamed): (&[CountedPerson], usize),
        measure: Measure,
    ) {
        if unnamed > 0 {
            basic::hint(ui, cx.say(&Message::new("months-unnamed").number("count", unnamed)));
        }
        let uid = |at: usize| people.get(at).map(|person| person.uid.as_str());
        self.selection.settle(people.len(), uid);
        let was = self.selection.selected();
        self.selection.keys(ui, cx, people.len(), uid);
        let entered = is_entered(ui).then_some(was).flatten();
        let is_paid = measure == Measure::MonthPaidPersons;
        let mut columns = vec![
            Col { title: cx.t("field-group"), width: Width::Points(110.0) },
            Col { title: cx.t("field-name"), width: Width::Rest },
        ];
        if is_paid {
            columns.push(Col { title: cx.t("month-column-yuan"), width: Width::Points(110.0) });
        }
        let sheet =
            Sheet { id: "month-people", columns: &columns, rows: people.len(), scroll_to: self.selection.scroll_to() };
        let chosen = self.selection.uid().map(str::to_owned);
        let clicked = table(ui, &sheet, |row| {
            let person = &people[row.index()];
            row.set_selected(chosen.as_deref() == Some(person.uid.as_str()));
            cell(row, RichText::new(group_words(cx, &person.group)).color(cx.palette.ink_soft));
            cell(row, RichText::new(&person.name).strong());
            if is_paid {
                cell(row, yuan(person.fen));
            }
        });
        if let Some(person) = clicked.or(entered).and_then(|at| people.get(at)) {
            cx.push(Action::ShowPerson(person.uid.clone()));
        }
    }
}

fn villages_ui(ui: &mut Ui, cx: &Cx<'_>, villages: &[(String, String)]) {
    let columns = [
        Col { title: cx.t("shelf-column-village"), width: Width::Points(180.0) },
        Col { title: cx.t("month-column-number"), width: Width::Rest },
    ];
    let sheet = Sheet { id: "month-villages", columns: &columns, rows: villages.len(), scroll_to: None };
    table(ui, &sheet, |row| {
        let (name, number) = &villages[row.index()];
        cell(row, RichText::new(name).strong());
        cell(row, number.as_str());
    });
}

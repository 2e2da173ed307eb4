//! Which column holds what: shown, changed, remembered for every roster with the same headings.

use std::collections::BTreeMap;

use eframe::egui::{ComboBox, RichText, ScrollArea, Ui};

use crate::domain::resident::Field;
use crate::ledger::exchange::layout::{Layout, Mapping, Use};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button, main_button};

/// What became of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    NotYet,
    LookAgain,
    Close,
}

/// A column, what it was used for, and what it shall be used for.
struct ColumnForm {
    title: String,
    found: Use,
    wanted: Option<Field>,
}

struct SheetForm {
    name: String,
    signature: String,
    columns: Vec<ColumnForm>,
}

/// The form.
pub(super) struct MappingForm {
    sheets: Vec<SheetForm>,
}

impl MappingForm {
    pub fn new(layout: &Layout) -> Self {
        let sheets = layout.sheets.iter().chain(&layout.unclear).map(|sheet| SheetForm {
            name: sheet.name.to_string(),
            signature: sheet.signature(),
            columns: sheet
                .columns
                .iter()
                .map(|column| ColumnForm {
                    title: column.title.to_string(),
                    found: column.used,
                    wanted: field_of(column.used),
                })
                .collect(),
        });
        Self { sheets: sheets.collect() }
    }

    /// Only what was chosen otherwise than found.
    pub fn mappings(&self) -> Vec<(String, Mapping)> {
        let changed = |sheet: &SheetForm| {
            let columns = sheet.columns.iter().filter(|column| column.wanted != field_of(column.found));
            columns.map(|column| (column.title.clone(), column.wanted)).collect::<BTreeMap<_, _>>()
        };
        let mappings = self.sheets.iter().map(|sheet| (sheet.signature.clone(), Mapping(changed(sheet))));
        mappings.filter(|(_, mapping)| !mapping.0.is_empty()).collect()
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Chosen {
        basic::soft(ui, cx.t("ui-mapping-hint"));
        let mut chosen = Chosen::NotYet;
        ui.horizontal_wrapped(|ui| {
            if main_button(ui, Icon::Search, &cx.t("ui-import-look-again")).clicked() {
                chosen = Chosen::LookAgain;
            }
            if button(ui, Icon::X, &cx.t("ui-close")).clicked() {
                chosen = Chosen::Close;
            }
        });
        if self.sheets.is_empty() {
            basic::heed(ui, &cx.t("import-no-table"));
        }
        theme::card(ui).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                for (index, sheet) in self.sheets.iter_mut().enumerate() {
                    ui.push_id(index, |ui| sheet_ui(ui, cx, sheet));
                }
            });
        });
        chosen
    }
}

fn field_of(used: Use) -> Option<Field> {
    if let Use::Field(field) = used { Some(field) } else { None }
}

fn sheet_ui(ui: &mut Ui, cx: &Cx<'_>, sheet: &mut SheetForm) {
    if !sheet.name.is_empty() {
        basic::head(ui, &sheet.name);
    }
    for (index, column) in sheet.columns.iter_mut().enumerate() {
        ui.push_id(index, |ui| column_ui(ui, cx, column));
    }
    ui.add_space(theme::GAP);
}

fn column_ui(ui: &mut Ui, cx: &Cx<'_>, column: &mut ColumnForm) {
    ui.horizontal_wrapped(|ui| {
        // What is on the never-list cannot be chosen, whoever asks.
        if column.found == Use::Never {
            ui.label(RichText::new(cx.t("ui-use-never")).color(theme::of(ui).ink_soft));
            ui.label(&column.title);
            return;
        }
        let words = |wanted: Option<Field>| match wanted {
            Some(field) => cx.of(&field),
            None => match column.found {
                Use::Clue(_) => cx.t("ui-use-clue"),
                Use::Remark => cx.t("ui-use-remark"),
                Use::Field(_) | Use::Dropped | Use::Never => cx.t("ui-use-nothing"),
            },
        };
        let (shown, nothing) = (words(column.wanted), words(None));
        ComboBox::new("use", &column.title).width(180.0).selected_text(shown).height(400.0).show_ui(ui, |ui| {
            ui.selectable_value(&mut column.wanted, None, nothing);
            for field in Field::ALL {
                ui.selectable_value(&mut column.wanted, Some(*field), cx.of(field));
            }
        });
    });
}

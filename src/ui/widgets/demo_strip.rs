//! The mark of the demo village: on every page, with the way to the own village and the way to remove it.

use eframe::egui::{Panel, RichText, Ui};

use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{self, button};

/// Whether removing was pressed once: it is pressed twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Removing {
    /// Not yet.
    #[default]
    No,
    /// Once.
    Once,
}

impl Removing {
    /// The strip below the tabs. In a narrow window its buttons are among the settings.
    pub fn strip_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let frame = theme::bar(ui).fill(theme::of(ui).ask_pale);
        Panel::top("demo").frame(frame).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(cx.t("ui-demo-mark")).color(theme::of(ui).ask).strong());
                basic::hint(ui, cx.t("ui-demo-hint"));
                if ui.ctx().content_rect().width() >= theme::NARROW {
                    self.buttons_ui(ui, cx);
                }
            });
        });
    }

    /// The way to the own village, and the way to remove this one.
    pub fn buttons_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if button(ui, Icon::HousePlus, &cx.t("demo-own-village")).clicked() {
            cx.push(Action::OwnVillage);
        }
        if *self == Self::No {
            if button(ui, Icon::Trash2, &cx.t("demo-remove")).clicked() {
                *self = Self::Once;
            }
            return;
        }
        basic::hint(ui, cx.t("demo-remove-sure"));
        if button(ui, Icon::Trash2, &cx.t("demo-remove-yes")).clicked() {
            cx.push(Action::RemoveDemo);
        }
        if button(ui, Icon::X, &cx.t("ui-no")).clicked() {
            *self = Self::No;
        }
    }
}

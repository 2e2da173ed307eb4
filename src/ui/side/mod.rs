//! What opens at the side of any page, one at a time: keys, help, settings, what was done on a day. In a narrow window it
//! takes the place of the page.

mod day;
mod help;
mod keys_sheet;
mod looking;
mod settings;

use std::path::Path;
use std::sync::Arc;

use eframe::egui::{self, Align, Layout, Panel, ScrollArea, Ui};

use crate::domain::programme::Programme;
use crate::ui::action::{Action, SideKind};
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic;
use day::DayHistory;
use help::HelpPage;

/// Whether a ledger is open, and of which kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// None is: the pages before.
    None,
    /// The demo village.
    Demo,
    /// A real village.
    Village,
    /// A township or county.
    Office,
}

impl Ground {
    /// Whether it is opened by a passphrase of its own.
    pub fn is_locked(self) -> bool {
        matches!(self, Self::Village | Self::Office)
    }
}

/// What the panels need to know of the window.
pub(super) struct Around<'a> {
    /// The text size, in percent.
    pub scale: u32,
    /// Minutes without input after which it locks.
    pub lock_after: u32,
    /// Whether a ledger is open.
    pub ground: Ground,
    /// Where the ledger lies that is open.
    pub path: Option<&'a Path>,
    /// The programmes, for the names of steps.
    pub programmes: &'a [Arc<Programme>],
}

/// What is open at the side.
pub(super) enum Side {
    Keys,
    Day(Box<DayHistory>),
    Help(HelpPage),
    Settings(Box<settings::SettingsPanel>),
}

impl Side {
    /// Opens one.
    pub fn open(kind: SideKind) -> Self {
        match kind {
            SideKind::Keys => Self::Keys,
            SideKind::Day => Self::Day(Box::default()),
            SideKind::Help => Self::Help(HelpPage::default()),
            SideKind::Settings => Self::Settings(Box::default()),
        }
    }

    /// Which one it is.
    pub fn kind(&self) -> SideKind {
        match self {
            Self::Keys => SideKind::Keys,
            Self::Day(_) => SideKind::Day,
            Self::Help(_) => SideKind::Help,
            Self::Settings(_) => SideKind::Settings,
        }
    }

    /// The passphrase of who may only look was set or taken away.
    pub fn looking_changed(&mut self) {
        if let Self::Settings(panel) = self {
            panel.looking_changed();
        }
    }

    /// Draws it at the right edge, or over the whole page where there is no room beside it: then `false`, and the page is
    /// not to be drawn.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, around: &Around<'_>) -> bool {
        if ui.available_width() < theme::NARROW {
            egui::CentralPanel::default().frame(theme::page(ui)).show(ui, |ui| self.card_ui(ui, cx, around));
            return false;
        }
        Panel::right("side")
            .exact_size(theme::CARD_WIDTH)
            .frame(theme::page(ui))
            .resizable(false)
            .show(ui, |ui| self.card_ui(ui, cx, around));
        true
    }

    fn card_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, around: &Around<'_>) {
        let title = cx.t(match self.kind() {
            SideKind::Keys => "keys-title",
            SideKind::Day => "day-title",
            SideKind::Help => "help-title",
            SideKind::Settings => "ui-settings",
        });
        // At the top: a centred line would take the whole height.
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            if basic::icon_button(ui, Icon::X, &cx.t("ui-close-side")).clicked() {
                cx.push(Action::CloseSide);
            }
            ui.with_layout(Layout::left_to_right(Align::TOP), |ui| basic::head(ui, title));
        });
        let id = ("side", self.kind().code());
        ScrollArea::vertical().id_salt(id).auto_shrink(false).show(ui, |ui| match self {
            Self::Keys => keys_sheet::ui(ui, cx, around.ground),
            Self::Day(day) => day.ui(ui, cx, around),
            Self::Help(page) => page.ui(ui, cx, around.ground),
            Self::Settings(panel) => panel.ui(ui, cx, around),
        });
    }
}

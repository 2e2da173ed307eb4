//! The bar along the bottom: which village, how it stands, when it was last copied.

use eframe::egui::{self, RichText, Ui};

use crate::domain::message::Message;
use crate::ledger::view::Overview;
use crate::ui::cx::Cx;
use crate::ui::icon::{Icon, icon};
use crate::ui::theme;

/// Draws the bar.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, overview: &Overview, backup: &Message) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(14.0, 2.0);
        if overview.village.is_demo {
            demo_mark(ui, cx);
        }
        let size = Message::new("ui-status-size")
            .number("households", overview.households)
            .number("residents", overview.residents);
        small(ui, cx.say(&size));
        small(ui, cx.say(&Message::new("ui-status-revision").number("revision", overview.revision)));
        ui.label(icon(Icon::ShieldCheck).size(theme::SMALL).color(theme::of(ui).ink_soft));
        small(ui, cx.say(backup));
        small(ui, cx.t("ui-status-not-handed-up"));
    });
}

fn small(ui: &mut Ui, words: String) {
    ui.label(RichText::new(words).small().color(theme::of(ui).ink_soft));
}

/// Synthetic people are marked on every page.
pub fn demo_mark(ui: &mut Ui, cx: &Cx<'_>) {
    egui::Frame::new().fill(theme::of(ui).ask_pale).corner_radius(5).inner_margin(egui::Margin::symmetric(8, 1)).show(
        ui,
        |ui| {
            ui.label(RichText::new(cx.t("ui-demo-mark")).small().color(theme::of(ui).ask).strong())
                .on_hover_text(cx.t("ui-demo-hint"));
        },
    );
}

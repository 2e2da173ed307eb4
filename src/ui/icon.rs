//! Icons of the icon font, as text.

use eframe::egui::{self, RichText};
pub use lucide_icons::Icon;

use crate::ui::theme;

/// An icon in the size of the text beside it.
pub fn icon(icon: Icon) -> RichText {
    sized(icon, theme::BODY + 2.0)
}

/// An icon of a given size in points.
pub fn sized(icon: Icon, size: f32) -> RichText {
    RichText::new(char::from(icon).to_string()).family(theme::icon_family()).size(size)
}

/// An icon on its own that only decorates: readers of the screen are told its `label`.
pub fn decorate(ui: &mut egui::Ui, text: RichText, label: &str) -> egui::Response {
    let response = ui.label(text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, label));
    response
}

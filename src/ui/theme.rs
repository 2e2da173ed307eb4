//! All colours, text sizes and distances. No other file of the window names a colour.

use eframe::egui::{self, Color32, CornerRadius, FontFamily, FontId, Stroke, TextStyle, vec2};

/// The page.
pub const PAGE: Color32 = Color32::from_rgb(0xF4, 0xF3, 0xEE);
/// Cards, tables and fields.
pub const SURFACE: Color32 = Color32::from_rgb(0xFF, 0xFF, 0xFF);
/// Every second row, and the heads of tables.
pub const FAINT: Color32 = Color32::from_rgb(0xF9, 0xF8, 0xF4);
/// Lines around and between.
pub const LINE: Color32 = Color32::from_rgb(0xD5, 0xD2, 0xC8);
/// Frames of what can be pressed or typed into; 3:1 against the page.
pub const EDGE: Color32 = Color32::from_rgb(0x87, 0x8B, 0x88);
/// Text.
pub const INK: Color32 = Color32::from_rgb(0x1C, 0x22, 0x20);
/// Text that explains; 6:1 against the page.
pub const INK_SOFT: Color32 = Color32::from_rgb(0x52, 0x5B, 0x57);
/// What is chosen, and the one button that goes on.
pub const ACCENT: Color32 = Color32::from_rgb(0x1A, 0x66, 0x50);
/// The same, under the pointer.
pub const ACCENT_DEEP: Color32 = Color32::from_rgb(0x12, 0x4E, 0x3D);
/// Behind what is chosen.
pub const ACCENT_PALE: Color32 = Color32::from_rgb(0xDD, 0xEE, 0xE6);
/// Under the pointer.
pub const HOVER: Color32 = Color32::from_rgb(0xEC, 0xEA, 0xE2);
/// Something to be asked or looked at. It is no alarm.
pub const ASK: Color32 = Color32::from_rgb(0x8A, 0x55, 0x00);
/// Behind it.
pub const ASK_PALE: Color32 = Color32::from_rgb(0xFD, 0xF1, 0xD9);
/// A thing that went wrong on this computer; never a person's answer.
pub const WRONG: Color32 = Color32::from_rgb(0xA8, 0x2A, 0x1E);
/// Behind it.
pub const WRONG_PALE: Color32 = Color32::from_rgb(0xFB, 0xE9, 0xE6);
/// Text on the accent.
pub const ON_ACCENT: Color32 = Color32::WHITE;

/// Ordinary text, in points.
pub const BODY: f32 = 17.0;
/// Text that explains.
pub const SMALL: f32 = 15.0;
/// Heads of cards and groups.
pub const STRONG: f32 = 19.0;
/// Heads of pages.
pub const HEADING: f32 = 24.0;
/// The number that matters.
pub const HEADLINE: f32 = 34.0;
/// A table row.
pub const ROW: f32 = 36.0;
/// The smallest distance.
pub const GAP: f32 = 8.0;
/// Around and inside cards.
pub const MARGIN: f32 = 14.0;
/// Below this width a card takes the place of the table beside it.
pub const NARROW: f32 = 900.0;
/// Below this height a page leaves out what only explains.
pub const SHORT: f32 = 360.0;
/// The width of a card beside a table.
pub const CARD_WIDTH: f32 = 400.0;
/// The width of a page that holds a form.
pub const FORM_WIDTH: f32 = 620.0;

/// The text scales offered, in percent.
pub const SCALES: [u32; 4] = [100, 125, 150, 200];

/// The family of the icon font.
pub fn icon_family() -> FontFamily {
    FontFamily::Name("icons".into())
}

/// Text in the size of card heads.
pub fn strong_style() -> TextStyle {
    TextStyle::Name("strong".into())
}

/// Text in the size of the number that matters.
pub fn headline_style() -> TextStyle {
    TextStyle::Name("headline".into())
}

/// Sets colours, sizes and distances.
pub fn apply(ctx: &egui::Context) {
    ctx.set_theme(egui::Theme::Light);
    // There is one theme, whatever the system prefers.
    for theme in [egui::Theme::Light, egui::Theme::Dark] {
        ctx.style_mut_of(theme, |style| {
            sizes(style);
            colours(&mut style.visuals);
        });
    }
}

fn sizes(style: &mut egui::Style) {
    let font = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, font(SMALL)),
        (TextStyle::Body, font(BODY)),
        (TextStyle::Button, font(BODY)),
        (TextStyle::Monospace, font(BODY)),
        (TextStyle::Heading, font(HEADING)),
        (strong_style(), font(STRONG)),
        (headline_style(), font(HEADLINE)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(GAP, GAP);
    spacing.button_padding = vec2(12.0, 5.0);
    spacing.interact_size = vec2(36.0, 36.0);
    spacing.icon_width = 22.0;
    spacing.icon_width_inner = 14.0;
    spacing.icon_spacing = 8.0;
    spacing.combo_width = 160.0;
    spacing.scroll = egui::style::ScrollStyle::solid();
    spacing.scroll.bar_width = 12.0;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.3;
    style.animation_time = 0.0;
}

fn colours(visuals: &mut egui::Visuals) {
    *visuals = egui::Visuals::light();
    visuals.panel_fill = PAGE;
    visuals.window_fill = SURFACE;
    visuals.extreme_bg_color = SURFACE;
    visuals.text_edit_bg_color = Some(SURFACE);
    visuals.faint_bg_color = FAINT;
    visuals.weak_text_color = Some(INK_SOFT);
    visuals.selection.bg_fill = ACCENT_PALE;
    visuals.selection.stroke = Stroke::new(2.0, ACCENT);
    visuals.window_stroke = Stroke::new(1.0, LINE);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.hyperlink_color = ACCENT;
    visuals.error_fg_color = WRONG;
    visuals.warn_fg_color = ASK;
    visuals.text_cursor.blink = false;
    let corner = CornerRadius::same(6);
    let state = |fill: Color32, edge: Stroke, ink: Color32| egui::style::WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: edge,
        corner_radius: corner,
        fg_stroke: Stroke::new(1.5, ink),
        expansion: 0.0,
    };
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = state(SURFACE, Stroke::new(1.0, LINE), INK);
    widgets.inactive = state(SURFACE, Stroke::new(1.0, EDGE), INK);
    widgets.hovered = state(HOVER, Stroke::new(1.5, ACCENT), INK);
    // The keyboard's focus, too: a frame that cannot be overlooked.
    widgets.active = state(ACCENT_PALE, Stroke::new(2.5, ACCENT), INK);
    widgets.open = state(HOVER, Stroke::new(1.5, ACCENT), INK);
}

/// A white card with a line around it.
pub fn card() -> egui::Frame {
    egui::Frame::new().fill(SURFACE).stroke(Stroke::new(1.0, LINE)).corner_radius(10).inner_margin(MARGIN)
}

/// A coloured note.
pub fn note(fill: Color32) -> egui::Frame {
    egui::Frame::new().fill(fill).corner_radius(8).inner_margin(egui::Margin::symmetric(12, 8))
}

/// A bar along the window's edge.
pub fn bar() -> egui::Frame {
    egui::Frame::new().fill(SURFACE).inner_margin(egui::Margin::symmetric(MARGIN as i8, 6))
}

/// The page between the bars.
pub fn page() -> egui::Frame {
    egui::Frame::new().fill(PAGE).inner_margin(MARGIN)
}

//! All colours, text sizes and distances. No other file of the window names a colour.

use eframe::egui::{self, Color32, CornerRadius, FontFamily, FontId, Stroke, TextStyle, vec2};

/// The colours of one way to look at the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// The page.
    pub page: Color32,
    /// Cards, tables and fields.
    pub surface: Color32,
    /// Every second row, and the heads of tables.
    pub faint: Color32,
    /// Lines around and between.
    pub line: Color32,
    /// Frames of what can be pressed or typed into; 3:1 against the page.
    pub edge: Color32,
    /// Text.
    pub ink: Color32,
    /// Text that explains; 6:1 against the page.
    pub ink_soft: Color32,
    /// What is chosen, and the one button that goes on.
    pub accent: Color32,
    /// The same, under the pointer.
    pub accent_deep: Color32,
    /// Behind what is chosen.
    pub accent_pale: Color32,
    /// Under the pointer.
    pub hover: Color32,
    /// Something to be asked or looked at. It is no alarm.
    pub ask: Color32,
    /// Behind it.
    pub ask_pale: Color32,
    /// A thing that went wrong on this computer; never a person's answer.
    pub wrong: Color32,
    /// Behind it.
    pub wrong_pale: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// How thick the frames are of what can be pressed, in points.
    pub frame: f32,
    /// How thick the ring is around what has the keyboard, in points.
    pub ring: f32,
}

/// For indoors.
static LIGHT: Palette = Palette {
    page: Color32::from_rgb(0xF4, 0xF3, 0xEE),
    surface: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    faint: Color32::from_rgb(0xF9, 0xF8, 0xF4),
    line: Color32::from_rgb(0xD5, 0xD2, 0xC8),
    edge: Color32::from_rgb(0x87, 0x8B, 0x88),
    ink: Color32::from_rgb(0x1C, 0x22, 0x20),
    ink_soft: Color32::from_rgb(0x52, 0x5B, 0x57),
    accent: Color32::from_rgb(0x1A, 0x66, 0x50),
    accent_deep: Color32::from_rgb(0x12, 0x4E, 0x3D),
    accent_pale: Color32::from_rgb(0xDD, 0xEE, 0xE6),
    hover: Color32::from_rgb(0xEC, 0xEA, 0xE2),
    ask: Color32::from_rgb(0x8A, 0x55, 0x00),
    ask_pale: Color32::from_rgb(0xFD, 0xF1, 0xD9),
    wrong: Color32::from_rgb(0xA8, 0x2A, 0x1E),
    wrong_pale: Color32::from_rgb(0xFB, 0xE9, 0xE6),
    on_accent: Color32::WHITE,
    frame: 1.0,
    ring: 2.5,
};

/// For the sun and for weak eyes: black on white, every text at 7:1 or more, thick frames.
static CONTRAST: Palette = Palette {
    page: Color32::WHITE,
    surface: Color32::WHITE,
    faint: Color32::from_rgb(0xF0, 0xF0, 0xF0),
    line: Color32::BLACK,
    edge: Color32::BLACK,
    ink: Color32::BLACK,
    ink_soft: Color32::from_rgb(0x1E, 0x1E, 0x1E),
    accent: Color32::from_rgb(0x00, 0x40, 0x30),
    accent_deep: Color32::from_rgb(0x00, 0x2A, 0x20),
    accent_pale: Color32::from_rgb(0xD0, 0xF0, 0xE0),
    hover: Color32::from_rgb(0xE4, 0xE4, 0xE4),
    ask: Color32::from_rgb(0x5C, 0x36, 0x00),
    ask_pale: Color32::from_rgb(0xFF, 0xEE, 0xC8),
    wrong: Color32::from_rgb(0x86, 0x0E, 0x06),
    wrong_pale: Color32::from_rgb(0xFF, 0xE6, 0xE2),
    on_accent: Color32::WHITE,
    frame: 2.0,
    ring: 4.0,
};

/// How strongly the window stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contrast {
    /// For indoors.
    #[default]
    Light,
    /// For the sun and for weak eyes.
    High,
}

impl Contrast {
    /// Both, in the order they are offered.
    pub const ALL: [Contrast; 2] = [Self::Light, Self::High];

    /// Stable code for the settings, and the end of its words' key.
    pub fn code(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::High => "high",
        }
    }

    /// From the stable code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|contrast| contrast.code() == code)
    }

    /// Its colours.
    pub fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::High => &CONTRAST,
        }
    }

    // The toolkit keeps two styles ready; neither of ours is a dark one.
    fn slot(self) -> egui::Theme {
        match self {
            Self::Light => egui::Theme::Light,
            Self::High => egui::Theme::Dark,
        }
    }
}

/// The contrast the window is drawn in.
pub fn contrast(ctx: &egui::Context) -> Contrast {
    if ctx.theme() == Contrast::High.slot() { Contrast::High } else { Contrast::Light }
}

/// The colours the window is drawn in.
pub fn of(ui: &egui::Ui) -> &'static Palette {
    contrast(ui.ctx()).palette()
}

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
/// The width of a button that is only an icon, with the distance to the next.
pub const ICON_BUTTON: f32 = 50.0;
/// Below this height of the whole window its bars keep to what must be seen.
pub const LOW: f32 = 450.0;
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

/// Whether the whole window is so low that its bars keep to what must be seen: an old laptop's at twice the text size.
pub fn is_low(ui: &egui::Ui) -> bool {
    ui.ctx().content_rect().height() < LOW
}

/// Sets colours, sizes and distances.
pub fn apply(ctx: &egui::Context, chosen: Contrast) {
    // It is chosen here, whatever the system prefers.
    ctx.set_theme(chosen.slot());
    for contrast in Contrast::ALL {
        ctx.style_mut_of(contrast.slot(), |style| {
            sizes(style);
            colours(&mut style.visuals, contrast.palette());
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

fn colours(visuals: &mut egui::Visuals, palette: &Palette) {
    *visuals = egui::Visuals::light();
    visuals.panel_fill = palette.page;
    visuals.window_fill = palette.surface;
    visuals.extreme_bg_color = palette.surface;
    visuals.text_edit_bg_color = Some(palette.surface);
    visuals.faint_bg_color = palette.faint;
    visuals.weak_text_color = Some(palette.ink_soft);
    visuals.selection.bg_fill = palette.accent_pale;
    visuals.selection.stroke = Stroke::new(palette.frame + 1.0, palette.accent);
    visuals.window_stroke = Stroke::new(palette.frame, palette.line);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.hyperlink_color = palette.accent;
    visuals.error_fg_color = palette.wrong;
    visuals.warn_fg_color = palette.ask;
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke.color = palette.accent;
    let corner = CornerRadius::same(6);
    let state = |fill: Color32, width: f32, edge: Color32| egui::style::WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(width, edge),
        corner_radius: corner,
        fg_stroke: Stroke::new(1.5, palette.ink),
        expansion: 0.0,
    };
    let (thin, thick) = (palette.frame, palette.frame + 0.5);
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = state(palette.surface, thin, palette.line);
    widgets.inactive = state(palette.surface, thin, palette.edge);
    widgets.hovered = state(palette.hover, thick, palette.accent);
    // The keyboard's focus, too: a frame that cannot be overlooked.
    widgets.active = state(palette.accent_pale, palette.ring, palette.accent);
    widgets.open = state(palette.hover, thick, palette.accent);
}

/// A white card with a line around it.
pub fn card(ui: &egui::Ui) -> egui::Frame {
    let palette = of(ui);
    let line = Stroke::new(palette.frame, palette.line);
    egui::Frame::new().fill(palette.surface).stroke(line).corner_radius(10).inner_margin(MARGIN)
}

/// A coloured note.
pub fn note(fill: Color32) -> egui::Frame {
    egui::Frame::new().fill(fill).corner_radius(8).inner_margin(egui::Margin::symmetric(12, 8))
}

/// A bar along the window's edge.
pub fn bar(ui: &egui::Ui) -> egui::Frame {
    egui::Frame::new().fill(of(ui).surface).inner_margin(egui::Margin::symmetric(MARGIN as i8, 6))
}

/// The page between the bars.
pub fn page(ui: &egui::Ui) -> egui::Frame {
    egui::Frame::new().fill(of(ui).page).inner_margin(MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn light(colour: Color32) -> f64 {
        let part = |byte: u8| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(colour.r()) + 0.7152 * part(colour.g()) + 0.0722 * part(colour.b())
    }

    fn ratio(one: Color32, other: Color32) -> f64 {
        let (a, b) = (light(one), light(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn least_text_contrast(palette: &Palette) -> f64 {
        let grounds = [palette.page, palette.surface, palette.faint, palette.hover, palette.accent_pale];
        let inks = [palette.ink, palette.ink_soft, palette.accent, palette.accent_deep];
        let plain = inks.iter().flat_map(|ink| grounds.map(|ground| ratio(*ink, ground)));
        let notes = [
            (palette.ask, palette.ask_pale),
            (palette.ask, palette.surface),
            (palette.wrong, palette.wrong_pale),
            (palette.wrong, palette.surface),
            (palette.ink, palette.ask_pale),
            (palette.on_accent, palette.accent),
        ];
        plain.chain(notes.iter().map(|(ink, ground)| ratio(*ink, *ground))).fold(f64::MAX, f64::min)
    }

    #[test]
    fn every_text_is_legible_and_in_high_contrast_at_seven_to_one() {
        let light = least_text_contrast(&LIGHT);
        assert!(light >= 4.5, "{light}");
        let high = least_text_contrast(&CONTRAST);
        assert!(high >= 7.0, "{high}");
    }

    #[test]
    fn frames_of_what_can_be_pressed_stand_out_from_the_page() {
        for palette in [&LIGHT, &CONTRAST] {
            let least = [palette.page, palette.surface].into_iter().map(|ground| ratio(palette.edge, ground));
            assert!(least.fold(f64::MAX, f64::min) >= 3.0);
        }
    }

    #[test]
    fn a_contrast_is_read_back_from_its_code() {
        assert!(Contrast::ALL.iter().all(|contrast| Contrast::from_code(contrast.code()) == Some(*contrast)));
        assert_eq!(Contrast::from_code("neon"), None);
    }
}

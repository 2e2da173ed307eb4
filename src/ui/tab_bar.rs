//! The tabs along the top: as many of their names as there is room for.

use eframe::egui::{self, Button, RichText, Role, Ui, WidgetInfo};

use crate::ui::cx::Cx;
use crate::ui::icon::icon;
use crate::ui::tabs::Tab;
use crate::ui::theme;

/// How much of the tabs' names fits into the bar.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dress {
    /// Icons and words.
    Full,
    /// Words.
    Words,
    /// Icons, and the word of the one that is open.
    Icons,
}

impl Dress {
    /// The fullest that fits.
    pub fn that_fits(ui: &Ui, cx: &Cx<'_>, room: f32, tabs: (&[Tab], Tab)) -> Self {
        let all = [Self::Full, Self::Words];
        all.into_iter().find(|dress| dress.width(ui, cx, tabs) <= room).unwrap_or(Self::Icons)
    }

    /// The room before and after a tab's name: less where six names are to stand beside each other at large text.
    fn padding(self, ui: &Ui) -> f32 {
        let usual = ui.spacing().button_padding.x;
        match self {
            Self::Full => usual,
            Self::Words => usual.min(6.0),
            Self::Icons => usual.min(8.0),
        }
    }

    /// The width of all tabs, of which one is open.
    pub fn width(self, ui: &Ui, cx: &Cx<'_>, (tabs, open): (&[Tab], Tab)) -> f32 {
        let spacing = ui.spacing();
        let around = self.padding(ui) * 2.0 + spacing.item_spacing.x;
        let glyph = theme::BODY + 2.0 + spacing.icon_spacing;
        let widths = tabs.iter().map(|tab| {
            let font = egui::TextStyle::Button.resolve(ui.style());
            let words = || ui.painter().layout_no_wrap(cx.t(tab.key()), font, theme::of(ui).ink).size().x;
            around
                + match self {
                    Self::Full => glyph + words(),
                    Self::Words => words(),
                    Self::Icons if *tab == open => glyph + words(),
                    Self::Icons => glyph,
                }
        });
        widths.sum()
    }
}

/// One tab; whether it was clicked.
pub(super) fn tab_button(ui: &mut Ui, cx: &Cx<'_>, tab: Tab, chosen: bool, dress: Dress) -> bool {
    let words = cx.t(tab.key());
    let ink = if chosen { theme::of(ui).accent_deep } else { theme::of(ui).ink };
    let text = RichText::new(&words).color(ink);
    let text = if chosen { text.strong() } else { text };
    let glyph = icon(tab.icon()).color(ink);
    let before = ui.spacing().button_padding.x;
    ui.spacing_mut().button_padding.x = dress.padding(ui);
    let response = match dress {
        Dress::Words => ui.add(Button::selectable(chosen, text)),
        Dress::Icons if !chosen => ui.add(Button::selectable(chosen, glyph)).on_hover_text(&words),
        Dress::Full | Dress::Icons => ui.add(Button::selectable(chosen, (glyph, text))),
    };
    ui.spacing_mut().button_padding.x = before;
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, &words));
    if chosen {
        let line = response.rect.with_min_y(response.rect.bottom() - 3.0);
        ui.painter().rect_filled(line, 2, theme::of(ui).accent);
    }
    response.clicked()
}

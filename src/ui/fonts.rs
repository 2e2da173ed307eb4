//! The faces: one for nearly every Chinese character inside the program, one for the rarest beside it, one of icons.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{self, FontData, FontDefinitions, FontFamily, FontTweak};

use crate::desk::device;
pub use crate::paper::faces::RARE_FILE;
use crate::paper::faces::SANS;
use crate::ui::theme;

/// Installs the faces. Without the rare one, its characters show as boxes; everything else works.
pub fn install(ctx: &egui::Context, rare: &[PathBuf]) {
    let mut fonts = FontDefinitions::empty();
    let mut text = vec!["sans".to_owned()];
    fonts.font_data.insert("sans".into(), Arc::new(FontData::from_static(SANS)));
    match device::map_first(rare) {
        Some(mapped) => {
            fonts.font_data.insert("rare".into(), Arc::new(FontData::from_blob(mapped, 0)));
            text.push("rare".into());
        }
        None => tracing::info!("no font of rare characters beside the program"),
    }
    // Down a little, onto the middle of the Chinese characters beside them.
    let tweak = FontTweak { y_offset_factor: 0.13, ..FontTweak::default() };
    let icons = FontData::from_static(lucide_icons::LUCIDE_FONT_BYTES).tweak(tweak);
    fonts.font_data.insert("icons".into(), Arc::new(icons));
    fonts.families.insert(FontFamily::Proportional, text.clone());
    fonts.families.insert(FontFamily::Monospace, text);
    fonts.families.insert(theme::icon_family(), vec!["icons".into()]);
    ctx.set_fonts(fonts);
}

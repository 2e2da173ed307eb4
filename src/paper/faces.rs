//! The two shipped faces, and which glyph of which of them shows a character. Rare characters of names stand in a file
//! beside the program: without it they are printed as 〓, and counted.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

/// Nearly every character: Noto Sans SC, subset. The window shows the same.
pub static SANS: &[u8] = include_bytes!("../../assets/fonts/XiangliSans-NotoSansSC-subset.otf");

/// The file of the rarest characters, shipped beside the program: mapped or read, never compiled in.
pub const RARE_FILE: &str = "XiangliRare-HanaMinB-subset.ttf";

/// What stands for a character that no face has, as printers do.
const MISSING: char = '〓';

/// A font file that stays where it is, mapped or in memory.
pub type FontFile = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Which face a glyph is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The face inside the program.
    Sans,
    /// The face of rare characters.
    Rare,
}

/// A glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlyphOf {
    /// Its face.
    pub which: Which,
    /// Its number within the face.
    pub id: u32,
    /// How far it moves on, in shares of the text's size.
    pub advance: f32,
}

struct Face {
    bytes: FontFile,
    font: Font,
}

impl Face {
    fn new(bytes: FontFile) -> Option<Self> {
        let font = Font::new(bytes.clone().into(), 0)?;
        Some(Self { bytes, font })
    }

    fn glyph(&self, which: Which, c: char) -> Option<GlyphOf> {
        let face = FontRef::from_index((*self.bytes).as_ref(), 0).ok()?;
        let id = face.charmap().map(c).filter(|id| id.to_u32() != 0)?;
        let advance = face.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(id)?;
        Some(GlyphOf { which, id: id.to_u32(), advance: advance / self.font.units_per_em() })
    }
}

/// The faces of one piece of work; not shared between threads.
pub struct Faces {
    sans: Face,
    rare: Option<Face>,
    known: RefCell<HashMap<char, GlyphOf>>,
    missing: Cell<usize>,
}

impl Faces {
    /// The face inside the program, and the rare one where it is there. None where the program's own file is broken.
    pub fn new(rare: Option<FontFile>) -> Option<Self> {
        let sans = Face::new(Arc::new(SANS))?;
        Some(Self { sans, rare: rare.and_then(Face::new), known: RefCell::default(), missing: Cell::new(0) })
    }

    /// The glyph that shows a character; 〓 where there is none.
    pub fn glyph(&self, c: char) -> GlyphOf {
        if let Some(known) = self.known.borrow().get(&c) {
            return *known;
        }
        let found = self.find(c).unwrap_or_else(|| {
            self.missing.set(self.missing.get() + 1);
            let nothing = GlyphOf { which: Which::Sans, id: 0, advance: 1.0 };
            self.sans.glyph(Which::Sans, MISSING).unwrap_or(nothing)
        });
        self.known.borrow_mut().insert(c, found);
        found
    }

    fn find(&self, c: char) -> Option<GlyphOf> {
        let own = self.sans.glyph(Which::Sans, c);
        own.or_else(|| self.rare.as_ref()?.glyph(Which::Rare, c))
    }

    /// How many different characters no face had so far.
    pub fn missing(&self) -> usize {
        self.missing.get()
    }

    /// The face for the page.
    pub(super) fn font(&self, which: Which) -> &Font {
        match (which, &self.rare) {
            (Which::Rare, Some(rare)) => &rare.font,
            _ => &self.sans.font,
        }
    }

    /// How wide a text is, in points.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.glyph(c).advance).sum::<f32>() * size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn rare() -> Option<FontFile> {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/XiangliRare-HanaMinB-subset.ttf");
        Some(Arc::new(std::fs::read(file).expect("the rare face")))
    }

    #[test]
    fn characters_that_occur_in_names_alone_have_a_glyph_in_one_of_the_two_faces() {
        let faces = Faces::new(rare()).expect("faces");
        for c in "李㛃䶮𬭎𠅤𫖯·龘〇".chars() {
            assert_ne!(faces.glyph(c).id, 0, "U+{:X}", c as u32);
        }
        assert_eq!(faces.missing(), 0);
        assert_eq!(faces.glyph('李').which, Which::Sans);
    }

    #[test]
    fn what_no_face_has_is_printed_as_the_printers_mark_and_counted() {
        let faces = Faces::new(None).expect("faces");
        let mark = faces.glyph('〓');
        assert_eq!(faces.glyph('\u{e123}'), mark);
        assert_eq!(faces.missing(), 1);
    }
}

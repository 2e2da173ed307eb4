//! From pages to a PDF. krilla is used because it only draws: 51 crates in its tree (mostly crates the window has
//! anyway) and no language, cache or package search of its own, while typst brings a whole typesetting system. What it
//! does not do, breaking Chinese lines and choosing between two faces, is in `lines` and `faces`.
//!
//! The same pages make the same bytes: no clock is asked, the day is given.

use chrono::{Datelike as _, NaiveDate};
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use crate::ledger::error::{LedgerError, Result};
use crate::paper::faces::{Faces, Which};
use crate::paper::layout::{Mark, Page, Pen, Weight};

/// What the file says of itself.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// Its title.
    pub title: &'a str,
    /// The language of its text: `zh` or `en`.
    pub language: &'a str,
    /// The day it was made.
    pub on: NaiveDate,
}

/// The bytes of a PDF with these pages.
///
/// # Errors
/// The file cannot be put together, which nothing that a user does brings about.
pub fn bytes(pages: &[Page], about: &About<'_>, faces: &Faces) -> Result<Vec<u8>> {
    let settings = SerializeSettings { enable_tagging: false, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    document.set_metadata(metadata(about));
    for page in pages {
        let (width, height) = page.size;
        let Some(settings) = PageSettings::from_wh(width, height) else { return Err(failed()) };
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for mark in &page.marks {
            draw(&mut surface, mark, faces);
        }
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|_| failed())
}

fn failed() -> LedgerError {
    LedgerError::refused("paper-failed")
}

fn metadata(about: &About<'_>) -> Metadata {
    let on = about.on;
    let day = DateTime::new(u16::try_from(on.year()).unwrap_or(0)).month(on.month() as u8).day(on.day() as u8);
    Metadata::new()
        .title(about.title.to_owned())
        .language(about.language.to_owned())
        .creator("Xiangli".to_owned())
        .creation_date(day)
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, faces: &Faces) {
    match mark {
        Mark::Text { at, size, text, weight } => write(surface, *at, (*size, *weight), text, faces),
        Mark::Rule { from, to, pen } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            stroke(surface, path, *pen);
        }
        Mark::Bar(left, top, wide, high) => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*left, *top, *wide, *high) {
                path.push_rect(rect);
            }
            let Some(path) = path.finish() else { return };
            let paint = luma::Color::new(140).into();
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, ..Fill::default() }));
            surface.draw_path(&path);
        }
        Mark::Square(left, top, side) => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*left, *top, *side, *side) {
                path.push_rect(rect);
            }
            stroke(surface, path, Pen::Thin);
        }
    }
}

fn stroke(surface: &mut Surface<'_>, path: PathBuilder, pen: Pen) {
    let Some(path) = path.finish() else { return };
    let dash = (pen == Pen::Cut).then(|| StrokeDash { array: vec![4.0, 3.0], offset: 0.0 });
    let paint = luma::Color::new(if pen == Pen::Cut { 120 } else { 60 }).into();
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint, width: 0.6, line_cap: LineCap::Butt, dash, ..Stroke::default() }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

/// Writes a line, run by run: a run is what one face has.
fn write(surface: &mut Surface<'_>, at: (f32, f32), (size, weight): (f32, Weight), text: &str, faces: &Faces) {
    let ink = luma::Color::new(if weight == Weight::Grey { 90 } else { 0 });
    surface.set_fill(Some(Fill { paint: ink.into(), opacity: NormalizedF32::ONE, ..Fill::default() }));
    // There is no bold face: the outline makes a text heavier.
    let outline = Stroke { paint: ink.into(), width: size * 0.03, ..Stroke::default() };
    surface.set_stroke((weight == Weight::Bold).then_some(outline));
    let mut x = at.0;
    for (which, run) in runs(text, faces) {
        let mut glyphs = Vec::new();
        let mut wide = 0.0;
        for (from, c) in run.char_indices() {
            let glyph = faces.glyph(c);
            wide += glyph.advance * size;
            glyphs.push(KrillaGlyph {
                glyph_id: GlyphId::new(glyph.id),
                text_range: from..from + c.len_utf8(),
                x_advance: glyph.advance,
                x_offset: 0.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            });
        }
        surface.draw_glyphs(Point::from_xy(x, at.1), &glyphs, faces.font(which).clone(), run, size, false);
        x += wide;
    }
    surface.set_stroke(None);
}

fn runs<'a>(text: &'a str, faces: &Faces) -> Vec<(Which, &'a str)> {
    let mut runs: Vec<(Which, &str)> = Vec::new();
    let mut from = 0;
    let mut open: Option<Which> = None;
    for (at, c) in text.char_indices() {
        let which = faces.glyph(c).which;
        if let Some(before) = open.filter(|before| *before != which) {
            runs.push((before, &text[from..at]));
            from = at;
        }
        open = Some(which);
    }
    runs.extend(open.map(|which| (which, &text[from..])));
    runs
}

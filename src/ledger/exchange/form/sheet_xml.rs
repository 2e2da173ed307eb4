//! A worksheet's XML, changed in place: every event is copied through, only cells that are filled are written anew, with
//! the style they had. What formulas came to before is dropped, so that whoever opens the file counts again.
//! ECMA-376 part 1, 18.3.1.

use std::collections::BTreeMap;

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::reader::Reader;
use quick_xml::writer::Writer;

use super::{At, Value};
use crate::ledger::error::Result;
use crate::ledger::exchange::spreadsheet::unreadable;

/// What is written into one sheet: by row, then by column.
pub(super) type Edits = BTreeMap<u32, BTreeMap<u32, Edit>>;

/// One cell to be filled.
#[derive(Clone)]
pub(super) struct Edit {
    /// What it says.
    pub(super) value: Value,
    /// The cell whose style it takes where it has none of its own.
    pub(super) like: At,
}

/// The most elements that may lie in one another: a worksheet needs a dozen.
const DEEPEST: usize = 64;

fn damaged<E>(_: E) -> crate::ledger::error::LedgerError {
    unreadable("import-file-damaged")
}

/// The styles of the cells that others are to look like.
pub(super) fn styles(xml: &[u8], wanted: &[At]) -> Result<BTreeMap<At, String>> {
    let mut found = BTreeMap::new();
    each_cell(xml, &mut |at, tag, _| {
        if wanted.contains(&at)
            && let Some(style) = attribute(tag, "s")
        {
            found.insert(at, style);
        }
    })?;
    Ok(found)
}

/// The cells that hold a formula.
pub(super) fn formulas(xml: &[u8]) -> Result<Vec<At>> {
    let mut found = Vec::new();
    each_cell(xml, &mut |at, _, has_formula| {
        if has_formula {
            found.push(at);
        }
    })?;
    Ok(found)
}

/// Visits every cell with its place, its tag, and whether it holds a formula.
fn each_cell(xml: &[u8], take: &mut dyn FnMut(At, &BytesStart<'_>, bool)) -> Result<()> {
    let mut reader = Reader::from_reader(xml);
    let mut place = Place::default();
    let mut open: Option<(At, BytesStart<'static>, bool)> = None;
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "row" => place.row(&tag)?,
                "c" => open = Some((place.cell(&tag)?, tag.into_owned(), false)),
                "f" => open.iter_mut().for_each(|(.., has)| *has = true),
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "row" => place.row(&tag)?,
                "c" => take(place.cell(&tag)?, &tag, false),
                "f" => open.iter_mut().for_each(|(.., has)| *has = true),
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "c" => {
                if let Some((at, tag, has)) = open.take() {
                    take(at, &tag, has);
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Where a walk stands: rows and cells may leave out their own place and follow then upon the one before.
#[derive(Default)]
struct Place {
    row: u32,
    column: u32,
}

impl Place {
    fn row(&mut self, tag: &BytesStart<'_>) -> Result<()> {
        let said = attribute(tag, "r").map(|text| text.parse::<u32>()).transpose().map_err(damaged)?;
        self.row = said.unwrap_or(self.row + 1);
        self.column = 0;
        Ok(())
    }

    fn cell(&mut self, tag: &BytesStart<'_>) -> Result<At> {
        let said = attribute(tag, "r").map(|text| At::parse(&text).ok_or(())).transpose().map_err(damaged)?;
        self.column = said.map_or(self.column + 1, |at| at.column);
        Ok(At { row: self.row, column: self.column })
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// The sheet with the cells filled.
///
/// # Errors
/// XML that is damaged or too deep.
pub(super) fn filled(xml: &[u8], mut edits: Edits, styles: &BTreeMap<At, String>) -> Result<Vec<u8>> {
    let mut reader = Reader::from_reader(xml);
    let mut out = Out { writer: Writer::new(Vec::with_capacity(xml.len() + 4096)), prefix: String::new(), styles };
    let (mut place, mut depth) = (Place::default(), 0_usize);
    // What is still to be written of the row that is open.
    let mut of_row: BTreeMap<u32, Edit> = BTreeMap::new();
    loop {
        let event = reader.read_event().map_err(damaged)?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(unreadable("import-file-damaged"));
                }
                match tag.local_name().as_ref() {
                    "sheetData" => {
                        out.prefix_of(&tag);
                        out.copy(Event::Start(tag))?;
                    }
                    "row" => {
                        place.row(&tag)?;
                        of_row = out.rows_before(&mut edits, place.row)?;
                        out.copy(Event::Start(tag))?;
                    }
                    "c" => {
                        depth -= 1;
                        let at = place.cell(&tag)?;
                        let edit = out.cells_before(&mut of_row, at)?;
                        let inner = inner(&mut reader)?;
                        match edit {
                            Some(edit) => out.cell(at, Some(&tag), &edit)?,
                            None => out.old_cell(tag, inner)?,
                        }
                    }
                    _ => out.copy(Event::Start(tag))?,
                }
            }
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "sheetData" => {
                    out.prefix_of(&tag);
                    let name = tag.name().as_ref().to_owned();
                    out.copy(Event::Start(tag))?;
                    out.rows_before(&mut edits, u32::MAX)?;
                    out.end(&name)?;
                }
                "row" => {
                    place.row(&tag)?;
                    of_row = out.rows_before(&mut edits, place.row)?;
                    if of_row.is_empty() {
                        out.copy(Event::Empty(tag))?;
                        continue;
                    }
                    let name = tag.name().as_ref().to_owned();
                    out.copy(Event::Start(tag))?;
                    out.rest_of_row(&mut of_row, place.row)?;
                    out.end(&name)?;
                }
                "c" => {
                    let at = place.cell(&tag)?;
                    match out.cells_before(&mut of_row, at)? {
                        Some(edit) => out.cell(at, Some(&tag), &edit)?,
                        None => out.copy(Event::Empty(tag))?,
                    }
                }
                _ => out.copy(Event::Empty(tag))?,
            },
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match tag.local_name().as_ref() {
                    "row" => out.rest_of_row(&mut of_row, place.row)?,
                    "sheetData" => {
                        out.rows_before(&mut edits, u32::MAX)?;
                    }
                    _ => {}
                }
                out.copy(Event::End(tag))?;
            }
            Event::Eof => return Ok(out.writer.into_inner()),
            other => out.copy(other)?,
        }
    }
}

/// What lies within a cell, up to its end.
fn inner<'a>(reader: &mut Reader<&'a [u8]>) -> Result<Vec<Event<'a>>> {
    let (mut events, mut depth) = (Vec::new(), 0_usize);
    loop {
        let event = reader.read_event().map_err(damaged)?;
        match &event {
            Event::Start(_) if depth < DEEPEST => depth += 1,
            Event::Start(_) | Event::Eof => return Err(unreadable("import-file-damaged")),
            Event::End(_) if depth == 0 => return Ok(events),
            Event::End(_) => depth -= 1,
            _ => {}
        }
        events.push(event);
    }
}

struct Out<'s> {
    writer: Writer<Vec<u8>>,
    /// The prefix of the sheet's own elements with its colon; mostly empty.
    prefix: String,
    styles: &'s BTreeMap<At, String>,
}

impl Out<'_> {
    fn prefix_of(&mut self, tag: &BytesStart<'_>) {
        let (name, local) = (tag.name(), tag.local_name());
        self.prefix = name.as_ref().strip_suffix(local.as_ref()).unwrap_or_default().to_owned();
    }

    fn copy(&mut self, event: Event<'_>) -> Result<()> {
        self.writer.write_event(event).map_err(damaged)
    }

    fn name(&self, local: &str) -> String {
        format!("{}{local}", self.prefix)
    }

    fn end(&mut self, name: &str) -> Result<()> {
        self.copy(Event::End(BytesEnd::new(name.to_owned())))
    }

    /// Writes the rows that are not there and come before this one; what is to be written into this one.
    fn rows_before(&mut self, edits: &mut Edits, row: u32) -> Result<BTreeMap<u32, Edit>> {
        while let Some(first) = edits.first_entry() {
            let number = *first.key();
            if number >= row {
                break;
            }
            let mut cells = first.remove();
            let name = self.name("row");
            let mut tag = BytesStart::new(name.clone());
            tag.push_attribute(("r", number.to_string().as_str()));
            self.copy(Event::Start(tag))?;
            self.rest_of_row(&mut cells, number)?;
            self.end(&name)?;
        }
        Ok(edits.remove(&row).unwrap_or_default())
    }

    /// Writes the cells that are not there and come before this one; what is to be written into this one.
    fn cells_before(&mut self, cells: &mut BTreeMap<u32, Edit>, at: At) -> Result<Option<Edit>> {
        while let Some(first) = cells.first_entry() {
            let column = *first.key();
            if column >= at.column {
                break;
            }
            let edit = first.remove();
            self.cell(At { column, ..at }, None, &edit)?;
        }
        Ok(cells.remove(&at.column))
    }

    fn rest_of_row(&mut self, cells: &mut BTreeMap<u32, Edit>, row: u32) -> Result<()> {
        std::mem::take(cells).iter().try_for_each(|(column, edit)| self.cell(At { row, column: *column }, None, edit))
    }

    /// A cell as it was; of a formula without what it came to.
    fn old_cell(&mut self, tag: BytesStart<'_>, inner: Vec<Event<'_>>) -> Result<()> {
        let local = |event: &Event<'_>| match event {
            Event::Start(tag) | Event::Empty(tag) => Some(tag.local_name().as_ref().to_owned()),
            Event::End(tag) => Some(tag.local_name().as_ref().to_owned()),
            _ => None,
        };
        let has_formula = inner.iter().any(|event| local(event).as_deref() == Some("f"));
        let name = tag.name().as_ref().to_owned();
        self.copy(Event::Start(tag))?;
        let mut in_value = false;
        for event in inner {
            let is_value = has_formula && local(&event).as_deref() == Some("v");
            match (&event, is_value) {
                (Event::Start(_), true) => in_value = true,
                (Event::End(_), true) => in_value = false,
                (_, true) => {}
                _ if in_value => {}
                _ => self.copy(event)?,
            }
        }
        self.end(&name)
    }

    /// A filled cell: with the style it had, else that of the one it is to look like.
    fn cell(&mut self, at: At, old: Option<&BytesStart<'_>>, edit: &Edit) -> Result<()> {
        let name = self.name("c");
        let mut tag = BytesStart::new(name.clone());
        tag.push_attribute(("r", at.to_string().as_str()));
        let style = old.and_then(|old| attribute(old, "s")).or_else(|| self.styles.get(&edit.like).cloned());
        if let Some(style) = style {
            tag.push_attribute(("s", style.as_str()));
        }
        match &edit.value {
            Value::Number(number) => {
                self.copy(Event::Start(tag))?;
                self.text_in(&["v"], &number.to_string())?;
            }
            Value::Text(text) if text.is_empty() => return self.copy(Event::Empty(tag)),
            Value::Text(text) => {
                tag.push_attribute(("t", "inlineStr"));
                self.copy(Event::Start(tag))?;
                self.text_in(&["is", "t"], text)?;
            }
        }
        self.end(&name)
    }

    fn text_in(&mut self, elements: &[&str], text: &str) -> Result<()> {
        let names: Vec<String> = elements.iter().map(|element| self.name(element)).collect();
        for (name, element) in names.iter().zip(elements) {
            let mut tag = BytesStart::new(name.clone());
            if *element == "t" {
                tag.push_attribute(("xml:space", "preserve"));
            }
            self.copy(Event::Start(tag))?;
        }
        self.copy(Event::Text(BytesText::new(&printable(text))))?;
        names.iter().rev().try_for_each(|name| self.end(name))
    }
}

/// Without what XML cannot hold.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// The workbook told to count all formulas again when it is opened: `calcPr`, ECMA-376 part 1, 18.2.2.
pub(super) fn counted_again(xml: &[u8]) -> Result<Vec<u8>> {
    const AFTER: [&str; 9] = [
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
        "extLst",
    ];
    let mut reader = Reader::from_reader(xml);
    let mut out = Out {
        writer: Writer::new(Vec::with_capacity(xml.len() + 64)),
        prefix: String::new(),
        styles: &BTreeMap::new(),
    };
    let mut is_said = false;
    loop {
        let event = reader.read_event().map_err(damaged)?;
        match &event {
            Event::Start(tag) if tag.local_name().as_ref() == "workbook" => out.prefix_of(tag),
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "calcPr" => {
                is_said = true;
                let again = again(tag)?;
                let is_empty = matches!(event, Event::Empty(_));
                out.copy(if is_empty { Event::Empty(again) } else { Event::Start(again) })?;
                continue;
            }
            Event::Start(tag) | Event::Empty(tag) if !is_said && AFTER.contains(&tag.local_name().as_ref()) => {
                is_said = out.calc()?;
            }
            Event::End(tag) if !is_said && tag.local_name().as_ref() == "workbook" => is_said = out.calc()?,
            Event::Eof => return Ok(out.writer.into_inner()),
            _ => {}
        }
        out.copy(event)?;
    }
}

impl Out<'_> {
    fn calc(&mut self) -> Result<bool> {
        let mut tag = BytesStart::new(self.name("calcPr"));
        tag.push_attribute(("fullCalcOnLoad", "1"));
        self.copy(Event::Empty(tag))?;
        Ok(true)
    }
}

fn again(old: &BytesStart<'_>) -> Result<BytesStart<'static>> {
    let mut tag = BytesStart::new(old.name().as_ref().to_owned());
    for found in old.attributes() {
        let found = found.map_err(damaged)?;
        if found.key.as_ref() != "fullCalcOnLoad" {
            tag.push_attribute(found);
        }
    }
    tag.push_attribute(("fullCalcOnLoad", "1"));
    Ok(tag)
}

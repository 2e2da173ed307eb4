//! The zip around a spreadsheet: which part is which sheet, and a copy in which only sheets are written anew.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Cursor, Read as _, Write as _};
use std::path::Path;

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::sheet_xml::counted_again;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::exchange::spreadsheet::{refuse, unreadable};
use crate::ledger::exchange::zip_scan::{Package, scan};

const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
/// A form is a page or a few; more is a roster.
const MOST_SHEET_BYTES: u64 = 32 << 20;

type Archive = ZipArchive<BufReader<File>>;

fn damaged<E>(_: E) -> LedgerError {
    unreadable("import-file-damaged")
}

/// Opens an xlsx file after looking through it.
fn open(path: &Path) -> Result<Archive> {
    let file = File::open(path).map_err(|e| LedgerError::io(e, path))?;
    let mut start = [0; 4];
    let length = (&file).read(&mut start).map_err(|e| LedgerError::io(e, path))?;
    match start.get(..length).unwrap_or_default() {
        [0x50, 0x4b, ..] => {}
        [0xd0, 0xcf, 0x11, 0xe0] => return Err(refuse("township-form-is-xls", |m| m)),
        _ => return Err(refuse("township-form-is-not-xlsx", |m| m)),
    }
    if scan(path)? != Package::Excel {
        return Err(refuse("township-form-is-not-xlsx", |m| m));
    }
    let file = File::open(path).map_err(|e| LedgerError::io(e, path))?;
    let archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let has_macros =
        archive.file_names().any(|name| name.is_ok_and(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")));
    if has_macros {
        return Err(refuse("township-form-has-macros", |m| m));
    }
    Ok(archive)
}

fn part(archive: &mut Archive, name: &str) -> Result<Vec<u8>> {
    let entry = archive.by_name(name).map_err(damaged)?;
    let mut bytes = Vec::new();
    entry.take(MOST_SHEET_BYTES + 1).read_to_end(&mut bytes).map_err(damaged)?;
    if bytes.len() as u64 > MOST_SHEET_BYTES {
        return Err(refuse("import-file-unpacks-too-large", |m| m));
    }
    if std::str::from_utf8(&bytes).is_err() {
        return Err(unreadable("import-file-damaged"));
    }
    Ok(bytes)
}

/// The sheets with their XML, in the order of the workbook.
pub(super) fn sheets(path: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut archive = open(path)?;
    let parts = parts(&mut archive)?;
    parts.into_iter().map(|(name, part_name)| Ok((name, part(&mut archive, &part_name)?))).collect()
}

/// The names of the sheets, each with the name of its part.
fn parts(archive: &mut Archive) -> Result<Vec<(String, String)>> {
    let targets: HashMap<String, String> = elements(&part(archive, RELATIONS)?, "Relationship", ["Id", "Target"])?
        .into_iter()
        .map(|[id, target]| (id, target))
        .collect();
    let names = elements(&part(archive, WORKBOOK)?, "sheet", ["name", "r:id"])?;
    let known: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let mut found = Vec::new();
    for [name, id] in names {
        let Some(target) = targets.get(&id) else { continue };
        let target = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        // A chart in a sheet's place is no form.
        if target.contains("worksheets/") && known.contains(&target) {
            found.push((name, target));
        }
    }
    Ok(found)
}

/// Two attributes of every element of this name; an id under whatever prefix.
fn elements(xml: &[u8], element: &str, attributes: [&str; 2]) -> Result<Vec<[String; 2]>> {
    let mut reader = Reader::from_reader(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == element => {
                let mut values = [String::new(), String::new()];
                for one in tag.attributes() {
                    let one = one.map_err(damaged)?;
                    let value = one.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(damaged)?.into_owned();
                    let key = one.key.as_ref().to_owned();
                    let is = |wanted: &str| match wanted.split_once(':') {
                        Some((_, local)) => key.split_once(':').is_some_and(|(_, said)| said == local),
                        None => key == wanted,
                    };
                    for (at, wanted) in attributes.iter().enumerate() {
                        if is(wanted) {
                            values[at].clone_from(&value);
                        }
                    }
                }
                found.push(values);
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// What becomes of a sheet's XML, by the name of the sheet; nothing where it stays as it is.
pub(super) type Change<'a> = dyn FnMut(&str, &[u8]) -> Result<Option<Vec<u8>>> + 'a;

/// A copy of the file: `change` is asked for each sheet by name, and whatever it leaves goes through byte for byte.
pub(super) fn rewritten(path: &Path, change: &mut Change<'_>) -> Result<Vec<u8>> {
    let mut archive = open(path)?;
    let mut new: HashMap<String, Vec<u8>> = HashMap::new();
    for (name, part_name) in parts(&mut archive)? {
        let xml = part(&mut archive, &part_name)?;
        new.extend(change(&name, &xml)?.map(|changed| (part_name, changed)));
    }
    new.insert(WORKBOOK.to_owned(), counted_again(&part(&mut archive, WORKBOOK)?)?);
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        let name = entry.name().map_err(damaged)?.into_owned();
        match new.remove(&name) {
            None => out.raw_copy_file(entry).map_err(damaged)?,
            Some(bytes) => {
                let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
                out.start_file(name, options).map_err(damaged)?;
                out.write_all(&bytes).map_err(damaged)?;
            }
        }
    }
    Ok(out.finish().map_err(damaged)?.into_inner())
}

//! The small file by which a county's values travel from one village to another: written here, and looked at before
//! anything of it is taken over. What comes in is hostile until every value was held against its programme's bounds.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::programme::local::LocalDef;
use crate::domain::programme::{Programme, compiled_in};
use crate::ledger::command::NewLocal;
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::local_standards;
use crate::ledger::store::Tx;
use crate::ledger::view::View;

/// More bytes than this hold no such file.
const MOST_BYTES: u64 = 64 * 1024;
/// More values than this are not looked at: all programmes together name a few dozen.
const MOST_VALUES: usize = 200;
/// A source is called by so many letters at most.
const MOST_LETTERS: usize = 100;

/// The whole file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    /// What it is, and in which form.
    xiangli_local_standards: u32,
    values: Vec<serde_json::Value>,
}

/// One value of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    programme: String,
    key: String,
    value: String,
    source: String,
    on: NaiveDate,
}

/// Why a value is not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is not written as a value is.
    Unclear,
    /// No programme names it.
    Unknown,
    /// It lies outside the bounds of its programme.
    OutOfBounds,
    /// The paper is not named, or its name is too long.
    Source,
    /// The day is still to come: until then another value stands.
    Day,
    /// It stands there twice.
    Twice,
}

impl Problem {
    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unclear => "local-problem-unclear",
            Self::Unknown => "local-problem-unknown",
            Self::OutOfBounds => "local-problem-bounds",
            Self::Source => "local-problem-source",
            Self::Day => "local-problem-day",
            Self::Twice => "local-problem-twice",
        }
    }
}

/// A value that is not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its place in the file, from 1.
    pub number: usize,
    /// What it calls itself, cut short.
    pub name: String,
    /// Why.
    pub problem: Problem,
}

/// What was found in a file; nothing of it is written yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalFile {
    /// The values within their programmes' bounds.
    pub values: Vec<NewLocal>,
    /// The others, one by one.
    pub refused: Vec<Refused>,
}

impl View {
    /// Writes all values of this village into a new file of a folder, and where that lies.
    ///
    /// # Errors
    /// `error-local-nothing` where none was entered; `error-file-exists` where one of this day is there already.
    pub fn export_local(&self, folder: &Path, today: NaiveDate) -> Result<PathBuf> {
        let path = folder.join(format!("xiangli-local-{today}.json"));
        self.export_local_to(&path)?;
        Ok(path)
    }

    /// The same into the file of this name.
    pub fn export_local_to(&self, path: &Path) -> Result<usize> {
        let (standards, sources) = (self.local_standards()?, self.sources()?);
        let mut values = Vec::new();
        for (programme, def) in self.programmes().iter().flat_map(|p| p.local.iter().map(move |def| (p, def))) {
            let Some(set) = standards.get(&programme.id, &def.key) else { continue };
            let source = sources.get(&set.source).map(|source| source.title.clone()).unwrap_or_default();
            let (programme, key) = (programme.id.clone(), def.key.clone());
            let entry = Entry { programme, key, value: set.value.clone(), source, on: set.on };
            values.push(serde_json::to_value(entry).map_err(|_| LedgerError::refused("error-local-file"))?);
        }
        if values.is_empty() {
            return Err(LedgerError::refused("error-local-nothing"));
        }
        let count = values.len();
        let whole = Whole { xiangli_local_standards: 1, values };
        let text = serde_json::to_string_pretty(&whole).map_err(|_| LedgerError::refused("error-local-file"))?;
        write_new(path, &text)?;
        Ok(count)
    }

    /// Looks at a file; writes nothing.
    pub fn look_at_local(&self, path: &Path, today: NaiveDate) -> Result<LocalFile> {
        let file = File::open(path).map_err(|error| LedgerError::io(error, path))?;
        let mut bytes = Vec::new();
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| LedgerError::io(error, path))?;
        let programmes: Vec<&Programme> = self.programmes().iter().map(AsRef::as_ref).collect();
        read(&bytes, &programmes, today)
    }
}

fn write_new(path: &Path, text: &str) -> Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|error| LedgerError::io(error, path))
}

/// Reads a file's bytes.
///
/// # Errors
/// `error-local-file` where it is no such file or too large.
pub fn read(bytes: &[u8], programmes: &[&Programme], today: NaiveDate) -> Result<LocalFile> {
    let unclear = || LedgerError::refused("error-local-file");
    if bytes.len() as u64 > MOST_BYTES {
        return Err(unclear());
    }
    // Windows' editor begins a file with a mark.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let whole: Whole = serde_json::from_slice(bytes).map_err(|_| unclear())?;
    if whole.xiangli_local_standards != 1 || whole.values.len() > MOST_VALUES {
        return Err(unclear());
    }
    let mut found = LocalFile::default();
    for (number, value) in (1..).zip(whole.values) {
        let entry: Option<Entry> = serde_json::from_value(value).ok();
        let name = entry.as_ref().map(|entry| called(entry, programmes)).unwrap_or_default();
        match entry.ok_or(Problem::Unclear).and_then(|entry| one(entry, programmes, &found.values, today)) {
            Ok(value) => found.values.push(value),
            Err(problem) => found.refused.push(Refused { number, name, problem }),
        }
    }
    Ok(found)
}

fn one(
    entry: Entry,
    programmes: &[&Programme],
    known: &[NewLocal],
    today: NaiveDate,
) -> std::result::Result<NewLocal, Problem> {
    let Entry { programme, key, value, source, on } = entry;
    let def = def_of(programmes, &programme, &key).ok_or(Problem::Unknown)?;
    def.read(&value).map_err(|_| Problem::OutOfBounds)?;
    let source = source.trim().to_owned();
    if source.is_empty() || source.chars().count() > MOST_LETTERS || source.contains(char::is_control) {
        return Err(Problem::Source);
    }
    if on > today {
        return Err(Problem::Day);
    }
    if known.iter().any(|known| known.programme == programme && known.key == key) {
        return Err(Problem::Twice);
    }
    Ok(NewLocal { programme, key, value: value.trim().to_owned(), source, on })
}

fn def_of<'p>(programmes: &[&'p Programme], programme: &str, key: &str) -> Option<&'p LocalDef> {
    programmes.iter().find(|known| known.id == programme)?.local.iter().find(|def| def.key == key)
}

/// What an entry calls itself, without anything that could be taken for the program's own words.
fn called(entry: &Entry, programmes: &[&Programme]) -> String {
    let text = format!("{} {}", entry.programme, entry.key);
    match def_of(programmes, &entry.programme, &entry.key) {
        Some(_) => text,
        None => text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(40).collect(),
    }
}

/// Writes values that were looked at, as one change.
pub(in crate::ledger) fn set_many(tx: &mut Tx<'_>, values: &[NewLocal]) -> Result<()> {
    let programmes = compiled_in().map_err(|_| LedgerError::damaged("error-programme-file"))?;
    if values.is_empty() {
        return Err(LedgerError::refused("error-local-nothing"));
    }
    for NewLocal { programme, key, value, source, on } in values {
        let found = programmes.iter().find(|known| known.id == *programme);
        let found = found.ok_or_else(|| LedgerError::refused("error-no-such-programme"))?;
        local_standards::set_one(tx, found, key, value, source, *on)?;
    }
    for programme in &programmes {
        if values.iter().any(|value| value.programme == programme.id) {
            local_standards::fits_together(tx, programme)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(values: &str) -> Result<LocalFile> {
        let programmes = compiled_in().expect("valid");
        let programmes: Vec<&Programme> = programmes.iter().collect();
        let text = format!("{{\"xiangli_local_standards\": 1, \"values\": {values}}}");
        read(text.as_bytes(), &programmes, "2026-11-23".parse().expect("a date"))
    }

    fn entry(programme: &str, key: &str, value: &str, on: &str) -> String {
        format!(r#"{{"programme":"{programme}","key":"{key}","value":"{value}","source":"镇里文件","on":"{on}"}}"#)
    }

    #[test]
    fn what_is_unknown_out_of_bounds_or_twice_is_named_one_by_one_and_the_rest_is_kept() {
        let values = [
            entry("women-check", "interval_months", "24", "2026-01-01"),
            entry("women-check", "interval_months", "12", "2026-01-01"),
            entry("women-check", "age_from", "20", "2026-01-01"),
            entry("women-check", "interval_months", "36", "2026-01-01"),
            entry("elder-allowance", "fen_80", "100", "2027-01-01"),
            r#"{"programme":"elder-allowance","sql":"x"}"#.to_owned(),
        ];
        let found = look(&format!("[{}]", values.join(","))).expect("a file");
        assert_eq!(found.values.len(), 1);
        let problems: Vec<(usize, Problem)> = found.refused.iter().map(|one| (one.number, one.problem)).collect();
        let expected = [Problem::OutOfBounds, Problem::Unknown, Problem::Twice, Problem::Day, Problem::Unclear];
        assert_eq!(problems, (2..).zip(expected).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_no_such_file_is_refused_whole() {
        let programmes = compiled_in().expect("valid");
        let programmes: Vec<&Programme> = programmes.iter().collect();
        let today = "2026-11-23".parse().expect("a date");
        let large = vec![b' '; 70_000];
        let nested = format!("{{\"xiangli_local_standards\":1,\"values\":{}", "[".repeat(30_000));
        for bytes in
            [&b""[..], b"\xFF\xFE", b"[]", b"{\"xiangli_local_standards\":2,\"values\":[]}", &large, nested.as_bytes()]
        {
            assert!(read(bytes, &programmes, today).is_err());
        }
        assert!(look(&format!("[{}]", vec!["1"; 201].join(","))).is_err(), "too many");
    }
}

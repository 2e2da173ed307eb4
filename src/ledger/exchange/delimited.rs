//! Delimited text: finds out encoding and delimiter, then splits records as a stream. Blank lines count as rows, as
//! they do in a spreadsheet program, and no record may grow without bound; the common readers do neither.

use std::fs::File;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::ledger::error::{LedgerError, Result};
use crate::ledger::exchange::cell::Row;
use crate::ledger::exchange::spreadsheet::{Deliver, MOST_ROWS, check_column, refuse};

const CHUNK: usize = 1 << 16;
/// More lines than this are counted before any of them is kept; a quoted text may have some of its own, and some are blank.
const MOST_LINES: u64 = 2 * MOST_ROWS;
const LONGEST_RECORD: usize = 1 << 20;
const LONGEST_QUOTED: usize = 1 << 15;

/// A file of delimited text.
pub(super) struct Delimited {
    path: PathBuf,
    encoding: &'static Encoding,
    delimiter: u8,
    /// What ends a line: a carriage return alone in files of old Macs.
    line_end: u8,
    bytes: u64,
    sheets: [String; 1],
}

impl Delimited {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let encoding = encoding_of(path)?;
        let bytes = std::fs::metadata(path).map_err(|e| LedgerError::io(e, path))?.len();
        let mut file =
            Self { path: path.to_owned(), encoding, delimiter: b',', line_end: b'\n', bytes, sheets: [String::new()] };
        let mut sample = String::new();
        file.chunks(&mut |text, _| {
            sample.push_str(text);
            Ok(ControlFlow::Break(()))
        })?;
        if !sample.contains('\n') && sample.contains('\r') {
            file.line_end = b'\r';
            sample = sample.replace('\r', "\n");
        }
        file.delimiter = delimiter_of(&sample);
        file.refuse_endless()?;
        Ok(file)
    }

    /// A list of many millions would fill memory before it is found to be too long.
    fn refuse_endless(&self) -> Result<()> {
        // In UTF-16 half of many a character is the byte of a line's end.
        if self.bytes <= MOST_LINES || [UTF_16LE, UTF_16BE].contains(&self.encoding) {
            return Ok(());
        }
        let io = |e| LedgerError::io(e, &self.path);
        let mut file = File::open(&self.path).map_err(io)?;
        let (mut bytes, mut lines) = (vec![0; CHUNK], 0_u64);
        loop {
            let read = file.read(&mut bytes).map_err(io)?;
            let some = bytes.get(..read).unwrap_or_default();
            lines += some.iter().filter(|byte| **byte == self.line_end).count() as u64;
            if lines > MOST_LINES {
                return Err(refuse("import-too-many-rows", |m| m.number("most", MOST_ROWS as i64)));
            }
            if read == 0 {
                return Ok(());
            }
        }
    }

    pub(super) fn sheets(&self) -> &[String] {
        &self.sheets
    }

    pub(super) fn rows(&self, deliver: &mut Deliver<'_>) -> Result<()> {
        let mut splitter = Splitter::new(self.delimiter, self.line_end, self.bytes);
        let mut stopped = false;
        self.chunks(&mut |text, done| {
            let flow = splitter.feed(text, done, deliver)?;
            stopped = flow.is_break();
            Ok(flow)
        })?;
        if !stopped {
            splitter.finish(deliver)?;
        }
        Ok(())
    }

    /// Decodes the file piece by piece.
    fn chunks(&self, take: &mut dyn FnMut(&str, u64) -> Result<ControlFlow<()>>) -> Result<()> {
        let io = |e| LedgerError::io(e, &self.path);
        let mut file = File::open(&self.path).map_err(io)?;
        let mut decoder = self.encoding.new_decoder_with_bom_removal();
        let (mut bytes, mut text, mut done) = (vec![0; CHUNK], String::new(), 0_u64);
        loop {
            let read = file.read(&mut bytes).map_err(io)?;
            done += read as u64;
            text.clear();
            decode(&mut decoder, bytes.get(..read).unwrap_or_default(), &mut text, read == 0);
            if take(&text, done)?.is_break() || read == 0 {
                return Ok(());
            }
        }
    }
}

fn decode(decoder: &mut Decoder, bytes: &[u8], text: &mut String, last: bool) {
    text.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(4 * bytes.len() + 16));
    let _ = decoder.decode_to_string(bytes, text, last);
}

/// By its mark, else UTF-8 where all of it is that, else GB18030, which spreadsheet programs in China write.
fn encoding_of(path: &Path) -> Result<&'static Encoding> {
    let io = |e| LedgerError::io(e, path);
    let mut file = File::open(path).map_err(io)?;
    let mut bytes = vec![0; CHUNK];
    let mut kept = 0;
    let mut first = true;
    loop {
        let read = file.read(bytes.get_mut(kept..).unwrap_or_default()).map_err(io)?;
        let filled = bytes.get(..kept + read).unwrap_or_default();
        if first {
            first = false;
            if let Some((encoding, _)) = Encoding::for_bom(filled) {
                return Ok(encoding);
            }
            if let Some(encoding) = utf16_without_mark(filled) {
                return Ok(encoding);
            }
        }
        match std::str::from_utf8(filled) {
            Ok(_) => kept = 0,
            Err(error) if error.error_len().is_none() && read > 0 => {
                let tail = error.valid_up_to()..filled.len();
                kept = tail.len();
                bytes.copy_within(tail, 0);
            }
            Err(_) => return Ok(GB18030),
        }
        if read == 0 {
            return Ok(UTF_8);
        }
    }
}

/// Every other byte of the beginning is 0 where digits, commas and line ends are written in 16 bits.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(2048))?;
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    match (zeros(0), zeros(1)) {
        (even, odd) if odd > start.len() / 10 && even == 0 => Some(UTF_16LE),
        (even, odd) if even > start.len() / 10 && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The one that most lines of the beginning have, and have equally often.
fn delimiter_of(sample: &str) -> u8 {
    let lines: Vec<&str> = sample.lines().take(50).collect();
    if let Some(named) = lines.first().and_then(|line| line.strip_prefix("sep=")).and_then(|rest| rest.bytes().next()) {
        return named;
    }
    let score = |delimiter: u8| {
        let counts: Vec<usize> = lines.iter().map(|l| l.bytes().filter(|b| *b == delimiter).count()).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        counts.iter().filter(|count| **count > 0 && **count + 2 >= most).count() * most.min(40)
    };
    let candidates = [b',', b'\t', b';', b'|'];
    candidates.into_iter().max_by_key(|d| (score(*d), *d == b',')).filter(|d| score(*d) > 0).unwrap_or(b',')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    QuoteInQuoted,
}

struct Splitter {
    delimiter: u8,
    line_end: u8,
    total: u64,
    state: State,
    field: String,
    column: usize,
    row: Row,
    record: usize,
}

impl Splitter {
    fn new(delimiter: u8, line_end: u8, total: u64) -> Self {
        let mut row = Row::default();
        row.restart(1);
        Self { delimiter, line_end, total, state: State::Start, field: String::new(), column: 0, row, record: 0 }
    }

    fn feed(&mut self, text: &str, done: u64, deliver: &mut Deliver<'_>) -> Result<ControlFlow<()>> {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            match self.state {
                State::Start if byte == b'"' => {
                    self.state = State::Quoted;
                    at += 1;
                }
                State::Quoted if byte == b'"' => {
                    self.state = State::QuoteInQuoted;
                    at += 1;
                }
                State::QuoteInQuoted if byte == b'"' => {
                    self.field.push('"');
                    self.state = State::Quoted;
                    at += 1;
                }
                State::Quoted => at = self.take_run(text, at, |b| b == b'"')?,
                _ if byte == self.delimiter => {
                    self.end_field()?;
                    at += 1;
                }
                _ if byte == self.line_end => {
                    self.end_field()?;
                    at += 1;
                    if self.end_record(done, deliver)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                _ => {
                    self.state = State::Plain;
                    let (delimiter, line_end) = (self.delimiter, self.line_end);
                    at = self.take_run(text, at, |b| b == delimiter || b == line_end)?;
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Appends up to the next byte that ends the run; such bytes are ASCII, so the cut is between characters.
    fn take_run(&mut self, text: &str, at: usize, ends: impl Fn(u8) -> bool) -> Result<usize> {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let end = at + rest.iter().position(|b| ends(*b)).unwrap_or(rest.len());
        self.field.push_str(text.get(at..end).unwrap_or_default());
        if self.state == State::Quoted && self.field.len() > LONGEST_QUOTED {
            return Err(refuse("import-quote-not-closed", |m| m.number("row", i64::from(self.row.number))));
        }
        if self.record + self.field.len() > LONGEST_RECORD {
            return Err(refuse("import-line-too-long", |m| m.number("row", i64::from(self.row.number))));
        }
        Ok(end)
    }

    fn end_field(&mut self) -> Result<()> {
        self.state = State::Start;
        self.record += self.field.len() + 1;
        let before = self.row.width();
        self.row.put_text(self.column, &self.field);
        if self.row.width() > before {
            check_column("", self.row.number.saturating_sub(1), self.column)?;
        }
        self.column += 1;
        self.field.clear();
        Ok(())
    }

    fn end_record(&mut self, done: u64, deliver: &mut Deliver<'_>) -> Result<ControlFlow<()>> {
        let flow = if self.row.is_empty() { ControlFlow::Continue(()) } else { deliver(&self.row, done, self.total)? };
        let next = self.row.number.saturating_add(1);
        self.row.restart(next);
        (self.column, self.record) = (0, 0);
        Ok(flow)
    }

    fn finish(&mut self, deliver: &mut Deliver<'_>) -> Result<()> {
        self.end_field()?;
        self.end_record(self.total, deliver).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::progress::Unwatched;
    use std::io::Write as _;

    fn read(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>> {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(bytes).expect("written");
        let mut book = crate::ledger::exchange::spreadsheet::Book::open(file.path())?;
        let mut rows = Vec::new();
        book.rows(0, &Unwatched, &mut |row| {
            rows.push((row.number, (0..row.width()).map(|c| row.cell(c).text().into_owned()).collect()));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    fn strings(row: &[&str]) -> Vec<String> {
        row.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn blank_lines_and_quoted_line_breaks_keep_the_row_numbers_of_a_spreadsheet() {
        let rows = read("姓名,备注\r\n\r\n张三,\"a\r\nb,\"\"c\"\"\"\r\n,,\r\n李四".as_bytes()).expect("rows");
        assert_eq!(rows[0], (1, strings(&["姓名", "备注"])));
        assert_eq!(rows[1], (3, strings(&["张三", "a\r\nb,\"c\""])));
        assert_eq!(rows[2], (5, strings(&["李四"])));
    }

    #[test]
    fn every_encoding_of_a_spreadsheet_program_is_read() {
        let text = "姓名;电话\n侯㛃;19\n";
        let expected = vec![(1, strings(&["姓名", "电话"])), (2, strings(&["侯㛃", "19"]))];
        let (gb, _, _) = GB18030.encode(text);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [&[0xff, 0xfe], utf16.as_slice()].concat();
        let with_bom = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
        for bytes in [text.as_bytes(), &gb, &utf16, &marked, &with_bom] {
            assert_eq!(read(bytes).expect("rows"), expected);
        }
        assert_eq!(read("姓名\t电话\n张三\t1,9\n".as_bytes()).expect("rows")[1].1, strings(&["张三", "1,9"]));
    }

    #[test]
    fn no_line_grows_without_bound() {
        let key = |bytes: &[u8]| match read(bytes) {
            Err(error) => crate::domain::message::Say::message(&error).key.into_owned(),
            Ok(_) => "read".to_owned(),
        };
        assert_eq!(key("a".repeat(3 << 20).as_bytes()), "import-line-too-long");
        assert_eq!(key(format!("a,b\n\"{}", "张三,1\n".repeat(10_000)).as_bytes()), "import-quote-not-closed");
        assert_eq!(key("a,".repeat(10_000).as_bytes()), "import-far-cell");
        assert_eq!(key(b""), "import-file-empty");
        assert_eq!(key(b"<html><table>"), "import-file-is-web-page");
        assert_eq!(key("a,b\n,,,,\u{0}\n".as_bytes()), "read");
    }
}

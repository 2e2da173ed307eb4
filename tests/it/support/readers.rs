//! Every reader of what comes from outside, fed with any bytes at all: by the plain test over tests/corpus and by the
//! targets of fuzz/. What a reader says is not looked at here; that it says something, soon, is.

use std::io::Write as _;
use std::path::PathBuf;

use secrecy::SecretString;
use tempfile::TempDir;
use xiangli::desk::device::Device;
use xiangli::domain::area_code::AreaCode;
use xiangli::domain::campaign::read_time;
use xiangli::domain::form_word::FormWord;
use xiangli::domain::id_card::IdNumber;
use xiangli::domain::message::Say as _;
use xiangli::domain::money::read_yuan;
use xiangli::domain::name::PersonName;
use xiangli::domain::partial_date::PartialDate;
use xiangli::domain::planner::{Budget, Instance, plan};
use xiangli::domain::programme::Programme;
use xiangli::domain::relation::Relation;
use xiangli::domain::roll_call::{Called, Typed};
use xiangli::domain::row_code::RowCode;
use xiangli::domain::schedule::{MarketCalendar, MarketDays};
use xiangli::domain::search_query::Query;
use xiangli::domain::typed_day::{read_day, read_full};
use xiangli::domain::written_date::{Decimals, WrittenDate};
use xiangli::ledger::copy::copy_in;
use xiangli::ledger::error::LedgerError;
use xiangli::ledger::exchange::form::Form;
use xiangli::ledger::keys::{KeysFile, Unlock};
use xiangli::ledger::paper_code::PaperCode;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::{facts, holidays, local_file};
use zip::write::SimpleFileOptions;

use crate::support::forge::{Stolen, with_true_head};
use crate::support::offices::{Offices, with_persons};

/// The readers by name: the folders of tests/corpus and the targets of fuzz/.
pub const READERS: [&str; 18] = [
    "answer",
    "copy",
    "date",
    "delimited",
    "escrow",
    "hand_up",
    "id_number",
    "invite",
    "keys_file",
    "ods",
    "paper_code",
    "plan",
    "programme",
    "receipt",
    "row_code",
    "settings",
    "standards",
    "words",
];
/// Those of whole spreadsheets, which are compressed or built of records: changed bytes get less far there.
pub const SHEETS: [&str; 3] = ["spreadsheet", "form", "xlsx"];

/// What the readers read against: a township and an enrolled village.
pub struct Readers {
    offices: Offices,
    folder: TempDir,
    village: Stolen,
    township: Stolen,
    programmes: Vec<Programme>,
    paper_code: PaperCode,
}

/// How a reader ended: `read`, or the key of its sentence.
pub type Verdict = String;

fn verdict<T>(result: Result<T, LedgerError>) -> Verdict {
    result.map_or_else(|error| error.message().key.into_owned(), |_| "read".to_owned())
}

impl Readers {
    pub fn new() -> Self {
        let mut offices = Offices::new(1, 20, &with_persons());
        offices.hand_up(0);
        let village = Stolen::of(offices.villages[0].path());
        let township = Stolen::of(offices.township.path());
        let programmes = xiangli::domain::programme::compiled_in().expect("compiled in");
        let paper_code = PaperCode::random().expect("random");
        let folder = tempfile::tempdir().expect("a folder");
        Self { offices, folder, village, township, programmes, paper_code }
    }

    /// Bytes as a file of this name.
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    }

    /// Feeds one reader.
    pub fn read(&mut self, reader: &str, bytes: &[u8]) -> Verdict {
        let text = String::from_utf8_lossy(bytes);
        match reader {
            "spreadsheet" => self.spreadsheet(bytes),
            "delimited" => self.delimited(bytes),
            "form" => verdict(Form::open(&self.file("form.xlsx", bytes))),
            "xlsx" => self.spreadsheet(&zipped(&[("xl/worksheets/sheet1.xml", bytes)])),
            "ods" => self.spreadsheet(&ods(bytes)),
            "hand_up" => self.hand_up(bytes),
            "receipt" => self.receipt(bytes),
            "invite" | "answer" => self.invite(bytes),
            "escrow" => self.escrow(bytes),
            "copy" => self.copy(bytes),
            "keys_file" => self.keys_file(bytes),
            "standards" => self.standards(bytes),
            "settings" => {
                Device::load(&self.file("settings.txt", bytes));
                "read".to_owned()
            }
            "plan" => planned(bytes),
            "programme" => Programme::from_toml("fuzz", &text).map_or_else(|_| "refused".into(), |_| "read".into()),
            "row_code" => word(RowCode::parse(&text).map(|code| code.row())),
            "paper_code" => verdict(PaperCode::parse(&text)),
            "id_number" => id_number(&text),
            "date" => dates(&text),
            "words" => words(&text),
            other => panic!("no reader is called {other}"),
        }
    }

    fn today(&self) -> chrono::NaiveDate {
        self.offices.stamp.today
    }

    fn spreadsheet(&self, bytes: &[u8]) -> Verdict {
        let path = self.file("roster", bytes);
        verdict(self.offices.villages[0].preview_import(&path, self.today(), &Unwatched))
    }

    fn delimited(&self, bytes: &[u8]) -> Verdict {
        let path = self.file("list.csv", bytes);
        let village = &self.offices.villages[0];
        verdict(facts::read_list(village, &path, self.today()));
        verdict(holidays::read_table(&path));
        verdict(village.preview_import(&path, self.today(), &Unwatched))
    }

    /// As the file itself, and as what is within a file that is signed and sealed as it should be.
    fn hand_up(&self, bytes: &[u8]) -> Verdict {
        let within = self.village.package("xiangli-hand-up 1", &with_true_head(bytes), &self.township.recipient);
        let files = [self.file("raw.xlb", bytes), self.file("within.xlb", &within)];
        let looked = self.offices.township.look_at_files(&files, self.today(), &Unwatched).expect("looked at");
        looked[1].message.key.to_string()
    }

    fn receipt(&mut self, bytes: &[u8]) -> Verdict {
        let within = self.township.package("xiangli-receipt 1", &with_true_head(bytes), &self.village.recipient);
        let files = [self.file("raw.xlr", bytes), self.file("within.xlr", &within)];
        let stamp = self.offices.stamp.clone();
        let [_, said] = files.map(|file| verdict(self.offices.villages[0].take_receipt(&file, &stamp)));
        said
    }

    /// By the village, and by the office that made it; as it is, and signed anew.
    fn invite(&mut self, bytes: &[u8]) -> Verdict {
        let signed = signed_anew(bytes, &self.township);
        let (stick, stamp) = (self.offices.stick(), self.offices.stamp.clone());
        for bytes in [bytes, &signed] {
            let file = self.file("paper.xli", bytes);
            verdict(self.offices.township.enrol(&file, &stick, &stamp));
        }
        let file = self.file("signed.xli", &signed);
        verdict(self.offices.villages[0].enrol(&file, &stick, &stamp))
    }

    fn escrow(&mut self, bytes: &[u8]) -> Verdict {
        let (file, out) = (self.file("request.xle", bytes), self.folder.path().join("answer.xle"));
        let said = self.offices.township.answer_escrow(&file, &out, ["张三", "李四"], &self.offices.stamp);
        let _ = std::fs::remove_file(&out);
        verdict(said)
    }

    fn copy(&self, bytes: &[u8]) -> Verdict {
        let (file, target) = (self.file("copy.xlc", bytes), self.folder.path().join("new/v.xlg"));
        let said = verdict(copy_in(&file, &target, &Unlock::PaperCode(self.paper_code.clone()), &Unwatched));
        let _ = std::fs::remove_dir_all(self.folder.path().join("new"));
        said
    }

    /// Read and tried with a paper code; a passphrase would take a third of a second each time.
    fn keys_file(&self, bytes: &[u8]) -> Verdict {
        self.file("v.xlg.keys", bytes);
        let keys = KeysFile::open(&self.folder.path().join("v.xlg"));
        verdict(keys.and_then(|keys| keys.unlock_with_paper_code(&self.paper_code)))
    }

    fn standards(&self, bytes: &[u8]) -> Verdict {
        let programmes: Vec<&Programme> = self.programmes.iter().collect();
        verdict(local_file::read(bytes, &programmes, self.today()))
    }
}

fn word<T>(read: Option<T>) -> Verdict {
    if read.is_some() { "read".to_owned() } else { "refused".to_owned() }
}

/// A signed paper with a key and a signature of `by`, where it is written as the program writes it.
fn signed_anew(bytes: &[u8], by: &Stolen) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let text = with(text.trim_end(), "verifying", &by.verifying());
    let bare = with(&text, "signature", "");
    let signature = by.sign(bare.as_bytes());
    format!("{}\n", with(&bare, "signature", &signature)).into_bytes()
}

/// The text with another value of its last field of this name.
fn with(text: &str, field: &str, value: &str) -> String {
    let field = format!("\"{field}\":\"");
    let parts = text.rsplit_once(&field).and_then(|(before, after)| Some((before, after.split_once('"')?.1)));
    parts.map_or_else(|| text.to_owned(), |(before, after)| format!("{before}{field}{value}\"{after}"))
}

fn planned(bytes: &[u8]) -> Verdict {
    let Ok(instance) = serde_json::from_slice::<Instance>(bytes) else { return "refused".to_owned() };
    plan(&instance, 1, Budget::Moves(50)).map_or_else(|_| "refused".into(), |_| "read".into())
}

fn id_number(text: &str) -> Verdict {
    let today = crate::support::world::day("2026-11-23");
    let _ = text.trim().parse().map(|number: f64| IdNumber::from_cell(number, today));
    let _ = IdNumber::from_stored(text).map(|id| (id.born(), id.sex(), id.masked(), id.prefix15()));
    let _ = (AreaCode::parse(text), AreaCode::of_village(text), AreaCode::of_office(text));
    word(IdNumber::parse(text, today).ok())
}

fn dates(text: &str) -> Verdict {
    let today = crate::support::world::day("2026-11-23");
    let _ = (read_day(text, today), read_full(text), read_time(text));
    if let Ok(number) = text.trim().parse::<f64>() {
        let _ = (WrittenDate::from_number(number, today).date(), WrittenDate::from_serial(number, today).date());
    }
    let _ = WrittenDate::from_text(text, Decimals::AsTyped, today);
    let partial = PartialDate::parse(text).map(|date| (date.earliest(), date.latest(), date.year()));
    word(WrittenDate::from_text(text, Decimals::MayLackZero, today).date().map(|_| ()).or(partial.map(|_| ())))
}

/// What people type or lists hold besides: names, relations, money, markets, searches, calls, words of a form.
fn words(text: &str) -> Verdict {
    let _ = (Relation::parse(text), read_yuan(text), FormWord::parse(text), Query::parse(text));
    for calendar in [MarketCalendar::Lunar, MarketCalendar::Week] {
        let _ = MarketDays::read(calendar, text).map(|days| days.written());
    }
    let _ = Called::new("王秀英", 17).fit(Typed::read(text).call);
    let _ = xiangli::ledger::passphrase::check_passphrase(&SecretString::from(text.to_owned()));
    word(PersonName::parse(text).ok().map(|name| name.as_str().len()))
}

const BOOK: &str = "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const BOOK_RELS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
const RELS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
const TYPES: &str =
    "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";

/// A workbook with these parts besides what every workbook has.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let every: [(&str, &[u8]); 4] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
    ];
    zip_of(every.iter().chain(parts))
}

fn ods(content: &[u8]) -> Vec<u8> {
    let kind: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    zip_of([("mimetype", kind), ("content.xml", content)].iter())
}

fn zip_of<'a>(parts: impl Iterator<Item = &'a (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("closed").into_inner()
}

//! The ledger's figures at 3,000, 100,000 and 940,000 residents, each beside its bare floor in the same run.
//!
//! `cargo bench --bench ledger [-- SIZE… [window]]` prints the table of the README, with `window` only the window's part
//! of it. Not a test: nothing here fails by the clock.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "parts/window.rs"]
mod window;

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::{Command, Stamp};
use xiangli::ledger::demo::{self, Plan};
use xiangli::ledger::imports::{Decisions, ImportPlan};
use xiangli::ledger::keys::LedgerKey;
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::residents::ResidentFilter;

const SIZES: [usize; 3] = [3_000, 100_000, 940_000];
const KEY: [u8; 32] = [7; 32];
const TODAY: &str = "2026-11-23";

/// What a cadre types, keystroke by keystroke: initials, full pinyin, a given name, an id tail, a phone.
const TYPED: [&str; 16] = [
    "w", "wx", "wxy", "wang", "wangx", "wang xiu", "zhang xy", "王", "王秀", "秀英", "秀", "1", "12", "123X", "199",
    "1990",
];

fn main() {
    let named: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if named.is_empty() { SIZES.to_vec() } else { named };
    println!("| residents | what | median | most | bare | ratio |\n|---|---|---|---|---|---|");
    for size in sizes {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bench.xlg");
        measure(size, &path);
    }
}

fn stamp() -> Stamp {
    let today = TODAY.parse().expect("a date");
    Stamp { at: format!("{TODAY}T09:00:00+08:00").parse().expect("an instant"), today, by: String::new() }
}

fn measure(size: usize, path: &Path) {
    let key = LedgerKey::from_bytes(KEY);
    let begin = Instant::now();
    let mut ledger =
        Ledger::create(path, &key, &demo::village(), Some(demo::uid_seed(1)), &stamp()).expect("a new ledger");
    ledger.fill_demo(Plan { residents: size, seed: 1 }, &stamp(), &Unwatched).expect("people");
    row(size, "demo village made", &[begin.elapsed()], None);
    drop(ledger);

    let bare = times(9, || {
        let conn = bare(path);
        let first: Vec<String> = names(&conn, "SELECT name FROM resident ORDER BY id LIMIT 50");
        black_box(first);
    });
    let opened = times(9, || {
        let ledger = Ledger::open(path, &key).expect("opens");
        black_box(ledger.residents(&ResidentFilter { limit: 50, ..ResidentFilter::default() }).expect("rows"));
    });
    row(size, "open to first rows (key at hand)", &opened, Some(&bare));

    if std::env::args().any(|arg| arg == "window") {
        return window::measure(size, path);
    }

    let ledger = Ledger::open(path, &key).expect("opens");
    let today = stamp().today;
    let conn = bare_warm(path);
    for typed in TYPED {
        black_box(search(&ledger, typed));
    }
    let keystrokes: Vec<Duration> = TYPED
        .iter()
        .flat_map(|typed| {
            times(5, || {
                black_box(search(&ledger, typed));
            })
        })
        .collect();
    let prefix = times(15, || {
        black_box(names(&conn, "SELECT name FROM resident WHERE name >= '王秀' AND name < '王私' LIMIT 50"));
    });
    row(size, "a keystroke in search", &keystrokes, Some(&prefix));

    let count = "SELECT count(*) FROM resident WHERE born <= '1961-11-23' AND standing = 'present'";
    let counted = times(5, || {
        black_box(conn.query_row(count, [], |r| r.get::<_, i64>(0)).expect("a count"));
    });
    row(
        size,
        "numbers of all lists",
        &times(5, || {
            black_box(ledger.lists(today).expect("lists"));
        }),
        Some(&counted),
    );
    let one_statement = times(5, || {
        black_box(bare_list(&conn, BARE_LISTS[0].1));
    });
    for (programme, people) in BARE_LISTS {
        let bare = times(5, || {
            black_box(bare_list(&conn, people));
        });
        let listed = times(5, || {
            black_box(ledger.list(programme, today).expect("a list"));
        });
        row(size, &format!("{programme}, all rows"), &listed, Some(&bare));
    }
    row(
        size,
        "worklist",
        &times(3, || {
            black_box(ledger.worklist(today).expect("tasks"));
        }),
        Some(&one_statement),
    );
    drop((ledger, conn));
    window::measure(size, path);
    import(size, path);
    println!("| {size} | memory, peak so far | {} MiB | | | |", peak_memory_mib());
}

/// Imports the same people from a csv, beside a bare insert of the very rows that this leaves behind, log and search
/// index included, into the same tables with the same indexes in one transaction.
fn import(size: usize, people: &Path) {
    let folder = people.parent().expect("a folder");
    let (csv, path) = (folder.join("roster.csv"), folder.join("imported.xlg"));
    write_csv(people, &csv);
    let key = LedgerKey::from_bytes(KEY);
    let mut ledger = Ledger::create(&path, &key, &demo::village(), None, &stamp()).expect("a new ledger");
    let begin = Instant::now();
    let import = ledger.preview_import(&csv, stamp().today, &Unwatched).expect("a roster");
    let previewed = begin.elapsed();
    row(size, "csv previewed", &[previewed], None);
    let plan = ImportPlan { import: Arc::new(import), decisions: Decisions::default() };
    let begin = Instant::now();
    ledger.run(&Command::Import(Arc::new(plan)), &stamp()).expect("an import");
    let written = begin.elapsed();
    drop(ledger);
    let floor = bare_insert(&path, &folder.join("bare.xlg"));
    row(size, "import written", &[written], Some(&[floor]));
    row(size, "csv imported in all", &[previewed + written], Some(&[floor]));
}

fn write_csv(people: &Path, csv: &Path) {
    let conn = bare(people);
    let mut out = csv::Writer::from_path(csv).expect("a file");
    out.write_record(["组别", "户号", "姓名", "身份证号", "联系电话", "居住状态"]).expect("a row");
    let sql = "SELECT g.name, h.number, r.name, r.id_number, r.phone, coalesce(f.value, '') FROM resident r \
               JOIN household h ON h.id = r.household_id JOIN village_group g ON g.id = h.group_id \
               LEFT JOIN fact f ON f.resident_id = r.id ORDER BY r.id";
    let mut rows = conn.prepare(sql).expect("valid");
    let mut rows = rows.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        let text = |at: usize| row.get::<_, String>(at).expect("text");
        let residency = match text(5).as_str() {
            "here" => "常住",
            "away" => "外出",
            _ => "",
        };
        let record = [text(0), text(1), text(2), text(3), text(4), residency.to_owned()];
        out.write_record(record).expect("a row");
    }
    out.flush().expect("written");
}

/// Reads every row of one ledger and writes it bare into another; the time of the writing alone.
fn bare_insert(from: &Path, to: &Path) -> Duration {
    drop(Ledger::create(to, &LedgerKey::from_bytes(KEY), &demo::village(), None, &stamp()).expect("a new ledger"));
    let (source, mut target) = (bare(from), bare(to));
    let settings = "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; \
                    PRAGMA cache_size = -262144; DELETE FROM change_row; DELETE FROM change; DELETE FROM village;";
    target.execute_batch(settings).expect("settings");
    let tables = names(
        &source,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid",
    );
    let begin = Instant::now();
    tables.iter().for_each(|table| {
        each_row(&source, table, |row| {
            black_box(row);
        });
    });
    let reading = begin.elapsed();
    let begin = Instant::now();
    let tx = target.transaction().expect("a transaction");
    for table in &tables {
        let columns = source.prepare(&format!("SELECT * FROM {table}")).expect("valid").column_count();
        let marks = vec!["?"; columns].join(", ");
        let mut insert = tx.prepare(&format!("INSERT INTO {table} VALUES ({marks})")).expect("valid");
        each_row(&source, table, |row| {
            insert.execute(rusqlite::params_from_iter(row)).expect("inserted");
        });
    }
    tx.commit().expect("committed");
    begin.elapsed().saturating_sub(reading)
}

fn each_row(conn: &Connection, table: &str, mut visit: impl FnMut(&[rusqlite::types::Value])) {
    let mut rows = conn.prepare(&format!("SELECT * FROM {table}")).expect("valid");
    let columns = rows.column_count();
    let mut rows = rows.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        let values: Vec<_> = (0..columns).map(|at| row.get(at).expect("a value")).collect();
        visit(&values);
    }
}

fn search(ledger: &Ledger, typed: &str) -> usize {
    let filter = ResidentFilter { search: typed.to_owned(), group: None, limit: 50 };
    ledger.residents(&filter).expect("hits").len()
}

/// A bare sealed connection: the floor.
fn bare(path: &Path) -> Connection {
    let conn = Connection::open(path).expect("opens");
    let hex: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    conn.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA cache_size = -65536;")).expect("keyed");
    conn
}

fn bare_warm(path: &Path) -> Connection {
    let conn = bare(path);
    conn.query_row("SELECT count(*) FROM resident", [], |row| row.get::<_, i64>(0)).expect("readable");
    conn
}

fn names(conn: &Connection, sql: &str) -> Vec<String> {
    let mut rows = conn.prepare_cached(sql).expect("valid");
    rows.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("texts")
}

/// Programmes, each with whom one hand-written statement would list; `o` is the offer of this year.
const BARE_LISTS: [(&str, &str); 3] = [
    (
        "elder-check",
        "JOIN fact f ON f.resident_id = r.id AND f.kind = 'residency' AND f.value = 'here' \
         LEFT JOIN offer o ON o.resident_id = r.id AND o.programme = 'elder-check' AND o.period = '2026' \
         WHERE r.standing = 'present' AND r.born <= '1961-11-23' AND r.born <> ''",
    ),
    (
        "women-check",
        "JOIN fact f ON f.resident_id = r.id AND f.kind = 'residency' AND f.value = 'here' \
         LEFT JOIN offer o ON o.resident_id = r.id AND o.programme = 'women-check' AND o.period = '2026' \
         WHERE r.standing = 'present' AND r.sex = 'female' AND r.born BETWEEN '1961-11-24' AND '1991-11-23' \
         AND NOT EXISTS (SELECT 1 FROM service s WHERE s.resident_id = r.id AND s.programme = 'women-check' \
         AND s.on_date > '2023-11-23')",
    ),
    (
        "child-subsidy",
        "LEFT JOIN offer o ON o.resident_id = r.id AND o.programme = 'child-subsidy' AND o.period = '2026' \
         WHERE r.standing = 'present' AND r.born >= '2023-01'",
    ),
];

/// One hand-written statement for the same people.
fn bare_list(conn: &Connection, people: &str) -> usize {
    let sql = &format!("SELECT r.uid, r.name, r.id_number, r.born, o.outcome FROM resident r {people}");
    let mut rows = conn.prepare_cached(sql).expect("valid");
    let rows = rows.query_map([], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, String>(3)?,
            row.get::<_, Option<String>>(4)?,
        ))
    });
    rows.expect("rows").filter(Result::is_ok).count()
}

fn times(runs: usize, mut work: impl FnMut()) -> Vec<Duration> {
    (0..runs)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed()
        })
        .collect()
}

fn median(of: &[Duration]) -> Duration {
    let mut sorted = of.to_vec();
    sorted.sort();
    sorted[sorted.len() / 2]
}

fn row(size: usize, what: &str, ours: &[Duration], bare: Option<&[Duration]>) {
    let most = ours.iter().max().copied().unwrap_or_default();
    let ours = median(ours);
    let (floor, ratio) = bare.map_or((String::new(), String::new()), |bare| {
        let bare = median(bare);
        (ms(bare), format!("{:.1}", ours.as_secs_f64() / bare.as_secs_f64().max(1e-9)))
    });
    println!("| {size} | {what} | {} | {} | {floor} | {ratio} |", ms(ours), ms(most));
}

fn ms(of: Duration) -> String {
    format!("{:.2} ms", of.as_secs_f64() * 1000.0)
}

fn peak_memory_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

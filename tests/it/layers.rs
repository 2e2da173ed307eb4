//! The walls of the house, held by machine: who may use whom, who speaks SQL, what may never be a column.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms and the rooms they may use. `crate::X` in a file of room A needs X in A's list.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    ("words", &["words", "domain"]),
    ("ledger", &["ledger", "domain"]),
    ("clock", &["ledger"]),
    ("machine", &["machine"]),
    ("places", &["ledger"]),
    ("paper", &["paper", "ledger", "domain", "words"]),
    ("desk", &["desk", "ledger", "domain"]),
    ("cli", &["cli", "paper", "ledger", "domain", "words", "clock", "places"]),
    ("ui", &["ui", "desk", "paper", "ledger", "domain", "words", "clock", "places", "machine"]),
    ("main", &["ui", "cli", "clock", "places", "words", "machine"]),
];

fn source_files() -> Vec<(PathBuf, String)> {
    files_below("src")
}

fn files_below(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "sql") {
                let text = fs::read_to_string(&path).expect("a text file");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new(folder), &mut found);
    found
}

fn room(path: &Path) -> String {
    let inside = path.strip_prefix("src").expect("below src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file without its unit tests and comments: a test or a link may look over a wall.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn arrows_run_one_way() {
    for (path, text) in source_files() {
        let room = room(&path);
        if room == "lib" || path.extension().is_some_and(|e| e == "sql") {
            continue;
        }
        let (_, allowed) =
            ARROWS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("no arrows for {room}"));
        let code = code(&text);
        for part in code.split("crate::").skip(1).chain(code.split("xiangli::").skip(1).filter(|_| room == "main")) {
            let used: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if used.is_empty() {
                continue;
            }
            assert!(allowed.contains(&used.as_str()), "{} uses crate::{used}", path.display());
        }
    }
}

#[test]
fn only_the_store_speaks_sql() {
    let words = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "PRAGMA ", "CREATE TABLE"];
    for (path, text) in source_files() {
        if path.starts_with("src/ledger/store") {
            continue;
        }
        let code = code(&text);
        for word in words {
            assert!(!code.contains(word), "{} speaks SQL: {word}", path.display());
        }
        let may_name_rusqlite =
            ["src/ledger/error.rs", "src/ledger/view.rs", "src/ledger/backup.rs", "src/ledger/copy.rs"];
        let exempt = may_name_rusqlite.iter().any(|file| path == Path::new(file));
        assert!(exempt || !code.contains("rusqlite"), "{} names rusqlite", path.display());
    }
}

#[test]
fn the_domain_is_pure_and_only_the_window_draws() {
    for (path, text) in source_files() {
        let (room, code) = (room(&path), code(&text));
        if room == "domain" {
            for foreign in
                ["std::fs", "std::io", "std::net", "std::env", "std::process", "rusqlite", "egui", "SystemTime"]
            {
                assert!(!code.contains(foreign), "{} uses {foreign}", path.display());
            }
        }
        if room != "ui" && room != "main" {
            assert!(!code.contains("egui"), "{} draws", path.display());
        }
        if room == "ui" {
            assert!(!code.contains("std::fs"), "{} reads or writes files", path.display());
        }
        if room != "clock" {
            for clock in ["SystemTime::now", "Utc::now", "Local::now", "now_v7"] {
                assert!(!code.contains(clock), "{} asks a clock", path.display());
            }
        }
    }
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let folders = ["src", "tests", "benches", "fuzz/src", "fuzz/fuzz_targets"];
    for (path, text) in folders.into_iter().flat_map(files_below) {
        let lines = text.lines().count();
        assert!(lines <= 500, "{} has {lines} lines", path.display());
    }
}

/// Parts of column names and importable fields that scope.md's never-list forbids, in English and Chinese.
const NEVER: &[&str] = &[
    "pregnan",
    "menstru",
    "contracept",
    "steril",
    "abort",
    "fertil",
    "out_of_plan",
    "quota",
    "fine",
    "debt",
    "sanction",
    "penalt",
    "ultrasound",
    "surgery",
    "sex_determ",
    "comply",
    "compliance",
    "rank",
    "score",
    "reason",
    "parity",
    "children",
    "bereave",
    "marital",
    "marriage",
    "education",
    "religion",
    "politic",
    "social_maint",
    "tag",
    "custom",
    "孕",
    "月经",
    "避孕",
    "节育",
    "绝育",
    "流产",
    "计划外",
    "政策外",
    "社会抚养费",
    "罚",
    "一票否决",
    "黑",
    "红榜",
    "婚",
    "文化",
    "宗教",
    "政治",
    "子女数",
    "失独",
];

/// Column names of the schema: the first word of each line within a CREATE TABLE.
fn columns() -> Vec<String> {
    let schema = fs::read_to_string("schema.sql").expect("the schema");
    let (mut columns, mut inside) = (Vec::new(), false);
    for line in schema.lines() {
        let line = line.split("--").next().unwrap_or_default();
        if line.starts_with("CREATE TABLE") {
            inside = true;
            columns.push(line.trim_start_matches("CREATE TABLE").trim_end_matches('(').trim().to_owned());
        } else if line.starts_with(')') {
            inside = false;
        } else if inside {
            columns.push(line.split_whitespace().next().unwrap_or_default().to_owned());
        }
    }
    columns
}

#[test]
fn nothing_of_the_never_list_is_a_column_or_a_field() {
    let columns = columns();
    assert!(columns.iter().any(|c| c == "id_number") && columns.len() > 60, "the schema was read");
    let fields = xiangli::domain::resident::Field::ALL.iter().map(|field| field.as_str().to_owned());
    let facts = xiangli::domain::resident::FactKind::ALL.iter().map(|kind| kind.as_str().to_owned());
    for name in columns.into_iter().chain(fields).chain(facts) {
        for never in NEVER {
            assert!(!name.contains(never), "{name} may never be stored");
        }
    }
}

#[test]
fn no_programme_reads_what_may_never_be_asked() {
    for entry in fs::read_dir("assets/programmes").expect("programmes") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a text file");
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let key = line.split('=').next().unwrap_or_default();
            for never in NEVER {
                assert!(!key.contains(never), "{}: {key}", path.display());
            }
        }
    }
}

/// `assets/licences/make.py --check` holds the list against the manifests; here it needs no cargo.
#[test]
fn every_crate_on_the_page_of_licences_is_in_the_lock_file() {
    let lock = fs::read_to_string("Cargo.lock").expect("Cargo.lock");
    let crates = xiangli::domain::shipped::parts().filter(|part| !part.version.is_empty());
    for part in crates {
        let entry = format!("name = \"{}\"\nversion = \"{}\"\n", part.name, part.version);
        assert!(lock.contains(&entry), "{} {} is shipped no more", part.name, part.version);
    }
}

#[test]
fn no_network_crate_is_in_the_tree() {
    let lock = fs::read_to_string("Cargo.lock").expect("Cargo.lock");
    // tokio stands in the lock file for wasm alone (wasm-bindgen-futures); deny.toml bans it for the systems we build for.
    let banned = [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "isahc",
        "attohttpc",
        "tungstenite",
        "quinn",
        "rustls",
        "native-tls",
        "h2",
        "socket2",
        "mio",
    ];
    for name in banned {
        assert!(!lock.contains(&format!("name = \"{name}\"\n")), "{name} is a network crate");
    }
}

#[test]
fn every_programme_file_is_compiled_in_and_every_kind_of_fact_has_its_place_in_the_schema() {
    let programmes = xiangli::domain::programme::compiled_in().expect("valid");
    for file in fs::read_dir("assets/programmes").expect("readable") {
        let name = file.expect("a file").file_name().into_string().expect("text");
        assert!(programmes.iter().any(|p| format!("{}.toml", p.id) == name), "{name} is compiled in under its id");
    }
    let schema = fs::read_to_string("schema.sql").expect("the schema");
    let checked = schema.split("CHECK (kind IN (").find(|part| part.contains("'residency'")).expect("the facts");
    let mut words: Vec<&str> = checked.split(')').next().expect("a list").split('\'').skip(1).step_by(2).collect();
    let mut kinds: Vec<&str> = xiangli::domain::resident::FactKind::ALL.iter().map(|kind| kind.as_str()).collect();
    words.sort_unstable();
    kinds.sort_unstable();
    assert_eq!(words, kinds);
}

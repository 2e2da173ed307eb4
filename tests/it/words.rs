//! The words: every key that the program uses is there in both languages with the same variables, every key that is
//! there is used, and no sentence stands in the window's own code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A string literal of the code and the line it stands in.
struct Literal {
    text: String,
    line: String,
    file: PathBuf,
}

fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                let text = fs::read_to_string(&path).expect("a text");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The string literals of the code, without those of comments and unit tests.
fn literals(folder: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    for (file, text) in files(folder, "rs") {
        if file.to_string_lossy().ends_with("_tests.rs") || file.ends_with("tests.rs") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        found.extend(literals_of(code, &file));
    }
    found
}

fn literals_of(code: &str, file: &Path) -> Vec<Literal> {
    let (mut found, bytes, mut at) = (Vec::new(), code.as_bytes(), 0);
    while at < bytes.len() {
        let rest = &code[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("r#\"") {
            let end = rest.find("\"#").unwrap_or(rest.len());
            at += end + 2;
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            at += 3;
        } else if bytes[at] == b'"' {
            let end = closing(&rest[1..]);
            let start = code[..at].rfind('\n').map_or(0, |n| n + 1);
            let stop = code[at..].find('\n').map_or(code.len(), |n| at + n);
            let (text, line) = (rest[1..=end].to_owned(), code[start..stop].trim().to_owned());
            found.push(Literal { text, line, file: file.to_owned() });
            at += end + 2;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// Where the literal ends, with an escaped quote inside.
fn closing(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return at,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// Keys of a language with the variables of each.
fn keys(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in files(&format!("assets/words/{language}"), "ftl") {
        let mut key = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) =
                line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                key = name.to_owned();
                assert!(
                    found.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{key} twice, at last in {}",
                    file.display()
                );
            }
            let variables = line.split('$').skip(1).map(|part| {
                part.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '-').collect::<String>()
            });
            found.entry(key.clone()).or_default().extend(variables);
        }
    }
    found.remove("");
    found
}

fn looks_like_key(text: &str) -> bool {
    text.contains('-')
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
}

/// Prefixes to which a word is added while running: `op-{}`, or that of an enum's words.
fn prefixes(all: &[Literal]) -> BTreeSet<String> {
    let made = all.iter().filter_map(|literal| literal.text.split_once('{').map(|(prefix, _)| prefix));
    let made = made.filter(|prefix| prefix.ends_with('-')).map(str::to_owned);
    let worded = all.iter().filter(|literal| literal.line.starts_with("worded!(")).map(|l| format!("{}-", l.text));
    made.chain(worded).collect()
}

/// Words that may follow a prefix: short literals of the code, names of tables and columns, numbers.
fn endings(all: &[Literal]) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = all.iter().map(|literal| literal.text.replace('_', "-")).collect();
    let schema = fs::read_to_string("schema.sql").expect("the schema");
    let of_schema = schema.split(|c: char| !(c.is_alphanumeric() || c == '_')).map(|word| word.replace('_', "-"));
    words.extend(of_schema);
    words
}

/// Whether a key may be put together while running.
fn is_made(key: &str, prefixes: &BTreeSet<String>, endings: &BTreeSet<String>) -> bool {
    prefixes.iter().filter_map(|prefix| key.strip_prefix(prefix.as_str())).any(|rest| {
        let rest = rest.replace('_', "-");
        endings.contains(&rest) || rest.chars().all(|c| c.is_ascii_digit())
    })
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables() {
    let (chinese, english) = (keys("zh-CN"), keys("en"));
    assert!(chinese.len() > 300, "the keys are read");
    for (key, variables) in &chinese {
        // A language may leave out what it does not need, such as a number that only chooses a plural.
        let other = english.get(key).unwrap_or_else(|| panic!("{key} is missing in English"));
        let stray: Vec<_> = variables.symmetric_difference(other).collect();
        assert!(stray.is_empty(), "{key}: {stray:?} in one language only");
    }
    let missing: Vec<_> = english.keys().filter(|key| !chinese.contains_key(*key)).collect();
    assert!(missing.is_empty(), "missing in Chinese: {missing:?}");
}

#[test]
fn english_keeps_to_signs_that_the_chinese_face_does_not_draw_a_whole_square_wide() {
    for (file, text) in files("assets/words/en", "ftl") {
        let wide = text.lines().find(|line| line.contains(['’', '‘', '“', '”', '…']));
        assert_eq!(wide, None, "{}", file.display());
    }
}

#[test]
fn every_key_that_is_used_is_there() {
    let (all, keys) = (literals("src"), keys("zh-CN"));
    let families: BTreeSet<&str> = keys.keys().filter_map(|key| key.split('-').next()).collect();
    let mut missing = Vec::new();
    for literal in all.iter().filter(|literal| looks_like_key(&literal.text)) {
        let family = literal.text.split('-').next().unwrap_or_default();
        // Ids of the window's own parts, names of threads and files are no keys: those are named where they stand.
        let is_id = ["Id::", "id_salt", "push_id", "Panel::", "id: "].iter().any(|word| literal.line.contains(word));
        if is_id {
            continue;
        }
        let is_key =
            ["ui", "error", "op", "search", "import", "cli", "help", "field", "record", "column"].contains(&family);
        if is_key && families.contains(family) && !keys.contains_key(&literal.text) && !literal.text.ends_with('-') {
            let is_prefix = keys.keys().any(|key| key.starts_with(&format!("{}-", literal.text)));
            if !is_prefix {
                missing.push(format!("{} in {}", literal.text, literal.file.display()));
            }
        }
    }
    assert!(missing.is_empty(), "no words for: {missing:#?}");
}

#[test]
fn every_operation_table_and_column_has_a_name() {
    let keys = keys("zh-CN");
    let read = |file: &str| fs::read_to_string(file).expect("a file of the ledger");
    let files = ["src/ledger/mod.rs", "src/ledger/campaigns/command.rs", "src/ledger/privacy/command.rs"];
    let notes: String = files.map(read).concat();
    let appointments = read("src/ledger/campaigns/appoint.rs");
    let ops = notes.split("=> (\"").skip(1).filter_map(|part| part.split('"').next());
    let acts = appointments.split("=> \"").skip(1).filter_map(|part| part.split('"').next());
    for op in ops.chain(acts) {
        assert!(keys.contains_key(&format!("op-{op}")), "no word for the operation {op}");
    }
    let schema = fs::read_to_string("schema.sql").expect("the schema");
    let logged = schema.split("-- Outside the change log ---").next().unwrap_or_default();
    let mut table = String::new();
    for line in logged.lines().map(|line| line.split("--").next().unwrap_or_default()) {
        let word = line.split_whitespace().next().unwrap_or_default().to_owned();
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            table = rest.trim_end_matches(" (").replace('_', "-");
            assert!(keys.contains_key(&format!("record-{table}")), "no word for the table {table}");
        } else if line.starts_with("    ") && word.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            let column = word.replace('_', "-");
            assert!(keys.contains_key(&format!("column-{column}")), "no word for {table}.{column}");
        }
    }
}

#[test]
fn every_key_that_is_there_is_used() {
    let (all, keys) = (literals("src"), keys("zh-CN"));
    let used: BTreeSet<&str> = all.iter().map(|literal| literal.text.as_str()).collect();
    let (prefixes, endings) = (prefixes(&all), endings(&all));
    let programmes: String = files("assets/programmes", "toml").into_iter().map(|(_, text)| text).collect();
    let unused: Vec<_> = keys
        .keys()
        .filter(|key| !used.contains(key.as_str()) && !is_made(key, &prefixes, &endings))
        .filter(|key| !programmes.contains(key.as_str()))
        .collect();
    assert!(unused.is_empty(), "nobody says: {unused:#?}");
}

#[test]
fn no_sentence_stands_in_the_windows_code() {
    let mut found = Vec::new();
    for literal in literals("src/ui") {
        let is_log = ["tracing::", "reason = ", "expect("].iter().any(|word| literal.line.contains(word));
        let text = literal.text.replace("\\n", " ");
        let without_places: String =
            text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        let chinese = without_places
            .chars()
            .any(|c| ('\u{2E80}'..='\u{9FFF}').contains(&c) || ('\u{F900}'..='\u{FF60}').contains(&c));
        let word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic());
        let words =
            without_places.split_whitespace().filter(|part| word(part.trim_matches(|c: char| !c.is_alphanumeric())));
        let capital = without_places.starts_with(|c: char| c.is_ascii_uppercase())
            && without_places.len() > 1
            && !without_places.contains('.');
        if !is_log && (chinese || words.count() > 1 || capital) {
            found.push(format!("{}: {}", literal.file.display(), literal.line));
        }
    }
    assert!(found.is_empty(), "words belong into assets/words: {found:#?}");
}

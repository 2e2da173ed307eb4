//! The rosters of `tests/rosters`, held against what is known of every row.

use std::path::Path;

use serde_json::Value;

use crate::import_support::{compare, stage_file};

#[test]
fn every_row_of_every_known_roster_is_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rosters");
    let mut wrong = Vec::new();
    let mut total = 0;
    for entry in std::fs::read_dir(&folder).expect("the rosters") {
        let truth = entry.expect("an entry").path();
        let Some(file) = truth.to_str().and_then(|path| path.strip_suffix(".truth.json")) else { continue };
        let known: Value = serde_json::from_slice(&std::fs::read(&truth).expect("read")).expect("json");
        let staged = stage_file(Path::new(file));
        let rows = known["rows"].as_array().expect("rows");
        total += rows.len();
        let name = Path::new(file).file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        wrong.extend(compare(rows, &staged).into_iter().map(|line| format!("{name} {line}")));
    }
    assert!(wrong.is_empty(), "{} of {total} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(total > 900);
}

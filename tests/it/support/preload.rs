//! Builds the small libraries of tests/power that are loaded before libc, once, with the C compiler that the program
//! itself needs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The recorder of tests/power/record.c.
pub fn recorder() -> &'static Path {
    static BUILT: LazyLock<PathBuf> = LazyLock::new(|| build("record"));
    &BUILT
}

/// The full disk of tests/power/full.c.
pub fn full_disk() -> &'static Path {
    static BUILT: LazyLock<PathBuf> = LazyLock::new(|| build("full"));
    &BUILT
}

fn build(name: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/power").join(name).with_extension("c");
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.so"));
    let part = library.with_extension(std::process::id().to_string());
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let built = Command::new(compiler)
        .args(["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o"])
        .args([part.as_os_str(), source.as_os_str()])
        .arg("-ldl")
        .status()
        .expect("a C compiler");
    assert!(built.success(), "{} compiles", source.display());
    // Another run of these tests may be using the old one.
    std::fs::rename(&part, &library).expect("renamed");
    library
}

//! A backup takes its ledger's place: proved first, the old file moved aside, nothing lost whatever fails.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde_json::Value;
use xiangli::desk::opening::{Lies, lies_at};
use xiangli::domain::message::Say as _;
use xiangli::ledger::Ledger;
use xiangli::ledger::backup::Proved;
use xiangli::ledger::command::{Command, Stamp};
use xiangli::ledger::copy::copy_in;
use xiangli::ledger::error::{ErrorKind, LedgerError};
use xiangli::ledger::keys::{KeysFile, Unlock};
use xiangli::ledger::packet::write_packet;
use xiangli::ledger::paper_code::PaperCode;
use xiangli::ledger::progress::{Progress, Unwatched};
use xiangli::ledger::recovery::{Condition, Way, look_alone};
use xiangli::ledger::restore::{Restored, restore};
use xiangli::ledger::sealed::open_with;

use crate::support::program::{FILE, TODAY, Village, copy_tree};
use crate::support::world::{day, stamp};

/// A village with a backup at its present revision, and one more step after it.
struct Backed {
    village: Village,
    proved: Proved,
    digest: String,
}

fn now() -> Stamp {
    stamp(day(TODAY))
}

impl Backed {
    fn new() -> Self {
        let village = Village::new();
        let mut ledger = village.open().expect("it opens");
        let proved = ledger.back_up(&now(), &Unwatched).expect("a backup");
        let digest = ledger.digest().expect("readable");
        let gone = Command::RemoveResident { resident: village.people[0].clone() };
        ledger.run(&gone, &now()).expect("one step more");
        assert_ne!(ledger.digest().expect("readable"), digest);
        drop(ledger);
        Self { village, proved, digest }
    }

    fn code(&self) -> Unlock {
        let code = fs::read_to_string(self.village.beside("code")).expect("readable");
        Unlock::PaperCode(PaperCode::parse(&code).expect("a code"))
    }

    fn restore(&self, backup: &Path) -> Result<Restored, LedgerError> {
        restore(backup, &self.village.path(), &self.code(), &now(), &Unwatched)
    }

    /// The files beside the ledger that somebody would miss.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.village.data()).expect("readable").flatten();
        let files = entries.filter(|entry| entry.path().is_file() && !entry.path().ends_with("v.xlg.lock"));
        let named = files.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()));
        named.map(|(name, path)| (name, fs::read(path).expect("readable"))).collect()
    }

    #[track_caller]
    fn refused(&self, backup: &Path, with: &Unlock, key: &str) {
        let before = self.files();
        let result = restore(backup, &self.village.path(), with, &now(), &Unwatched);
        let error = result.err().expect("an error");
        assert_eq!(error.message().key, key);
        assert_eq!(self.files(), before, "nothing was touched");
    }

    #[track_caller]
    fn is_back(&self, restored: &Restored) {
        assert_eq!(restored.ledger.digest().expect("readable"), self.digest);
        assert_eq!(restored.ledger.check().expect("sound"), self.proved.revision as u64);
        let overview = restored.ledger.overview().expect("readable");
        assert_eq!((overview.revision, overview.residents), (self.proved.revision, self.proved.residents));
    }
}

fn aside(backed: &Backed) -> PathBuf {
    backed.village.data().join("v-aside-20261123-090000.xlg")
}

#[test]
fn a_restored_ledger_holds_all_of_the_backup_and_the_old_file_stays_aside() {
    let backed = Backed::new();
    let restored = backed.restore(&backed.proved.path).expect("restored");
    backed.is_back(&restored);
    let before = restored.before.as_ref().expect("the old one opens");
    assert_eq!((before.revision, before.residents), (backed.proved.revision + 1, backed.proved.residents - 1));
    assert_eq!(restored.moved_aside.as_deref(), Some(aside(&backed).as_path()));
    drop(restored);
    assert!(backed.proved.path.is_file(), "the backup stays");
    let old = Ledger::open(&aside(&backed), &backed.village.key).expect("the old one opens where it lies");
    assert_eq!(old.check().expect("sound"), backed.proved.revision as u64 + 1);
    drop(old);
    // What was moved aside can be put back the same way, and nothing is overwritten.
    let back = backed.restore(&aside(&backed)).expect("the old one is back");
    assert_eq!(back.ledger.overview().expect("readable").revision, backed.proved.revision + 1);
    assert!(back.moved_aside.expect("moved").ends_with("v-aside-20261123-090000-2.xlg"));
    assert!(aside(&backed).is_file());
}

#[test]
fn a_damaged_or_truncated_ledger_is_replaced_and_kept_as_it_was() {
    type Spoil = fn(&mut Vec<u8>);
    let spoils: [Spoil; 4] = [
        |bytes| bytes[..64].fill(7),
        |bytes| bytes.iter_mut().skip(4096).step_by(97).for_each(|byte| *byte ^= 0x5A),
        |bytes| bytes.truncate(5000),
        |bytes| bytes.clear(),
    ];
    for spoil in spoils {
        let backed = Backed::new();
        let mut bytes = fs::read(backed.village.path()).expect("readable");
        spoil(&mut bytes);
        fs::write(backed.village.path(), &bytes).expect("spoiled");
        let restored = backed.restore(&backed.proved.path).expect("restored");
        backed.is_back(&restored);
        drop(restored);
        drop(open_with(&backed.village.path(), &backed.code()).expect("it opens again"));
        assert_eq!(fs::read(aside(&backed)).expect("aside").len(), bytes.len());
    }
}

#[test]
fn a_wrong_secret_or_a_missing_or_damaged_keys_file_touches_nothing() {
    let backed = Backed::new();
    let backup = &backed.proved.path;
    let wrong = Unlock::Passphrase(SecretString::from("柳河村的老槐树 2025"));
    backed.refused(backup, &wrong, "error-wrong-passphrase");
    let other = Unlock::PaperCode(PaperCode::random().expect("random"));
    backed.refused(backup, &other, "error-wrong-paper-code");
    let keys = KeysFile::path_of(&backed.village.path());
    let whole = fs::read(&keys).expect("readable");
    fs::write(&keys, &whole[..whole.len() / 2]).expect("written");
    backed.refused(backup, &backed.code(), "error-keys-damaged");
    fs::remove_file(&keys).expect("removed");
    backed.refused(backup, &backed.code(), "error-keys-missing");
}

#[test]
fn a_damaged_foreign_or_unfit_backup_is_refused_and_the_ledger_untouched() {
    let backed = Backed::new();
    let whole = fs::read(&backed.proved.path).expect("readable");
    let bad = backed.village.beside("bad.xlg");
    for (at, key) in [(100, "error-restore-does-not-fit"), (whole.len() - 2000, "error-restore-damaged")] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&bad, bytes).expect("written");
        backed.refused(&bad, &backed.code(), key);
    }
    for length in [1, 5000, whole.len() / 2, whole.len() - 1] {
        fs::write(&bad, &whole[..length]).expect("written");
        let before = backed.files();
        let error = backed.restore(&bad).err().expect("an error");
        assert_eq!(error.kind, ErrorKind::Damaged, "{length}");
        assert_eq!(backed.files(), before);
    }
    fs::write(&bad, b"").expect("written");
    backed.refused(&bad, &backed.code(), "error-empty-file");
    backed.refused(&backed.village.path(), &backed.code(), "error-restore-itself");
    let copy = backed.village.open().expect("it opens").copy_out(&backed.village.beside("."), &now(), &Unwatched);
    backed.refused(&copy.expect("a copy"), &backed.code(), "error-restore-is-copy");
    fs::write(&bad, &whole).expect("written");
    fs::write(backed.village.beside("bad.xlg-wal"), b"steps").expect("written");
    backed.refused(&bad, &backed.code(), "error-restore-has-log");
    let open = backed.village.open().expect("it opens");
    assert_eq!(backed.restore(&backed.proved.path).err().expect("open").kind, ErrorKind::Locked);
    drop(open);
}

struct Stop;

impl Progress for Stop {
    fn at(&self, done: u64, _total: u64) -> ControlFlow<()> {
        if done > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn a_restoring_that_is_stopped_leaves_everything_as_it_was() {
    let backed = Backed::new();
    let before = backed.files();
    let result = restore(&backed.proved.path, &backed.village.path(), &backed.code(), &now(), &Stop);
    assert_eq!(result.err().expect("stopped").kind, ErrorKind::Cancelled);
    assert_eq!(backed.files(), before);
}

#[test]
fn a_restoring_cut_off_between_the_renames_is_put_right_by_the_next_opening() {
    let backed = Backed::new();
    let (mut open, data) = (backed.village.open().expect("it opens"), backed.village.data());
    let step = Command::RemoveResident { resident: backed.village.people[1].clone() };
    let last = open.run(&step, &now()).expect("a step that lies in the log").revision;
    for cut in ["the ledger was renamed", "its log, too", "the backup has its name"] {
        let left = backed.village.beside(cut);
        copy_tree(&data, &left);
        let (path, aside) = (left.join(FILE), left.join("v-aside-20261123-090000.xlg"));
        let with = |path: &Path, ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
        assert!(fs::metadata(with(&path, "-wal")).expect("a log").len() > 0);
        fs::rename(&path, with(&aside, ".moving")).expect("renamed");
        if cut != "the ledger was renamed" {
            fs::rename(with(&path, "-wal"), with(&aside, "-wal")).expect("renamed");
            fs::remove_file(with(&path, "-shm")).expect("removed");
        }
        let is_placed = cut == "the backup has its name";
        if is_placed {
            fs::copy(&backed.proved.path, &path).expect("placed");
        }
        let ledger = open_with(&path, &backed.code()).expect("it opens");
        let expected = if is_placed { backed.proved.revision } else { last };
        assert_eq!(ledger.revision().expect("readable"), expected, "{cut}");
        ledger.check().expect("sound");
        assert_eq!((aside.is_file(), with(&aside, ".moving").exists()), (is_placed, false), "{cut}");
        if is_placed {
            let old = Ledger::open(&aside, &backed.village.key).expect("with its log");
            assert_eq!(old.revision().expect("readable"), last);
        }
    }
}

#[test]
fn where_a_ledger_is_gone_it_says_so_and_no_file_moved_aside_long_ago_is_taken_for_it() {
    let backed = Backed::new();
    drop(backed.restore(&backed.proved.path).expect("restored"));
    assert!(aside(&backed).is_file(), "of a restoring that was done");
    fs::remove_file(backed.village.path()).expect("gone");
    let error = open_with(&backed.village.path(), &backed.code()).err().expect("nothing there");
    assert_eq!((error.kind, error.message().key.as_ref()), (ErrorKind::Damaged, "error-ledger-missing"));
    assert!(error.is_damage(), "the page of damage offers the backups");
    assert_eq!(lies_at(&backed.village.path()), Lies::Gone);
    let way = Way::with_key(&backed.village.path(), &backed.village.key);
    let findings = look_alone(&way, &Unwatched).expect("looked");
    assert_eq!((findings.condition, findings.later), (Condition::Missing, None));
    assert_eq!(findings.backup.expect("a backup").revision, backed.proved.revision);
    let said = write_packet(&backed.village.path(), &backed.village.beside("."), "", &now(), &Unwatched);
    said.expect("keys and explanation alone");
    // A copy finds its place there; the keys that lie alone are kept.
    let copies = backed.village.beside("copies");
    fs::create_dir(&copies).expect("made");
    let restored = backed.restore(&backed.proved.path).expect("restored");
    backed.is_back(&restored);
    let copy = restored.ledger.copy_out(&copies, &now(), &Unwatched).expect("a copy");
    drop(restored);
    fs::remove_file(backed.village.path()).expect("gone once more");
    let ledger = copy_in(&copy, &backed.village.path(), &backed.code(), &Unwatched).expect("it opens");
    assert_eq!(ledger.digest().expect("readable"), backed.digest);
    assert!(backed.village.data().join("v.xlg.keys-aside").is_file());
}

#[test]
fn the_command_line_restores_and_says_what_was_and_what_is() {
    let backed = Backed::new();
    let out = backed.village.run(["restore".as_ref(), backed.proved.path.as_os_str(), "--json".as_ref()]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let said: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(said["before"]["revision"], backed.proved.revision + 1);
    assert_eq!(said["after"]["residents"], backed.proved.residents);
    assert!(Path::new(said["moved_aside"].as_str().expect("a path")).is_file());
    fs::write(backed.village.path(), b"XXXXXXXXXXXXXXXXXXXXXXXX").expect("spoiled");
    let out = backed.village.run(["restore".as_ref(), backed.proved.path.as_os_str()]);
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success() && text.contains("cannot be opened") && text.contains("v-aside-"), "{text}");
    assert!(backed.village.run(["check"]).status.success());
    let (answers, _) = crate::support::program::Batch::whole(
        backed.village.program(["batch"]),
        &[format!("restore {}", backed.proved.path.display())],
    );
    assert_eq!(answers[0]["ok"], false);
}

#[test]
fn a_ledger_reached_by_a_link_is_the_same_ledger() {
    let backed = Backed::new();
    let link = backed.village.beside("link.xlg");
    std::os::unix::fs::symlink(backed.village.path(), &link).expect("linked");
    let open = Ledger::open(&link, &backed.village.key).expect("it opens by the link");
    assert_eq!(open.path(), backed.village.path().canonicalize().expect("there"));
    assert_eq!(backed.village.open().err().expect("locked").kind, ErrorKind::Locked);
    drop(open);
    let open = open_with(&link, &backed.code()).expect("its keys file is found");
    let spelled = backed.village.data().join("..").join("data").join(FILE);
    assert_eq!(Ledger::open(&spelled, &backed.village.key).err().expect("locked").kind, ErrorKind::Locked);
    drop(open);
    assert!(!backed.village.beside("link.xlg.lock").exists(), "nothing lies beside the link");
}

#[test]
fn the_window_offers_the_backups_of_a_ledger_that_does_not_open() {
    use eframe::egui::accesskit::Role;
    use egui_kittest::kittest::Queryable as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("village.xlg");
    let backed = Backed::new();
    fs::copy(KeysFile::path_of(&backed.village.path()), folder.path().join("village.xlg.keys")).expect("copied");
    fs::create_dir(folder.path().join("backups")).expect("made");
    let backup = folder.path().join(format!("backups/village-20261123T090000-r{}.xlg", backed.proved.revision));
    fs::copy(&backed.proved.path, backup).expect("copied");
    fs::write(&path, vec![9; 8192]).expect("a ruin");
    let mut harness = crate::ui_first_run::window(folder.path());
    let type_passphrase = |harness: &mut egui_kittest::Harness<'_, _>| {
        harness.get_by_role_and_label(Role::PasswordInput, "密码").focus();
        harness.run();
        harness.get_by_role_and_label(Role::PasswordInput, "密码").type_text(crate::support::program::PASSPHRASE);
        harness.run();
    };
    assert!(harness.query_by_label("用备份打开").is_none(), "not before it is needed");
    type_passphrase(&mut harness);
    harness.get_by_role_and_label(Role::Button, "打开").click();
    harness.run();
    harness.get_by_label("台账文件有损坏");
    harness.get_by_role_and_label(Role::Button, "换一份备份…").click_accesskit();
    harness.run();
    let step = backed.proved.revision;
    harness.get_by_label(&format!("将换成2026-11-23 09:00的备份，到第{step}步；这以后登记的要重新登记。"));
    type_passphrase(&mut harness);
    harness.get_by_role_and_label(Role::Button, "用这个备份打开").click();
    harness.run();
    harness.get_by_label("台账打开了");
    harness.get_by_role_and_label(Role::Button, "继续").click();
    harness.run();
    // The list of backups leads there too.
    harness.get_by_role_and_label(Role::Tab, "上报备份").click();
    harness.run();
    // One more was made at once, as none was remembered.
    harness.get_by_label("留着的备份：2份").click_accesskit();
    harness.run();
    // It may lie below the fold: whoever reads the page aloud reaches it, too.
    harness.get_by_role_and_label(Role::Button, "用备份打开").click_accesskit();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "用这个备份打开");
    harness.state_mut().close_ledger();
    drop(harness);
    let restored = Ledger::open(&path, &backed.village.key).expect("it opens");
    assert_eq!(restored.digest().expect("readable"), backed.digest);
    assert_eq!(fs::read(folder.path().join("village-aside-20261123-090000.xlg")).expect("aside"), vec![9; 8192]);
}

//! Whether a file lies on something that is carried about: a stick. A ledger that is worked in does not belong there, since a
//! stick is pulled out while something is written, and lost.

use std::path::Path;

use crate::ledger::error::Result;
use crate::ledger::files;
use crate::ledger::medium::MediumFault;

/// Whether it lies there, or would. What cannot be found out counts as no.
pub fn is_carried(path: &Path) -> bool {
    let real = files::real(path);
    // The folder may be made only later.
    let Some(there) = real.ancestors().find(|folder| folder.exists()) else { return false };
    is_removable(there)
}

/// No ledger is made or put there.
///
/// # Errors
/// `error-ledger-on-stick`.
pub(in crate::ledger) fn refuse(path: &Path) -> Result<()> {
    if is_carried(path) { Err(MediumFault::Carried.error()) } else { Ok(()) }
}

/// Linux says it of the device that a file lies on, or of the whole disk that it is a part of.
#[cfg(target_os = "linux")]
fn is_removable(there: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let Ok(device) = there.metadata().map(|meta| meta.dev()) else { return false };
    let (major, minor) = (rustix::fs::major(device), rustix::fs::minor(device));
    says_removable(Path::new("/sys/dev/block"), &format!("{major}:{minor}"))
}

#[cfg(target_os = "linux")]
fn says_removable(devices: &Path, device: &str) -> bool {
    let Ok(own) = devices.join(device).canonicalize() else { return false };
    let whole = [Some(own.as_path()), own.parent()];
    whole
        .into_iter()
        .flatten()
        .any(|disk| std::fs::read_to_string(disk.join("removable")).is_ok_and(|says| says.trim() == "1"))
}

/// Windows says it of the drive's letter.
#[cfg(windows)]
fn is_removable(there: &Path) -> bool {
    use std::path::{Component, Prefix};

    let Some(Component::Prefix(prefix)) = there.components().next() else { return false };
    let (Prefix::Disk(letter) | Prefix::VerbatimDisk(letter)) = prefix.kind() else { return false };
    let root = format!("{}:\\", char::from(letter));
    winsafe::GetDriveType(Some(&root)) == winsafe::co::DRIVE::REMOVABLE
}

#[cfg(not(any(target_os = "linux", windows)))]
fn is_removable(_there: &Path) -> bool {
    false
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_stick_is_known_by_its_disk_and_by_a_part_of_it() {
        let sys = tempfile::tempdir().expect("a folder");
        let devices = sys.path().join("dev");
        std::fs::create_dir(&devices).expect("made");
        for (number, disk, removable) in [("8:16", "sdb", "1\n"), ("8:0", "sda", "0\n")] {
            let part = sys.path().join(disk).join(format!("{disk}1"));
            std::fs::create_dir_all(&part).expect("made");
            std::fs::write(part.parent().expect("the disk").join("removable"), removable).expect("written");
            std::os::unix::fs::symlink(part.parent().expect("the disk"), devices.join(number)).expect("linked");
            std::os::unix::fs::symlink(&part, devices.join(format!("{number}1"))).expect("linked");
        }
        assert!(says_removable(&devices, "8:16") && says_removable(&devices, "8:161"));
        assert!(!says_removable(&devices, "8:0") && !says_removable(&devices, "8:01"));
        assert!(!says_removable(&devices, "0:42"), "a disk of the network has no device");
    }

    #[test]
    fn where_the_tests_run_is_no_stick() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(!is_carried(&folder.path().join("made later").join("xiangli.xlg")));
    }
}

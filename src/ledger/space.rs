//! How much room a disk has left for this user.

use std::path::Path;

/// The free bytes of the disk that a folder lies on; none where that cannot be found out.
#[cfg(unix)]
pub(in crate::ledger) fn free_at(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

#[cfg(windows)]
pub(in crate::ledger) fn free_at(folder: &Path) -> Option<u64> {
    let mut free = 0;
    winsafe::GetDiskFreeSpaceEx(folder.to_str(), Some(&mut free), None, None).ok()?;
    Some(free)
}

#[cfg(not(any(unix, windows)))]
pub(in crate::ledger) fn free_at(_folder: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_says_how_much_is_free_and_what_is_not_there_says_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(free_at(folder.path()).is_some());
        assert_eq!(free_at(&folder.path().join("missing")), None);
    }
}

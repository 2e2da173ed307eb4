//! Whether a file lies where a ledger that is worked in does not belong: on a stick, which is pulled out while something is
//! written, and lost; or on a network drive, where neither the lock nor forcing to disk can be relied upon, and a connection
//! that breaks leaves half of a step.

use std::path::Path;

use crate::ledger::error::Result;
use crate::ledger::files;
use crate::ledger::medium::MediumFault;

/// What a ledger is not kept on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// Something that is carried about.
    Stick,
    /// A folder of another machine.
    Network,
}

impl Carrier {
    /// Why a ledger that lies there is only read.
    pub(in crate::ledger) fn fault(self) -> MediumFault {
        match self {
            Self::Stick => MediumFault::Carried,
            Self::Network => MediumFault::Network,
        }
    }
}

/// What it lies on, or would; none where that is a disk of this machine. What cannot be found out counts as one.
pub fn carrier_of(path: &Path) -> Option<Carrier> {
    let real = files::real(path);
    let real = std::path::absolute(&real).unwrap_or(real);
    // The folder may be made only later; a server that does not answer is still known by its name.
    let there = real.ancestors().find(|folder| folder.exists()).unwrap_or(&real);
    of_folder(there)
}

/// No ledger is made or put there.
///
/// # Errors
/// `error-ledger-on-stick`, `error-ledger-on-network`.
pub(in crate::ledger) fn refuse(path: &Path) -> Result<()> {
    carrier_of(path).map_or(Ok(()), |carrier| Err(carrier.fault().error()))
}

/// Linux says it of the device that a file lies on, or of the whole disk that it is a part of; a network drive is no device, and
/// known by the kind of its file system.
#[cfg(target_os = "linux")]
fn of_folder(there: &Path) -> Option<Carrier> {
    use std::os::unix::fs::MetadataExt as _;

    let device = there.metadata().map(|meta| meta.dev()).ok()?;
    let device = format!("{}:{}", rustix::fs::major(device), rustix::fs::minor(device));
    if says_removable(Path::new("/sys/dev/block"), &device) {
        return Some(Carrier::Stick);
    }
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    says_network(&mounts, &device).then_some(Carrier::Network)
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

/// Whether a device is a network drive by the table of what is mounted: `id parent device root place options tags - kind …`.
#[cfg(target_os = "linux")]
fn says_network(mounts: &str, device: &str) -> bool {
    mounts.lines().any(|line| {
        let is_it = line.split(' ').nth(2) == Some(device);
        let kind = line.split_once(" - ").and_then(|(_, rest)| rest.split(' ').next());
        is_it && kind.is_some_and(is_of_network)
    })
}

#[cfg(target_os = "linux")]
fn is_of_network(kind: &str) -> bool {
    const KINDS: [&str; 9] = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "davfs"];
    const OF_PROGRAMS: [&str; 9] =
        ["sshfs", "smbnetfs", "gvfsd-fuse", "davfs", "rclone", "glusterfs", "curlftpfs", "ceph", "s3fs"];
    KINDS.contains(&kind) || kind.strip_prefix("fuse.").is_some_and(|program| OF_PROGRAMS.contains(&program))
}

/// Windows says it of the drive's letter; what has none but the name of a server is on that.
#[cfg(windows)]
fn of_folder(there: &Path) -> Option<Carrier> {
    use std::path::Component;

    let Some(Component::Prefix(prefix)) = there.components().next() else { return None };
    of_prefix(prefix.kind(), |letter| {
        let root = format!("{}:\\", char::from(letter));
        winsafe::GetDriveType(Some(&root)).raw()
    })
}

/// `kind_of_drive` gives the number that Windows has for the kind of a lettered drive.
#[cfg(any(windows, test))]
fn of_prefix(prefix: std::path::Prefix<'_>, kind_of_drive: impl Fn(u8) -> u32) -> Option<Carrier> {
    use std::path::Prefix;

    const REMOVABLE: u32 = 2;
    const REMOTE: u32 = 4;
    match prefix {
        Prefix::UNC(..) | Prefix::VerbatimUNC(..) => Some(Carrier::Network),
        Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => match kind_of_drive(letter) {
            REMOVABLE => Some(Carrier::Stick),
            REMOTE => Some(Carrier::Network),
            _ => None,
        },
        Prefix::Verbatim(_) | Prefix::DeviceNS(_) => None,
    }
}

#[cfg(not(any(target_os = "linux", windows)))]
fn of_folder(_there: &Path) -> Option<Carrier> {
    None
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::path::Prefix;

    use super::*;

    #[cfg(target_os = "linux")]
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

    #[cfg(target_os = "linux")]
    #[test]
    fn a_network_drive_is_known_by_the_kind_of_what_is_mounted() {
        let mounts = "\
            22 27 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n\
            31 22 0:42 /village /mnt/office rw,relatime shared:7 master:2 - nfs4 office:/village rw,vers=4.2\n\
            32 22 0:43 / /mnt/with\\040space rw - cifs //office/village rw\n\
            33 22 0:44 / /home/x/far rw,nosuid - fuse.sshfs x@office:/ rw,user_id=1000\n\
            34 22 0:45 / /mnt/usb rw - fuseblk /dev/sdb1 rw\n\
            35 22 0:46 / /tmp rw - tmpfs nfs rw\n\
            36 22 0:47 / /run/user/1000/doc rw - fuse.portal portal rw\n\
            37 22 0:48 / /mnt/old rw - smb3 //office/old rw\n\
            half a line 0:49\n";
        for device in ["0:42", "0:43", "0:44", "0:48"] {
            assert!(says_network(mounts, device), "{device}");
        }
        for device in ["254:0", "0:45", "0:46", "0:47", "0:49", "0:4", "0:50"] {
            assert!(!says_network(mounts, device), "{device}");
        }
    }

    #[test]
    fn windows_knows_a_stick_and_a_network_drive_by_the_letter_and_a_server_by_its_name() {
        // What Windows calls fixed, a disc in a drive, and one made of memory.
        let drives = |letter| match letter {
            b'E' => 2,
            b'C' => 3,
            b'Z' => 4,
            b'F' => 5,
            b'R' => 6,
            _ => 1,
        };
        let of = |prefix| of_prefix(prefix, drives);
        assert_eq!(of(Prefix::Disk(b'E')), Some(Carrier::Stick));
        assert_eq!(of(Prefix::VerbatimDisk(b'Z')), Some(Carrier::Network));
        let (server, share) = (OsStr::new("office"), OsStr::new("village"));
        assert_eq!(of(Prefix::UNC(server, share)), Some(Carrier::Network));
        assert_eq!(of(Prefix::VerbatimUNC(server, share)), Some(Carrier::Network));
        for letter in *b"CFRQ" {
            assert_eq!(of(Prefix::Disk(letter)), None, "{letter}");
        }
        assert_eq!(of(Prefix::Verbatim(OsStr::new("Volume{1}"))), None);
    }

    #[test]
    fn where_the_tests_run_is_a_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(carrier_of(&folder.path().join("made later").join("xiangli.xlg")), None);
    }
}

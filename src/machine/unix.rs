//! The same on Linux: a socket beside the user's data for a second start, signals for the end of the session.

use std::io::Write as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::{Ears, News, PATIENCE, Place};

pub(super) fn take_place(name: &str, folder: &Path) -> Place {
    let socket = folder.join(format!("{name}.sock"));
    if tell_first(&socket) {
        return Place::Second;
    }
    let ears = Ears::default();
    hear_second_starts(socket, ears.clone());
    hear_signals(ears.clone());
    Place::First(ears)
}

/// Whether there is a first, who now knows; a socket whose program is gone refuses.
fn tell_first(socket: &Path) -> bool {
    UnixStream::connect(socket).is_ok()
}

fn hear_second_starts(socket: PathBuf, ears: Ears) {
    // Left by a program that was killed; where it is none of ours, binding fails.
    let _ = std::fs::remove_file(&socket);
    let left = socket.clone();
    ears.when_leaving(move || drop(std::fs::remove_file(left)));
    let heard = UnixListener::bind(&socket).and_then(|listener| {
        std::thread::Builder::new().name("second-start".to_owned()).spawn(move || {
            // A connection alone says it: nothing is read from it.
            listener.incoming().flatten().for_each(|_| ears.tell(News::Wanted));
        })
    });
    if let Err(error) = heard {
        tracing::warn!(%error, "a second start will not bring this window to the front");
    }
}

/// Whoever ends the session asks first, by a signal, and kills later.
fn hear_signals(ears: Ears) {
    let heard = Signals::new([SIGTERM, SIGHUP, SIGINT]).and_then(|mut signals| {
        std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for signal in signals.forever() {
                ears.put_away(PATIENCE);
                let _ = emulate_default_handler(signal);
            }
        })
    });
    if let Err(error) = heard {
        tracing::warn!(%error, "the end of the session will not be heard");
    }
}

/// It was started from where its words are seen.
pub(super) fn join_console() -> bool {
    true
}

/// Opens a file as the desktop would; why not, where it does not.
pub(super) fn show(file: &Path) -> Result<(), String> {
    let mut desktop = Command::new("xdg-open");
    desktop.arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match desktop.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(status.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

pub(super) fn say_without_window(_title: &str, words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn a_second_start_tells_the_first_and_a_socket_left_by_a_killed_one_is_in_nobodys_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("xiangli-1.sock");
        drop(UnixListener::bind(&socket).expect("bound"));
        assert!(!tell_first(&socket), "its program is gone");
        let ears = Ears::default();
        hear_second_starts(socket.clone(), ears.clone());
        assert!(tell_first(&socket));
        let begun = Instant::now();
        let news = loop {
            match ears.take() {
                None if begun.elapsed() < Duration::from_secs(30) => std::thread::sleep(Duration::from_millis(5)),
                news => break news,
            }
        };
        assert!(matches!(news, Some(News::Wanted)));
        assert!(!tell_first(&folder.path().join("xiangli-2.sock")), "another ledger, another window");
        ears.leave();
        assert!(!tell_first(&socket) && !socket.exists(), "the next start does not wait for one that is closing");
    }

    #[test]
    fn where_there_is_no_place_for_a_socket_the_program_works_without() {
        let folder = tempfile::tempdir().expect("a folder");
        let nowhere = folder.path().join("missing").join("xiangli-1.sock");
        hear_second_starts(nowhere.clone(), Ears::default());
        assert!(!tell_first(&nowhere));
    }
}

//! The same on Windows: a window that is never shown hears of the end of the session and of sleep, and shows a second start which
//! program is the first.

use std::path::Path;

use winsafe::prelude::*;
use winsafe::{AtomStr, AttachConsole, EnumWindows, HWND, PidParent, co, gui};

use super::{Ears, PATIENCE, Place};

/// The class of the window that is never shown.
const CLASS: &str = "XiangliEars";

pub(super) fn take_place(name: &str, _folder: &Path) -> Place {
    if let Ok(Some(first)) = HWND::FindWindow(Some(AtomStr::from_str(CLASS)), Some(name)) {
        bring_forward(&first);
        return Place::Second;
    }
    let ears = Ears::default();
    let (name, heard_by) = (name.to_owned(), ears.clone());
    let hearing = std::thread::Builder::new().name("ears".to_owned()).spawn(move || {
        if let Err(error) = hear(&name, &heard_by) {
            tracing::warn!(%error, "the end of the session and a second start will not be heard");
        }
    });
    if let Err(error) = hearing {
        tracing::warn!(%error, "the end of the session and a second start will not be heard");
    }
    Place::First(ears)
}

/// Who was just started may do that, the one in the background may not.
fn bring_forward(first: &HWND) {
    let (_, program) = first.GetWindowThreadProcessId();
    let mut found = false;
    // Ends with an error where it is told to stop.
    let _ = EnumWindows(|window| {
        if window.GetWindowThreadProcessId().1 == program && window.IsWindowVisible() {
            found = true;
            if window.IsIconic() {
                window.ShowWindow(co::SW::RESTORE);
            }
            window.SetForegroundWindow();
        }
        !found
    });
}

fn hear(name: &str, ears: &Ears) -> Result<(), String> {
    let window = gui::WindowMain::new(gui::WindowMainOpts {
        class_name: CLASS,
        title: name,
        style: co::WS::OVERLAPPED,
        ex_style: co::WS_EX::TOOLWINDOW,
        ..Default::default()
    });
    let ending = ears.clone();
    window.on().wm_end_session(move |session| {
        // Windows ends the program when this returns.
        if session.is_session_being_ended {
            ending.put_away(PATIENCE);
        }
        Ok(())
    });
    let sleeping = ears.clone();
    window.on().wm_power_broadcast(move |power| {
        if power.event == co::PBT::APMSUSPEND {
            sleeping.put_away(PATIENCE / 2);
        }
        Ok(())
    });
    window.run_main(Some(co::SW::HIDE)).map(drop).map_err(|error| error.to_string())
}

/// Opens a file as the Explorer would; why not, where it does not.
pub(super) fn show(file: &Path) -> Result<(), String> {
    let name = file.to_str().ok_or("a name that is no text")?;
    let shown = HWND::NULL.ShellExecute("open", name, None, None, co::SW::SHOWNORMAL);
    shown.map(drop).map_err(|error| error.to_string())
}

pub(super) fn join_console() {
    // Where it was not started from one, or is written into a file, there is none to join.
    let _ = AttachConsole(PidParent::Parent);
}

pub(super) fn say_without_window(title: &str, words: &str) {
    if HWND::NULL.MessageBox(words, title, co::MB::ICONERROR).is_err() {
        tracing::error!("neither a window nor a box can be shown here");
    }
}

//! The same on Windows: a window that is never shown hears of the end of the session and of sleep, and shows a second start which
//! program is the first.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use winsafe::prelude::*;
use winsafe::{AtomStr, AttachConsole, CoInitializeEx, EnumWindows, HWND, PidParent, co, gui};

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
        // What the library takes for impossible must not go unsaid.
        let heard = catch_unwind(AssertUnwindSafe(|| hear(&name, &heard_by)));
        if let Err(error) = heard.unwrap_or_else(|_| Err("it broke down".to_owned())) {
            tracing::warn!(error, "the end of the session and a second start will not be heard");
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
        // The toolkit has one more, of no title, that counts as visible.
        let is_titled = || window.GetWindowText().is_ok_and(|title| !title.is_empty());
        if window.GetWindowThreadProcessId().1 == program && window.IsWindowVisible() && is_titled() {
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
    let closing = window.clone();
    ears.when_leaving(move || closing.close());
    window.run_main(Some(co::SW::HIDE)).map(drop).map_err(|error| error.to_string())
}

/// Opens a file as the Explorer would; why not, where it does not.
pub(super) fn show(file: &Path) -> Result<(), String> {
    let name = file.to_str().ok_or("a name that is no text")?;
    // Some programs that open files want it of whoever asks them to.
    let _com = CoInitializeEx(co::COINIT::APARTMENTTHREADED | co::COINIT::DISABLE_OLE1DDE);
    let shown = HWND::NULL.ShellExecute("open", name, None, None, co::SW::SHOWNORMAL);
    shown.map(drop).map_err(|error| error.to_string())
}

/// Where it was not started from one there is none to join; what is written into a file needs none.
pub(super) fn join_console() -> bool {
    AttachConsole(PidParent::Parent).is_ok()
}

pub(super) fn say_without_window(title: &str, words: &str) {
    if HWND::NULL.MessageBox(words, title, co::MB::ICONERROR).is_err() {
        tracing::error!("neither a window nor a box can be shown here");
    }
}

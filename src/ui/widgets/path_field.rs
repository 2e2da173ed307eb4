//! A path that can be typed, or chosen in the system's dialog where there is one.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Waker};

use eframe::egui::Ui;

use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::widgets::basic::{self, Shown, button, field};

/// What is to be chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Any file.
    File,
    /// A roster.
    Spreadsheet,
    /// A folder.
    Folder,
    /// A spreadsheet to be written.
    NewSpreadsheet,
    /// A file of the hand-up with this ending.
    HandUp(&'static str),
    /// Several of them at once.
    HandUps(&'static str),
}

/// Between several paths in one field: no file of Windows has it in its name.
const BETWEEN: char = '|';

type Chosen = mpsc::Receiver<Vec<PathBuf>>;

/// The field.
#[derive(Default)]
pub struct PathField {
    text: String,
    dialog: Option<Chosen>,
    /// The dialog came back empty: cancelled, or there is none on this system.
    came_back_empty: bool,
}

impl PathField {
    /// The path, if one is typed.
    pub fn path(&self) -> Option<PathBuf> {
        let text = self.text.trim().trim_matches('"');
        (!text.is_empty()).then(|| PathBuf::from(text))
    }

    /// The paths, where several may be typed.
    pub fn paths(&self) -> Vec<PathBuf> {
        let texts = self.text.split(BETWEEN).map(|text| text.trim().trim_matches('"'));
        texts.filter(|text| !text.is_empty()).map(PathBuf::from).collect()
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.text.clear();
        self.came_back_empty = false;
    }

    /// Fills the field.
    pub fn set(&mut self, path: &std::path::Path) {
        self.text = path.display().to_string();
    }

    /// Draws field and button; true where the path was just chosen in the dialog or confirmed with Enter.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, label: &str, wanted: Wanted) -> bool {
        let settled = self.line_ui(ui, cx, label);
        self.choose_ui(ui, cx, (label, "ui-choose"), wanted);
        self.empty_handed_ui(ui, cx);
        settled
    }

    /// Draws the field alone, where its buttons stand elsewhere; true as for [`Self::ui`].
    pub fn line_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, label: &str) -> bool {
        let mut settled = self.arrive();
        let response = field(ui, &cx.t(label), &mut self.text, Shown::Clear, None);
        settled |= response.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
        settled && self.path().is_some()
    }

    /// Says that a path can be typed, where the dialog came back with none.
    pub fn empty_handed_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.came_back_empty {
            basic::hint(ui, cx.t("ui-type-path"));
        }
    }

    /// Draws one more button that opens the dialog, as for a whole folder instead of files.
    pub fn choose_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, (label, words): (&str, &str), wanted: Wanted) {
        if button(ui, Icon::FolderOpen, &cx.t(words)).clicked() && self.dialog.is_none() {
            self.came_back_empty = false;
            self.dialog = Some(open_dialog(ui, wanted, cx.t(label), cx.t("ui-file-kinds")));
        }
    }

    fn arrive(&mut self) -> bool {
        let Some(dialog) = &self.dialog else { return false };
        match dialog.try_recv() {
            Err(mpsc::TryRecvError::Empty) => false,
            Ok(paths) if !paths.is_empty() => {
                let texts: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                self.text = texts.join(&format!(" {BETWEEN} "));
                self.dialog = None;
                true
            }
            Ok(_) | Err(mpsc::TryRecvError::Disconnected) => {
                self.dialog = None;
                self.came_back_empty = true;
                false
            }
        }
    }
}

/// Asks on a thread of its own: a portal that hangs must not hang the window.
fn open_dialog(ui: &Ui, wanted: Wanted, title: String, kinds: String) -> Chosen {
    let (sender, receiver) = mpsc::channel();
    let ctx = ui.ctx().clone();
    let ask = move || {
        let dialog = rfd::AsyncFileDialog::new().set_title(title);
        let sheets = ["xlsx", "xls", "ods", "csv"];
        let one = match wanted {
            Wanted::File => wait(dialog.pick_file()),
            Wanted::Spreadsheet => wait(dialog.add_filter(kinds, &sheets).pick_file()),
            Wanted::Folder => wait(dialog.pick_folder()),
            Wanted::NewSpreadsheet => wait(dialog.add_filter("xlsx", &["xlsx"]).save_file()),
            Wanted::HandUp(ending) => wait(dialog.add_filter(ending, &[ending]).pick_file()),
            Wanted::HandUps(ending) => {
                let many = wait(dialog.add_filter(ending, &[ending]).pick_files()).unwrap_or_default();
                let _ = sender.send(many.iter().map(|handle| handle.path().to_owned()).collect());
                return ctx.request_repaint();
            }
        };
        let _ = sender.send(one.iter().map(|handle| handle.path().to_owned()).collect());
        ctx.request_repaint();
    };
    // Without a thread the receiver is disconnected, and the field says that the path can be typed.
    let _ = std::thread::Builder::new().name("dialog".into()).spawn(ask);
    receiver
}

struct Signal(Mutex<mpsc::Sender<()>>);

impl std::task::Wake for Signal {
    fn wake(self: Arc<Self>) {
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).send(());
    }
}

/// Waits for a future on this thread.
fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future: Pin<Box<dyn Future<Output = T>>> = Box::pin(future);
    let (sender, woken) = mpsc::channel();
    let waker = Waker::from(Arc::new(Signal(Mutex::new(sender))));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        if woken.recv().is_err() {
            std::thread::yield_now();
        }
    }
}

//! The window: tabs, dialogs, widgets, theme.
//!
//! May use `domain`, `desk`, `paper`, `machine`, the ledger's commands and read models, `words`, egui and rfd. Never a ledger of its own,
//! SQL or files. Drawing neither reads nor writes: it asks the desk and queues actions.

pub mod action;
mod around;
pub mod cached;
pub mod cx;
mod entry;
mod fonts;
pub mod forms;
mod icon;
pub mod keys;
mod lock;
mod main_page;
mod pages;
mod perform;
mod renderer;
pub mod search;
mod side;
mod tab_bar;
pub mod tabs;
pub mod theme;
mod trouble;
pub mod widgets;
pub mod window;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

pub use eframe::Renderer;
use eframe::egui;

use crate::desk::Desk;
use crate::desk::device::Device;
use crate::domain::message::Message;
use crate::ledger::command::Stamp;
use crate::machine::Ears;
use crate::words::{Language, Words};
pub use renderer::Asked;
use window::Window;

/// The file name of the rarest characters' font, to be looked for beside the program.
pub const RARE_FONT: &str = fonts::RARE_FILE;

/// Who it is, what day and instant it is: asked by the window alone.
pub type ClockFn = Arc<dyn Fn() -> Stamp>;

/// What `main` gives the window to begin with.
#[derive(Clone)]
pub struct Launch {
    /// Where the village's ledger lies or will lie.
    pub ledger: PathBuf,
    /// Where the demo village lies or will lie.
    pub demo: PathBuf,
    /// The small settings of this computer.
    pub settings: PathBuf,
    /// Where the font of the rarest characters may lie; the first that is there is taken.
    pub rare_fonts: Vec<PathBuf>,
    /// The language asked for; else the one remembered, else Chinese.
    pub language: Option<Language>,
    /// Who sits here, when.
    pub clock: ClockFn,
    /// What is to draw; else what drew here last time.
    pub renderer: Option<Asked>,
    /// Where it is heard what happens around the window.
    pub ears: Ears,
}

/// Opens the window and stays until it is closed. The renderer that worked is remembered; where one cannot start, the
/// other is tried.
///
/// # Errors
/// Neither renderer can draw on this machine; both reasons are in the sentence.
pub fn run(launch: &Launch) -> Result<(), Message> {
    let mut device = Device::load(&launch.settings);
    let mut reasons = Vec::new();
    for renderer in renderer::order(launch.renderer, &device) {
        renderer::trying(&mut device, renderer);
        let Err(reason) = run_guarded(launch, renderer) else { return Ok(()) };
        tracing::warn!(reason, %renderer, "this renderer cannot draw here");
        reasons.push(format!("{renderer}: {reason}"));
        // What the window remembered meanwhile stays.
        device = Device::load(&launch.settings);
        if !renderer::is_unseen(&device) {
            break;
        }
        renderer::ended(&mut device);
    }
    Err(Message::new("ui-no-renderer").text("reasons", reasons.join("; ")))
}

/// A driver that breaks down is one that cannot draw.
fn run_guarded(launch: &Launch, renderer: Renderer) -> Result<(), String> {
    let run = AssertUnwindSafe(|| run_with(launch, renderer).map_err(|error| error.to_string()));
    catch_unwind(run).unwrap_or_else(|_| Err("breakdown".to_owned()))
}

fn run_with(launch: &Launch, renderer: eframe::Renderer) -> eframe::Result {
    let language = window::language(launch, &Device::load(&launch.settings));
    let title = Words::new(language).text("ui-title");
    let viewport = egui::ViewportBuilder::default()
        .with_title(title)
        .with_app_id("xiangli")
        .with_inner_size([1280.0, 720.0])
        .with_min_inner_size([640.0, 420.0])
        .with_drag_and_drop(true)
        .with_icon(icon());
    let options = eframe::NativeOptions { viewport, renderer, centered: true, ..Default::default() };
    let launch = launch.clone();
    eframe::run_native(
        "xiangli",
        options,
        Box::new(move |context| {
            let (wake, heard) = (context.egui_ctx.clone(), context.egui_ctx.clone());
            launch.ears.wake_by(move || heard.request_repaint());
            let desk = Desk::threaded(Arc::new(move || wake.request_repaint()));
            Ok(Box::new(Window::new(launch, desk, &context.egui_ctx)))
        }),
    )
}

/// The window's icon: raw pixels, so that no image decoder is needed.
fn icon() -> egui::IconData {
    const SIZE: u32 = 64;
    static PIXELS: &[u8] = include_bytes!("../../assets/icon/icon-64.rgba");
    egui::IconData { rgba: PIXELS.to_vec(), width: SIZE, height: SIZE }
}

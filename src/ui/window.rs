//! The window itself: which page is open, what is under way, and the order of one frame.

use std::path::PathBuf;
use std::time::Duration;

use chrono::Timelike;
use eframe::egui::{self, CentralPanel, Panel, Ui};

use crate::desk::device::Device;
use crate::desk::opening::{Lies, Opened, Opening, lies_at, open};
use crate::desk::{Answer, Desk};
use crate::domain::message::{Message, Say as _};
use crate::ledger::command::{Done, Stamp};
use crate::ledger::error::ErrorKind;
use crate::machine::Waiting;
use crate::ui::action::{Action, Entry, Sender, SideKind};
use crate::ui::cx::{Cx, Keys};
use crate::ui::entry::{entry_ui, needs_a_backup, restore_ui, says_wait, waiting_ui};
use crate::ui::keys::{self, Shortcut};
use crate::ui::lock::{self, Idle, wait_message};
use crate::ui::main_page::MainPage;
use crate::ui::pages::copy_in::CopyInPage;
use crate::ui::pages::damage::DamagePage;
use crate::ui::pages::first_run::{self, Founding, NewVillagePage};
use crate::ui::pages::paper_code::PaperCodePage;
use crate::ui::pages::restore::RestorePage;
use crate::ui::pages::restored::RestoredPage;
use crate::ui::pages::unlock::UnlockPage;
use crate::ui::side::{Around, Ground, Side};
use crate::ui::theme::Contrast;
use crate::ui::trouble::Trouble;
use crate::ui::widgets::child::Seen;
use crate::ui::widgets::toast::{Offer, Toasts, Tone};
use crate::ui::widgets::{basic, focus};
use crate::ui::{Launch, fonts, renderer, theme};
use crate::words::{Language, Words};

/// The page that fills the window.
pub(super) enum Page {
    Choices,
    NewVillage(NewVillagePage),
    CopyIn(CopyInPage),
    Unlock(UnlockPage),
    Restore(RestorePage),
    PaperCode(PaperCodePage, Box<MainPage>),
    Main(Box<MainPage>),
    /// Put away, with the page as it was, until the passphrase is given.
    Locked(UnlockPage, Box<MainPage>),
    /// It is damaged: what can be done; with the page of the ledger where it lies open.
    Damaged(Box<DamagePage>, Option<Box<MainPage>>),
    /// A backup took its place: what that came to.
    Restored(RestoredPage, Box<MainPage>),
}

/// A command under way.
pub(super) struct Running {
    pub answer: Answer<Done>,
    /// Who hears what came of it.
    pub sender: Sender,
    /// What undo or redo is about, named before it is done.
    pub about: Option<String>,
    pub turn: Turn,
    /// It is done once, however often its button is pressed meanwhile.
    pub only_once: bool,
}

/// Whether a command goes forwards or takes something back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Forwards,
    Undo,
    Redo,
}

/// The window of the program.
pub struct Window {
    // Answers go before the desk, so that long work is told to stop before the desk waits for its threads.
    pub(super) opening: Option<Answer<Opened>>,
    /// The ledger that is being unlocked.
    unlocking: Option<PathBuf>,
    pub(super) running: Vec<Running>,
    pub(super) removing: Option<Answer<()>>,
    pub(super) taking_back: Option<Answer<()>>,
    /// What is said once it is done, and setting the passphrase of who may only look.
    pub(super) looking: Option<(&'static str, Answer<()>)>,
    pub(super) page: Page,
    pub(super) desk: Desk,
    pub(super) launch: Launch,
    pub(super) device: Device,
    pub(super) words: Words,
    pub(super) toasts: Toasts,
    /// Why the last opening failed.
    pub(super) failure: Option<Message>,
    /// What lies where the village's ledger lies or will lie.
    lies: Lies,
    scale: u32,
    told_read_only: Told,
    /// What is open at the side.
    pub(super) side: Option<Side>,
    pub(super) idle: Idle,
    pub(super) trouble: Trouble,
    /// Who waits for the ledger to be put away.
    pub(super) waiting: Vec<Waiting>,
    /// Whose the keys were when the last frame was drawn: the toolkit takes Escape from a field before it can be asked.
    keys_were: Keys,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    No,
    Yes,
}

/// The language asked for, else the one remembered, else Chinese.
pub(super) fn language(launch: &Launch, device: &Device) -> Language {
    let remembered = device.get("language").and_then(Language::from_code);
    launch.language.or(remembered).unwrap_or_default()
}

impl Window {
    /// The window with its first page.
    pub fn new(launch: Launch, desk: Desk, ctx: &egui::Context) -> Self {
        let device = Device::load(&launch.settings);
        fonts::install(ctx, &launch.rare_fonts);
        let contrast = device.get("contrast").and_then(Contrast::from_code).unwrap_or_default();
        theme::apply(ctx, contrast);
        let scale = device.get("scale").and_then(|scale| scale.parse().ok()).unwrap_or(100);
        let words = Words::new(language(&launch, &device));
        let lies = lies_at(&launch.ledger);
        let mut window = Self {
            opening: None,
            unlocking: None,
            running: Vec::new(),
            removing: None,
            taking_back: None,
            looking: None,
            page: Page::Choices,
            desk,
            launch,
            device,
            words,
            toasts: Toasts::default(),
            failure: None,
            lies,
            scale: 0,
            told_read_only: Told::No,
            side: None,
            idle: Idle::default(),
            trouble: Trouble::default(),
            waiting: Vec::new(),
            keys_were: Keys::Page,
        };
        window.set_scale(ctx, scale);
        window.first_page();
        window
    }

    /// A village's ledger is asked its passphrase; the demo village, left open, opens by itself.
    fn first_page(&mut self) {
        if self.lies == Lies::Demo {
            self.begin(Opening::Demo { path: self.launch.ledger.clone() });
        } else if self.device.get("open") == Some("demo") && lies_at(&self.launch.demo) == Lies::Demo {
            self.begin(Opening::Demo { path: self.launch.demo.clone() });
        } else if self.lies == Lies::Village {
            self.page = Page::Unlock(UnlockPage::default());
        }
    }

    pub(super) fn stamp(&self) -> Stamp {
        (self.launch.clock)()
    }

    /// Puts the ledger away, with a backup if something changed.
    pub fn close_ledger(&mut self) {
        self.running.clear();
        let stamp = self.stamp();
        if let Page::Main(main) = &mut self.page {
            main.keep_drafts(&self.desk, &stamp);
        }
        self.desk.close(stamp);
    }

    pub(super) fn begin(&mut self, opening: Opening) {
        self.failure = None;
        let stamp = self.stamp();
        let wait = self.seconds_to_wait(&stamp);
        if wait > 0 && opening.tries_passphrase() {
            self.failure = Some(wait_message(wait));
            return;
        }
        self.unlocking = match &opening {
            Opening::Unlock { path, .. } | Opening::Township { path, .. } => Some(path.clone()),
            _ => None,
        };
        self.trouble.begin(&opening);
        let kind = if matches!(opening, Opening::Demo { .. }) { "demo" } else { "village" };
        self.device.set("open", kind);
        self.opening = Some(open(&self.desk, opening, stamp));
    }

    pub(super) fn go(&mut self, entry: Entry) {
        self.failure = None;
        self.lies = lies_at(&self.launch.ledger);
        self.page = match entry {
            Entry::Choices => Page::Choices,
            Entry::NewVillage => Page::NewVillage(NewVillagePage::of(Founding::Village)),
            Entry::NewOffice => Page::NewVillage(NewVillagePage::of(Founding::Office)),
            Entry::OpenCopy => Page::CopyIn(CopyInPage::default()),
            Entry::Unlock => Page::Unlock(UnlockPage::default()),
            Entry::Restore => Page::Restore(RestorePage::new(&self.launch.ledger)),
        };
    }

    pub(super) fn set_scale(&mut self, ctx: &egui::Context, scale: u32) {
        self.scale = if theme::SCALES.contains(&scale) { scale } else { 100 };
        ctx.set_zoom_factor(self.scale as f32 / 100.0);
        self.device.set("scale", &self.scale.to_string());
    }

    pub(super) fn set_contrast(&mut self, ctx: &egui::Context, contrast: Contrast) {
        theme::apply(ctx, contrast);
        self.device.set("contrast", contrast.code());
    }

    /// The text size, in percent.
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// One frame.
    pub fn frame(&mut self, ui: &mut Ui) {
        self.tick(ui.ctx());
        self.show(ui);
    }

    /// What goes on whether the window is seen or lies in the task bar: locking, what was heard, what arrived, what is due.
    pub fn tick(&mut self, ctx: &egui::Context) {
        let stamp = self.stamp();
        self.arrive();
        self.lock_when_idle(ctx, &stamp);
        self.hear(ctx, &stamp);
        self.let_go();
        self.schedule(ctx, &stamp);
    }

    /// The keys of the whole window, drawing, and then what the user wants.
    fn show(&mut self, ui: &mut Ui) {
        let stamp = self.stamp();
        renderer::drew(ui.ctx().cumulative_frame_nr(), &mut self.device);
        self.note_input(ui, &stamp);
        let mut actions = Vec::new();
        self.shortcuts(ui, &mut actions);
        self.draw(ui, &stamp, &mut actions);
        focus::ring_ui(ui);
        for action in actions {
            self.perform(ui.ctx(), action);
        }
    }

    pub(super) fn arrive(&mut self) {
        if let Some(result) = self.opening.as_ref().and_then(Answer::take) {
            self.opening = None;
            match result {
                Ok(opened) => {
                    // Anybody can open a demo, or a copy of their own: that says nothing about this ledger.
                    if self.unlocking.take().is_some_and(|path| path == opened.path) {
                        self.forget_wrong();
                    }
                    self.opened(opened);
                }
                Err(error) if error.kind == ErrorKind::Cancelled => {
                    self.trouble.forget_typed();
                    self.nothing_opened();
                }
                Err(error) => {
                    self.count_wrong(&error);
                    if !self.damaged_at_opening(&error) {
                        self.failure = Some(error.message());
                    }
                }
            }
        }
        if let Some(result) = self.removing.as_ref().and_then(Answer::take) {
            self.removing = None;
            self.removed(result);
        }
        if let Some(result) = self.taking_back.as_ref().and_then(Answer::take) {
            self.taking_back = None;
            self.taken_back(result);
        }
        self.looking_arrives();
        self.trust_arrives();
        self.damage_arrives();
        self.medium_arrives();
        let mut index = 0;
        while index < self.running.len() {
            match self.running[index].answer.take() {
                None => index += 1,
                Some(result) => {
                    let running = self.running.remove(index);
                    self.done(&running, result);
                }
            }
        }
        if self.desk.is_read_only() && self.told_read_only == Told::No {
            self.told_read_only = Told::Yes;
            let words = self.words.text("error-desk-stopped");
            self.toasts.add(Tone::Wrong, words, Offer::Nothing);
        }
    }

    fn trust_arrives(&mut self) {
        let Page::Main(main) = &mut self.page else { return };
        match main.trust_arrives(&self.words, &self.desk) {
            Some(Ok(words)) => self.toasts.add(Tone::Done, words, Offer::Nothing),
            Some(Err(words)) => self.toasts.add(Tone::Wrong, words, Offer::Nothing),
            None => {}
        }
    }

    /// Shows a ledger that lies open on the desk.
    pub fn opened(&mut self, opened: Opened) {
        self.told_read_only = Told::No;
        self.trouble.forget_typed();
        let (paper_code, restored) = (opened.paper_code.clone(), opened.restored.clone());
        let main = match std::mem::replace(&mut self.page, Page::Choices) {
            Page::Locked(_, mut main) => {
                main.reopened(opened);
                main
            }
            _ => Box::new(MainPage::new(opened)),
        };
        self.page = match paper_code {
            Some(code) => Page::PaperCode(PaperCodePage::new(code), main),
            None => Self::told_of_restoring(restored, main),
        };
    }

    /// The keys that mean the same on every page; those of one page are read where it is drawn.
    fn shortcuts(&self, ui: &Ui, actions: &mut Vec<Action>) {
        let is_typing = ui.ctx().text_edit_focused();
        if keys::pressed(ui, Shortcut::Help) {
            actions.push(Action::Side(SideKind::Help));
        }
        if !is_typing && keys::asked_for_keys(ui) {
            actions.push(Action::Side(SideKind::Keys));
        }
        let may_close = self.side.is_some() && !is_typing && self.keys_were == Keys::Page;
        if may_close && keys::pressed(ui, Shortcut::Close) {
            actions.push(Action::CloseSide);
        }
        if !matches!(self.page, Page::Main(_)) {
            return;
        }
        if keys::pressed(ui, Shortcut::Day) {
            actions.push(Action::Side(SideKind::Day));
        }
        if keys::pressed(ui, Shortcut::Lock) {
            actions.push(Action::Lock);
        }
        if is_typing {
            return;
        }
        if keys::pressed(ui, Shortcut::Redo) {
            actions.push(Action::Redo);
        } else if keys::pressed(ui, Shortcut::Undo) {
            actions.push(Action::Undo);
        }
    }

    fn draw(&mut self, ui: &mut Ui, stamp: &Stamp, actions: &mut Vec<Action>) {
        let revision = match &self.page {
            Page::Main(main) | Page::PaperCode(_, main) | Page::Restored(_, main) => main.revision(),
            _ => 0,
        };
        let is_elsewhere = ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx());
        let keys = if is_elsewhere { Keys::Elsewhere } else { Keys::Page };
        self.keys_were = keys;
        let (palette, today) = (theme::of(ui), stamp.today);
        let wait = self.seconds_to_wait(stamp);
        let lock_after = lock::minutes(&self.device);
        let seen = if let Page::Main(main) = &self.page { main.seen() } else { Seen::default() };
        let (words, desk, read_only) = (&self.words, &self.desk, self.read_only());
        let mut cx = Cx { words, desk, today, revision, read_only, seen, palette, keys, actions };
        if let Page::Main(main) = &mut self.page {
            main.bars_ui(ui, &mut cx);
            // In a low window a message stands where the status stood before and will stand again.
            if self.toasts.is_empty() || !theme::is_low(ui) {
                main.status_ui(ui, &cx);
            }
            running_ui(ui, &cx, &self.running);
            purging_ui(ui, &mut cx, main.purging());
            self.toasts.ui(ui, &mut cx);
            return main.ui(ui, &mut cx, &mut self.side, (self.scale, lock_after));
        }
        self.toasts.ui(ui, &mut cx);
        let around = Around { scale: self.scale, lock_after, ground: Ground::None, path: None, programmes: &[] };
        // What was done on a day waits with the ledger.
        let side = self.side.as_mut().filter(|side| side.kind() != SideKind::Day);
        if side.is_some_and(|side| !side.ui(ui, &mut cx, &around)) {
            return;
        }
        let failure = self.failure.as_ref();
        let (page, opening) = (&mut self.page, self.opening.as_ref());
        let (launch, lies) = (&self.launch, self.lies);
        CentralPanel::default().frame(theme::page(ui)).show(ui, |ui| {
            first_run::frame_ui(ui, &mut cx, |ui, cx| {
                let what = if matches!(page, Page::Damaged(..)) { "damage-page-working" } else { "ui-opening" };
                if waiting_ui(ui, cx, (opening, what), failure.filter(|failure| wait == 0 || !says_wait(failure))) {
                    if matches!(page, Page::Unlock(form) if !form.asks_township())
                        && failure.is_some_and(needs_a_backup)
                    {
                        restore_ui(ui, cx);
                    }
                    entry_ui(ui, cx, page, launch, lies, wait);
                }
            });
        });
    }

    fn schedule(&mut self, ctx: &egui::Context, stamp: &Stamp) {
        if let Page::Main(main) = &mut self.page
            && let Some(minutes) = main.back_up_when_due(&self.desk, stamp)
        {
            ctx.request_repaint_after(Duration::from_secs(60 * minutes.unsigned_abs()));
        }
        self.try_medium_when_due(ctx, stamp);
        if self.is_working() {
            ctx.request_repaint_after(Duration::from_millis(150));
        }
        if let Some(seconds) = self.seconds_to_lock(stamp) {
            ctx.request_repaint_after(Duration::from_secs(seconds.max(1)));
        }
        let asks = matches!(self.page, Page::Unlock(_) | Page::Locked(..) | Page::Restore(_) | Page::CopyIn(_));
        if asks && self.seconds_to_wait(stamp) > 0 {
            ctx.request_repaint_after(Duration::from_secs(1));
        }
        // At midnight the lists are those of another day.
        let passed = u64::from(stamp.at.num_seconds_from_midnight());
        ctx.request_repaint_after(Duration::from_secs(86_401 - passed.min(86_400)));
    }

    /// The words on screen in passing: for tests.
    pub fn is_telling(&self, words: &str) -> bool {
        self.toasts.has(words)
    }

    /// Files that were dropped onto the window.
    pub(super) fn dropped(ui: &Ui) -> Vec<PathBuf> {
        ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect())
    }
}

/// A command that takes long enough to tell how far it is, in a strip above the status bar: it can be stopped, and
/// everything else goes on being used.
fn running_ui(ui: &mut Ui, cx: &Cx<'_>, running: &[Running]) {
    let long = running.iter().find(|running| running.answer.progress().1 > 0);
    let Some(long) = long else { return };
    Panel::bottom("running").frame(theme::bar(ui)).show(ui, |ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), egui::accesskit::Node::set_busy);
        if basic::progress_line(ui, cx, &cx.t("ui-writing"), long.answer.progress()) {
            long.answer.cancel();
        }
    });
}

/// Deleting for good takes as long as two backups; it can be stopped until something is gone.
fn purging_ui(ui: &mut Ui, cx: &mut Cx<'_>, progress: Option<(u64, u64)>) {
    let Some(progress) = progress else { return };
    Panel::bottom("purging").frame(theme::bar(ui)).show(ui, |ui| {
        if basic::progress_line(ui, cx, &cx.t("purge-working"), progress) {
            cx.push(Action::StopPurge);
        }
    });
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.tick(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.launch.ears.leave();
        renderer::ended(&mut self.device);
        self.close_ledger();
    }
}

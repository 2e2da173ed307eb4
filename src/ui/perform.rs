//! After drawing: each queued action is performed, and what came of it is said. Errors are handled here, once.

use eframe::egui;

use crate::desk::Answer;
use crate::desk::opening::{Lies, lies_at, remove_demo};
use crate::desk::whole::{self, WholeStep};
use crate::domain::message::{Message, Say as _};
use crate::ledger::command::{Command, Done};
use crate::ledger::error::Result;
use crate::ledger::history::ChangeRow;
use crate::ledger::keys::Role;
use crate::machine;
use crate::ui::action::{Action, Entry, Sender, SideKind};
use crate::ui::pages::restore::RestorePage;
use crate::ui::side::Side;
use crate::ui::widgets::history::change_words;
use crate::ui::widgets::read_only::ReadOnly;
use crate::ui::widgets::toast::{Offer, Tone};
use crate::ui::window::{Page, Running, Turn, Window};
use crate::words::{Language, Words};

impl Window {
    /// Does what was wished.
    pub(super) fn perform(&mut self, ctx: &egui::Context, action: Action) {
        ctx.request_repaint();
        if let Some(reason) = self.read_only().filter(|reason| reason.stops(&action)) {
            return self.refuse(reason, &action);
        }
        match action {
            Action::Run(command) => self.run(command, None, Turn::Forwards),
            Action::RunFor(command, sender) => self.run_for(command, sender, None, Turn::Forwards),
            Action::Undo => {
                let about = self.main().and_then(|main| main.undo_words(&self.words));
                self.run(Command::Undo, about, Turn::Undo);
            }
            Action::Redo => {
                let about = self.main().and_then(|main| main.redo_words(&self.words));
                self.run(Command::Redo, about, Turn::Redo);
            }
            Action::TakeBack(change) => self.take_back(change),
            Action::Open(opening) => self.begin(opening),
            Action::Step(step) => self.step(step),
            Action::TakeHandOverBack => self.taking_back = Some(whole::take_back(&self.desk)),
            // What came of it arrives: it may have been through before it could be stopped.
            Action::StopOpening => self.opening.iter().for_each(Answer::cancel),
            Action::PaperCodeKept => self.paper_code_kept(),
            Action::Entry(entry) => self.go(entry),
            Action::CloseLedger => self.close(),
            Action::RemoveDemo => self.remove_demo(),
            Action::OwnVillage => self.own_village(),
            Action::ChooseBackup(path) => {
                self.close();
                self.page = Page::Restore(RestorePage::new(&path));
            }
            Action::Language(language) => self.speak(ctx, language),
            Action::Scale(scale) => self.set_scale(ctx, scale),
            Action::Contrast(contrast) => self.set_contrast(ctx, contrast),
            Action::Side(kind) => self.toggle_side(kind),
            Action::CloseSide => self.side = None,
            Action::ShowFile(file) => machine::show(file, &self.launch.ears),
            Action::Lock => self.ask_to_lock(ctx),
            Action::LockAfter(minutes) => self.set_lock_after(minutes),
            Action::SetLooking { own, new } => self.set_looking(own, new),
            action @ (Action::ShowDamage
            | Action::LookAtDamage
            | Action::LookOn
            | Action::PackForHelp(_)
            | Action::RestoredSeen
            | Action::TryMedium) => self.perform_in_trouble(action),
            action => {
                let stamp = self.stamp();
                if let Page::Main(main) = &mut self.page {
                    main.perform(&self.desk, action, (stamp, &self.words));
                }
            }
        }
    }

    /// Why nothing can be written; none where everything can.
    pub(super) fn read_only(&self) -> Option<ReadOnly> {
        let main = self.main()?;
        if self.desk.is_read_only() {
            return Some(ReadOnly::Stopped);
        }
        if self.desk.is_damaged() {
            return Some(ReadOnly::Damaged);
        }
        if let Some(fault) = self.desk.medium() {
            return Some(ReadOnly::Medium(fault));
        }
        let looking = (main.role() == Role::Looking).then_some(ReadOnly::Looking);
        looking.or_else(|| main.handed_over().map(ReadOnly::HandedOver))
    }

    /// Says once that nothing can be written, instead of an error after each try.
    fn refuse(&mut self, reason: ReadOnly, action: &Action) {
        let message = reason.refusal();
        if let (Action::RunFor(_, sender), Page::Main(main)) = (action, &mut self.page) {
            main.refused(sender, &message);
        }
        let words = self.words.say(&message);
        if !self.toasts.has(&words) {
            self.toasts.add(Tone::Wrong, words, Offer::Nothing);
        }
    }

    /// The hand-over was taken back, or could not be.
    pub(super) fn taken_back(&mut self, result: Result<()>) {
        // What was refused until now is refused no more.
        self.toasts.clear();
        let told = match result {
            Ok(()) => (Tone::Done, self.words.text("read-only-taken-back")),
            Err(error) => (Tone::Wrong, self.words.of(&error)),
        };
        self.toasts.add(told.0, told.1, Offer::Nothing);
        if let Page::Main(main) = &mut self.page {
            main.hand_over_taken_back(&self.desk);
        }
    }

    /// A step of the whole ledger, done and taken back as every other.
    fn step(&mut self, step: WholeStep) {
        if self.running.iter().any(|running| running.only_once) {
            return;
        }
        let sender = if matches!(step, WholeStep::Join { .. }) { Sender::Join } else { Sender::Page };
        let answer = whole::begin(&self.desk, step, self.stamp());
        self.running.push(Running { answer, sender, about: None, turn: Turn::Forwards, only_once: true });
        self.arrive();
    }

    fn toggle_side(&mut self, kind: SideKind) {
        let is_open = self.side.as_ref().is_some_and(|side| side.kind() == kind);
        self.side = if is_open { None } else { Some(Side::open(kind)) };
    }

    fn main(&self) -> Option<&crate::ui::main_page::MainPage> {
        match &self.page {
            Page::Main(main) => Some(main),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, about: Option<String>, turn: Turn) {
        self.run_for(command, Sender::Page, about, turn);
    }

    fn run_for(&mut self, command: Command, sender: Sender, about: Option<String>, turn: Turn) {
        // A roster is written once, however often its button is pressed while it is being written.
        let only_once = matches!(command, Command::Import(_) | Command::Reconcile(_));
        if only_once && self.running.iter().any(|running| running.only_once) {
            return;
        }
        let stamp = self.stamp();
        let answer = match &sender {
            Sender::Form { form, about, .. } => self.desk.save_form(command, (form, about.clone()), stamp),
            Sender::Page | Sender::Join | Sender::Pairs(_) => self.desk.run(command, stamp),
        };
        self.running.push(Running { answer, sender, about, turn, only_once });
        self.arrive();
    }

    /// Takes back the step that was clicked, whatever was done since; the ledger knows whether it is the newest.
    fn take_back(&mut self, change: String) {
        let newest = self.main().filter(|main| main.is_next_undo(&change));
        let (about, turn) = match newest {
            Some(main) => (main.undo_words(&self.words), Turn::Undo),
            None => (None, Turn::Forwards),
        };
        self.run(Command::TakeBack { change }, about, turn);
    }

    fn paper_code_kept(&mut self) {
        let page = std::mem::replace(&mut self.page, Page::Choices);
        self.page = match page {
            Page::PaperCode(_, main) => Page::Main(main),
            other => other,
        };
    }

    fn close(&mut self) {
        self.close_ledger();
        self.device.set("open", "");
        self.go(Entry::Choices);
    }

    /// The own village is started, or opened where it is there already.
    fn own_village(&mut self) {
        self.close();
        self.go(match lies_at(&self.launch.ledger) {
            Lies::Nothing => Entry::NewVillage,
            Lies::Village => Entry::Unlock,
            Lies::Gone | Lies::Demo => Entry::Choices,
        });
    }

    fn remove_demo(&mut self) {
        let Some(path) = self.main().filter(|main| main.is_demo()).map(|main| main.path().to_owned()) else { return };
        self.running.clear();
        self.device.set("open", "");
        self.go(Entry::Choices);
        self.removing = Some(remove_demo(&self.desk, path));
        self.arrive();
    }

    /// Told once it is gone.
    pub(super) fn removed(&mut self, result: Result<()>) {
        self.go(Entry::Choices);
        match result {
            Ok(()) => self.toasts.add(Tone::Done, self.words.text("demo-removed"), Offer::Nothing),
            Err(error) => self.toasts.add(Tone::Wrong, self.words.of(&error), Offer::Nothing),
        }
    }

    fn speak(&mut self, ctx: &egui::Context, language: Language) {
        self.words = Words::new(language);
        self.device.set("language", language.code());
        ctx.send_viewport_cmd(egui::ViewportCommand::Title(self.words.text("ui-title")));
    }

    /// Said only after COMMIT.
    pub(super) fn done(&mut self, running: &Running, result: Result<Done>) {
        let done = match result {
            Ok(done) => done,
            Err(error) => {
                tracing::warn!(%error, "a command was refused");
                if let Page::Main(main) = &mut self.page {
                    main.refused(&running.sender, &error.message());
                }
                return self.toasts.add(Tone::Wrong, self.words.of(&error), Offer::Nothing);
            }
        };
        let stamp = self.stamp();
        let Page::Main(main) = &mut self.page else { return };
        main.revised(done.revision, &self.desk);
        if running.turn == Turn::Forwards {
            main.form_done(&self.desk, &stamp, &running.sender, done.change.as_ref());
        }
        match &done.change {
            None => self.toasts.add(Tone::Done, self.words.text("ui-nothing-changed"), Offer::Nothing),
            Some(change) => {
                if change.op == "import" {
                    main.imported();
                }
                let (words, offer) = said(&self.words, main, running, change);
                self.toasts.add(Tone::Done, words, offer);
            }
        }
        if !done.kept.is_empty() {
            main.kept(done.kept);
        }
    }
}

/// What a change is called, and what can be done about it.
fn said(
    words: &Words,
    main: &crate::ui::main_page::MainPage,
    running: &Running,
    change: &ChangeRow,
) -> (String, Offer) {
    let plain = || change_words(words, main.programmes(), change);
    match (running.turn, &running.about) {
        (Turn::Undo, Some(about)) => (words.say(&Message::new("ui-undone").text("what", about.clone())), Offer::Redo),
        (Turn::Redo, Some(about)) => {
            let offer = Offer::TakeBack(change.uid.clone());
            (words.say(&Message::new("ui-redone").text("what", about.clone())), offer)
        }
        // What happened outside, too, is called back by no undo.
        _ if !change.can_be_taken_back => (plain(), Offer::Nothing),
        _ => (plain(), Offer::TakeBack(change.uid.clone())),
    }
}

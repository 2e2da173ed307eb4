//! The page of an open ledger: its tabs, its bars, and what is known of its history.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{self, CentralPanel, Panel, RichText, Ui};

use crate::desk::Desk;
use crate::desk::opening::Opened;
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::command::{KeptRow, Stamp};
use crate::ledger::error::Result;
use crate::ledger::history::{ChangeFilter, ChangeRow};
use crate::ledger::view::{Overview, View};
use crate::ui::action::{Action, Sender, SideKind};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::forms::{Forms, Wish};
use crate::ui::icon::Icon;
use crate::ui::keys::{self, Shortcut};
use crate::ui::search::{Letters, Search};
use crate::ui::side::{Around, Ground, Side};
use crate::ui::tab_bar::{Dress, tab_button};
use crate::ui::tabs::Tab;
use crate::ui::tabs::campaigns::CampaignsTab;
use crate::ui::tabs::handup::HandUpTab;
use crate::ui::tabs::lists::ListsTab;
use crate::ui::tabs::paper::{PaperPage, Stays};
use crate::ui::tabs::residents::ResidentsTab;
use crate::ui::tabs::worklist::WorklistTab;
use crate::ui::theme;
use crate::ui::widgets::demo_strip::Removing;
use crate::ui::widgets::history::{change_words, kept_ui};
use crate::ui::widgets::{basic, status};
use crate::words::Words;

/// What the bars show, read anew after every change.
struct Bars {
    overview: Overview,
    undo: Option<ChangeRow>,
    redo: Option<ChangeRow>,
}

/// The page.
pub(super) struct MainPage {
    path: PathBuf,
    tab: Tab,
    overview: Overview,
    programmes: Arc<[Arc<Programme>]>,
    bars: Cached<i64, Bars>,
    worklist: WorklistTab,
    lists: ListsTab,
    campaigns: CampaignsTab,
    residents: ResidentsTab,
    handup: HandUpTab,
    search: Search,
    /// A paper that is looked at before it is written, over the tab.
    paper: Option<PaperPage>,
    /// Where the last one was written.
    paper_folder: Option<PathBuf>,
    /// What the last taking back left as it was, until it was seen.
    kept: Vec<KeptRow>,
    removing: Removing,
}

impl MainPage {
    pub fn new(opened: Opened) -> Self {
        let path = opened.path.clone();
        let handup = HandUpTab::new(opened.path, opened.last_backup, &opened.overview.village);
        Self {
            path,
            tab: if opened.overview.residents == 0 { Tab::Residents } else { Tab::Worklist },
            overview: opened.overview,
            programmes: opened.programmes,
            bars: Cached::default(),
            worklist: WorklistTab::default(),
            lists: ListsTab::default(),
            campaigns: CampaignsTab::default(),
            residents: ResidentsTab::default(),
            handup,
            search: Search::default(),
            paper: None,
            paper_folder: None,
            kept: Vec::new(),
            removing: Removing::default(),
        }
    }

    /// It was unlocked: everything on the page stands as it stood.
    pub fn reopened(&mut self, opened: Opened) {
        self.overview = opened.overview;
        self.handup.reopened(opened.last_backup);
    }

    /// Where the ledger lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether its people are synthetic.
    pub fn is_demo(&self) -> bool {
        self.overview.village.is_demo
    }

    pub fn revision(&self) -> i64 {
        self.overview.revision
    }

    pub fn programmes(&self) -> &[Arc<Programme>] {
        &self.programmes
    }

    /// The ledger moved on; what is stale is asked again when it is next drawn.
    pub fn revised(&mut self, revision: i64, desk: &Desk) {
        self.overview.revision = revision;
        self.ask_bars(desk);
    }

    /// The forms that stand in a tab.
    fn forms_of(&mut self, tab: Tab) -> &mut Forms {
        match tab {
            Tab::Campaigns => self.campaigns.forms(),
            _ => self.residents.forms(),
        }
    }

    fn ask_bars(&mut self, desk: &Desk) {
        let bars = self.bars.get(desk, self.overview.revision, |view: &View| {
            let (undo, redo) = view.next_turns()?;
            Ok(Bars { overview: view.overview()?, undo, redo: undone_by(view, redo)? })
        });
        if let Some(bars) = bars {
            let revision = self.overview.revision.max(bars.overview.revision);
            self.overview = Overview { revision, ..bars.overview.clone() };
        }
    }

    /// A roster was written: its review is over.
    pub fn imported(&mut self) {
        self.residents.imported();
    }

    /// Something was done; none where nothing was different. The form that asked for it is closed.
    pub fn form_done(&mut self, desk: &Desk, stamp: &Stamp, sender: &Sender, change: Option<&ChangeRow>) {
        let (op, about) = change.map(|change| (change.op.as_str(), change.about.as_str())).unzip();
        self.campaigns.forms().done(desk, stamp, sender, (op, about.unwrap_or_default()));
        self.residents.form_done(desk, stamp, sender, change);
    }

    /// Something was refused.
    pub fn refused(&mut self, sender: &Sender, reason: &Message) {
        self.campaigns.forms().refused(sender, reason);
        self.residents.refused(sender, reason);
    }

    /// The ledger is about to be put away: what is typed into an open form is kept.
    pub fn keep_drafts(&mut self, desk: &Desk, stamp: &Stamp) {
        self.residents.forms().keep_all(desk, stamp);
        self.campaigns.forms().keep_all(desk, stamp);
    }

    /// The ledger is about to be put away: a long read would keep its key in memory until it is through.
    pub fn stop_reads(&mut self) {
        self.residents.stop_reads();
    }

    /// What undo would take back.
    pub fn undo_words(&self, words: &Words) -> Option<String> {
        let change = self.bars.shown()?.undo.as_ref()?;
        Some(change_words(words, &self.programmes, change))
    }

    /// What redo would put back.
    pub fn redo_words(&self, words: &Words) -> Option<String> {
        let change = self.bars.shown()?.redo.as_ref()?;
        Some(change_words(words, &self.programmes, change))
    }

    /// Whether undo would take back exactly this change.
    pub fn is_next_undo(&self, uid: &str) -> bool {
        self.bars.shown().and_then(|bars| bars.undo.as_ref()).is_some_and(|change| change.uid == uid)
    }

    /// Rows that taking back left as they are.
    pub fn kept(&mut self, kept: Vec<KeptRow>) {
        self.kept = kept;
    }

    /// What taking back left as it was is said on whatever page it was asked from.
    fn kept_strip(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.kept.is_empty() {
            return;
        }
        let frame = theme::bar(ui).fill(theme::of(ui).ask_pale);
        let seen = Panel::bottom("kept").frame(frame).show(ui, |ui| kept_ui(ui, cx, &self.kept)).inner;
        if seen {
            self.kept.clear();
        }
    }

    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.handup.is_busy() || self.residents.is_busy() || self.paper.as_ref().is_some_and(PaperPage::is_busy)
    }

    /// Begins a backup if one is due; else the minutes until one is, if anything changed.
    pub fn back_up_when_due(&mut self, desk: &Desk, stamp: &Stamp) -> Option<i64> {
        let minutes = self.handup.minutes_to_backup(stamp.at, self.overview.revision)?;
        if minutes > 0 || desk.is_read_only() {
            return Some(minutes.max(1));
        }
        self.handup.back_up(desk, stamp.clone());
        None
    }

    /// What concerns only this page.
    pub fn perform(&mut self, desk: &Desk, action: Action, (stamp, words): (Stamp, &Words)) {
        match action {
            Action::Paper(wish) => self.paper = Some(PaperPage::new(wish, self.paper_folder.clone(), words)),
            Action::UncountSlip => {
                if let Some(paper) = &mut self.paper {
                    paper.uncount(desk, &stamp);
                }
            }
            Action::WritePaper => {
                if let Some(paper) = &mut self.paper {
                    paper.write(desk, stamp, words.language());
                }
            }
            Action::FillForm => self.handup.form().write(desk, stamp, words.language()),
            Action::BackUp => self.handup.back_up(desk, stamp),
            Action::CopyOut(folder) => self.handup.copy_out(desk, folder, stamp),
            Action::Show(tab) => self.show(tab),
            Action::ShowPerson(uid) => {
                self.show(Tab::Residents);
                self.residents.open(&uid);
            }
            Action::ShowCampaign(uid) => {
                self.show(Tab::Campaigns);
                self.campaigns.show(uid);
            }
            Action::ShowHousehold(uid) => {
                self.show(Tab::Residents);
                self.residents.open_household(&uid);
            }
            Action::ShowGroup(group) => {
                self.tab = Tab::Residents;
                self.residents.open_group(group);
            }
            Action::Form(wish) => {
                self.tab = wish.tab();
                self.forms_of(self.tab).open(desk, &stamp, wish);
            }
            Action::FormAfter(op, wish) => self.residents.forms().open_after(op, wish),
            Action::Draft(step) => self.forms_of(Wish::tab_of(step.form())).draft(desk, &stamp, step),
            Action::Import(file) => {
                self.show(Tab::Residents);
                self.residents.import(file);
            }
            _ => {}
        }
    }

    /// Draws the bars above and below every tab.
    pub fn bars_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.ask_bars(cx.desk);
        self.residents.forms().follow(ui, cx.desk);
        self.campaigns.forms().follow(ui, cx.desk);
        self.handup.arrive(cx.words);
        self.paper_arrives(cx);
        if let Some(revision) = self.handup.form().arrive(cx.words) {
            self.revised(revision, cx.desk);
        }
        if let Some(file) = super::window::Window::dropped(ui) {
            cx.push(Action::Import(Some(file)));
        }
        self.keys(ui, cx);
        Panel::top("tabs").frame(theme::bar(ui)).show(ui, |ui| self.top_ui(ui, cx));
        self.search.follow(&mut self.tab, &mut self.residents);
        if self.is_demo() && !theme::is_low(ui) {
            self.removing.strip_ui(ui, cx);
        }
    }

    /// Draws the bar along the bottom.
    pub fn status_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        Panel::bottom("status")
            .frame(theme::bar(ui))
            .show(ui, |ui| status::ui(ui, cx, &self.overview, self.handup.backed()));
    }

    /// Draws what is open at the side, and the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, side: &mut Option<Side>, (scale, lock_after): (u32, u32)) {
        self.kept_strip(ui, cx);
        let ground = if self.is_demo() { Ground::Demo } else { Ground::Village };
        let around = Around { scale, lock_after, ground, programmes: &self.programmes };
        if side.as_mut().is_some_and(|side| !side.ui(ui, cx, &around)) {
            return;
        }
        CentralPanel::default().frame(theme::page(ui)).show(ui, |ui| {
            if cx.desk.is_read_only() {
                basic::wrong(ui, &cx.t("error-desk-stopped"));
            }
            if !self.paper_ui(ui, cx) {
                self.tab_ui(ui, cx);
            }
        });
    }

    fn paper_arrives(&mut self, cx: &Cx<'_>) {
        let Some(paper) = &mut self.paper else { return };
        if let Some(revision) = paper.arrive(cx.words) {
            self.revised(revision, cx.desk);
        }
    }

    /// Draws the paper that is looked at; whether there is one.
    fn paper_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let Some(paper) = &mut self.paper else { return false };
        if paper.ui(ui, cx) == Stays::Closed && !paper.is_busy() {
            self.paper_folder = paper.folder();
            self.paper = None;
        }
        true
    }

    /// Opens a tab; a search is over with that.
    fn show(&mut self, tab: Tab) {
        self.search.leave(&mut self.residents);
        if self.paper.as_ref().is_some_and(|paper| !paper.is_busy()) {
            self.paper = None;
        }
        self.tab = tab;
    }

    /// Ctrl+1 to Ctrl+5 open the tabs; Ctrl+F, or simply typing, begins a search.
    fn keys(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        for (number, tab) in Tab::ALL.into_iter().enumerate() {
            if keys::pressed(ui, Shortcut::Tab(number)) {
                self.show(tab);
            }
        }
        let letters = match self.tab {
            Tab::Worklist => self.worklist.letters(),
            Tab::Lists => self.lists.letters(),
            Tab::Residents => self.residents.letters(),
            Tab::Campaigns => self.campaigns.letters(),
            Tab::HandUp => Letters::Free,
        };
        self.search.keys(ui, cx, letters, &mut self.residents);
    }

    fn tab_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match self.tab {
            Tab::Worklist => self.worklist.ui(ui, cx),
            Tab::Lists => self.lists.ui(ui, cx),
            Tab::Campaigns => self.campaigns.ui(ui, cx),
            Tab::Residents => self.residents.ui(ui, cx),
            Tab::HandUp => self.handup.ui(ui, cx, &self.programmes),
        }
    }

    fn top_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let tools = self.tools(ui.available_width()).len() + 2;
            let room = ui.available_width() - SEARCH_ROOM - tools as f32 * theme::ICON_BUTTON;
            let dress = Dress::that_fits(ui, cx, room, self.tab);
            if dress == Dress::Full && ui.available_width() >= theme::NARROW {
                let name = RichText::new(&self.overview.village.name).text_style(theme::strong_style());
                let width = (room - dress.width(ui, cx, self.tab)).min(220.0);
                if width > 60.0 {
                    ui.scope(|ui| {
                        ui.set_max_width(width);
                        ui.add(egui::Label::new(name).truncate());
                    });
                }
            }
            for tab in Tab::ALL {
                if tab_button(ui, cx, tab, self.tab == tab, dress) {
                    self.show(tab);
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                self.tools_ui(ui, cx);
                self.turns_ui(ui, cx);
                ui.add_space(theme::GAP);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add_space(theme::GAP);
                    self.search.ui(ui, cx);
                });
            });
        });
    }

    /// The buttons at the end of the bar, the last first; a narrow window keeps only the settings, which hold the others.
    fn tools(&self, width: f32) -> Vec<Tool> {
        let mut tools =
            vec![Tool { glyph: Icon::Settings, words: "ui-settings", wish: || Action::Side(SideKind::Settings) }];
        if width >= theme::NARROW {
            let help = || Action::Side(SideKind::Help);
            tools.push(Tool { glyph: Icon::CircleQuestionMark, words: "help-title", wish: help });
            if !self.is_demo() {
                tools.push(Tool { glyph: Icon::Lock, words: "lock-now", wish: || Action::Lock });
            }
            tools.push(Tool { glyph: Icon::Clock, words: "day-title", wish: || Action::Side(SideKind::Day) });
        }
        tools
    }

    fn tools_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        for tool in self.tools(ui.ctx().content_rect().width()) {
            if basic::icon_button(ui, tool.glyph, &cx.t(tool.words)).clicked() {
                cx.push((tool.wish)());
            }
        }
    }

    /// Undo and redo; under the pointer they name what they would do.
    fn turns_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let redo = self.redo_words(cx.words);
        let undo = self.undo_words(cx.words);
        for (glyph, key, about, action) in
            [(Icon::Redo2, "ui-redo", redo, Action::Redo), (Icon::Undo2, "ui-undo", undo, Action::Undo)]
        {
            let words = match &about {
                Some(about) => cx.say(&Message::new("ui-turn").text("turn", cx.t(key)).text("what", about.clone())),
                None => cx.t(key),
            };
            let response = ui.add_enabled_ui(about.is_some(), |ui| basic::icon_button(ui, glyph, &words)).inner;
            if response.clicked() {
                cx.push(action);
            }
        }
    }
}

/// What an undo took back: redo is named after it.
fn undone_by(view: &View, undo: Option<ChangeRow>) -> Result<Option<ChangeRow>> {
    let Some(undo) = undo else { return Ok(None) };
    let recent = view.history(&ChangeFilter::default())?;
    let undone = recent.into_iter().find(|change| undo.undoes.as_deref() == Some(change.uid.as_str()));
    Ok(Some(undone.unwrap_or(undo)))
}

/// A button at the end of the bar.
struct Tool {
    glyph: Icon,
    words: &'static str,
    wish: fn() -> Action,
}

/// The least room for the search field in the bar.
const SEARCH_ROOM: f32 = 190.0;

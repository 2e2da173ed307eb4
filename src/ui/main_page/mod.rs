//! The page of an open ledger: its tabs, its bars, and what is known of its history. The bar along the top stands in [`bar`].

mod bar;
mod stick;
mod trust;
mod whole;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{CentralPanel, Panel, Ui};

use crate::desk::Desk;
use crate::desk::opening::Opened;
use crate::domain::area_code::Level;
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::command::{KeptRow, Stamp};
use crate::ledger::error::Result;
use crate::ledger::history::{ChangeFilter, ChangeRow};
use crate::ledger::keys::Role;
use crate::ledger::view::{Overview, View};
use crate::ui::action::{Action, Sender};
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::forms::{Forms, Wish};
use crate::ui::keys::{self, Shortcut};
use crate::ui::search::{Letters, Search};
use crate::ui::side::{Around, Ground, Side};
use crate::ui::tabs::Tab;
use crate::ui::tabs::campaigns::CampaignsTab;
use crate::ui::tabs::handup::HandUpTab;
use crate::ui::tabs::lists::ListsTab;
use crate::ui::tabs::paper::{PaperPage, Stays};
use crate::ui::tabs::privacy::PrivacyTab;
use crate::ui::tabs::residents::ResidentsTab;
use crate::ui::tabs::township::TownshipTabs;
use crate::ui::tabs::worklist::WorklistTab;
use crate::ui::theme;
use crate::ui::widgets::demo_strip::Removing;
use crate::ui::widgets::history::{change_words, kept_ui};
use crate::ui::widgets::read_only::ReadOnlyStrip;
use crate::ui::widgets::status::{self, Handed};
use crate::words::Words;
use trust::Trust;

/// What the bars show, read anew after every change.
struct Bars {
    overview: Overview,
    handed: Handed,
    undo: Option<ChangeRow>,
    redo: Option<ChangeRow>,
    /// The day on which the ledger was handed over.
    handed_over: Option<NaiveDate>,
}

/// The page.
pub(super) struct MainPage {
    path: PathBuf,
    tab: Tab,
    overview: Overview,
    programmes: Arc<[Arc<Programme>]>,
    bars: Cached<(i64, u32), Bars>,
    /// How often something changed that stands on this device alone: no revision tells of it.
    device: u32,
    worklist: WorklistTab,
    lists: ListsTab,
    campaigns: CampaignsTab,
    residents: ResidentsTab,
    handup: HandUpTab,
    privacy: PrivacyTab,
    trust: Trust,
    role: Role,
    township: TownshipTabs,
    search: Search,
    /// A paper that is looked at before it is written, over the tab.
    paper: Option<PaperPage>,
    /// Where the last one was written.
    paper_folder: Option<PathBuf>,
    /// What the last taking back left as it was, until it was seen.
    kept: Vec<KeptRow>,
    removing: Removing,
    read_only: ReadOnlyStrip,
}

impl MainPage {
    pub fn new(opened: Opened) -> Self {
        let path = opened.path.clone();
        let handup = HandUpTab::new(opened.path, opened.last_backup, opened.rehearsal, &opened.overview.village);
        let privacy = PrivacyTab::new(opened.overview.village.level());
        Self {
            path,
            tab: first_tab(&opened.overview),
            overview: opened.overview,
            programmes: opened.programmes,
            bars: Cached::default(),
            device: 0,
            worklist: WorklistTab::default(),
            lists: ListsTab::default(),
            campaigns: CampaignsTab::default(),
            residents: ResidentsTab::default(),
            handup,
            privacy,
            trust: Trust::default(),
            role: opened.role,
            township: TownshipTabs::default(),
            search: Search::default(),
            paper: None,
            paper_folder: None,
            kept: Vec::new(),
            removing: Removing::default(),
            read_only: ReadOnlyStrip::default(),
        }
    }

    /// It was unlocked: everything on the page stands as it stood.
    pub fn reopened(&mut self, opened: Opened) {
        self.overview = opened.overview;
        self.handup.reopened(opened.last_backup, opened.rehearsal);
        self.trust.hide();
        self.role = opened.role;
    }

    /// Where the ledger lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether its people are synthetic.
    pub fn is_demo(&self) -> bool {
        self.overview.village.is_demo
    }

    /// What whoever opened it may do.
    pub fn role(&self) -> Role {
        self.role
    }

    pub fn revision(&self) -> i64 {
        self.overview.revision
    }

    /// Whether it is of a village or of an office above.
    pub fn level(&self) -> Level {
        self.overview.village.level()
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
        let bars = self.bars.get(desk, (self.overview.revision, self.device), |view: &View| {
            let (undo, redo) = view.next_turns()?;
            let overview = view.overview()?;
            let handed = Handed::read(view, overview.village.level())?;
            let handed_over = view.handed_over()?;
            Ok(Bars { overview, handed, undo, redo: undone_by(view, redo)?, handed_over })
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
        self.join_done(sender);
    }

    /// Something was refused.
    pub fn refused(&mut self, sender: &Sender, reason: &Message) {
        self.campaigns.forms().refused(sender, reason);
        self.residents.refused(sender, reason);
        self.join_refused(sender, reason);
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

    /// The ledger's medium takes something again.
    pub fn medium_again(&mut self, desk: &Desk) {
        self.handup.medium_again();
        self.ask_bars(desk);
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
        let tabs = [self.handup.is_busy(), self.township.is_busy(), self.residents.is_busy(), self.trust.is_busy()];
        tabs.contains(&true) || self.paper.as_ref().is_some_and(PaperPage::is_busy)
    }

    /// Begins a backup if one is due; else the minutes until one is, if anything changed.
    pub fn back_up_when_due(&mut self, desk: &Desk, stamp: &Stamp) -> Option<i64> {
        let may_write = !desk.is_unwell() && self.role != Role::Looking;
        if may_write {
            self.handup.rehearse_when_due(desk, stamp);
        }
        let minutes = self.handup.minutes_to_backup(stamp.at, self.overview.revision)?;
        if minutes > 0 || !may_write {
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
            Action::Purge(wish, old) => self.purge(desk, (wish, old), stamp),
            Action::StopPurge => self.stop_purge(),
            Action::Look(hidden, why) => self.look(desk, (hidden, why), stamp),
            Action::ShowLists(page) => {
                self.show(Tab::Lists);
                self.lists.show(page);
            }
            Action::ShowPrivacy(page) => {
                self.show(Tab::Privacy);
                self.privacy.show(page);
            }
            Action::HandUp(wish) => self.hand_up(desk, wish, stamp),
            Action::Dropped(files) => self.dropped(desk, files, stamp),
            Action::InviteAgain(member) => {
                self.township.invite_again(&member);
                self.show(Tab::Members);
            }
            Action::CloseMonth(month) => self.handup.months().close(desk, month, stamp),
            Action::OfficePage(page) => self.township.open(page, words),
            Action::BackUp => self.handup.back_up(desk, stamp),
            Action::Rehearse => self.handup.rehearse(desk, stamp),
            Action::LookAtJoin(file) => self.handup.join().look(desk, file, stamp),
            Action::HandOver(folder) => self.hand_over(desk, folder, stamp),
            Action::SaveRejected(wish) => self.residents.save_rejected(desk, *wish, stamp),
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
        self.whole_arrives(cx);
        self.paper_arrives(cx);
        let known = self.overview.revision;
        let arrived = [
            self.handup.form().arrive(cx.words),
            self.handup.month().arrive(cx.words, known),
            self.handup.months().arrive(cx.words, known),
            self.township.arrive(cx.words, known),
        ];
        if let Some(revision) = arrived.into_iter().flatten().max() {
            self.revised(revision, cx.desk);
        }
        self.hide_what_was_left();
        let files = super::window::Window::dropped(ui);
        if !files.is_empty() {
            cx.push(Action::Dropped(files));
        }
        self.keys(ui, cx);
        Panel::top("tabs").frame(theme::bar(ui)).show(ui, |ui| self.top_ui(ui, cx));
        self.search.follow(&mut self.tab, &mut self.residents);
        self.read_only.ui(ui, cx);
        if self.is_demo() && !theme::is_low(ui) {
            self.removing.strip_ui(ui, cx);
        }
    }

    /// Draws the bar along the bottom.
    pub fn status_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        Panel::bottom("status").frame(theme::bar(ui)).show(ui, |ui| {
            let handed = self.bars.shown().map(|bars| &bars.handed);
            let backed = (self.handup.backed(), self.handup.rehearsal().last());
            status::ui(ui, cx, &self.overview, handed, backed);
        });
    }

    /// Draws what is open at the side, and the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, side: &mut Option<Side>, (scale, lock_after): (u32, u32)) {
        self.kept_strip(ui, cx);
        let ground = match self.level() {
            Level::Village if self.is_demo() => Ground::Demo,
            Level::Village => Ground::Village,
            Level::Township | Level::County => Ground::Office,
        };
        let path = Some(self.path.as_path());
        let around = Around { scale, lock_after, ground, path, programmes: &self.programmes };
        if side.as_mut().is_some_and(|side| !side.ui(ui, cx, &around)) {
            return;
        }
        CentralPanel::default().frame(theme::page(ui)).show(ui, |ui| {
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

    /// Ctrl+1 to Ctrl+6 open the tabs; Ctrl+F, or simply typing, begins a search.
    fn keys(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        for (number, tab) in Tab::of(self.level()).iter().enumerate() {
            if keys::pressed(ui, Shortcut::Tab(number)) {
                self.show(*tab);
            }
        }
        if self.level() != Level::Village {
            return;
        }
        let letters = match self.tab {
            Tab::Worklist => self.worklist.letters(),
            Tab::Lists => self.lists.letters(),
            Tab::Residents => self.residents.letters(),
            Tab::Campaigns => self.campaigns.letters(),
            Tab::HandUp => self.handup.letters(),
            Tab::Privacy | Tab::Villages | Tab::Shelf | Tab::Members | Tab::Months => Letters::Free,
        };
        self.search.keys(ui, cx, letters, &mut self.residents);
    }

    fn tab_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match self.tab {
            Tab::Worklist => self.worklist.ui(ui, cx),
            Tab::Lists => self.lists.ui(ui, cx),
            Tab::Campaigns => self.campaigns.ui(ui, cx),
            Tab::Residents => self.residents.ui(ui, cx),
            // The pages of an office's 上报备份 are those of its other side.
            Tab::HandUp if self.level() != Level::Village && self.township.page_ui(ui, cx) => {}
            Tab::HandUp => self.handup.ui(ui, cx, &self.programmes),
            Tab::Privacy => self.privacy.ui(ui, cx, &self.programmes),
            Tab::Villages => self.township.villages_ui(ui, cx),
            Tab::Shelf => self.township.shelf_ui(ui, cx),
            Tab::Members => self.township.members_ui(ui, cx),
            Tab::Months => self.handup.months().ui(ui, cx),
        }
    }
}

/// Where the day begins: with who lives there, where nobody does yet.
fn first_tab(overview: &Overview) -> Tab {
    match overview.village.level() {
        Level::Village if overview.residents == 0 => Tab::Residents,
        Level::Village => Tab::Worklist,
        Level::Township | Level::County => Tab::Villages,
    }
}

/// What an undo took back: redo is named after it.
fn undone_by(view: &View, undo: Option<ChangeRow>) -> Result<Option<ChangeRow>> {
    let Some(undo) = undo else { return Ok(None) };
    let recent = view.history(&ChangeFilter::default())?;
    let undone = recent.into_iter().find(|change| undo.undoes.as_deref() == Some(change.uid.as_str()));
    Ok(Some(undone.unwrap_or(undo)))
}

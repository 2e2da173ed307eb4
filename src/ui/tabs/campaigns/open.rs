//! One campaign that is open: its head, and the pages about it. What they show is read once for all of them.

use std::sync::Arc;

use eframe::egui::Ui;

use crate::domain::roll_call::Called;
use crate::ledger::campaigns::Campaign;
use crate::ledger::campaigns::figures::Report;
use crate::ledger::error::Result;
use crate::ledger::view::View;
use crate::ui::action::Action;
use crate::ui::cached::Cached;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::search::Letters;
use crate::ui::widgets::basic::{self, button};

use super::board::BoardPage;
use super::door::DoorPage;
use super::papers::PapersPage;
use super::plan::PlanPage;
use super::report::ReportPage;
use super::sessions::SessionsPage;

/// A campaign with what its pages need besides.
pub(super) struct Shown {
    pub(super) campaign: Campaign,
    pub(super) report: Report,
    /// How each person may be called at the door, in the order of the appointments.
    pub(super) called: Vec<Called>,
}

impl Shown {
    fn read(view: &View, uid: &str) -> Result<Self> {
        let campaign = view.campaign(uid)?;
        let report = campaign.report();
        let called = campaign.appointments.iter().map(|row| Called::new(&row.person.name, row.number)).collect();
        Ok(Self { campaign, report, called })
    }
}

/// In a window that is narrower, only the chosen page says what it is.
const ROOM_FOR_WORDS: f32 = 1_000.0;

/// A page about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    /// 场次: who comes when.
    #[default]
    Board,
    /// 排人: the program proposes.
    Plan,
    /// 签到: the morning itself.
    Door,
    /// 情况: its numbers.
    Report,
    /// 打印和回单: what is printed, and the clinic's answer.
    Papers,
    /// 改安排: the campaign and its sessions, corrected.
    Sessions,
}

impl Page {
    const ALL: [Self; 6] = [Self::Board, Self::Plan, Self::Papers, Self::Door, Self::Report, Self::Sessions];

    fn key(self) -> &'static str {
        match self {
            Self::Board => "campaign-page-board",
            Self::Plan => "campaign-page-plan",
            Self::Door => "campaign-page-door",
            Self::Report => "campaign-page-report",
            Self::Papers => "campaign-page-papers",
            Self::Sessions => "campaign-page-sessions",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Board => Icon::CalendarDays,
            Self::Plan => Icon::WandSparkles,
            Self::Door => Icon::UserCheck,
            Self::Report => Icon::ChartColumn,
            Self::Papers => Icon::Printer,
            Self::Sessions => Icon::PencilLine,
        }
    }
}

/// The pages of a campaign.
pub(super) struct CampaignPage {
    uid: String,
    page: Page,
    read: Cached<(i64, String), Shown>,
    board: BoardPage,
    plan: PlanPage,
    door: DoorPage,
    report: ReportPage,
    papers: PapersPage,
    sessions: SessionsPage,
}

impl CampaignPage {
    pub(super) fn new(uid: String) -> Self {
        Self {
            uid,
            page: Page::default(),
            read: Cached::default(),
            board: BoardPage::default(),
            plan: PlanPage::default(),
            door: DoorPage::default(),
            report: ReportPage::default(),
            papers: PapersPage::default(),
            sessions: SessionsPage::default(),
        }
    }

    /// Which letters mean something here.
    pub(super) fn letters(&self) -> Letters {
        match self.page {
            Page::Board => self.board.letters(),
            Page::Report => self.report.letters(),
            Page::Plan | Page::Papers | Page::Sessions => Letters::Free,
            // What is typed at the door calls somebody.
            Page::Door => Letters::Taken,
        }
    }

    /// Draws it; true where one wants back to all campaigns.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let uid = self.uid.clone();
        let key = (cx.revision, uid.clone());
        let shown = self.read.get(cx.desk, key, move |view| Shown::read(view, &uid)).cloned();
        if let Some(message) = self.read.failure() {
            basic::wrong(ui, &cx.say(message));
            return button(ui, Icon::ChevronLeft, &cx.t("campaign-all")).clicked();
        }
        let Some(shown) = shown else { return false };
        let back = self.head_ui(ui, cx, &shown);
        match self.page {
            Page::Board => self.board.ui(ui, cx, &shown),
            Page::Plan => {
                if self.plan.ui(ui, cx, &shown) {
                    self.page = Page::Board;
                }
            }
            Page::Door => self.door.ui(ui, cx, &shown),
            Page::Report => self.report.ui(ui, cx, &shown),
            Page::Papers => self.papers.ui(ui, cx, &shown),
            Page::Sessions => self.sessions.ui(ui, cx, &shown.campaign),
        }
        back
    }

    /// The way back, the name, the pages, and what else can be done.
    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, shown: &Arc<Shown>) -> bool {
        let mut back = false;
        ui.horizontal_wrapped(|ui| {
            back = basic::icon_button(ui, Icon::ChevronLeft, &cx.t("campaign-all")).clicked();
            basic::head(ui, shown.campaign.edit.name.as_str());
            let is_narrow = ui.ctx().content_rect().width() < ROOM_FOR_WORDS;
            let room = if is_narrow { basic::Words::Chosen } else { basic::Words::All };
            for page in Page::ALL {
                let (words, chosen) = (cx.t(page.key()), self.page == page);
                if basic::page_button(ui, (page.icon(), &words), chosen, room) {
                    self.page = page;
                }
            }
        });
        back
    }
}

/// Puts a campaign's command on the list of what is to be done.
pub(super) fn run(cx: &mut Cx<'_>, command: crate::ledger::campaigns::command::CampaignCommand) {
    cx.push(Action::Run(crate::ledger::command::Command::Campaign(command)));
}

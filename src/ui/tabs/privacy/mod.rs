//! 隐私保护: what is kept and how long, what is due to go, what was agreed, what left, who looked at children's data, what
//! was lost, and the papers about it. Each page stands in a file of its own. An office keeps of persons what villages handed
//! up: it has the pages about that and how long, about losses and papers; nobody agrees or is looked at there.

mod agreed;
mod due;
mod incident_card;
mod incident_form;
mod incidents;
mod keep_form;
mod kept;
mod left;
mod looks;
mod prints;

use std::sync::Arc;

use eframe::egui::Ui;

use crate::domain::area_code::Level;
use crate::domain::programme::Programme;
use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::theme;
use crate::ui::widgets::basic::{Words, page_button};

/// A page of the tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// 存了什么.
    #[default]
    Kept,
    /// 到期删除.
    Due,
    /// 同意.
    Agreed,
    /// 给出去的.
    Left,
    /// 查看记录.
    Looks,
    /// 丢失或泄露.
    Incidents,
    /// 打印.
    Prints,
}

impl Page {
    /// The pages of a ledger, in the order of their buttons.
    fn of(level: Level) -> &'static [Self] {
        match level {
            Level::Village => {
                &[Self::Kept, Self::Due, Self::Agreed, Self::Left, Self::Looks, Self::Incidents, Self::Prints]
            }
            Level::Township | Level::County => &[Self::Kept, Self::Due, Self::Incidents, Self::Prints],
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Kept => "privacy-page-kept",
            Self::Due => "privacy-page-due",
            Self::Agreed => "privacy-page-agreed",
            Self::Left => "privacy-page-left",
            Self::Looks => "privacy-page-looks",
            Self::Incidents => "privacy-page-incidents",
            Self::Prints => "privacy-page-prints",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Kept => Icon::Archive,
            Self::Due => Icon::Trash2,
            Self::Agreed => Icon::MessageSquareText,
            Self::Left => Icon::FileOutput,
            Self::Looks => Icon::Eye,
            Self::Incidents => Icon::ShieldAlert,
            Self::Prints => Icon::Printer,
        }
    }
}

/// The tab.
#[derive(Default)]
pub struct PrivacyTab {
    level: Level,
    page: Page,
    kept: kept::KeptPage,
    due: due::DuePage,
    agreed: agreed::AgreedPage,
    left: left::LeftPage,
    looks: looks::LooksPage,
    incidents: incidents::IncidentsPage,
    prints: prints::PrintsPage,
}

impl PrivacyTab {
    /// The tab of a village's ledger, or of an office's.
    pub fn new(level: Level) -> Self {
        let page = Page::of(level).first().copied().unwrap_or_default();
        Self { level, page, ..Self::default() }
    }

    /// Opens a page.
    pub fn show(&mut self, page: Page) {
        self.page = page;
    }

    /// Something was deleted for good: what was ticked is gone.
    pub fn purged(&mut self) {
        self.due.clear();
    }

    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, programmes: &[Arc<Programme>]) {
        self.pages_ui(ui, cx);
        match self.page {
            Page::Kept => {
                if self.kept.ui(ui, cx) {
                    self.page = Page::Due;
                }
            }
            Page::Due => self.due.ui(ui, cx, programmes),
            Page::Agreed => self.agreed.ui(ui, cx),
            Page::Left => self.left.ui(ui, cx, programmes),
            Page::Looks => self.looks.ui(ui, cx),
            Page::Incidents => self.incidents.ui(ui, cx, self.level),
            Page::Prints => self.prints.ui(ui, cx, self.level),
        }
    }

    fn pages_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let room = if ui.available_width() < theme::NARROW { Words::Chosen } else { Words::All };
        ui.horizontal_wrapped(|ui| {
            for page in Page::of(self.level).iter().copied() {
                if page_button(ui, (page.icon(), &cx.t(page.key())), self.page == page, room) {
                    self.page = page;
                }
            }
        });
    }
}

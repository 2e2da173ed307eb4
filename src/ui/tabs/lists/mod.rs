//! 服务名单: its pages, and the row of buttons that leads from one to the other. Each page stands in a file of its own.

mod asked;
mod away;
mod away_card;
mod care;
mod deadline;
mod names;
mod newcomers;
mod overview;
mod people;
mod programme;
mod record;
mod round;
mod standards;
mod ticks;

use eframe::egui::Ui;

use crate::ui::cx::Cx;
use crate::ui::icon::Icon;
use crate::ui::search::Letters;
use crate::ui::tabs::benefits::BenefitsPage;
use crate::ui::theme;
use crate::ui::widgets::basic::{Words, page_button};

pub use round::number_order;
pub use ticks::tick_ui;

/// A page of the tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// 名单: who may have what and has not been told.
    #[default]
    Names,
    /// 补贴申请: who has not applied, and whose application is where.
    Benefits,
    /// 尚未征得同意: whom nobody has asked yet.
    Asked,
    /// 在外联系: who works away.
    Away,
    /// 关爱: who helps whom.
    Care,
    /// 村务记录: services, feedback, training, phones.
    Record,
    /// 本地标准: what the county sets.
    Standards,
}

impl Page {
    /// The pages that are there, in the order of their buttons.
    pub const ALL: &[Self] =
        &[Self::Names, Self::Benefits, Self::Asked, Self::Away, Self::Care, Self::Record, Self::Standards];

    fn key(self) -> &'static str {
        match self {
            Self::Names => "lists-page-names",
            Self::Benefits => "lists-page-benefits",
            Self::Asked => "lists-page-asked",
            Self::Away => "lists-page-away",
            Self::Care => "lists-page-care",
            Self::Record => "lists-page-record",
            Self::Standards => "lists-page-standards",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Names => Icon::ListChecks,
            Self::Benefits => Icon::Banknote,
            Self::Asked => Icon::MessageSquareText,
            Self::Away => Icon::Luggage,
            Self::Care => Icon::Handshake,
            Self::Record => Icon::ClipboardList,
            Self::Standards => Icon::Landmark,
        }
    }
}

/// The tab.
#[derive(Default)]
pub struct ListsTab {
    page: Page,
    names: names::NamesPage,
    benefits: BenefitsPage,
    asked: asked::AskedPage,
    away: away::AwayPage,
    care: care::CarePage,
    record: record::RecordPage,
    standards: standards::StandardsPage,
}

impl ListsTab {
    /// Whether a selected row takes the letters.
    pub fn letters(&self) -> Letters {
        match self.page {
            Page::Names => self.names.letters(),
            Page::Benefits => self.benefits.letters(),
            Page::Away => self.away.letters(),
            Page::Care => self.care.letters(),
            Page::Asked | Page::Record | Page::Standards => Letters::Free,
        }
    }

    /// Whether the children left behind are what is looked at.
    pub fn shows_children(&self) -> bool {
        self.page == Page::Care && self.care.shows_children()
    }

    /// Opens a page.
    pub fn show(&mut self, page: Page) {
        self.page = page;
    }

    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        // One programme needs the room; its own button leads back.
        if self.page != Page::Names || !self.names.is_open() {
            self.pages_ui(ui, cx);
        }
        match self.page {
            Page::Names => {
                if self.names.ui(ui, cx) {
                    self.page = Page::Benefits;
                }
            }
            Page::Benefits => self.benefits.ui(ui, cx),
            Page::Asked => self.asked.ui(ui, cx),
            Page::Away => self.away.ui(ui, cx),
            Page::Care => self.care.ui(ui, cx),
            Page::Record => self.record.ui(ui, cx),
            Page::Standards => self.standards.ui(ui, cx),
        }
    }

    /// One button a page; none where there is but one page.
    fn pages_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if Page::ALL.len() < 2 {
            return;
        }
        // In a small window, as the tabs above: the word of the one that is shown, and the icons of the others.
        let room = if ui.available_width() < theme::NARROW { Words::Chosen } else { Words::All };
        ui.horizontal_wrapped(|ui| {
            for page in Page::ALL.iter().copied() {
                let (words, chosen) = (cx.t(page.key()), self.page == page);
                if page_button(ui, (page.icon(), &words), chosen, room) {
                    self.page = page;
                    self.care.leave();
                }
            }
        });
    }
}

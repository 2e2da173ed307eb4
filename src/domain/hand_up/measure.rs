//! What is counted for the township. There is no measure of who did not want something, and none of calls and visits.

use crate::domain::resident::worded;

/// What a number counts, of one programme unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Of no programme: people who live here.
    Residents,
    /// Of no programme: households with somebody in them.
    Households,
    /// Of no programme: records in which something is missing or contradicts itself.
    Quality,
    /// Persons whom it concerns.
    Eligible,
    /// Of them, those who were told.
    Told,
    /// Persons of whom something must be asked first.
    Ask,
    /// Of the eligible, those who had the check or vaccination: to plan seats by, never to compare by.
    Been,
    /// Of the eligible, those whose application is under way.
    Applied,
    /// Of the eligible, those to whom it was granted.
    Granted,
    /// Persons who were paid in the calendar year.
    PaidPersons,
    /// What they were paid, in fen.
    PaidFen,
    /// Persons who could apply now and have not.
    Open,
    /// What they would get, in fen, as far as it is known.
    OpenFen,
    /// Of those who could apply, those whose last day is 31 December of the year.
    Ending,
    /// What they would lose, in fen, as far as it is known.
    EndingFen,
    /// In the month: persons who had the check or vaccination.
    MonthChecked,
    /// In the month: applications that were begun.
    MonthBegan,
    /// In the month: applications that were granted.
    MonthGranted,
    /// In the month: persons who were paid.
    MonthPaidPersons,
    /// In the month: what they were paid, in fen.
    MonthPaidFen,
}
worded!(Measure, "measure" {
    Residents => "residents", Households => "households", Quality => "quality", Eligible => "eligible", Told => "told",
    Ask => "ask", Been => "been", Applied => "applied", Granted => "granted", PaidPersons => "paid_persons",
    PaidFen => "paid_fen", Open => "open", OpenFen => "open_fen", Ending => "ending", EndingFen => "ending_fen", MonthChecked => "month_checked", MonthBegan => "month_began",
    MonthGranted => "month_granted", MonthPaidPersons => "month_paid_persons", MonthPaidFen => "month_paid_fen",
});

impl Measure {
    /// What it is a part of and so never more than.
    pub fn within(self) -> Option<Self> {
        match self {
            Self::Told | Self::Been | Self::Applied | Self::Granted => Some(Self::Eligible),
            Self::Eligible | Self::Ask => Some(Self::Residents),
            Self::Ending => Some(Self::Open),
            Self::EndingFen => Some(Self::OpenFen),
            _ => None,
        }
    }

    /// Whether it counts what happened in a month, from rows with their days: it can be counted again later.
    pub fn is_of_the_month(self) -> bool {
        matches!(
            self,
            Self::MonthChecked | Self::MonthBegan | Self::MonthGranted | Self::MonthPaidPersons | Self::MonthPaidFen
        )
    }

    /// Whether it is money, in fen.
    pub fn is_money(self) -> bool {
        matches!(self, Self::PaidFen | Self::OpenFen | Self::EndingFen | Self::MonthPaidFen)
    }

    /// Whether it is counted of the village as a whole.
    pub fn is_of_the_village(self) -> bool {
        matches!(self, Self::Residents | Self::Households | Self::Quality)
    }
}

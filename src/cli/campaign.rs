//! Check-up campaigns: made, planned, agreed day by day, ticked, and read back from the clinic; and the planner by itself.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::cli::campaign_file;
use crate::cli::write::said;
use crate::cli::{Answer, Exit, Scene, with_rows};
use crate::domain::campaign::{AppointmentAct, AppointmentState, Word};
use crate::domain::message::{Message, Say as _};
use crate::domain::schedule::{MarketCalendar, MarketDays};
use crate::ledger::Ledger;
use crate::ledger::campaigns::clinic::{self, ClinicAnswer, Said};
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::campaigns::figures::Figure;
use crate::ledger::campaigns::planning::Proposal;
use crate::ledger::campaigns::sentences::ground_words;
use crate::ledger::campaigns::{Appointed, AppointmentRow, Campaign, CampaignSummary, Moved, SessionRow, Wish};
use crate::ledger::command::{Command, Stamp};
use crate::ledger::error::{LedgerError, Result};
use crate::ledger::holidays;
use crate::ledger::progress::Unwatched;
use crate::paper::group_words;
use crate::words::Words;

/// Commands about campaigns.
#[derive(Subcommand, Clone)]
pub enum Campaigns {
    /// Start one from a file
    New {
        /// A TOML file: name, programmes, first, last, and tables of session or weekly
        file: PathBuf,
    },
    /// All of them
    List {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// One of them with its sessions and appointments
    Show {
        /// Its uid
        campaign: String,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Propose who comes when
    Plan {
        /// The campaign's uid
        campaign: String,
        /// Another seed, another plan
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Take it
        #[arg(long)]
        book: bool,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Is added by hand, and waits for a day
    Add(Of),
    /// Was told of the day
    Tell(Of),
    /// Agreed to the day
    Agree(Of),
    /// Wishes another day, and none is chosen yet
    Wait(Of),
    /// Was not reached
    Unreached(Of),
    /// Not this time; the seat is free again
    Cancel(Of),
    /// Does not want it
    Decline(Of),
    /// Was expected and did not come
    Missed(Of),
    /// Is asked again after a missed day
    AskAgain(Of),
    /// Was ticked by mistake
    Untick(Of),
    /// Came: where they were expected, or to another session
    Came {
        #[command(flatten)]
        of: Of,
        /// The session's uid, for who was expected elsewhere or nowhere
        #[arg(long)]
        session: Option<String>,
    },
    /// Gets this day
    Move {
        #[command(flatten)]
        of: Of,
        /// The session's uid
        session: String,
        /// They wished for it themselves
        #[arg(long)]
        agreed: bool,
    },
    /// Two people who have both said yes change their days
    Swap {
        /// The campaign's uid
        campaign: String,
        /// Uid or id number
        one: String,
        /// Uid or id number
        other: String,
    },
    /// What somebody said about their days
    Wish {
        #[command(flatten)]
        of: Of,
        /// Not before this day
        #[arg(long)]
        not_before: Option<NaiveDate>,
        /// Not after this day
        #[arg(long)]
        not_after: Option<NaiveDate>,
        /// An early day
        #[arg(long)]
        first: bool,
        /// The clinic goes to them
        #[arg(long)]
        at_home: bool,
    },
    /// Take a session away; who was expected waits for another day
    RemoveSession {
        /// Its uid
        session: String,
    },
    /// Remove a campaign that nobody has come to
    Remove {
        /// Its uid
        campaign: String,
    },
    /// Read who came from the clinic's list
    Answer {
        /// The campaign's uid
        campaign: String,
        /// The list, marked
        file: PathBuf,
        /// Only look, write nothing
        #[arg(long)]
        dry_run: bool,
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
    /// Read the yearly table of public holidays: day, 休 or 班, name
    Holidays {
        /// A spreadsheet or csv
        file: PathBuf,
    },
    /// Say on which days the village's market is held
    Market {
        /// By which calendar
        #[arg(long, value_enum, default_value = "lunar")]
        calendar: CalendarName,
        /// The days: 三八 or 3,8; empty for no market
        days: String,
    },
}

/// A calendar of market days.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CalendarName {
    /// By the day of the lunar month
    Lunar,
    /// By the day of the month
    Month,
    /// By the day of the week; Monday is 1
    Week,
}

/// Whose appointment.
#[derive(Args, Clone)]
pub struct Of {
    /// The campaign's uid
    campaign: String,
    /// Uid or id number
    resident: String,
    /// The true day (default: today)
    #[arg(long)]
    on: Option<NaiveDate>,
}

impl Campaigns {
    /// Whether one JSON document is asked for.
    pub(super) fn json(&self) -> bool {
        match self {
            Self::List { json } | Self::Show { json, .. } | Self::Plan { json, .. } | Self::Answer { json, .. } => {
                *json
            }
            _ => false,
        }
    }
}

/// Runs one of them.
pub(super) fn run(act: &Campaigns, ledger: &mut Ledger, scene: &Scene) -> Result<Answer> {
    let (words, stamp) = (&scene.words, scene.clock.stamp());
    let command = match act {
        Campaigns::New { file } => return new(file, ledger, words, &stamp),
        Campaigns::List { .. } => return list(ledger, words, stamp.today),
        Campaigns::Show { campaign, .. } => return Ok(show(&ledger.campaign(campaign)?, words)),
        Campaigns::Plan { campaign, seed, book, .. } => {
            let proposal = ledger.propose(campaign, *seed, stamp.today)?;
            if *book {
                let booking = CampaignCommand::Book(Box::new(proposal.booking()));
                ledger.run(&Command::Campaign(booking), &stamp)?;
            }
            return Ok(plan(&proposal, words));
        }
        Campaigns::Answer { campaign, file, dry_run, .. } => {
            let campaign = ledger.campaign(campaign)?;
            let read = clinic::read(file, &campaign, stamp.today, &Unwatched)?;
            if !dry_run {
                let taken = CampaignCommand::TakeAnswer(Box::new(read.taken(stamp.today)));
                ledger.run(&Command::Campaign(taken), &stamp)?;
            }
            return Ok(answered(&read, words));
        }
        Campaigns::Holidays { file } => CampaignCommand::SetHolidays(Box::new(holidays::read_table(file)?)),
        Campaigns::Market { calendar, days } => CampaignCommand::SetMarket(market(*calendar, days)?),
        Campaigns::RemoveSession { session } => CampaignCommand::RemoveSession { session: session.clone() },
        Campaigns::Remove { campaign } => CampaignCommand::Remove { campaign: campaign.clone() },
        Campaigns::Swap { campaign, one, other } => {
            let (one, other) = (ledger.resident(one)?.uid, ledger.resident(other)?.uid);
            CampaignCommand::Swap { campaign: campaign.clone(), one, other, on: stamp.today }
        }
        act => of_one(act, ledger, stamp.today)?,
    };
    Ok(said(&ledger.run(&Command::Campaign(command), &stamp)?, words))
}

fn of_one(act: &Campaigns, ledger: &Ledger, today: NaiveDate) -> Result<CampaignCommand> {
    let appoint = |of: &Of, act: AppointmentAct, session: Option<&String>| -> Result<CampaignCommand> {
        let resident = ledger.resident(&of.resident)?.uid;
        let (campaign, session) = (of.campaign.clone(), session.cloned());
        let new = Appointed { campaign, resident, act, session, on: of.on.unwrap_or(today) };
        Ok(CampaignCommand::Appoint(Box::new(new)))
    };
    match act {
        Campaigns::Add(of) => {
            let (campaign, resident) = (of.campaign.clone(), ledger.resident(&of.resident)?.uid);
            Ok(CampaignCommand::Add { campaign, resident })
        }
        Campaigns::Tell(of) => appoint(of, AppointmentAct::Invite, None),
        Campaigns::Agree(of) => appoint(of, AppointmentAct::Agree, None),
        Campaigns::Wait(of) => appoint(of, AppointmentAct::Wait, None),
        Campaigns::Unreached(of) => appoint(of, AppointmentAct::Unreached, None),
        Campaigns::Cancel(of) => appoint(of, AppointmentAct::StayOut, None),
        Campaigns::Decline(of) => appoint(of, AppointmentAct::Decline, None),
        Campaigns::Missed(of) => appoint(of, AppointmentAct::Miss, None),
        Campaigns::AskAgain(of) => appoint(of, AppointmentAct::AskAgain, None),
        Campaigns::Untick(of) => appoint(of, AppointmentAct::Untick, None),
        Campaigns::Came { of, session } => appoint(of, AppointmentAct::Come, session.as_ref()),
        Campaigns::Move { of, session, agreed } => {
            let (campaign, resident) = (of.campaign.clone(), ledger.resident(&of.resident)?.uid);
            let word = if *agreed { Word::Given } else { Word::Asked };
            let (session, on) = (session.clone(), of.on.unwrap_or(today));
            Ok(CampaignCommand::Move(Box::new(Moved { campaign, resident, session, word, on })))
        }
        Campaigns::Wish { of, not_before, not_after, first, at_home } => {
            let (campaign, resident) = (of.campaign.clone(), ledger.resident(&of.resident)?.uid);
            let wish = Wish { not_before: *not_before, not_after: *not_after, first: *first, at_home: *at_home };
            Ok(CampaignCommand::SetWish { campaign, resident, wish: Box::new(wish) })
        }
        _ => Err(LedgerError::refused("cli-unknown-line")),
    }
}

fn market(calendar: CalendarName, days: &str) -> Result<Option<MarketDays>> {
    let calendar = match calendar {
        CalendarName::Lunar => MarketCalendar::Lunar,
        CalendarName::Month => MarketCalendar::Month,
        CalendarName::Week => MarketCalendar::Week,
    };
    match days.trim() {
        "" => Ok(None),
        days => {
            let read = MarketDays::read(calendar, days);
            read.map(Some).ok_or_else(|| LedgerError::refused("error-market-days"))
        }
    }
}

fn new(file: &std::path::Path, ledger: &mut Ledger, words: &Words, stamp: &Stamp) -> Result<Answer> {
    let read = campaign_file::read(file, &ledger.calendar()?)?;
    let sessions = read.new.sessions.len();
    let done = ledger.run(&Command::Campaign(CampaignCommand::Start(Box::new(read.new))), stamp)?;
    let uid = done.change.map(|change| change.about).unwrap_or_default();
    let skipped: Vec<Value> =
        read.laid.skipped.iter().map(|(on, skip)| json!({ "date": on.to_string(), "why": words.of(skip) })).collect();
    let mut lines =
        vec![words.say(&Message::new("cli-campaign-new").text("uid", uid.clone()).number("sessions", sessions))];
    lines.extend(read.laid.skipped.iter().map(|(on, skip)| format!("{}  {}", words.date(*on), words.of(skip))));
    lines.extend(read.laid.unknown.iter().map(|year| unknown_year(*year, words)));
    let document =
        json!({ "campaign": uid, "sessions": sessions, "skipped": skipped, "unknown_years": read.laid.unknown });
    Ok(Answer::new(&document, lines))
}

fn unknown_year(year: i32, words: &Words) -> String {
    words.say(&Message::new("campaign-unknown-year").text("year", year.to_string()))
}

fn list(ledger: &Ledger, words: &Words, today: NaiveDate) -> Result<Answer> {
    let rows = ledger.campaigns(today)?;
    let line = |row: &CampaignSummary| {
        let numbers = Message::new("campaign-line").number("sessions", row.sessions).number("seats", row.seats);
        let numbers = words.say(&numbers.number("taken", row.taken).number("came", row.came));
        format!("{}  {}  {} – {}  {numbers}", row.uid, row.edit.name, row.edit.first, row.edit.last)
    };
    let lines = rows.iter().map(line).collect();
    let row = |row: &CampaignSummary| {
        json!({
            "uid": row.uid, "name": row.edit.name, "programmes": row.edit.programmes, "first": row.edit.first.to_string(),
            "last": row.edit.last.to_string(), "sessions": row.sessions, "seats": row.seats, "taken": row.taken,
            "came": row.came, "next": row.next.map(|on| on.to_string()),
        })
    };
    Ok(Answer { exit: Exit::Done, document: with_rows(&json!({}), rows.iter().map(row)), lines })
}

fn session_line(session: &SessionRow, words: &Words) -> String {
    let of = &session.edit;
    let seats = Message::new("session-seats").number("taken", session.taken).number("seats", of.seats);
    let times = format!("{}–{}", of.from.format("%H:%M"), of.to.format("%H:%M"));
    format!("{}  {times}  {}  {}  {}", words.date(of.on), words.of(&of.kind), words.say(&seats), session.uid)
}

fn show(campaign: &Campaign, words: &Words) -> Answer {
    let report = campaign.report();
    let figures: serde_json::Map<String, Value> =
        Figure::ALL.iter().map(|figure| (figure.as_str().to_owned(), json!(report.all.figure(*figure)))).collect();
    let session = |session: &SessionRow| {
        json!({
            "uid": session.uid, "date": session.edit.on.to_string(), "from": session.edit.from.format("%H:%M").to_string(),
            "to": session.edit.to.format("%H:%M").to_string(), "seats": session.edit.seats,
            "kind": session.edit.kind.as_str(), "taken": session.taken, "came": session.came,
        })
    };
    let head = json!({
        "campaign": campaign.uid, "name": campaign.edit.name, "programmes": campaign.edit.programmes,
        "sessions": campaign.sessions.iter().map(session).collect::<Vec<_>>(),
        "figures": figures, "unknown_years": campaign.unknown_years,
    });
    let row = |row: &AppointmentRow| {
        json!({
            "uid": row.person.uid, "name": row.person.name, "group": row.person.group, "state": row.state.as_str(),
            "session": row.session.map(|at| campaign.sessions[at].uid.as_str()), "number": row.number,
            "walked_in": row.walked_in, "since": row.on.to_string(),
        })
    };
    let mut lines = vec![campaign.edit.name.clone()];
    lines.extend(campaign.sessions.iter().map(|session| session_line(session, words)));
    // Who does not come this time is a number among the figures: what is written here may go anywhere.
    let listed = || campaign.appointments.iter().filter(|row| row.state != AppointmentState::Out);
    lines.extend(listed().map(|row| {
        let day = row.session.map(|at| words.date(campaign.sessions[at].edit.on)).unwrap_or_default();
        format!("{}  {}  {}  {day}", row.person.name, group_words(words, &row.person.group), words.of(&row.state))
    }));
    lines.extend(campaign.unknown_years.iter().map(|year| unknown_year(*year, words)));
    Answer { exit: Exit::Done, document: with_rows(&head, listed().map(row)), lines }
}

fn plan(proposal: &Proposal, words: &Words) -> Answer {
    let sessions = &proposal.campaign.sessions;
    let placed: Vec<Value> = proposal
        .placed
        .iter()
        .map(|row| {
            let why: Vec<String> = row.grounds.iter().map(|ground| words.say(&ground_words(ground))).collect();
            let session = &sessions[row.session];
            json!({
                "uid": row.uid, "name": row.name, "group": row.group, "session": session.uid,
                "date": session.edit.on.to_string(), "step": words.of(&row.step), "why": why,
            })
        })
        .collect();
    let left: Vec<Value> = proposal
        .left
        .iter()
        .map(|row| json!({ "uid": row.uid, "name": row.name, "group": row.group, "why": words.of(&row.why) }))
        .collect();
    let mut lines: Vec<String> = proposal
        .placed
        .iter()
        .map(|row| {
            let why: Vec<String> = row.grounds.iter().map(|ground| words.say(&ground_words(ground))).collect();
            let (group, on) = (group_words(words, &row.group), words.date(sessions[row.session].edit.on));
            format!("{on}  {}  {group}  {}  {}", row.name, words.of(&row.step), words.list(&why))
        })
        .collect();
    lines.extend(
        proposal
            .left
            .iter()
            .map(|row| format!("{}  {}  {}", row.name, group_words(words, &row.group), words.say(&row.why.message()))),
    );
    let document = json!({
        "campaign": proposal.campaign.uid, "seed": proposal.seed, "placed": placed, "left": left, "cost": proposal.cost,
    });
    Answer::new(&document, lines)
}

fn answered(read: &ClinicAnswer, words: &Words) -> Answer {
    let counts: serde_json::Map<String, Value> =
        Said::ALL.iter().map(|said| (said.as_str().to_owned(), json!(read.count(*said)))).collect();
    let rows = read.rows.iter().map(|row| json!({ "line": row.line, "name": row.name, "said": row.said.as_str() }));
    let unclear = |row: &&clinic::AnswerRow| row.written.is_none() && row.said != Said::Nothing;
    let mut lines: Vec<String> =
        Said::ALL.iter().map(|said| format!("{}  {}", words.of(said), read.count(*said))).collect();
    lines.extend(
        read.rows.iter().filter(unclear).map(|row| format!("{}  {}  {}", row.line, row.name, words.of(&row.said))),
    );
    let findings = read.rows.iter().any(|row| unclear(&row));
    let exit = if findings { Exit::Findings } else { Exit::Done };
    Answer { exit, document: with_rows(&json!({ "counts": counts }), rows), lines }
}

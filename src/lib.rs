//! Xiangli (乡里): the electronic handbook of one village cadre, offline, in one window over one sealed file.
//!
//! This page is the architecture. Read it top to bottom once; afterwards each room is found by its name.
//!
//! # The house
//!
//! ```text
//! main ──► ui ──► desk ─┐
//!   └────► cli ─────────┼──► paper ──► ledger ──► (ledger::store) ──► domain
//!            words ◄────┴──────┘ (ui, cli and paper speak through words; words knows only domain)
//! ```
//!
//! | room | what lives there | may never |
//! |---|---|---|
//! | [`domain`] | types and rules, pure: ids, names, dates, clauses → verdicts with reasons, what is *due* | open a file, ask a clock, speak SQL |
//! | [`ledger`] | the only door to the data: [`ledger::Ledger::run`] for every change, [`ledger::view::View`] for every read; rosters in, sealed copies out and in, keys, backups | draw |
//! | `ledger::store` | private: SQL, the sealed connection, migrations, the change log, undo; one file a table | know what a row means |
//! | [`desk`] | holds the ledger for the window: one writing thread, two reading ones, progress and cancel | draw, speak SQL |
//! | [`paper`] | what is printed or written for people: blocks → pages → PDF, tables → xlsx; masked by construction | hold a ledger, draw, speak SQL |
//! | [`words`] | `assets/words/*/*.ftl`; turns a [`domain::message::Message`] into a sentence | know anything but messages |
//! | [`ui`] | the window: tabs, dialogs, widgets, theme | hold a ledger, wait for one, open a file |
//! | [`cli`] | the same commands and reads for scripts, tests and service desks | know of the window |
//! | [`machine`] | what this computer tells and is told: a second start, sleep, the end of the session, a file to be shown | know of ledgers, draw |
//! | [`clock`] | the one place that asks what time it is | |
//! | [`places`] | where files lie on this machine | |
//!
//! `tests/it/layers.rs` holds every arrow and every *never* of this table.
//!
//! # One action, one read
//!
//! *Told*: the row's button pushes an action while drawing; afterwards the window hands a
//! [`ledger::command::Command`] to the desk. On the ledger's thread one transaction opens, a change gets its number,
//! the rules decide, rows are written, TEMP triggers note each row's *before* with a salted commitment, the search
//! index follows, the change is hashed onto the chain, COMMIT. Only then is anything called saved; the revision moved,
//! so stale views ask again.
//!
//! *A list*: the view asks the desk with (revision, today, filter); the old rows stay on screen until the answer is
//! there. SQL only narrows whom a programme may concern, by bounds that follow from its clauses
//! ([`domain::programme::narrow`]); residents, facts, offers and services are read side by side in one walk for all
//! programmes; [`domain::rule`] decides, and reasons are made for the rows that are looked at.
//!
//! *A round*: the worklist of some groups is written down as rows of a round and printed by lane and house; each row's
//! code follows from the round's number and the row's ([`domain::row_code`]). Typed in, it leads back to the row, and
//! what came of it is one command.
//!
//! *A roster of the registration*: read as any roster, held against who is here, and of it only what was decided is
//! written ([`ledger::reconcile`]); who stands only there is in memory while the page is open, and nowhere else.
//!
//! *A campaign*: the planner ([`domain::planner`]) knows sessions, people and the days they can come, nothing else. Which days those are
//! the rule itself decides, session by session ([`ledger::campaigns::planning`]), so that birthdays, windows and the least time since the
//! last check need no limits of their own. A plan is proposed and written only when it is taken; what is then said of a day is said of the
//! offer by the same step ([`ledger::campaigns`]), and what is said of the offer elsewhere ends the day (`ledger::campaigns::follow`).
//! A correction that would leave somebody a day that is none for them is refused with their number, or lets them wait where only the
//! day moved and their number was said before (`ledger::campaigns::held`). A no to one programme outlives a yes to another.
//!
//! *A campaign on paper*: one read gathers who stands on a slip, a roster, the door or the clinic's list
//! ([`ledger::campaigns::sheets`]), [`paper::campaign`] lays it out; the clinic's list comes back with its marks and is read by
//! number and name together ([`ledger::campaigns::clinic`]).
//!
//! *The township's form*: its cells are bound once to words ([`domain::form_word`]); the values come from the lists that the
//! screens show, the people from the same rules by which a roster goes to an office ([`paper::form`]), and the sheet's XML
//! is changed in place ([`ledger::exchange::form`]).
//!
//! *The file of the month*: what leaves is gathered through the profile that the township signed ([`domain::hand_up`]: a row takes
//! only what its profile lets leave), sealed and signed ([`ledger::hand_up`]), written down and only then named. The township
//! opens, verifies and compares before it writes ([`ledger::township`]); every row there has a uid made of what it says, so
//! that the order of reading decides nothing. The village looks at it in [`ui::tabs::month`]; where the ledger's area code is an
//! office's, the window shows that office's tabs ([`ui::tabs::township`]).
//!
//! *Two laptops*: their logs share a prefix of hashes; what the other did since is entered row by row as one change
//! ([`domain::join`] decides, [`ledger::join`] shows just what both changed, [`ui::tabs::join`] lets choose). One that was
//! handed over ([`ledger::hand_over`]) is only read: the window says so in one strip, and begins nothing that would write
//! ([`ui::widgets::read_only`]).
//!
//! *A closed month*: what happened is counted from rows with their days ([`ledger::months`]); the closed number stands, a later
//! difference stands beside it with its day. [`ui::tabs::months`] shows them, a village's with the names behind each number,
//! an office's with what each village sent.
//!
//! *Statistics*: counts of the newest files by village and month, or of a village's own months; which measures and why is
//! [`domain::statistics`]'s, which are left out so that no small number can be worked out [`domain::suppress`]'s; written as Parquet into
//! a folder that appears whole ([`ledger::statistics`]).
//!
//! *Two records of one person*: a merge is a link, not a fusion. One record stands behind the other and keeps what was
//! said to it; the values chosen are written, and what stood before is remembered until it is edited. Whatever lists
//! people leaves out who stands behind ([`ledger::same_person`]).
//!
//! *People's data*: what is kept for what and how long is typed ([`domain::kept`], [`domain::retention`]) and held against the
//! schema; deleting for good erases rows, their past and their search keys ([`ledger::privacy::purge`]), and a new backup follows.
//! A child's data is hidden until a reason is given: the look is written first and shown then, and hidden again when the page is left
//! ([`ui::widgets::child`], `ui::main_page::trust`; on the command line `cli::child`). Their own copy has all of it but that
//! something was not wanted ([`ledger::person_file`], [`paper::person_copy`]), and what was corrected with its old value, read
//! backwards from the change log ([`ledger::corrections`]). What leaves is written down with recipient, purpose and fields
//! ([`ledger::handouts`]), sealed copies and packets too; [`paper::log_line`] says it in words. Who opened the ledger with the
//! passphrase for looking writes and prints nothing ([`ui::widgets::read_only`] says so on every page).
//!
//! *Damage*: a file that may be damaged anywhere is read as far as it goes (`ledger::store::wreck`). The newest backup that is
//! sound takes its place ([`ledger::recovery`], [`ledger::restore`]), and the readable rest of its log is carried over change by
//! change, each value held against its commitment and each change against the chain (`ledger::store::replay`): the head is then that of
//! the last change that could be carried. The damaged file is moved aside, never removed; [`ledger::packet`] makes of it what can
//! be handed to whoever helps. Backups are rehearsed once a week of use ([`domain::rehearsal`], [`ledger::rehearsal`]).
//!
//! *A medium that takes nothing*: the ledger opens for reading alone ([`ledger::medium`]), the desk notes what comes of writes
//! (`desk::health`), the window says so in one strip and tries again by itself (`ui::trouble`).
//!
//! *Around the window*: a second start, sleep and the end of the session are heard on other threads ([`machine::Ears`]) and taken in
//! the window's tick, which goes on where nothing is drawn ([`ui::window::Window::tick`]); whoever waits for the ledger to be put
//! away waits until the desk's thread is past it. Which renderer draws is `ui::renderer`'s. A ledger is not kept on a stick
//! or a network drive ([`ledger::carrier`]).
//!
//! *A form*: what is typed lives in the window and, every second or two, as a draft inside the sealed file; a command
//! is made of it only when it is saved.
//!
//! # Invariants
//!
//! - Every write is one named change that can be taken back; `schema.sql` is the whole schema and the data dictionary.
//! - What is not known is *unknown, ask*: clauses are three-valued ([`domain::rule::Holds`]).
//! - Today is a parameter everywhere below [`clock`].
//! - Errors are kinds a user can act on ([`ledger::error::ErrorKind`]) with a message key; no personal value is in any
//!   `Debug`, log line or error text of a library.
//! - No network code; nothing of the product's never-list is a column, a field or an importable header.

pub mod cli;
pub mod clock;
pub mod desk;
pub mod domain;
pub mod ledger;
pub mod machine;
pub mod paper;
pub mod places;
pub mod ui;
pub mod words;

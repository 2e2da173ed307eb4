//! 通知单: for everybody with a day ahead a stub that is signed and kept, and a slip that is given away; two on a page of A5,
//! in the order of a walk. Who else of the household comes is not said: what somebody comes for is their own business.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::campaign::SessionKind;
use crate::domain::mask::MaskedName;
use crate::domain::message::Message;
use crate::ledger::campaigns::sheets::CampaignSheet;
use crate::ledger::campaigns::{AppointmentRow, SessionRow};
use crate::ledger::village::Village;
use crate::paper::block::{Block, Format, Print, Slot};
use crate::paper::campaign::{day_words, programme_names, times, title};
use crate::paper::{frame, group_words};
use crate::words::Words;

/// The keys of what stands on them.
pub const KEYS: [&str; 8] = ["name", "group", "number", "session", "day", "time", "place", "programme"];

/// The slips.
pub fn print(sheet: &CampaignSheet, around: (&Village, NaiveDate, &Words)) -> Print {
    let (village, _, words) = around;
    let campaign = &sheet.campaign;
    let slip = |row: &AppointmentRow| {
        let at = row.session?;
        let session = campaign.sessions.get(at)?;
        let parts =
            vec![(1.0, stub(sheet, row, (at, session), words)), (2.3, slip(sheet, row, session, (village, words)))];
        Some(Block::Fitted(Slot { share: 2, parts }))
    };
    let blocks = campaign.appointments.iter().filter_map(slip).collect();
    frame(Format::A5, title("slips-title", &campaign.edit.name, words), blocks, around)
}

/// What stays: who, which day, and the place to sign; the number finds the line when it is typed in.
fn stub(sheet: &CampaignSheet, row: &AppointmentRow, (at, session): (usize, &SessionRow), words: &Words) -> Vec<Block> {
    let number = Message::new("slips-number").number("number", row.number).number("session", at + 1);
    let mut blocks = vec![
        Block::Heading(words.text("paper-stub")),
        Block::Small(sheet.campaign.edit.name.clone()),
        Block::Heading(name_on_stub(sheet, row)),
        Block::Text(group_words(words, &row.person.group)),
        Block::Text(day_words(session.edit.on, words)),
        Block::Text(times(&session.edit)),
        Block::Small(words.say(&number)),
    ];
    blocks.extend(
        ["paper-write-told-on", "paper-write-told-by", "paper-write-signed"].map(|key| Block::Write(words.text(key))),
    );
    blocks.push(Block::Small(words.text("paper-stub-kept")));
    blocks
}

/// The stub stays in the village: a child's name is masked there, and whole on the slip that the guardian is given.
fn name_on_stub(sheet: &CampaignSheet, row: &AppointmentRow) -> String {
    match sheet.children.is_child(row.person.born()) {
        true => MaskedName::of(&row.person.name).as_str().to_owned(),
        false => row.person.name.clone(),
    }
}

/// What is given away.
fn slip(
    sheet: &CampaignSheet,
    row: &AppointmentRow,
    session: &SessionRow,
    (village, words): (&Village, &Words),
) -> Vec<Block> {
    let campaign = &sheet.campaign;
    let pair = |key: &str, text: String| (!text.is_empty()).then(|| Block::Pair(words.text(key), text));
    let mut blocks = vec![
        Block::Small(title("slips-title", &campaign.edit.name, words)),
        Block::Large(row.person.name.clone()),
        Block::Large(day_words(session.edit.on, words)),
    ];
    let time = [Some(times(&session.edit)), words.lunar(session.edit.on)];
    let time: Vec<String> = time.into_iter().flatten().collect();
    blocks.extend(pair("slips-time", time.join("　")));
    let place = match session.edit.kind {
        SessionKind::Home => words.text("slips-at-home"),
        SessionKind::Everybody | SessionKind::Women => campaign.place(session).to_owned(),
    };
    blocks.extend(pair("slips-place", place));
    blocks.extend(pair("slips-what", words.list(&programme_names(campaign, row, words))));
    blocks.extend(pair("paper-bring", bring(sheet, row, words)));
    blocks.extend(pair("slips-prepare", campaign.edit.prepare.clone()));
    blocks.push(Block::Text(words.text("slips-voluntary")));
    blocks.push(match sheet.contacts.get(&row.person.group) {
        Some((name, phone)) => Block::Pair(words.text("slips-phone"), format!("{name} {phone}").trim().to_owned()),
        None => Block::Write(words.text("paper-write-phone")),
    });
    blocks.push(Block::Small(village.name.clone()));
    blocks
}

/// What the campaign says, else what its programmes say.
fn bring(sheet: &CampaignSheet, row: &AppointmentRow, words: &Words) -> String {
    let campaign = &sheet.campaign;
    if !campaign.edit.bring.is_empty() {
        return campaign.edit.bring.clone();
    }
    let own = row.programmes.iter().filter_map(|at| campaign.programmes.get(*at));
    let texts: BTreeSet<&str> = own.filter_map(|of| Some(words.pick(&of.visit.as_ref()?.bring))).collect();
    texts.into_iter().collect::<Vec<_>>().join("\n")
}

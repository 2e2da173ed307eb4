//! What belongs to being away, and care: on no other paper, and here for the person alone.

use super::{day, labelled, on_day, pair, part};
use crate::domain::message::Message;
use crate::ledger::outreach::Request;
use crate::ledger::person_file::{OwnAway, OwnCare, OwnStay, PersonFile};
use crate::paper::block::Block;
use crate::words::Words;

/// Both parts; what is empty is left out.
pub(super) fn parts(file: &PersonFile, words: &Words) -> Vec<Block> {
    let away = part("paper-person-away", away(&file.away, words), words);
    let care = file.care.iter().flat_map(|one| care(one, words)).collect();
    [away, part("paper-person-care", care, words)].concat()
}

fn away(away: &OwnAway, words: &Words) -> Vec<Block> {
    let mut blocks: Vec<Block> = away.stays.iter().flat_map(|one| stay(one, words)).collect();
    for (name, agreed) in &away.speaks_for {
        let line = words.say(&Message::new("paper-person-speaks-for").text("name", name.clone()));
        blocks.push(Block::Text(agreed.map_or(line.clone(), |on| on_day(line, on, words))));
    }
    let tried = |(on, reached): &(_, _)| {
        words.say(&Message::new("away-tried").date("on", *on).text("reached", words.of(reached)))
    };
    let tries: Vec<String> = away.tries.iter().map(tried).collect();
    blocks.extend(pair("paper-person-tried", words.list(&tries), words));
    blocks.extend(away.requests.iter().flat_map(|one| request(one, words)));
    blocks
}

fn stay(stay: &OwnStay, words: &Words) -> Vec<Block> {
    let values = [
        ("column-place", stay.place.clone()),
        ("column-back-by", day(stay.back_by, words)),
        ("column-contact", stay.contact.clone()),
        ("column-times", stay.times.clone()),
        ("column-speaker-id", stay.speaker.clone()),
        ("column-agreed-on", day(stay.agreed_on, words)),
    ];
    values.into_iter().filter_map(|(label, value)| pair(label, value, words)).collect()
}

fn request(request: &Request, words: &Words) -> Vec<Block> {
    let asked = on_day(request.what.clone(), request.on, words);
    let mut blocks = vec![Block::Text(labelled(words.text("paper-person-asked"), asked, words))];
    if let Some(on) = request.answered_on {
        let answer = Message::new("away-request-answered").text("answer", request.answer.clone()).date("on", on);
        blocks.push(Block::Small(words.say(&answer)));
    }
    blocks
}

fn care(care: &OwnCare, words: &Words) -> Vec<Block> {
    let kept = &care.kept;
    let values = [
        ("column-helper", kept.helper.clone()),
        ("care-phone", kept.phone.clone()),
        ("column-agreed", kept.agreed.clone()),
        ("column-agreed-by", kept.agreed_by.clone()),
        ("care-agreed-on", day(kept.agreed_on, words)),
        ("column-next-on", day(kept.next_on, words)),
        ("paper-person-care-ended", day(care.ended_on, words)),
    ];
    let mut blocks = vec![Block::Text(words.of(&kept.kind))];
    blocks.extend(values.into_iter().filter_map(|(label, value)| pair(label, value, words)));
    blocks.extend(care.visits.iter().map(|(on, note)| {
        Block::Small(words.say(&Message::new("care-visited").date("on", *on).text("note", note.clone())))
    }));
    blocks
}

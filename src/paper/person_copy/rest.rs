//! Other records of the same person, days for check-ups, notes of the village's own work, and what was done with the record.

use super::{instant, labelled, on_day, part, record, table, turn_words};
use crate::domain::campaign::{AppointmentState, Asked};
use crate::domain::message::Message;
use crate::domain::programme::Programme;
use crate::ledger::corrections::Correction;
use crate::ledger::person_file::{OwnHold, OwnPutOff, OwnTask, PersonFile};
use crate::ledger::told::OwnAppointment;
use crate::paper::block::Block;
use crate::paper::correction;
use crate::words::Words;

/// Other records that were found to be of the same person.
pub(super) fn others(file: &PersonFile, words: &Words) -> Vec<Block> {
    let mut blocks = Vec::new();
    for other in &file.others {
        blocks.extend(
            other.linked_on.map(|on| Block::Text(words.say(&Message::new("paper-person-linked").date("on", on)))),
        );
        blocks.extend(record(&other.row, file, words));
    }
    part("paper-person-others", blocks, words)
}

/// Where it stands, and below it what was wished and noted of it.
pub(super) fn appointment(row: &OwnAppointment, words: &Words) -> Vec<Block> {
    let state = words.of(&row.state);
    let said = match row.on {
        Some(on) => on_day(state, on, words),
        None if row.state == AppointmentState::Waiting => words.text("paper-person-no-day"),
        None => state,
    };
    let mut notes = vec![words.say(&Message::new("paper-person-since").date("on", row.since))];
    for (is_so, key) in [
        (row.asked == Asked::Again, "paper-person-asked-again"),
        (row.wish.first, "paper-person-wish-first"),
        (row.wish.at_home, "paper-person-wish-home"),
        (row.walked_in, "paper-person-walked-in"),
    ] {
        notes.extend(is_so.then(|| words.text(key)));
    }
    for (on, key) in [(row.wish.not_before, "paper-person-not-before"), (row.wish.not_after, "paper-person-not-after")]
    {
        notes.extend(on.map(|on| words.say(&Message::new(key).date("on", on))));
    }
    vec![Block::Text(labelled(row.campaign_name.clone(), said, words)), Block::Small(words.list(&notes))]
}

/// What the village noted for its own work, and what was done with the record; what is empty is left out.
pub(super) fn parts(file: &PersonFile, words: &Words) -> Vec<Block> {
    let tasks = file.tasks.iter().flat_map(|one| task(one, words)).collect();
    let held = file.held.iter().map(|one| hold(one, words)).collect();
    [
        part("paper-person-tasks", tasks, words),
        part("paper-person-put-off", put_off(file, words), words),
        part("paper-person-rounds", rounds(file, words), words),
        part("paper-person-held", held, words),
        part("paper-person-looks", looks(file, words), words),
        part("paper-person-corrections", corrections(file, words), words),
    ]
    .concat()
}

fn task(task: &OwnTask, words: &Words) -> Vec<Block> {
    let line = Message::new("paper-person-task").date("made", task.made_on).text("what", task.what.clone());
    let mut blocks = vec![Block::Text(words.say(&line.date("due", task.due_on)))];
    blocks.extend(task.ended.map(|(how, on)| Block::Small(on_day(words.of(&how), on, words))));
    blocks
}

fn programme<'f>(file: &'f PersonFile, id: &str) -> Option<&'f Programme> {
    file.whys.iter().map(|why| why.programme.as_ref()).find(|programme| programme.id == id)
}

fn put_off(file: &PersonFile, words: &Words) -> Vec<Block> {
    let line = |one: &OwnPutOff| {
        let of = programme(file, &one.programme);
        let name = of.map_or_else(|| one.programme.clone(), |of| turn_words(of, &one.period, words));
        let said = Message::new("paper-person-put-off-to").date("on", one.on).date("until", one.until);
        Block::Text(labelled(name, words.say(&said), words))
    };
    file.put_off.iter().map(line).collect()
}

fn rounds(file: &PersonFile, words: &Words) -> Vec<Block> {
    let line = |(on, number, id): &(_, u16, String)| {
        let of = programme(file, id);
        let name = of.map_or_else(|| id.clone(), |of| words.pick(&of.names).to_owned());
        // Rows are counted from nothing inside, from one by people.
        let line = Message::new("paper-person-round").date("on", *on).number("number", u32::from(*number) + 1);
        Block::Text(words.say(&line.text("programme", name)))
    };
    file.rounds.iter().map(line).collect()
}

fn hold(hold: &OwnHold, words: &Words) -> Block {
    let line = Message::new("paper-person-hold").text("basis", hold.basis.clone()).date("until", hold.until);
    Block::Text(words.say(&line.date("on", hold.on)))
}

fn looks(file: &PersonFile, words: &Words) -> Vec<Block> {
    let rows: Vec<_> =
        file.looks.iter().map(|look| [instant(&look.at), look.by.clone(), words.of(&look.reason)]).collect();
    let heads = [("paper-column-when", 8.0), ("paper-column-who", 6.0), ("paper-column-why", 16.0)];
    if rows.is_empty() { Vec::new() } else { vec![table(heads, rows, words)] }
}

/// Old and new values in full: it is the person's own copy.
fn corrections(file: &PersonFile, words: &Words) -> Vec<Block> {
    let row = |one: &Correction| {
        let value = |of| correction::value(of, words);
        [instant(&one.at), one.by.clone(), words.of(&one.what), value(&one.old), value(&one.new)]
    };
    let rows: Vec<_> = file.corrections.iter().map(row).collect();
    let heads = [
        ("paper-column-when", 7.0),
        ("paper-column-who", 5.0),
        ("paper-column-item", 6.0),
        ("paper-column-old", 8.0),
        ("paper-column-new", 8.0),
    ];
    if rows.is_empty() { Vec::new() } else { vec![table(heads, rows, words)] }
}

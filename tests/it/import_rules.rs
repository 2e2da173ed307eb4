//! What an import must never do: write two people into one, move anybody unasked, change what is the same.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use xiangli::domain::message::Say as _;
use xiangli::domain::resident::Field;
use xiangli::ledger::command::Command;
use xiangli::ledger::exchange::matching::Outcome;
use xiangli::ledger::exchange::rejected::{self, ToMend};
use xiangli::ledger::exchange::spreadsheet::Book;
use xiangli::ledger::exchange::staging::RowKey;
use xiangli::ledger::history::ChangeFilter;
use xiangli::ledger::imports::{Accept, Choice, Decisions, Import, ImportPlan};
use xiangli::ledger::progress::Unwatched;
use xiangli::ledger::residents::{ResidentFilter, ResidentRow};

use crate::import_support::id;
use crate::support::world::World;

fn look(world: &World, name: &str, text: &str) -> Arc<Import> {
    let path: PathBuf = world.folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    look_at(world, &path)
}

fn look_at(world: &World, path: &Path) -> Arc<Import> {
    Arc::new(world.ledger.preview_import(path, world.today, &Unwatched).expect("looked at"))
}

fn write(world: &mut World, import: &Arc<Import>, decisions: Decisions) -> Option<String> {
    let plan = ImportPlan { import: import.clone(), decisions };
    world.run(Command::Import(Arc::new(plan))).change.map(|change| change.uid)
}

fn import(world: &mut World, name: &str, text: &str) {
    let import = look(world, name, text);
    write(world, &import, Decisions::default());
}

fn outcomes(import: &Import) -> Vec<Outcome> {
    import.rows.iter().map(|row| row.matched.outcome).collect()
}

fn everybody(world: &World) -> Vec<ResidentRow> {
    world.ledger.residents(&ResidentFilter { limit: 1000, ..ResidentFilter::default() }).expect("residents")
}

fn one(world: &World, name: &str) -> ResidentRow {
    everybody(world).into_iter().find(|row| row.name == name).expect("somebody of this name")
}

const CLOSE: Decisions =
    Decisions { changed: Accept::Chosen, close: Accept::All, rows: std::collections::BTreeMap::new() };

#[test]
fn two_rows_are_never_written_into_one_person_however_many_are_accepted_at_once() {
    let mut world = World::new();
    import(&mut world, "a.csv", "姓名,组,电话\n王伟,3,\n");
    let (a, b) = (id("19500301", 11), id("19620405", 13));
    let text = format!("姓名,身份证号,组\n王伟,{a},3\n王伟,{b},3\n");
    let both = look(&world, "b.csv", &text);
    assert_eq!(outcomes(&both), [Outcome::Close, Outcome::Close]);
    assert_eq!(write(&mut world, &both, CLOSE), None, "nobody knows which of the two he is");
    assert_eq!((everybody(&world).len(), one(&world, "王伟").id_number.as_str()), (1, ""));
    let is = Choice::Is(both.rows[0].matched.candidates[0].resident.uid.clone());
    let mut chosen = CLOSE;
    chosen.rows.insert(RowKey { list: 0, row: 3 }, is.clone());
    let both = look(&world, "b.csv", &text);
    write(&mut world, &both, chosen);
    assert_eq!(one(&world, "王伟").id_number, b, "what was chosen goes before what was accepted at once");
    let mut world = World::new();
    import(&mut world, "a.csv", "姓名,组,电话\n王伟,3,\n");
    let both = look(&world, "b.csv", &text);
    let is = Choice::Is(both.rows[0].matched.candidates[0].resident.uid.clone());
    let rows = [(RowKey { list: 0, row: 2 }, is.clone()), (RowKey { list: 0, row: 3 }, is)].into();
    write(&mut world, &both, Decisions { rows, ..Decisions::default() });
    assert_eq!(one(&world, "王伟").id_number, a, "even chosen, the second is left undecided");
    assert!(world.ledger.check().is_ok());
}

#[test]
fn rows_of_lists_side_by_side_are_decided_one_by_one() {
    let mut world = World::new();
    let ids: Vec<String> = (11..15).map(|order| id("19500301", order)).collect();
    let text = |group: [&str; 4]| {
        let line = |l: usize, r: usize, names: [&str; 2]| {
            format!("{},{},{},{},{},{}", names[0], ids[l], group[l], names[1], ids[r], group[r])
        };
        let (first, second) = (line(0, 1, ["邹超庆", "廖莉"]), line(2, 3, ["王小红", "孙林"]));
        format!("姓名,身份证号,组,姓名,身份证号,组\n{first}\n{second}\n")
    };
    import(&mut world, "a.csv", &text(["3", "3", "3", "3"]));
    assert_eq!(everybody(&world).len(), 4);
    let moved = look(&world, "b.csv", &text(["4", "5", "4", "5"]));
    assert_eq!(outcomes(&moved), [Outcome::Changed; 4]);
    let rows = [(RowKey { list: 1, row: 2 }, Choice::Overwrite(vec![Field::Group]))].into();
    write(&mut world, &moved, Decisions { rows, ..Decisions::default() });
    let groups = ["邹超庆", "廖莉", "王小红", "孙林"].map(|name| one(&world, name).group);
    assert_eq!(groups, ["3", "5", "3", "3"], "only the right-hand list's row was chosen");
}

#[test]
fn what_is_never_kept_does_not_come_in_by_a_title() {
    let mut world = World::new();
    let text = "姓名,组,出生日期\n王伟,3,1950-03-01\n";
    import(&mut world, "离婚人员.csv", text);
    import(&mut world, "花名册.csv", "残疾人情况\n姓名,组,出生日期\n李秀,3,1950-03-01\n");
    import(&mut world, "柳河村.csv", "姓名,组,出生日期\n孙林,3,1950-03-01\n");
    let history = world.ledger.history(&ChangeFilter { limit: 3, ..ChangeFilter::default() }).expect("history");
    let notes: Vec<&str> = history.iter().map(|change| change.note.as_str()).collect();
    let plain = format!("名册 {}", world.today);
    assert_eq!(notes, ["柳河村.csv", &plain, &plain]);
    for (name, text) in [("2026年孕情花名册.csv", text), ("a.csv", "柳河村离婚登记表\n姓名,组\n王伟,3\n")]
    {
        let path = world.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        let refused = world.ledger.preview_import(&path, world.today, &Unwatched).err().expect("not read");
        assert_eq!(refused.message().key, "import-is-register");
    }
}

#[test]
fn rejected_rows_of_lists_side_by_side_keep_their_own_reasons_and_cells() {
    let world = World::new();
    let good: Vec<String> = (11..14).map(|order| id("19500301", order)).collect();
    let text = format!(
        "姓名,身份证号,姓名,身份证号\n邹超庆,42139919,廖莉,{}\n王小红,{},孙林,4213991950\n李秀,{},,\n",
        good[0], good[1], good[2]
    );
    let import = look(&world, "a.csv", &text);
    let rejected = || import.rows.iter().filter(|row| row.matched.outcome == Outcome::Rejected);
    let keys: Vec<RowKey> = rejected().map(|row| row.staged.key()).collect();
    assert_eq!(keys, [RowKey { list: 0, row: 2 }, RowKey { list: 1, row: 3 }]);
    let mends = rejected().map(|row| {
        let reason = row.staged.incoming.as_ref().map_or("", |person| person.name.as_str()).to_owned();
        (row.staged.key(), ToMend { incoming: row.staged.incoming.as_ref(), reason })
    });
    let out = world.folder.path().join("要改的.xlsx");
    let mut book = Book::open(&world.folder.path().join("a.csv")).expect("opens");
    let words = rejected::Words { reason: "不能录入的原因", sheet: "要改的" };
    rejected::write(&mut book, &import.layout, &mends.collect(), &out, &words, &Unwatched).expect("written");
    let mut book = Book::open(&out).expect("opens");
    let mut told = Vec::new();
    for sheet in 0..book.sheets().len() {
        book.rows(sheet, &Unwatched, &mut |row| {
            told.push(
                (0..row.width()).map(|column| row.cell(column).text().into_owned()).collect::<Vec<_>>().join(","),
            );
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .expect("rows");
    }
    let heading = "姓名,身份证号,不能录入的原因";
    assert_eq!(told, [heading, "邹超庆,42139919,邹超庆", heading, "孙林,4213991950,孙林"]);
}

#[test]
fn a_known_person_is_not_moved_to_another_group_by_the_household_alone() {
    let mut world = World::new();
    let (a, b) = (id("19500301", 11), id("19521005", 12));
    import(&mut world, "a.csv", &format!("组,户号,姓名,身份证号\n3,7,邹超庆,{a}\n4,,廖莉,{b}\n"));
    let text = format!("组,户主,姓名,身份证号,关系\n3,邹超庆,邹超庆,{a},户主\n3,邹超庆,廖莉,{b},妻\n");
    let again = look(&world, "b.csv", &text);
    write(&mut world, &again, Decisions::default());
    assert_eq!(one(&world, "廖莉").group, "4", "the group was not ticked");
    let ticked = look(&world, "b.csv", &text);
    let rows = [(RowKey { list: 0, row: 3 }, Choice::Overwrite(vec![Field::Group]))].into();
    write(&mut world, &ticked, Decisions { rows, ..Decisions::default() });
    let (husband, wife) = (one(&world, "邹超庆"), one(&world, "廖莉"));
    assert_eq!((wife.group.as_str(), &wife.household_uid), ("3", &husband.household_uid));
    let c = id("20100301", 14);
    import(&mut world, "c.csv", &format!("{text}3,邹超庆,邹小小,{c},子\n"));
    let child = one(&world, "邹小小");
    assert_eq!(child.household_uid, husband.household_uid, "a child of people who stayed the same lives with them");
}

#[test]
fn the_same_roster_twice_is_all_the_same_and_no_change() {
    let (a, b) = (id("19500301", 11), id("19521005", 12));
    let rosters = [
        format!("姓名,身份证号,住址\n邹超庆,{a},柳河村12号\n廖莉,{b},柳河村13号\n"),
        format!("组,姓名,身份证号,住址\n3,邹超庆,{a},柳河村12号\n3,廖莉,{b},柳河村12号\n"),
        format!("组,户号,姓名,身份证号,住址\n3,7,邹超庆,{a},\n3,7,廖莉,{b},柳河村12号\n"),
        format!("组,户主,姓名,关系,身份证号,住址\n3,邹超庆,邹超庆,户主,{a},\n3,邹超庆,廖莉,妻,{b},柳河村12号\n"),
    ];
    for roster in &rosters {
        let mut world = World::new();
        import(&mut world, "a.csv", roster);
        let again = look(&world, "a.csv", roster);
        assert_eq!(outcomes(&again), [Outcome::Same; 2], "{roster}");
        assert_eq!(write(&mut world, &again, CLOSE), None);
    }
    // Whatever was there before: what one import fills, the next has no more to fill.
    for first in &rosters {
        for second in &rosters {
            let mut world = World::new();
            import(&mut world, "a.csv", first);
            import(&mut world, "b.csv", second);
            let again = look(&world, "b.csv", second);
            let fills: usize = again.rows.iter().flat_map(|row| &row.matched.candidates).map(|c| c.fills.len()).sum();
            assert_eq!(fills, 0, "{first}\n{second}");
            assert_eq!(write(&mut world, &again, CLOSE), None);
        }
    }
}

#[test]
fn two_addresses_for_one_household_do_not_overwrite_each_other() {
    let mut world = World::new();
    let (a, b) = (id("19500301", 11), id("19521005", 12));
    import(&mut world, "a.csv", &format!("组,户号,姓名,身份证号\n3,7,邹超庆,{a}\n3,7,廖莉,{b}\n"));
    let text = format!("组,户号,姓名,身份证号,住址\n3,7,邹超庆,{a},柳河村12号\n3,7,廖莉,{b},柳河村13号\n");
    import(&mut world, "b.csv", &text);
    let again = look(&world, "b.csv", &text);
    assert_eq!(outcomes(&again), [Outcome::Same, Outcome::Changed], "the first address stays, the other is shown");
    assert_eq!(write(&mut world, &again, Decisions::default()), None);
}

#[test]
fn a_household_gets_the_number_it_had_not() {
    let mut world = World::new();
    let (a, b) = (id("19500301", 11), id("19521005", 12));
    import(
        &mut world,
        "a.csv",
        &format!("组,户主,姓名,关系,身份证号\n3,邹超庆,邹超庆,户主,{a}\n3,邹超庆,廖莉,妻,{b}\n"),
    );
    let numbered = format!("组,户号,姓名,身份证号\n3,7,邹超庆,{a}\n3,7,廖莉,{b}\n");
    import(&mut world, "b.csv", &numbered);
    assert_eq!(one(&world, "邹超庆").household_uid, one(&world, "廖莉").household_uid);
    assert_eq!(outcomes(&look(&world, "b.csv", &numbered)), [Outcome::Same; 2]);
}

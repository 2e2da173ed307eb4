//! Rosters written into a ledger: one change, decisions kept, taken back, mended and imported again.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xiangli::domain::message::Say as _;
use xiangli::domain::resident::{Field, Residency};
use xiangli::ledger::command::Command;
use xiangli::ledger::exchange::layout::Mapping;
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

fn roster(world: &World, name: &str, text: &str) -> PathBuf {
    let path = world.folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    path
}

fn look(world: &World, path: &Path) -> Arc<Import> {
    Arc::new(world.ledger.preview_import(path, world.today, &Unwatched).expect("looked at"))
}

fn write(world: &mut World, import: &Arc<Import>, decisions: Decisions) -> Option<String> {
    let plan = ImportPlan { import: import.clone(), decisions };
    world.run(Command::Import(Arc::new(plan))).change.map(|change| change.uid)
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

#[test]
fn a_roster_becomes_households_in_groups_as_one_change_that_can_be_taken_back() {
    let mut world = World::new();
    let (a, b) = (id("19500301", 11), id("19521005", 12));
    let text = format!(
        "组,户主,姓名,关系,身份证号,电话,是否外出\n3组,邹超庆,邹超庆,户主,{a},19911112222,否\n3组,邹超庆,廖莉,妻,{b},,是\n塆上,,王小红,,,,\n"
    );
    let path = roster(&world, "花名册.csv", &text);
    let import = look(&world, &path);
    assert_eq!(outcomes(&import), [Outcome::New; 3]);
    let change = write(&mut world, &import, Decisions::default()).expect("a change");
    let (husband, wife, third) = (one(&world, "邹超庆"), one(&world, "廖莉"), one(&world, "王小红"));
    assert_eq!((husband.group.as_str(), husband.household_uid.as_str()), ("3", wife.household_uid.as_str()));
    assert_eq!((wife.relation, wife.residency(), third.group.as_str()), (12, Some(Residency::Away), "塆上"));
    let history = world.ledger.history(&ChangeFilter { limit: 1, ..ChangeFilter::default() }).expect("history");
    assert_eq!((history[0].op.as_str(), history[0].note.as_str(), history[0].count), ("import", "花名册.csv", 3));
    assert_eq!(outcomes(&look(&world, &path)), [Outcome::Same, Outcome::Same, Outcome::Same]);
    let mut world = world.restart();
    world.run(Command::TakeBack { change });
    assert!(everybody(&world).is_empty());
    assert!(world.ledger.check().is_ok());
}

#[test]
fn an_import_fills_gaps_and_overwrites_only_what_was_chosen() {
    let mut world = World::new();
    let a = id("19500301", 11);
    let first = roster(&world, "a.csv", &format!("姓名,身份证号,组,电话\n邹超庆,{a},3,\n"));
    let import = look(&world, &first);
    write(&mut world, &import, Decisions::default());
    let second = roster(&world, "b.csv", &format!("姓名,身份证号,组,电话\n邹超庆,{a},4,19911112222\n"));
    let import = look(&world, &second);
    assert_eq!(outcomes(&import), [Outcome::Changed]);
    write(&mut world, &import, Decisions::default());
    let row = one(&world, "邹超庆");
    assert_eq!((row.group.as_str(), row.phone.as_str()), ("3", "19911112222"), "the gap is filled, the group kept");
    let import = look(&world, &second);
    let choice = Choice::Overwrite(vec![Field::Group]);
    let decisions = Decisions { rows: [(RowKey { list: 0, row: 2 }, choice)].into(), ..Decisions::default() };
    write(&mut world, &import, decisions);
    assert_eq!(one(&world, "邹超庆").group, "4");
    let third = roster(&world, "c.csv", &format!("姓名,身份证号,组,电话\n邹超庆,{a},,\n"));
    let import = look(&world, &third);
    assert_eq!(outcomes(&import), [Outcome::Same], "an empty cell erases nothing");
    assert_eq!(write(&mut world, &import, Decisions::default()), None, "and nothing is no change");
}

#[test]
fn a_close_row_is_written_only_after_a_decision() {
    let mut world = World::new();
    let a = id("19500301", 11);
    let first = roster(&world, "a.csv", "姓名,出生日期,组\n邹超庆,1950-03-01,3\n");
    let import = look(&world, &first);
    write(&mut world, &import, Decisions::default());
    let second = roster(&world, "b.csv", &format!("姓名,身份证号,组\n邹超庆,{a},3\n"));
    let import = look(&world, &second);
    assert_eq!(outcomes(&import), [Outcome::Close]);
    assert_eq!(write(&mut world, &import, Decisions::default()), None);
    write(&mut world, &import, Decisions { close: Accept::All, ..Decisions::default() });
    assert_eq!((everybody(&world).len(), one(&world, "邹超庆").id_number), (1, a.clone()));
    let damaged = roster(&world, "c.csv", &format!("姓名,身份证号,电话\n邹超庆,{}000,19911112222\n", &a[..15]));
    let import = look(&world, &damaged);
    assert_eq!(outcomes(&import), [Outcome::Close], "the name and fifteen digits fit exactly one");
    write(&mut world, &import, Decisions { close: Accept::All, ..Decisions::default() });
    let row = one(&world, "邹超庆");
    assert_eq!((row.id_number, row.phone.as_str()), (a, "19911112222"));
}

#[test]
fn a_preview_that_is_out_of_date_is_not_written() {
    let mut world = World::new();
    let path = roster(&world, "a.csv", "姓名,电话\n邹超庆,19911112222\n");
    let import = look(&world, &path);
    world.person("李秀", "1950-01-01", None);
    let plan = ImportPlan { import, decisions: Decisions::default() };
    assert!(world.try_run(Command::Import(Arc::new(plan))).is_err());
    assert_eq!(everybody(&world).len(), 1);
}

#[test]
fn what_the_user_says_of_a_column_is_remembered_for_lists_with_the_same_headings() {
    let mut world = World::new();
    let path = roster(
        &world,
        "a.csv",
        "人头,号子,孕情\n邹超庆,19911112222,x\n李秀,19911113333,x\n王红,,x\n孙林,19911114444,x\n",
    );
    let import = look(&world, &path);
    assert!(import.rows.is_empty(), "no word here is known to mean a name");
    let signature = import.layout.unclear[0].signature();
    let chosen = [("人头".to_owned(), Some(Field::Name))].into();
    world.ledger.remember_mapping(&signature, &Mapping(chosen)).expect("remembered");
    let import = look(&world, &path);
    let phones: Vec<String> =
        import.rows.iter().filter_map(|row| Some(row.staged.incoming.as_ref()?.phone.to_string())).collect();
    assert_eq!(phones, ["19911112222", "19911113333", "", "19911114444"]);
    let path = roster(&world, "b.csv", "姓名,号子,孕情\n邹超庆,19911112222,x\n李秀,19911113333,x\n");
    let import = look(&world, &path);
    world
        .ledger
        .remember_mapping(
            &import.layout.sheets[0].signature(),
            &Mapping([("号子".to_owned(), None), ("孕情".to_owned(), Some(Field::Address))].into()),
        )
        .expect("remembered");
    let import = look(&world, &path);
    assert_eq!(import.dropped_columns(), ["孕情", "号子"], "the never-list cannot be chosen");
    assert!(
        import.rows.iter().all(|row| row
            .staged
            .incoming
            .as_ref()
            .is_some_and(|p| p.phone.is_empty() && p.address.is_empty()))
    );
}

#[test]
fn rejected_rows_can_be_mended_and_imported_again() {
    let mut world = World::new();
    let a = id("19500301", 11);
    let text =
        format!("组,姓名,身份证号,孕情,备注\n3组,邹超庆,{}9{},x,=1+1\n3组,廖莉,421399194709,x,\n", &a[..16], &a[17..]);
    let path = roster(&world, "a.csv", &text);
    let import = look(&world, &path);
    assert_eq!(outcomes(&import), [Outcome::Rejected; 2]);
    let out = world.folder.path().join("要改的.xlsx");
    let rows: HashMap<RowKey, ToMend<'_>> = import
        .rows
        .iter()
        .map(|row| {
            let reason = row.staged.problems[0].code.to_owned();
            (row.staged.key(), ToMend { incoming: row.staged.incoming.as_ref(), reason })
        })
        .collect();
    let words = rejected::Words { reason: "不能录入的原因", sheet: "要改的" };
    let mut book = Book::open(&path).expect("opens");
    rejected::write(&mut book, &import.layout, &rows, &out, &words, &Unwatched).expect("written");
    for taken in [&out, &path] {
        let before = std::fs::read(taken).expect("read");
        let refused = rejected::write(&mut book, &import.layout, &rows, taken, &words, &Unwatched);
        assert_eq!(refused.expect_err("exists already").message().key, "error-file-exists");
        assert_eq!(std::fs::read(taken).expect("read"), before, "nothing is written over, least of all the roster");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&out).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else reads it");
    }
    let again = look(&world, &out);
    assert_eq!(outcomes(&again), [Outcome::Rejected; 2]);
    assert!(!again.dropped_columns().contains(&"孕情".to_owned()), "what is never kept is not handed on either");
    let mended = calamine_rows(&out);
    assert_eq!(mended[1][3], "=1+1", "a formula stays a text");
    assert_eq!(mended[0].last().map(String::as_str), Some("不能录入的原因"));
    let fixed = roster(&world, "c.csv", &format!("{}\n3组,邹超庆,{a},,改好了\n", mended[0].join(",")));
    let import = look(&world, &fixed);
    assert_eq!(outcomes(&import), [Outcome::New]);
    assert!(write(&mut world, &import, Decisions::default()).is_some());
}

fn calamine_rows(path: &Path) -> Vec<Vec<String>> {
    let mut book = Book::open(path).expect("opens");
    let mut rows = Vec::new();
    book.rows(0, &Unwatched, &mut |row| {
        rows.push((0..row.width()).map(|column| row.cell(column).text().into_owned()).collect());
        Ok(std::ops::ControlFlow::Continue(()))
    })
    .expect("rows");
    rows
}

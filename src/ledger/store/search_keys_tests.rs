//! Whatever happens to residents, the keys are those that a rebuild makes.

use proptest::prelude::*;
use rusqlite::{Connection, params};

use crate::ledger::command::Stamp;
use crate::ledger::progress::Unwatched;
use crate::ledger::store::undo::{Edited, revert};
use crate::ledger::store::{Note, Store, migrate, search_keys};

#[derive(Clone, Debug)]
enum Step {
    Insert(usize),
    Rename(usize, usize),
    Number(usize),
    Phone(usize, usize),
    Standing(usize),
    Delete(usize),
    InsertAndRename(usize, usize),
    DeleteAndInsert(usize),
    Revert,
}

const NAMES: [&str; 6] = ["王秀英", "单雄", "万俟雪", "阿依古丽·买买提", "李\u{30000}", "曾乐"];

fn step() -> impl Strategy<Value = Step> {
    let any = any::<usize>;
    prop_oneof![
        4 => any().prop_map(Step::Insert),
        2 => (any(), any()).prop_map(|(who, name)| Step::Rename(who, name)),
        1 => any().prop_map(Step::Number),
        2 => (any(), any()).prop_map(|(who, phone)| Step::Phone(who, phone)),
        1 => any().prop_map(Step::Standing),
        2 => any().prop_map(Step::Delete),
        1 => (any(), any()).prop_map(|(name, next)| Step::InsertAndRename(name, next)),
        1 => any().prop_map(Step::DeleteAndInsert),
        4 => Just(Step::Revert),
    ]
}

fn store() -> Store {
    let mut conn = Connection::open_in_memory().expect("memory");
    migrate::create(&mut conn).expect("the schema");
    let mut store = Store::new(conn, [3; 32], crate::ledger::keys::Role::Cadre).expect("a store");
    write(&mut store, |conn| {
        conn.execute("INSERT INTO source (id, uid, title, noted_on) VALUES (1, 's', '表', '2026-01-01')", [])?;
        conn.execute("INSERT INTO village_group (id, uid, name) VALUES (1, 'g', '1')", [])?;
        conn.execute("INSERT INTO household (id, uid, group_id) VALUES (1, 'h', 1)", [])
    });
    store
}

fn write(store: &mut Store, write: impl FnOnce(&Connection) -> rusqlite::Result<usize>) -> Option<i64> {
    let note = Note { op: "import", ..Note::default() };
    store.transact(&stamp(), note, |tx| Ok(write(tx.conn())?)).expect("written").1
}

fn stamp() -> Stamp {
    let at = "2026-11-23T09:00:00+08:00".parse().expect("an instant");
    Stamp { at, today: "2026-11-23".parse().expect("a day"), by: "测试".into() }
}

fn insert(conn: &Connection, uid: &str, name: usize) -> rusqlite::Result<usize> {
    conn.execute(
        "INSERT INTO resident (uid, household_id, name, standing_on, source_id, known_on) VALUES (?1, 1, ?2, '2026-01-01', 1, '2026-01-01')",
        params![uid, NAMES[name % NAMES.len()]],
    )
}

fn someone(conn: &Connection, n: usize) -> Option<String> {
    let mut rows = conn.prepare("SELECT uid FROM resident ORDER BY uid").expect("a query");
    let uids: Vec<String> = rows.query_map([], |r| r.get(0)).expect("rows").map(|r| r.expect("a uid")).collect();
    uids.get(n % uids.len().max(1)).cloned()
}

fn take(store: &mut Store, at: usize, step: &Step, done: &mut Vec<i64>) {
    let uid = format!("r{at}");
    let change = match *step {
        Step::Insert(name) => write(store, |conn| insert(conn, &uid, name)),
        Step::InsertAndRename(name, next) => write(store, |conn| {
            insert(conn, &uid, name)?;
            conn.execute("UPDATE resident SET name = ?1 WHERE uid = ?2", params![NAMES[next % 6], uid])
        }),
        Step::Revert => {
            let Some(target) = done.pop() else { return };
            let note = Note { op: "undo", undoes: Some(target), ..Note::default() };
            store.transact(&stamp(), note, |tx| revert(tx, target, Edited::Keep, &Unwatched)).expect("reverted");
            return;
        }
        Step::Rename(n, _)
        | Step::Number(n)
        | Step::Phone(n, _)
        | Step::Standing(n)
        | Step::Delete(n)
        | Step::DeleteAndInsert(n) => {
            let Some(who) = someone(&store.conn, n) else { return };
            write(store, |conn| edit(conn, step, &who, at))
        }
    };
    done.extend(change);
}

fn edit(conn: &Connection, step: &Step, who: &str, at: usize) -> rusqlite::Result<usize> {
    match *step {
        Step::Rename(_, name) => {
            conn.execute("UPDATE resident SET name = ?1 WHERE uid = ?2", params![NAMES[name % 6], who])?;
            conn.execute("UPDATE resident SET phone = '19011112222' WHERE uid = ?1", [who])
        }
        Step::Number(_) => conn.execute(
            "UPDATE resident SET id_number = ?1 WHERE uid = ?2",
            params![format!("42139919610309{at:04}"), who],
        ),
        Step::Phone(_, n) => {
            conn.execute("UPDATE resident SET phone = ?1 WHERE uid = ?2", params![format!("190{:08}", n % 3), who])
        }
        Step::Standing(_) => conn.execute("UPDATE resident SET standing = 'moved_out' WHERE uid = ?1", [who]),
        Step::DeleteAndInsert(name) => {
            conn.execute("DELETE FROM resident WHERE uid = ?1", [who])?;
            insert(conn, who, name)
        }
        _ => conn.execute("DELETE FROM resident WHERE uid = ?1", [who]),
    }
}

fn all_keys(conn: &Connection) -> Vec<(String, i64)> {
    let mut rows = conn.prepare("SELECT key, resident_id FROM search_key ORDER BY key, resident_id").expect("a query");
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    rows.map(|row| row.expect("a key")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn after_any_history_the_keys_are_those_of_a_rebuild(steps in proptest::collection::vec(step(), 1..25)) {
        let (mut store, mut done) = (store(), Vec::new());
        for (at, step) in steps.iter().enumerate() {
            take(&mut store, at, step, &mut done);
            let followed = all_keys(&store.conn);
            search_keys::rebuild(&store.conn).expect("rebuilt");
            prop_assert_eq!(followed, all_keys(&store.conn), "after {:?}", step);
        }
    }
}

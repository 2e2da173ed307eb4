//! Receipts: for every file that was read, also when it is read again, beside the file on the same stick.

use std::path::PathBuf;

use crate::domain::message::Say as _;
use crate::ledger::Ledger;
use crate::ledger::error::Result;
use crate::ledger::files;
use crate::ledger::hand_up::own_keys::OwnKeys;
use crate::ledger::hand_up::receipt::{self, Refused, ToSay};
use crate::ledger::store::{members, received};
use crate::ledger::township::receive::{ShelfFile, no_such_file};

impl Ledger {
    /// Writes the receipts of files that were read: where they lie, and for which files there is no place to write one.
    pub(super) fn write_receipts(&self, shelf: &[ShelfFile]) -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
        let (mut written, mut not_written) = (Vec::new(), Vec::new());
        if !shelf.iter().any(|file| file.state.is_read()) {
            return Ok((written, not_written));
        }
        let keys = OwnKeys::of(&self.store)?;
        let (members, all) = (members::all(self.view.conn())?, received::files(self.view.conn())?);
        let office = self.village()?.code;
        for file in shelf.iter().filter(|file| file.state.is_read()) {
            let member = members.iter().find(|member| member.row.code == file.code).ok_or_else(no_such_file)?;
            let twins = all.get(&member.id).into_iter().flatten().filter(|of| of.link.number == file.number);
            // Two files with one number each get their own receipt; the village takes the one of its own file.
            for of in twins {
                let refused: Vec<Refused> = received::refused(self.view.conn(), of.id)?
                    .into_iter()
                    .map(|(section, key, wrong)| Refused { section, key, wrong })
                    .collect();
                let say = ToSay {
                    office: &office,
                    member: &member.row.code,
                    number: i64::try_from(of.link.number).unwrap_or(i64::MAX),
                    digest: &of.link.digest,
                    read_on: of.read_on,
                    rows: of.rows,
                };
                let bytes = receipt::seal(&say, &refused, &keys, &member.row.recipient)?;
                let start = of.link.digest.get(..6).unwrap_or_default();
                let name = format!("{}-{}-{start}.xlr", files::safe_name(member.row.called()), file.number);
                let target = files::folder_of(&file.path).join(name);
                match files::write_over(&target, &bytes) {
                    Ok(()) => written.push(target),
                    // The files are taken; a stick that cannot be written is said, and is no reason to lose them.
                    Err(error) => {
                        tracing::warn!(error = ?error.message().key, "no receipt");
                        not_written.push(file.path.clone());
                    }
                }
            }
        }
        written.dedup();
        Ok((written, not_written))
    }
}

#!/usr/bin/env bash
# The same steps by the command line on any system, as packaging/windows-test.sh holds Linux and Windows against each other:
#   packaging/end-to-end.sh FOLDER PROGRAM…
# FOLDER is made and left behind; PROGRAM is called in it. What is written to standard output is alike on every system.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir "$1" && cd "$1"
shift
program=("$@")
x() { "${program[@]}" --lang en --ledger "$ledger" "$@"; }
# field NAME: from JSON on standard input.
field() { python3 -c 'import json,sys; print(json.load(sys.stdin)'"$1"')'; }

export XIANGLI_TODAY=2026-11-23 XIANGLI_PASSPHRASE_FILE=pass.txt
printf 'river mountain bridge 2026\n' >pass.txt
cp "$here/tests/rosters/a_clean.xlsx" '花名册 一组.xlsx'
ledger='柳河村 台账.xlg'

echo '== init'
x init --village 421399100201 --name 柳河村 --paper-code '恢复码.txt' >/dev/null
wc -l <'恢复码.txt'
echo '== a second time is refused'
x init --village 421399100201 --name 柳河村 --paper-code other.txt >/dev/null 2>&1 || echo "exit $?"
echo '== import'
x import '花名册 一组.xlsx' >/dev/null
x residents --json >residents.json
python3 -c 'import json; rows=json.load(open("residents.json",encoding="utf-8"))["rows"]; print(len(rows), rows[0]["name"], rows[-1]["name"])'
echo '== list'
x list elder-check --json >list.json
python3 - <<'P'
import hashlib, json
listed = json.load(open("list.json", encoding="utf-8"))
for row in listed["rows"]:
    for key in ("uid", "resident", "household_uid"):
        row.pop(key, None)
text = json.dumps(listed, ensure_ascii=False, sort_keys=True)
print(listed["counts"], hashlib.sha256(text.encode()).hexdigest())
P
uid=$(python3 -c 'import json; print(json.load(open("list.json",encoding="utf-8"))["rows"][0]["resident"])' 2>/dev/null || python3 -c 'import json; print(json.load(open("list.json",encoding="utf-8"))["rows"][0]["uid"])')
counts() { x list elder-check --json | field '["counts"]'; }
echo '== tell, undo, redo'
x tell elder-check "$uid" >/dev/null; counts
x undo >/dev/null; counts
x redo >/dev/null; counts
echo '== print'
x print roster elder-check --to '名单.pdf' >/dev/null; head -c 5 '名单.pdf'; echo
x print roster elder-check --to '名单.xlsx' >/dev/null; head -c 2 '名单.xlsx'; echo
echo '== an export never takes the place of a file'
x print roster elder-check --to '名单.xlsx' >/dev/null 2>&1 || echo "exit $?"
echo '== copy out, copy in'
mkdir U盘
x copy-out U盘 >/dev/null
copy=$(ls U盘/*.xlc)
ledger='新电脑/台账.xlg'
x copy-in "$copy" >/dev/null
counts
echo '== a wrong passphrase'
printf 'not the passphrase\n' >wrong.txt
XIANGLI_PASSPHRASE_FILE=wrong.txt x residents --json >/dev/null 2>&1 || echo "exit $?"
echo '== check'
x check
ledger='柳河村 台账.xlg'
x check
echo '== a backup in the place of the ledger'
ls backups | wc -l
x restore "backups/$(ls backups | head -n 1)" >/dev/null
x import '花名册 一组.xlsx' >/dev/null
counts
ls | grep -c '柳河村 台账.*xlg$'
echo '== another passphrase'
printf 'four other words entirely\n' >new.txt
XIANGLI_NEW_PASSPHRASE_FILE=new.txt x passphrase >/dev/null
x check 2>/dev/null || echo "exit $?"
XIANGLI_PASSPHRASE_FILE=new.txt x check
XIANGLI_PASSPHRASE_FILE=new.txt XIANGLI_NEW_PASSPHRASE_FILE=pass.txt x passphrase >/dev/null
echo '== to the township and back'
village=$ledger township='乡镇 台账.xlg'
ledger=$township; x township init --code 421399100 --name 安居镇 --paper-code township.txt >/dev/null
x township invite 421399100201 --out '邀请.xli' >/dev/null
ledger=$village; x enrol '邀请.xli' >/dev/null
ledger=$township; x enrol *.xla >/dev/null
ledger=$village; x hand-up --to U盘 >/dev/null
ledger=$township
received() { x township receive U盘/*.xlb --json | field '["files"][0]["state"]'; }
received
received
ledger=$village; x receipt U盘/*.xlr >/dev/null; x hand-ups --json | python3 -c 'import json,sys; print([[row["number"], row["rows"], row["accepted_rows"]] for row in json.load(sys.stdin)["files"]])'
echo '== a damaged page, and the way back'
x tell elder-check "$uid" >/dev/null 2>&1 || true
python3 - <<'P'
with open("柳河村 台账.xlg", "r+b") as file:
    file.seek(5 * 4096 + 100)
    file.write(b"\0" * 64)
P
x check >/dev/null 2>&1 || echo "exit $?"
x recover restore --replay >/dev/null && x check
echo '== handed over'
mkdir 交接
x hand-over --to 交接 >/dev/null
x undo >/dev/null 2>&1 || echo "exit $?"
echo '== a path of many Chinese characters'
deep=$(printf '%.0s一个很长的文件夹名 folder' 1 2)
deep="$deep/$deep/$deep/$deep"
mkdir -p "$deep"
ledger="$deep/台账.xlg"
x init --village 421399100202 --name 杨家湾 --paper-code long.txt >/dev/null && x check

#!/usr/bin/env bash
# The drill, in a real window without a screen: the old laptop dies, and on a new one the village is worked with again from the copy
# on the stick and the code on paper. Says how long that took, from the start of the window until somebody was found by initials,
# and checks by the command line that the last step before the copy is there. Every key is pressed by itself, as a hand would.
# Needs: apt-get install xvfb openbox xdotool imagemagick libgl1-mesa-dri
# Use: XIANGLI=target/release/xiangli tests/drill.sh [folder for the pictures]
set -euo pipefail
program=${XIANGLI:-target/release/xiangli}
pictures=${1:-assets/pictures}
[ -x "$program" ] || { echo "no program at $program: set XIANGLI" >&2; exit 2; }
mkdir -p "$pictures"
. "$(dirname "$0")/screen.sh"
export XIANGLI_TODAY=2026-11-23
old=$data/old new=$data/new stick=$data/stick
mkdir -p "$old" "$new/xiangli" "$stick"

# The old laptop: a village of 900 synthetic people, whose last step before the copy is a new resident.
printf '柳河村的老槐树 2026' >"$data/passphrase"
on_old() { XIANGLI_PASSPHRASE_FILE=$data/passphrase "$program" --lang zh --ledger "$old/xiangli.xlg" "$@"; }
awk 'BEGIN {
  split("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙", s, " "); split("秀 建 国 玉 春 海 德 志 小 文", a, " ")
  split("兰 明 梅 军 英 华 平 强 芳 林", b, " "); split("户主 配偶 子", r, " ")
  print "姓名,性别,出生日期,组,户号,与户主关系,电话"
  for (i = 0; i < 900; i++) { h = int(i / 3)
    printf "%s%s%s,%s,%d-%02d-%02d,%d,%d,%s,190%08d\n", s[i % 12 + 1], a[int(i / 12) % 10 + 1], b[int(i / 120) % 10 + 1],
      i % 2 ? "女" : "男", 1936 + i * 37 % 80, 1 + i % 12, 1 + i % 28, 1 + int(h / 40), 1 + h % 40, r[i % 3 + 1], i }
}' >"$data/roster.csv"
on_old init --village 421399100201 --name 柳河村 --paper-code "$data/code" >/dev/null
on_old import "$data/roster.csv"
on_old add 王桂芬 --born 1950-03-01 --group 3 --number 12 >/dev/null
last_step() { sed 's/.*"revision":\([0-9]*\).*"uid":"\([^"]*\)".*/\1 \2/'; }
last=$(on_old log --json --limit 1 | last_step)
on_old copy-out "$stick" >/dev/null
# Under a name that a script can type: the window takes any, a keyboard without an input method only these.
copy=stick/liuhe.xlc
mv "$stick"/*.xlc "$data/$copy"
# It dies, with everything on it.
rm -r "$old"

# The new laptop: nothing but the program.
printf 'language = zh\n' >"$new/xiangli/settings.txt"
started=$(date +%s.%N)
XDG_DATA_HOME=$new env -C "$data" "$(realpath "$program")" & pids+=($!)
running=$!
for _ in $(seq 120); do
  window=$(xdotool search --onlyvisible --pid "$running" 2>/dev/null | tail -1 || true)
  [ -n "$window" ] && break
  sleep 0.5
done
xdotool windowactivate --sync "$window"
xdotool windowsize --sync "$window" 1366 742
picture() { import -window "$window" -depth 8 -colors 64 "png8:$pictures/$1.png"; echo "$pictures/$1.png"; }
# One key a frame, however slow this machine draws.
key() { local name; for name in "$@"; do xdotool key "$name"; sleep 0.4; done; }
type_in() { xdotool type --delay 60 "$1"; sleep 0.5; }
sleep 2
picture drill-new-laptop
# Past the two languages, 新建 and 试用 to 打开备份副本.
key Tab Tab Tab Tab Tab Return
sleep 1
# The field of the secret has the keyboard: back over its two kinds and the button to the file's path.
key shift+Tab shift+Tab shift+Tab shift+Tab
type_in "$copy"
key Tab Tab Tab space Tab
type_in "$(cat "$data/code")"
picture drill-copy
key Return
for _ in $(seq 120); do [ -f "$new/xiangli/xiangli.xlg" ] && break; sleep 0.5; done
sleep 4
picture drill-working
key ctrl+f
xdotool type --delay 100 wgf
sleep 1
picture drill-found
took=$(awk -v from="$started" -v to="$(date +%s.%N)" 'BEGIN { printf "%.0f", to - from }')
kill "$running"; wait "$running" 2>/dev/null || true

# What is there is what was there, by the command line and the same code.
on_new() { XIANGLI_PAPER_CODE_FILE=$data/code "$program" --lang zh --ledger "$new/xiangli/xiangli.xlg" "$@"; }
on_new check
people=$(on_new residents --json --search wgf | grep -c 王桂芬 || true)
there=$(on_new log --json --limit 20)
[[ $there == *"${last#* }"* ]] || { echo "the last step before the copy is not there" >&2; exit 1; }
[ "$people" -gt 0 ] || { echo "who was entered last is not found" >&2; exit 1; }
echo "from the start of the window until found: $took seconds; the last step before the copy (${last% *}) is there"

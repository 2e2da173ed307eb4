#!/bin/bash
# Takes a picture of every page from a real window without a screen, and leaves them in assets/pictures.
# Needs: apt-get install xvfb openbox xdotool imagemagick libgl1-mesa-dri poppler-utils
# Use: XIANGLI=target/release/xiangli tests/screenshots.sh [scale in percent: 100, 125, 150, 200] [folder]
# LANGUAGE_OF_WINDOW=en takes them in English.
set -euo pipefail
program=${XIANGLI:-target/release/xiangli}
scale=${1:-100}
pictures=${2:-assets/pictures}
[ -x "$program" ] || { echo "no program at $program: set XIANGLI" >&2; exit 2; }
mkdir -p "$pictures"
. "$(dirname "$0")/screen.sh"
export XIANGLI_TODAY=2026-11-23
mkdir -p "$data/xiangli"
printf 'scale = %s\nlanguage = %s\n' "$scale" "${LANGUAGE_OF_WINDOW:-zh}" >"$data/xiangli/settings.txt"
# Opens the window on the data of a folder.
window_of() {
  XDG_DATA_HOME=$1 "$program" & pids+=($!)
  running=$!
  for _ in $(seq 60); do
    window=$(xdotool search --pid "$running" 2>/dev/null | tail -1 || true)
    [ -n "$window" ] && break
    sleep 0.5
  done
  xdotool windowactivate --sync "$window"
  xdotool windowsize --sync "$window" 1366 742
  # The window manager may place the window once more after it was moved.
  for _ in 1 2 3; do xdotool windowmove "$window" 0 0; sleep 1; done
}
window_of "$data"

picture() { import -window "$window" -depth 8 -colors 64 "png8:$pictures/$1.png"; echo "$pictures/$1.png"; }
# Points are those of a window at 100 %.
click() { xdotool mousemove --window "$window" $(( $1 * scale / 100 )) $(( $2 * scale / 100 )) click 1; sleep "${3:-1}"; }
key() { xdotool key "$1"; sleep "${2:-1}"; }
type_in() { xdotool type --delay 20 "$1"; sleep 0.5; }
away() { xdotool mousemove --window "$window" 1360 738; sleep 0.3; }

picture first-run
# By keys alone, so that the same steps hold at every text size: past the two languages and 新建本村台账 to 试用演示村.
key Tab 0.3; key Tab 0.3; key Tab 0.3; key Tab 0.3; key Return 14
away; picture worklist
key ctrl+2 2; away; picture overview
key Down 0.5; key Return 2; away; picture lists
key Down 0.5; key Down; away; picture reason-card
key t; away; picture told
key ctrl+z; key Escape; key Escape
click 172 137 2; away; picture benefits
click 55 137
key ctrl+3; key Down 0.5; key Return 2; away; picture campaigns
if [ "$scale" = 100 ]; then
  click 379 133 4; away; picture plan
  click 615 133; xdotool type --delay 80 'w'; sleep 1; away; picture door
  key Escape
fi
click 34 133
key ctrl+4; away; picture residents
key ctrl+f; xdotool type --delay 80 'lx'; sleep 1
away; picture search
key Return; away; picture person
key e; away; picture form
key Escape; key f; away; picture household
key Escape; key Escape
key ctrl+h; away; picture day
key F1; away; picture help
key question; away; picture keys
key Escape; key ctrl+5 2; away; picture backup
key ctrl+6 2; away; picture privacy
if [ "$scale" = 100 ]; then
  key ctrl+4
  click 1010 140 2; key Down; away; picture duplicates
  key Escape; click 72 133
  click 1290 140
  click 683 337
  xdotool type --delay 20 "$PWD/tests/rosters/b_titled_merged.xlsx"
  key Return 3
  away; picture import
  # A roster's blank serves as a form here.
  key ctrl+5 2; click 105 579; click 300 240
  xdotool type --delay 20 "$PWD/tests/rosters/b_titled_merged.xlsx"
  key Return 3
  away; picture township-form
  # A page of slips, as it is printed.
  # The window opens a demo village by itself, by this.
  echo 'xiangli-demo-village' >"$data/passphrase"
  export XIANGLI_PASSPHRASE_FILE="$data/passphrase"
  paper() { "$program" --ledger "$data/paper.xlg" "$@"; }
  paper demo >/dev/null
  campaign=$(paper campaign list --json | sed 's/.*"uid":"\([^"]*\)".*/\1/')
  paper campaign plan "$campaign" --book >/dev/null
  paper slips "$campaign" --out "$data/slips.pdf" >/dev/null
  pdftoppm -r 100 -png -f 1 -l 1 -singlefile "$data/slips.pdf" "$data/slips"
  convert "$data/slips.png" -colors 16 "png8:$pictures/slips.png"; echo "$pictures/slips.png"
  # A township with two villages, one of whose files lies on the stick; and the village's page of the month.
  mkdir -p "$data/town/xiangli" "$data/stick"
  cp "$data/xiangli/settings.txt" "$data/town/xiangli/"
  town() { "$program" --ledger "$data/town/xiangli/xiangli.xlg" "$@"; }
  town township init --code 421399100 --name 安居镇 --paper-code "$data/code.txt" >/dev/null
  town township invite 421399100202 --out "$data/stick/b.xli" >/dev/null
  town township invite 421399100201 --out "$data/stick/a.xli" --with applications,appointments >/dev/null
  paper enrol "$data/stick/a.xli" >/dev/null
  town enrol "$data/stick/"*.xla >/dev/null
  town township confirm 421399100201 >/dev/null
  paper hand-up --to "$data/stick" >/dev/null
  town township receive "$data/stick/"*.xlb >/dev/null
  paper month close 2026-10 >/dev/null
  paper hand-up --to "$data/stick" >/dev/null
  kill "$running"; wait "$running" 2>/dev/null || true
  unset XIANGLI_PASSPHRASE_FILE
  mkdir -p "$data/village/xiangli"
  cp "$data/xiangli/settings.txt" "$data/village/xiangli/"
  for of in "$data/paper.xlg" "$data/paper.xlg.keys"; do cp "$of" "$data/village/xiangli/xiangli${of#"$data/paper"}"; done
  window_of "$data/village"; sleep 6
  key ctrl+5 2; click 105 243 3; away; picture month
  kill "$running"; wait "$running" 2>/dev/null || true
  window_of "$data/town"
  type_in 'xiangli-demo-village'; key Return 6
  away; picture villages
  key ctrl+2 2; click 300 130; type_in "$data/stick"; key Return 4; away; picture shelf
  kill "$running"; wait "$running" 2>/dev/null || true
  # The receipt, back in the village.
  export XIANGLI_PASSPHRASE_FILE="$data/passphrase"
  town township receive "$data/stick/"*.xlb >/dev/null
  for receipt in "$data/stick/"*.xlr; do
    "$program" --ledger "$data/village/xiangli/xiangli.xlg" receipt "$receipt" >/dev/null || true
  done
  unset XIANGLI_PASSPHRASE_FILE
  window_of "$data/village"; sleep 6
  key ctrl+5 2; click 105 243 3; away; picture receipt
fi

#!/usr/bin/env bash
# The window's sockets by hand: the demo village is opened, used and searched under strace on a display without a screen; any
# socket but those to this computer's own programs fails. The command line is held by `secrets::*` on every push.
# Needs: apt-get install strace xvfb openbox xdotool libgl1-mesa-dri
# Use: XIANGLI=target/release/xiangli tests/sockets.sh
set -euo pipefail
program=${XIANGLI:-target/release/xiangli}
data=$(mktemp -d)
pids=()
finish() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$data"; }
trap finish EXIT
number=$(( 100 + $$ % 500 ))
Xvfb ":$number" -screen 0 1366x768x24 >/dev/null 2>&1 & pids+=($!)
export DISPLAY=":$number" LIBGL_ALWAYS_SOFTWARE=1 XDG_DATA_HOME="$data"
sleep 1
openbox >/dev/null 2>&1 & pids+=($!)
sleep 1
mkdir "$data/xiangli"
printf 'language = zh\n' >"$data/xiangli/settings.txt"
strace -f -qq -e trace=%network -o "$data/calls" "$program" & pids+=($!)
for _ in $(seq 60); do
  window=$(xdotool search --onlyvisible --pid "$(pgrep -P "${pids[-1]}" | head -n 1)" 2>/dev/null | tail -n 1) || true
  [ -n "$window" ] && break
  sleep 1
done
sleep 10
xdotool windowactivate --sync "$window"
xdotool key Tab key Tab key Tab key Tab key Return
# The demo village is made and shown; then every tab, somebody told and not, a search.
for _ in $(seq 60); do [ -f "$data/xiangli/demo.xlg" ] && break; sleep 1; done
[ -f "$data/xiangli/demo.xlg" ]
sleep 20
for key in ctrl+1 ctrl+2 Down Return Down t ctrl+z ctrl+3 ctrl+4 ctrl+5 ctrl+f; do xdotool key "$key"; sleep 1; done
xdotool type --delay 100 lx
sleep 2
xdotool key Escape Escape
others=$(grep -E 'socket\(|connect\(' "$data/calls" | grep -vE 'AF_UNIX' || true)
echo "$(grep -c 'socket(' "$data/calls") sockets, $(grep -c . <<<"$others" || true) of them to elsewhere"
[ -z "$others" ] || { echo "$others"; exit 1; }

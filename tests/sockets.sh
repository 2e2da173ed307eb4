#!/usr/bin/env bash
# The window's sockets by hand: the demo village is opened, used and searched under strace on a display without a screen; any
# socket but those to this computer's own programs fails. The command line is held by `canaries::*` on every push.
# Needs: apt-get install strace xvfb openbox xdotool libgl1-mesa-dri
# Use: XIANGLI=target/release/xiangli tests/sockets.sh
set -euo pipefail
program=${XIANGLI:-target/release/xiangli}
. "$(dirname "$0")/screen.sh"
mkdir "$data/xiangli"
printf 'language = zh\n' >"$data/xiangli/settings.txt"
strace -f -qq -e trace=%network -o "$data/calls" "$program" & pids+=($!)
for _ in $(seq 60); do
  window=$(xdotool search --onlyvisible --pid "$(pgrep -P "${pids[-1]}" | head -n 1)" 2>/dev/null | tail -n 1) || true
  [ -n "$window" ] && break
  sleep 1
done
# Drawn under strace, which takes its time.
sleep 10
xdotool windowactivate --sync "$window"
for key in Tab Tab Tab Tab Return; do xdotool key "$key"; sleep 1; done
# The demo village is made and shown; then every tab, somebody told and not, a search.
for _ in $(seq 120); do [ -f "$data/xiangli/demo.xlg" ] && break; sleep 1; done
[ -f "$data/xiangli/demo.xlg" ]
sleep 20
for key in ctrl+1 ctrl+2 Down Return Down t ctrl+z ctrl+3 ctrl+4 ctrl+5 ctrl+f; do xdotool key "$key"; sleep 1; done
xdotool type --delay 100 lx
sleep 2
xdotool key Escape Escape
others=$(grep -E 'socket\(|connect\(' "$data/calls" | grep -vE 'AF_UNIX' || true)
echo "$(grep -c 'socket(' "$data/calls") sockets, $(grep -c . <<<"$others" || true) of them to elsewhere"
[ -z "$others" ] || { echo "$others"; exit 1; }

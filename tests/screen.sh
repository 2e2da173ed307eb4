# A display without a screen, so that nothing else is in the picture, a window manager, and a data folder that goes again; read by
# screenshots.sh and sockets.sh. What is put into `pids` ends with the script.
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

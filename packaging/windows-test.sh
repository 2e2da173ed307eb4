#!/usr/bin/env bash
# Tries dist/xiangli-VERSION-windows-x64.zip under wine and Xvfb, beside the program for Linux:
#   packaging/windows-test.sh [PROGRAM FOR LINUX] [FOLDER FOR PICTURES]
# The same steps by the command line; a ledger that goes to the other system and back; a stick; 50 kills; the window by keys, its
# figures beside Linux in the same run. Wine is not Windows: what only Windows does is not tried here.
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/common.sh
linux=$(realpath "${1:-target/release/xiangli}")
work=$(mktemp -d)
pictures=$(realpath -m "${2:-$target_folder/windows-pictures}")
mkdir -p "$pictures"

need wine64 gcc-mingw-w64-x86-64 binutils python3 unzip xvfb openbox xdotool imagemagick libgl1 libegl1 libgl1-mesa-dri mesa-vulkan-drivers
. packaging/wine.sh
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wineserver -k 2>/dev/null || /usr/lib/wine/wineserver -k 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
say() { printf '\n### %s\n' "$*"; }
export XIANGLI_TODAY=2026-11-23

say "unpack into a folder with a Chinese name and a space"
mkdir "$work/D 盘"
unzip -q "dist/xiangli-$version-windows-x64.zip" -d "$work/D 盘"
mv "$work/D 盘/xiangli-$version-windows-x64" "$work/D 盘/乡里"
program="$work/D 盘/乡里/xiangli.exe"
(cd "$work/D 盘/乡里" && sha256sum --quiet -c SHA256SUMS)
ls -l "$program" | awk '{ printf "exe %.1f MB\n", $5 / 1e6 }'
[ "$(stat -c %s "$program")" -le 40000000 ]

say "what it imports: system libraries, none of a network"
x86_64-w64-mingw32-objdump -p "$program" | sed -n 's/.*DLL Name: //p' | tr 'A-Z' 'a-z' | sort | tee "$work/dlls"
python3 - "$work/dlls" <<'P'
import sys
SYSTEM = {"advapi32.dll", "bcrypt.dll", "bcryptprimitives.dll", "combase.dll", "comctl32.dll", "comdlg32.dll", "crypt32.dll",
          "d3d12.dll", "dwmapi.dll", "dxgi.dll", "gdi32.dll", "imm32.dll", "kernel32.dll", "msvcrt.dll", "ntdll.dll", "ole32.dll",
          "oleaut32.dll", "opengl32.dll", "propsys.dll", "setupapi.dll", "shell32.dll", "shlwapi.dll", "uiautomationcore.dll", "user32.dll",
          "userenv.dll", "uxtheme.dll", "version.dll", "winmm.dll"}
named = {line.strip() for line in open(sys.argv[1])}
named = {name for name in named if not name.startswith("api-ms-win-")}
others = named - SYSTEM
print("others:", sorted(others) or "none")
# Rust's own library knows sockets, and names the library of sockets whether they are used or not.
sys.exit(bool(others - {"ws2_32.dll"}))
P

say "make a wine of its own"
make_prefix

say "the same steps on both systems"
packaging/end-to-end.sh "$work/linux steps" "$linux" >"$work/linux.txt"
packaging/end-to-end.sh "$work/windows steps" "$wine" "$program" >"$work/windows.txt"
diff "$work/linux.txt" "$work/windows.txt" && echo "alike, $(grep -c '^==' "$work/linux.txt") groups of steps"

say "a ledger goes to the other system and back"
(
    cd "$work/windows steps"
    export XIANGLI_PASSPHRASE_FILE=pass.txt
    "$linux" --lang en --ledger '新电脑/台账.xlg' check
    "$linux" --ledger '新电脑/台账.xlg' task add 在Linux上记的 >/dev/null
    "$wine" "$program" --lang en --ledger '新电脑/台账.xlg' check
    "$wine" "$program" --ledger '新电脑/台账.xlg' undo >/dev/null
    "$linux" --lang en --ledger '新电脑/台账.xlg' check
)

say "no ledger on a stick; one that lies there is read"
mkdir "$work/stick"
make_stick "$work/stick"
(
    cd "$work/windows steps"
    export XIANGLI_PASSPHRASE_FILE=pass.txt
    refused() { local code=0; "$@" 2>refused.txt || code=$?; [ "$code" = 5 ] && grep -q 'on a stick' refused.txt && echo refused; }
    refused "$wine" "$program" --lang en --ledger 'S:\v.xlg' init --village 421399100203 --name 青石桥 --paper-code s.txt
    cp -r 新电脑/台账.xlg 新电脑/台账.xlg.keys "$work/stick/"
    "$wine" "$program" --lang en --ledger 'S:\台账.xlg' residents --json | python3 -c 'import json,sys; print(len(json.load(sys.stdin)["rows"]), "people are read")'
    sha256sum "$work/stick/"* >stick.txt
    refused "$wine" "$program" --lang en --ledger 'S:\台账.xlg' undo
    printf 'four other words entirely\n' >new.txt
    XIANGLI_NEW_PASSPHRASE_FILE=new.txt refused "$wine" "$program" --lang en --ledger 'S:\台账.xlg' passphrase
    sha256sum --quiet -c stick.txt && echo "the stick is as it was"
    "$wine" "$program" --ledger '新电脑/台账.xlg' copy-out 'S:\' >/dev/null && ls "$work/stick"/*.xlc | wc -l
)

say "the command line as it is typed: waits, hands on what is answered and how it ended"
(
    cd "$work/windows steps"
    export XIANGLI_PASSPHRASE_FILE=pass.txt
    cp "$work/D 盘/乡里/xiangli-cli.cmd" "$program" .
    "$wine" cmd /c xiangli-cli.cmd --ledger '新电脑\台账.xlg' residents --json >typed.json
    python3 -c 'import json; print(len(json.load(open("typed.json", encoding="utf-8"))["rows"]), "people")'
    code=0
    XIANGLI_PASSPHRASE_FILE=wrong.txt "$wine" cmd /c xiangli-cli.cmd --ledger '新电脑\台账.xlg' check >/dev/null 2>&1 || code=$?
    echo "exit $code"
    [ "$code" = 4 ]
)

say "50 kills"
(
    cd "$work/windows steps"
    export XIANGLI_PASSPHRASE_FILE=pass.txt
    python3 "$sources/packaging/kills.py" "${KILLS:-50}" "$wine" "$program" --ledger '新电脑/台账.xlg'
    "$linux" --lang en --ledger '新电脑/台账.xlg' check
)

say "the window, by keys"
number=$((100 + $$ % 500))
Xvfb ":$number" -screen 0 1366x768x24 >/dev/null 2>&1 & pids+=($!)
export DISPLAY=":$number" LIBGL_ALWAYS_SOFTWARE=1
sleep 1
openbox >/dev/null 2>&1 & pids+=($!)
sleep 1
python3 packaging/windows_window.py "$wine" "$program" "$linux" "$work" "$pictures"
say "all of it went well; look at the pictures in $pictures"

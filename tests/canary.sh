#!/bin/sh
# Looks for canaries after a run of tests: names, id numbers, phones and passphrases that only tests use. The words are those
# of `cargo test` (without any: the suites that run the real program). Home, data, log and temporary folders are of this run
# alone, images of crashed programs are asked for; what is left in any of them is looked through. 0 hits, or it fails.
# What tests make on purpose (rosters, sheets, sticks) lies in folders that they remove themselves; but for the files of the one
# village that others are copied from, with the passphrase and the code as they are handed to the program.
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- canaries:: crash:: refusals:: secrets:: restores:: copies:: keys:: ui_lock:: ui_secret:: privacy::
work=$(mktemp -d)
memory=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$work" "$memory"' EXIT
mkdir "$work/temp" "$work/home"
# Some tests run the program as nobody.
chmod 755 "$work" "$memory"
touch "$work/begun"
ulimit -c unlimited 2>/dev/null || echo "images of crashed programs cannot be asked for here"
cargo test --test it --no-run
status=0
export CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}"
XIANGLI_TEST_MEMORY="$memory" TMPDIR="$work/temp" HOME="$work/home" XDG_DATA_HOME="$work/home/share" \
    cargo test --test it -- "$@" || status=$?

# In UTF-8, in UTF-16 (digits with a zero byte after each), and in GB18030.
digits='421399[12][0-9]{10}[0-9X]|199[0-9]{8}|4\x002\x001\x003\x009\x009\x00[12]\x00'
words='欧阳金丝雀 欧阳桂兰 王秀英 柳河村的老槐树 山下有条小河弯弯绕绕 河边三棵柳树'
found=$work/found
: >"$found"
# What this run left: in its own folders, in the build's folder of temporary files, and image files anywhere here.
find target/tmp -newer "$work/begun" -type f ! -name '*.so' 2>/dev/null >"$work/list" || true
find "$work/temp" "$work/home" "$memory" -type f ! -name passphrase ! -name code >>"$work/list"
find . -newer "$work/begun" -type f \( -name core -o -name 'core.[0-9]*' \) -not -path './target/debug/*' >"$work/cores"
while IFS= read -r file; do
    LC_ALL=C grep -aqP "$digits" "$file" && echo "$file: a number" >>"$found"
    for word in $words; do
        for way in UTF-8 UTF-16LE GB18030; do
            pattern=$(printf %s "$word" | iconv -f UTF-8 -t "$way" | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g')
            LC_ALL=C grep -aqP "$pattern" "$file" && echo "$file: $word" >>"$found"
        done
    done
done <"$work/list"
echo "$(wc -l <"$work/list") files left by the run, $(wc -l <"$found") hits, $(wc -l <"$work/cores") images of a memory"
cat "$found" "$work/cores"
[ "$status" = 0 ] && [ ! -s "$found" ] && [ ! -s "$work/cores" ]

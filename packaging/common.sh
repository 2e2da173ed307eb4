# What both packages share; read by windows.sh and linux.sh from the project's folder.

case $PWD in *\ *) echo "the compilers' flags know no path with a space: build elsewhere" >&2; exit 2 ;; esac
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
# The same sources make the same bytes: times are those of the commit, paths are no one's.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
XIANGLI_TODAY=$(git log -1 --format=%cs)
cargo_home=${CARGO_HOME:-$HOME/.cargo}
target_folder=$(realpath -m "${CARGO_TARGET_DIR:-target}")
sources=$PWD
export SOURCE_DATE_EPOCH XIANGLI_TODAY TZ=UTC LC_ALL=C.UTF-8
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
remap_rust="--remap-path-prefix=$sources=xiangli --remap-path-prefix=$cargo_home/registry/src=registry --remap-path-prefix=$target_folder=target"
remap_c="-ffile-prefix-map=$sources=xiangli -ffile-prefix-map=$cargo_home/registry/src=registry -ffile-prefix-map=$target_folder=target"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# need PACKAGE…: those of Debian that are missing.
need() {
    local missing=()
    for package in "$@"; do dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package"); done
    if [ ${#missing[@]} -gt 0 ]; then
        as_root env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq && apt-get install -y -qq --no-install-recommends ${missing[*]}" >/dev/null
    fi
}

# lay FOLDER SHIPPED PROGRAM: a folder anew, with what is shipped and what lies beside it in every package. PROGRAM runs here.
lay() {
    local folder=$1 shipped=$2 program=$3
    rm -rf "$folder"
    mkdir -p "$folder/fonts" dist
    cp "$shipped" "$folder/"
    cp assets/fonts/XiangliRare-HanaMinB-subset.ttf assets/fonts/COPYRIGHT.hanazono "$folder/fonts/"
    python3 assets/licences/make.py "$folder/licences"
    "$program" licences >"$folder/licences/parts.txt"
    cp assets/fonts/COPYRIGHT.noto-cjk LICENSE-MIT LICENSE-APACHE "$folder/licences/"
    "$program" --lang zh manual --to "$folder/使用说明.pdf" >/dev/null
}

# seal FOLDER: the checksums of all that lies in it, and one time for everything.
seal() {
    (cd "$1" && find . -type f ! -name SHA256SUMS -printf '%P\0' | sort -z | xargs -0 sha256sum >SHA256SUMS)
    find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

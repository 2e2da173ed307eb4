#!/usr/bin/env bash
# From a clean checkout to dist/xiangli-VERSION-windows-x64.zip, on Debian 12: Debian's own compiler builds the standard library
# for Windows from its source, mingw links; Rust as for the README's two commands prints the manual. About half an hour on two
# cores. `packaging/windows-test.sh` tries the result.
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/common.sh

need rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64 gcc g++ make perl pkg-config python3 git

target=x86_64-pc-windows-gnu
# Small rather than fast, but for what opens a ledger and draws a frame: 40 MB are much on an old stick.
fast=(scrypt salsa20 pbkdf2 sha2 chacha20 poly1305 chacha20poly1305 curve25519-dalek flate2 miniz_oxide quick-xml memchr
    egui epaint skrifa vello_cpu fearless_simd)
small=(--config profile.release.opt-level=\"s\" --config profile.release.lto=\"fat\" --config profile.release.codegen-units=1
    --config profile.release.strip=\"symbols\")
for crate in "${fast[@]}"; do small+=(--config "profile.release.package.$crate.opt-level=3"); done

# A path of its own keeps other compilers away; times and paths stay out of the program.
env -i PATH=/usr/bin:/bin HOME="$HOME" CARGO_HOME="$cargo_home" LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" \
    RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc \
    CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc \
    CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS="$remap_rust -C link-arg=-Wl,--no-insert-timestamp" \
    CC_x86_64_pc_windows_gnu=x86_64-w64-mingw32-gcc AR_x86_64_pc_windows_gnu=x86_64-w64-mingw32-ar \
    CFLAGS_x86_64_pc_windows_gnu="$remap_c -O2" \
    /usr/bin/cargo "${small[@]}" build --release --locked -Z build-std=std,panic_unwind --target "$target" --target-dir "$target_folder/windows"

# The manual is printed by the program itself, as it runs here.
cargo build --locked

name=xiangli-$version-windows-x64
folder=$target_folder/windows/$name
lay "$folder" "$target_folder/windows/$target/release/xiangli.exe" "$target_folder/debug/xiangli"
cp packaging/windows/* "$folder/"
seal "$folder"
rm -f "dist/$name.zip"
python3 packaging/zip.py "$folder" "dist/$name.zip"
(cd dist && sha256sum "$name.zip" | tee "$name.zip.sha256")

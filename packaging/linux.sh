#!/usr/bin/env bash
# From a clean checkout to dist/xiangli-VERSION-linux-x64.tar.xz and dist/xiangli_VERSION_amd64.deb, on Debian 12 with Rust and
# the README's set-up.
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/common.sh

need gcc g++ make perl pkg-config python3 git xz-utils dpkg-dev

RUSTFLAGS="$remap_rust" CFLAGS="$remap_c" cargo build --release --locked --target-dir "$target_folder/linux"
program=$target_folder/linux/release/xiangli

name=xiangli-$version-linux-x64
folder=$target_folder/linux/$name
lay "$folder" "$program" "$program"
seal "$folder"
rm -f "dist/$name.tar.xz"
tar --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -C "$target_folder/linux" -c "$name" | xz -9 -T1 >"dist/$name.tar.xz"

# The same for Debian's tools, with an entry in the menu.
root=$target_folder/linux/deb
rm -rf "$root"
install -d "$root/DEBIAN" "$root/usr/bin" "$root/usr/share/applications" "$root/usr/share/icons/hicolor/64x64/apps" \
    "$root/usr/share/xiangli" "$root/usr/share/doc/xiangli"
cp "$program" "$root/usr/bin/"
cp "$folder/fonts/"*.ttf "$root/usr/share/xiangli/"
cp -r "$folder/licences" "$folder/fonts/COPYRIGHT.hanazono" "$folder/使用说明.pdf" "$root/usr/share/doc/xiangli/"
cp packaging/linux/copyright "$root/usr/share/doc/xiangli/"
cp packaging/linux/xiangli.desktop "$root/usr/share/applications/"
cp assets/icon/icon-64.png "$root/usr/share/icons/hicolor/64x64/apps/xiangli.png"
size=$(find "$root/usr" -type f -printf '%s\n' | awk '{ sum += $1 } END { print int(sum / 1024) }')
sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$size/" packaging/linux/control >"$root/DEBIAN/control"
chmod -R u=rwX,go=rX "$root"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$root" "dist/xiangli_${version}_amd64.deb"
(cd dist && sha256sum "$name.tar.xz" "xiangli_${version}_amd64.deb" | tee "$name.sha256")

#!/bin/bash
# Takes the pictures of every page in both languages and in two text sizes, to be looked at one by one, and lays each
# set out on one sheet. Needs what screenshots.sh needs.
# Use: XIANGLI=target/release/xiangli tests/matrix.sh FOLDER [scale …]
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:?a folder for the pictures}
shift
scales=("$@")
[ ${#scales[@]} -gt 0 ] || scales=(100 150)
for language in zh en; do
  for scale in "${scales[@]}"; do
    set=$folder/$language-$scale
    LANGUAGE_OF_WINDOW=$language tests/screenshots.sh "$scale" "$set"
    montage "$set"/*.png -tile 3x -geometry 900x+8+8 "$folder/$language-$scale.png"
  done
done

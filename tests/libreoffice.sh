#!/usr/bin/env bash
# The long runs with LibreOffice: it opens the township's form as it was filled and counts its sums again, and takes formulas that came
# in from outside for texts.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v soffice >/dev/null; then
  apt-get install -y -q libreoffice-calc-nogui
fi
cargo test --locked --test it -- --ignored township_form:: libreoffice_takes

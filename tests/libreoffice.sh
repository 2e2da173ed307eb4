#!/usr/bin/env bash
# The long run of the township's form: LibreOffice opens what was filled and counts its sums again.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v soffice >/dev/null; then
  apt-get install -y -q libreoffice-calc-nogui
fi
cargo test --locked --test it township_form:: -- --ignored

#!/usr/bin/env python3
"""Packs a folder into a zip whose bytes depend on nothing but the folder's: names in order, times as they are, in UTF-8."""

import pathlib
import sys
import time
import zipfile

folder, archive = pathlib.Path(sys.argv[1]), sys.argv[2]
with zipfile.ZipFile(archive, "x", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder.parent).as_posix()
        info = zipfile.ZipInfo(name, time.gmtime(path.stat().st_mtime)[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        packed.writestr(info, path.read_bytes())

#!/usr/bin/env python3
"""Writes shipped.tsv: every part of the program as it is shipped, with its licence; and with a folder as argument the
licence texts of all of them into it. `--check` fails where shipped.tsv is not what it would write.

Crates count where a build for Linux or Windows links them: no build scripts' helpers, no tests' own.
"""
import hashlib
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SHIPPED = os.path.join(HERE, "shipped.tsv")
TARGETS = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-gnu"]
# What comes inside crates or lies in assets, and has no manifest of its own.
OTHERS = [
    ("Hanazono Mincho B (subset)", "", "Hanazono Font License", "assets/fonts/COPYRIGHT.hanazono"),
    ("Lucide icons", "", "ISC", "https://lucide.dev/license"),
    ("Noto Sans CJK SC (subset)", "", "OFL-1.1", "assets/fonts/COPYRIGHT.noto-cjk"),
    ("OpenSSL, libcrypto", "", "Apache-2.0", "https://www.openssl.org/source/license.html"),
    ("SQLCipher", "", "BSD-3-Clause", "https://www.zetetic.net/sqlcipher/license/"),
    ("SQLite", "", "Public domain", "https://sqlite.org/copyright.html"),
    ("Unicode Han Database, variants", "", "Unicode-3.0", "https://www.unicode.org/license.txt"),
    ("pinyin-data, kMandarin_8105", "", "MIT", "https://github.com/mozillazg/pinyin-data"),
]


def linked():
    """The packages that a build links, by id."""
    found = {}
    for target in TARGETS:
        command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
        metadata = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=HERE).stdout)
        packages = {package["id"]: package for package in metadata["packages"]}
        nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
        root = metadata["resolve"]["root"]
        waiting, seen = [root], set()
        while waiting:
            package = waiting.pop()
            if package in seen:
                continue
            seen.add(package)
            for dependency in nodes[package]["deps"]:
                if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                    waiting.append(dependency["pkg"])
        found.update({package: packages[package] for package in seen - {root}})
    return found.values()


def licence(package):
    return re.sub(r"\s*/\s*", " OR ", package["license"] or "see its licence file")


def lines(packages):
    rows = {(p["name"], p["version"], licence(p), p["repository"] or "https://crates.io/crates/" + p["name"]) for p in packages}
    return "".join("\t".join(row) + "\n" for row in sorted(rows | set(OTHERS), key=lambda row: (row[0].lower(), row)))


def texts(packages, folder):
    """Each different text once, named by its first crate."""
    known = {}
    for package in sorted(packages, key=lambda p: (p["name"], p["version"])):
        source = os.path.dirname(package["manifest_path"])
        for name in sorted(os.listdir(source)):
            path = os.path.join(source, name)
            if re.match(r"(LICEN[CS]E|COPYING|NOTICE|COPYRIGHT|UNLICENSE)", name, re.I) and os.path.isfile(path):
                with open(path, "rb") as file:
                    text = file.read()
                known.setdefault(hashlib.sha256(b" ".join(text.split())).digest(), (package["name"], name, text, []))[3].append(package["name"])
    os.makedirs(folder, exist_ok=True)
    for crate, name, text, crates in known.values():
        with open(os.path.join(folder, f"{crate}-{name}.txt"), "wb") as file:
            file.write(("Of: " + ", ".join(sorted(set(crates))) + "\n\n").encode() + text)


def main():
    packages = list(linked())
    shipped = lines(packages)
    if sys.argv[1:] == ["--check"]:
        with open(SHIPPED, encoding="utf-8") as file:
            if file.read() != shipped:
                sys.exit("assets/licences/shipped.tsv is not what is shipped: run assets/licences/make.py")
        return
    with open(SHIPPED, "w", encoding="utf-8") as file:
        file.write(shipped)
    if sys.argv[1:]:
        texts(packages, sys.argv[1])


main()

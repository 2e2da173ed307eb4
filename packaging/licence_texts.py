#!/usr/bin/env python3
"""The licence texts of every crate that is compiled into the program for a target, each text once, with whose it is."""

import json
import pathlib
import subprocess
import sys

NAMES = ("LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE")


def shipped(target):
    """The packages on the way from the program through normal dependencies."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    data = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    seen, waiting = set(), [data["resolve"]["root"]]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        for dep in nodes[at]["deps"]:
            if any(kind["kind"] is None for kind in dep["dep_kinds"]):
                waiting.append(dep["pkg"])
    seen.discard(data["resolve"]["root"])
    return sorted((packages[at] for at in seen), key=lambda package: (package["name"], package["version"]))


def texts(package):
    """Its licence files, wherever they lie in its own folder."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [path for path in folder.rglob("*") if path.is_file() and path.name.upper().startswith(NAMES)]
    return [path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip() for path in sorted(files)]


def main():
    whose, without = {}, []
    for package in shipped(sys.argv[1]):
        name = f"{package['name']} {package['version']}"
        found = [text for text in texts(package) if text]
        if not found:
            without.append(f"{name}: {package['license']} {package.get('repository') or ''}".rstrip())
        for text in found:
            names = whose.setdefault(text, [])
            if name not in names:
                names.append(name)
    for text, names in sorted(whose.items(), key=lambda pair: pair[1]):
        print("=" * 80, *names, "-" * 80, text, "", sep="\n")
    if without:
        print("=" * 80, "Without a text of their own in what their authors publish:", *without, sep="\n")


main()

#!/usr/bin/env python3
"""The window under wine, by keys, with pictures; then its figures beside Linux. Called by windows-test.sh, on its display:
packaging/windows_window.py WINE PROGRAM LINUX_PROGRAM WORK PICTURES"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

WINE, PROGRAM, LINUX, WORK, PICTURES = sys.argv[1], *map(pathlib.Path, sys.argv[2:])
BESIDE = PROGRAM.parent
DATA = BESIDE / "data"
DEMO = "xiangli-demo-village"
OWN = "river mountain bridge 2026"
TITLE = "乡里"


def x(*words):
    """xdotool; what it prints."""
    done = subprocess.run(["xdotool", *map(str, words)], capture_output=True, text=True)
    return done.stdout.strip()


def until(what, seconds, holds):
    """Waits until something holds; what it was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(0.05)
    sys.exit(f"not within {seconds} s: {what}")


class Window:
    """A started program and its window."""

    def __init__(self, words, **environment):
        self.begun = time.monotonic()
        self.process = subprocess.Popen(words, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.id = None

    def show(self):
        """Waits for the window and puts it where it is looked at."""
        ways = [("--pid", self.process.pid), ("--name", TITLE)]
        found = lambda: next(filter(None, (x("search", "--onlyvisible", *way).split("\n")[-1] for way in ways)), None)
        self.id = until("a window", 60, found)
        x("windowactivate", "--sync", self.id)
        x("windowsize", self.id, 1366, 742)
        time.sleep(1)
        x("windowmove", self.id, 0, 0)
        time.sleep(2)
        return self

    def keys(self, *keys, after=0.4):
        for key in keys:
            x("key", key)
            time.sleep(after)

    def click(self, left, top):
        x("mousemove", "--window", self.id, left, top, "click", 1)
        time.sleep(2)

    def text(self, text):
        x("type", "--delay", 80, text)
        time.sleep(1)

    def picture(self, name):
        x("mousemove", 1360, 700)
        time.sleep(0.5)
        subprocess.run(["import", "-window", self.id, "-depth", "8", "-colors", "64", f"png8:{PICTURES}/windows-{name}.png"], check=True)
        print("picture", name)

    def close(self):
        """As by the button in the title."""
        x("windowactivate", "--sync", self.id)
        x("key", "alt+F4")
        self.process.wait(60)


def windows(*words):
    return [WINE, str(PROGRAM), *words]


def history(ledger, passphrase, program=(str(LINUX),)):
    secret = WORK / "secret"
    secret.write_text(passphrase + "\n")
    done = subprocess.run([*program, "--ledger", str(ledger), "log", "--json"], capture_output=True, check=True, env={**os.environ, "XIANGLI_PASSPHRASE_FILE": str(secret)})
    return [change["op"] for change in json.loads(done.stdout)["changes"]]


def by_keys():
    """The first start, the demo village, a search by initials, an offer made and undone."""
    (BESIDE / "portable.txt").touch()
    DATA.mkdir()
    (DATA / "settings.txt").write_text("language = zh\n")
    window = Window(windows()).show()
    window.picture("first-run")
    window.keys("Tab", "Tab", "Tab", "Tab", "Return")
    until("the demo village", 60, lambda: (DATA / "demo.xlg").exists())
    time.sleep(8)
    window.picture("worklist")
    window.keys("ctrl+4")
    window.keys("ctrl+f")
    window.text("lx")
    window.picture("search")
    window.keys("Escape", "Escape")
    window.keys("ctrl+2", after=2)
    window.keys("Down", "Return", after=1.5)
    window.keys("Down", after=1)
    window.keys("t", after=1.5)
    window.picture("told")
    window.keys("ctrl+z", after=2)
    window.picture("undone")

    x("windowminimize", window.id)
    time.sleep(2)
    begun = time.monotonic()
    second = subprocess.run(windows(), timeout=60)
    print(f"second start: exit {second.returncode} after {time.monotonic() - begun:.1f} s")
    until("the first window in front", 20, lambda: x("getactivewindow") == window.id)
    assert len(x("search", "--onlyvisible", "--name", TITLE).split("\n")) == 1, "one window"
    window.close()
    ops = history(DATA / "demo.xlg", DEMO)
    assert ops[:2] == ["undo", "tell"], ops[:3]
    print("told and undone, as the ledger has it:", ops[:2])


def session_end():
    """What is typed into a form when the session ends is there afterwards, and the ledger was put away."""
    secret = WORK / "own"
    secret.write_text(OWN + "\n")
    ledger = DATA / "xiangli.xlg"
    own = {**os.environ, "XIANGLI_PASSPHRASE_FILE": str(secret)}
    subprocess.run([str(LINUX), "--ledger", str(ledger), "init", "--village", "421399100201", "--name", "柳河村", "--paper-code", str(WORK / "own-code.txt")], env=own, check=True, stdout=subprocess.DEVNULL)
    (DATA / "settings.txt").write_text("language = zh\n")
    window = Window(windows()).show()
    window.text(OWN)
    window.keys("Return", after=6)
    window.keys("ctrl+4", after=1)
    # The empty page's second button adds somebody.
    window.click(683, 381)
    window.text("Ceshi Jia")
    window.picture("form")
    begun = time.monotonic()
    subprocess.run([WINE, "wineboot", "--end-session"], timeout=60)
    window.process.wait(60)
    print(f"session ended: the program after {time.monotonic() - begun:.1f} s")
    left = [name for name in os.listdir(DATA) if name.endswith("-wal") and (DATA / name).stat().st_size > 0]
    print("log left beside the ledger:", left or "none")
    assert not left
    window = Window(windows()).show()
    window.text(OWN)
    window.keys("Return", after=6)
    window.keys("ctrl+4", after=2)
    window.picture("draft")
    window.close()


def other_renderer():
    """The other way to draw, or back to the first where that one cannot; and a screen of twice as many points."""
    settings = DATA / "settings.txt"
    settings.write_text("language = zh\n")
    window = Window(windows("--renderer", "other")).show()
    drew = until("frames", 60, lambda: [line for line in settings.read_text().splitlines() if line.startswith("renderer = ")])
    print("asked for the other than glow:", drew[0])
    for log in (DATA / "log").iterdir():
        print(*(line for line in log.read_text().splitlines() if "renderer" in line), sep="\n")
    window.close()
    key = ["reg", "add", r"HKCU\Control Panel\Desktop", "/v", "LogPixels", "/t", "REG_DWORD", "/f", "/d"]
    subprocess.run([WINE, *key, "192"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    window = Window(windows()).show()
    window.picture("200-percent")
    window.close()
    subprocess.run([WINE, *key, "96"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def ticks(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def resident(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def measured(words, data, environment):
    """Seconds to the third frame, MiB, processor ticks in 10 idle seconds."""
    settings = data / "settings.txt"
    settings.write_text("language = zh\nopen = demo\n")
    window = Window(words, **environment)
    until("frames", 60, lambda: "renderer = " in settings.read_text() and "renderer-tried = \n" in settings.read_text())
    first = time.monotonic() - window.begun
    window.show()
    time.sleep(12)
    before = ticks(window.process.pid)
    time.sleep(10)
    idle, memory = ticks(window.process.pid) - before, resident(window.process.pid)
    window.close()
    return first, memory, idle


def figures():
    """3,000 residents, both systems in turn."""
    linux = WORK / "linux data" / "xiangli"
    linux.mkdir(parents=True)
    for name in os.listdir(DATA):
        if name.startswith("xiangli.xlg"):
            (DATA / name).unlink()
    shutil.rmtree(DATA / "backups", ignore_errors=True)
    for name in list(os.listdir(DATA)):
        if name.startswith("demo.xlg"):
            (DATA / name).unlink()
    secret = WORK / "demo"
    secret.write_text(DEMO + "\n")
    subprocess.run([str(LINUX), "--ledger", str(DATA / "demo.xlg"), "demo", "--residents", "3000"], check=True, stdout=subprocess.DEVNULL, env={**os.environ, "XIANGLI_PASSPHRASE_FILE": str(secret)})
    for name in os.listdir(DATA):
        if name.startswith("demo.xlg"):
            shutil.copy(DATA / name, linux / name)
    rows = {"wine": [], "linux": []}
    for _ in range(3):
        rows["wine"].append(measured(windows(), DATA, {}))
        rows["linux"].append(measured([str(LINUX)], linux, {"XDG_DATA_HOME": str(linux.parent)}))
    for name, runs in rows.items():
        first, memory, idle = (statistics.median(column) for column in zip(*runs))
        print(f"{name}: third frame after {first:.2f} s, {memory:.0f} MiB resident, {idle:.0f} ticks in 10 idle s (medians of {len(runs)})")


if __name__ == "__main__":
    by_keys()
    session_end()
    other_renderer()
    figures()

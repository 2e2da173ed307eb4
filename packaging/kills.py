#!/usr/bin/env python3
"""Kills the program at random moments while it writes: packaging/kills.py COUNT PROGRAM… --ledger FILE

Every step that was answered before a kill must be in the history afterwards; beside them at most the one that was written and
could not be answered any more. XIANGLI_TEST_SEED repeats a run."""

import json
import os
import random
import subprocess
import sys
import time

STEPS = 40


def history(program):
    """The steps in the ledger, by their uids."""
    done = subprocess.run([*program, "log", "--limit", "100000", "--json"], capture_output=True, check=True)
    return {change["uid"] for change in json.loads(done.stdout)["changes"]}


def answered(line):
    """The step that an answer is about."""
    answer = json.loads(line)
    if not answer.get("ok"):
        raise SystemExit(f"refused: {line!r}")
    return answer["change"]


def main():
    count, program = int(sys.argv[1]), sys.argv[2:]
    seed = int(os.environ.get("XIANGLI_TEST_SEED", time.time()))
    chance = random.Random(seed)
    known, unsaid = history(program), 0
    for kill in range(count):
        process = subprocess.Popen(
            [*program, "batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        process.stdin.write("".join(f"task add 第{kill}次的第{n}件 --due 2026-12-01\n" for n in range(STEPS)).encode())
        process.stdin.flush()
        for _ in range(chance.randint(1, STEPS - 5)):
            known.add(answered(process.stdout.readline()))
        time.sleep(chance.random() * 0.02)
        process.kill()
        # Answers that were on their way when it was killed, but for the one that was cut.
        for line in process.stdout.read().split(b"\n")[:-1]:
            known.add(answered(line))
        process.wait()
        there = history(program)
        if known - there or len(there - known) > 1:
            raise SystemExit(f"seed {seed}, kill {kill}: {len(known - there)} lost, {len(there - known)} never answered")
        unsaid += len(there - known)
        known = there
    print(f"{count} kills (seed {seed}): {len(known)} steps, none lost; {unsaid} written and not yet answered")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a command holds: held.py RESULT COMMAND... runs COMMAND, ends as it ends, and writes two numbers into RESULT (MB).

The first: the most that the command and all below it held at once (PSS), looked at ten times a second. It depends on what
happens to run beside what, and a peak that is shorter than a look is missed. The second: the most that any one process of it
held (RSS), as the kernel counted it (getrusage(2), RUSAGE_CHILDREN: the largest of all descendants that were waited for).
"""
import os
import resource
import subprocess
import sys
import time

LOOKS_A_SECOND = 10


def children(pid):
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children") as file:
                yield from map(int, file.read().split())
    except OSError:  # it has ended
        return


def held_by(pid):
    """kB (PSS) of one process; 0 of one that has ended."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def held_by_tree(pid):
    return held_by(pid) + sum(held_by_tree(child) for child in children(pid))


def main(result, *command):
    running = subprocess.Popen(command)
    peak = 0
    while running.poll() is None:
        peak = max(peak, held_by_tree(running.pid))
        time.sleep(1 / LOOKS_A_SECOND)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with open(result, "w") as file:
        print(peak // 1024, largest // 1024, file=file)
    return running.returncode if running.returncode >= 0 else 128 - running.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares ways to receive the same flood of AppSync `data` frames, as ratios within one run.

The flood comes from a process of its own that writes pre-encoded frames in blocks. Receivers take turns,
so that a machine that slows down slows all of them; the medians of the turns are compared. The result is
void if the flood itself is not clearly faster than the bare socket: then both sides would be capped.
"""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys

BARE, FLOOR = "bare", 0.35
RECEIVERS = {
    "raw": "TCP cut into frames (the flood's ceiling)",
    BARE: "QWebSocket that counts messages (1.00)",
    "client": "EventsClient, events counted",
    "client-text": "EventsClient, JSON text of each event taken",
    "document": "QWebSocket and a QJsonDocument per frame",
}


def measure(folder, mode, frames, size):
    flood = subprocess.Popen([f"{folder}/bench_flood", str(frames), str(size)],
                             stdout=subprocess.PIPE, text=True)
    try:
        port = flood.stdout.readline().strip()
        output = subprocess.run([f"{folder}/bench_receive", mode, port, str(frames)],
                                stdout=subprocess.PIPE, text=True, timeout=120, check=True).stdout
        result = json.loads(output)
        return result["frames"] / result["seconds"], result["cpuSeconds"] / result["frames"] * 1e6
    finally:
        flood.kill()
        flood.wait()


def spread(values, digits):
    return "{:,.{d}f} / {:,.{d}f} / {:,.{d}f}".format(min(values), statistics.median(values),
                                                     max(values), d=digits)


def report(size, rates, costs):
    bare_rate = statistics.median(rates[BARE])
    bare_cost = statistics.median(costs[BARE])
    print(f"\nEvents of {size} bytes")
    print(f"{'receiver':<47}{'rate':>6}{'CPU':>6}   {'1000 frames/s (min / median / max)':<36}us CPU per frame")
    for mode, title in RECEIVERS.items():
        rate = statistics.median(rates[mode]) / bare_rate
        cost = statistics.median(costs[mode]) / bare_cost
        print(f"{title:<47}{rate:>6.2f}{cost:>6.2f}   "
              f"{spread([r / 1000 for r in rates[mode]], 0):<36}{spread(costs[mode], 2)}")
    ceiling = statistics.median(rates["raw"]) / bare_rate
    if ceiling < 1.5:
        print(f"VOID: the flood reaches only {ceiling:.2f} of the bare socket, less than 1.5")
        return False
    reached = statistics.median(rates["client-text"]) / bare_rate
    verdict = "met" if reached >= FLOOR else "MISSED"
    print(f"floor: {FLOOR} of the bare socket with the text taken: {verdict} ({reached:.2f})")
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", default="build/release/bench", help=argparse.SUPPRESS)
    parser.add_argument("--frames", type=int, default=400_000, help="per turn (default %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="turns of each receiver (default %(default)s)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 4000], help="bytes of an event")
    options = parser.parse_args()

    qt = subprocess.run(["qmake6", "-query", "QT_VERSION"], capture_output=True, text=True)
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
          f"Qt {qt.stdout.strip() or 'of unknown version'}; {options.runs} turns of "
          f"{options.frames:,} frames each; rate and CPU as ratios of the bare socket")
    valid = True
    for size in options.sizes:
        frames = max(1, options.frames * 300 // max(size, 300))
        rates = {mode: [] for mode in RECEIVERS}
        costs = {mode: [] for mode in RECEIVERS}
        for _ in range(options.runs):
            for mode in RECEIVERS:
                rate, cost = measure(options.programs, mode, frames, size)
                rates[mode].append(rate)
                costs[mode].append(cost)
        valid = report(size, rates, costs) and valid
    return 0 if valid else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the client and the emulator with others on the same work, as ratios within one run.

The load comes from a process of its own. Whoever is compared takes turns, so that a machine that slows down
slows all of them. Rates are void where the load is not clearly faster than the bare socket: then all would be
capped alike. Ends with 1 if they are void without TLS, or a target is missed.
"""
import argparse
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import capturing  # noqa: E402 (after the switch above)
import fanning  # noqa: E402
import measuring  # noqa: E402
import memory  # noqa: E402
import publishing  # noqa: E402
import receiving  # noqa: E402
import watching  # noqa: E402

BENCHES = {
    "receive": (receiving.receive, "received frames per second and their CPU"),
    "tls": (receiving.tls, "the same over TLS"),
    "subscriptions": (receiving.subscriptions, "200 subscriptions against one"),
    "publish": (publishing.publish, "publishes per second and their latency"),
    "fanout": (fanning.fanout, "the emulator's deliveries to 1, 100 and 1,000 subscribers"),
    "idle": (fanning.idle, "memory of the emulator with 2,000 idle connections"),
    "capture": (capturing.capture, "a million frames recorded, opened and searched"),
    "desktop": (watching.desktop, "the window under 20,000 events a second for some minutes (only when named)"),
    "memory": (memory.memory, "memory of idle subscriptions"),
    "long": (memory.long, "memory over ten million events (only when named)"),
}
LONG = ("long", "desktop")


def main():
    parser = argparse.ArgumentParser(
        prog="./dev bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:<15}{what}" for name, (_, what) in BENCHES.items()))
    parser.add_argument("names", metavar="NAME", nargs="*",
                        help="which to run; all but those that say so unless named")
    parser.add_argument("--runs", type=int, default=5, help="turns (default %(default)s)")
    parser.add_argument("--minutes", type=float, default=5, help="of `desktop` (default %(default)s)")
    parser.add_argument("--picture", type=Path, help="where `desktop` draws its memory over time, as SVG")
    parser.add_argument("--programs", type=Path, default=Path("build/release/bench"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in BENCHES]
    if unknown:
        parser.error(f"there is no {unknown[0]}; there are {', '.join(BENCHES)}")

    with tempfile.TemporaryDirectory() as folder:
        setup = measuring.Setup(options.programs.resolve(), options.runs, measuring.node(),
                                Path(folder) / "certificate.pem", options.minutes, options.picture)
        measuring.describe(setup)
        names = options.names or [name for name in BENCHES if name not in LONG]
        met = [BENCHES[name][0](setup) for name in names]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())

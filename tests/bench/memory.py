# SPDX-License-Identifier: Apache-2.0
"""What subscriptions cost that nothing arrives for, and whether anything grows where much arrives."""
import subprocess

import measuring
from measuring import Series

IDLE = 5_000
LONG_FRAMES = 10_000_000
LONG_CHECKPOINTS = 10


def idle_bytes(setup, mode):
    """Per subscription: the peak of many less the peak of one."""
    peaks = []
    for count in (1, IDLE):
        with measuring.flood(setup, "--subscriptions", count) as server:
            peaks.append(measuring.run([setup.programs / "bench_receive", mode, server.port, "--subscriptions",
                                        count]).peak_bytes)
    return (peaks[1] - peaks[0]) / (IDLE - 1)


def memory(setup):
    bare, client = Series(), Series()
    for _ in range(setup.runs):
        bare.values.append(idle_bytes(setup, "idle-bare"))
        client.values.append(idle_bytes(setup, "idle-client"))
    measuring.table(f"Memory of each of {IDLE:,} idle subscriptions", ["", "ratio", "bytes"], [
        ["an object found by its id: 1.00", bare.over(bare).text(), bare.text(0)],
        ["ChannelSubscription of an EventsClient", client.over(bare).text(), client.text(0)]])
    return True


def resident_bytes(process):
    return int(subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True, text=True,
                              check=True).stdout) * 1024


def long(setup):
    """Ten million events with their text taken: neither the heap nor the resident memory may grow."""
    resident, heap = [], []

    def look(process, line):
        resident.append(resident_bytes(process))
        heap.append(line["heap"])
        process.stdin.write("\n")
        process.stdin.flush()

    with measuring.flood(setup, "--frames", LONG_FRAMES) as server:
        measuring.run([setup.programs / "bench_receive", "client-text", server.port, "--frames", LONG_FRAMES,
                       "--checkpoints", LONG_CHECKPOINTS], on_line=look)
    millions = LONG_FRAMES // LONG_CHECKPOINTS // 1_000_000
    measuring.table("Memory of the receiver of ten million events", ["events received", "resident MiB", "heap KiB"], [
        [f"{(i + 1) * millions} million", f"{resident[i] / 2 ** 20:.2f}",
         f"{heap[i] / 1024:.1f}" if heap[i] >= 0 else "not told"] for i in range(len(resident))])
    # What waits in the socket's buffers comes and goes, some MiB of it. The smallest allocation that is
    # forgotten with each event would be 24 bytes of each.
    def growth(values):
        half = len(values) // 2
        return (min(values[half:]) - min(values[:half])) / (LONG_FRAMES / 2)

    met = [measuring.verdict("resident bytes gained with each event", growth(resident), at_most=1)]
    if heap[0] >= 0:
        met.append(measuring.verdict("heap bytes gained with each event", growth(heap), at_most=1))
    return all(met)

# SPDX-License-Identifier: Apache-2.0
"""One publisher and many subscribers: the emulator against a minimal broker on Node's `ws`, same client."""
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass

import measuring
from measuring import Series

# Subscribers: publishes under way at a time, and publishes that take a second or two.
SIZES = {1: (64, 40_000), 100: (8, 3_000), 1_000: (8, 400)}
IDLE = 2_000
IDLE_LIMIT_MIB = 150


@dataclass
class Server:
    port: str
    key: str
    process: subprocess.Popen
    cpu_seconds: float = 0.0  # once it has ended, as the operating system counts them

    @property
    def pid(self):
        return self.process.pid

    def say(self, line):
        """On its standard input."""
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()


def command(setup, kind):
    if kind == "broker":
        return [setup.node, "--no-warnings", measuring.HERE / "broker.mjs"]
    return [setup.programs / "bench_server"]


@contextmanager
def serving(setup, kind, patience_seconds=measuring.TIMEOUT_SECONDS):
    process = subprocess.Popen([str(part) for part in command(setup, kind)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True, env=measuring.QUIET)
    killer = threading.Timer(patience_seconds, process.kill)
    killer.start()
    line = process.stdout.readline()
    if not line:
        sys.exit(f"bench: the {kind} does not start")
    ready = json.loads(line)
    server = Server(str(ready["port"]), ready["key"], process)
    try:
        yield server
        process.stdin.close()
    except BaseException:
        os.kill(process.pid, signal.SIGKILL)
        raise
    finally:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        killer.cancel()
        process.stdout.close()
        server.cpu_seconds = usage.ru_utime + usage.ru_stime


class Side:
    """One server with so many subscribers."""

    def __init__(self, setup, kind, subscribers):
        self.setup, self.kind, self.subscribers = setup, kind, subscribers
        self.rate, self.p50, self.p99, self.cpu = Series(), Series(), Series(), Series()
        # What starting and connecting take is none of the deliveries' cost.
        self.start = Series([self._run(2)[1] for _ in range(3)]).median

    def _run(self, publishes):
        under_way, _ = SIZES[self.subscribers]
        with serving(self.setup, self.kind) as server:
            result = measuring.run([self.setup.programs / "bench_fanout", "--subscribers", self.subscribers,
                                    "--publishes", publishes, "--under-way", under_way, server.port, server.key])
        return result.output, server.cpu_seconds

    def turn(self):
        output, cpu_seconds = self._run(SIZES[self.subscribers][1])
        self.rate.values.append(output["deliveries"] / output["seconds"])
        self.p50.values.append(output["p50"])
        self.p99.values.append(output["p99"])
        self.cpu.values.append(max(cpu_seconds - self.start, 1e-3) / output["deliveries"])


def compare(setup, subscribers):
    broker, emulator = Side(setup, "broker", subscribers), Side(setup, "emulator", subscribers)
    for _ in range(setup.runs):
        broker.turn()
        emulator.turn()
    measuring.table(
        f"Deliveries of 300 bytes to {subscribers:,} subscribers, as ratios of the broker",
        ["", "rate", "p99", "CPU of the server", "1000 deliveries/s", "p50 ms", "p99 ms", "µs CPU"],
        [[name, side.rate.over(broker.rate).text(), side.p99.over(broker.p99).text(),
          side.cpu.over(broker.cpu).text(), side.rate.text(0, 1e-3), side.p50.text(), side.p99.text(),
          side.cpu.text(2, 1e6)]
         for name, side in (("broker on Node ws: 1.00", broker), ("emulator", emulator))])
    return all([
        measuring.verdict("rate over the broker", emulator.rate.over(broker.rate).median, at_least=1, aim=2),
        measuring.verdict("p99 over the broker's", emulator.p99.over(broker.p99).median, at_most=1),
        measuring.verdict("CPU over the broker's", emulator.cpu.over(broker.cpu).median, at_most=1, aim=0.5)])


def fanout(setup):
    if not setup.node:
        print("\nFan-out: without Node there is nothing to compare with")
        return True
    return all([compare(setup, subscribers) for subscribers in SIZES])


def resident_mib(pid):
    return int(subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True,
                              check=True).stdout) / 1024


def idle(setup):
    """What the emulator needs for connections on which nothing happens, each with a subscription."""
    before, after = Series(), Series()
    for _ in range(setup.runs):
        with serving(setup, "emulator") as server:
            before.values.append(resident_mib(server.pid))

            def look(process, _):
                after.values.append(resident_mib(server.pid))
                process.stdin.write("\n")
                process.stdin.flush()
            measuring.run([setup.programs / "bench_fanout", "--idle", IDLE, server.port, server.key], on_line=look)
    measuring.table("Resident memory of the emulator", ["", "MiB"], [
        ["nobody connected", before.text(1)], [f"{IDLE:,} idle connections with a subscription", after.text(1)]])
    return measuring.verdict(f"MiB with {IDLE:,} idle connections", after.median, at_most=IDLE_LIMIT_MIB)

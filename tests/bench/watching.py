# SPDX-License-Identifier: Apache-2.0
"""The desktop program's real window under load: nothing lost, and it lives."""
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager

import drawing
import fanning
import measuring

RATE = 20_000  # events per second
EVENT_BYTES = 400
COPIES = 20  # senders, each of which numbers its events
BATCH = 5
BURST = 100_000
BUDGET_MIB = 256 * 1e6 / 2 ** 20  # of the traffic in memory, as it is by default
OVER_BUDGET_MIB = 150
FILTER = 'event.kind == "load" && event.n >= 0'  # everything, but each event has to be read for it


@contextmanager
def display():
    """A screen in memory, where there is none; None: the program's own platform."""
    if not shutil.which("Xvfb"):
        sys.exit("bench: Xvfb is missing, which ./dev bench would install")
    read, write = os.pipe()
    process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
                               pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    try:
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software"}
    finally:
        process.terminate()
        process.wait()


def scenario(folder, seconds):
    """Numbered events at the rate, and how many they are."""
    publishes = RATE * seconds // COPIES // BATCH
    path = folder / "load.json"
    path.write_text(json.dumps({"version": 1, "name": "load", "description": "Numbered events.", "actors": [{
        "name": "sender-{copy}", "copies": COPIES, "channel": "demo/load/{copy}", "startMs": 0,
        "everyMs": 1_000 * COPIES * BATCH // RATE, "count": publishes, "batch": BATCH,
        "event": {"copy": {"$get": "copy"}, "n": {"$count": 1}, "kind": "load", "text": "x" * (EVENT_BYTES - 55)}}]}))
    return path, publishes * BATCH * COPIES


def watch(setup, screen, arguments, environment, on_ready=lambda: None):
    """What the window told each second, what it said in the end, and its resident MiB each second."""
    seconds, resident = [], []

    def look(process, line):
        if "ready" in line:
            on_ready()
        elif "painted" in line:
            seconds.append(line)
            resident.append(resident_mib(process))

    result = measuring.run([setup.programs / "bench_desktop", *arguments], {**screen, **environment}, on_line=look,
                           patience_seconds=1_800)
    return seconds, result, resident


def resident_mib(process):
    return int(subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True, text=True,
                              check=True).stdout) / 1024


def under_load(seconds):
    """Those in which events came, without the first, which also painted the window for the first time."""
    received = [0] + [second["received"] for second in seconds]
    return [second for before, second in zip(received, seconds) if second["received"] > before][1:]


def sustained(setup, screen, seconds_wanted):
    path, events = scenario(setup.certificate.parent, seconds_wanted)
    with fanning.serving(setup, "emulator", patience_seconds=1_800) as server:
        seconds, result, resident = watch(
            setup, screen,
            ["--url", f"http://127.0.0.1:{server.port}/event", "--channel", "/demo/load/*", "--events", events,
             "--numbered", COPIES, "--filter", FILTER],
            {"SYNCSCOPE_API_KEY": server.key}, on_ready=lambda: server.say(path))
    return events, seconds, result, resident


def desktop(setup):
    minutes = setup.minutes
    with display() as screen:
        events, seconds, result, resident = sustained(setup, screen, int(60 * minutes))
        burst = absorbed(setup, screen)
    loaded = under_load(seconds)
    end = result.output
    measuring.table(
        f"The window under {RATE:,} events of {EVENT_BYTES} bytes a second for {minutes:g} minutes, filtered", [
            "", "median second", "worst second"], [
            ["events received", f"{rates(loaded)[0]:,.0f}", f"{rates(loaded)[1]:,.0f}"],
            ["pictures painted", *(f"{value:.0f}" for value in spread(loaded, "painted", min))],
            ["ms that the event loop is late, p99", *(f"{value:.1f}" for value in spread(loaded, "p99", max))],
            ["the latest in it", *(f"{value:.1f}" for value in spread(loaded, "worst", max))],
            ["resident MiB", f"{statistics.median(resident):.0f}", f"{max(resident):.0f}"]])
    print(f"  CPU: {result.cpu_seconds / events * 1e6:.1f} µs an event, in {end['fileBytes'] / 2 ** 20:,.0f} MiB of "
          "recording")
    compare_burst(setup, burst)
    if setup.picture:
        drawing.draw(setup.picture, f"Resident memory of the window, {RATE:,} events a second", "MiB",
                     [(second["seconds"], value) for second, value in zip(seconds, resident)],
                     (BUDGET_MIB + OVER_BUDGET_MIB, "limit"))
    return all([
        measuring.verdict("events in the recording, of those sent", end["stored"] / events, at_least=1),
        measuring.verdict("senders of which every number is there, of all", end["numbered"] / COPIES, at_least=1),
        measuring.verdict("p99 of the event loop's lateness in ms, median second", spread(loaded, "p99", max)[0],
                          at_most=33),
        measuring.verdict("pictures in the median second", spread(loaded, "painted", min)[0], at_least=25),
        measuring.verdict("resident MiB over the budget", max(resident) - BUDGET_MIB,
                          at_most=OVER_BUDGET_MIB),
        measuring.verdict("events of the burst in the recording, of those sent", burst["stored"] / BURST, at_least=1)])


def absorbed(setup, screen):
    """A flood as fast as it comes: what the window said in the end."""
    with measuring.flood(setup, "--frames", BURST, "--size", EVENT_BYTES) as server:
        return watch(setup, screen, ["--url", f"http://127.0.0.1:{server.port}/event", "--channel", "/demo/load",
                                     "--events", BURST], {"SYNCSCOPE_API_KEY": "da2-of-no-one"})[1].output


def by_wscat(setup):
    """The seconds in which wscat prints the same flood."""
    if not setup.node:
        return None
    program = measuring.INTEROP / "node_modules" / "wscat" / "bin" / "wscat"
    with measuring.flood(setup, "--frames", BURST, "--size", EVENT_BYTES) as server:
        process = subprocess.Popen(
            [setup.node, program, "--no-color", "-c", f"ws://127.0.0.1:{server.port}/event/realtime", "-s",
             "aws-appsync-event-ws", "-x", '{"type":"connection_init"}', "-x",
             '{"type":"subscribe","id":"1","channel":"/demo/load"}', "-w", "-1"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        begun, received = None, 0
        for line in process.stdout:
            begun = begun or ("subscribe_success" in line and time.monotonic()) or None
            received += '"type":"data"' in line
            if received == BURST:
                break
        seconds = time.monotonic() - begun
        process.terminate()
        process.wait()
    return seconds


def by_page(setup):
    """The seconds in which a plain page in Chromium does."""
    if not setup.node or not shutil.which("chromium"):
        return None
    with measuring.flood(setup, "--frames", BURST, "--size", EVENT_BYTES) as server:
        result = measuring.run([setup.node, "--no-warnings", measuring.HERE / "page.mjs", server.port, BURST])
    return result.output["seconds"]


def compare_burst(setup, burst):
    """A table of all who received it; those that are not installed are left out."""
    peers = [("the window, recorded and shown", burst["seconds"]), ("wscat, printed", by_wscat(setup)),
             ("a plain page in Chromium, the last forty shown", by_page(setup))]
    measuring.table(f"A burst of {BURST:,} events of {EVENT_BYTES} bytes, as ratios of the window", [
        "", "time", "seconds"], [
        [name, f"{seconds / burst['seconds']:.2f}", f"{seconds:.2f}"] for name, seconds in peers if seconds])


def spread(seconds, name, worst):
    values = [second[name] for second in seconds]
    return statistics.median(values), worst(values)


def rates(seconds):
    received = [(second["seconds"], second["received"]) for second in seconds]
    values = [(after[1] - before[1]) / (after[0] - before[0]) for before, after in zip(received, received[1:])]
    return (statistics.median(values), min(values)) if values else (0, 0)

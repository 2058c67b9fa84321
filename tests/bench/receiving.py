# SPDX-License-Identifier: Apache-2.0
"""The same flood of `data` frames, received in several ways."""
import measuring
from measuring import Series

CEILING = 1.5  # of the bare socket, that the flood must reach
TITLES = {
    "raw": "socket cut into frames: the flood's ceiling",
    "bare": "QWebSocket that counts messages: 1.00",
    "client": "EventsClient, events counted",
    "client-text": "EventsClient, JSON text of each event taken",
    "document": "QWebSocket and a QJsonDocument per frame",
    "amplify": "Amplify JS, events counted",
}
# How many frames of 300 bytes take about a second.
FRAMES = {"raw": 1_500_000, "bare": 800_000, "client": 600_000, "client-text": 600_000, "document": 100_000,
          "amplify": 150_000}


class Receiver:
    def __init__(self, setup, mode, size=300, tls=False, subscriptions=1):
        self.setup, self.mode, self.tls, self.subscriptions = setup, mode, tls, subscriptions
        self.size = size
        share = min(1.0, 1.5 * 300 / size) * (0.5 if tls else 1.0)
        self.frames = int(FRAMES[mode] * share)
        self.rate, self.cpu, self.peak, self.flood_cpu = Series(), Series(), Series(), Series()
        # What starting takes, handshake and all, is none of the frames' cost.
        starts = [self._run(2) for _ in range(3)]
        self.start = Series([result.cpu_seconds for result, _ in starts]).median
        self.flood_start = Series([flood_cpu for _, flood_cpu in starts]).median

    def _run(self, frames):
        with measuring.flood(self.setup, "--frames", frames, "--size", self.size, "--subscriptions",
                             self.subscriptions, tls=self.tls) as server:
            if self.mode == "amplify":
                environment = {"NODE_EXTRA_CA_CERTS": str(self.setup.certificate)} if self.tls else {}
                result = measuring.run([self.setup.node, "--no-warnings", measuring.HERE / "amplify.mjs", "receive",
                                        server.port, frames, *(["tls"] if self.tls else [])], environment)
            else:
                result = measuring.run([self.setup.programs / "bench_receive", self.mode, server.port, "--frames",
                                        frames, "--subscriptions", self.subscriptions, *server.trust])
        return result, server.cpu_seconds

    def turn(self):
        result, flood_cpu = self._run(self.frames)
        self.rate.values.append(result.output["frames"] / result.output["seconds"])
        self.cpu.values.append((result.cpu_seconds - self.start) / self.frames)
        self.flood_cpu.values.append((flood_cpu - self.flood_start) / self.frames)
        self.peak.values.append(result.peak_bytes)


def take_turns(receivers, runs):
    for _ in range(runs):
        for receiver in receivers:
            receiver.turn()


def report(title, named, base):
    measuring.table(title, ["", "rate", "CPU per frame", "1000 frames/s", "µs CPU per frame", "peak MiB"], [
        [name, receiver.rate.over(base.rate).text(), receiver.cpu.over(base.cpu).text(),
         receiver.rate.text(0, 1e-3), receiver.cpu.text(2, 1e6), receiver.peak.text(0, 2 ** -20)]
        for name, receiver in named])


def compare(setup, modes, size, tls):
    """False if the result is void or a target is missed."""
    receivers = {mode: Receiver(setup, mode, size, tls) for mode in modes}
    take_turns(receivers.values(), setup.runs)
    bare = receivers["bare"]
    report(f"Received frames, events of {size} bytes{', over TLS' if tls else ''}, as ratios of the bare socket",
           [(TITLES[mode], receiver) for mode, receiver in receivers.items()], bare)
    client = receivers["client-text"]
    met = [measuring.verdict("CPU with the text taken", client.cpu.over(bare.cpu).median, at_most=2.0, aim=1.7)]
    if not is_faster(receivers, tls):
        # To encrypt costs what it costs to decrypt. The CPU of a receiver is what it is, however fast frames come.
        return tls and all(met)
    met.append(measuring.verdict("rate with the text taken", client.rate.over(bare.rate).median, at_least=0.6,
                                 aim=0.8))
    if "amplify" in receivers:
        amplify = receivers["amplify"]
        met.append(measuring.verdict("rate over Amplify JS", client.rate.over(amplify.rate).median, at_least=3))
    return all(met)


def is_faster(receivers, tls):
    """Whether the flood is clearly faster than the bare socket. Over TLS its own CPU tells, since whatever
    receives must decrypt."""
    bare = receivers["bare"]
    ceiling = (bare.cpu.over(bare.flood_cpu) if tls else receivers["raw"].rate.over(bare.rate)).median
    if ceiling >= CEILING:
        return True
    print(f"  VOID    rates: the flood reaches {ceiling:.2f} of the bare socket, less than {CEILING}, and caps all alike")
    return False


def receive(setup):
    modes = [mode for mode in TITLES if mode != "amplify" or setup.node]
    return all([compare(setup, modes, size, tls=False) for size in (300, 4000)])


def tls(setup):
    modes = ["raw", "bare", "client-text", *(["amplify"] if setup.node else [])]
    return all([compare(setup, modes, size, tls=True) for size in (300, 4000)])


def subscriptions(setup):
    """Frames for 200 subscriptions in turn, against as many frames for one."""
    one = Receiver(setup, "client-text")
    many = Receiver(setup, "client-text", subscriptions=200)
    take_turns([one, many], setup.runs)
    report("Frames of one connection, 300 bytes, text taken, as ratios of one subscription",
           [("one subscription: 1.00", one), ("200 subscriptions", many)], one)
    return measuring.verdict("CPU per frame of 200 subscriptions", many.cpu.over(one.cpu).median,
                             at_most=1.1)

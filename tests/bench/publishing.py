# SPDX-License-Identifier: Apache-2.0
"""Publishes over WebSocket with 64 in flight, each acknowledged."""
import measuring
from measuring import Series

TITLES = {
    "raw": "socket without a library: what the other side can do",
    "bare": "QWebSocket, message put together by hand: 1.00",
    "client": "EventsClient",
    "amplify": "Amplify JS",
}
PUBLISHES = {"raw": 200_000, "bare": 200_000, "client": 50_000, "amplify": 5_000}


def run(setup, mode, publishes):
    with measuring.flood(setup) as server:
        if mode == "amplify":
            return measuring.run([setup.node, "--no-warnings", measuring.HERE / "amplify.mjs", "publish", server.port, publishes])
        return measuring.run([setup.programs / "bench_publish", mode, server.port, "--publishes", publishes])


def publish(setup):
    modes = [mode for mode in TITLES if mode != "amplify" or setup.node]
    start = {mode: Series([run(setup, mode, 64).cpu_seconds for _ in range(3)]).median for mode in modes}
    series = {mode: {key: Series() for key in ("rate", "cpu", "p50", "p99")} for mode in modes}
    for _ in range(setup.runs):
        for mode in modes:
            result = run(setup, mode, PUBLISHES[mode])
            output = result.output
            series[mode]["rate"].values.append(output["publishes"] / output["seconds"])
            series[mode]["cpu"].values.append((result.cpu_seconds - start[mode]) / output["publishes"])
            for key in ("p50", "p99"):
                series[mode][key].values.append(output[key])
    bare, client = series["bare"], series["client"]
    measuring.table(
        "Publishes of 300 bytes, 64 in flight, as ratios of the bare socket",
        ["", "rate", "CPU per publish", "1000 publishes/s", "µs CPU per publish", "p50 ms", "p99 ms"],
        [[TITLES[mode], one["rate"].over(bare["rate"]).text(), one["cpu"].over(bare["cpu"]).text(),
          one["rate"].text(1, 1e-3), one["cpu"].text(1, 1e6), one["p50"].text(), one["p99"].text()]
         for mode, one in series.items()])
    # A program that only sends and counts does less than a client that checks, signs and reports.
    met = [measuring.verdict("rate", client["rate"].over(bare["rate"]).median, aim=0.7)]
    if "amplify" in series:
        met.append(measuring.verdict("rate over Amplify JS",
                                     client["rate"].over(series["amplify"]["rate"]).median, at_least=5))
    return all(met)

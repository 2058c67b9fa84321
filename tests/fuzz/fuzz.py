# SPDX-License-Identifier: Apache-2.0
"""Runs the libFuzzer targets (./dev fuzz): each for at least so many seconds and so many inputs."""

import argparse
import concurrent.futures
import json
import math
import os
import pathlib
import random
import re
import shlex
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
BUILD = ROOT / "build" / "fuzz"
# The key of the emulator in tests/fuzz/emulatorpeer.h, where the golden conversations say $apiKey.
API_KEY = "da2-fuzz"
# A target that needs more than so many times its seconds is too slow for its inputs.
PATIENCE = 30
# What only tells more about a finding slows the search down; replaying a finding has all of it.
FAST = {"ASAN_OPTIONS": "malloc_context_size=2:quarantine_size_mb=8:max_malloc_fill_size=0", "QT_HASH_SEED": "0"}


def utf8(text):
    return text.encode(errors="replace")  # lone surrogates have no UTF-8


def golden_frames(service="events"):
    """Every frame that the service is known to send."""
    return [row["frame"] for row in json.loads((FIXTURES / service / "incoming.json").read_text())]


def conversations():
    """What each golden conversation sends, one frame a line, and every single frame of it."""
    for file in sorted((FIXTURES / "emulator").glob("*.json")):
        sent = [step["send"] for step in json.loads(file.read_text())["steps"] if "send" in step]
        texts = [text if isinstance(text, str) else json.dumps(text, separators=(",", ":")) for text in sent]
        texts = [text.replace("$apiKey", API_KEY).replace("\n", " ") for text in texts]
        yield "\n".join(texts)
        yield from texts


def events():
    """The JSON texts inside the golden frames."""
    for frame in golden_frames():
        try:
            value = json.loads(frame).get("event")
        except (json.JSONDecodeError, AttributeError):
            continue
        yield from (text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))


def posts():
    """Golden publishes as HTTP requests, behind the byte that says where to cut."""
    for frame in conversations():
        if '"publish"' in frame and "\n" not in frame:
            yield (f"aPOST /event HTTP/1.1\r\nHost: localhost\r\nx-api-key: {API_KEY}\r\n"
                   f"Content-Length: {len(utf8(frame))}\r\n\r\n{frame}")


def answers():
    return (f"{status}\nBadRequestException\n{frame}" for status in (200, 400) for frame in golden_frames())


def configurations():
    """The files that the importers are tested with."""
    return (file.read_text() for file in sorted((FIXTURES / "import").iterdir()))


def scenarios():
    """Those that come with the emulator."""
    return (file.read_text() for file in sorted((ROOT / "resources" / "scenarios").glob("*.json")))


# Golden seeds beside the inputs kept in tests/fixtures/fuzz/<target>, and the words of the language. The
# slow ones come first, so that the quick ones fill the processors that are left.
TARGETS = {
    "session": (conversations, "json.dict"),
    "frontdoor": (posts, "http.dict"),
    "eventsprotocol": (golden_frames, "json.dict"),
    "graphqlprotocol": (lambda: golden_frames("graphql"), "json.dict"),
    "scenario": (scenarios, "scenario.dict"),
    "faultplan": (lambda: [], "faultplan.dict"),
    "jsonchecker": (lambda: [*golden_frames(), *events()], "json.dict"),
    "cognitoanswer": (lambda: [], "json.dict"),
    "awsanswer": (lambda: [], "json.dict"),
    "awsconfig": (lambda: [], "ini.dict"),
    "graphql": (lambda: [], "graphql.dict"),
    "endpoint": (lambda: [], "endpoint.dict"),
    "jwtclaims": (lambda: [], "json.dict"),
    "publishanswer": (answers, "json.dict"),
    "signaturehelp": (lambda: [], "signature.dict"),
    "captureimport": (lambda: [], "capture.dict"),
    "filter": (lambda: [], "filter.dict"),
    "literalreader": (configurations, "configuration.dict"),
}


class Run:
    """One target: libFuzzer is called until both time and inputs suffice, or something is found."""

    def __init__(self, target, options):
        self.target = target
        self.options = options
        self.program = BUILD / "fuzz" / f"fuzz_{target}"
        self.folder = BUILD / "runs" / target
        self.findings = BUILD / "findings" / target
        self.inputs = 0
        self.seconds = 0.0
        self.edges = 0

    def prepare(self):
        # From nothing but the seeds, so that the same seed number repeats the same run.
        shutil.rmtree(self.folder, ignore_errors=True)
        for folder in (self.folder / "corpus", self.folder / "seeds", self.findings):
            folder.mkdir(parents=True, exist_ok=True)
        golden, self.dictionary = TARGETS[self.target]
        for number, text in enumerate(golden()):
            (self.folder / "seeds" / f"golden-{number}").write_bytes(utf8(text))
        for file in (FIXTURES / "fuzz" / self.target).iterdir():
            shutil.copy(file, self.folder / "seeds")

    def fuzz(self, seed, limits):
        words = pathlib.Path(__file__).with_name(self.dictionary)
        command = [self.program, f"-seed={seed}", *limits, "-print_final_stats=1", "-timeout=10",
                   "-reload=0", f"-artifact_prefix={self.findings}/", f"-dict={words}",
                   self.folder / "corpus", self.folder / "seeds"]
        started = time.monotonic()
        before = set(self.findings.iterdir())
        with open(self.folder / "log", "ab") as log:
            status = subprocess.run(command, stdout=log, stderr=log, env={**os.environ, **FAST}).returncode
        self.seconds += time.monotonic() - started
        text = (self.folder / "log").read_text(errors="replace")
        self.inputs += int((re.findall(r"number_of_executed_units: (\d+)", text) or ["0"])[-1])
        self.edges = int((re.findall(r" cov: (\d+)", text) or ["0"])[-1])
        return status, sorted(set(self.findings.iterdir()) - before)

    def whole(self):
        self.prepare()
        seed = self.options.seed
        # Inputs first: how far they get does not depend on the speed of the machine, so a seed repeats them.
        status, found = self.fuzz(seed, [f"-runs={self.options.inputs}",
                                         f"-max_total_time={PATIENCE * self.options.seconds}"])
        if status == 0 and self.inputs < self.options.inputs:
            return self.report("too slow here for so many inputs"), False
        while status == 0 and self.seconds < self.options.seconds:
            seed += 1
            left = math.ceil(self.options.seconds - self.seconds)
            status, found = self.fuzz(seed, [f"-max_total_time={left}"])
        if status == 0:
            return self.report("nothing found"), True
        return self.report("FAILED") + self.explain(found), False

    def report(self, verdict):
        return (f"{self.target}: {verdict} ({self.inputs:,} inputs in {self.seconds:.0f} s, "
                f"{self.edges} edges, seed {self.options.seed})")

    def explain(self, found):
        lines = [f"  log: {self.folder / 'log'}"]
        for file in found:
            lines.append(f"  again: {shlex.quote(str(self.program))} {shlex.quote(str(file))}")
            lines.append(f"  once it is mended: cp {shlex.quote(str(file))} tests/fixtures/fuzz/{self.target}/NAME")
        return "\n" + "\n".join(lines)


def arguments():
    parser = argparse.ArgumentParser(prog="./dev fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; default: all")
    parser.add_argument("--seed", type=int, help="repeats a run; default: a new one each time")
    parser.add_argument("--seconds", type=int, default=60, help="at least, per target (60)")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="at least, per target (1,000,000)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="targets at a time")
    options = parser.parse_args()
    for target in options.targets:
        if target not in TARGETS:
            parser.error(f"there is no target '{target}', only {', '.join(TARGETS)}")
    options.targets = options.targets or list(TARGETS)
    if options.seed is None:
        options.seed = random.randrange(1, 2**31)
    return options


def main():
    options = arguments()
    print(f"seed {options.seed}; each target for at least {options.seconds} s and {options.inputs:,} inputs; "
          f"progress: {BUILD / 'runs'}/TARGET/log", flush=True)
    good = True
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = [pool.submit(Run(target, options).whole) for target in options.targets]
        for run in concurrent.futures.as_completed(runs):
            text, passed = run.result()
            print(text, flush=True)
            good = good and passed
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

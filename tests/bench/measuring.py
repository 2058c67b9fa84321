# SPDX-License-Identifier: Apache-2.0
"""Running a program beside the flood, and what that took."""
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

TIMEOUT_SECONDS = 180
# Qt 6.4 warns of a connection of its own with every QWebSocket over TLS.
QUIET = {**os.environ, "QT_LOGGING_RULES": "qt.core.qobject.connect=false"}
HERE = Path(__file__).resolve().parent
INTEROP = HERE.parent / "interop"


@dataclass
class Setup:
    """What the command line chose."""
    programs: Path
    runs: int
    node: Path | None  # None: without Amplify JS
    certificate: Path
    minutes: float  # of what takes long
    picture: Path | None  # where that is drawn


@dataclass
class Flood:
    """The server in a process of its own."""
    port: str = ""
    trust: list = field(default_factory=list)  # arguments by which a client trusts it
    cpu_seconds: float = 0.0  # once it has ended, as the operating system counts them


@contextmanager
def flood(setup, *arguments, tls=False):
    trust = ["--certificate", str(setup.certificate)] if tls else []
    process = subprocess.Popen([setup.programs / "bench_flood", *map(str, arguments), *trust],
                               stdout=subprocess.PIPE, text=True)
    server = Flood(process.stdout.readline().strip(), trust)
    killer = threading.Timer(TIMEOUT_SECONDS, process.kill)
    killer.start()
    try:
        yield server
    except BaseException:
        os.kill(process.pid, signal.SIGKILL)  # not process.kill(), which may take the result of wait4()
        raise
    finally:
        _, status, usage = os.wait4(process.pid, 0)  # it ends with its only connection
        process.returncode = os.waitstatus_to_exitcode(status)
        killer.cancel()
        process.stdout.close()
        server.cpu_seconds = usage.ru_utime + usage.ru_stime


@dataclass
class Result:
    output: dict  # the program's last line
    cpu_seconds: float  # of the whole process, as the operating system counts them
    peak_bytes: int


def run(command, environment=None, on_line=None, patience_seconds=TIMEOUT_SECONDS):
    """Runs it to its end. on_line(process, line) is called for each of its lines, and may answer."""
    process = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               text=True, env={**QUIET, **(environment or {})})
    killer = threading.Timer(patience_seconds, process.kill)
    killer.start()
    lines = []
    for line in process.stdout:
        lines.append(json.loads(line))
        if on_line:
            on_line(process, lines[-1])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    killer.cancel()
    process.stdin.close()
    process.stdout.close()
    if process.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} ended with {process.returncode}")
    unit = 1 if platform.system() == "Darwin" else 1024
    return Result(lines[-1] if lines else {}, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


@dataclass
class Series:
    """One quantity over the turns."""
    values: list = field(default_factory=list)

    @property
    def median(self):
        return statistics.median(self.values)

    def over(self, other):
        """Turn by turn, so that a machine that slows down slows both sides."""
        return Series([mine / theirs for mine, theirs in zip(self.values, other.values)])

    def text(self, digits=2, scale=1.0):
        low, high = min(self.values) * scale, max(self.values) * scale
        return f"{self.median * scale:,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"


def table(title, columns, rows):
    print(f"\n{title}")
    cells = [columns, *rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    for row in cells:
        print("  " + row[0].ljust(widths[0]) + "".join(
            "  " + cell.rjust(width) for cell, width in zip(row[1:], widths[1:])))


def verdict(what, value, at_least=None, at_most=None, aim=None):
    """Prints whether the target is met, and the aim beyond it that nothing fails for."""
    limit = at_most if at_least is None else at_least

    def reaches(wanted):
        return value >= wanted if at_most is None else value <= wanted
    met = limit is None or reaches(limit)
    sign = "≥" if at_most is None else "≤"
    wishes = [] if limit is None else [f"target {sign} {limit:g}"]
    if aim is not None:
        wishes.append(f"aim {sign} {aim:g} {'reached' if reaches(aim) else 'not reached'}")
    word = "told" if limit is None else "met" if met else "MISSED"
    print(f"  {word:<6}  {what}: {value:.2f} ({', '.join(wishes)})")
    return met


def node():
    """The Node that tests/interop pins, or None if it is not installed."""
    return next((path for name in ("node", "node.exe")
                 for path in sorted(INTEROP.glob(f"node_modules/node-*/bin/{name}"))), None)


def version_of(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            return next(line.split(":", 1)[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def describe(setup):
    """The machine and the versions, without which no figure means anything."""
    print(f"{platform.system()} {platform.release()}, {processor()}, {os.cpu_count()} processors")
    versions = [f"Qt {version_of('qmake6', '-query', 'QT_VERSION')}"]
    if setup.node:
        lock = json.loads((INTEROP / "package-lock.json").read_text(encoding="utf-8"))
        amplify = lock["packages"]["node_modules/aws-amplify"]["version"]
        sockets = lock["packages"]["node_modules/ws"]["version"]
        versions.append(f"Node {version_of(setup.node, '--version')}, aws-amplify {amplify}, ws {sockets}")
    else:
        versions.append("without Amplify JS, which ./dev bench would install")
    revision = version_of("git", "describe", "--always", "--dirty")
    print(f"{', '.join(versions)}; Syncscope {revision}")
    print(f"{setup.runs} turns; everybody takes turns; median (lowest–highest); ratios are of the same turn")

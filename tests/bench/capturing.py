# SPDX-License-Identifier: Apache-2.0
"""A million frames in a capture: recording, opening and searching, against the lines of a plain file."""
import measuring
from measuring import Series

FRAMES = 1_000_000
FRAME_BYTES = 450  # about, as they cross the wire


def capture(setup):
    parts = ("write", "open", "first", "path", "text", "bytes", "index", "indexed", "indexBytes")
    lines, stored = {part: Series() for part in parts}, {part: Series() for part in parts}
    for _ in range(min(setup.runs, 3)):
        output = measuring.run([setup.programs / "bench_capture", FRAMES], patience_seconds=1_200).output
        for part in parts:
            lines[part].values.append(output["lines"][part])
            stored[part].values.append(output["capture"][part])
    measuring.table(
        f"{FRAMES:,} frames of {FRAME_BYTES} bytes, as ratios of lines in a plain file",
        ["", "time to write", "time to find a text", "size", "write s", "text s", "JSON path s", "MB"],
        [["plain file: 1.00", "1.00", "1.00", "1.00", lines["write"].text(), lines["text"].text(), "",
          lines["bytes"].text(0, 1e-6)],
         ["capture", stored["write"].over(lines["write"]).text(), stored["text"].over(lines["text"]).text(),
          stored["bytes"].over(lines["bytes"]).text(), stored["write"].text(), stored["text"].text(),
          stored["path"].text(), stored["bytes"].text(0, 1e-6)]])
    print(f"  the full-text index: {stored['index'].over(stored['text']).text(0)} searches without it to make, "
          f"{stored['indexBytes'].over(stored['bytes']).text()} of the capture's size, "
          f"{stored['indexed'].over(stored['text']).text(4)} of a search's time with it")
    return all([
        measuring.verdict("seconds to all hits of a text with the index", stored["indexed"].median, at_most=0.1),
        measuring.verdict("size over the frames' bytes", stored["bytes"].over(lines["bytes"]).median, at_most=1.3),
        measuring.verdict("seconds to open, first rows", stored["open"].median, at_most=1),
        measuring.verdict("seconds to the first hit of a path", stored["first"].median, at_most=0.1),
        measuring.verdict("seconds to all hits of a path", stored["path"].median, at_most=2.5),
        measuring.verdict("seconds to all hits of a text", stored["text"].median, at_most=2.5)])

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check-man-page.py PAGE PROGRAM [COMMAND…]: every flag of the program's --help stands in its man page,
and the other way round."""
import os
import pathlib
import re
import subprocess
import sys


def flags(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*[a-z]", text))


def main():
    page, program, *commands = sys.argv[1:]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    helped = set()
    for command in [[], *([name] for name in commands)]:
        output = subprocess.run([program, *command, "--help"], check=True, env=environment,
                                capture_output=True, encoding="utf-8").stdout
        helped |= flags(output)
    documented = flags(pathlib.Path(page).read_text(encoding="utf-8").replace("\\-", "-"))
    for flag in sorted(helped - documented):
        print(f"{page}: {flag} is missing")
    for flag in sorted(documented - helped):
        print(f"{page}: {flag} is not a flag of the program")
    return 1 if helped != documented else 0


if __name__ == "__main__":
    sys.exit(main())

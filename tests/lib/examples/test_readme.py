# SPDX-License-Identifier: Apache-2.0
"""The code that lib/README.md shows is compiled and run: its lines stand in an example, in that order."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
FOLDERS = [ROOT / "lib/examples", ROOT / "tests/lib/install/consumer"]
BLOCK = re.compile(r"^```(cpp|qml|cmake)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def code_lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def stands_in(block, source):
    remaining = iter(code_lines(source))
    return all(line in remaining for line in code_lines(block))


class Readme(unittest.TestCase):
    def test_code_stands_in_an_example(self):
        sources = [path.read_text(encoding="utf-8")
                   for folder in FOLDERS for path in folder.iterdir() if path.is_file()]
        blocks = BLOCK.findall((ROOT / "lib/README.md").read_text(encoding="utf-8"))
        self.assertGreater(len(blocks), 5)
        for language, block in blocks:
            with self.subTest(language):
                self.assertTrue(any(stands_in(block, source) for source in sources), block)

    def test_other_code_does_not(self):
        self.assertTrue(stands_in("a();\n\nc();", "  a();\n  b();\n  c();"))
        self.assertFalse(stands_in("c();\na();", "a();\nb();\nc();"))


if __name__ == "__main__":
    unittest.main()

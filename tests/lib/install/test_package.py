# SPDX-License-Identifier: Apache-2.0
"""Installs the build, moves it, and builds and runs programs of others against it, outside the tree.

test_package.py SETTINGS.json [unittest's options]
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SETTINGS = json.loads(pathlib.Path(sys.argv.pop(1)).read_text(encoding="utf-8"))


def run(*command, cwd=None, environment=None):
    """Its output; an AssertionError with that if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        build = pathlib.Path(SETTINGS["build"])
        first = build / "package-test"
        shutil.rmtree(first, ignore_errors=True)
        # Shared libraries count as Runtime, as do the programs of this project.
        for component in ("Runtime", "Development") if SETTINGS["shared"] else ("Development",):
            run(SETTINGS["cmake"], "--install", build, "--prefix", first,
                "--config", SETTINGS["config"], "--component", component)
        cls.outside = pathlib.Path(tempfile.mkdtemp(prefix="appsyncqt-"))
        cls.addClassCleanup(shutil.rmtree, cls.outside)
        # Not where it was installed: a prefix may be moved.
        cls.prefix = cls.outside / "moved"
        shutil.move(first, cls.prefix)
        cls.source = cls.outside / "consumer"
        shutil.copytree(HERE / "consumer", cls.source)
        cls.libraries = cls.prefix / SETTINGS["libraries"]
        cls.environment = os.environ | {
            "PATH": os.pathsep.join([str(cls.prefix / "bin"), os.environ.get("PATH", "")]),
            "LD_LIBRARY_PATH": str(cls.libraries),
            "DYLD_LIBRARY_PATH": str(cls.libraries),
            "PKG_CONFIG_PATH": str(cls.libraries / "pkgconfig"),
        }

    def installed(self):
        return [path for path in self.prefix.rglob("*") if path.is_file()]

    def test_private_headers_stay_behind(self):
        headers = [path for path in self.installed() if path.suffix == ".h"]
        self.assertIn("eventsclient.h", {path.name for path in headers})
        self.assertEqual([path for path in headers if path.name.endswith("_p.h")], [])

    def test_texts_name_no_folder_of_this_machine(self):
        for path in self.installed():
            if path.suffix in {".cmake", ".pc", ".h", ".qmltypes"} or path.name == "qmldir":
                text = path.read_text(encoding="utf-8")
                self.assertNotIn(SETTINGS["source"], text, path)

    def test_cmake_consumer(self):
        build = self.outside / "build"
        run(SETTINGS["cmake"], "-S", self.source, "-B", build, "-G", SETTINGS["generator"],
            f"-DCMAKE_PREFIX_PATH={self.prefix}", *SETTINGS["options"])
        run(SETTINGS["cmake"], "--build", build, "--config", SETTINGS["config"])
        # The loader finds the libraries by itself here, by the run path that CMake left.
        told = run(SETTINGS["ctest"], "--output-on-failure", "-C", SETTINGS["config"], "--timeout", "60",
                   cwd=build, environment=os.environ | {"PATH": self.environment["PATH"]})
        self.assertIn("100% tests passed, 0 tests failed out of 3", told)

    @unittest.skipIf(os.name == "nt", "compilers on Windows do not take pkg-config's flags")
    def test_pkg_config_consumer(self):
        packages = ["appsyncqt", "appsyncqt-emulator"]
        flags = run("pkg-config", "--cflags", "--libs", *packages, environment=self.environment).split()
        self.assertIn("-lAppSyncQt", flags)
        program = self.outside / "pkgconfig"
        run(SETTINGS["compiler"], *SETTINGS["flags"].split(), "-std=c++20", "-fPIC",
            self.source / "pkgconfig.cpp", "-o", program, *flags)
        run(program, environment=self.environment)

    @unittest.skipIf(os.name == "nt", "compilers on Windows do not take pkg-config's flags")
    def test_pkg_config_names_what_an_archive_needs(self):
        flags = run("pkg-config", "--cflags", "--libs", "appsyncqt", environment=self.environment)
        self.assertEqual("-DAPPSYNC_STATIC_DEFINE" in flags, not SETTINGS["shared"])
        self.assertEqual("-lQt6WebSockets" in flags, not SETTINGS["shared"])


if __name__ == "__main__":
    unittest.main()

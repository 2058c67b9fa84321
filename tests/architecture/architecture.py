#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a layer includes, imports or links upward. Prints one line for each violation.

architecture.py ROOT [--qt-headers DIR] [--link-graph FILE]    layers, imports, file sizes, licences
architecture.py ROOT --files-only                              file sizes and licences
"""
import argparse
import fnmatch
import os
import pathlib
import re
import sys

import rules

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
IMPORT = re.compile(r'^\s*import\s+("?[\w.:/-]+"?)')
FORWARDED = re.compile(r"([\w./]+\.h)=(\w+)")


def layer_of(path):
    """The layer that holds `path`, or None."""
    fitting = [layer for layer in rules.LAYERS if path == layer or path.startswith(layer + "/")]
    return max(fitting, key=len, default=None)


def files_below(root, *folders):
    """Paths relative to `root` of all files below its `folders`, build results left out."""
    skipped = {"build", "node_modules", ".git", ".cache", "__pycache__"}
    for folder in folders:
        for place, folders_here, names in os.walk(root / folder):
            folders_here[:] = [name for name in folders_here if name not in skipped]
            for name in names:
                yield (pathlib.Path(place) / name).relative_to(root).as_posix()


def qt_modules(headers):
    """Which Qt module a header belongs to: {"QColor": "QtGui", "qcolor.h": "QtGui", …}."""
    modules = {}
    if headers:
        folders = [*headers.glob("Qt*/"), *headers.glob("Qt*.framework/Headers")]
        for folder in folders:
            module = next(p for p in folder.parts if p.startswith("Qt") and p != headers.name)
            for entry in folder.iterdir():
                modules.setdefault(entry.name, module.removesuffix(".framework"))
    return modules


def forwarded_headers(root):
    """Where `#include <AppSync/Name>` leads, as lib's CMake files say."""
    names = {"appsync_export.h": "lib/core", "appsync_emulator_export.h": "lib/emulator",
             "appsync_graphql_export.h": "lib/graphql"}
    for path in files_below(root, "lib"):
        if path.endswith("CMakeLists.txt"):
            folder = pathlib.PurePosixPath(path).parent
            for header, name in FORWARDED.findall((root / path).read_text(encoding="utf-8")):
                names[name] = (folder / header).as_posix()
    return names


def include_lines(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if match := INCLUDE.match(line):
            yield number, *match.groups()


class Includes:
    """Follows the include lines of C++ files to a file of ours or to a module of others."""

    def __init__(self, root, qt_headers=None):
        self.root = root
        self.forwarded = forwarded_headers(root)
        self.modules = qt_modules(qt_headers)

    def own_file(self, source, quote, name):
        if name.startswith("AppSync/"):
            return self.forwarded.get(name.removeprefix("AppSync/"), f"lib/unknown/{name}")
        places = [pathlib.PurePosixPath(name)]
        if quote == '"':
            places.insert(0, pathlib.PurePosixPath(source).parent / name)
        for place in places:
            path = os.path.normpath(place).replace(os.sep, "/")
            if (self.root / path).is_file():
                return path
        return None

    def module(self, name):
        for prefix, module in rules.HEADER_PREFIXES.items():
            if name.startswith(prefix):
                return module
        folder, _, rest = name.partition("/")
        if rest:
            return folder if folder.startswith("Qt") else None
        if name in self.modules:
            return self.modules[name]
        # A Qt header that is not installed belongs to a module that nobody should use.
        return f"a Qt module that is not installed ({name})" if re.match(r"Q[A-Z]", name) else None

    def problem(self, source, layer, quote, name):
        target = self.own_file(source, quote, name)
        if target:
            return own_problem(source, layer, target)
        module = self.module(name)
        return module_problem(source, layer, module) if module else None


def own_problem(source, layer, target):
    other = layer_of(target)
    if other is None:
        return None if target.startswith("resources/") else f"{target} belongs to no layer"
    if other != layer and other not in rules.LAYERS[layer][0]:
        return f"{layer} may not include {target}"
    if target.startswith("lib/") and target.endswith("_p.h") and not source.startswith("lib/"):
        return f"{target} is private to the library"
    return None


def licence_problem(module):
    return f"{module} is GPL only" if module in rules.GPL_ONLY else None


def module_problem(source, layer, module):
    if problem := licence_problem(module):
        return problem
    if module in rules.ONLY_IN:
        if any(fnmatch.fnmatch(source, pattern) for pattern in rules.ONLY_IN[module]):
            return None
        return f"{module} may be used in {', '.join(rules.ONLY_IN[module])} only"
    if module not in rules.LAYERS[layer][1]:
        return f"{layer} may not use {module}"
    return None


def include_violations(root, qt_headers):
    includes = Includes(root, qt_headers)
    for source in files_below(root, "lib", "app", "qml", "tests"):
        if not source.endswith((".cpp", ".h", ".mm")):
            continue
        layer = layer_of(source)
        is_test = source.startswith("tests/")
        if layer is None and not is_test:
            yield f"{source}: this folder is no layer"
            continue
        for number, quote, name in include_lines(root / source):
            # Tests may reach into every layer; for them only the licences count.
            problem = licence_problem(includes.module(name)) if is_test \
                else includes.problem(source, layer, quote, name)
            if problem:
                yield f"{source}:{number}: {problem}"


def import_violations(root):
    for source in files_below(root, "qml", "lib", "tests"):
        if not source.endswith(".qml"):
            continue
        lines = (root / source).read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            match = IMPORT.match(line)
            problem = import_problem(source, match.group(1)) if match else None
            if problem:
                yield f"{source}:{number}: {problem}"


def import_problem(source, module):
    if module.replace(".", "").startswith(tuple(rules.GPL_ONLY)):
        return f"{module} is GPL only"
    if source.startswith("tests/") or module in rules.QML_IMPORTS:
        return None
    if module.startswith(rules.QML_QT_IMPORTS):
        return None
    return f"QML may import {', '.join(sorted(rules.QML_IMPORTS))} and Qt, not {module}"


def read_link_graph(path):
    """{target: (folder, [what it links])} from what link_graph.cmake wrote."""
    graph = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        folder, target, links = line.split("|")
        graph[target] = (folder, [link for link in links.split(",") if link])
    return graph


def link_violations(graph):
    for target, (folder, links) in sorted(graph.items()):
        for link in links:
            problem = link_problem(graph, folder, link)
            if problem:
                yield f"{folder}/CMakeLists.txt: target {target}: {problem}"


def layers_of_folder(folder):
    """The layers that the targets of a folder are made of; none for tests and the top folder."""
    if folder == "lib":
        return {"lib/core", "lib/wire", "lib/auth", "lib/client"}
    return {layer_of(folder)} - {None}


def link_problem(graph, folder, link):
    module = link_module(link)
    layers = layers_of_folder(folder)
    if not layers and folder.startswith(("lib", "app", "qml")):
        return f"{folder} is no layer"
    if not layers or link in rules.LINK_ALWAYS:
        return licence_problem(module)
    if link in graph:
        usable = layers.union(*(rules.LAYERS[layer][0] for layer in layers))
        other = graph[link][0]
        return None if usable & layers_of_folder(other) else f"may not link {link} of {other}"
    if module is None:
        return f"links {link}, which no rule knows"
    if problem := licence_problem(module):
        return problem
    if not any(may_link(layer, module) for layer in layers):
        return f"may not link {link}"
    return None


def may_link(layer, module):
    if module in rules.ONLY_IN:
        return any(pattern.startswith(layer + "/") for pattern in rules.ONLY_IN[module])
    return module in rules.LAYERS[layer][1]


def link_module(link):
    for prefix, module in rules.LINK_PREFIXES.items():
        if link.startswith(prefix):
            return module
    match = re.match(r"Qt6?::(\w+)", link)
    return "Qt" + match.group(1).removesuffix("Private") if match else None


def file_violations(root):
    for path in files_below(root, ""):
        name = pathlib.PurePosixPath(path)
        if not {name.suffix, name.name} & (rules.LICENSED | set(rules.MAXIMUM_LINES)):
            continue
        lines = (root / path).read_text(encoding="utf-8").splitlines()
        limits = rules.MAXIMUM_TEST_LINES if path.startswith("tests/") else rules.MAXIMUM_LINES
        limit = limits.get(name.suffix)
        if limit and len(lines) > limit:
            yield f"{path}: {len(lines)} lines, more than {limit}: is it one thing?"
        if {name.suffix, name.name} & rules.LICENSED and not any(
                "SPDX-License-Identifier:" in line for line in lines[:5]):
            yield f"{path}: no SPDX-License-Identifier among its first lines"


def violations(root, qt_headers=None, link_graph=None):
    yield from include_violations(root, qt_headers)
    yield from import_violations(root)
    if link_graph:
        yield from link_violations(read_link_graph(link_graph))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--qt-headers", type=pathlib.Path)
    parser.add_argument("--link-graph", type=pathlib.Path)
    parser.add_argument("--files-only", action="store_true")
    arguments = parser.parse_args()
    found = list(file_violations(arguments.root))
    if not arguments.files_only:
        found += violations(arguments.root, arguments.qt_headers, arguments.link_graph)
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

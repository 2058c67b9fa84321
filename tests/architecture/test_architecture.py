# SPDX-License-Identifier: Apache-2.0
"""Plants violations in a small tree and sees that architecture.py finds each of them, and nothing else."""
import pathlib
import tempfile
import unittest

import architecture

LAWFUL = {
    "lib/CMakeLists.txt": "appsync_public_headers(appsync APPSYNC core/error.h=Error auth/key.h=Key)",
    "lib/emulator/CMakeLists.txt": "appsync_public_headers(appsync_emulator E emulator.h=Emulator)",
    "lib/core/error.h": "#include <QString>\n#include <AppSync/appsync_export.h>\n#include <vector>\n",
    "lib/core/logging_p.h": "#include <QLoggingCategory>\n",
    "lib/wire/protocol_p.h": '#include "../core/error.h"\n',
    "lib/auth/key.h": '#include "../core/error.h"\n',
    "lib/auth/cognito/srp_p.cpp": "#include <openssl/bn.h>\n",
    "lib/client/client.cpp": '#include "client.moc"\n#include "../wire/protocol_p.h"\n',
    "lib/emulator/emulator.h": "#include <QTcpServer>\n#include <AppSync/appsync_emulator_export.h>\n",
    "app/core/store.h": "#include <AppSync/Error>\n#include <AppSync/Key>\n",
    "app/core/secretstore.cpp": "#include <qt6keychain/keychain.h>\n",
    "app/ui/model.h": '#include "app/core/store.h"\n#include <QColor>\n',
    "app/cli/main.cpp": "#include <CLI/CLI.hpp>\n#include <AppSync/Emulator>\n",
    "qml/Main.qml": "import QtQuick\nimport QtQuick.Controls\nimport Syncscope\nimport AppSync\n",
    "tests/lib/tst_protocol.cpp": '#include "lib/wire/protocol_p.h"\n#include <QSignalSpy>\n',
}
QT_HEADERS = {
    "QtCore": ["QString", "QObject", "QLoggingCategory"],
    "QtNetwork": ["QTcpServer"],
    "QtGui": ["QColor"],
    "QtQml": ["QQmlEngine"],
    "QtSql": ["QSqlQuery"],
    "QtCharts": ["QChart"],
    "QtTest": ["QSignalSpy"],
}


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name) / "tree"
        self.qt = pathlib.Path(folder.name) / "qt"
        for module, names in QT_HEADERS.items():
            for name in names:
                self.write(self.qt / module / name, "")
        for path, text in LAWFUL.items():
            self.write(self.root / path, text)

    @staticmethod
    def write(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def found(self):
        return list(architecture.violations(self.root, self.qt))


class Includes(Tree):
    def test_lawful_tree_passes(self):
        self.assertEqual(self.found(), [])

    def test_each_planted_line_is_found(self):
        planted = [
            ("lib/core/error.cpp", '#include "../client/client.h"', "lib/client/client.h"),
            ("lib/core/a.cpp", "#include <QColor>", "QtGui"),
            ("lib/core/b.cpp", "#include <QtGui/QColor>", "QtGui"),
            ("lib/wire/c.cpp", "#  include <QQmlEngine>", "QtQml"),
            ("lib/auth/d.cpp", '#include "lib/client/client.h"', "lib/client/client.h"),
            ("lib/client/e.cpp", "#include <AppSync/Key>", "lib/auth/key.h"),
            ("lib/client/f.cpp", "#include <openssl/evp.h>", "openssl"),
            ("lib/emulator/g.cpp", "#include <AppSync/Error>", "lib/core/error.h"),
            ("lib/emulator/h.cpp", '#include "../wire/protocol_p.h"', "lib/wire/protocol_p.h"),
            ("lib/emulator/session.cpp", "#include <openssl/x509.h>", "openssl"),
            ("lib/emulator/i.cpp", "#include <AppSync/appsync_export.h>", "lib/core"),
            ("app/core/j.cpp", "#include <QQmlEngine>", "QtQml"),
            ("app/core/k.cpp", "#include <QSqlQuery>", "QtSql"),
            ("app/core/l.cpp", "#include <qt6keychain/keychain.h>", "qtkeychain"),
            ("app/core/m.cpp", '#include "app/ui/model.h"', "app/ui/model.h"),
            ("app/core/n.cpp", '#include "lib/wire/protocol_p.h"', "lib/wire/protocol_p.h"),
            ("app/core/o.cpp", '#include "lib/core/logging_p.h"', "private"),
            ("app/cli/p.cpp", "#include <QColor>", "QtGui"),
            ("app/ui/q.cpp", "#include <QChart>", "GPL"),
            ("app/ui/r.cpp", "#include <QWidget>", "not installed"),
            ("app/extra/s.cpp", "", "no layer"),
            ("qml/Bad.qml", "import QtCharts", "GPL"),
            ("qml/Worse.qml", 'import "helpers.js" as Helpers', "helpers.js"),
            ("tests/app/tst_chart.cpp", "#include <QtCharts/QChart>", "GPL"),
        ]
        self.write(self.root / "lib/client/client.h", "")
        for path, line, word in planted:
            with self.subTest(path=path, line=line):
                existed = self.root / path
                self.write(existed, f"// first line\n{line}\n")
                found = self.found()
                existed.unlink()
                self.assertEqual(len(found), 1, found)
                self.assertIn(path, found[0])
                self.assertIn(word, found[0])


class Links(unittest.TestCase):
    GRAPH = """\
lib|appsync|Qt6::Core,Qt6::Network,Qt6::WebSockets
lib/emulator|appsync_emulator|Qt6::Core,OpenSSL::Crypto
lib/qml|appsync_qml|appsync,Qt6::Qml
app/core|syncscope_core|appsync,Qt6::Core,Qt6::Sql
app/ui|syncscope_ui|syncscope_core,Qt6::Quick
app/cli|syncscope-cli|syncscope_core,appsync_emulator,CLI11::CLI11
app/gui|syncscope|syncscope_ui,appsync_emulator,appsync_qml
tests/lib|tst_x|appsync,Qt6::Test
"""

    def found(self, *planted):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "graph"
            path.write_text(self.GRAPH + "\n".join(planted), encoding="utf-8")
            return list(architecture.link_violations(architecture.read_link_graph(path)))

    def test_lawful_graph_passes(self):
        self.assertEqual(self.found(), [])

    def test_each_planted_edge_is_found(self):
        for edge in ["lib|p|Qt6::Gui", "lib|p|Qt6::Sql", "lib|p|syncscope_core", "lib|p|appsync_emulator",
                     "lib/emulator|p|appsync", "lib/emulator|p|Qt6::Qml", "app/core|p|Qt6::Gui",
                     "app/core|p|syncscope_ui", "app/cli|p|syncscope_ui", "app/cli|p|Qt6::Quick",
                     "app/ui|p|Qt6::Sql", "app/ui|p|OpenSSL::Crypto", "app/ui|p|Qt6::Charts",
                     "app/ui|p|appsync,Qt6::HttpServer", "tests/lib|p|Qt6::NetworkAuth", "app|p|Qt6::Core",
                     "app/core|p|mystery"]:
            with self.subTest(edge=edge):
                found = self.found(edge)
                self.assertEqual(len(found), 1, found)
                self.assertIn("target p:", found[0])


class Files(Tree):
    def test_length_and_licence(self):
        self.write(self.root / "qml/Long.qml", "// SPDX-License-Identifier: Apache-2.0\n" + "\n" * 250)
        self.write(self.root / "qml/Fits.qml", "// SPDX-License-Identifier: Apache-2.0\n" + "\n" * 249)
        self.write(self.root / "app/gui/main.cpp", "int main() {}\n")
        found = [line for line in architecture.file_violations(self.root)
                 if not line.startswith(tuple(LAWFUL))]
        self.assertEqual(len(found), 2, found)
        self.assertIn("app/gui/main.cpp: no SPDX", "\n".join(found))
        self.assertIn("qml/Long.qml: 251 lines", "\n".join(found))


if __name__ == "__main__":
    unittest.main()

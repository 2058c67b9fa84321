// SPDX-License-Identifier: Apache-2.0
#include "confinement.h"
#include "script.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

#include <cstdlib>
#include <iostream>
#include <string>

using namespace Qt::StringLiterals;
using namespace AppSync::Handlers;

namespace {

//! Asked and answered a line of JSON at a time. `{"load": CODE}` brings JavaScript; everything else is a call
//! of it. A version that cannot be loaded leaves the one before it where it is.
int serve(int patience)
{
    std::unique_ptr<Script> script;
    for (std::string line; Confinement::endAfter(0), std::getline(std::cin, line);) {
        Confinement::endAfter(patience);
        const QByteArray bytes = QByteArray::fromStdString(line);
        const QJsonObject message = QJsonDocument::fromJson(bytes).object();
        if (!message.contains("load"_L1)) {
            if (script)
                script->call(QString::fromUtf8(bytes));
            continue;
        }
        Script::Problem problem;
        if (auto next = Script::load(message.value("load"_L1).toString(), &problem))
            script = std::move(next);
        const QJsonObject answer{{u"id"_s, message.value("id"_L1)},
                                 {u"problem"_s, problem.message},
                                 {u"line"_s, problem.line}};
        Native::writeLine(QJsonDocument(answer).toJson(QJsonDocument::Compact));
    }
    return 0;
}

} // namespace

//! Runs JavaScript for the emulator, which tells it the memory in bytes and the longest call in seconds.
int main(int argc, char **argv)
{
    // No code is made at run time: slower, but with less that can go wrong.
    qputenv("QV4_FORCE_INTERPRETER", "1");
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(u"qt.qml.compiler=false"_s); // has opinions on style
    const qint64 memory = application.arguments().value(1).toLongLong();
    const int patience = application.arguments().value(2).toInt();
    if (memory <= 0 || patience <= 0) {
        std::cerr << "This program belongs to the local AppSync, which starts it itself.\n";
        return 2;
    }
    Script::Problem problem;
    Script::load(u"export const handler = null;"_s, &problem); // what Qt opens at first use
    if (!Confinement::confine(memory))
        std::cerr << "The memory of JavaScript is not limited on this system.\n";
    // At once: nothing is left to save, and no file could be opened on the way out.
    std::_Exit(serve(patience));
}

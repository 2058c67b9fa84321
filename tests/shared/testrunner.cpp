// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <QFileInfo>

#include <cstdio>
#include <map>

namespace {

std::map<QByteArray, TestRunner::Run> &tests()
{
    static std::map<QByteArray, TestRunner::Run> tests;
    return tests;
}

int usage(const char *program)
{
    std::fprintf(stderr,
                 "Usage: %s TEST [OPTIONS and functions, as for any program of Qt Test]\nTests:\n",
                 program);
    for (const auto &[name, run] : tests())
        std::fprintf(stderr, "  %s\n", name.constData());
    return 2;
}

} // namespace

bool TestRunner::add(const char *file, Run run)
{
    return tests()
        .emplace(QFileInfo(QString::fromLocal8Bit(file)).completeBaseName().toUtf8(), run)
        .second;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return usage(argv[0]);
    const auto test = tests().find(argv[1]);
    if (test == tests().end())
        return usage(argv[0]);
    // Each has folders and settings of its own, which are named after the application.
    QCoreApplication::setApplicationName(QString::fromUtf8(test->first));
    std::copy(argv + 2, argv + argc + 1, argv + 1);
    int rest = argc - 1;
    return test->second(rest, argv);
}

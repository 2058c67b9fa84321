// SPDX-License-Identifier: Apache-2.0
#include "app/cli/inputfile.h"

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

std::optional<QByteArray> readInput(const QString &path, qint64 most, Problem *problem)
{
    const bool isStdin = path == u"-";
    const QString name = isStdin ? u"standard input"_s : path;
    QFile file(path);
    const bool isOpen =
        isStdin ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    const QByteArray bytes = isOpen ? file.read(most + 1) : QByteArray();
    if (!isOpen || file.error() != QFileDevice::NoError)
        *problem = Problem::file(u"Cannot read %1: %2."_s.arg(name, file.errorString()));
    else if (bytes.size() > most)
        *problem = Problem::file(u"%1 has more than %2 MB."_s.arg(name).arg(most / 1024 / 1024));
    else
        return bytes;
    return std::nullopt;
}

} // namespace Syncscope::Cli

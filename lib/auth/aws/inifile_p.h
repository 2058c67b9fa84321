// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace AppSync {

//! One `[name]` of an ini file as the tools of AWS write and read them.
struct IniSection {
    QString name; //!< what stands between the brackets
    QHash<QString, QString> values; //!< keys in lower case; a value that continues has line breaks
    QHash<QString, QHash<QString, QString>> blocks; //!< of a key without a value: the lines below

    friend bool operator==(const IniSection &, const IniSection &) = default;
};

//! What an ini file says, or why it cannot be read. The problem quotes nothing: a line may be a secret.
struct IniFile {
    QList<IniSection> sections;
    QString problem; //!< empty: none
    int line = 0; //!< where the problem is, from 1

    static IniFile parse(QStringView text);
};

} // namespace AppSync

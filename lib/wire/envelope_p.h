// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/jsonscanner_p.h"
#include "protocol_p.h"

#include <cstring>

QT_BEGIN_NAMESPACE
class QJsonValue;
QT_END_NAMESPACE

namespace AppSync {

//! The places of the members that matter of a message: those that every message may have, and the one that
//! holds what it carries.
struct Envelope {
    JsonScanner::Value type;
    JsonScanner::Value id;
    JsonScanner::Value content;
    bool isComplete = false;

    //! \a content is the name of the member that holds what the message carries.
    static Envelope scanned(QStringView text, QStringView content);
};

//! Whether \a text is \a word: what Qt's comparison says, without a call. It runs for every frame.
template <size_t size> bool isWord(QStringView text, const char16_t (&word)[size])
{
    constexpr size_t kLength = size - 1;
    return text.size() == qsizetype(kLength)
        && std::memcmp(text.utf16(), word, kLength * sizeof(char16_t)) == 0;
}

//! What the string \a value says; \a resolved keeps it where that is not what stands in \a text.
QStringView viewOf(const QString &text, const JsonScanner::Value &value, QString &resolved);

//! A message that cannot be read; \a why is marked with QT_TRANSLATE_NOOP for AppSync::Error.
Incoming malformed(Error::Kind kind, const char *why);

//! What an ack names as its timeout; 0 for what no timer can take: nobody waits longer than a connection lives.
std::chrono::milliseconds connectionTimeout(const QJsonValue &value);

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#include "envelope_p.h"

#include "../core/jsonstring_p.h"

#include <QCoreApplication>
#include <QJsonValue>

namespace AppSync {

namespace {

JsonScanner::Value &memberOf(Envelope &envelope, QStringView name, QStringView content,
                             JsonScanner::Value &other)
{
    if (isWord(name, u"type"))
        return envelope.type;
    if (isWord(name, u"id"))
        return envelope.id;
    return name == content ? envelope.content : other;
}

} // namespace

Envelope Envelope::scanned(QStringView text, QStringView content)
{
    Envelope envelope;
    JsonScanner scanner(text);
    if (!scanner.enter(u'{'))
        return envelope;
    JsonScanner::Key key;
    JsonScanner::Value other;
    while (scanner.nextKey(key)) {
        auto &value = key.hasEscapes
            ? memberOf(envelope, JsonString::unescaped(key.name), content, other)
            : memberOf(envelope, key.name, content, other);
        if (!scanner.value(value))
            return envelope;
    }
    envelope.isComplete = scanner.atProperEnd() && scanner.nothingFollows();
    return envelope;
}

QStringView viewOf(const QString &text, const JsonScanner::Value &value, QString &resolved)
{
    const QStringView literal = QStringView(text).sliced(value.begin, value.end - value.begin);
    if (!value.hasEscapes)
        return literal;
    resolved = JsonString::unescaped(literal);
    return resolved;
}

Incoming malformed(Error::Kind kind, const char *why)
{
    Incoming incoming;
    incoming.problemKind = kind;
    incoming.problem = QCoreApplication::translate("AppSync::Error", why);
    return incoming;
}

std::chrono::milliseconds connectionTimeout(const QJsonValue &value)
{
    const std::chrono::milliseconds timeout(value.toInteger());
    return timeout.count() > 0 && timeout <= std::chrono::hours(24) ? timeout
                                                                    : std::chrono::milliseconds(0);
}

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#include "event.h"

#include "jsonstring_p.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace AppSync {

Event::Event(const QString &frame, qsizetype begin, qsizetype end, bool hasEscapes)
    : m_source(frame), m_begin(begin), m_end(end), m_hasEscapes(hasEscapes)
{
}

Event Event::fromJson(const QByteArray &json)
{
    const QString text = QString::fromUtf8(json);
    return Event(text, 0, text.size(), false);
}

QDateTime Event::receivedAt() const
{
    return QDateTime::fromMSecsSinceEpoch(receivedAtMs).toUTC();
}

QByteArray Event::json() const
{
    const QStringView literal = QStringView(m_source).sliced(m_begin, m_end - m_begin);
    return m_hasEscapes ? JsonString::unescapedUtf8(literal) : literal.toUtf8();
}

QString Event::text() const
{
    const QStringView literal = QStringView(m_source).sliced(m_begin, m_end - m_begin);
    return m_hasEscapes ? JsonString::unescaped(literal) : literal.toString();
}

QJsonValue Event::payload() const
{
    // QJsonDocument of Qt 6.4 takes objects and arrays only; an event may be any value.
    const QJsonDocument document = QJsonDocument::fromJson('[' + json() + ']');
    const QJsonArray array = document.array();
    return array.size() == 1 ? array.first() : QJsonValue(QJsonValue::Undefined);
}

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#include "graphqlresult.h"

#include "jsonscanner_p.h"
#include "jsonstring_p.h"
#include "utc_p.h"

#include <QJsonDocument>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

//! Any JSON value: QJsonDocument of Qt 6.4 takes objects and arrays only.
QJsonValue parsed(QStringView text)
{
    const QJsonArray array = QJsonDocument::fromJson('[' + text.toUtf8() + ']').array();
    return array.size() == 1 ? array.first() : QJsonValue(QJsonValue::Undefined);
}

} // namespace

GraphQlError GraphQlError::fromJson(const QJsonValue &entry)
{
    GraphQlError error;
    if (!entry.isObject()) {
        error.message = entry.toString();
        return error;
    }
    error.raw = entry.toObject();
    const QJsonObject object = error.raw; // a const one: [] would add what is missing
    error.message = object[u"message"_s].toString();
    error.type = object[u"errorType"_s].toString();
    error.path = object[u"path"_s].toArray();
    const QJsonValue place = object[u"locations"_s].toArray().first();
    error.line = place[u"line"_s].toInt();
    error.column = place[u"column"_s].toInt();
    return error;
}

QString GraphQlError::pathText() const
{
    QStringList steps;
    for (const QJsonValue &step : path)
        steps << (step.isDouble() ? QString::number(step.toInteger()) : step.toString());
    return steps.join(u'.');
}

QString GraphQlError::toString() const
{
    QString text = type.isEmpty() ? message : type + u": "_s + message;
    if (!path.isEmpty())
        text += u" (%1)"_s.arg(pathText());
    else if (line > 0)
        text += u" (%1:%2)"_s.arg(line).arg(column);
    return text;
}

GraphQlResult::GraphQlResult(const QString &source, qsizetype begin, qsizetype end)
    : m_source(source), m_begin(begin), m_end(end)
{
}

GraphQlResult GraphQlResult::fromJson(const QByteArray &json)
{
    const QString text = QString::fromUtf8(json);
    return GraphQlResult(text, 0, text.size());
}

QDateTime GraphQlResult::receivedAt() const
{
    return utc(receivedAtMs);
}

QByteArray GraphQlResult::json() const
{
    return QStringView(m_source).sliced(m_begin, m_end - m_begin).toUtf8();
}

QString GraphQlResult::text() const
{
    return m_source.sliced(m_begin, m_end - m_begin);
}

//! The text of the member \a name, with the quotes if it is a string; the last one of that name, as parsers do.
QStringView GraphQlResult::member(QStringView name) const
{
    const QStringView whole = QStringView(m_source).sliced(m_begin, m_end - m_begin);
    JsonScanner scanner(whole);
    QStringView found;
    if (!scanner.enter(u'{'))
        return found;
    JsonScanner::Key key;
    JsonScanner::Value value;
    while (scanner.nextKey(key) && scanner.value(value)) {
        const bool isIt =
            key.hasEscapes ? JsonString::unescaped(key.name) == name : key.name == name;
        const qsizetype quotes = value.type == JsonScanner::Type::String ? 1 : 0;
        if (isIt)
            found = whole.sliced(value.begin - quotes, value.end - value.begin + 2 * quotes);
    }
    return found;
}

QByteArray GraphQlResult::dataJson() const
{
    return member(u"data").toUtf8();
}

QString GraphQlResult::dataText() const
{
    return member(u"data").toString();
}

bool GraphQlResult::hasData() const
{
    const QStringView data = member(u"data");
    return !data.isEmpty() && data != u"null";
}

QJsonValue GraphQlResult::data() const
{
    const QStringView data = member(u"data");
    return data.isEmpty() ? QJsonValue(QJsonValue::Undefined) : parsed(data);
}

QList<GraphQlError> GraphQlResult::errors() const
{
    const QStringView text = member(u"errors");
    QList<GraphQlError> all;
    if (text.isEmpty() || text == u"null")
        return all;
    const QJsonValue errors = parsed(text);
    if (!errors.isArray())
        return {GraphQlError::fromJson(errors)}; // the service was seen to send a single object
    const QJsonArray entries = errors.toArray();
    for (const QJsonValue &entry : entries)
        all << GraphQlError::fromJson(entry);
    return all;
}

QJsonObject GraphQlResult::extensions() const
{
    return parsed(member(u"extensions")).toObject();
}

} // namespace AppSync

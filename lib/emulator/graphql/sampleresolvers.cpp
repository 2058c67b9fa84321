// SPDX-License-Identifier: Apache-2.0
#include "sampleresolvers_p.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr qint64 kMostBytes = 64 * 1024 * 1024;
constexpr qint64 kMessageBytes = 400; // of one without its texts

qint64 messageSize(const QJsonObject &message)
{
    qint64 size = kMessageBytes;
    for (const QJsonValue value : message)
        size += value.toString().size() * qint64(sizeof(QChar));
    return size;
}

} // namespace

bool SampleResolvers::resolve(const std::shared_ptr<ResolverRequest> &, const Execution::Call &call,
                              const Execution::Answer &answer)
{
    const QString type = call.type->name.text;
    if (type != "Query"_L1 && type != "Mutation"_L1)
        return false;
    answer(answerOf(call.field->name.text, call.arguments));
    return true;
}

FieldAnswer SampleResolvers::answerOf(const QString &field, const QJsonObject &arguments)
{
    if (field == "sendMessage"_L1)
        return {send(arguments)};
    if (field == "messages"_L1)
        return {messages(arguments)};
    if (field == "fail"_L1) {
        FieldAnswer answer;
        answer.error =
            GraphQlError{GraphQlError::Kind::Field, arguments.value("message"_L1).toString()};
        return answer;
    }
    const QJsonValue id = arguments.value("id"_L1);
    const auto found = std::find_if(m_messages.begin(), m_messages.end(), [&](const auto &message) {
        return message.value("id"_L1) == id;
    });
    return {found == m_messages.end() ? QJsonValue() : QJsonValue(*found)};
}

//! The newest, oldest first.
QJsonArray SampleResolvers::messages(const QJsonObject &arguments) const
{
    const QJsonValue room = arguments.value("room"_L1);
    const QJsonValue limit = arguments.value("limit"_L1);
    const qsizetype most = limit.isDouble() ? std::max(0, limit.toInt()) : m_messages.size();
    QList<QJsonObject> found;
    for (auto it = m_messages.crbegin(); it != m_messages.crend() && found.size() < most; ++it) {
        if (it->value("room"_L1) == room)
            found.append(*it);
    }
    QJsonArray list; // the oldest first
    for (const QJsonObject &message : std::as_const(found))
        list.prepend(message);
    return list;
}

QJsonObject SampleResolvers::send(const QJsonObject &arguments)
{
    QJsonObject message{{u"id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
                        {u"room"_s, arguments.value("room"_L1)},
                        {u"body"_s, arguments.value("body"_L1)},
                        {u"author"_s,
                         arguments.contains("author"_L1) ? arguments.value("author"_L1)
                                                         : QJsonValue(QJsonValue::Null)},
                        {u"createdAt"_s, m_now().toUTC().toString(Qt::ISODateWithMs)}};
    m_messages.append(message);
    m_bytes += messageSize(message);
    while (m_bytes > kMostBytes && m_messages.size() > 1)
        m_bytes -= messageSize(m_messages.takeFirst());
    return message;
}

} // namespace AppSync::Emulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lib/wire/protocol_p.h"

#include <AppSync/Event>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

//! Messages and what each of them means, in tests/fixtures/<service>/incoming.json.
namespace GoldenFrames {

using namespace AppSync;
using namespace Qt::StringLiterals;

inline const QHash<QString, Incoming::Kind> &kinds()
{
    using Kind = Incoming::Kind;
    static const QHash<QString, Kind> names{
        {u"Ack"_s, Kind::Ack},
        {u"ConnectionError"_s, Kind::ConnectionError},
        {u"KeepAlive"_s, Kind::KeepAlive},
        {u"Data"_s, Kind::Data},
        {u"SubscribeSuccess"_s, Kind::SubscribeSuccess},
        {u"SubscribeError"_s, Kind::SubscribeError},
        {u"UnsubscribeSuccess"_s, Kind::UnsubscribeSuccess},
        {u"UnsubscribeError"_s, Kind::UnsubscribeError},
        {u"PublishSuccess"_s, Kind::PublishSuccess},
        {u"PublishError"_s, Kind::PublishError},
        {u"BroadcastError"_s, Kind::BroadcastError},
        {u"Complete"_s, Kind::Complete},
        {u"OperationError"_s, Kind::OperationError},
        {u"Error"_s, Kind::Error},
        {u"Unknown"_s, Kind::Unknown},
        {u"Malformed"_s, Kind::Malformed},
    };
    return names;
}

inline QJsonArray described(const QList<Error> &errors)
{
    QJsonArray list;
    for (const Error &error : errors)
        list << QJsonObject{{u"kind"_s, QVariant::fromValue(error.kind).toString()},
                            {u"type"_s, error.type},
                            {u"code"_s, error.code},
                            {u"serverMessage"_s, error.serverMessage}};
    return list;
}

inline QJsonArray described(const QList<PublishedEvent> &events)
{
    QJsonArray list;
    for (const PublishedEvent &event : events)
        list << QJsonObject{{u"index"_s, event.index},
                            {u"identifier"_s, event.identifier},
                            {u"code"_s, event.code},
                            {u"message"_s, event.message}};
    return list;
}

inline QJsonArray described(const Incoming &incoming, const QString &text)
{
    QJsonArray list;
    for (const Incoming::Payload &payload : incoming.events)
        list << Event(text, payload.begin, payload.end, payload.hasEscapes).text();
    return list;
}

//! One row of test data for each message; how many there are.
inline qsizetype addRows(const QString &service)
{
    QTest::addColumn<QJsonObject>("row");
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/%1/incoming.json").arg(service));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QJsonArray rows = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &row : rows)
        QTest::newRow(qPrintable(row[u"name"].toString())) << row.toObject();
    return rows.size();
}

inline void compare(const Protocol &protocol, const QJsonObject &row)
{
    const QString text = row[u"frame"_s].toString();
    const Incoming incoming = protocol.decode(text);
    QVERIFY(kinds().contains(row[u"kind"_s].toString()));
    QCOMPARE(incoming.kind, kinds()[row[u"kind"_s].toString()]);
    QCOMPARE(incoming.kind == Incoming::Kind::Malformed, !incoming.problem.isEmpty());
    if (row.contains(u"id"_s))
        QCOMPARE(incoming.id.toString(), row[u"id"_s].toString());
    if (row.contains(u"timeoutMs"_s))
        QCOMPARE(incoming.connectionTimeout.count(), row[u"timeoutMs"_s].toInteger());
    QCOMPARE(described(incoming.errors), row[u"errors"_s].toArray());
    QCOMPARE(described(incoming.successful), row[u"successful"_s].toArray());
    QCOMPARE(described(incoming.failed), row[u"failed"_s].toArray());
    QCOMPARE(described(incoming, text), row[u"events"_s].toArray());
}

} // namespace GoldenFrames

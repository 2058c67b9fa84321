// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/operationmemory.h"

#include "app/core/filter/jsonpath.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qsizetype kMostOperations = 20'000;

QByteArray keyOf(qint64 connection, const QByteArray &operation)
{
    return QByteArray::number(connection) + ' ' + operation;
}

//! What people call the operation of a document: its name, or what it asks for.
QByteArray operationName(const QByteArray &document)
{
    static const QRegularExpression named(uR"(\bsubscription\s+([_A-Za-z]\w*))"_s);
    static const QRegularExpression field(uR"(\{\s*([_A-Za-z]\w*))"_s);
    const QString text = QString::fromUtf8(document);
    for (const QRegularExpression &expression : {named, field}) {
        if (const auto match = expression.match(text); match.hasMatch())
            return match.captured(1).toUtf8();
    }
    return {};
}

//! What a frame that we sent subscribes to.
QByteArray subscribed(const AppSync::Frame &frame)
{
    if (frame.type == "subscribe"_L1) {
        const QByteArray channel = jsonMemberText(frame.text.toUtf8(), {"channel"});
        return channel.startsWith('/') || channel.isEmpty() ? channel : '/' + channel;
    }
    if (frame.type == "start"_L1)
        return operationName(
            jsonMemberText(jsonMemberText(frame.text.toUtf8(), {"payload", "data"}), {"query"}));
    return {};
}

} // namespace

void OperationMemory::noteSubscription(qint64 connection, const QByteArray &operation,
                                       const QByteArray &name)
{
    if (m_names.size() >= kMostOperations)
        m_names.clear();
    if (!name.isEmpty())
        m_names.insert(keyOf(connection, operation), name);
}

CapturedFrame OperationMemory::captured(const AppSync::Frame &frame, qint64 connection,
                                        qint64 number)
{
    const bool isOut = frame.direction == AppSync::Frame::Direction::Out;
    const bool isEvent = frame.type == "data"_L1;
    const bool isHandshake = frame.id.isEmpty()
        && (frame.type == "connection_init"_L1 || frame.type == "connection_ack"_L1
            || frame.type == "connection_error"_L1);
    const QByteArray id = isHandshake ? "connection" : frame.id.toUtf8();
    const QByteArray key = keyOf(connection, id);
    if (isOut)
        noteSubscription(connection, id, subscribed(frame));
    CapturedFrame result = CapturedFrame::fromFrame(frame, connection, m_names.value(key));
    if (id.isEmpty() || isEvent)
        return result;
    if (!isOut) {
        result.link = m_unanswered.take(key);
        return result;
    }
    if (m_unanswered.size() >= kMostOperations)
        m_unanswered.clear();
    m_unanswered.insert(key, number);
    return result;
}

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#include "graphqlframes_p.h"

#include "../faultplan.h"
#include "../jsontext_p.h"

#include <QStringBuilder>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::GraphQlFrames {

namespace {

QString jsonString(QStringView text)
{
    QString out;
    JsonText::appendString(out, text);
    return out;
}

QString entry(const ServiceError &error, const FaultPlan &forms)
{
    QStringList members;
    if (!error.type.isEmpty())
        members.append(u"\"errorType\":"_s + jsonString(error.type));
    if (!error.message.isNull() && !forms.errorsWithoutMessage)
        members.append(u"\"message\":"_s + jsonString(error.message));
    if (error.code != 0)
        members.append(u"\"errorCode\":"_s + QString::number(error.code));
    return u'{' + members.join(u',') + u'}';
}

} // namespace

QString connectionAck(std::chrono::milliseconds timeout)
{
    return u"{\"type\":\"connection_ack\",\"payload\":{\"connectionTimeoutMs\":%1}}"_s.arg(
        timeout.count());
}

QString answer(QStringView type, const QString &id)
{
    return u"{\"type\":\"" % type % u"\",\"id\":" % jsonString(id) % u'}';
}

QString failure(QStringView type, const QString &id, const QList<ServiceError> &errors,
                const FaultPlan &forms)
{
    QStringList entries;
    for (const ServiceError &error : errors)
        entries.append(entry(error, forms));
    QString frame = u"{\"type\":\""_s % type % u"\",";
    if (!id.isNull())
        frame += u"\"id\":"_s + jsonString(id) + u',';
    frame += u"\"payload\":{\"errors\":"_s;
    frame += forms.errorsAsObject ? entries.value(0) : u'[' + entries.join(u',') + u']';
    return frame + u"}}"_s;
}

QByteArray dataHead(const QString &id)
{
    return "{\"type\":\"data\",\"id\":" + jsonString(id).toUtf8();
}

QByteArray dataTail(const QByteArray &payload)
{
    return ",\"payload\":" + payload + '}';
}

} // namespace AppSync::Emulation::GraphQlFrames

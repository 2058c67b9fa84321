// SPDX-License-Identifier: Apache-2.0
#include "frames_p.h"

#include "../emulatoroptions.h"
#include "../jsontext_p.h"

#include <QStringBuilder>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::Frames {

namespace {

QString quoted(QStringView text)
{
    QString out;
    JsonText::appendString(out, text);
    return out;
}

//! `"errors":[{…}]`
QString errors(const QString &type, const ServiceError &error, const FaultPlan &faults)
{
    QString entry = u"{\"errorType\":"_s + quoted(type);
    if (error.code != 0)
        entry += u",\"errorCode\":"_s + QString::number(error.code);
    if (!error.message.isNull() && !faults.errorsWithoutMessage)
        entry += u",\"message\":"_s + quoted(error.message);
    entry += u'}';
    return u"\"errors\":"_s + (faults.errorsAsObject ? entry : u'[' + entry + u']');
}

QString successful(const QList<EventVerdict> &verdicts)
{
    QString entries;
    for (const EventVerdict &verdict : verdicts) {
        if (!verdict.isGood())
            continue;
        if (!entries.isEmpty())
            entries += u',';
        entries +=
            u"{\"identifier\":\"%1\",\"index\":%2}"_s.arg(verdict.identifier).arg(verdict.index);
    }
    return u"\"successful\":["_s + entries + u']';
}

QString failed(const QList<EventVerdict> &verdicts, const FaultPlan &faults)
{
    QString entries;
    for (const EventVerdict &verdict : verdicts) {
        if (verdict.isGood())
            continue;
        const QString code =
            verdict.tooLarge ? u"EventTooLargeException"_s : u"MessageProcessingError"_s;
        if (!entries.isEmpty())
            entries += u',';
        entries += u"{\"identifier\":\""_s % verdict.identifier % u"\",\"index\":"
            % QString::number(verdict.index) % u",\"code\":"
            % (faults.numericFailureCode ? u"400"_s : quoted(code)) % u",\"message\":"
            % quoted(verdict.error) % u'}';
    }
    return u"\"failed\":["_s + entries + u']';
}

} // namespace

QString connectionAck(std::chrono::milliseconds timeout)
{
    return u"{\"type\":\"connection_ack\",\"connectionTimeoutMs\":%1}"_s.arg(timeout.count());
}

QString keepAlive()
{
    return u"{\"type\":\"ka\"}"_s;
}

QString success(QStringView type, const QString &id)
{
    return u"{\"id\":" % quoted(id) % u",\"type\":\"" % type % u"\"}";
}

QString failure(QStringView type, const QString &id, const ServiceError &error,
                const FaultPlan &faults)
{
    QString frame = u"{"_s;
    if (!id.isNull())
        frame += u"\"id\":"_s + quoted(id) + u',';
    return frame % u"\"type\":\"" % type % u"\"," % errors(error.type, error, faults) % u'}';
}

QString publishSuccess(const QString &id, const QList<EventVerdict> &verdicts,
                       const FaultPlan &faults)
{
    return u"{\"id\":"_s + quoted(id) + u",\"type\":\"publish_success\","_s + successful(verdicts)
        + u',' + failed(verdicts, faults) + u'}';
}

QByteArray dataTail(QStringView event, const FaultPlan &faults)
{
    QString tail = faults.eventAsArray ? u"\",\"type\":\"data\",\"event\":["_s
                                       : u"\",\"type\":\"data\",\"event\":"_s;
    JsonText::appendString(tail, event);
    tail += faults.eventAsArray ? u"]}"_s : u"}"_s;
    return tail.toUtf8();
}

QString httpPublishResult(const QList<EventVerdict> &verdicts, const FaultPlan &faults)
{
    return u'{' + failed(verdicts, faults) + u',' + successful(verdicts) + u'}';
}

QString httpErrors(const ServiceError &error, const FaultPlan &faults)
{
    return u'{' + errors(error.typeOverHttp(), error, faults) + u'}';
}

} // namespace AppSync::Emulation::Frames

// SPDX-License-Identifier: Apache-2.0
#include "emulatorconnection.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

} // namespace

QJsonObject EmulatorConnection::toJson() const
{
    QJsonArray list;
    for (const Subscription &subscription : subscriptions) {
        list.append(QJsonObject{{u"id"_s, subscription.id},
                                {u"channel"_s, subscription.channel},
                                {u"since"_s, timeText(subscription.since)}});
    }
    return {{u"id"_s, id},
            {u"apiId"_s, apiId},
            {u"peer"_s, peer},
            {u"authType"_s, authType},
            {u"user"_s, user},
            {u"subprotocol"_s, subprotocol},
            {u"userAgent"_s, userAgent},
            {u"since"_s, timeText(since)},
            {u"framesReceived"_s, framesReceived},
            {u"bytesReceived"_s, bytesReceived},
            {u"framesSent"_s, framesSent},
            {u"bytesSent"_s, bytesSent},
            {u"subscriptions"_s, list}};
}

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol_p.h"

QT_BEGIN_NAMESPACE
class QJsonObject;
QT_END_NAMESPACE

namespace AppSync {

//! The words of AppSync Events.
const Protocol &eventsProtocol();

namespace EventsWire {

//! `{"channel":"…"}`
QByteArray subscribeBody(const QString &channel);
//! `{"channel":"…","events":["…",…]}`; also the body of a publish over HTTP.
QByteArray publishBody(const QString &channel, const QList<QByteArray> &events);

//! The results of a publish, from a frame or from an HTTP body.
struct PublishResult {
    QList<PublishedEvent> successful;
    QList<PublishedEvent> failed;
    bool isValid = false;
};
PublishResult publishResult(const QJsonObject &object);

} // namespace EventsWire

} // namespace AppSync

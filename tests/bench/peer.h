// SPDX-License-Identifier: Apache-2.0
// Two ways to reach the flood that have a library around the socket.
#pragma once

#include "rawpeer.h"

#include <AppSync/EventsClient>

QT_BEGIN_NAMESPACE
class QWebSocket;
QT_END_NAMESPACE

namespace Bench {

//! A client of ours for \a peer, owned by the application.
AppSync::EventsClient *openClient(const Peer &peer);

//! A bare QWebSocket, owned by the application, that shakes hands and subscribes \a subscriptions times.
//! \a onMessage sees what follows all the answers to that; \a onReady is called before the first.
QWebSocket *openBare(const Peer &peer, int subscriptions, const std::function<void()> &onReady,
                     const std::function<void(const QString &)> &onMessage);

} // namespace Bench

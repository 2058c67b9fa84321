// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>

namespace Syncscope {

//! What statistics and the ledger of publishes need to know of one frame, or of something that happened to the
//! connection. What costs something to find out is a function, which lives as long as the frame it is about.
class TrafficSample {
public:
    enum class Kind {
        Event, //!< delivered, of Events or of GraphQL
        Publish,
        Request, //!< a query or mutation of GraphQL
        Answer, //!< to a publish or a request, good or bad
        KeepAlive,
        Subscribe, //!< asked for
        Subscribed, //!< acknowledged
        Unsubscribe, //!< ended, by either side
        Lost, //!< the connection ended by itself
        Closed, //!< the user ended it
        Restored, //!< connected again
        Gap, //!< events may be missing
        Other,
    };

    Kind kind = Kind::Other;
    bool isOut = false;
    bool isHttp = false; //!< not over the WebSocket, whose end it outlives
    qint64 atMs = 0; //!< since 1970-01-01 UTC; of a gap: its end
    qint64 fromMs = 0; //!< of a gap: its begin
    qint64 monotonicNs = 0; //!< only differences within one connection mean anything; 0: unknown
    qint64 connection = 0;
    qint64 bytes = 0; //!< on the wire, UTF-8
    QString operation; //!< id
    QString channel; //!< of subscribe and publish; of events what is known of it
    std::function<QList<QByteArray>()> events; //!< of Event and Publish: texts
    std::function<QByteArray()> text; //!< of Answer: the frame's
};

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QDateTime>
#include <QMetaType>
#include <QObject>
#include <QString>

namespace AppSync {

//! One WebSocket or HTTP message as it crossed the wire, credentials masked. Emitted by the tap of a
//! connection or client, in the order of the wire.
class APPSYNC_EXPORT Frame {
    Q_GADGET
    Q_PROPERTY(qint64 seq MEMBER seq)
    Q_PROPERTY(AppSync::Frame::Direction direction MEMBER direction)
    Q_PROPERTY(AppSync::Frame::Transport transport MEMBER transport)
    Q_PROPERTY(QDateTime at MEMBER at)
    Q_PROPERTY(QString type MEMBER type)
    Q_PROPERTY(QString id MEMBER id)
    Q_PROPERTY(QString text MEMBER text)

public:
    //! Whether it was received or sent.
    enum class Direction { In, Out };
    Q_ENUM(Direction)
    //! What carried it.
    enum class Transport { WebSocket, Http };
    Q_ENUM(Transport)

    qint64 seq = 0; //!< counts from 1 within one client, without holes
    Direction direction = Direction::In; //!< received or sent
    Transport transport = Transport::WebSocket; //!< what carried it
    QDateTime at; //!< wall clock, UTC
    qint64 monotonicNs = 0; //!< the client's monotonic clock; only differences mean anything
    QString type; //!< "data", "subscribe", …; HTTP: "POST" and "response"; empty if unreadable
    QString id; //!< of the operation; empty where the frame has none
    //! The message's text. In frames that we sent, each value of `authorization` is masked; all else is
    //! exactly what was on the wire.
    QString text;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::Frame)

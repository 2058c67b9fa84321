// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QByteArray>
#include <QDateTime>
#include <QJsonValue>
#include <QMetaType>
#include <QObject>
#include <QString>

namespace AppSync {

//! One delivered event. The frame it came in is kept (implicitly shared), and the event's own JSON text
//! is taken out of it when asked for: whoever only counts, pays nothing for it.
class APPSYNC_EXPORT Event {
    Q_GADGET
    Q_PROPERTY(QString subscription MEMBER subscription)
    Q_PROPERTY(QString channel MEMBER channel)
    Q_PROPERTY(QString subscriptionId MEMBER subscriptionId)
    Q_PROPERTY(QDateTime receivedAt READ receivedAt)
    Q_PROPERTY(QString text READ text)
    Q_PROPERTY(QJsonValue payload READ payload)

public:
    Event() = default;
    //! \a literal is the JSON string literal that holds the event, without its quotes.
    Event(const QString &frame, qsizetype begin, qsizetype end, bool hasEscapes);
    //! An event whose JSON text is known already.
    static Event fromJson(const QByteArray &json);

    QString
        subscription; //!< the channel that was subscribed, with a leading slash, perhaps with `*`
    QString channel; //!< the concrete channel where it is known: empty under a wildcard
    QString subscriptionId; //!< ChannelSubscription::subscriptionId of the receiver
    qint64 frameSeq = 0; //!< Frame::seq of the frame that carried it
    qint64 receivedAtMs = 0; //!< milliseconds since 1970-01-01 UTC

    [[nodiscard]] QDateTime receivedAt() const; //!< receivedAtMs, in UTC
    //! The event's JSON text as UTF-8, byte for byte as it was published: 64-bit integers, key order and
    //! duplicate keys are intact. Empty for a default-constructed event.
    [[nodiscard]] QByteArray json() const;
    //! json() as a string; unlike json() it also keeps lone surrogates.
    [[nodiscard]] QString text() const;
    //! The event parsed; a convenience that rounds integers above 2^53 and sorts keys. Undefined if the
    //! text is not JSON.
    [[nodiscard]] QJsonValue payload() const;

private:
    QString m_source;
    qsizetype m_begin = 0;
    qsizetype m_end = 0;
    bool m_hasEscapes = false;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::Event)

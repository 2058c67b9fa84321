// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../wire/protocol_p.h"
#include "connection_p.h"
#include "publisher_p.h"

#include <QQueue>

namespace AppSync {

//! Publishes over the connection. What is in flight when it is lost fails; what was not sent waits for the
//! next one.
class SocketPublisher : public Publisher {
    Q_OBJECT

public:
    SocketPublisher(Connection::Private &connection, const ClientSettings &settings,
                    QObject *parent);

    void setClock(Clock *clock);
    void onReady();
    void onLost(const Error &error, bool willRetry);
    //! The answer to \a message's publish; false if there is none of that id.
    bool onSuccess(const Incoming &message);

protected:
    [[nodiscard]] bool canSend() const override;
    void send(PublishOperation *operation, const Headers &headers) override;

private:
    struct Paced {
        QPointer<PublishOperation> operation;
        int turn = 0;
        Headers headers;
    };

    void write(PublishOperation *operation, const Headers &headers);
    //! The authorization object; most publishes have the same as the one before.
    const QByteArray &authorization(const Headers &headers);
    void writePaced();
    //! How long until the rate allows one more; zero: now.
    [[nodiscard]] std::chrono::nanoseconds untilAllowed();

    Connection::Private &m_connection;
    ClockTimer *m_timer = nullptr;
    Headers m_lastHeaders; //!< of m_lastAuthorization
    QString m_lastHost; //!< likewise
    QByteArray m_lastAuthorization;
    QQueue<Paced> m_paced; //!< ready to be sent, held back by the rate
    QQueue<std::chrono::nanoseconds> m_sentAt; //!< of the last second, while a rate is set
};

} // namespace AppSync

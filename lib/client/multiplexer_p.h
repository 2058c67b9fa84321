// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "socketpublisher_p.h"
#include "subscriptions_p.h"

namespace AppSync {

//! Many operations on one connection: takes each message to the operation that it names, strictly by id
//! and type, and reports what belongs to nobody.
class Multiplexer : public QObject {
    Q_OBJECT

public:
    Multiplexer(Connection::Private &connection, const Protocol &protocol,
                const ClientSettings &settings, QObject *parent);

    void setClock(Clock *clock);
    //! Nothing in flight: no publish, no unsubscribe without answer.
    [[nodiscard]] bool isIdle() const;

    void onMessage(const Incoming &message, const QString &text, qint64 seq);
    void onReady();
    void onLost(const Error &error, bool willRetry);

    OperationIds ids;
    SubscriptionTable subscriptions;
    SocketPublisher publisher;

Q_SIGNALS:
    void becameIdle();
    void errorOccurred(const AppSync::Error &error);

private:
    [[nodiscard]] bool dispatch(const Incoming &message);
    [[nodiscard]] bool refusePublish(const QString &id, const Error &error);
    [[nodiscard]] bool endOperation(const QString &id, const QList<Error> &errors);
    [[nodiscard]] bool reportError(const QString &id, const Error &error);
    void reportUnclaimed(const Incoming &message, const QString &text);
    void checkIdle();
};

} // namespace AppSync

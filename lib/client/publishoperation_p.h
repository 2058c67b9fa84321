// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/authorizer.h"

#include <QPointer>

namespace AppSync {

class PublishOperation;

//! Who moves a publish along, and hears of its end from elsewhere.
class PublishOwner {
public:
    virtual void onAborted(PublishOperation *operation, const Error &cancelled) = 0;
    virtual void onDestroyed(const QString &id) = 0;

protected:
    ~PublishOwner() = default;
};

//! A publish under way; what the user holds is its PublishReply half. A Publisher moves it along.
class PublishOperation : public PublishReply {
    Q_OBJECT

public:
    enum class Phase { Waiting, Authorizing, Sent };

    PublishOperation(const QString &operationId, const QString &channel,
                     const QByteArray &requestBody, Authorizer *by,
                     std::chrono::milliseconds within, std::chrono::nanoseconds startedAt,
                     QObject *parent);

    ~PublishOperation() override;

    void markSent(qint64 wallMs);
    void markAnswered(qint64 wallMs) { m_answeredAtMs = wallMs; }
    void succeed(const QList<PublishedEvent> &successful, const QList<PublishedEvent> &failed,
                 std::chrono::nanoseconds now);
    void fail(const Error &error, std::chrono::nanoseconds now);
    //! "The publish to /a/b", for sentences about it.
    [[nodiscard]] QString description() const;

    const QByteArray body; //!< what a signature covers, and the body over HTTP
    const std::chrono::milliseconds timeout; //!< from the call; zero: none
    QPointer<Authorizer> authorizer;
    Phase phase = Phase::Waiting;
    int turn =
        0; //!< counts the times that authorization was asked for: late answers drop themselves
    bool credentialsRenewed = false;
    PublishOwner *owner = nullptr; //!< null before the start and after the end

protected:
    void stop(const Error &cancelled) override;

private:
    const std::chrono::nanoseconds m_startedAt;
};

} // namespace AppSync

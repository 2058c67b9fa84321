// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/graphqlreply.h"
#include "httptransport_p.h"

#include <QPointer>

namespace AppSync {

class FrameTap;

//! A query or a mutation under way; what the user holds is its GraphQlReply half. It carries itself out: asks for
//! authorization, sends, and explains the answer.
class GraphQlExecution : public GraphQlReply {
    Q_OBJECT

public:
    struct Request {
        QString id;
        QString name; //!< of the operation, for people; may be empty
        QByteArray body;
        Authorizer *authorizer = nullptr; //!< null: the client's
        Headers headers; //!< beside those of the settings
        std::chrono::milliseconds timeout{0}; //!< from the call; zero or less: none
    };

    GraphQlExecution(const Request &request, const ClientSettings &settings, FrameTap &tap,
                     HttpTransport &transport, QObject *parent);
    ~GraphQlExecution() override;

    //! From the event loop: whoever asked has no reply in hand yet.
    void startSoon();
    void fail(const Error &error);
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }

protected:
    void stop(const Error &cancelled) override;

private:
    void authorize();
    void send(const Headers &headers);
    void onAnswer(QNetworkReply *answer);
    void settle(const QNetworkReply &answer, const QByteArray &body);
    //! The server refused it as a whole; perhaps it is tried once more with new credentials.
    void refuse(const Error &error);
    void succeed();
    void end(const Error &error);
    void onOverdue();
    void startDeadline();
    [[nodiscard]] Error brokenAnswer(const QNetworkReply &answer, const QByteArray &body) const;
    [[nodiscard]] Error receivingError(const QString &what, const QString &nextStep) const;
    //! "The operation sendMessage", for sentences about it.
    [[nodiscard]] QString description() const;
    [[nodiscard]] Authorizer *authorizer() const;

    const ClientSettings &m_settings;
    FrameTap &m_tap;
    HttpTransport &m_transport;
    const QString m_name;
    const QByteArray m_body;
    const Headers m_requestHeaders;
    const std::chrono::milliseconds m_timeout;
    const std::chrono::nanoseconds m_startedAt;
    const QPointer<Authorizer> m_authorizer;
    QPointer<QNetworkReply> m_answer;
    ClockTimer *m_timer = nullptr;
    int m_turn =
        0; //!< counts the times that authorization was asked for: late answers drop themselves
    bool m_isSent = false;
    bool m_hasEnded = false;
    bool m_credentialsRenewed = false;
};

} // namespace AppSync

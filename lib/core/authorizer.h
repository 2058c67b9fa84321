// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "networksettings.h"
#include "reply.h"

#include <QUrl>

#include <optional>

namespace AppSync {

//! The request that an Authorizer is asked to authorize, as AppSync checks it: always a POST to the HTTP
//! URL, whatever socket the operation travels on.
class APPSYNC_EXPORT SignableRequest {
    Q_GADGET
    Q_PROPERTY(AppSync::SignableRequest::Operation operation MEMBER operation)
    Q_PROPERTY(QUrl url MEMBER url)
    Q_PROPERTY(QString host MEMBER host)
    Q_PROPERTY(QString region MEMBER region)
    Q_PROPERTY(QString channel MEMBER channel)
    Q_PROPERTY(QString body READ bodyText)
    Q_PROPERTY(bool overHttp MEMBER overHttp)

public:
    //! What the headers are wanted for.
    enum class Operation { Connect, Subscribe, Publish, Execute };
    Q_ENUM(Operation)

    Operation operation = Operation::Connect; //!< what the headers are wanted for
    //! The HTTP URL (https://…/event or …/graphql, …/graphql/connect); overHttp, as it is sent, with its query.
    QUrl url;
    QString host; //!< the host that authorization names
    QString region; //!< empty where it is not known
    QString channel; //!< as it stands in the frame; empty on connect and of GraphQL
    QByteArray body; //!< the bytes that a signature covers: `{}` on connect
    bool overHttp = false; //!< the answer goes into HTTP headers, not into a frame

    //! The body as text, for QML.
    [[nodiscard]] QString bodyText() const { return QString::fromUtf8(body); }
};

//! The headers that authorise one request. An authorizer makes it, ends it with succeed() or fail(), at once
//! or later, and forgets it: it deletes itself.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT AuthReply : public AppSync::InteractiveReply {
    Q_OBJECT

public:
    explicit AuthReply(QObject *parent = nullptr);
    //! In the order given; names as the service expects them (`x-api-key`, `Authorization`, …).
    [[nodiscard]] Headers headers() const { return m_headers; }

    //! Ends it with \a headers; what comes after the first end is ignored.
    void succeed(const Headers &headers);
    //! Ends it with \a error, which becomes that of the operation. Error::isRetryable() decides whether a
    //! connection tries again.
    void fail(const Error &error);

private:
    Headers m_headers;
};

//! Turns a request into headers, possibly after asking someone. One authorizer may serve many clients of
//! its thread, none of which owns it. A subclass has one method to write.
class APPSYNC_EXPORT Authorizer : public QObject {
    Q_OBJECT

public:
    explicit Authorizer(QObject *parent = nullptr);

    //! Called once per connect and once per operation; cache inside if the answer is expensive. Returns a
    //! reply that the caller watches; never nullptr. The `host` member is added by the caller.
    virtual AuthReply *authorize(const SignableRequest &request) = 0;
    //! The headers, where they are at hand without asking anybody and without a reply; nothing by default. Worth
    //! writing where thousands of requests a second are authorized the same way.
    [[nodiscard]] virtual std::optional<Headers> headersAtHand(const SignableRequest &request);
    //! The service rejected the last headers: forget cached tokens. Returns true if the next authorize()
    //! can give other ones, so that one more try makes sense.
    virtual bool invalidate() { return false; }
    //! The mode's name for people: "API key", "token", …; "custom" by default.
    [[nodiscard]] virtual QString displayName() const;
};

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/shared/fakeclock.h"
#include "tests/shared/httpserver.h"
#include "tests/shared/testjwt.h"

#include <AppSync/OidcTokenSource>

#include <QJsonArray>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

//! A provider that plays by the script of a test, a person with a browser, and a clock that stands still.
class OidcWorld : public QObject {
public:
    using Answer = HttpServer::Answer;
    using Request = HttpServer::Request;

    OidcWorld()
    {
        server.setAnswer([this](const Request &request) { return answer(request); });
        configuration = {
            {u"issuer"_s, issuer()},
            {u"authorization_endpoint"_s, issuer() + u"/authorize?tenant=a%20b"_s},
            {u"token_endpoint"_s, issuer() + u"/token"_s},
            {u"revocation_endpoint"_s, issuer() + u"/revoke"_s},
            {u"device_authorization_endpoint"_s, issuer() + u"/device"_s},
            {u"scopes_supported"_s, QJsonArray{u"openid"_s, u"email"_s, u"offline_access"_s}}};
    }

    //! Lets \a source sign in here, with any free port.
    void prepare(AppSync::OidcTokenSource &source)
    {
        source.setClock(&clock);
        source.setIssuer(issuer());
        source.setClientId(u"the-client"_s);
        source.setRedirectUris({u"http://localhost:0/callback"_s});
    }

    //! Shows what \a source asks, and remembers it.
    void watch(AppSync::OidcTokenSource &source)
    {
        connect(&source, &AppSync::InteractiveSource::interactionRequired, this,
                [this](AppSync::Interaction *interaction) {
                    shown = interaction;
                    ++questions;
                    page = QUrlQuery(interaction->url().query(QUrl::FullyEncoded));
                    nonce = parameter(u"nonce"_s);
                    redirectUri = QUrl(parameter(u"redirect_uri"_s));
                });
    }

    [[nodiscard]] QString issuer() const { return server.url({}).toString(); }
    //! What the page was asked with.
    [[nodiscard]] QString parameter(const QString &name) const
    {
        return page.queryItemValue(name, QUrl::FullyDecoded);
    }

    //! The browser comes back with \a query.
    void comeBack(const QString &query)
    {
        auto *browser = new QTcpSocket(this);
        browser->connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(redirectUri.port()));
        browser->write("GET " + redirectUri.path().toLatin1() + '?' + query.toLatin1()
                       + " HTTP/1.1\r\nHost: " + redirectUri.authority().toLatin1() + "\r\n\r\n");
    }
    //! The person signs in.
    void signIn() { comeBack(u"code=the-code&state="_s + parameter(u"state"_s)); }

    //! Whether anybody listens for a browser.
    [[nodiscard]] bool isListening() const
    {
        for (const QHostAddress::SpecialAddress address :
             {QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}) {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress(address), quint16(redirectUri.port()));
            if (socket.waitForConnected(5000))
                return true;
        }
        return false;
    }

    [[nodiscard]] qint64 now() const { return clock.wallMs() / 1000; }
    //! An ID token issued now.
    [[nodiscard]] QString idToken(const QJsonObject &more = {}) const
    {
        QJsonObject claims{{u"iss"_s, configuration[u"issuer"_s]},
                           {u"aud"_s, u"the-client"_s},
                           {u"sub"_s, u"somebody"_s},
                           {u"nonce"_s, nonce},
                           {u"iat"_s, now()},
                           {u"exp"_s, now() + 3600},
                           {u"jti"_s, serial}};
        for (auto it = more.begin(); it != more.end(); ++it)
            claims[it.key()] = it.value();
        return testJwt(claims);
    }
    //! What the token endpoint gives if a test says nothing else.
    [[nodiscard]] QJsonObject tokens(const QJsonObject &more = {}) const
    {
        QJsonObject tokens{{u"access_token"_s, u"access-%1"_s.arg(serial)},
                           {u"id_token"_s, idToken()},
                           {u"refresh_token"_s, u"refresh-%1"_s.arg(serial)},
                           {u"token_type"_s, u"Bearer"_s},
                           {u"expires_in"_s, 1800}};
        for (auto it = more.begin(); it != more.end(); ++it)
            tokens[it.key()] = it.value();
        return tokens;
    }
    static Answer json(const QJsonObject &object, int status = 200)
    {
        return {status, QJsonDocument(object).toJson(), "application/json", {}, false};
    }
    static Answer refusal(const QString &code, int status = 400,
                          const QString &description = u"as it is"_s)
    {
        return json({{u"error"_s, code}, {u"error_description"_s, description}}, status);
    }
    //! The requests to \a path, in their order.
    [[nodiscard]] QList<Request> requestsTo(const QString &path) const
    {
        QList<Request> found;
        for (const Request &request : server.requests) {
            if (request.path() == path)
                found.append(request);
        }
        return found;
    }

    FakeClock clock;
    HttpServer server;
    QJsonObject configuration;
    std::function<Answer(const Request &)> onToken; //!< the next ones too
    std::function<Answer(const Request &)> onOther; //!< whatever a test has of its own
    QPointer<AppSync::Interaction> shown;
    QUrlQuery page;
    QUrl redirectUri;
    QString nonce;
    int questions = 0;
    int serial = 0; //!< of the tokens

private:
    Answer answer(const Request &request)
    {
        if (request.path() == u"/token"_s) {
            ++serial;
            return onToken ? onToken(request) : json(tokens());
        }
        if (onOther)
            return onOther(request);
        if (request.path() == u"/.well-known/openid-configuration"_s)
            return json(configuration);
        if (request.path() == u"/revoke"_s)
            return {200, {}, "text/plain", {}, false};
        return {404, "nothing here", "text/plain", {}, false};
    }
};

//! A request for a token, and what came of it.
class TokenRequest : public QObject {
public:
    explicit TokenRequest(AppSync::TokenSource &source) : m_reply(source.token({}))
    {
        connect(m_reply, &AppSync::Reply::finished, this, [this] {
            token = m_reply->token();
            idToken = m_reply->idToken();
            expiresAt = m_reply->expiresAt();
            error = m_reply->error();
            isDone = true;
        });
    }
    [[nodiscard]] bool isWaitingForPerson() const
    {
        return m_reply && m_reply->isWaitingForPerson();
    }

    bool isDone = false;
    QString token;
    QString idToken;
    QDateTime expiresAt;
    AppSync::Error error;

private:
    QPointer<AppSync::TokenReply> m_reply;
};

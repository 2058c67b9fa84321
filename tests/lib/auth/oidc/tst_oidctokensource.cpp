// SPDX-License-Identifier: Apache-2.0
#include "oidcworld.h"
#include "tests/shared/testrunner.h"

#include <AppSync/TokenAuthorizer>

#include "lib/auth/pkce_p.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

//! The life of a session: how it begins, is renewed, kept and ended.
class tst_OidcTokenSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void signsInInTheBrowser();
    void redeemsTheCodeWithItsVerifier();
    void sendsTheIdTokenOrTheAccessToken();
    void hostedUiSendsTheAccessToken();
    void endpointsByHandNeedNoConfiguration();
    void thoseWhoAskTogetherShareOneSignIn();
    void cachedUntilShortlyBeforeItExpires();
    void renewsBeforeItExpires();
    void keepsTheOldRefreshToken();
    void takesARotatedRefreshToken();
    void brokenRenewalIsTriedAgain();
    void tokenIsGivenWhileRenewalFails();
    void endedSessionAsksAPerson();
    void endedSessionWithNobodyToAsk();
    void renewalUnaskedShowsNothing();
    void providerThatRenewsAccessTokensOnly();
    void wrongClockDoesNotMatter();
    void invalidateRenews();
    void invalidateDoesNotAskTwice();
    void sessionSurvivesTheProgram();
    void sessionOfOthersIsNotUsed_data();
    void sessionOfOthersIsNotUsed();
    void signOutRevokes();
    void signOutWhileAPageIsOpen();
    void signOutWithoutRevocation();
    void signOutTellsAFailure();
    void endsWhileAPageIsOpen();
    void changedSettingsStartAgain();
    void twoSourcesAtOnce();
    void authorizerSendsTheToken();

private:
    //! Signs in, and gives the token.
    QString signedIn();

    std::unique_ptr<OidcWorld> m_world;
    std::unique_ptr<OidcTokenSource> m_source;
};

void tst_OidcTokenSource::init()
{
    m_source.reset();
    m_world = std::make_unique<OidcWorld>();
    m_source = std::make_unique<OidcTokenSource>();
    m_world->prepare(*m_source);
    m_world->watch(*m_source);
}

QString tst_OidcTokenSource::signedIn()
{
    const int before = m_world->questions;
    TokenRequest request(*m_source);
    if (!QTest::qWaitFor([&] { return m_world->questions > before || request.isDone; }))
        return u"(nothing happened)"_s;
    if (!request.isDone)
        m_world->signIn();
    (void)QTest::qWaitFor([&] { return request.isDone; });
    return request.error.isError() ? request.error.toString() : request.token;
}

void tst_OidcTokenSource::signsInInTheBrowser()
{
    QSignalSpy tokenChanged(m_source.get(), &TokenSource::tokenChanged);
    QSignalSpy sessionChanged(m_source.get(), &OidcTokenSource::sessionChanged);
    QVERIFY(!m_source->isSignedIn());
    TokenRequest request(*m_source);
    QTRY_COMPARE(m_world->questions, 1);
    QVERIFY(request.isWaitingForPerson());
    const QPointer<Interaction> shown = m_world->shown;
    QCOMPARE(shown->kind(), Interaction::Kind::OpenUrl);
    QVERIFY(shown->url().toString().startsWith(m_world->issuer() + u"/authorize?tenant=a"_s));
    QCOMPARE(m_world->parameter(u"tenant"_s), u"a b"_s);
    QCOMPARE(m_world->parameter(u"response_type"_s), u"code"_s);
    QCOMPARE(m_world->parameter(u"client_id"_s), u"the-client"_s);
    QVERIFY(m_world->parameter(u"state"_s).size() >= 20);
    QVERIFY(m_world->nonce.size() >= 20);
    QCOMPARE(shown->deadline().toMSecsSinceEpoch(),
             m_world->clock.wallMs() + std::chrono::milliseconds(5min).count());
    QVERIFY(m_world->isListening());
    QSignalSpy closed(shown, &Interaction::closed);
    m_world->signIn();
    QTRY_VERIFY(request.isDone);
    QVERIFY2(!request.error.isError(), qPrintable(request.error.toString()));
    QCOMPARE(closed.count(), 1);
    QVERIFY(!request.isWaitingForPerson());
    QVERIFY(!m_world->isListening());
    QCOMPARE(request.token, m_world->idToken());
    QCOMPARE(request.expiresAt.toSecsSinceEpoch(), m_world->now() + 3600);
    QCOMPARE(tokenChanged.count(), 1);
    QCOMPARE(sessionChanged.count(), 1);
    QVERIFY(m_source->isSignedIn());
    QCOMPARE(m_source->claims().subject(), u"somebody"_s);
    QCOMPARE(m_source->expiresAt(), request.expiresAt);
    QCOMPARE(m_source->displayName(), u"sign-in with 127.0.0.1"_s);
}

void tst_OidcTokenSource::redeemsTheCodeWithItsVerifier()
{
    (void)signedIn();
    const QList<HttpServer::Request> requests = m_world->requestsTo(u"/token"_s);
    QCOMPARE(requests.size(), 1);
    QCOMPARE(requests[0].verb, "POST"_ba);
    QCOMPARE(requests[0].headers["content-type"], "application/x-www-form-urlencoded"_ba);
    QVERIFY(!requests[0].headers.contains("authorization"));
    const auto sent = [form = requests[0].form()](const QString &name) {
        return form.queryItemValue(name, QUrl::FullyDecoded);
    };
    QCOMPARE(sent(u"grant_type"_s), u"authorization_code"_s);
    QCOMPARE(sent(u"code"_s), u"the-code"_s);
    QCOMPARE(sent(u"client_id"_s), u"the-client"_s);
    QCOMPARE(sent(u"redirect_uri"_s), m_world->redirectUri.toString());
    QCOMPARE(m_world->parameter(u"code_challenge_method"_s), u"S256"_s);
    QCOMPARE(Pkce::challengeOf(sent(u"code_verifier"_s)), m_world->parameter(u"code_challenge"_s));
}

void tst_OidcTokenSource::sendsTheIdTokenOrTheAccessToken()
{
    QCOMPARE(m_source->tokenToSend(), OidcTokenSource::TokenToSend::Id);
    const QString token = signedIn();
    QCOMPARE(token, m_world->idToken());
    QSignalSpy changed(m_source.get(), &TokenSource::tokenChanged);
    m_source->setTokenToSend(OidcTokenSource::TokenToSend::Access);
    QCOMPARE(changed.count(), 1);
    TokenRequest request(*m_source);
    QTRY_VERIFY(request.isDone);
    QCOMPARE(request.token, u"access-1"_s);
    QCOMPARE(request.idToken, m_world->idToken());
    QCOMPARE(request.expiresAt.toSecsSinceEpoch(), m_world->now() + 1800);
    QCOMPARE(m_world->requestsTo(u"/token"_s).size(), 1);
}

void tst_OidcTokenSource::hostedUiSendsTheAccessToken()
{
    QStringList paths;
    m_world->onOther = [&](const HttpServer::Request &request) {
        paths.append(request.path());
        if (request.path() == u"/oauth2/token"_s) {
            ++m_world->serial;
            return OidcWorld::json(m_world->tokens());
        }
        return OidcWorld::Answer{};
    };
    m_source->setIssuer({});
    m_source->setDomain(m_world->issuer());
    QCOMPARE(m_source->tokenToSend(), OidcTokenSource::TokenToSend::Access);
    QCOMPARE(signedIn(), u"access-1"_s);
    QCOMPARE(m_world->page.queryItemValue(u"scope"_s), QString());
    QVERIFY(!m_world->parameter(u"code_challenge"_s).isEmpty());
    QSignalSpy signedOut(m_source->signOut(), &Reply::finished);
    QVERIFY(signedOut.wait());
    QCOMPARE(paths, (QStringList{u"/oauth2/token"_s, u"/oauth2/revoke"_s}));
    m_source->setTokenToSend(OidcTokenSource::TokenToSend::Id);
    QCOMPARE(m_source->tokenToSend(), OidcTokenSource::TokenToSend::Id);
}

void tst_OidcTokenSource::endpointsByHandNeedNoConfiguration()
{
    m_source->setIssuer({});
    m_source->setAuthorizationEndpoint(QUrl(m_world->issuer() + u"/enter"_s));
    m_source->setTokenEndpoint(QUrl(m_world->issuer() + u"/token"_s));
    const QString token = signedIn();
    QCOMPARE(token, m_world->idToken());
    QCOMPARE(m_world->server.requests.size(), 1);
}

void tst_OidcTokenSource::thoseWhoAskTogetherShareOneSignIn()
{
    TokenRequest first(*m_source);
    TokenRequest second(*m_source);
    QTRY_COMPARE(m_world->questions, 1);
    TokenRequest third(*m_source);
    QVERIFY(third.isWaitingForPerson());
    m_world->signIn();
    QTRY_VERIFY(first.isDone && second.isDone && third.isDone);
    QCOMPARE(third.token, first.token);
    QCOMPARE(m_world->questions, 1);
    QCOMPARE(m_world->requestsTo(u"/token"_s).size(), 1);
}

void tst_OidcTokenSource::cachedUntilShortlyBeforeItExpires()
{
    m_world->onToken = [this](const HttpServer::Request &) {
        return OidcWorld::json(m_world->tokens({{u"refresh_token"_s, u""_s}}));
    };
    const QString first = signedIn();
    m_world->clock.advance(3600s - 31s);
    QCOMPARE(signedIn(), first);
    QCOMPARE(m_world->questions, 1);
    m_world->clock.advance(1s);
    QVERIFY(signedIn() != first);
    QCOMPARE(m_world->questions, 2);
}

void tst_OidcTokenSource::renewsBeforeItExpires()
{
    const QString first = signedIn();
    QSignalSpy changed(m_source.get(), &TokenSource::tokenChanged);
    QCOMPARE(m_world->clock.untilNext(), std::optional<std::chrono::milliseconds>(55min));
    m_world->clock.advance(55min);
    QVERIFY(changed.wait());
    const HttpServer::Request request = m_world->requestsTo(u"/token"_s).value(1);
    QCOMPARE(request.form().queryItemValue(u"grant_type"_s), u"refresh_token"_s);
    QCOMPARE(request.form().queryItemValue(u"refresh_token"_s), u"refresh-1"_s);
    const QString second = signedIn();
    QVERIFY(second != first);
    QCOMPARE(second, m_world->idToken());
    QCOMPARE(m_world->questions, 1);
    QCOMPARE(m_world->clock.untilNext(), std::optional<std::chrono::milliseconds>(55min));
}

void tst_OidcTokenSource::keepsTheOldRefreshToken()
{
    (void)signedIn();
    m_world->onToken = [this](const HttpServer::Request &) {
        QJsonObject tokens = m_world->tokens();
        tokens.remove(u"refresh_token"_s);
        return OidcWorld::json(tokens);
    };
    QSignalSpy changed(m_source.get(), &TokenSource::tokenChanged);
    for (int i = 0; i < 2; ++i) {
        m_world->clock.advance(55min);
        QVERIFY(changed.wait());
    }
    for (const HttpServer::Request &request : m_world->requestsTo(u"/token"_s).sliced(1))
        QCOMPARE(request.form().queryItemValue(u"refresh_token"_s), u"refresh-1"_s);
}

void tst_OidcTokenSource::takesARotatedRefreshToken()
{
    (void)signedIn();
    QSignalSpy changed(m_source.get(), &OidcTokenSource::sessionChanged);
    for (int i = 1; i < 3; ++i) {
        m_world->clock.advance(55min);
        QVERIFY(changed.wait());
        QCOMPARE(m_world->requestsTo(u"/token"_s)[i].form().queryItemValue(u"refresh_token"_s),
                 u"refresh-%1"_s.arg(i));
    }
    QVERIFY(m_source->session().contains("refresh-3"));
    QVERIFY(!m_source->session().contains("refresh-2"));
}

void tst_OidcTokenSource::brokenRenewalIsTriedAgain()
{
    const QString first = signedIn();
    int failures = 0;
    m_world->onToken = [&](const HttpServer::Request &) {
        return ++failures < 3 ? OidcWorld::Answer{503, "down", "text/plain", {}, false}
                              : OidcWorld::json(m_world->tokens());
    };
    QSignalSpy changed(m_source.get(), &TokenSource::tokenChanged);
    m_world->clock.advance(55min);
    for (int i = 1; i < 3; ++i) {
        QTRY_VERIFY(failures == i && m_world->clock.untilNext());
        m_world->clock.advance(30s);
    }
    QVERIFY(changed.wait());
    QVERIFY(signedIn() != first);
    QCOMPARE(m_world->questions, 1);
}

void tst_OidcTokenSource::tokenIsGivenWhileRenewalFails()
{
    const QString first = signedIn();
    m_world->onToken = [](const HttpServer::Request &) {
        return OidcWorld::Answer{503, "down", "text/plain", {}, false};
    };
    m_source->setSession(m_source->session() + ' '); // as another run of the program: no timer
    m_world->clock.advance(3600s - 10s);
    QCOMPARE(signedIn(), first);
    m_world->clock.advance(10s);
    TokenRequest late(*m_source);
    QTRY_VERIFY(late.isDone);
    QCOMPARE(late.error.kind, Error::Kind::Server);
    QVERIFY(late.error.isRetryable());
    QCOMPARE(m_world->questions, 1);
}

void tst_OidcTokenSource::endedSessionAsksAPerson()
{
    (void)signedIn();
    m_world->onToken = [this](const HttpServer::Request &request) {
        return request.body.contains("grant_type=refresh_token")
            ? OidcWorld::refusal(u"invalid_grant"_s)
            : OidcWorld::json(m_world->tokens());
    };
    QVERIFY(m_source->invalidate());
    TokenRequest request(*m_source);
    QTRY_COMPARE(m_world->questions, 2);
    QVERIFY(!m_world->shown->problem().isEmpty());
    m_world->signIn();
    QTRY_VERIFY(request.isDone);
    QCOMPARE(request.token, m_world->idToken());
}

void tst_OidcTokenSource::endedSessionWithNobodyToAsk()
{
    (void)signedIn();
    m_source->disconnect(m_world.get());
    m_world->onToken = [](const HttpServer::Request &) {
        return OidcWorld::refusal(u"invalid_grant"_s, 400, u"Token has been revoked"_s);
    };
    QVERIFY(m_source->invalidate());
    TokenRequest request(*m_source);
    QTRY_VERIFY(request.isDone);
    QCOMPARE(request.error.kind, Error::Kind::Unauthorized);
    QCOMPARE(request.error.type, u"invalid_grant"_s);
    QCOMPARE(request.error.serverMessage, u"Token has been revoked"_s);
    QVERIFY(!request.error.nextStep.isEmpty());
    QVERIFY(!request.error.isRetryable());
    QVERIFY(!m_source->isSignedIn());
    TokenRequest next(*m_source);
    QTRY_VERIFY(next.isDone);
    QCOMPARE(next.error.kind, Error::Kind::InvalidInput);
    QVERIFY(next.error.message.contains(u"needs a person"_s));
}

void tst_OidcTokenSource::renewalUnaskedShowsNothing()
{
    const QString first = signedIn();
    m_world->onToken = [](const HttpServer::Request &) {
        return OidcWorld::refusal(u"invalid_grant"_s);
    };
    QSignalSpy changed(m_source.get(), &OidcTokenSource::sessionChanged);
    m_world->clock.advance(55min);
    QVERIFY(changed.wait());
    QCOMPARE(m_world->questions, 1);
    QVERIFY(!m_source->session().contains("refresh-"));
    // What is at hand lasts a while yet.
    QCOMPARE(signedIn(), first);
    QCOMPARE(m_world->clock.untilNext(), std::nullopt);
}

void tst_OidcTokenSource::providerThatRenewsAccessTokensOnly()
{
    const QString first = signedIn();
    m_world->onToken = [this](const HttpServer::Request &request) {
        QJsonObject tokens = m_world->tokens();
        if (request.body.contains("grant_type=refresh_token"))
            tokens.remove(u"id_token"_s);
        return OidcWorld::json(tokens);
    };
    m_source->setSession(m_source->session() + ' ');
    m_world->clock.advance(3600s - 10s);
    QCOMPARE(signedIn(), first);
    m_world->clock.advance(10s);
    const QString second = signedIn();
    QCOMPARE(m_world->questions, 2);
    QVERIFY(second != first);
}

void tst_OidcTokenSource::wrongClockDoesNotMatter()
{
    // This computer is two hours ahead of the provider.
    m_world->onToken = [this](const HttpServer::Request &) {
        const qint64 theirs = m_world->now() - 7200;
        return OidcWorld::json(m_world->tokens(
            {{u"id_token"_s, m_world->idToken({{u"iat"_s, theirs}, {u"exp"_s, theirs + 3600}})}}));
    };
    const QString first = signedIn();
    m_world->clock.advance(50min);
    QCOMPARE(signedIn(), first);
    QCOMPARE(m_world->serial, 1);
}

void tst_OidcTokenSource::invalidateRenews()
{
    QVERIFY(!m_source->invalidate());
    const QString first = signedIn();
    QVERIFY(m_source->invalidate());
    const QString second = signedIn();
    QVERIFY(second != first);
    QCOMPARE(m_world->questions, 1);
    QCOMPARE(m_world->requestsTo(u"/token"_s).size(), 2);
}

void tst_OidcTokenSource::invalidateDoesNotAskTwice()
{
    m_world->onToken = [this](const HttpServer::Request &) {
        return OidcWorld::json(m_world->tokens({{u"refresh_token"_s, u""_s}}));
    };
    const QString first = signedIn();
    // The provider would give the same again.
    QVERIFY(!m_source->invalidate());
    QCOMPARE(signedIn(), first);
    QCOMPARE(m_world->questions, 1);
    m_world->clock.advance(2min);
    QVERIFY(m_source->invalidate());
    QVERIFY(signedIn() != first);
    QCOMPARE(m_world->questions, 2);
}

void tst_OidcTokenSource::sessionSurvivesTheProgram()
{
    const QString first = signedIn();
    OidcTokenSource next;
    m_world->prepare(next);
    next.setSession(m_source->session());
    QVERIFY(next.isSignedIn());
    TokenRequest request(next);
    QTRY_VERIFY(request.isDone);
    QCOMPARE(request.token, first);
    QCOMPARE(m_world->requestsTo(u"/token"_s).size(), 1);
    QSignalSpy changed(&next, &TokenSource::tokenChanged);
    m_world->clock.advance(55min);
    QVERIFY(changed.wait());
    QCOMPARE(next.expiresAt().toSecsSinceEpoch(), m_world->now() + 3600);
}

void tst_OidcTokenSource::sessionOfOthersIsNotUsed_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QByteArray>("session");
    QTest::newRow("other client") << QString() << u"other"_s << QByteArray();
    QTest::newRow("other provider") << u"https://other.example"_s << QString() << QByteArray();
    QTest::newRow("nothing") << QString() << QString() << " "_ba;
    QTest::newRow("rubbish") << QString() << QString() << "\x80{]"_ba;
    QTest::newRow("other version")
        << QString() << QString() << "{\"version\":2,\"refreshToken\":\"r\"}"_ba;
    QTest::newRow("wrong types") << QString() << QString()
                                 << "{\"version\":1,\"refreshToken\":[1],\"provider\":7}"_ba;
}

void tst_OidcTokenSource::sessionOfOthersIsNotUsed()
{
    QFETCH(QString, provider);
    QFETCH(QString, client);
    QFETCH(QByteArray, session);
    (void)signedIn();
    OidcTokenSource next;
    m_world->prepare(next);
    next.setSession(session.isEmpty() ? m_source->session() : session);
    if (!provider.isEmpty())
        next.setIssuer(provider);
    if (!client.isEmpty())
        next.setClientId(client);
    QVERIFY(!next.isSignedIn());
    QVERIFY(!next.claims().isValid());
    TokenRequest request(next);
    QTRY_VERIFY(request.isDone);
    QVERIFY(request.error.message.contains(u"needs a person"_s));
    QCOMPARE(m_world->requestsTo(u"/token"_s).size(), 1);
}

void tst_OidcTokenSource::signOutRevokes()
{
    (void)signedIn();
    QSignalSpy tokenChanged(m_source.get(), &TokenSource::tokenChanged);
    QSignalSpy sessionChanged(m_source.get(), &OidcTokenSource::sessionChanged);
    Reply *reply = m_source->signOut();
    QVERIFY(!m_source->isSignedIn());
    QVERIFY(m_source->session().isEmpty());
    QCOMPARE(tokenChanged.count(), 1);
    QCOMPARE(sessionChanged.count(), 1);
    Error error = Error::local(Error::Kind::Server, u"not finished"_s);
    connect(reply, &Reply::finished, reply, [&] { error = reply->error(); });
    QTRY_VERIFY2(!error.isError(), qPrintable(error.toString()));
    const QList<HttpServer::Request> requests = m_world->requestsTo(u"/revoke"_s);
    QCOMPARE(requests.size(), 1);
    QCOMPARE(requests[0].form().queryItemValue(u"token"_s), u"refresh-1"_s);
    QCOMPARE(requests[0].form().queryItemValue(u"client_id"_s), u"the-client"_s);
    QCOMPARE(m_world->clock.untilNext(), std::nullopt);
}

void tst_OidcTokenSource::signOutWhileAPageIsOpen()
{
    TokenRequest request(*m_source);
    QTRY_COMPARE(m_world->questions, 1);
    (void)m_source->signOut();
    QTRY_VERIFY(request.isDone);
    QCOMPARE(request.error.kind, Error::Kind::Cancelled);
    QTRY_VERIFY(!m_world->shown);
    QVERIFY(!m_world->isListening());
}

void tst_OidcTokenSource::signOutWithoutRevocation()
{
    m_world->configuration.remove(u"revocation_endpoint"_s);
    (void)signedIn();
    Reply *reply = m_source->signOut();
    QSignalSpy finished(reply, &Reply::finished);
    bool isGood = false;
    connect(reply, &Reply::finished, reply, [&] { isGood = !reply->error().isError(); });
    QVERIFY(finished.wait());
    QVERIFY(isGood);
    QVERIFY(m_source->session().isEmpty());
}

void tst_OidcTokenSource::signOutTellsAFailure()
{
    (void)signedIn();
    m_world->onOther = [](const HttpServer::Request &request) {
        return OidcWorld::refusal(u"invalid_request"_s, 400,
                                  u"cannot revoke "_s + request.form().queryItemValue(u"token"_s));
    };
    Reply *reply = m_source->signOut();
    Error error;
    connect(reply, &Reply::finished, reply, [&] { error = reply->error(); });
    QTRY_COMPARE(error.type, u"invalid_request"_s);
    QCOMPARE(error.serverMessage, u"cannot revoke …"_s);
    QVERIFY(m_source->session().isEmpty());
}

void tst_OidcTokenSource::endsWhileAPageIsOpen()
{
    (void)m_source->token({});
    QTRY_COMPARE(m_world->questions, 1);
    QVERIFY(m_world->isListening());
    m_source.reset();
    QVERIFY(!m_world->shown);
    QVERIFY(!m_world->isListening());
}

void tst_OidcTokenSource::changedSettingsStartAgain()
{
    TokenRequest request(*m_source);
    QTRY_COMPARE(m_world->questions, 1);
    const QPointer<Interaction> first = m_world->shown;
    m_source->setScopes({u"openid"_s});
    QTRY_COMPARE(m_world->questions, 2);
    QTRY_VERIFY(!first);
    QCOMPARE(m_world->parameter(u"scope"_s), u"openid"_s);
    m_world->signIn();
    QTRY_VERIFY(request.isDone);
    QCOMPARE(request.token, m_world->idToken());
}

void tst_OidcTokenSource::twoSourcesAtOnce()
{
    OidcWorld otherWorld;
    OidcTokenSource other;
    otherWorld.prepare(other);
    otherWorld.watch(other);
    TokenRequest first(*m_source);
    TokenRequest second(other);
    QTRY_VERIFY(m_world->questions == 1 && otherWorld.questions == 1);
    QVERIFY(m_world->redirectUri.port() != otherWorld.redirectUri.port());
    QVERIFY(m_world->parameter(u"state"_s) != otherWorld.parameter(u"state"_s));
    QVERIFY(m_world->nonce != otherWorld.nonce);
    otherWorld.signIn();
    QTRY_VERIFY(second.isDone);
    QCOMPARE(second.token, otherWorld.idToken());
    QVERIFY(!first.isDone);
    m_world->signIn();
    QTRY_VERIFY(first.isDone);
    QCOMPARE(first.token, m_world->idToken());
}

void tst_OidcTokenSource::authorizerSendsTheToken()
{
    TokenAuthorizer authorizer(m_source.get());
    AuthReply *reply = authorizer.authorize({});
    Headers headers;
    connect(reply, &Reply::finished, reply, [&] { headers = reply->headers(); });
    QTRY_COMPARE(m_world->questions, 1);
    QVERIFY(reply->isWaitingForPerson());
    m_world->signIn();
    QTRY_COMPARE(headers, (Headers{{"Authorization"_ba, m_world->idToken().toLatin1()}}));
}

GUILESS_TEST(tst_OidcTokenSource)
#include "tst_oidctokensource.moc"

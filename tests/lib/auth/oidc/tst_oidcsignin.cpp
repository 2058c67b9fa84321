// SPDX-License-Identifier: Apache-2.0
#include "oidcworld.h"
#include "tests/shared/testrunner.h"

using namespace std::chrono_literals;
using namespace AppSync;

//! What a sign-in in the browser asks for, and all that can go wrong with it.
class tst_OidcSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void defaultScopesAreThoseThatAreOffered();
    void parametersAreAddedButReplaceNothing();
    void secretGoesWhereTheProviderWantsIt_data();
    void secretGoesWhereTheProviderWantsIt();
    void issuerWithOrWithoutSlash();
    void badSettingsFailInWords_data();
    void badSettingsFailInWords();
    void nobodyToAsk();
    void browserBringsAnError_data();
    void browserBringsAnError();
    void wrongState();
    void otherIssuerInTheRedirect();
    void browserNeverReturns();
    void personCancels();
    void personCancelsAtOnce();
    void allPortsTaken();
    void strangersDoNotEndIt();
    void badIdTokens_data();
    void badIdTokens();
    void goodIdTokens_data();
    void goodIdTokens();
    void noIdToken();
    void accessTokenAlone();
    void lifetimes_data();
    void lifetimes();
    void renewedTokenOfAnotherUser();
    void tokenEndpointRefuses_data();
    void tokenEndpointRefuses();
    void tokenEndpointSaysRubbish_data();
    void tokenEndpointSaysRubbish();
    void tokenEndpointIsSilent();
    void badConfiguration_data();
    void badConfiguration();
    void errorsTellNoSecrets();
    void triesAgainAfterAFailure();

private:
    //! Asks for a token, signs in, and gives the error.
    Error failure();
    QString signedIn();
    //! Asks for a token, up to the page.
    void open();

    std::unique_ptr<OidcWorld> m_world;
    std::unique_ptr<OidcTokenSource> m_source;
    std::unique_ptr<TokenRequest> m_request;
};

namespace {

void verifyInWords(const Error &error)
{
    QVERIFY(error.isError());
    QVERIFY(!error.message.isEmpty());
    QVERIFY2(!error.nextStep.isEmpty(), qPrintable(error.message));
}

} // namespace

void tst_OidcSignIn::init()
{
    m_world = std::make_unique<OidcWorld>();
    m_source = std::make_unique<OidcTokenSource>();
    m_world->prepare(*m_source);
    m_world->watch(*m_source);
}

void tst_OidcSignIn::cleanup()
{
    // Whatever happened, nothing is left of it.
    if (m_request && m_request->isDone) {
        QTRY_VERIFY(!m_world->shown);
        if (m_world->redirectUri.isValid())
            QVERIFY(!m_world->isListening());
    }
    m_request.reset();
    m_source.reset();
    m_world.reset();
}

void tst_OidcSignIn::open()
{
    const int before = m_world->questions;
    m_request = std::make_unique<TokenRequest>(*m_source);
    QTRY_VERIFY(m_request->isDone || m_world->questions > before);
    QVERIFY2(!m_request->isDone, qPrintable(m_request->error.toString()));
}

Error tst_OidcSignIn::failure()
{
    const int before = m_world->questions;
    m_request = std::make_unique<TokenRequest>(*m_source);
    (void)QTest::qWaitFor([&] { return m_request->isDone || m_world->questions > before; });
    if (!m_request->isDone)
        m_world->signIn();
    (void)QTest::qWaitFor([&] { return m_request->isDone; });
    return m_request->error;
}

QString tst_OidcSignIn::signedIn()
{
    const Error error = failure();
    return error.isError() ? error.toString() : m_request->token;
}

void tst_OidcSignIn::defaultScopesAreThoseThatAreOffered()
{
    (void)signedIn();
    QCOMPARE(m_world->parameter(u"scope"_s), u"openid email offline_access"_s);
    (void)m_source->signOut();
    m_source->setScopes({u"openid"_s, u"api/read"_s});
    (void)signedIn();
    QCOMPARE(m_world->parameter(u"scope"_s), u"openid api/read"_s);
}

void tst_OidcSignIn::parametersAreAddedButReplaceNothing()
{
    m_source->setParameters({{u"audience"_s, u"https://api/?a=b&c=d+e"_s},
                             {u"state"_s, u"mine"_s},
                             {u"redirect_uri"_s, u"https://evil.example"_s}});
    (void)signedIn();
    QCOMPARE(m_world->parameter(u"audience"_s), u"https://api/?a=b&c=d+e"_s);
    QCOMPARE(m_world->page.allQueryItemValues(u"state"_s).size(), 1);
    QVERIFY(m_world->parameter(u"state"_s) != u"mine"_s);
    QVERIFY(m_world->parameter(u"redirect_uri"_s).startsWith(u"http://localhost:"_s));
}

void tst_OidcSignIn::secretGoesWhereTheProviderWantsIt_data()
{
    QTest::addColumn<QJsonArray>("methods");
    QTest::addColumn<bool>("isBasic");
    QTest::newRow("does not say") << QJsonArray() << true;
    QTest::newRow("both") << QJsonArray{u"client_secret_post"_s, u"client_secret_basic"_s} << true;
    QTest::newRow("form only") << QJsonArray{u"client_secret_post"_s, u"none"_s} << false;
}

void tst_OidcSignIn::secretGoesWhereTheProviderWantsIt()
{
    QFETCH(QJsonArray, methods);
    QFETCH(bool, isBasic);
    if (!methods.isEmpty())
        m_world->configuration[u"token_endpoint_auth_methods_supported"_s] = methods;
    m_source->setClientSecret(u"s:e c%"_s);
    (void)signedIn();
    const HttpServer::Request request = m_world->requestsTo(u"/token"_s).value(0);
    const QString inForm = request.form().queryItemValue(u"client_secret"_s, QUrl::FullyDecoded);
    QCOMPARE(request.headers["authorization"],
             isBasic ? "Basic " + "the-client:s%3Ae%20c%25"_ba.toBase64() : QByteArray());
    QCOMPARE(inForm, isBasic ? QString() : u"s:e c%"_s);
}

void tst_OidcSignIn::issuerWithOrWithoutSlash()
{
    m_world->configuration[u"issuer"_s] = m_world->issuer() + u'/';
    const QString token = signedIn();
    QCOMPARE(token, m_world->idToken());
    QCOMPARE(m_world->requestsTo(u"/.well-known/openid-configuration"_s).size(), 1);
    m_source->setIssuer(m_world->issuer() + u'/');
    (void)signedIn();
    QCOMPARE(m_world->requestsTo(u"/.well-known/openid-configuration"_s).size(), 2);
}

void tst_OidcSignIn::badSettingsFailInWords_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("client");
    const QString good = u"https://id.example"_s;
    QTest::newRow("nothing") << QString() << QString() << QString();
    QTest::newRow("no provider") << QString() << QString() << u"c"_s;
    QTest::newRow("no client") << good << QString() << QString();
    QTest::newRow("plain http") << u"http://id.example"_s << QString() << u"c"_s;
    QTest::newRow("no scheme") << u"id.example"_s << QString() << u"c"_s;
    QTest::newRow("no host") << u"https://"_s << QString() << u"c"_s;
    QTest::newRow("file") << u"file:///etc"_s << QString() << u"c"_s;
    QTest::newRow("user in it") << u"https://a:b@id.example"_s << QString() << u"c"_s;
    QTest::newRow("rubbish") << u"https://[:::"_s << QString() << u"c"_s;
    QTest::newRow("domain by http") << QString() << u"http://x.example"_s << u"c"_s;
    QTest::newRow("domain is none") << QString() << u"a b"_s << u"c"_s;
}

void tst_OidcSignIn::badSettingsFailInWords()
{
    QFETCH(QString, issuer);
    QFETCH(QString, domain);
    QFETCH(QString, client);
    m_source->setIssuer(issuer);
    m_source->setDomain(domain);
    m_source->setClientId(client);
    const Error error = failure();
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    verifyInWords(error);
    QCOMPARE(m_world->questions, 0);
    QVERIFY(m_world->server.requests.isEmpty());
}

void tst_OidcSignIn::nobodyToAsk()
{
    m_source->disconnect(m_world.get());
    const Error error = failure();
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    verifyInWords(error);
    QVERIFY(m_world->server.requests.isEmpty());
}

void tst_OidcSignIn::browserBringsAnError_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("declined") << u"access_denied"_s << Error::Kind::Refused;
    QTest::newRow("scope") << u"invalid_scope"_s << Error::Kind::Refused;
    QTest::newRow("request") << u"invalid_request"_s << Error::Kind::Refused;
    QTest::newRow("client") << u"unauthorized_client"_s << Error::Kind::Refused;
    QTest::newRow("server") << u"server_error"_s << Error::Kind::Server;
    QTest::newRow("unknown") << u"something_else"_s << Error::Kind::Refused;
}

void tst_OidcSignIn::browserBringsAnError()
{
    QFETCH(QString, code);
    QFETCH(Error::Kind, kind);
    open();
    m_world->comeBack(u"error="_s + code + u"&error_description=not%20you%0d%0a+here&state="_s
                      + m_world->parameter(u"state"_s));
    QTRY_VERIFY(m_request->isDone);
    const Error error = m_request->error;
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.type, code);
    QCOMPARE(error.serverMessage, u"not you here"_s);
    verifyInWords(error);
    QVERIFY(m_world->requestsTo(u"/token"_s).isEmpty());
}

void tst_OidcSignIn::wrongState()
{
    open();
    m_world->comeBack(u"code=the-code&state=another"_s);
    QTRY_VERIFY(m_request->isDone);
    QCOMPARE(m_request->error.kind, Error::Kind::Receiving);
    verifyInWords(m_request->error);
    QVERIFY(m_world->requestsTo(u"/token"_s).isEmpty());
}

void tst_OidcSignIn::otherIssuerInTheRedirect()
{
    open();
    m_world->comeBack(u"code=the-code&iss=https%3A%2F%2Fevil.example&state="_s
                      + m_world->parameter(u"state"_s));
    QTRY_VERIFY(m_request->isDone);
    QCOMPARE(m_request->error.kind, Error::Kind::Receiving);
    QVERIFY(m_request->error.message.contains(u"evil.example"_s));
    QVERIFY(m_world->requestsTo(u"/token"_s).isEmpty());
    open();
    m_world->comeBack(u"code=the-code&iss="_s
                      + QString::fromLatin1(QUrl::toPercentEncoding(m_world->issuer()))
                      + u"&state="_s + m_world->parameter(u"state"_s));
    QTRY_VERIFY(m_request->isDone);
    QVERIFY(!m_request->error.isError());
}

void tst_OidcSignIn::browserNeverReturns()
{
    open();
    m_world->clock.advance(5min - 1s);
    QVERIFY(m_world->isListening());
    QVERIFY(m_world->shown);
    m_world->clock.advance(1s);
    QTRY_VERIFY(m_request->isDone);
    const Error error = m_request->error;
    QCOMPARE(error.kind, Error::Kind::Unattended);
    QVERIFY(error.nextStep.contains(u"redirect_mismatch"_s));
    QVERIFY(error.nextStep.contains(m_world->redirectUri.toString()));
}

void tst_OidcSignIn::personCancels()
{
    open();
    m_world->shown->cancel();
    QTRY_VERIFY(m_request->isDone);
    QCOMPARE(m_request->error.kind, Error::Kind::Cancelled);
    QVERIFY(!m_request->error.isRetryable());
}

void tst_OidcSignIn::personCancelsAtOnce()
{
    connect(m_source.get(), &InteractiveSource::interactionRequired, m_source.get(),
            [](Interaction *interaction) { interaction->cancel(); });
    m_request = std::make_unique<TokenRequest>(*m_source);
    QTRY_VERIFY(m_request->isDone);
    QCOMPARE(m_request->error.kind, Error::Kind::Cancelled);
}

void tst_OidcSignIn::allPortsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString uri = u"http://localhost:%1/callback"_s.arg(other.serverPort());
    m_source->setRedirectUris({uri});
    const Error error = failure();
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(error.message.contains(uri));
    verifyInWords(error);
    QCOMPARE(m_world->questions, 0);
}

void tst_OidcSignIn::strangersDoNotEndIt()
{
    open();
    const QUrl callback = m_world->redirectUri;
    m_world->redirectUri.setPath(u"/favicon.ico"_s);
    m_world->comeBack({});
    m_world->redirectUri = callback;
    m_world->signIn();
    QTRY_VERIFY(m_request->isDone);
    QVERIFY(!m_request->error.isError());
}

void tst_OidcSignIn::badIdTokens_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::newRow("nonce of another sign-in") << QJsonObject{{u"nonce"_s, u"another"_s}};
    QTest::newRow("no nonce") << QJsonObject{{u"nonce"_s, QJsonValue::Null}};
    QTest::newRow("other issuer") << QJsonObject{{u"iss"_s, u"https://evil.example"_s}};
    QTest::newRow("no issuer") << QJsonObject{{u"iss"_s, u""_s}};
    QTest::newRow("other client") << QJsonObject{{u"aud"_s, u"another"_s}};
    QTest::newRow("other clients") << QJsonObject{{u"aud"_s, QJsonArray{u"a"_s, u"b"_s}}};
    QTest::newRow("no client") << QJsonObject{{u"aud"_s, QJsonArray()}};
    QTest::newRow("no JWT") << QJsonObject();
}

void tst_OidcSignIn::badIdTokens()
{
    QFETCH(QJsonObject, claims);
    m_world->onToken = [&](const HttpServer::Request &) {
        return OidcWorld::json(m_world->tokens(
            {{u"id_token"_s, claims.isEmpty() ? u"opaque"_s : m_world->idToken(claims)}}));
    };
    const Error error = failure();
    QCOMPARE(error.kind, Error::Kind::Receiving);
    verifyInWords(error);
    QVERIFY(!m_source->isSignedIn());
    QVERIFY(m_source->session().isEmpty());
}

void tst_OidcSignIn::goodIdTokens_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::newRow("several clients")
        << QJsonObject{{u"aud"_s, QJsonArray{u"api"_s, u"the-client"_s}}};
    QTest::newRow("no times") << QJsonObject{{u"iat"_s, QJsonValue::Null},
                                             {u"exp"_s, QJsonValue::Null}};
    QTest::newRow("more claims") << QJsonObject{{u"x"_s, QJsonObject{{u"y"_s, 1e300}}}};
}

void tst_OidcSignIn::goodIdTokens()
{
    QFETCH(QJsonObject, claims);
    m_world->onToken = [&](const HttpServer::Request &) {
        return OidcWorld::json(m_world->tokens({{u"id_token"_s, m_world->idToken(claims)}}));
    };
    const QString token = signedIn();
    QCOMPARE(token, m_world->idToken(claims));
    QCOMPARE(signedIn(), token);
    QCOMPARE(m_world->questions, 1);
}

void tst_OidcSignIn::noIdToken()
{
    m_world->onToken = [&](const HttpServer::Request &) {
        return OidcWorld::json(m_world->tokens({{u"id_token"_s, QJsonValue::Null}}));
    };
    const Error error = failure();
    QCOMPARE(error.kind, Error::Kind::Refused);
    QVERIFY(error.nextStep.contains(u"openid"_s));
}

void tst_OidcSignIn::accessTokenAlone()
{
    m_world->onToken = [](const HttpServer::Request &) {
        return OidcWorld::json({{u"access_token"_s, u"opaque"_s}});
    };
    m_source->setTokenToSend(OidcTokenSource::TokenToSend::Access);
    QCOMPARE(signedIn(), u"opaque"_s);
    QVERIFY(!m_request->expiresAt.isValid());
    m_world->clock.advance(24h);
    QCOMPARE(signedIn(), u"opaque"_s);
    QCOMPARE(m_world->questions, 1);
}

void tst_OidcSignIn::lifetimes_data()
{
    QTest::addColumn<QJsonValue>("expiresIn");
    QTest::addColumn<int>("seconds"); // -1: not known
    QTest::newRow("number") << QJsonValue(600) << 600;
    QTest::newRow("fraction") << QJsonValue(600.5) << 600;
    QTest::newRow("text") << QJsonValue(u"600"_s) << 600;
    QTest::newRow("missing") << QJsonValue() << -1;
    QTest::newRow("zero") << QJsonValue(0) << -1;
    QTest::newRow("negative") << QJsonValue(-5) << -1;
    QTest::newRow("beyond all measure") << QJsonValue(1e300) << -1;
    QTest::newRow("rubbish") << QJsonValue(u"soon"_s) << -1;
}

void tst_OidcSignIn::lifetimes()
{
    QFETCH(QJsonValue, expiresIn);
    QFETCH(int, seconds);
    m_world->onToken = [&](const HttpServer::Request &) {
        return OidcWorld::json(m_world->tokens({{u"expires_in"_s, expiresIn}}));
    };
    m_source->setTokenToSend(OidcTokenSource::TokenToSend::Access);
    QCOMPARE(signedIn(), u"access-1"_s);
    if (seconds < 0)
        QVERIFY(!m_request->expiresAt.isValid());
    else
        QCOMPARE(m_request->expiresAt.toSecsSinceEpoch(), m_world->now() + seconds);
}

void tst_OidcSignIn::renewedTokenOfAnotherUser()
{
    (void)signedIn();
    m_world->onToken = [this](const HttpServer::Request &) {
        return OidcWorld::json(
            m_world->tokens({{u"id_token"_s, m_world->idToken({{u"sub"_s, u"somebody-else"_s}})}}));
    };
    QVERIFY(m_source->invalidate());
    const Error error = failure();
    QCOMPARE(error.kind, Error::Kind::Receiving);
    verifyInWords(error);
    QVERIFY(!m_source->session().contains("refresh-2"));
}

void tst_OidcSignIn::tokenEndpointRefuses_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("status");
    QTest::addColumn<Error::Kind>("kind");
    using Kind = Error::Kind;
    QTest::newRow("code") << u"invalid_grant"_s << 400 << Kind::Unauthorized;
    QTest::newRow("client") << u"invalid_client"_s << 401 << Kind::Unauthorized;
    QTest::newRow("request") << u"invalid_request"_s << 400 << Kind::Refused;
    QTest::newRow("flow") << u"unauthorized_client"_s << 400 << Kind::Refused;
    QTest::newRow("grant") << u"unsupported_grant_type"_s << 400 << Kind::Refused;
    QTest::newRow("scope") << u"invalid_scope"_s << 400 << Kind::Refused;
    QTest::newRow("unknown") << u"whatever"_s << 400 << Kind::Refused;
    QTest::newRow("unknown, theirs") << u"whatever"_s << 500 << Kind::Server;
    QTest::newRow("too many") << u"whatever"_s << 429 << Kind::LimitExceeded;
    QTest::newRow("down") << u"temporarily_unavailable"_s << 503 << Kind::Server;
}

void tst_OidcSignIn::tokenEndpointRefuses()
{
    QFETCH(QString, code);
    QFETCH(int, status);
    QFETCH(Error::Kind, kind);
    m_world->onToken = [&](const HttpServer::Request &) {
        return OidcWorld::refusal(code, status, u"their words"_s);
    };
    const Error error = failure();
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.type, code);
    QCOMPARE(error.httpStatus, status);
    QCOMPARE(error.serverMessage, u"their words"_s);
    verifyInWords(error);
    // Nobody is to be asked again by itself because of it.
    QVERIFY(!m_source->invalidate());
}

void tst_OidcSignIn::tokenEndpointSaysRubbish_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    using Kind = Error::Kind;
    QTest::newRow("nothing") << 200 << ""_ba << Kind::Receiving;
    QTest::newRow("HTML") << 200 << "<html>secret-token</html>"_ba << Kind::Receiving;
    QTest::newRow("cut") << 200 << R"({"access_token":"secret-tok)"_ba << Kind::Receiving;
    QTest::newRow("array") << 200 << "[]"_ba << Kind::Receiving;
    QTest::newRow("deep") << 200 << QByteArray(100'000, '[') << Kind::Receiving;
    QTest::newRow("no token") << 200 << "{}"_ba << Kind::WrongType;
    QTest::newRow("token is none") << 200 << R"({"access_token":5})"_ba << Kind::WrongType;
    QTest::newRow("an error as success")
        << 200 << R"({"error":"invalid_grant"})"_ba << Kind::WrongType;
    QTest::newRow("other type") << 200
                                << R"({"access_token":"secret-token","token_type":"DPoP"})"_ba
                                << Kind::UnsupportedMessage;
    QTest::newRow("huge") << 200 << QByteArray(2'000'000, 'x') << Kind::Receiving;
    QTest::newRow("sent elsewhere") << 302 << ""_ba << Kind::Receiving;
    QTest::newRow("not there") << 404 << "not here"_ba << Kind::Refused;
    QTest::newRow("proxy") << 407 << "<html>"_ba << Kind::Refused;
    QTest::newRow("down") << 502 << "<html>"_ba << Kind::Server;
    QTest::newRow("endless words")
        << 400 << R"({"error":"x","error_description":")" + QByteArray(50'000, 'y') + "\"}"
        << Kind::Refused;
}

void tst_OidcSignIn::tokenEndpointSaysRubbish()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    m_world->onToken = [&](const HttpServer::Request &) {
        return OidcWorld::Answer{status, body, "application/json", {}, false};
    };
    const Error error = failure();
    QCOMPARE(error.kind, kind);
    verifyInWords(error);
    QVERIFY(error.toString().size() < 1000);
    QVERIFY(!error.toString().contains(u"secret-tok"_s));
    QVERIFY(!m_source->isSignedIn());
}

void tst_OidcSignIn::tokenEndpointIsSilent()
{
    m_source->setTimeout(100ms);
    m_world->onToken = [](const HttpServer::Request &) {
        OidcWorld::Answer answer;
        answer.isNever = true;
        return answer;
    };
    const Error error = failure();
    QCOMPARE(error.kind, Error::Kind::Timeout);
    verifyInWords(error);
}

void tst_OidcSignIn::badConfiguration_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body"); // %1: the issuer
    const QByteArray other = R"({"issuer":"https://other.example","token_endpoint":"%1/token"})";
    QTest::newRow("other issuer") << 200 << other;
    QTest::newRow("no page") << 200 << R"({"issuer":"%1","token_endpoint":"%1/token"})"_ba;
    QTest::newRow("HTML") << 200 << "<html>"_ba;
    QTest::newRow("huge") << 200 << QByteArray(2'000'000, ' ');
    QTest::newRow("not there") << 404 << "{}"_ba;
    QTest::newRow("sent elsewhere") << 301 << ""_ba;
    QTest::newRow("down") << 503 << ""_ba;
}

void tst_OidcSignIn::badConfiguration()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    m_world->onOther = [&](const HttpServer::Request &) {
        return OidcWorld::Answer{status,
                                 body.replace("%1", m_world->issuer().toLatin1()),
                                 "application/json",
                                 {},
                                 false};
    };
    const Error error = failure();
    verifyInWords(error);
    QCOMPARE(m_world->questions, 0);
    QVERIFY(m_world->requestsTo(u"/token"_s).isEmpty());
}

void tst_OidcSignIn::errorsTellNoSecrets()
{
    m_source->setClientSecret(u"the-secret"_s);
    m_world->onToken = [](const HttpServer::Request &request) {
        return OidcWorld::refusal(
            u"invalid_grant"_s, 400,
            u"the-code the-secret "_s
                + request.form().queryItemValue(u"code_verifier"_s, QUrl::FullyDecoded));
    };
    const Error error = failure();
    QCOMPARE(error.serverMessage, u"… … …"_s);
}

void tst_OidcSignIn::triesAgainAfterAFailure()
{
    m_world->onToken = [](const HttpServer::Request &) {
        return OidcWorld::refusal(u"invalid_grant"_s);
    };
    QVERIFY(failure().isError());
    const QString state = m_world->parameter(u"state"_s);
    m_world->onToken = {};
    const QString token = signedIn();
    QCOMPARE(token, m_world->idToken());
    QVERIFY(m_world->parameter(u"state"_s) != state);
}

GUILESS_TEST(tst_OidcSignIn)
#include "tst_oidcsignin.moc"

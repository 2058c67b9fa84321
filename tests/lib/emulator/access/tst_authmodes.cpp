// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/access/jwt_p.h"
#include "tests/shared/testrunner.h"

#include "tests/shared/rawclient.h"

#include <AppSync/Emulator>

#include <QJsonArray>
#include <QTest>

using namespace AppSync;
using namespace RawClient;
using Emulation::JsonWebKey;
using Emulation::WebToken;
using namespace Qt::StringLiterals;

//! Which mode a token belongs to, by its form alone, and what a Lambda authorizer is asked.
class tst_AuthModes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void inference_data();
    void inference();
    void lambdaIsAskedForEveryOperation();
    void lambdaMayAnswerLater();
    void expiredTokensAreToldApart();
    void theClockCanBeSet();
    void badOptions();

private:
    //! What a publish to \a nameSpace over HTTP is answered.
    [[nodiscard]] static HttpAnswer publish(const Emulator &emulator, const QString &authorization,
                                            const QByteArray &nameSpace = "default")
    {
        Connection connection(emulator.port());
        return connection.ask(post("/event", "Authorization: " + authorization.toUtf8() + "\r\n",
                                   R"({"channel":")" + nameSpace + R"(/a","events":["1"]})"));
    }
};

namespace {

using Mode = Emulator::AuthMode;

const QString kPool = u"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCd12345"_s;

QJsonObject claims(const QString &issuer)
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    return {{u"iss"_s, issuer},
            {u"sub"_s, u"a"_s},
            {u"token_use"_s, u"id"_s},
            {u"iat"_s, now - 10},
            {u"exp"_s, now + 3600}};
}

} // namespace

void tst_AuthModes::inference_data()
{
    using Modes = QList<Mode>;
    QTest::addColumn<Modes>("modes");
    QTest::addColumn<QString>("token");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("asked"); // how often the Lambda authorizer was
    const auto row = [](const char *name, const Modes &modes, const QString &token, int status,
                        int asked) { QTest::newRow(name) << modes << token << status << asked; };
    const Modes all = AppSync::EmulatorOptions::allAuthModes();
    const Modes lambda{Mode::Lambda};
    row("JWT of the pool", all, u"$pool"_s, 200, 0);
    row("JWT of the pool, Bearer", all, u"Bearer $pool"_s, 200, 0);
    row("JWT of the pool, bearer", all, u"bearer $pool"_s, 200, 0);
    row("JWT of the OIDC provider", all, u"$oidc"_s, 200, 0);
    row("JWT of the OIDC provider, Bearer", all, u"Bearer $oidc"_s, 200, 0);
    row("pool only", {Mode::UserPool}, u"$pool"_s, 200, 0);
    row("pool only, OIDC token", {Mode::UserPool}, u"$oidc"_s, 401, 0);
    row("forged JWT does not reach Lambda", all, u"$forged"_s, 401, 0);
    row("opaque", all, u"open sesame"_s, 200, 1);
    row("opaque, wrong", all, u"close sesame"_s, 401, 1);
    row("Bearer does not reach Lambda", all, u"Bearer open sesame"_s, 401, 0);
    row("Lambda without JWT modes gets JWTs", lambda, u"$pool"_s, 401, 1);
    row("Lambda off", {Mode::Oidc}, u"open sesame"_s, 401, 0);
    row("JWT of a stranger", {Mode::Oidc}, u"$stranger"_s, 401, 0);
    row("JWT of a stranger reaches Lambda", all, u"$stranger"_s, 401, 1);
    row("signatures never reach Lambda", lambda, u"AWS4-HMAC-SHA256 x"_s, 403, 0);
}

void tst_AuthModes::inference()
{
    QFETCH(QList<Mode>, modes);
    QFETCH(QString, token);
    QFETCH(int, status);
    QFETCH(int, asked);
    const JsonWebKey poolKey = JsonWebKey::rs256();
    const JsonWebKey oidcKey = JsonWebKey::makeEs256();
    const QString oidc = u"https://issuer.example"_s;
    const auto set = [](const JsonWebKey &key) {
        return QJsonDocument(QJsonObject{{u"keys"_s, QJsonArray{key.toJwk()}}}).toJson();
    };
    token.replace(u"$pool"_s, WebToken::make(poolKey, claims(kPool)));
    token.replace(u"$oidc"_s, WebToken::make(oidcKey, claims(oidc)));
    token.replace(u"$forged"_s, WebToken::make(oidcKey, claims(kPool)));
    token.replace(u"$stranger"_s, WebToken::make(oidcKey, claims(u"https://other.example"_s)));

    Emulator emulator;
    Emulator::Options options;
    options.namespaces = {{u"default"_s, modes, modes}};
    options.connectModes = modes;
    options.tokenProviders = {{Mode::UserPool, kPool, set(poolKey)},
                              {Mode::Oidc, oidc, set(oidcKey)}};
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    int calls = 0;
    emulator.setLambdaAuthorizer([&](const auto &request, const auto &answer) {
        ++calls;
        answer({request.authorizationToken == u"open sesame"_s});
    });
    const HttpAnswer answer = publish(emulator, token);
    QVERIFY2(answer.status == status, answer.body.constData());
    QCOMPARE(calls, asked);
}

void tst_AuthModes::lambdaIsAskedForEveryOperation()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    QList<Emulator::LambdaRequest> requests;
    emulator.setLambdaAuthorizer([&](const auto &request, const auto &answer) {
        requests.append(request);
        answer(
            {request.operation != u"EVENT_SUBSCRIBE"_s || request.channel != u"/private/secret"_s});
    });
    const QJsonObject authorization{{u"host"_s, u"h"_s}, {u"Authorization"_s, u"opaque"_s}};
    WebSocket socket;
    QVERIFY(socket.open(emulator.realtimeUrl(),
                        {u"aws-appsync-event-ws"_s, headerProtocol(authorization)}));
    const auto operate = [&](const QString &type, const QString &channel) {
        socket.send(QJsonObject{{u"type"_s, type},
                                {u"id"_s, u"1"_s},
                                {u"channel"_s, channel},
                                {u"events"_s, QJsonArray{u"1"_s}},
                                {u"authorization"_s, authorization}});
        return socket.nextJson()["type"_L1].toString();
    };
    QCOMPARE(operate(u"subscribe"_s, u"private/secret"_s), u"subscribe_error"_s);
    QCOMPARE(operate(u"subscribe"_s, u"private/*"_s), u"subscribe_success"_s);
    QCOMPARE(operate(u"publish"_s, u"/default/a/"_s), u"publish_success"_s);

    QCOMPARE(requests.size(), 4);
    QCOMPARE(requests[0].operation, u"EVENT_CONNECT"_s);
    QVERIFY(requests[0].channel.isNull() && requests[0].channelNamespaceName.isNull());
    QVERIFY(requests[0].requestHeaders.contains({u"host"_s, u"h"_s}));
    QCOMPARE(requests[2].operation, u"EVENT_SUBSCRIBE"_s);
    QCOMPARE(requests[2].channel, u"/private/*"_s);
    QCOMPARE(requests[2].channelNamespaceName, u"private"_s);
    QCOMPARE(requests[3].operation, u"EVENT_PUBLISH"_s);
    QCOMPARE(requests[3].channel, u"/default/a"_s);
    QCOMPARE(requests[3].authorizationToken, u"opaque"_s);

    emulator.setLambdaAuthorizer({});
    QCOMPARE(operate(u"publish"_s, u"default/a"_s), u"publish_error"_s);
    QCOMPARE(requests.size(), 4);
}

void tst_AuthModes::lambdaMayAnswerLater()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    QStringList asked;
    QList<std::function<void(const Emulator::LambdaAnswer &)>> answers;
    emulator.setLambdaAuthorizer([&](const auto &request, const auto &answer) {
        asked.append(request.operation);
        answers.append(answer);
    });
    const QJsonObject authorization{{u"host"_s, u"h"_s}, {u"Authorization"_s, u"opaque"_s}};
    const auto frame = [&](const QString &type) {
        return QJsonObject{{u"type"_s, type},
                           {u"id"_s, u"1"_s},
                           {u"channel"_s, u"default/a"_s},
                           {u"events"_s, QJsonArray{u"1"_s}},
                           {u"authorization"_s, authorization}};
    };
    const auto type = [](const QJsonObject &answer) { return answer["type"_L1].toString(); };

    WebSocket socket;
    QVERIFY(socket.open(emulator.realtimeUrl(),
                        {u"aws-appsync-event-ws"_s, headerProtocol(authorization)}));
    // What comes before the verdict waits for it.
    socket.send({{u"type"_s, u"connection_init"_s}});
    socket.send(frame(u"subscribe"_s));
    QTRY_COMPARE(asked, QStringList{u"EVENT_CONNECT"_s});
    answers.takeFirst()({true});
    QCOMPARE(type(socket.nextJson()), u"connection_ack"_s);
    QTRY_COMPARE(answers.size(), 1);
    QCOMPARE(emulator.subscriptionCount(), 0);
    // One that overtakes its subscribe is ignored; the id is taken all the same.
    socket.send(frame(u"unsubscribe"_s));
    socket.send(frame(u"subscribe"_s));
    QCOMPARE(type(socket.nextJson()), u"subscribe_error"_s);
    answers.takeFirst()({true});
    QCOMPARE(type(socket.nextJson()), u"subscribe_success"_s);
    QCOMPARE(emulator.subscriptionCount(), 1);
    socket.send(frame(u"publish"_s));
    QTRY_COMPARE(answers.size(), 1);
    answers.takeFirst()({false});
    QCOMPARE(type(socket.nextJson()), u"publish_error"_s);

    // Nobody waits for these any more.
    socket.send(frame(u"publish"_s));
    QTRY_COMPARE(answers.size(), 1);
    emulator.dropConnections();
    QTRY_COMPARE(emulator.connectionCount(), 0);
    answers.takeFirst()({true});
    WebSocket other;
    QVERIFY(other.open(emulator.realtimeUrl(),
                       {u"aws-appsync-event-ws"_s, headerProtocol(authorization)}));
    QTRY_COMPARE(answers.size(), 1);
    emulator.close();
    answers.takeFirst()({true});
}

void tst_AuthModes::expiredTokensAreToldApart()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    const HttpAnswer late = publish(emulator, emulator.tokenFor(u"a"_s, std::chrono::seconds(-1)));
    QCOMPARE(late.status, 401);
    QCOMPARE(late.errorType(), u"UnauthorizedException"_s);
    QCOMPARE(late.errorMessage().toString(), u"Token has expired."_s);
    QCOMPARE(publish(emulator, u"Bearer x"_s).errorMessage().toString(),
             u"Unable to parse JWT token."_s);
    QCOMPARE(publish(emulator, Emulator().token()).errorMessage().toString(),
             u"You are not authorized to make this call."_s);
}

void tst_AuthModes::theClockCanBeSet()
{
    Emulator emulator;
    Emulator::Options options;
    auto now = QDateTime::fromString(u"2031-01-01T00:00:00Z"_s, Qt::ISODate);
    options.now = [&now] { return now; };
    QVERIFY(emulator.listen(options));
    const QString token = emulator.token();
    QCOMPARE(publish(emulator, token).status, 200);
    now = now.addSecs(24 * 3600);
    QCOMPARE(publish(emulator, token).status, 401);
}

void tst_AuthModes::badOptions()
{
    Emulator emulator;
    Emulator::Options options;
    options.tokenProviders = {{Mode::Oidc, u"https://issuer.example"_s, "{}"}};
    QVERIFY(!emulator.listen(options));
    QVERIFY2(emulator.problem().contains(u"https://issuer.example"_s),
             qPrintable(emulator.problem()));
    options = {};
    options.identities = {{u"half"_s, u"AKIDHALF"_s, {}}};
    QVERIFY(!emulator.listen(options));
    QVERIFY2(emulator.problem().contains(u"\"half\""_s), qPrintable(emulator.problem()));
    QVERIFY(emulator.listen());
}

GUILESS_TEST(tst_AuthModes)
#include "tst_authmodes.moc"

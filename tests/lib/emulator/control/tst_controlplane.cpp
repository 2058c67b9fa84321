// SPDX-License-Identifier: Apache-2.0
#include "tests/lib/emulator/access/signer.h"
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QJsonArray>
#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;

//! What the official SDK does not show: refusals, and that what is made works at once.
class tst_ControlPlane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void firstApi();
    void namespacesWorkAtOnce();
    void defaultModesReachNamespaces();
    void keysWorkAtOnce();
    void keysExpire();
    void createdApis_data();
    void createdApis();
    void deletedApis();
    void deletedWhilePublishing();
    void refuses_data();
    void refuses();
    void iam_data();
    void iam();

private:
    HttpAnswer ask(const QByteArray &method, const QByteArray &path,
                   const QByteArray &body = {}) const;
    [[nodiscard]] QByteArray apiPath() const
    {
        return "/v2/apis/" + m_emulator.apiIds().first().toLatin1();
    }
    [[nodiscard]] QByteArray keyPath() const { return "/v1" + apiPath().sliced(3) + "/apikeys"; }
    HttpAnswer publish(const QString &channel, const QString &key,
                       const QByteArray &path = "/event",
                       const QByteArray &host = "localhost") const;

    Emulator m_emulator;
    QDateTime m_now;
};

namespace {

const QByteArray kConfig = R"("eventConfig": {
    "authProviders": [{"authType": "API_KEY"}, {"authType": "AWS_IAM"}],
    "connectionAuthModes": [{"authType": "API_KEY"}],
    "defaultPublishAuthModes": [{"authType": "API_KEY"}],
    "defaultSubscribeAuthModes": [{"authType": "API_KEY"}]})";

} // namespace

void tst_ControlPlane::init()
{
    m_now = QDateTime::currentDateTimeUtc();
    Emulator::Options options;
    options.controlToken = Emulator::makeControlToken();
    options.now = [this] { return m_now; };
    options.identities.append({u"reader"_s,
                               u"AKIDREADER"_s,
                               u"secret"_s,
                               {},
                               {{{u"appsync:Get*"_s, u"appsync:List*"_s}}}});
    QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
}

HttpAnswer tst_ControlPlane::ask(const QByteArray &method, const QByteArray &path,
                                 const QByteArray &body) const
{
    Connection connection(m_emulator.port());
    const QByteArray header =
        "Authorization: Bearer " + m_emulator.controlToken().toLatin1() + "\r\n";
    return connection.ask(post(path, header, body).replace(0, 4, method));
}

HttpAnswer tst_ControlPlane::publish(const QString &channel, const QString &key,
                                     const QByteArray &path, const QByteArray &host) const
{
    Connection connection(m_emulator.port());
    const QByteArray body =
        RawClient::json({{u"channel"_s, channel}, {u"events"_s, QJsonArray{u"1"_s}}}).toUtf8();
    return connection.ask(post(path, "x-api-key: " + key.toLatin1() + "\r\n", body)
                              .replace("Host: localhost", "Host: " + host));
}

void tst_ControlPlane::firstApi()
{
    const HttpAnswer answer = ask("GET", "/v2/apis");
    QCOMPARE(answer.status, 200);
    const QJsonObject api = answer.object().value(u"apis"_s).toArray().first().toObject();
    QCOMPARE(api.value(u"apiArn"_s).toString(), m_emulator.apiArn());
    QCOMPARE(api.value(u"eventConfig"_s).toObject().value(u"authProviders"_s).toArray().size(), 5);
    const QJsonArray namespaces = ask("GET", apiPath() + "/channelNamespaces")
                                      .object()
                                      .value(u"channelNamespaces"_s)
                                      .toArray();
    QCOMPARE(namespaces.size(), 4);
    const QJsonObject key =
        ask("GET", keyPath()).object().value(u"apiKeys"_s).toArray().first().toObject();
    QCOMPARE(key.value(u"id"_s).toString(), m_emulator.apiKey());
    QCOMPARE(ask("DELETE", apiPath()).status, 400);
}

void tst_ControlPlane::namespacesWorkAtOnce()
{
    QSignalSpy changed(&m_emulator, &Emulator::namespacesChanged);
    QCOMPARE(publish(u"game/a"_s, m_emulator.apiKey()).status, 403);
    const HttpAnswer made =
        ask("POST", apiPath() + "/channelNamespaces", R"({"name":"game","tags":{"stage":"test"}})");
    QCOMPARE(made.status, 200);
    const QJsonObject game = made.object().value(u"channelNamespace"_s).toObject();
    QCOMPARE(game.value(u"channelNamespaceArn"_s).toString(),
             m_emulator.apiArn() + u"/channelNamespace/game"_s);
    QCOMPARE(game.value(u"tags"_s).toObject().value(u"stage"_s).toString(), u"test"_s);
    QCOMPARE(publish(u"game/a"_s, m_emulator.apiKey()).status, 200);
    QTRY_COMPARE(changed.count(), 1);
    QVERIFY(m_emulator.namespaces().contains(u"game"_s));

    const QByteArray path = apiPath() + "/channelNamespaces/game";
    QCOMPARE(ask("POST", path, R"({"publishAuthModes":[{"authType":"AWS_IAM"}]})").status, 200);
    QCOMPARE(publish(u"game/a"_s, m_emulator.apiKey()).status, 403);
    QCOMPARE(ask("GET", path)
                 .object()
                 .value(u"channelNamespace"_s)
                 .toObject()
                 .value(u"publishAuthModes"_s)
                 .toArray()
                 .size(),
             1);
    QCOMPARE(ask("DELETE", path).status, 200);
    QCOMPARE(ask("GET", path).status, 404);
    QVERIFY(!m_emulator.namespaces().contains(u"game"_s));
}

void tst_ControlPlane::defaultModesReachNamespaces()
{
    QCOMPARE(ask("POST", apiPath() + "/channelNamespaces", R"({"name":"game"})").status, 200);
    QByteArray config = kConfig;
    config.replace("\"defaultPublishAuthModes\": [{\"authType\": \"API_KEY\"}]",
                   "\"defaultPublishAuthModes\": [{\"authType\": \"AWS_IAM\"}]");
    QCOMPARE(ask("POST", apiPath(), "{\"name\": \"mine\", " + config + '}').status, 200);
    QCOMPARE(publish(u"game/a"_s, m_emulator.apiKey()).status, 403);
    QCOMPARE(publish(u"default/a"_s, m_emulator.apiKey()).status, 200); // has modes of its own
    QCOMPARE(ask("GET", apiPath()).object().value(u"api"_s).toObject().value(u"name"_s).toString(),
             u"mine"_s);
}

void tst_ControlPlane::keysWorkAtOnce()
{
    const HttpAnswer made = ask("POST", keyPath(), R"({"description":"for a test"})");
    QCOMPARE(made.status, 200);
    const QJsonObject key = made.object().value(u"apiKey"_s).toObject();
    const QString id = key.value(u"id"_s).toString();
    QVERIFY(id.startsWith(u"da2-"));
    QCOMPARE(key.value(u"description"_s).toString(), u"for a test"_s);
    QCOMPARE(key.value(u"deletes"_s).toInteger() - key.value(u"expires"_s).toInteger(),
             60 * 24 * 3600);
    QCOMPARE(publish(u"default/a"_s, id).status, 200);
    QCOMPARE(publish(u"default/a"_s, m_emulator.apiKey()).status, 200);
    const QByteArray path = keyPath() + '/' + id.toLatin1();
    const HttpAnswer changed = ask("POST", path, R"({"description":"other"})");
    QCOMPARE(changed.object().value(u"apiKey"_s).toObject().value(u"expires"_s),
             key.value(u"expires"_s));
    QCOMPARE(ask("DELETE", path).status, 200);
    QCOMPARE(publish(u"default/a"_s, id).status, 401);
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    QCOMPARE(ask("DELETE", path).status, 404);
    QTRY_COMPARE(refused.count(), 1);
    QVERIFY(!refused.at(0).at(0).toString().contains(id)); // a key is a secret
}

void tst_ControlPlane::keysExpire()
{
    const qint64 expires = m_now.toSecsSinceEpoch() + 3 * 24 * 3600;
    const QByteArray body = "{\"expires\":" + QByteArray::number(expires) + '}';
    const QString id = ask("POST", keyPath(), body)
                           .object()
                           .value(u"apiKey"_s)
                           .toObject()
                           .value(u"id"_s)
                           .toString();
    QCOMPARE(publish(u"default/a"_s, id).status, 200);
    m_now = m_now.addDays(3);
    QCOMPARE(publish(u"default/a"_s, id).status, 401);
    for (const qint64 days : {0, 366, -1}) {
        const qint64 wrong = m_now.toSecsSinceEpoch() + days * 24 * 3600;
        const HttpAnswer refused =
            ask("POST", keyPath(), "{\"expires\":" + QByteArray::number(wrong) + '}');
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.header("x-amzn-ErrorType"), "ApiKeyValidityOutOfBoundsException");
    }
}

void tst_ControlPlane::createdApis_data()
{
    QTest::addColumn<bool>("byHost");
    QTest::newRow("by host name") << true;
    QTest::newRow("by path") << false;
}

void tst_ControlPlane::createdApis()
{
    QFETCH(bool, byHost);
    const QJsonObject api = ask("POST", "/v2/apis", "{\"name\": \"second one\", " + kConfig + '}')
                                .object()
                                .value(u"api"_s)
                                .toObject();
    const QByteArray id = api.value(u"apiId"_s).toString().toLatin1();
    QCOMPARE(m_emulator.apiIds().size(), 2);
    QCOMPARE(ask("POST", "/v2/apis/" + id + "/channelNamespaces", R"({"name":"game"})").status,
             200);
    const QString key = ask("POST", "/v1/apis/" + id + "/apikeys", "{}")
                            .object()
                            .value(u"apiKey"_s)
                            .toObject()
                            .value(u"id"_s)
                            .toString();
    QByteArray host = "localhost";
    QByteArray path = "/apis/" + id + "/event";
    if (byHost) {
        host = api.value(u"dns"_s).toObject().value(u"HTTP"_s).toString().toLatin1();
        path = "/event";
    }
    QCOMPARE(publish(u"game/a"_s, key, path, host).status, 200);
    QCOMPARE(publish(u"game/a"_s, m_emulator.apiKey(), path, host).status, 401);
    QCOMPARE(publish(u"default/a"_s, key, path, host).status, 403);
    QCOMPARE(publish(u"default/a"_s, key).status, 401); // that of the first one

    if (byHost) { // Qt writes the Host of a WebSocket itself, by the URL
        Connection upgrade(m_emulator.port());
        const QByteArray request = "GET /event/realtime HTTP/1.1\r\nHost: " + host
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
              "Sec-WebSocket-Protocol: aws-appsync-event-ws\r\nx-api-key: "
            + key.toLatin1() + "\r\n\r\n";
        QCOMPARE(upgrade.ask(request).status, 101);
        QTRY_COMPARE(m_emulator.connections().size(), 1);
        QCOMPARE(m_emulator.connections().constFirst().apiId.toLatin1(), id);
        return;
    }
    WebSocket socket;
    QUrl url = m_emulator.realtimeUrl();
    url.setPath(QString::fromLatin1(path) + u"/realtime"_s);
    QVERIFY(socket.open(url, {u"aws-appsync-event-ws"_s}, {{"x-api-key", key.toLatin1()}}));
    socket.send({{u"type"_s, u"subscribe"_s},
                 {u"id"_s, u"s"_s},
                 {u"channel"_s, u"game/*"_s},
                 {u"authorization"_s, QJsonObject{{u"x-api-key"_s, key}}}});
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"subscribe_success"_s);
    QCOMPARE(publish(u"game/a"_s, key, path, host).status, 200);
    QCOMPARE(socket.nextJson().value(u"event"_s).toString(), u"1"_s);
    QCOMPARE(m_emulator.connections().first().apiId, QString::fromLatin1(id));
    QCOMPARE(m_emulator.metrics(QString::fromLatin1(id)).value(EmulatorMetrics::SuccessfulEvents),
             2);
    QCOMPARE(m_emulator.metrics().value(EmulatorMetrics::SuccessfulEvents), 0);

    QCOMPARE(ask("DELETE", "/v2/apis/" + id).status, 200);
    QVERIFY(socket.hasEnded());
    QCOMPARE(publish(u"game/a"_s, key, path, host).status, 404);
    QTRY_COMPARE(m_emulator.connectionCount(), 0);
}

void tst_ControlPlane::deletedApis()
{
    QCOMPARE(ask("GET", "/v2/apis/nosuchapi").status, 404);
    QCOMPARE(ask("GET", "/v1/apis/nosuchapi/apikeys").header("x-amzn-ErrorType"),
             "NotFoundException");
}

void tst_ControlPlane::deletedWhilePublishing()
{
    const QByteArray id = ask("POST", "/v2/apis", "{\"name\": \"second one\", " + kConfig + '}')
                              .object()[u"api"_s][u"apiId"_s]
                              .toString()
                              .toLatin1();
    ask("POST", "/v2/apis/" + id + "/channelNamespaces", R"({"name":"game"})");
    const QByteArray key = ask("POST", "/v1/apis/" + id + "/apikeys", "{}")
                               .object()[u"apiKey"_s][u"id"_s]
                               .toString()
                               .toLatin1();
    QString problem;
    m_emulator.setFaults(
        *FaultPlan::fromJson(R"({"faults":[{"kind":"answerDelayMs","value":600000}]})", &problem));
    Connection connection(m_emulator.port());
    connection.write(post("/apis/" + id + "/event", "x-api-key: " + key + "\r\n",
                          R"({"channel":"game/a","events":["1"]})"));
    QTRY_COMPARE(
        m_emulator.metrics(QString::fromLatin1(id)).value(EmulatorMetrics::SuccessfulEvents), 1);
    QCOMPARE(ask("DELETE", "/v2/apis/" + id).status, 200);
    QCOMPARE(connection.answer().status, 404);
    m_emulator.setFaults({});
    QCOMPARE(connection.ask(get("/health")).status, 200); // the connection lives
}

void tst_ControlPlane::refuses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path"); // API: that of the first API
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    const auto row = [](const char *name, const QByteArray &method, const QByteArray &path,
                        const QByteArray &body, int status, const QByteArray &type) {
        QTest::newRow(name) << method << path << body << status << type;
    };
    row("rubbish", "POST", "/v2/apis", "{", 400, "BadRequestException");
    row("array", "POST", "/v2/apis", "[]", 400, "BadRequestException");
    row("no name", "POST", "/v2/apis", '{' + kConfig + '}', 400, "BadRequestException");
    row("bad name", "POST", "/v2/apis", "{\"name\":\"a/b\"," + kConfig + '}', 400,
        "BadRequestException");
    row("no configuration", "POST", "/v2/apis", R"({"name":"a"})", 400, "BadRequestException");
    row("unknown mode", "POST", "/v2/apis",
        "{\"name\":\"a\"," + QByteArray(kConfig).replace("AWS_IAM", "AWS_MAGIC") + '}', 400,
        "BadRequestException");
    row("mode without provider", "POST", "/v2/apis",
        "{\"name\":\"a\","
            + QByteArray(kConfig)
                  .replace(", {\"authType\": \"AWS_IAM\"}]", "]")
                  .replace("\"defaultPublishAuthModes\": [{\"authType\": \"API_KEY\"}]",
                           "\"defaultPublishAuthModes\": [{\"authType\": \"AWS_IAM\"}]")
            + '}',
        400, "BadRequestException");
    row("namespace twice", "POST", "API/channelNamespaces", R"({"name":"default"})", 409,
        "ConflictException");
    row("bad namespace", "POST", "API/channelNamespaces", R"({"name":"-"})", 400,
        "BadRequestException");
    row("wrong modes", "POST", "API/channelNamespaces",
        R"({"name":"n","publishAuthModes":[{"authType":"X"}]})", 400, "BadRequestException");
    row("direct", "POST", "API/channelNamespaces",
        R"({"name":"n","handlerConfigs":{"onPublish":{"behavior":"DIRECT"}}})", 400,
        "BadRequestException");
    row("unknown source", "POST", "API/channelNamespaces",
        R"({"name":"n","handlerConfigs":{"onPublish":{"behavior":"CODE","integration":{"dataSourceName":"x"}}}})",
        400, "BadRequestException");
    row("tags", "POST", "API/channelNamespaces", R"({"name":"n","tags":{"a":1}})", 400,
        "BadRequestException");
    row("absent namespace", "GET", "API/channelNamespaces/none", {}, 404, "NotFoundException");
    row("page", "GET", "/v2/apis?maxResults=100", {}, 400, "BadRequestException");
    row("method", "PUT", "/v2/apis", {}, 405, "MethodNotAllowedException");
    row("elsewhere", "GET", "/v1/apis/x/types", {}, 404, "NotFoundException");
    row("above", "GET", "/v2/", {}, 404, "NotFoundException");
}

void tst_ControlPlane::refuses()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    const HttpAnswer answer = ask(method, path.replace("API", apiPath()), body);
    QTEST(answer.status, "status");
    QTEST(answer.header("x-amzn-ErrorType"), "type");
    QVERIFY(!answer.object().value(u"message"_s).toString().isEmpty());
    QCOMPARE(m_emulator.apiIds().size(), 1);
    QCOMPARE(m_emulator.namespaces().size(), 4);
}

void tst_ControlPlane::iam_data()
{
    QTest::addColumn<QString>("keyId");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("owner") << u"OWNER"_s << u"OWNER"_s << 200 << QByteArray();
    QTest::newRow("wrong secret") << u"OWNER"_s << u"x"_s << 403
                                  << QByteArray("InvalidSignatureException");
    QTest::newRow("unknown key") << u"AKIDX"_s << u"x"_s << 403
                                 << QByteArray("UnrecognizedClientException");
    QTest::newRow("reader writes")
        << u"AKIDREADER"_s << u"secret"_s << 403 << QByteArray("AccessDeniedException");
    QTest::newRow("nobody") << QString() << QString() << 403
                            << QByteArray("MissingAuthenticationTokenException");
}

void tst_ControlPlane::iam()
{
    QFETCH(QString, keyId);
    QFETCH(QString, secret);
    const QByteArray body = R"({"name":"game"})";
    const QByteArray path = apiPath() + "/channelNamespaces";
    Signer signer{keyId == u"OWNER" ? m_emulator.accessKeyId() : keyId,
                  secret == u"OWNER" ? m_emulator.secretAccessKey() : secret};
    signer.now = m_now;
    Connection connection(m_emulator.port());
    const HttpAnswer answer = connection.ask(
        post(path, keyId.isEmpty() ? QByteArray() : signer.headerLines(body, path), body));
    QTEST(answer.status, "status");
    QTEST(answer.header("x-amzn-ErrorType"), "type");
}

GUILESS_TEST(tst_ControlPlane)
#include "tst_controlplane.moc"

// SPDX-License-Identifier: Apache-2.0
#include "manualauthorizer.h"
#include "scriptedgraphql.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Frame>

#include <QSignalSpy>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

//! What a client of GraphQL is made of: its endpoint, its handshake, its credentials, its end.
class tst_GraphQlClient : public QObject, public ScriptedGraphQl {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void endpoints_data();
    void endpoints();
    void handshakeBySubprotocol();
    void handshakeByQuery();
    void handshakeByHeaders();
    void handshakeByHeadersElsewhere();
    void upgradeIsDescribedMasked_data();
    void upgradeIsDescribedMasked();
    void queryIsKeptOutOfErrors();
    void eachOperationHasItsAuthorizer();
    void connectionErrors_data();
    void connectionErrors();
    void subprotocolMayBeMissing();
    void subprotocolOfEvents();
    void userDataIsKept();
    void keepAliveIsWatched();
    void framesAreMasked();
    void closeStopsAndOpenStartsAgain();
    void deletionEndsSubscriptions();

private:
    [[nodiscard]] static QJsonObject decoded(const QString &base64,
                                             QByteArray::Base64Options options)
    {
        return QJsonDocument::fromJson(QByteArray::fromBase64(base64.toLatin1(), options)).object();
    }
};

void tst_GraphQlClient::endpoints_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("realtime");
    QTest::addColumn<QString>("expected");
    const QString host = u"abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com"_s;
    QTest::newRow("AWS")
        << u"https://%1/graphql"_s.arg(host) << QString()
        << u"wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.us-east-1.amazonaws.com/graphql"_s;
    QTest::newRow("bare host")
        << host << QString()
        << u"wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.us-east-1.amazonaws.com/graphql"_s;
    QTest::newRow("domain of one's own") << u"https://api.example.com/graphql"_s << QString()
                                         << u"wss://api.example.com/graphql/realtime"_s;
    QTest::newRow("given") << u"https://api.example.com/graphql"_s
                           << u"wss://live.example.com/graphql"_s
                           << u"wss://live.example.com/graphql"_s;
    QTest::newRow("of Events") << u"https://api.example.com/event"_s << QString() << QString();
}

void tst_GraphQlClient::endpoints()
{
    QFETCH(QString, text);
    QFETCH(QString, realtime);
    QFETCH(QString, expected);
    GraphQlClient client;
    client.setEndpointText(text);
    client.setRealtimeText(realtime);
    QCOMPARE(client.endpoint().isValid(), !expected.isEmpty());
    if (!expected.isEmpty())
        QCOMPARE(client.endpoint().realtime().toString(), expected);
    GraphQlClient other(
        Endpoint::fromUserInput(text, {}, Endpoint::Service::GraphQl).withRealtime(realtime),
        nullptr);
    QCOMPARE(other.endpoint().isValid(), !expected.isEmpty());
}

void tst_GraphQlClient::handshakeBySubprotocol()
{
    m_server->beFriendly();
    const Ending open(m_client->open());
    QVERIFY(open.arrives());
    QVERIFY2(!open.error.isError(), qPrintable(open.error.toString()));
    QCOMPARE(m_server->subprotocols().size(), 2);
    QCOMPARE(m_server->subprotocols()[0], u"graphql-ws"_s);
    const QJsonObject header =
        decoded(m_server->subprotocols()[1].sliced(7), QByteArray::Base64UrlEncoding);
    QCOMPARE(header[u"x-api-key"].toString(), u"da2-k"_s);
    QCOMPARE(header[u"host"].toString(), m_client->endpoint().host());
    QVERIFY(!m_server->upgradeRequest().url().hasQuery());
    QCOMPARE(m_client->connection()->keepAliveTimeout(), 300s);
}

void tst_GraphQlClient::handshakeByQuery()
{
    m_server->beFriendly();
    const ApiKeyAuthorizer odd(u"~~~???~~~"_s); // + and / in base64
    m_client->setConnectAuthorizer(const_cast<ApiKeyAuthorizer *>(&odd));
    m_client->setHandshake(Connection::Handshake::Query);
    const Ending open(m_client->open());
    QVERIFY(open.arrives());
    QVERIFY2(!open.error.isError(), qPrintable(open.error.toString()));
    QCOMPARE(m_server->subprotocols(), QStringList{u"graphql-ws"_s});
    const QUrlQuery query(m_server->upgradeRequest().url());
    const QString header = query.queryItemValue(u"header"_s, QUrl::FullyDecoded);
    QCOMPARE(decoded(header, QByteArray::Base64Encoding)[u"x-api-key"].toString(), u"~~~???~~~"_s);
    QCOMPARE(query.queryItemValue(u"payload"_s, QUrl::FullyDecoded), u"e30="_s);
}

void tst_GraphQlClient::handshakeByHeaders()
{
    m_server->beFriendly();
    m_client->setEndpoint(Endpoint(m_server->graphQlUrl()));
    m_client->setHandshake(Connection::Handshake::Headers);
    const Ending open(m_client->open());
    QVERIFY(open.arrives());
    QVERIFY2(!open.error.isError(), qPrintable(open.error.toString()));
    QCOMPARE(m_server->subprotocols(), QStringList{u"graphql-ws"_s});
    QCOMPARE(m_server->upgradeRequest().rawHeader("x-api-key"), "da2-k"_ba);
    QVERIFY(!m_server->upgradeRequest().url().hasQuery());
}

void tst_GraphQlClient::handshakeByHeadersElsewhere()
{
    m_client->setHandshake(Connection::Handshake::Headers); // HTTP has another port here
    const Ending open(m_client->open());
    QVERIFY(open.arrives());
    QCOMPARE(open.error.kind, Error::Kind::InvalidInput);
    QVERIFY2(open.error.nextStep.contains(u"subprotocol"), qPrintable(open.error.toString()));
    QCOMPARE(m_server->connections(), 0);
}

void tst_GraphQlClient::upgradeIsDescribedMasked_data()
{
    QTest::addColumn<Connection::Handshake>("handshake");
    QTest::newRow("subprotocol") << Connection::Handshake::Subprotocol;
    QTest::newRow("query") << Connection::Handshake::Query;
    QTest::newRow("headers") << Connection::Handshake::Headers;
}

void tst_GraphQlClient::upgradeIsDescribedMasked()
{
    QFETCH(Connection::Handshake, handshake);
    const ApiKeyAuthorizer key(u"da2-quite-secret"_s);
    m_client->setAuthorizer(const_cast<ApiKeyAuthorizer *>(&key));
    m_client->setHandshake(handshake);
    UpgradeReply *reply = m_client->describeUpgrade();
    UpgradeRequest request;
    connect(reply, &Reply::finished, this, [&] { request = reply->request(); });
    QTRY_VERIFY(request.url.isValid());
    QByteArray shown = request.url.toEncoded() + request.subprotocols.join(u' ').toUtf8()
        + request.authorization.toUtf8();
    for (const auto &[name, value] : request.headers)
        shown += name + value;
    const QByteArray secret = "da2-quite-secret"_ba;
    QVERIFY(!shown.contains(secret));
    for (int skipped = 0; skipped < 3; ++skipped) // wherever it begins among three bytes
        QVERIFY(!shown.contains(secret.sliced(skipped).first(12).toBase64()));
    QVERIFY(shown.contains("masked"));
    QCOMPARE(request.url.hasQuery(), handshake == Connection::Handshake::Query);
}

void tst_GraphQlClient::queryIsKeptOutOfErrors()
{
    HttpServer refusing([](const HttpServer::Request &request) {
        HttpServer::Answer answer{403, {}, "text/plain", {}, false};
        answer.body = "Forbidden: " + request.url.toEncoded();
        return answer;
    });
    m_client->setEndpoint(Endpoint(refusing.url(u"/graphql"_s)));
    m_client->setHandshake(Connection::Handshake::Query);
    m_client->setRetryPolicy(RetryPolicy::never());
    const Ending open(m_client->open());
    QVERIFY(open.arrives());
    QCOMPARE(open.error.kind, Error::Kind::UpgradeRefused);
    QCOMPARE(open.error.httpStatus, 403);
    QVERIFY2(open.error.serverMessage.contains(u"header=<masked"),
             qPrintable(open.error.toString()));
    const HttpAnswer answer = m_client->connection()->upgradeAnswer();
    QVERIFY2(answer.body.contains("header=<masked"), answer.body.constData());
}

void tst_GraphQlClient::eachOperationHasItsAuthorizer()
{
    m_server->beFriendly();
    m_http->setAnswer([](const auto &) {
        HttpServer::Answer answer;
        answer.body = R"({"data":{}})";
        return answer;
    });
    ManualAuthorizer connects;
    ManualAuthorizer subscribes;
    ManualAuthorizer executes;
    m_client->setConnectAuthorizer(&connects);
    m_client->setSubscribeAuthorizer(&subscribes);
    m_client->setExecuteAuthorizer(&executes);
    auto *subscription = m_client->subscribe(u"subscription { a }"_s);
    QVERIFY(reaches(subscription, Subscription::State::Subscribed));
    const Executed done(m_client->execute(u"{ a }"_s));
    QVERIFY(done.arrives());
    QCOMPARE(connects.requests.size(), 1);
    QCOMPARE(connects.requests[0].operation, SignableRequest::Operation::Connect);
    QCOMPARE(connects.requests[0].url.path(), u"/graphql/connect"_s);
    QCOMPARE(connects.requests[0].body, "{}"_ba);
    QCOMPARE(subscribes.requests.size(), 1);
    QCOMPARE(executes.requests.size(), 1);
}

void tst_GraphQlClient::connectionErrors_data()
{
    QTest::addColumn<QString>("frame");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("nextStep");
    QTest::newRow("unauthorized")
        << uR"({"type":"connection_error","payload":{"errors":[{"errorType":"com.amazonaws.deepdish.graphql.auth#UnauthorizedException","message":"Permission denied","errorCode":400}]}})"_s
        << Error::Kind::Unauthorized << u"belongs to this API"_s;
    QTest::newRow("bad request")
        << uR"({"type":"connection_error","payload":{"errors":[{"errorType":"BadRequestException","errorCode":400}]}})"_s
        << Error::Kind::Refused << QString();
    QTest::newRow("wrong path")
        << uR"({"type":"connection_error","payload":{"errors":[{"errorType":"com.amazon.coral.service.http#HttpNotFoundException"}]}})"_s
        << Error::Kind::Refused << u"/graphql"_s;
    QTest::newRow("error in place of the ack")
        << uR"({"type":"error","id":"","payload":{"errors":{"errorType":"UnsupportedOperation","message":"unknown not supported through the realtime channel"}}})"_s
        << Error::Kind::Refused << u"does not take"_s;
}

void tst_GraphQlClient::connectionErrors()
{
    QFETCH(QString, frame);
    QFETCH(QString, nextStep);
    const Ending open(m_client->open());
    QVERIFY(reaches(Connection::State::Handshaking));
    m_server->send(frame);
    QVERIFY(open.arrives());
    QTEST(open.error.kind, "kind");
    QVERIFY2(open.error.nextStep.contains(nextStep), qPrintable(open.error.toString()));
    QCOMPARE(m_client->connection()->state(), Connection::State::Disconnected);
}

void tst_GraphQlClient::subprotocolMayBeMissing()
{
    m_server->choose({});
    m_server->beFriendly();
    const Ending open(m_client->open());
    QVERIFY(open.arrives());
    QVERIFY2(!open.error.isError(), qPrintable(open.error.toString()));
}

void tst_GraphQlClient::subprotocolOfEvents()
{
    MuteServer server("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"_ba);
    QUrl url = server.url();
    url.setPath(u"/graphql"_s);
    m_client->setEndpoint(Endpoint(url));
    m_client->setRetryPolicy(RetryPolicy::never());
    const Ending open(m_client->open());
    QVERIFY(open.arrives());
    QCOMPARE(open.error.httpStatus, 404);
    QVERIFY2(open.error.nextStep.contains(u"/graphql/realtime"), qPrintable(open.error.toString()));
}

void tst_GraphQlClient::userDataIsKept()
{
    QSignalSpy changed(m_client.get(), &Client::userDataChanged);
    m_client->setUserData(u"mine"_s);
    QCOMPARE(m_client->userData(), u"mine"_s);
    QCOMPARE(changed.count(), 1);
}

void tst_GraphQlClient::keepAliveIsWatched()
{
    m_server->beFriendly(60'000);
    const Ending open(m_client->open());
    QVERIFY(open.arrives());
    QCOMPARE(m_client->connection()->keepAliveTimeout(), 60s);
    QSignalSpy failed(m_client.get(), &Client::connectionFailed);
    m_clock->advance(59s);
    m_server->send(u"{\"type\":\"ka\"}"_s);
    QTRY_VERIFY(m_client->connection()->lastKeepAliveAt().isValid());
    m_clock->advance(59s);
    QCOMPARE(failed.count(), 0);
    m_clock->advance(2s);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].value<Error>().kind, Error::Kind::Timeout);
}

void tst_GraphQlClient::framesAreMasked()
{
    m_server->beFriendly();
    QList<Frame> frames;
    connect(m_client.get(), &Client::frameSeen, this, [&](const Frame &frame) { frames << frame; });
    auto *subscription = m_client->subscribe(u"subscription { a }"_s);
    QVERIFY(reaches(subscription, Subscription::State::Subscribed));
    QStringList types;
    for (const Frame &frame : std::as_const(frames)) {
        types << frame.type;
        QVERIFY2(!frame.text.contains(u"da2-k"), qPrintable(frame.text));
    }
    QCOMPARE(types,
             QStringList({u"connection_init"_s, u"connection_ack"_s, u"start"_s, u"start_ack"_s}));
    QVERIFY(frames[2].text.contains(u"\"x-api-key\":\"<masked, 5 bytes>\""));
    QCOMPARE(frames[2].id, subscription->subscriptionId());
}

void tst_GraphQlClient::closeStopsAndOpenStartsAgain()
{
    m_server->beFriendly();
    auto *subscription = m_client->subscribe(u"subscription { a }"_s);
    QVERIFY(reaches(subscription, Subscription::State::Subscribed));
    QSignalSpy ended(subscription, &Subscription::ended);
    QSignalSpy closed(m_client.get(), &Client::closed);
    m_client->close();
    QTRY_COMPARE(closed.count(), 1);
    QCOMPARE(sent(u"stop"_s), 1);
    QCOMPARE(ended[0][0].value<Subscription::EndReason>(), Subscription::EndReason::ClientClosed);
    m_client->open();
    QVERIFY(reaches(subscription, Subscription::State::Subscribed));
}

void tst_GraphQlClient::deletionEndsSubscriptions()
{
    m_server->beFriendly();
    GraphQlSubscription subscription;
    subscription.setDocument(u"subscription { a }"_s);
    subscription.setClient(m_client.get());
    QVERIFY(reaches(&subscription, Subscription::State::Subscribed));
    QSignalSpy ended(&subscription, &Subscription::ended);
    m_client.reset();
    QCOMPARE(ended.count(), 1);
    QCOMPARE(subscription.client(), nullptr);
    QCOMPARE(subscription.state(), Subscription::State::Inactive);
}

GUILESS_TEST(tst_GraphQlClient)
#include "tst_graphqlclient.moc"

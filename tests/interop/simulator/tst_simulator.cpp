// SPDX-License-Identifier: Apache-2.0
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/GraphQlClient>
#include <AppSync/IamAuthorizer>
#include <AppSync/StaticCredentials>
#include <AppSync/TokenAuthorizer>

#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace AppSync;

//! The client of GraphQL against Amplify's simulator, which reads credentials in the query only, sends no
//! `connectionTimeoutMs`, and checks neither signatures nor arguments of subscriptions.
class tst_Simulator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_client.reset(); }
    void cleanupTestCase();

    void queries();
    void mutates();
    void resolverErrorStandsBesideData();
    void refusesWhatIsNoField();
    void refusesAWrongKey();
    void subscriptionOverHttp();
    void introspects();
    void subscribesAndReceives();
    void twoOnOneConnection();
    void everyMode_data();
    void everyMode();
    void startIsRefused_data();
    void startIsRefused();
    void subprotocolAloneIsRefused();
    void payloadsPassThrough();

private:
    struct Done {
        Error error;
        GraphQlResult result;
        int httpStatus = 0;
    };
    //! Waits for \a reply.
    static Done done(GraphQlReply *reply)
    {
        Done done;
        QSignalSpy finished(reply, &Reply::finished);
        connect(reply, &Reply::finished, reply, [&done, reply] {
            done = {reply->error(), reply->result(), reply->httpStatus()};
        });
        if (!finished.wait(20'000))
            done.error = Error::local(Error::Kind::Timeout, u"no answer"_s);
        return done;
    }
    GraphQlSubscription *subscribed(Authorizer *authorizer = nullptr)
    {
        auto *subscription = m_client->subscribe(u"subscription { onMessage { id room body } }"_s,
                                                 QJsonObject(), authorizer);
        const bool isThere = QTest::qWaitFor(
            [=] {
                return subscription->state() != Subscription::State::Pending
                    && subscription->state() != Subscription::State::Inactive;
            },
            20'000);
        if (!isThere || subscription->error().isError())
            qWarning().noquote() << subscription->error().toString();
        return subscription->state() == Subscription::State::Subscribed ? subscription : nullptr;
    }
    GraphQlReply *send(const QString &body)
    {
        return m_client->execute(
            u"mutation Send($body: String!) { sendMessage(room: \"lobby\", body: $body) { id room body } }"_s,
            QJsonObject{{u"body"_s, body}});
    }

    QProcess m_server;
    QUrl m_url;
    std::unique_ptr<ApiKeyAuthorizer> m_key;
    std::unique_ptr<GraphQlClient> m_client;
};

void tst_Simulator::initTestCase()
{
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(qEnvironmentVariable("SIMULATOR_NODE"), {qEnvironmentVariable("SIMULATOR")});
    QVERIFY2(m_server.waitForStarted(), qPrintable(m_server.errorString()));
    QTRY_VERIFY2_WITH_TIMEOUT(m_server.canReadLine(), "the simulator is not ready", 60'000);
    const QJsonObject ready = QJsonDocument::fromJson(m_server.readLine()).object();
    m_url = QUrl(u"http://127.0.0.1:%1/graphql"_s.arg(ready[u"port"].toInt()));
    m_key = std::make_unique<ApiKeyAuthorizer>(ready[u"apiKey"].toString());
}

void tst_Simulator::cleanupTestCase()
{
    m_server.closeWriteChannel();
    if (!m_server.waitForFinished())
        m_server.kill();
}

void tst_Simulator::init()
{
    m_client = std::make_unique<GraphQlClient>(Endpoint(m_url), m_key.get());
    m_client->setHandshake(Connection::Handshake::Query);
    m_client->setRetryPolicy(RetryPolicy::never());
}

void tst_Simulator::queries()
{
    const Done answer =
        done(m_client->execute(u"query ($room: String!) { messages(room: $room) { room body } }"_s,
                               R"({"room":"den"})"_ba));
    QVERIFY2(!answer.error.isError(), qPrintable(answer.error.toString()));
    QCOMPARE(answer.httpStatus, 200);
    QCOMPARE(answer.result.dataJson(), R"({"messages":[{"room":"den","body":"first"}]})"_ba);
}

void tst_Simulator::mutates()
{
    GraphQlOptions options;
    options.operationName = u"B"_s;
    const Done answer = done(m_client->execute(
        u"mutation A { fail(message: \"no\") { id } } mutation B { sendMessage(room: \"r\", body: \"b\") { body } }"_s,
        QByteArray(), options));
    QVERIFY2(!answer.error.isError(), qPrintable(answer.error.toString()));
    QCOMPARE(answer.result.dataJson(), R"({"sendMessage":{"body":"b"}})"_ba);
}

void tst_Simulator::resolverErrorStandsBesideData()
{
    const Done answer =
        done(m_client->execute(u"mutation { fail(message: \"on purpose\") { id } }"_s));
    QVERIFY2(!answer.error.isError(), qPrintable(answer.error.toString()));
    QCOMPARE(answer.result.errors().size(), 1);
    QCOMPARE(answer.result.errors().first().toString(), u"OnPurpose: on purpose (fail)"_s);
}

void tst_Simulator::refusesWhatIsNoField()
{
    const Done answer = done(m_client->execute(u"{ nothing }"_s));
    QCOMPARE(answer.error.kind, Error::Kind::Refused);
    QVERIFY2(answer.error.serverMessage.contains(u"nothing"), qPrintable(answer.error.toString()));
}

void tst_Simulator::refusesAWrongKey()
{
    ApiKeyAuthorizer wrong(u"da2-wrong"_s);
    m_client->setAuthorizer(&wrong);
    const Done answer = done(m_client->execute(u"{ message(id: 1) { id } }"_s));
    QCOMPARE(answer.error.kind, Error::Kind::Unauthorized);
    QCOMPARE(answer.httpStatus, 401);
    QVERIFY(!answer.error.serverMessage.isEmpty());
    QVERIFY(!answer.error.nextStep.isEmpty());
}

void tst_Simulator::subscriptionOverHttp()
{
    GraphQlOptions unchecked;
    unchecked.check = false;
    const Done answer =
        done(m_client->execute(u"subscription { onMessage { id } }"_s, QByteArray(), unchecked));
    QVERIFY(answer.error.isError());
    QVERIFY2(answer.error.toString().contains(u"ubscription"), qPrintable(answer.error.toString()));
}

void tst_Simulator::introspects()
{
    const Done answer = done(m_client->introspect());
    QVERIFY2(!answer.error.isError(), qPrintable(answer.error.toString()));
    const QJsonObject schema = answer.result.data()[u"__schema"].toObject();
    QCOMPARE(schema[u"subscriptionType"][u"name"].toString(), u"Subscription"_s);
    QVERIFY(schema[u"types"].toArray().size() > 10);
}

void tst_Simulator::subscribesAndReceives()
{
    GraphQlSubscription *subscription = subscribed();
    QVERIFY(subscription);
    QCOMPARE(m_client->connection()->keepAliveTimeout(), std::chrono::minutes(5));
    QSignalSpy received(subscription, &GraphQlSubscription::received);
    const Done answer = done(send(u"hello"_s));
    QVERIFY2(!answer.error.isError(), qPrintable(answer.error.toString()));
    QTRY_COMPARE(received.count(), 1);
    QCOMPARE(received[0][0].value<GraphQlResult>().dataJson(),
             R"({"onMessage":{"id":"2","room":"lobby","body":"hello"}})"_ba);

    Reply *reply = subscription->unsubscribe();
    Error error = Error::local(Error::Kind::Timeout, {});
    connect(reply, &Reply::finished, this, [&] { error = reply->error(); });
    QTRY_VERIFY2(!error.isError(), qPrintable(error.toString()));
    (void)done(send(u"nobody listens"_s));
    QCOMPARE(received.count(), 1);
}

void tst_Simulator::twoOnOneConnection()
{
    GraphQlSubscription *first = subscribed();
    GraphQlSubscription *second = subscribed();
    QVERIFY(first && second);
    QSignalSpy one(first, &GraphQlSubscription::received);
    QSignalSpy two(second, &GraphQlSubscription::received);
    (void)done(send(u"both"_s));
    QTRY_COMPARE(one.count(), 1);
    QTRY_COMPARE(two.count(), 1);
    QVERIFY(one[0][0].value<GraphQlResult>().subscriptionId
            != two[0][0].value<GraphQlResult>().subscriptionId);
}

void tst_Simulator::everyMode_data()
{
    QTest::addColumn<QString>("mode");
    QTest::newRow("API key") << u"key"_s;
    QTest::newRow("IAM") << u"iam"_s;
    QTest::newRow("user pool") << u"pool"_s;
}

void tst_Simulator::everyMode()
{
    QFETCH(QString, mode);
    StaticCredentials keys(u"ASIAVJKIAM-AuthRole"_s, u"secret"_s, u"token"_s);
    IamAuthorizer iam(&keys);
    iam.setRegion(u"eu-west-1"_s);
    // Nobody checks how it is signed, only who issued it.
    const auto part = [](const QByteArray &json) {
        return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    const QByteArray token =
        part(R"({"alg":"RS256","kid":"k"})"_ba) + '.'
        + part(
            R"({"iss":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x","sub":"s","exp":4102444800})"_ba)
        + "." + part("signature"_ba);
    TokenAuthorizer pool;
    pool.setToken(QString::fromLatin1(token));
    Authorizer *authorizer = m_key.get();
    if (mode == u"iam")
        authorizer = &iam;
    else if (mode == u"pool")
        authorizer = &pool;
    m_client->setAuthorizer(authorizer);
    GraphQlSubscription *subscription = subscribed();
    QVERIFY(subscription);
    QSignalSpy received(subscription, &GraphQlSubscription::received);
    m_client->setAuthorizer(m_key.get()); // the only one for mutations
    const Done answer = done(send(mode));
    QVERIFY2(!answer.error.isError(), qPrintable(answer.error.toString()));
    QTRY_COMPARE(received.count(), 1);
}

void tst_Simulator::startIsRefused_data()
{
    QTest::addColumn<QString>("document");
    QTest::newRow("unknown field") << u"subscription { onNothing { id } }"_s;
    // A syntax error would end the simulator.
    QTest::newRow("missing variable")
        << u"subscription ($room: String!) { onMessage(room: $room) { id } }"_s;
}

void tst_Simulator::startIsRefused()
{
    QFETCH(QString, document);
    GraphQlSubscription *good = subscribed();
    QVERIFY(good);
    GraphQlSubscription *bad = m_client->subscribe(document);
    QTRY_COMPARE(bad->state(), Subscription::State::Failed);
    QVERIFY2(!bad->error().serverMessage.isEmpty(), qPrintable(bad->error().toString()));
    QCOMPARE(good->state(), Subscription::State::Subscribed);
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
}

void tst_Simulator::subprotocolAloneIsRefused()
{
    m_client->setHandshake(Connection::Handshake::Subprotocol);
    auto *subscription = m_client->subscribe(u"subscription { onMessage { id } }"_s);
    QTRY_COMPARE(subscription->state(), Subscription::State::Failed);
    QVERIFY2(!subscription->error().message.isEmpty(),
             qPrintable(subscription->error().toString()));
}

void tst_Simulator::payloadsPassThrough()
{
    GraphQlSubscription *subscription = subscribed();
    QVERIFY(subscription);
    QSignalSpy received(subscription, &GraphQlSubscription::received);
    const QString text = u"<é\U0001F600> \"quoted\" \\ \n\t"_s;
    (void)done(send(text));
    QTRY_COMPARE(received.count(), 1);
    const QJsonValue data = received[0][0].value<GraphQlResult>().data();
    QCOMPARE(data[u"onMessage"][u"body"].toString(), text);
}

QTEST_GUILESS_MAIN(tst_Simulator)
#include "tst_simulator.moc"

// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/GraphQlClient>
#include <AppSync/SystemMonitor>

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

//! A client of GraphQL whose connection is lost, whose answers come late or are large, and whose documents are
//! hostile, against the emulator.
class tst_GraphQlLosses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void subscribesAgain_data();
    void subscribesAgain();
    void halfOpen();
    void dataBeforeTheAcknowledgement();
    void endedByTheService();
    void otherPath();
    void largeAnswers();
    void hostileDocuments_data();
    void hostileDocuments();

private:
    [[nodiscard]] GraphQlSubscription *subscribe(const QByteArray &variables = {})
    {
        GraphQlSubscription *subscription = m_client->subscribe(
            u"subscription($room: String) { onMessage(room: $room) { body } }"_s, variables);
        connect(subscription, &GraphQlSubscription::received, this,
                [this](const GraphQlResult &result) {
                    m_bodies << result.data()[u"onMessage"][u"body"].toString();
                });
        return subscription;
    }
    //! Whether a mutation was carried out.
    [[nodiscard]] bool send(const QString &body)
    {
        const GraphQlReply *reply = m_client->execute(
            u"mutation($b: String!) { sendMessage(room: \"a\", body: $b) { room body } }"_s,
            QJsonObject{{u"b"_s, body}});
        QSignalSpy finished(reply, &Reply::finished);
        bool isDone = false;
        connect(reply, &Reply::finished, this,
                [&isDone, reply] { isDone = !reply->error().isError(); });
        return finished.wait(30'000) && isDone;
    }
    //! Waits for the answer to a query, of which the reply may be gone by then.
    GraphQlResult ask(const QString &document, Error *error = nullptr)
    {
        GraphQlReply *reply = m_client->execute(document, QByteArray());
        QSignalSpy finished(reply, &Reply::finished);
        GraphQlResult result;
        connect(reply, &Reply::finished, this, [&, reply] {
            result = reply->result();
            if (error)
                *error = reply->error();
        });
        finished.wait(30'000);
        return result;
    }
    void setFaults(const QByteArray &json)
    {
        QString problem;
        const auto plan = FaultPlan::fromJson(json, &problem);
        QVERIFY2(plan, qPrintable(problem));
        m_emulator->setFaults(*plan);
    }
    void listen(const Emulator::Options &options);

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<SystemMonitor> m_monitor;
    std::unique_ptr<Emulator> m_emulator;
    std::unique_ptr<ApiKeyAuthorizer> m_key;
    std::unique_ptr<GraphQlClient> m_client;
    QStringList m_bodies;
};

void tst_GraphQlLosses::init()
{
    m_clock = std::make_unique<FakeClock>();
    m_monitor = std::make_unique<SystemMonitor>();
    m_emulator = std::make_unique<Emulator>();
    listen({});
}

void tst_GraphQlLosses::listen(const Emulator::Options &options)
{
    m_client.reset();
    m_emulator->close();
    QVERIFY2(m_emulator->listen(options), qPrintable(m_emulator->problem()));
    m_key = std::make_unique<ApiKeyAuthorizer>(m_emulator->apiKey());
    m_client = std::make_unique<GraphQlClient>(Endpoint(m_emulator->graphQlUrl()), m_key.get());
    m_client->setClock(m_clock.get());
    m_client->setSystemMonitor(m_monitor.get());
    RetryPolicy quick;
    quick.base = quick.cap = 0ms;
    m_client->setRetryPolicy(quick);
    m_bodies.clear();
}

void tst_GraphQlLosses::cleanup()
{
    m_client.reset();
    m_key.reset();
    m_emulator.reset();
    m_monitor.reset();
    m_clock.reset();
}

void tst_GraphQlLosses::subscribesAgain_data()
{
    QTest::addColumn<QByteArray>("faults"); // empty: the connection is cut
    QTest::newRow("cut") << QByteArray();
    QTest::newRow("closed with 1001") << R"({"faults":[{"kind":"closeCode","value":1001}]})"_ba;
    QTest::newRow("closed with 1000") << R"({"faults":[{"kind":"closeCode","value":1000}]})"_ba;
    QTest::newRow("cut inside of a frame")
        << R"({"faults":[{"kind":"cutInsideFrame","value":4}]})"_ba;
}

void tst_GraphQlLosses::subscribesAgain()
{
    QFETCH(QByteArray, faults);
    if (faults.contains("cutInsideFrame"))
        setFaults(faults);
    GraphQlSubscription *one = subscribe();
    GraphQlSubscription *two = subscribe(R"({"room":"a"})");
    QTRY_COMPARE(one->state(), Subscription::State::Subscribed);
    QTRY_COMPARE(two->state(), Subscription::State::Subscribed);
    QSignalSpy gaps(one, &Subscription::gapDetected);
    QSignalSpy failures(m_client.get(), &Client::connectionFailed);
    if (faults.isEmpty())
        m_emulator->dropConnections();
    else if (faults.contains("cutInsideFrame"))
        QVERIFY(send(u"lost with the frame"_s)); // the third is the second acknowledgement
    else
        setFaults(faults);
    QTRY_VERIFY(failures.count() > 0);
    setFaults("{}");
    m_clock->advance(0ms); // the delay of the back-off, which is none
    QTRY_COMPARE(one->state(), Subscription::State::Subscribed);
    QTRY_COMPARE(two->state(), Subscription::State::Subscribed);
    QTRY_COMPARE(m_emulator->subscriptionCount(), 2);
    QTRY_COMPARE(gaps.count(), 1);
    m_bodies.clear();
    QVERIFY(send(u"after"_s));
    QTRY_COMPARE(m_bodies, QStringList({u"after"_s, u"after"_s}));
}

void tst_GraphQlLosses::halfOpen()
{
    const GraphQlSubscription *subscription = subscribe();
    QTRY_COMPARE(subscription->state(), Subscription::State::Subscribed);
    setFaults(R"({"faults":[{"kind":"halfOpen"}]})");
    QVERIFY(send(u"nobody hears it"_s)); // over HTTP, on a connection of its own
    QSignalSpy failures(m_client.get(), &Client::connectionFailed);
    m_clock->advance(300s);
    QTRY_COMPARE(failures.count(), 1);
    QCOMPARE(failures[0][0].value<Error>().kind, Error::Kind::Timeout);
    setFaults("{}");
    m_clock->advance(0ms);
    QTRY_COMPARE(subscription->state(), Subscription::State::Subscribed);
    QVERIFY(send(u"heard again"_s));
    QTRY_COMPARE(m_bodies, QStringList{u"heard again"_s});
}

//! The service may deliver from the moment it took the subscription.
void tst_GraphQlLosses::dataBeforeTheAcknowledgement()
{
    setFaults(R"({"faults":[{"kind":"answerDelayMs","value":400,"for":{"channel":"onMessage"}}]})");
    const GraphQlSubscription *subscription = subscribe();
    QSignalSpy changes(subscription, &Subscription::stateChanged);
    QTRY_COMPARE(m_emulator->subscriptionCount(), 1);
    QVERIFY(send(u"early"_s));
    QTRY_COMPARE(subscription->state(), Subscription::State::Subscribed);
    QCOMPARE(m_bodies, QStringList{u"early"_s});
}

void tst_GraphQlLosses::endedByTheService()
{
#ifndef HAVE_HANDLERS
    QSKIP("built without the program that runs resolvers");
#endif
    Emulator::Options options;
    const QString code = u"import { extensions } from '@aws-appsync/utils';\n"
                         "export const request = (ctx) => ({ payload: %1 });\n"
                         "export const response = (ctx) => ctx.result;\n"_s;
    options.graphQl.schema =
        u"type Query { q: Int } type Mutation { end: Boolean send: Item } type Item { body: String "
        u"} "
        "type Subscription { onItem: Item @aws_subscribe(mutations: [\"send\"]) }"_s;
    options.graphQl.resolvers[u"Mutation.end"_s].code = code.arg(
        u"(extensions.invalidateSubscriptions({ subscriptionField: 'onItem', payload: { a: 1 } }), true)"_s);
    options.graphQl.resolvers[u"Subscription.onItem"_s].code = code.arg(
        u"extensions.setSubscriptionInvalidationFilter({ filterGroup: [{ filters: [{ fieldName: 'a', operator: 'eq', value: 1 }] }] })"_s);
    listen(options);
    const GraphQlSubscription *subscription =
        m_client->subscribe(u"subscription { onItem { body } }"_s);
    QTRY_COMPARE(subscription->state(), Subscription::State::Subscribed);
    QSignalSpy ended(subscription, &Subscription::ended);
    QCOMPARE(ask(u"mutation { end }"_s).dataJson(), R"({"end":true})"_ba);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(ended[0][0].value<Subscription::EndReason>(), Subscription::EndReason::Completed);
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
    QCOMPARE(m_emulator->subscriptionCount(), 0);
}

//! Where nothing is at /graphql/realtime, /graphql is tried, once.
void tst_GraphQlLosses::otherPath()
{
    QList<QWebSocket *> sockets;
    m_client->setSocketFactory([&sockets] {
        sockets += new QWebSocket();
        return sockets.last();
    });
    // The first attempt, and the question why it was refused.
    setFaults(R"({"faults":[{"kind":"refuseUpgradeStatus","value":404,"times":2}]})");
    QStringList paths;
    connect(m_client->connection(), &Connection::stateChanged, this, [&](Connection::State now) {
        if (now == Connection::State::Opening)
            QMetaObject::invokeMethod(
                this, [&] { paths += sockets.last()->requestUrl().path(); }, Qt::QueuedConnection);
    });
    const GraphQlSubscription *subscription = subscribe();
    QTRY_COMPARE(subscription->state(), Subscription::State::Subscribed);
    QCOMPARE(paths, QStringList({u"/graphql/realtime"_s, u"/graphql"_s}));
    setFaults(R"({"refuseUpgradeStatus":404})");
    m_emulator->dropConnections();
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Backoff);
    m_clock->advance(0ms);
    QTRY_COMPARE(subscription->state(), Subscription::State::Failed);
    QCOMPARE(subscription->error().httpStatus, 404);
    QCOMPARE(paths.size(), 3); // where it was, and then it is given up
}

void tst_GraphQlLosses::largeAnswers()
{
    const QString body(250'000, u'é');
    for (int i = 0; i < 21; ++i) // 500 kB each
        QVERIFY(send(body));
    const GraphQlResult result = ask(u"{ messages(room: \"a\") { body } }"_s);
    QVERIFY2(result.dataJson().size() > 10'000'000,
             qPrintable(QString::number(result.dataJson().size())));
    const QJsonArray messages = result.data()[u"messages"].toArray();
    QCOMPARE(messages.size(), 21);
    QVERIFY(messages.last()[u"body"].toString() == body);
}

void tst_GraphQlLosses::hostileDocuments_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("words");
    QTest::newRow("fragments that spread each other")
        << u"{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"_s << u"cycle"_s;
    QTest::newRow("a fragment that spreads itself further down")
        << u"{ message(id: 1) { ...A } } fragment A on Message { id ...A }"_s << u"cycle"_s;
    QTest::newRow("20,000 brackets")
        << u"{ a"_s.repeated(20'000) + u"}"_s.repeated(20'000) << u"parse"_s;
    QTest::newRow("20,000 lists") << u"{ messages(room: "_s + u"["_s.repeated(20'000)
            + u"]"_s.repeated(20'000)
            + u") { id } }"_s << u"parse"_s;
}

void tst_GraphQlLosses::hostileDocuments()
{
    QFETCH(QString, document);
    QFETCH(QString, words);
    Error error;
    const GraphQlResult result = ask(document, &error);
    QVERIFY(error.isError());
    QVERIFY2(error.serverMessage.contains(words, Qt::CaseInsensitive),
             qPrintable(error.toString()));
    QVERIFY(!result.hasData());
    QCOMPARE(ask(u"{ __typename }"_s).dataJson(), R"({"__typename":"Query"})"_ba); // it lives

    GraphQlSubscription *subscription =
        m_client->subscribe(u"subscription S "_s + document.section(u" fragment"_s, 0, 0));
    QTRY_COMPARE(subscription->state(), Subscription::State::Failed);
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
}

GUILESS_TEST(tst_GraphQlLosses)
#include "tst_graphqllosses.moc"

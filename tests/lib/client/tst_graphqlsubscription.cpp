// SPDX-License-Identifier: Apache-2.0
#include "manualauthorizer.h"
#include "scriptedgraphql.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Frame>

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

//! Subscriptions of GraphQL over the shared connection: what they send, what they deliver, how they end.
class tst_GraphQlSubscription : public QObject, public ScriptedGraphQl {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        start();
        m_results.clear();
    }
    void cleanup() { stop(); }

    void startCarriesTheDocument();
    void statesAndTimes();
    void resultsAreDelivered_data();
    void resultsAreDelivered();
    void manyOnOneConnection();
    void eachHasItsOwn();
    void unsubscribeIsAnswered();
    void unsubscribeBeforeTheAckWaits();
    void serverEndsIt();
    void serverEndsItBeforeTheAck();
    void errorEndsOneOnly();
    void refusals_data();
    void refusals();
    void errorWithoutAnIdFindsItsRequest();
    void errorWithoutAnIdOfNobody();
    void allErrorsAreTold();
    void newCredentialsAreTriedOnce();
    void newCredentialsInTheMiddleLeaveAGap();
    void reconnectLeavesAGap();
    void refusedOnReconnect();
    void notAcknowledged();
    void changesSubscribeAnew();
    void badInput_data();
    void badInput();
    void dataForNobody();
    void takenOver();
    void refusedOnTheSecondConnection();
    void subscriptionMayGoInItsSlot();

private:
    GraphQlSubscription *subscribed(const QString &document = u"subscription { onX { id } }"_s);

    QList<GraphQlResult> m_results;
};

GraphQlSubscription *tst_GraphQlSubscription::subscribed(const QString &document)
{
    m_server->beFriendly();
    GraphQlSubscription *subscription = m_client->subscribe(document);
    connect(subscription, &GraphQlSubscription::received, this,
            [this](const GraphQlResult &result) { m_results << result; });
    return reaches(subscription, Subscription::State::Subscribed) ? subscription : nullptr;
}

void tst_GraphQlSubscription::startCarriesTheDocument()
{
    m_server->beFriendly();
    const QString document =
        u"subscription On($r: String) {\n onMessage(room: $r) { id } # \"\\ \U0001F600\n}"_s;
    const QByteArray variables = R"({"r": null,"n":9007199254740993})"_ba;
    auto *subscription = m_client->subscribe(document, variables);
    subscription->setOperationName(u"On"_s);
    QVERIFY(reaches(subscription, Subscription::State::Subscribed));
    QCOMPARE(m_server->subprotocols().value(0), u"graphql-ws"_s);
    QCOMPARE(m_server->upgradeRequest().url().path(), u"/graphql/realtime"_s);
    const QJsonObject frame = m_server->receivedOf(u"start"_s).first();
    QCOMPARE(frame[u"id"].toString(), subscription->subscriptionId());
    const QByteArray data = frame[u"payload"].toObject()[u"data"].toString().toUtf8();
    QVERIFY2(data.endsWith(",\"variables\":" + variables + ",\"operationName\":\"On\"}"),
             data.constData());
    QCOMPARE(QJsonDocument::fromJson(data).object()[u"query"].toString(), document);
    const QJsonObject authorization =
        frame[u"payload"].toObject()[u"extensions"].toObject()[u"authorization"].toObject();
    QCOMPARE(authorization[u"x-api-key"].toString(), u"da2-k"_s);
    QCOMPARE(authorization[u"host"].toString(), m_client->endpoint().host());
}

void tst_GraphQlSubscription::statesAndTimes()
{
    auto *subscription = m_client->subscribe(u"subscription { onX { id } }"_s);
    QSignalSpy progressed(subscription, &Subscription::progressed);
    QVERIFY(reaches(Connection::State::Handshaking));
    QCOMPARE(subscription->state(), Subscription::State::Pending);
    QVERIFY(!subscription->requestedAt().isValid());
    m_server->send(uR"({"type":"connection_ack","payload":{"connectionTimeoutMs":300000}})"_s);
    QTRY_VERIFY(subscription->requestedAt().isValid());
    QVERIFY(!subscription->acknowledgedAt().isValid());
    QVERIFY(hasSent(u"start"_s, 1));
    say(u"start_ack"_s, subscription, u"{}"_s);
    QVERIFY(reaches(subscription, Subscription::State::Subscribed));
    QVERIFY(subscription->acknowledgedAt().isValid());
    QVERIFY(!subscription->firstEventAt().isValid());
    say(u"data"_s, subscription, uR"({"data":{"onX":{"id":"1"}}})"_s);
    QTRY_VERIFY(subscription->firstEventAt().isValid());
    QCOMPARE(progressed.count(), 3);
}

void tst_GraphQlSubscription::resultsAreDelivered_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<bool>("hasData");
    QTest::addColumn<QString>("error");
    QTest::newRow("data") << uR"({"data":{"onX":{"n":9007199254740993,"e":"\u00e9"}}})"_s << true
                          << QString();
    QTest::newRow("data with errors")
        << uR"j({"data":{"onX":null},"errors":[{"message":"Cannot return null for non-nullable type: 'String' within parent 'X' (/onX/field)","path":["onX","field"]}]})j"_s
        << true << u"Cannot return null"_s;
    QTest::newRow("data: null")
        << uR"({"data":null,"errors":[{"errorType":"X","message":"all null"}]})"_s << false
        << u"all null"_s;
    QTest::newRow("data: null alone") << uR"({"data":null})"_s << false << QString();
    QTest::newRow("errors alone") << uR"({"errors":{"message":"one object"}})"_s << false
                                  << u"one object"_s;
    QTest::newRow("nothing") << u"{}"_s << false << QString();
}

void tst_GraphQlSubscription::resultsAreDelivered()
{
    QFETCH(QString, payload);
    QFETCH(bool, hasData);
    QFETCH(QString, error);
    auto *subscription = subscribed();
    QVERIFY(subscription);
    say(u"data"_s, subscription, payload);
    QTRY_COMPARE(m_results.size(), 1);
    const GraphQlResult result = m_results.first();
    QCOMPARE(result.text(), payload);
    QCOMPARE(result.hasData(), hasData);
    QCOMPARE(result.errors().isEmpty(), error.isEmpty());
    if (!error.isEmpty())
        QVERIFY(result.errors().first().message.contains(error));
    QCOMPARE(result.subscriptionId, subscription->subscriptionId());
    QVERIFY(result.frameSeq > 0);
    QVERIFY(result.receivedAt().isValid());
    QCOMPARE(subscription->state(), Subscription::State::Subscribed);
}

void tst_GraphQlSubscription::manyOnOneConnection()
{
    m_server->beFriendly();
    QHash<QString, QByteArrayList> received;
    QList<GraphQlSubscription *> all;
    for (int i = 0; i < 100; ++i) {
        auto *subscription = m_client->subscribe(u"subscription { on%1 { id } }"_s.arg(i));
        connect(subscription, &GraphQlSubscription::received, this,
                [&](const GraphQlResult &result) {
                    received[result.subscriptionId] << result.dataJson();
                });
        all << subscription;
    }
    for (const GraphQlSubscription *subscription : all)
        QVERIFY(reaches(subscription, Subscription::State::Subscribed));
    QCOMPARE(m_server->connections(), 1);
    for (qsizetype i = all.size(); i-- > 0;)
        say(u"data"_s, all[i], u"{\"data\":%1}"_s.arg(i));
    QTRY_COMPARE(received.size(), 100);
    for (qsizetype i = 0; i < all.size(); ++i)
        QCOMPARE(received[all[i]->subscriptionId()], QByteArrayList{QByteArray::number(i)});
}

void tst_GraphQlSubscription::eachHasItsOwn()
{
    m_server->beFriendly();
    ManualAuthorizer mine;
    auto *first = m_client->subscribe(u"subscription { a }"_s, R"({"v":1})"_ba, &mine);
    auto *second = m_client->subscribe(u"subscription { a }"_s, QJsonObject{{u"v"_s, 2}});
    first->setUserData(u"one"_s);
    second->setUserData(2);
    QVERIFY(reaches(first, Subscription::State::Subscribed));
    QVERIFY(reaches(second, Subscription::State::Subscribed));
    QCOMPARE(first->userData(), u"one"_s);
    QCOMPARE(second->userData(), 2);
    QCOMPARE(first->variables()[u"v"].toInt(), 1);
    QCOMPARE(second->variablesText(), u"{\"v\":2}"_s);
    QCOMPARE(mine.requests.size(), 1);
    const SignableRequest &request = mine.requests.first();
    QCOMPARE(request.operation, SignableRequest::Operation::Subscribe);
    QCOMPARE(request.url.path(), u"/graphql"_s);
    QVERIFY(request.channel.isEmpty());
    QCOMPARE(request.body, R"({"query":"subscription { a }","variables":{"v":1}})"_ba);
}

void tst_GraphQlSubscription::unsubscribeIsAnswered()
{
    auto *subscription = subscribed();
    QVERIFY(subscription);
    QSignalSpy ended(subscription, &Subscription::ended);
    const Ending reply(subscription->unsubscribe());
    QVERIFY(reply.arrives());
    QVERIFY(!reply.error.isError());
    QCOMPARE(m_server->receivedOf(u"stop"_s).first()[u"id"].toString(),
             subscription->subscriptionId());
    QCOMPARE(ended.count(), 1);
    QCOMPARE(ended[0][0].value<Subscription::EndReason>(), Subscription::EndReason::Unsubscribed);
    say(u"data"_s, subscription, uR"({"data":{}})"_s); // late
    say(u"complete"_s, subscription);
    const Ending again(subscription->unsubscribe());
    QVERIFY(again.arrives());
    QCOMPARE(again.error.kind, Error::Kind::NotSubscribed);
    QVERIFY(m_results.isEmpty());
}

void tst_GraphQlSubscription::unsubscribeBeforeTheAckWaits()
{
    auto *subscription = m_client->subscribe(u"subscription { a }"_s);
    QVERIFY(reaches(Connection::State::Handshaking));
    m_server->send(uR"({"type":"connection_ack"})"_s);
    QVERIFY(hasSent(u"start"_s, 1));
    const Ending reply(subscription->unsubscribe());
    QCOMPARE(sent(u"stop"_s), 0);
    say(u"start_ack"_s, subscription);
    QVERIFY(hasSent(u"stop"_s, 1));
    QCOMPARE(reply.count, 0);
    say(u"complete"_s, subscription);
    QVERIFY(reply.arrives());
    QVERIFY(!reply.error.isError());
}

void tst_GraphQlSubscription::serverEndsIt()
{
    auto *subscription = subscribed();
    QVERIFY(subscription);
    auto *other = m_client->subscribe(u"subscription { b }"_s);
    QVERIFY(reaches(other, Subscription::State::Subscribed));
    QSignalSpy ended(subscription, &Subscription::ended);
    QSignalSpy failed(subscription, &Subscription::errorOccurred);
    say(u"complete"_s, subscription, u"{}"_s);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(ended[0][0].value<Subscription::EndReason>(), Subscription::EndReason::Completed);
    QVERIFY(!ended[0][1].value<Error>().isError());
    QCOMPARE(subscription->state(), Subscription::State::Inactive);
    QCOMPARE(failed.count(), 0);
    QCOMPARE(other->state(), Subscription::State::Subscribed);
    QCOMPARE(sent(u"stop"_s), 0);
    const Ending again(subscription->subscribe());
    QVERIFY(again.arrives());
    QVERIFY(!again.error.isError());
    QCOMPARE(sent(u"start"_s), 3);
}

void tst_GraphQlSubscription::serverEndsItBeforeTheAck()
{
    auto *subscription = m_client->subscribe(u"subscription { a }"_s);
    const Ending reply(subscription->subscribe());
    QVERIFY(reaches(Connection::State::Handshaking));
    m_server->send(uR"({"type":"connection_ack"})"_s);
    QVERIFY(hasSent(u"start"_s, 1));
    say(u"complete"_s, subscription);
    QVERIFY(reply.arrives());
    QVERIFY(reply.error.isError());
    QCOMPARE(subscription->state(), Subscription::State::Inactive);
}

void tst_GraphQlSubscription::errorEndsOneOnly()
{
    auto *subscription = subscribed();
    QVERIFY(subscription);
    auto *other = m_client->subscribe(u"subscription { b }"_s);
    QVERIFY(reaches(other, Subscription::State::Subscribed));
    QSignalSpy ended(subscription, &Subscription::ended);
    say(u"error"_s, subscription, uR"({"errors":[{"errorType":"X","message":"it broke"}]})"_s);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(subscription->state(), Subscription::State::Failed);
    QCOMPARE(subscription->error().serverMessage, u"it broke"_s);
    QCOMPARE(other->state(), Subscription::State::Subscribed);
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
}

void tst_GraphQlSubscription::refusals_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("nextStep");
    const auto said = [](const QString &type, const QString &words) {
        return uR"({"errors":[{"errorType":"%1","message":"%2"}]})"_s.arg(type, words);
    };
    QTest::newRow("unauthorized") << said(u"UnauthorizedException"_s,
                                          u"You are not authorized to make this call."_s)
                                  << Error::Kind::Unauthorized << u"belongs to this API"_s;
    QTest::newRow("unauthorized without words")
        << uR"({"errors":[{"errorType":"UnauthorizedException"}]})"_s << Error::Kind::Unauthorized
        << u"does not accept for subscriptions"_s;
    QTest::newRow("field") << said(u"Unauthorized"_s,
                                   u"Not Authorized to access onX on type Subscription"_s)
                           << Error::Kind::Unauthorized << u"@aws_"_s;
    QTest::newRow("too many") << said(u"MaxSubscriptionsReachedError"_s,
                                      u"Max number of 100 subscriptions reached"_s)
                              << Error::Kind::LimitExceeded << u"100 of GraphQL"_s;
    QTest::newRow("too many, bare object")
        << uR"({"errors":{"errorType":"MaxSubscriptionsReachedException"}})"_s
        << Error::Kind::LimitExceeded << u"100 of GraphQL"_s;
    QTest::newRow("query") << said(u"UnsupportedOperation"_s,
                                   u" not supported through the realtime channel"_s)
                           << Error::Kind::Refused << u"go over HTTP"_s;
    QTest::newRow("id in use") << said(u"DuplicatedOperationError"_s, {}) << Error::Kind::IdInUse
                               << u"another id"_s;
    QTest::newRow("variable")
        << uR"({"errors":[{"message":"Variable 'deleted' has coerced Null value for NonNull type 'Boolean!'"}]})"_s
        << Error::Kind::Refused << u"schema"_s;
    QTest::newRow("filter") << said({}, u"filter exceeds maximum value limit"_s)
                            << Error::Kind::Refused << u"filter"_s;
    QTest::newRow("signature") << said(u"BadRequestException"_s,
                                       u"The request signature we calculated does not match"_s)
                               << Error::Kind::Refused << u"canonical string"_s;
}

void tst_GraphQlSubscription::refusals()
{
    QFETCH(QString, payload);
    QFETCH(QString, nextStep);
    auto *subscription = m_client->subscribe(u"subscription { onX { id } }"_s);
    QVERIFY(reaches(Connection::State::Handshaking));
    m_server->send(uR"({"type":"connection_ack"})"_s);
    QVERIFY(hasSent(u"start"_s, 1));
    say(u"error"_s, subscription, payload);
    QVERIFY(reaches(subscription, Subscription::State::Failed));
    const Error error = subscription->error();
    QTEST(error.kind, "kind");
    QVERIFY2(error.message.contains(u"onX"), qPrintable(error.message));
    QVERIFY2(error.nextStep.contains(nextStep), qPrintable(error.nextStep));
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
}

void tst_GraphQlSubscription::errorWithoutAnIdFindsItsRequest()
{
    auto *first = subscribed();
    QVERIFY(first);
    QSignalSpy odd(m_client.get(), &Client::errorOccurred);
    ManualAuthorizer manual;
    manual.answersAtOnce = false;
    auto *second = m_client->subscribe(u"subscription { b }"_s, QByteArray(), &manual);
    QTRY_VERIFY(manual.last);
    m_server->send(
        uR"({"type":"error","payload":{"errors":{"errorType":"LimitExceededError","message":"Rate limit exceeded"}}})"_s);
    QTRY_COMPARE(odd.count(), 1); // nobody waited
    m_server->beSilent();
    manual.last->succeed({{"x-api-key"_ba, "k"_ba}});
    QVERIFY(hasSent(u"start"_s, 2));
    m_server->send(
        uR"({"type":"error","payload":{"errors":{"errorType":"MaxSubscriptionsReachedError","message":"Max number of 100 subscriptions reached"}}})"_s);
    QVERIFY(reaches(second, Subscription::State::Failed));
    QCOMPARE(second->error().kind, Error::Kind::LimitExceeded);
    QCOMPARE(first->state(), Subscription::State::Subscribed);
    QCOMPARE(odd.count(), 1);
}

void tst_GraphQlSubscription::errorWithoutAnIdOfNobody()
{
    QSignalSpy odd(m_client.get(), &Client::errorOccurred);
    auto *first = m_client->subscribe(u"subscription { a }"_s);
    auto *second = m_client->subscribe(u"subscription { b }"_s);
    QVERIFY(reaches(Connection::State::Handshaking));
    m_server->send(uR"({"type":"connection_ack"})"_s);
    QVERIFY(hasSent(u"start"_s, 2));
    m_server->send(
        uR"({"type":"error","id":"","payload":{"errors":[{"errorType":"UnsupportedOperation","message":"unknown not supported through the realtime channel"}]}})"_s);
    QTRY_COMPARE(odd.count(), 1);
    QCOMPARE(odd[0][0].value<Error>().type, u"UnsupportedOperation"_s);
    QCOMPARE(first->state(), Subscription::State::Pending);
    QCOMPARE(second->state(), Subscription::State::Pending);
}

void tst_GraphQlSubscription::allErrorsAreTold()
{
    auto *subscription = subscribed();
    QVERIFY(subscription);
    say(u"error"_s, subscription,
        uR"({"errors":[{"message":"Validation error of type A"},{"message":"Validation error of type B"}]})"_s);
    QVERIFY(reaches(subscription, Subscription::State::Failed));
    QCOMPARE(subscription->error().serverMessage,
             u"Validation error of type A\nValidation error of type B"_s);
}

void tst_GraphQlSubscription::newCredentialsAreTriedOnce()
{
    ManualAuthorizer renewing;
    renewing.canRenew = true;
    auto *subscription = m_client->subscribe(u"subscription { a }"_s, QByteArray(), &renewing);
    QVERIFY(reaches(Connection::State::Handshaking));
    m_server->send(uR"({"type":"connection_ack"})"_s);
    const QString refusal =
        uR"({"errors":[{"errorType":"UnauthorizedException","message":"Token has expired."}]})"_s;
    QVERIFY(hasSent(u"start"_s, 1));
    say(u"error"_s, subscription, refusal);
    QVERIFY(hasSent(u"start"_s, 2));
    QCOMPARE(subscription->state(), Subscription::State::Pending);
    say(u"error"_s, subscription, refusal);
    QVERIFY(reaches(subscription, Subscription::State::Failed));
    QCOMPARE(renewing.invalidations, 1);
    QVERIFY(subscription->error().nextStep.contains(u"Sign in"));
}

void tst_GraphQlSubscription::newCredentialsInTheMiddleLeaveAGap()
{
    m_server->beFriendly();
    ManualAuthorizer renewing;
    renewing.canRenew = true;
    auto *subscription = m_client->subscribe(u"subscription { a }"_s, QByteArray(), &renewing);
    QVERIFY(reaches(subscription, Subscription::State::Subscribed));
    QSignalSpy gaps(subscription, &Subscription::gapDetected);
    say(u"error"_s, subscription, uR"({"errors":[{"errorType":"UnauthorizedException"}]})"_s);
    QTRY_COMPARE(gaps.count(), 1);
    QCOMPARE(gaps[0][0].value<Gap>().reason.type, u"UnauthorizedException"_s);
    QCOMPARE(sent(u"start"_s), 2);
    QVERIFY(reaches(subscription, Subscription::State::Subscribed));
    QCOMPARE(m_server->connections(), 1);
}

void tst_GraphQlSubscription::reconnectLeavesAGap()
{
    auto *subscription = subscribed();
    QVERIFY(subscription);
    const QString id = subscription->subscriptionId();
    QSignalSpy gaps(subscription, &Subscription::gapDetected);
    m_server->drop();
    QVERIFY(reaches(Connection::State::Backoff));
    m_clock->advance(0ms);
    QTRY_COMPARE(gaps.count(), 1);
    const Gap gap = gaps[0][0].value<Gap>();
    QCOMPARE(gap.channel, u"onX"_s);
    QCOMPARE(gap.reason.kind, Error::Kind::ConnectionLost);
    QCOMPARE(m_server->connections(), 2);
    QCOMPARE(subscription->subscriptionId(), id);
    say(u"data"_s, subscription, uR"({"data":{"onX":1}})"_s);
    QTRY_COMPARE(m_results.size(), 1);
}

void tst_GraphQlSubscription::refusedOnReconnect()
{
    auto *subscription = subscribed();
    QVERIFY(subscription);
    m_server->beSilent();
    m_server->forget();
    m_server->drop();
    QVERIFY(reaches(Connection::State::Backoff));
    m_clock->advance(0ms);
    QVERIFY(reaches(Connection::State::Handshaking));
    m_server->send(
        uR"({"type":"connection_error","payload":{"errors":[{"errorType":"UnauthorizedException","message":"You are not authorized to make this call.","errorCode":401}]}})"_s);
    QVERIFY(reaches(subscription, Subscription::State::Failed));
    QCOMPARE(subscription->error().kind, Error::Kind::Unauthorized);
    QCOMPARE(subscription->error().code, u"401"_s);
    QCOMPARE(m_client->connection()->state(), Connection::State::Disconnected);
}

void tst_GraphQlSubscription::notAcknowledged()
{
    auto *subscription = m_client->subscribe(u"subscription { a }"_s);
    QVERIFY(reaches(Connection::State::Handshaking));
    m_server->send(uR"({"type":"connection_ack"})"_s);
    QVERIFY(hasSent(u"start"_s, 1));
    m_clock->advance(30s);
    QVERIFY(reaches(subscription, Subscription::State::Failed));
    QCOMPARE(subscription->error().kind, Error::Kind::Timeout);
    say(u"start_ack"_s, subscription); // too late: it is stopped
    QVERIFY(hasSent(u"stop"_s, 1));
}

void tst_GraphQlSubscription::changesSubscribeAnew()
{
    auto *subscription = subscribed();
    QVERIFY(subscription);
    subscription->setVariablesText(uR"({"a":1})"_s);
    subscription->setDocument(u"subscription { onY }"_s);
    QVERIFY(hasSent(u"start"_s, 2));
    QCOMPARE(sent(u"stop"_s), 1);
    QVERIFY(reaches(subscription, Subscription::State::Subscribed));
    subscription->setActive(false);
    QVERIFY(hasSent(u"stop"_s, 2));
    QCOMPARE(sent(u"start"_s), 2);
    QCOMPARE(m_server->connections(), 1);
}

void tst_GraphQlSubscription::badInput_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QByteArray>("variables");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("blank") << u" "_s << QByteArray() << Error::Kind::InvalidInput;
    QTest::newRow("array") << u"subscription { a }"_s << "[]"_ba << Error::Kind::InvalidInput;
    QTest::newRow("no JSON") << u"subscription { a }"_s << "{a:1}"_ba << Error::Kind::Encoding;
}

void tst_GraphQlSubscription::badInput()
{
    QFETCH(QString, document);
    QFETCH(QByteArray, variables);
    auto *subscription = m_client->subscribe(document, variables);
    QVERIFY(reaches(subscription, Subscription::State::Failed));
    QTEST(subscription->error().kind, "kind");
    QCOMPARE(m_client->connection()->state(), Connection::State::Disconnected);
}

void tst_GraphQlSubscription::dataForNobody()
{
    QVERIFY(subscribed());
    QSignalSpy odd(m_client.get(), &Client::errorOccurred);
    m_server->send(uR"({"type":"data","id":"of-others","payload":{"data":{}}})"_s);
    m_server->send(uR"({"type":"data","id":"sub-1"})"_s);
    m_server->send(uR"({"type":"next","id":"sub-1","payload":{}})"_s);
    QTRY_COMPARE(odd.count(), 3);
    QCOMPARE(odd[0][0].value<Error>().kind, Error::Kind::UnknownId);
    QCOMPARE(odd[1][0].value<Error>().kind, Error::Kind::WrongType);
    QCOMPARE(odd[2][0].value<Error>().kind, Error::Kind::UnsupportedMessage);
    QVERIFY(m_results.isEmpty());
}

void tst_GraphQlSubscription::takenOver()
{
    Connection::Deadlines deadlines;
    deadlines.takeoverAfter = 4min;
    m_client->setDeadlines(deadlines);
    auto *subscription = subscribed();
    QVERIFY(subscription);
    QSignalSpy renewed(m_client->connection(), &Connection::renewed);
    QSignalSpy gaps(subscription, &Subscription::gapDetected);
    m_clock->advance(4min);
    QTRY_COMPARE(renewed.count(), 1);
    QCOMPARE(m_server->connections(), 2);
    QCOMPARE(sent(u"start"_s), 2);
    say(u"data"_s, subscription, uR"({"data":{"onX":1}})"_s);
    QTRY_COMPARE(m_results.size(), 1);
    QCOMPARE(gaps.count(), 0);
    QCOMPARE(subscription->state(), Subscription::State::Subscribed);
}

void tst_GraphQlSubscription::refusedOnTheSecondConnection()
{
    Connection::Deadlines deadlines;
    deadlines.takeoverAfter = 4min;
    m_client->setDeadlines(deadlines);
    auto *subscription = subscribed();
    QVERIFY(subscription);
    m_server->beSilent();
    m_clock->advance(4min);
    QTRY_COMPARE(sent(u"connection_init"_s), 2);
    m_server->send(uR"({"type":"connection_ack"})"_s);
    QVERIFY(hasSent(u"start"_s, 2));
    say(u"error"_s, subscription, uR"({"errors":[{"errorType":"X","message":"no more"}]})"_s);
    QVERIFY(reaches(subscription, Subscription::State::Failed));
    QCOMPARE(subscription->error().serverMessage, u"no more"_s);
}

void tst_GraphQlSubscription::subscriptionMayGoInItsSlot()
{
    auto *subscription = subscribed();
    QVERIFY(subscription);
    const QPointer<GraphQlSubscription> alive(subscription);
    connect(subscription, &GraphQlSubscription::received, this, [=] { delete subscription; });
    say(u"data"_s, subscription, uR"({"data":1})"_s);
    QTRY_VERIFY(!alive);
    QVERIFY(hasSent(u"stop"_s, 1));
}

GUILESS_TEST(tst_GraphQlSubscription)
#include "tst_graphqlsubscription.moc"

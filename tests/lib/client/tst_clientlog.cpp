// SPDX-License-Identifier: Apache-2.0
#include "tests/lib/client/scriptedclient.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace AppSync;
using Level = LogEntry::Level;

//! The log of one client, at each level.
class tst_ClientLog : public QObject, public ScriptedClient {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void eachLevelTellsWhatItShould_data();
    void eachLevelTellsWhatItShould();
    void noSecretAtAnyLevel();
    void closingInTheLogIsSafe();

private:
    void live();
};

//! Connects, subscribes, receives, publishes, loses the connection.
void tst_ClientLog::live()
{
    QVERIFY(connects());
    ChannelSubscription *subscription = subscribed();
    QVERIFY(subscription);
    QSignalSpy received(subscription, &ChannelSubscription::received);
    m_server->send(
        u"{\"type\":\"data\",\"id\":\"%1\",\"event\":\"{\\\"pay\\\":\\\"load\\\"}\"}"_s.arg(
            subscription->subscriptionId()));
    QVERIFY(received.wait());
    PublishReply *reply = m_client->publish(u"default/a"_s, R"({"pay":"load"})"_ba);
    const Ending publish(reply);
    const QString id = reply->operationId();
    QTRY_COMPARE(sent(u"publish"_s), 1);
    m_server->send(
        u"{\"type\":\"publish_success\",\"id\":\"%1\",\"successful\":[],\"failed\":[]}"_s.arg(id));
    QVERIFY(publish.arrives());
    m_client->setRetryPolicy(RetryPolicy::never());
    m_server->drop();
    QVERIFY(reaches(Connection::State::Disconnected));
}

void tst_ClientLog::eachLevelTellsWhatItShould_data()
{
    QTest::addColumn<Level>("level");
    QTest::addColumn<QStringList>("present");
    QTest::addColumn<QStringList>("absent");
    const QString failed = u"Ready failed."_s;
    const QString connected = u"Connected to 127.0.0.1."_s;
    const QString step = u"Opening -> Handshaking"_s;
    const QString payload = u"load"_s;
    QTest::newRow("none") << Level::None << QStringList() << QStringList{u""_s};
    QTest::newRow("warning") << Level::Warning << QStringList{failed}
                             << QStringList{connected, step, payload};
    QTest::newRow("info") << Level::Info
                          << QStringList{failed, connected, u"Subscribed to /default/a."_s}
                          << QStringList{step, payload};
    QTest::newRow("debug") << Level::Debug << QStringList{failed, connected, step}
                           << QStringList{payload};
    QTest::newRow("verbose") << Level::Verbose
                             << QStringList{failed, connected, step, payload,
                                            u"> {\"type\":\"subscribe\""_s}
                             << QStringList();
}

void tst_ClientLog::eachLevelTellsWhatItShould()
{
    QFETCH(Level, level);
    QFETCH(QStringList, present);
    QFETCH(QStringList, absent);
    QStringList lines;
    connect(m_client.get(), &EventsClient::logged, this, [&](const LogEntry &entry) {
        QVERIFY(entry.level <= level);
        QVERIFY(entry.at.isValid());
        if (entry.level == Level::Warning)
            QVERIFY(entry.error.isError());
        lines << entry.text;
    });
    m_client->setLogLevel(level);
    live();
    const QString all = lines.join(u'\n');
    for (const QString &text : present)
        QVERIFY2(all.contains(text), qPrintable(text + u" is not in\n"_s + all));
    for (const QString &text : absent)
        QVERIFY2(text.isEmpty() ? lines.isEmpty() : !all.contains(text), qPrintable(all));
}

void tst_ClientLog::noSecretAtAnyLevel()
{
    m_key->setKey(u"da2-verysecretkey"_s);
    QString all;
    connect(m_client.get(), &EventsClient::logged, this,
            [&](const LogEntry &entry) { all += entry.text + entry.error.toString(); });
    m_client->setLogLevel(Level::Verbose);
    live();
    QVERIFY(all.contains(u"x-api-key"));
    QVERIFY2(!all.contains(u"verysecret"), qPrintable(all));
}

void tst_ClientLog::closingInTheLogIsSafe()
{
    QVERIFY(connects());
    m_client->setLogLevel(Level::Debug);
    connect(m_client.get(), &EventsClient::logged, this, [this](const LogEntry &entry) {
        if (entry.level == Level::Warning)
            m_client->close(EventsClient::CloseMode::Discard);
    });
    m_server->drop();
    QVERIFY(reaches(Connection::State::Disconnected));
    QVERIFY(!m_clock->untilNext()); // no attempt follows: the user closed it
}

GUILESS_TEST(tst_ClientLog)
#include "tst_clientlog.moc"

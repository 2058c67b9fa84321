// SPDX-License-Identifier: Apache-2.0
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using AppSync::ChannelSubscription;

//! The test of another program: it starts the emulator inside itself.
class tst_Consumer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishedEventArrives();
};

void tst_Consumer::publishedEventArrives()
{
    AppSync::Emulator emulator;
    QVERIFY2(emulator.listen(), qPrintable(emulator.problem()));
    AppSync::ApiKeyAuthorizer key(emulator.apiKey());
    AppSync::EventsClient client(emulator.httpUrl(), &key);

    auto *news = client.subscribe(u"/default/news"_s);
    QSignalSpy received(news, &ChannelSubscription::received);
    QTRY_COMPARE(news->state(), ChannelSubscription::State::Subscribed);

    auto *reply = client.publish(u"/default/news"_s, R"({"id":9007199254740993})"_ba);
    QSignalSpy finished(reply, &AppSync::Reply::finished);
    QTRY_COMPARE(received.count(), 1);
    QCOMPARE(received.first().first().value<AppSync::Event>().json(),
             R"({"id":9007199254740993})"_ba);
    QTRY_COMPARE(finished.count(), 1);
}

QTEST_GUILESS_MAIN(tst_Consumer)
#include "tst_consumer.moc"

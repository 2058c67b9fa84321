// SPDX-License-Identifier: Apache-2.0
#include "app/ui/subscriptionmodel.h"
#include "app/ui/traffic/framelog.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testjwt.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QSet>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::SubscriptionModel;

class TestSubscriptionModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void subscribesAndCounts();
    void saysWhatIsRefused();
    void tellsItsStory();
    void tellsWhyItEnded();
    void tellsWhatItWaitsFor();
    void blamesTheConnectionOnce();
    void showsTheFrameOfARefusal();
    void judgesChannels_data();
    void judgesChannels();
    void refusesDuplicates();
    void fillsInClaims();
    void removingUnsubscribes();
    void coloursAreReused();
    void pausesWithTheClient();

private:
    [[nodiscard]] QVariant at(int row, SubscriptionModel::Role role) const
    {
        return m_model->index(row).data(role);
    }

    std::unique_ptr<UiTest::Server> m_server;
    std::unique_ptr<AppSync::EventsClient> m_client;
    std::unique_ptr<SubscriptionModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestSubscriptionModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_client.reset();
    m_server = std::make_unique<UiTest::Server>();
    m_client = std::make_unique<AppSync::EventsClient>(m_server->endpoint(), &m_server->key);
    m_model = std::make_unique<SubscriptionModel>(m_client.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestSubscriptionModel::subscribesAndCounts()
{
    QVERIFY(m_model->add(u"default/*"_s));
    QCOMPARE(at(0, SubscriptionModel::ChannelRole).toString(), u"/default/*"_s);
    QTRY_COMPARE(at(0, SubscriptionModel::StateRole).toInt(), int(SubscriptionModel::Live));
    QCOMPARE(m_model->liveCount(), 1);
    QSignalSpy received(m_model.get(), &SubscriptionModel::received);
    m_client->publish(u"/default/a"_s, QByteArray("1"));
    QTRY_COMPARE(received.size(), 1);
    const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->tickRates();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(at(0, SubscriptionModel::CountRole).toInt(), 1);
    QVERIFY(at(0, SubscriptionModel::RateTextRole).toString().endsWith(u"/s"_s));
    QVERIFY(at(0, SubscriptionModel::AccessibleNameRole)
                .toString()
                .startsWith(u"/default/*, live, 1 events"_s));
}

void TestSubscriptionModel::saysWhatIsRefused()
{
    m_model->add(u"nowhere/a"_s);
    QTRY_COMPARE(at(0, SubscriptionModel::StateRole).toInt(), int(SubscriptionModel::Refused));
    QCOMPARE(at(0, SubscriptionModel::StateTextRole).toString(), u"refused"_s);
    QVERIFY(!at(0, SubscriptionModel::ErrorRole).toString().isEmpty());
    QCOMPARE(m_model->liveCount(), 0);
    QList<int> states;
    connect(m_model.get(), &QAbstractItemModel::dataChanged, this,
            [this, &states] { states += at(0, SubscriptionModel::StateRole).toInt(); });
    m_model->retry(0);
    QTRY_VERIFY(states.endsWith(SubscriptionModel::Refused));
    QVERIFY(states.contains(SubscriptionModel::Pending));
}

void TestSubscriptionModel::tellsItsStory()
{
    m_model->add(u"default/*"_s);
    QTRY_COMPARE(m_model->liveCount(), 1);
    const auto progress = [this] { return at(0, SubscriptionModel::ProgressRole).toString(); };
    QVERIFY2(progress().startsWith(u"acknowledged after "_s), qPrintable(progress()));
    QVERIFY2(progress().endsWith(u", no event yet"_s), qPrintable(progress()));
    m_client->publish(u"/default/a"_s, QByteArray("1"));
    QTRY_VERIFY2(progress().endsWith(u" later"_s), qPrintable(progress()));
    const QStringList story = at(0, SubscriptionModel::StoryRole).toString().split(u'\n');
    QCOMPARE(story.size(), 3);
    QVERIFY(story[0].startsWith(u"Requested "_s));
    QVERIFY(story[1].startsWith(u"Acknowledged in "_s));
    QVERIFY(story[2].startsWith(u"First event "_s));
    QVERIFY(!at(0, SubscriptionModel::ExpandedRole).toBool());
    m_model->toggleExpanded(0);
    QVERIFY(at(0, SubscriptionModel::ExpandedRole).toBool());
    m_model->toggleExpanded(7);
}

void TestSubscriptionModel::tellsWhyItEnded()
{
    m_model->add(u"default/a"_s);
    QTRY_COMPARE(m_model->liveCount(), 1);
    m_client->close();
    QTRY_VERIFY(
        at(0, SubscriptionModel::StoryRole).toString().endsWith(u": the connection was closed"_s));
    m_client->open();
    QTRY_COMPARE(m_model->liveCount(), 1);
    QVERIFY(!at(0, SubscriptionModel::StoryRole).toString().contains(u"Ended"_s));
}

void TestSubscriptionModel::tellsWhatItWaitsFor()
{
    AppSync::FaultPlan faults;
    faults.neverAnswerSubscribe = true;
    m_server->emulator.setFaults(faults);
    m_model->add(u"default/a"_s);
    const auto progress = [this] { return at(0, SubscriptionModel::ProgressRole).toString(); };
    QCOMPARE(progress(), u"not requested"_s);
    QTRY_VERIFY2(progress().endsWith(u"not acknowledged yet"_s), qPrintable(progress()));
    QCOMPARE(at(0, SubscriptionModel::StateTextRole).toString(), u"requested"_s);
}

void TestSubscriptionModel::blamesTheConnectionOnce()
{
    m_model->add(u"default/a"_s);
    QTRY_COMPARE(m_model->liveCount(), 1);
    AppSync::FaultPlan faults;
    faults.refuseUpgradeStatus = 403;
    m_server->emulator.setFaults(faults);
    m_server->emulator.dropConnections();
    QTRY_COMPARE(at(0, SubscriptionModel::StateRole).toInt(), int(SubscriptionModel::Refused));
    QCOMPARE(at(0, SubscriptionModel::StateTextRole).toString(), u"failed"_s);
    QCOMPARE(at(0, SubscriptionModel::ErrorRole).toString(), u"The connection failed for good."_s);
    QVERIFY(at(0, SubscriptionModel::NextStepRole).toString().isEmpty());
}

void TestSubscriptionModel::showsTheFrameOfARefusal()
{
    Syncscope::FrameLog log;
    connect(m_client.get(), &AppSync::EventsClient::frameSeen, &log,
            [this, &log](const AppSync::Frame &frame) {
                log.append(frame);
                m_model->attribute(&log, frame);
            });
    m_model->add(u"nowhere/a"_s);
    m_model->add(u"default/a"_s);
    QTRY_COMPARE(at(0, SubscriptionModel::StateRole).toInt(), int(SubscriptionModel::Refused));
    QTRY_COMPARE(m_model->liveCount(), 1);
    const QString details = at(0, SubscriptionModel::DetailsRole).toString();
    QVERIFY2(details.contains(u"subscribe_error"_s), qPrintable(details));
    QVERIFY(at(0, SubscriptionModel::StoryRole).toString().endsWith(u": refused"_s));
    QVERIFY(at(1, SubscriptionModel::DetailsRole).toString().isEmpty());
}

void TestSubscriptionModel::judgesChannels_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<bool>("good");
    QTest::newRow("exact") << u"/default/a"_s << true;
    QTest::newRow("without slash") << u"default/a"_s << true;
    QTest::newRow("wildcard") << u"default/*"_s << true;
    QTest::newRow("only a star") << u"/*"_s << false;
    QTest::newRow("star within") << u"a/*/b"_s << false;
    QTest::newRow("six segments") << u"a/b/c/d/e/f"_s << false;
    QTest::newRow("blank inside") << u"a/b c"_s << false;
    QTest::newRow("nothing") << u""_s << false;
}

void TestSubscriptionModel::judgesChannels()
{
    QFETCH(QString, channel);
    QFETCH(bool, good);
    QCOMPARE(m_model->problemOf(channel).isEmpty(), good);
    QCOMPARE(m_model->add(channel), good);
    QCOMPARE(m_model->count(), good ? 1 : 0);
}

void TestSubscriptionModel::refusesDuplicates()
{
    QVERIFY(m_model->add(u"default/a"_s));
    QVERIFY(!m_model->add(u"/default/a/"_s));
    QVERIFY(m_model->problemOf(u"/default/a"_s).contains(u"already"_s));
}

void TestSubscriptionModel::removingUnsubscribes()
{
    m_model->add(u"default/a"_s);
    m_model->add(u"default/b"_s);
    QTRY_COMPARE(m_server->emulator.subscriptionCount(), 2);
    m_model->remove(0);
    QCOMPARE(m_model->count(), 1);
    QTRY_COMPARE(m_server->emulator.subscriptionCount(), 1);
    m_model->remove(7);
    QCOMPARE(m_model->count(), 1);
    QCOMPARE(at(0, SubscriptionModel::ChannelRole).toString(), u"/default/b"_s);
}

void TestSubscriptionModel::coloursAreReused()
{
    for (int i = 0; i < 8; ++i)
        m_model->add(u"default/%1"_s.arg(i));
    QSet<int> colours;
    for (int row = 0; row < 8; ++row)
        colours += at(row, SubscriptionModel::SlotRole).toInt();
    QCOMPARE(colours.size(), 8);
    m_model->remove(3);
    m_model->add(u"default/new"_s);
    QCOMPARE(at(7, SubscriptionModel::SlotRole).toInt(), 3);
}

void TestSubscriptionModel::pausesWithTheClient()
{
    m_model->add(u"default/a"_s);
    QTRY_COMPARE(m_model->liveCount(), 1);
    m_client->close();
    QTRY_COMPARE(at(0, SubscriptionModel::StateRole).toInt(), int(SubscriptionModel::Off));
    QTRY_COMPARE(m_client->connection()->state(), AppSync::Connection::State::Disconnected);
    m_client->open();
    QTRY_COMPARE(m_model->liveCount(), 1);
}

void TestSubscriptionModel::fillsInClaims()
{
    const QString channel = u"default/{{sub}}/*"_s;
    QVERIFY2(m_model->problemOf(channel).contains(u"no token"),
             qPrintable(m_model->problemOf(channel)));
    QVERIFY(!m_model->add(channel));
    m_model->setClaims([] {
        return AppSync::JwtClaims::fromToken(testJwt({{u"sub"_s, u"anna"_s}}));
    });
    QCOMPARE(m_model->problemOf(channel), QString());
    QVERIFY(m_model->add(channel));
    QCOMPARE(at(0, SubscriptionModel::ChannelRole).toString(), u"/default/anna/*"_s);
    QVERIFY(!m_model->problemOf(channel).isEmpty()); // it is the same one
}

GUILESS_TEST(TestSubscriptionModel)
#include "tst_subscriptionmodel.moc"

// SPDX-License-Identifier: Apache-2.0
#include "app/ui/session.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Syncscope::LinkStatus;
using Syncscope::Session;
using Link = Session::Link;

//! Where a real connection hangs, in words.
class TestLinkStatus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void goesThroughTheStages();
    void showsWhereItHangs();
    void showsTheAnswerToARefusedUpgrade();
    void showsTheFrameOfARefusal();
    void aDropHasNoFrame();
    void countsDownAndTriesNow();
    void tellsCauseAndLatest();
    void describesTheRequestMasked();

private:
    [[nodiscard]] std::unique_ptr<Session> session(const QString &key = {});
    void suffer(const std::function<void(AppSync::FaultPlan &)> &fault);
    [[nodiscard]] static QList<int> marks(const Session &session);

    std::unique_ptr<UiTest::Server> m_server;
};

void TestLinkStatus::init()
{
    m_server = std::make_unique<UiTest::Server>();
}

std::unique_ptr<Session> TestLinkStatus::session(const QString &key)
{
    return std::make_unique<Session>(
        m_server->endpoint(),
        new AppSync::ApiKeyAuthorizer(key.isEmpty() ? m_server->emulator.apiKey() : key),
        QString());
}

void TestLinkStatus::suffer(const std::function<void(AppSync::FaultPlan &)> &fault)
{
    AppSync::FaultPlan faults;
    fault(faults);
    m_server->emulator.setFaults(faults);
}

QList<int> TestLinkStatus::marks(const Session &session)
{
    QList<int> marks;
    const QVariantList stages = const_cast<Session &>(session).status()->stages();
    for (const QVariant &stage : stages)
        marks += stage.toMap()[u"mark"_s].toInt();
    return marks;
}

void TestLinkStatus::goesThroughTheStages()
{
    const auto session = this->session();
    QCOMPARE(marks(*session), QList<int>(4, LinkStatus::Ahead));
    QCOMPARE(session->status()->sentence(), u"Not connected."_s);
    QVERIFY(session->status()->canTryNow());
    session->open();
    QTRY_COMPARE(session->link(), Link::Live);
    QCOMPARE(marks(*session), QList<int>(4, LinkStatus::Done));
    const QVariantList stages = session->status()->stages();
    for (const QVariant &stage : stages)
        QVERIFY(!stage.toMap()[u"text"_s].toString().isEmpty()); // how long it took
    QVERIFY(session->status()->sentence().startsWith(u"Live for "_s));
    QVERIFY(session->status()->sentence().contains(u"00:05:00"_s)); // the server's keep-alive
    QVERIFY(!session->status()->canTryNow());
    QVERIFY(session->status()->latest().isEmpty());
}

void TestLinkStatus::showsWhereItHangs()
{
    suffer([](AppSync::FaultPlan &faults) { faults.neverAck = true; });
    const auto session = this->session();
    session->open();
    QTRY_COMPARE(
        marks(*session),
        (QList<int>{LinkStatus::Done, LinkStatus::Done, LinkStatus::Current, LinkStatus::Ahead}));
    QVERIFY(session->status()->sentence().contains(u"acknowledgement"_s));
    suffer([](AppSync::FaultPlan &faults) { faults.neverAnswerUpgrade = true; });
    session->reconnect();
    QTRY_COMPARE(
        marks(*session),
        (QList<int>{LinkStatus::Done, LinkStatus::Current, LinkStatus::Ahead, LinkStatus::Ahead}));
    QVERIFY(session->status()->sentence().contains(u"127.0.0.1"_s));
}

void TestLinkStatus::showsTheAnswerToARefusedUpgrade()
{
    suffer([](AppSync::FaultPlan &faults) { faults.refuseUpgradeStatus = 403; });
    const auto session = this->session();
    session->open();
    QTRY_COMPARE(session->link(), Link::Failed);
    QCOMPARE(
        marks(*session),
        (QList<int>{LinkStatus::Done, LinkStatus::Failed, LinkStatus::Ahead, LinkStatus::Ahead}));
    const QString details = session->notice().details;
    QVERIFY2(details.contains(u"HTTP 403 "_s), qPrintable(details));
    QVERIFY2(details.contains(u"content-type: application/json"_s, Qt::CaseInsensitive),
             qPrintable(details));
    QVERIFY2(details.contains(u"Refused by the fault plan."_s), qPrintable(details));
    QCOMPARE(session->status()->latest().details, details);
}

void TestLinkStatus::showsTheFrameOfARefusal()
{
    const auto session = this->session(u"da2-wrong"_s);
    session->open();
    QTRY_COMPARE(session->link(), Link::Failed);
    const QString details = session->notice().details;
    QVERIFY2(details.contains(u"Frame received at "_s), qPrintable(details));
    QVERIFY2(details.contains(u"connection_error"_s), qPrintable(details));
    QVERIFY(!details.contains(u"da2-wrong"_s));
    QCOMPARE(session->status()->latest().details, details);
}

void TestLinkStatus::aDropHasNoFrame()
{
    const auto session = this->session();
    session->open();
    QTRY_COMPARE(session->link(), Link::Live);
    // An error that was told before has nothing to do with the loss.
    session->client()->publish(u"/nowhere/a"_s, QByteArray("1"));
    QTRY_VERIFY(session->frames()->count() == 2);
    suffer([](AppSync::FaultPlan &faults) { faults.neverAnswerUpgrade = true; });
    m_server->emulator.dropConnections();
    QTRY_VERIFY(!session->notice().isEmpty());
    QVERIFY2(!session->notice().details.contains(u"Frame received"_s),
             qPrintable(session->notice().details));
}

void TestLinkStatus::countsDownAndTriesNow()
{
    const auto session = this->session();
    AppSync::RetryPolicy slow;
    slow.base = slow.cap = 1h;
    session->client()->setRetryPolicy(slow);
    session->open();
    QTRY_COMPARE(session->link(), Link::Live);
    m_server->emulator.dropConnections();
    QTRY_COMPARE(session->link(), Link::Waiting);
    QVERIFY(session->status()->nextText().startsWith(u"Attempt 1 in "_s));
    QCOMPARE(session->linkText(), session->status()->nextText());
    QVERIFY(session->status()->canTryNow());
    QCOMPARE(
        marks(*session),
        (QList<int>{LinkStatus::Done, LinkStatus::Done, LinkStatus::Done, LinkStatus::Failed}));
    session->open();
    QTRY_COMPARE(session->link(), Link::Live);
}

void TestLinkStatus::tellsCauseAndLatest()
{
    const auto session = this->session();
    session->open();
    QTRY_COMPARE(session->link(), Link::Live);
    suffer([](AppSync::FaultPlan &faults) { faults.refuseUpgradeStatus = 400; });
    m_server->emulator.dropConnections();
    QTRY_COMPARE(session->link(), Link::Failed);
    QVERIFY(!session->status()->cause().isEmpty());
    QVERIFY(session->status()->cause().message != session->status()->latest().message);
    QVERIFY(session->status()->latest().message.contains(u"400"_s));
    QVERIFY(session->status()->sentence().startsWith(u"Gave up "_s));
}

void TestLinkStatus::describesTheRequestMasked()
{
    const auto session = this->session();
    session->status()->describe();
    QTRY_VERIFY(!session->status()->request().isEmpty());
    const QString request = session->status()->request();
    QVERIFY2(request.startsWith(u"GET ws://127.0.0.1:"_s), qPrintable(request));
    QVERIFY(request.contains(u"aws-appsync-event-ws"_s));
    QVERIFY(!request.contains(m_server->emulator.apiKey()));
    QCOMPARE(m_server->emulator.connectionCount(), 0); // nothing was sent
}

GUI_TEST(TestLinkStatus)
#include "tst_linkstatus.moc"

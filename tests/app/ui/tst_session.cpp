// SPDX-License-Identifier: Apache-2.0
#include "app/ui/session.h"
#include "app/ui/workspace.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::FrameModel;
using Syncscope::Session;
using Syncscope::Workspace;
using Link = Session::Link;

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void connectsAndShowsWhatHappens();
    void neverShowsTheKey();
    void saysWhyItFailed();
    void comesBack();
    void closesAndOpensAgain();
    void explainsSilence();
    void sandboxIsAliveWithinTwoSeconds();
    void sandboxLeavesADraftAlone();
    void formOpensASession();
    void anotherSessionReplacesTheFirst();
    void theSandboxHasBothServices();
    void aProfileMayHaveBothServices();

private:
    std::unique_ptr<Session> session(const QString &key = {});

    std::unique_ptr<UiTest::Server> m_server;
};

void TestSession::init()
{
    QStandardPaths::setTestModeEnabled(true); // the user's profiles are none of our business
    m_server = std::make_unique<UiTest::Server>();
}

std::unique_ptr<Session> TestSession::session(const QString &key)
{
    auto *authorizer =
        new AppSync::ApiKeyAuthorizer(key.isEmpty() ? m_server->emulator.apiKey() : key);
    return std::make_unique<Session>(m_server->endpoint(), authorizer, QString());
}

void TestSession::connectsAndShowsWhatHappens()
{
    const auto session = this->session();
    QCOMPARE(session->link(), Link::Offline);
    QVERIFY(session->addressText().endsWith(u"API key"_s));
    session->open();
    QTRY_COMPARE(session->link(), Link::Live);
    QVERIFY(session->linkText().startsWith(u"Live 00:00:0"_s));
    session->subscriptions()->add(u"default/*"_s);
    QTRY_COMPARE(session->subscriptions()->liveCount(), 1);
    session->client()->publish(u"/default/a"_s, QByteArray("{\"n\": 9007199254740993}"));
    QTRY_COMPARE(session->frames()->count(), 2); // out and in
    const QModelIndex out = session->frames()->index(0);
    QVERIFY(out.data(FrameModel::OutgoingRole).toBool());
    QCOMPARE(out.data(FrameModel::ChannelRole).toString(), u"/default/a"_s);
    const QModelIndex in = session->frames()->index(1);
    QVERIFY(!in.data(FrameModel::OutgoingRole).toBool());
    QCOMPARE(in.data(FrameModel::ChannelRole).toString(), u"/default/*"_s);
    QCOMPARE(in.data(FrameModel::SlotRole).toInt(), 0);
    QCOMPARE(in.data(FrameModel::PreviewRole).toString(), u"{\"n\": 9007199254740993}"_s);
    session->frames()->setShowControl(true);
    const auto answeredChannel = [&session] {
        for (int row = 0; row < session->frames()->count(); ++row) {
            const QModelIndex index = session->frames()->index(row);
            if (index.data(FrameModel::PreviewRole).toString().startsWith(u"publish_success"_s))
                return index.data(FrameModel::ChannelRole).toString();
        }
        return QString();
    };
    QTRY_COMPARE(answeredChannel(), u"/default/a"_s);
    session->frames()->setShowControl(false);
    QVERIFY(session->keptText().contains(u"256"_s));
    QCOMPARE(session->droppedText(), u"0 dropped"_s);
    QCOMPARE(session->keepAliveText(), u"no keep-alive yet"_s);
    m_server->emulator.sendKeepAlives();
    QTRY_VERIFY(session->keepAliveText().startsWith(u"keep-alive "_s));
}

void TestSession::neverShowsTheKey()
{
    const auto session = this->session();
    session->open();
    session->subscriptions()->add(u"default/a"_s);
    QTRY_COMPARE(session->subscriptions()->liveCount(), 1);
    session->client()->publish(u"/default/a"_s, QByteArray("1"));
    QTRY_COMPARE(session->frames()->count(), 2);
    session->log()->flush();
    for (qint64 i = session->log()->begin(); i < session->log()->end(); ++i)
        QVERIFY(!session->log()->record(i).frame.text.contains(m_server->emulator.apiKey()));
}

void TestSession::saysWhyItFailed()
{
    const auto session = this->session(u"da2-wrong"_s);
    session->open();
    QTRY_COMPARE(session->link(), Link::Failed);
    QVERIFY(!session->notice().message.isEmpty());
    QCOMPARE(session->linkText(), u"Connection failed"_s);
    session->dismissNotice();
    QVERIFY(session->notice().isEmpty());
}

void TestSession::comesBack()
{
    const auto session = this->session();
    session->subscriptions()->add(u"default/a"_s);
    session->open();
    QTRY_COMPARE(session->subscriptions()->liveCount(), 1);
    AppSync::FaultPlan faults;
    faults.refuseUpgradeStatus = 503;
    m_server->emulator.setFaults(faults);
    m_server->emulator.dropConnections();
    QTRY_COMPARE(session->link(), Link::Waiting);
    QVERIFY(session->linkText().startsWith(u"Attempt "_s));
    QVERIFY(!session->notice().isEmpty());
    m_server->emulator.setFaults({});
    session->open(); // at once instead of after the wait
    QTRY_COMPARE(session->link(), Link::Live);
    QVERIFY(session->notice().isEmpty());
    QTRY_COMPARE(session->subscriptions()->liveCount(), 1);
    session->reconnect();
    QCOMPARE(session->subscriptions()->liveCount(), 0);
    QTRY_COMPARE(session->subscriptions()->liveCount(), 1);
}

void TestSession::closesAndOpensAgain()
{
    const auto session = this->session();
    session->subscriptions()->add(u"default/a"_s);
    session->open();
    QTRY_COMPARE(session->subscriptions()->liveCount(), 1);
    session->close();
    QTRY_COMPARE(session->link(), Link::Offline);
    QCOMPARE(session->linkText(), u"Disconnected"_s);
    QVERIFY(session->notice().isEmpty());
    session->open();
    QTRY_COMPARE(session->subscriptions()->liveCount(), 1);
}

void TestSession::explainsSilence()
{
    const auto session = this->session();
    QVERIFY(session->silenceText().startsWith(u"Not connected"_s));
    session->open();
    QTRY_COMPARE(session->link(), Link::Live);
    QVERIFY(session->silenceText().contains(u"Nothing is subscribed"_s));
    session->subscriptions()->add(u"default/a"_s);
    QVERIFY(session->silenceText().startsWith(u"Waiting"_s));
    QTRY_VERIFY(session->silenceText().startsWith(u"Subscribed"_s));
}

void TestSession::sandboxIsAliveWithinTwoSeconds()
{
    QElapsedTimer clock;
    clock.start();
    Workspace workspace;
    workspace.openSandbox();
    QVERIFY(!workspace.isChoosing());
    QVERIFY(workspace.sandbox()->problem().isEmpty());
    QTRY_VERIFY(workspace.session()->frames()->count() > 0);
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(workspace.draft()->canSend());
}

void TestSession::sandboxLeavesADraftAlone()
{
    Workspace workspace;
    workspace.draft()->setText(u"mine"_s);
    workspace.openSandbox();
    QCOMPARE(workspace.draft()->text(), u"mine"_s);
    QCOMPARE(workspace.draft()->channel(), QString());
}

void TestSession::formOpensASession()
{
    Workspace workspace;
    workspace.openForm();
    QVERIFY(!workspace.session());
    workspace.cancelChoosing();
    QVERIFY(workspace.isChoosing()); // there is nothing else to show
    workspace.form()->setAddress(m_server->emulator.httpUrl().toString());
    workspace.form()->setCredential(m_server->emulator.apiKey());
    workspace.openForm();
    QVERIFY(!workspace.isChoosing());
    QTRY_COMPARE(workspace.session()->link(), Link::Live);
    workspace.choose();
    QVERIFY(workspace.isChoosing());
    workspace.cancelChoosing();
    QVERIFY(!workspace.isChoosing());
}

void TestSession::anotherSessionReplacesTheFirst()
{
    Workspace workspace;
    workspace.openSandbox();
    workspace.draft()->setText(u"\"kept\""_s);
    const QPointer<Session> first = workspace.session();
    const QSignalSpy changed(&workspace, &Workspace::sessionChanged);
    workspace.openSandbox();
    QCOMPARE(changed.size(), 1);
    QTRY_VERIFY(first.isNull());
    QTRY_COMPARE(workspace.session()->link(), Link::Live);
    QCOMPARE(workspace.draft()->text(), u"\"kept\""_s);
    QVERIFY(workspace.draft()->canSend());
}

void TestSession::theSandboxHasBothServices()
{
    Workspace workspace;
    workspace.openSandbox();
    QVERIFY(workspace.hasBothServices());
    QPointer<Session> events = workspace.session();
    QCOMPARE(events->service(), Session::Service::Events);
    QVERIFY(!events->graphQl());
    QVERIFY(!workspace.graphQlSession());
    workspace.showService(Session::Service::GraphQl);
    const QPointer<Session> graphQl = workspace.session();
    QCOMPARE(graphQl->service(), Session::Service::GraphQl);
    QVERIFY(!graphQl->client());
    QTRY_COMPARE(graphQl->link(), Link::Live);
    QCOMPARE(workspace.eventsSession(), events.data());
    QVERIFY(workspace.draft()->hasClient()); // what was written for Events can still be sent
    workspace.showService(Session::Service::Events);
    QCOMPARE(workspace.session(), events.data());
    workspace.showService(Session::Service::GraphQl);
    QCOMPARE(workspace.session(), graphQl.data()); // the same again
    workspace.openSandbox();
    QTRY_VERIFY(events.isNull() && graphQl.isNull());
    QCOMPARE(workspace.session()->service(), Session::Service::Events);
}

void TestSession::aProfileMayHaveBothServices()
{
    Syncscope::Profile profile;
    profile.endpoint = m_server->emulator.httpUrl().toString();
    profile.auth = Syncscope::AuthMode::Iam;
    QVERIFY(!Syncscope::ProfileDraft(profile).otherService());
    profile.graphqlEndpoint = m_server->emulator.graphQlUrl().toString();
    profile.graphqlAuth = Syncscope::AuthMode::ApiKey;
    Syncscope::ProfileDraft draft(profile);
    draft.secrets.insert(Syncscope::SecretRole::ApiKey, u"other"_s);
    draft.secrets.insert(Syncscope::SecretRole::GraphqlApiKey, m_server->emulator.apiKey());
    const auto other = draft.otherService();
    QVERIFY(other);
    QCOMPARE(other->profile.endpoint, profile.graphqlEndpoint);
    using Operation = Syncscope::ProfileDraft::Operation;
    QCOMPARE(other->mode(Operation::Connect), Syncscope::AuthMode::ApiKey);
    QCOMPARE(other->mode(Operation::Publish), Syncscope::AuthMode::ApiKey);
    QCOMPARE(other->typed(Syncscope::SecretRole::ApiKey), m_server->emulator.apiKey());
    Workspace workspace;
    workspace.form()->propose(draft, {});
    workspace.form()->setMode(Operation::Connect, Syncscope::AuthMode::ApiKey);
    workspace.form()->setCredential(m_server->emulator.apiKey());
    workspace.openForm();
    QVERIFY(workspace.hasBothServices());
    workspace.showService(Session::Service::GraphQl);
    QTRY_COMPARE(workspace.session()->link(), Link::Live);
}

GUI_TEST(TestSession)
#include "tst_session.moc"

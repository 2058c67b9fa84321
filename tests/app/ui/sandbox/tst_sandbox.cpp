// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandbox.h"
#include "tests/shared/testrunner.h"

#include "tests/shared/rawclient.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTcpServer>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::Sandbox;

class TestSandbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsAndPlays();
    void comesBackWhereItWas();
    void movesWhereItsPlaceIsTaken();
    void playsAnotherScenario();
    void tellsOtherPrograms();
    void notesWhatItRefuses();
};

void TestSandbox::startsAndPlays()
{
    Sandbox sandbox({});
    QVERIFY(!sandbox.isRunning());
    QSignalSpy running(&sandbox, &Sandbox::runningChanged);
    QVERIFY(sandbox.start());
    QVERIFY(sandbox.start());
    QCOMPARE(running.count(), 1);
    QVERIFY(sandbox.isPlaying());
    QCOMPARE(sandbox.scenarios().value(sandbox.scenario()), u"demo"_s);
    QVERIFY(!sandbox.scenarioText().isEmpty());
    sandbox.stop();
    QVERIFY(!sandbox.isRunning());
    QVERIFY(!sandbox.isPlaying());
}

void TestSandbox::comesBackWhereItWas()
{
    Sandbox sandbox({});
    QVERIFY(sandbox.start());
    const QString address = sandbox.addressText();
    const QString key = sandbox.apiKey();
    sandbox.stop();
    QVERIFY(sandbox.start());
    QCOMPARE(sandbox.addressText(), address);
    QCOMPARE(sandbox.apiKey(), key);
}

void TestSandbox::movesWhereItsPlaceIsTaken()
{
    Sandbox sandbox({});
    QVERIFY(sandbox.start());
    const QUrl address(u"http://"_s + sandbox.addressText());
    sandbox.stop();
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, quint16(address.port())));
    QVERIFY(sandbox.start());
    QVERIFY(sandbox.addressText() != address.authority());
}

void TestSandbox::playsAnotherScenario()
{
    Sandbox sandbox({});
    QVERIFY(sandbox.start());
    QVERIFY(sandbox.scenarios().size() >= 6);
    for (int i = 0; i < Sandbox::scenarios().size(); ++i) {
        sandbox.play(i);
        QCOMPARE(sandbox.scenario(), i);
        QVERIFY(sandbox.isPlaying());
        QVERIFY2(sandbox.problem().isEmpty(), qPrintable(sandbox.problem().message));
    }
    sandbox.pause();
    QVERIFY(!sandbox.isPlaying());
    QSignalSpy speed(&sandbox, &Sandbox::speedChanged);
    sandbox.setSpeed(5);
    QCOMPARE(sandbox.speed(), 5.0);
    QCOMPARE(speed.count(), 1);
}

void TestSandbox::tellsOtherPrograms()
{
    Sandbox sandbox({});
    QVERIFY(sandbox.start());
    sandbox.copyEnvironment();
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.contains(u"SYNCSCOPE_ENDPOINT=http://"_s + sandbox.addressText() + u"/event\n"_s),
             qPrintable(text));
    QVERIFY(text.contains(u"SYNCSCOPE_API_KEY="_s + sandbox.apiKey()));
}

void TestSandbox::notesWhatItRefuses()
{
    using namespace RawClient;
    Sandbox sandbox({});
    QVERIFY(sandbox.start());
    QSignalSpy noted(&sandbox, &Sandbox::journalChanged);
    Connection connection(quint16(QUrl(u"http://"_s + sandbox.addressText()).port()));
    const HttpAnswer answer = connection.ask(
        post("/event", "x-api-key: da2-wrong\r\n", R"({"channel":"default/a","events":["1"]})"));
    QCOMPARE(answer.status, 401);
    QTRY_COMPARE(noted.count(), 1);
    QVERIFY2(sandbox.journal().contains(u"default/a"_s), qPrintable(sandbox.journal()));
    QVERIFY(!sandbox.journal().contains(u"da2-wrong"_s));
    sandbox.clearJournal();
    QVERIFY(sandbox.journal().isEmpty());
}

GUI_TEST(TestSandbox)
#include "tst_sandbox.moc"

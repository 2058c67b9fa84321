// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/messageserver.h"

#include <AppSync/Emulator>

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using AppSync::Emulator;

//! A running example. What it prints is gathered in output.
class Example : public QProcess {
public:
    Example(const QString &name, const QStringList &arguments, const QUrl &endpoint,
            const QString &key)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SYNCSCOPE_ENDPOINT"_s, endpoint.toString());
        environment.insert(u"SYNCSCOPE_API_KEY"_s, key);
        setProcessEnvironment(environment);
        setProcessChannelMode(QProcess::MergedChannels);
        connect(this, &QProcess::readyRead, this,
                [this] { output += QString::fromUtf8(readAll()).remove(u'\r'); });
        connect(this, &QProcess::errorOccurred, this,
                [this](ProcessError error) { output += errorString() + QString::number(error); });
        start(QStringLiteral(EXAMPLES) + u'/' + name, arguments);
    }
    Example(const QString &name, const QStringList &arguments, const Emulator &emulator)
        : Example(name, arguments, emulator.httpUrl(), emulator.apiKey())
    {
    }
    ~Example() override
    {
        disconnect();
        kill();
        waitForFinished();
    }

    //! Its exit code; -1 if it does not end or crashes.
    int end()
    {
        QSignalSpy ended(this, &QProcess::finished);
        if (state() != NotRunning && !ended.wait(20'000))
            return -1;
        return exitStatus() == NormalExit ? exitCode() : -1;
    }

    QString output;
};

//! What the documentation shows must run.
class tst_Examples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void hello_data();
    void hello();
    void helloFailsWithAWrongKey_data() { hello_data(); }
    void helloFailsWithAWrongKey();
    void publishPrintsTheIndexes();
    void publishTellsWhatIsWrong();
    void subscribePrintsEvents();
    void unsubscribeEndsAfterOneEvent();
    void tailTellsOfGaps();
    void tailTellsWhatIsRefused();
    void authorizerReadsItsFile();
    void functionAuthorizes();
    void helloGraphQl_data();
    void helloGraphQl();
    void helloGraphQlFailsWithAWrongKey_data() { helloGraphQl_data(); }
    void helloGraphQlFailsWithAWrongKey();
    void twoSubscriptionsHaveTheirCallbacks();

private:
    void publish(const QStringList &events);

    std::unique_ptr<Emulator> m_emulator;
};

void tst_Examples::init()
{
    m_emulator = std::make_unique<Emulator>();
    QVERIFY2(m_emulator->listen(), qPrintable(m_emulator->problem()));
}

void tst_Examples::cleanup()
{
    m_emulator.reset();
}

void tst_Examples::publish(const QStringList &events)
{
    Example example(u"publish-events"_s, events, *m_emulator);
    const int code = example.end();
    QVERIFY2(code == 0, qPrintable(example.output));
}

void tst_Examples::hello_data()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("C++") << u"hello-events"_s;
    QTest::newRow("QML") << u"hello-events-qml"_s;
}

void tst_Examples::hello()
{
    QFETCH(QString, program);
    Example example(program, {}, *m_emulator);
    const int code = example.end();
    QVERIFY2(example.output.contains(u"/default/news"), qPrintable(example.output));
    QVERIFY2(example.output.contains(u"world"), qPrintable(example.output));
    QCOMPARE(code, 0);
}

void tst_Examples::helloFailsWithAWrongKey()
{
    QFETCH(QString, program);
    Example example(program, {}, m_emulator->httpUrl(), u"da2-wrong"_s);
    const int code = example.end();
    QVERIFY2(example.output.contains(u"not authorized"), qPrintable(example.output));
    QCOMPARE(code, 1);
}

void tst_Examples::publishPrintsTheIndexes()
{
    Example example(u"publish-events"_s, {u"{\"score\":40}"_s, u"41"_s}, *m_emulator);
    const int code = example.end();
    QCOMPARE(example.output, u"0 accepted\n1 accepted\n"_s);
    QCOMPARE(code, 0);
}

void tst_Examples::publishTellsWhatIsWrong()
{
    Example example(u"publish-events"_s, {u"{\"score\":"_s}, *m_emulator);
    const int code = example.end();
    QVERIFY2(example.output.contains(u"JSON"), qPrintable(example.output));
    QCOMPARE(code, 1);
}

void tst_Examples::subscribePrintsEvents()
{
    Example example(u"subscribe-events"_s, {}, *m_emulator);
    QTRY_COMPARE(example.output, u"subscribed\n"_s);
    publish({u"{\"id\": 9007199254740993}"_s});
    QTRY_COMPARE(example.output, u"subscribed\n{\"id\": 9007199254740993}\n"_s);
}

void tst_Examples::unsubscribeEndsAfterOneEvent()
{
    Example example(u"unsubscribe-events"_s, {}, *m_emulator);
    QTRY_COMPARE(m_emulator->subscriptionCount(), 1);
    publish({u"1"_s});
    QCOMPARE(example.end(), 0);
    QCOMPARE(example.output, u"1\nunsubscribed\n"_s);
}

void tst_Examples::tailTellsOfGaps()
{
    Example example(u"tail-events"_s, {u"--count"_s, u"3"_s, u"default/*"_s}, *m_emulator);
    QTRY_COMPARE(m_emulator->subscriptionCount(), 1);
    publish({u"1"_s, u"2"_s});
    QTRY_COMPARE(example.output, u"1\n2\n"_s);
    m_emulator->dropConnections();
    QTRY_VERIFY(example.output.contains(u"Events may be missing from 2"));
    publish({u"3"_s});
    QCOMPARE(example.end(), 0);
    QVERIFY2(example.output.endsWith(u"\n3\n"), qPrintable(example.output));
}

void tst_Examples::tailTellsWhatIsRefused()
{
    Example without(u"tail-events"_s, {}, *m_emulator);
    QCOMPARE(without.end(), 2);
    Example wrong(u"tail-events"_s, {u"nowhere/news"_s}, *m_emulator);
    QCOMPARE(wrong.end(), 1);
    QVERIFY2(wrong.output.contains(u"nowhere/news"), qPrintable(wrong.output));
}

void tst_Examples::authorizerReadsItsFile()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"token"_s));
    Example without(u"custom-authorizer"_s, {file.fileName()}, *m_emulator);
    QCOMPARE(without.end(), 1);
    QVERIFY2(without.output.contains(u"No token: "), qPrintable(without.output));

    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_emulator->token().toUtf8() + '\n');
    file.close();
    Example with(u"custom-authorizer"_s, {file.fileName()}, *m_emulator);
    QCOMPARE(with.end(), 0);
    QCOMPARE(with.output, u"accepted\n"_s);
}

void tst_Examples::functionAuthorizes()
{
    Example example(u"custom-authorizer-qml"_s, {}, *m_emulator);
    QCOMPARE(example.end(), 0);
    QVERIFY2(example.output.contains(u"accepted"), qPrintable(example.output));
    Example refused(u"custom-authorizer-qml"_s, {}, m_emulator->httpUrl(), u"da2-wrong"_s);
    QCOMPARE(refused.end(), 1);
    QVERIFY2(refused.output.contains(u"not authorized"), qPrintable(refused.output));
}

void tst_Examples::helloGraphQl_data()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("C++") << u"hello-graphql"_s;
    QTest::newRow("QML") << u"hello-graphql-qml"_s;
}

void tst_Examples::helloGraphQl()
{
    QFETCH(QString, program);
    const MessageServer server;
    Example example(program, {}, server.url(), server.apiKey());
    const int code = example.end();
    QVERIFY2(example.output.contains(u"lobby"), qPrintable(example.output));
    QVERIFY2(example.output.contains(u"hello"), qPrintable(example.output));
    QCOMPARE(code, 0);
}

void tst_Examples::helloGraphQlFailsWithAWrongKey()
{
    QFETCH(QString, program);
    const MessageServer server;
    Example example(program, {}, server.url(), u"da2-wrong"_s);
    QCOMPARE(example.end(), 1);
    QVERIFY2(example.output.contains(u"not authorized"), qPrintable(example.output));
}

void tst_Examples::twoSubscriptionsHaveTheirCallbacks()
{
    MessageServer server;
    Example example(u"two-subscriptions"_s, {}, server.url(), server.apiKey());
    QTRY_COMPARE(server.subscriptions(), 2);
    QCOMPARE(server.connections(), 1);
    server.publish(u"garden"_s, u"rain"_s);
    server.publish(u"kitchen"_s, u"soup"_s);
    server.publish(u"cellar"_s, u"nobody"_s);
    QTRY_VERIFY2(example.output.contains(u"garden: rain\n"), qPrintable(example.output));
    QTRY_VERIFY2(example.output.contains(u"kitchen: {\"onMessage\":"), qPrintable(example.output));
    server.dropConnections();
    QTRY_VERIFY2(example.output.contains(u"garden: messages may be missing"),
                 qPrintable(example.output));
    QTRY_COMPARE(server.subscriptions(), 2);
    server.publish(u"garden"_s, u"sun"_s);
    QTRY_VERIFY2(example.output.contains(u"garden: sun\n"), qPrintable(example.output));
    QVERIFY(!example.output.contains(u"nobody"));
}

QTEST_GUILESS_MAIN(tst_Examples)
#include "tst_examples.moc"

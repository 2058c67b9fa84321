// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/fakeclock.h"
#include "tests/shared/testjwt.h"
#include "tests/shared/testrunner.h"

#include <AppSync/CommandTokenSource>
#include <AppSync/TokenAuthorizer>

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

//! Every run of the script appends a line to a file, so that runs can be counted.
class tst_CommandTokenSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void givesWhatIsPrinted();
    void authorizerSendsIt();
    void runsForEveryRequest();
    void thoseWhoAskTogetherShareOneRun();
    void keepsATokenForTheCacheTime();
    void keepsAJwtUntilItExpires();
    void invalidateRunsAgain();
    void commandLineIsSplit();
    void commandGoesBeforeCommandLine();
    void badCommandsFailInWords_data();
    void badCommandsFailInWords();
    void rubbishFailsInWords_data();
    void rubbishFailsInWords();
    void failureDoesNotShowTheOutput();
    void hangingProgramFailsInWords();
    void anotherCommandWhileOneRuns();
    void askedAgainAfterAFailure();
    void endsWhileAProgramRuns();

private:
    struct Answer {
        QString token;
        QDateTime expiresAt;
        Error error;
    };
    [[nodiscard]] Answer ask(CommandTokenSource &source);
    //! A command that notes its run and then does \a script.
    [[nodiscard]] QStringList command(const QString &script) const;
    [[nodiscard]] int runs() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeClock> m_clock;
};

void tst_CommandTokenSource::initTestCase()
{
#ifndef Q_OS_UNIX
    QSKIP("The scripts are for a POSIX shell.");
#endif
}

void tst_CommandTokenSource::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = std::make_unique<FakeClock>();
}

QStringList tst_CommandTokenSource::command(const QString &script) const
{
    return {u"sh"_s, u"-c"_s, u"echo x >> \"$0\"; "_s + script, m_folder->filePath(u"runs"_s)};
}

int tst_CommandTokenSource::runs() const
{
    QFile file(m_folder->filePath(u"runs"_s));
    return file.open(QIODevice::ReadOnly) ? int(file.readAll().count('\n')) : 0;
}

tst_CommandTokenSource::Answer tst_CommandTokenSource::ask(CommandTokenSource &source)
{
    Answer answer;
    TokenReply *reply = source.token({});
    connect(reply, &Reply::finished, reply, [&answer, reply] {
        answer = {reply->token(), reply->expiresAt(), reply->error()};
    });
    QSignalSpy finished(reply, &Reply::finished);
    if (!finished.wait())
        answer.error.message = u"(no answer)"_s;
    return answer;
}

void tst_CommandTokenSource::givesWhatIsPrinted()
{
    CommandTokenSource source;
    source.setCommand(command(u"echo noise >&2; printf '\\n  tok en-1 \\n\\n'"_s));
    const Answer answer = ask(source);
    QVERIFY2(!answer.error.isError(), qPrintable(answer.error.toString()));
    QCOMPARE(answer.token, u"tok en-1"_s);
    QVERIFY(!answer.expiresAt.isValid());
    QCOMPARE(source.displayName(), u"token of the command sh"_s);
}

void tst_CommandTokenSource::authorizerSendsIt()
{
    CommandTokenSource source;
    source.setCommand(command(u"echo secret"_s));
    TokenAuthorizer authorizer(&source);
    AuthReply *reply = authorizer.authorize({});
    Headers headers;
    connect(reply, &Reply::finished, reply, [&] { headers = reply->headers(); });
    QSignalSpy finished(reply, &Reply::finished);
    QVERIFY(finished.wait());
    QCOMPARE(headers, (Headers{{"Authorization"_ba, "secret"_ba}}));
}

void tst_CommandTokenSource::runsForEveryRequest()
{
    CommandTokenSource source;
    source.setCommand(command(u"echo token-$(wc -l < \"$0\")"_s));
    QCOMPARE(ask(source).token, u"token-1"_s);
    QCOMPARE(ask(source).token, u"token-2"_s);
}

void tst_CommandTokenSource::thoseWhoAskTogetherShareOneRun()
{
    CommandTokenSource source;
    source.setCommand(command(u"echo token"_s));
    QSignalSpy first(source.token({}), &Reply::finished);
    QSignalSpy second(source.token({}), &Reply::finished);
    QTRY_COMPARE(second.count(), 1);
    QCOMPARE(first.count(), 1);
    QCOMPARE(runs(), 1);
}

void tst_CommandTokenSource::keepsATokenForTheCacheTime()
{
    CommandTokenSource source;
    source.setClock(m_clock.get());
    source.setCacheSeconds(300);
    source.setCommand(command(u"echo token-$(wc -l < \"$0\")"_s));
    QSignalSpy changed(&source, &TokenSource::tokenChanged);
    QCOMPARE(ask(source).token, u"token-1"_s);
    m_clock->advance(std::chrono::seconds(299));
    QCOMPARE(ask(source).token, u"token-1"_s);
    QCOMPARE(changed.count(), 1);
    m_clock->advance(std::chrono::seconds(1));
    QCOMPARE(ask(source).token, u"token-2"_s);
    QCOMPARE(changed.count(), 2);
}

void tst_CommandTokenSource::keepsAJwtUntilItExpires()
{
    const qint64 now = m_clock->wallMs() / 1000;
    const QString jwt = testJwt({{u"exp"_s, now + 3600}});
    CommandTokenSource source;
    source.setClock(m_clock.get());
    source.setCommand(command(u"echo "_s + jwt));
    QCOMPARE(ask(source).token, jwt);
    m_clock->advance(std::chrono::seconds(3539));
    const Answer kept = ask(source);
    QCOMPARE(kept.token, jwt);
    QCOMPARE(kept.expiresAt.toSecsSinceEpoch(), now + 3600);
    QCOMPARE(runs(), 1);
    m_clock->advance(std::chrono::seconds(1));
    QCOMPARE(ask(source).token, jwt);
    QCOMPARE(runs(), 2);
}

void tst_CommandTokenSource::invalidateRunsAgain()
{
    CommandTokenSource source;
    QVERIFY(!source.invalidate());
    source.setCacheSeconds(300);
    source.setCommand(command(u"echo token"_s));
    (void)ask(source);
    (void)ask(source);
    QCOMPARE(runs(), 1);
    QVERIFY(source.invalidate());
    (void)ask(source);
    QCOMPARE(runs(), 2);
}

void tst_CommandTokenSource::commandLineIsSplit()
{
    CommandTokenSource source;
    source.setCommandLine(uR"(sh -c 'printf "%s|" "$@"' tool "a b" $HOME \;)"_s);
    QCOMPARE(ask(source).token, u"a b|$HOME|;|"_s);
}

void tst_CommandTokenSource::commandGoesBeforeCommandLine()
{
    CommandTokenSource source;
    source.setCommandLine(u"echo line"_s);
    QCOMPARE(ask(source).token, u"line"_s);
    source.setCommand({u"echo"_s, u"words"_s});
    QCOMPARE(ask(source).token, u"words"_s);
}

void tst_CommandTokenSource::badCommandsFailInWords_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("none") << QString();
    QTest::newRow("space") << u"  "_s;
    QTest::newRow("open quote") << u"echo 'x"_s;
    QTest::newRow("not there") << u"/nothing/here"_s;
    QTest::newRow("a folder") << u"/"_s;
}

void tst_CommandTokenSource::badCommandsFailInWords()
{
    QFETCH(QString, line);
    CommandTokenSource source;
    source.setCommandLine(line);
    const Answer answer = ask(source);
    QCOMPARE(answer.error.kind, Error::Kind::InvalidInput);
    QVERIFY(!answer.error.message.isEmpty());
    QVERIFY(!answer.error.nextStep.isEmpty());
}

void tst_CommandTokenSource::rubbishFailsInWords_data()
{
    QTest::addColumn<QString>("script");
    QTest::newRow("nothing") << u"true"_s;
    QTest::newRow("space") << u"printf ' \\n'"_s;
    QTest::newRow("two lines") << u"printf 'Welcome\\nsecret-token\\n'"_s;
    QTest::newRow("header injection") << u"printf 'secret-token\\r\\nX-Other: 1'"_s;
    QTest::newRow("binary") << u"printf '\\001\\377secret-token'"_s;
    QTest::newRow("without end") << u"yes secret-token"_s;
}

void tst_CommandTokenSource::rubbishFailsInWords()
{
    QFETCH(QString, script);
    CommandTokenSource source;
    source.setCommand(command(script));
    const Answer answer = ask(source);
    QVERIFY(answer.error.isError());
    QVERIFY(answer.error.message.contains(u"sh"_s));
    QVERIFY(!answer.error.nextStep.isEmpty());
    QVERIFY(!answer.error.toString().contains(u"secret-token"_s));
}

void tst_CommandTokenSource::failureDoesNotShowTheOutput()
{
    CommandTokenSource source;
    source.setCommand(command(u"echo secret-token; echo 'session over' >&2; exit 1"_s));
    const Answer answer = ask(source);
    QCOMPARE(answer.error.serverMessage, u"session over"_s);
    QVERIFY(!answer.error.toString().contains(u"secret-token"_s));
}

void tst_CommandTokenSource::hangingProgramFailsInWords()
{
    CommandTokenSource source;
    source.setClock(m_clock.get());
    source.setTimeout(std::chrono::seconds(10));
    source.setCommand(command(u"sleep 1000"_s));
    Error error;
    TokenReply *reply = source.token({});
    connect(reply, &Reply::finished, reply, [&] { error = reply->error(); });
    QTRY_COMPARE(runs(), 1);
    m_clock->advance(std::chrono::seconds(10));
    QTRY_COMPARE(error.kind, Error::Kind::Timeout);
    QVERIFY(error.isRetryable());
}

void tst_CommandTokenSource::anotherCommandWhileOneRuns()
{
    CommandTokenSource source;
    source.setCommand(command(u"sleep 1000"_s));
    QString token;
    TokenReply *reply = source.token({});
    connect(reply, &Reply::finished, reply, [&] { token = reply->token(); });
    QTRY_COMPARE(runs(), 1);
    source.setCommand({u"echo"_s, u"other"_s});
    QTRY_COMPARE(token, u"other"_s);
}

void tst_CommandTokenSource::askedAgainAfterAFailure()
{
    CommandTokenSource source;
    source.setCacheSeconds(300);
    source.setCommand(command(u"[ $(wc -l < \"$0\") = 2 ] && echo token"_s));
    QVERIFY(ask(source).error.isError());
    QCOMPARE(ask(source).token, u"token"_s);
}

void tst_CommandTokenSource::endsWhileAProgramRuns()
{
    auto source = std::make_unique<CommandTokenSource>();
    source->setCommand(command(u"sleep 1000"_s));
    QPointer<TokenReply> reply = source->token({});
    QTRY_COMPARE(runs(), 1);
    source.reset();
    QVERIFY(!reply);
    // It is reaped by the event loop, without a child of ours left.
    QTRY_VERIFY(!QCoreApplication::instance()->findChild<QProcess *>());
}

GUILESS_TEST(tst_CommandTokenSource)
#include "tst_commandtokensource.moc"

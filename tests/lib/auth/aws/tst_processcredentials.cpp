// SPDX-License-Identifier: Apache-2.0
#include "awshome.h"
#include "tests/shared/testrunner.h"

#include "lib/auth/aws/processcredentials_p.h"

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

class tst_ProcessCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheCommandPrints();
    void wordsAndVariablesReachTheCommand();
    void runsOnceForAll();
    void runsAgainBeforeTheEnd();
    void withoutAnEndItIsKept();
    void asksOnceBeforeItRuns();
    void aNoEndsIt();
    void nobodyToAsk();
    void nobodyAnswers();
    void unusable_data();
    void unusable();
    void exitCodeWithWords();
    void killedFromOutside();
    void hangs();
    void printsTooMuch();
    void cannotBeStarted_data();
    void cannotBeStarted();
    void goneWithItsSource();
};

namespace {

constexpr auto kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

//! A context whose profile has the \a command, which may run unasked.
AwsContext contextOf(const AwsHome &home, const QString &command)
{
    AwsContext context;
    context.environment = home.environment;
    context.profile.name = u"dev"_s;
    context.profile.config.values.insert(u"credential_process"_s, command);
    context.areProcessesAllowed = true;
    return context;
}

QByteArray answer(const QByteArray &expiration = {})
{
    return R"({"Version":1,"AccessKeyId":"ASIA1","SecretAccessKey":")" + QByteArray(kSecret)
        + R"(","SessionToken":"session","AccountId":"123456789012")"
        + (expiration.isEmpty() ? QByteArray() : R"(,"Expiration":")" + expiration + '"') + "}\n";
}

//! A script that prints \a text and counts its runs in `runs`.
QString printer(const AwsHome &home, const QByteArray &text)
{
    home.write(u"output"_s, text);
    return home.script(u"print"_s,
                       "echo run >> '" + home.path(u"runs"_s).toUtf8() + "'\ncat '"
                           + home.path(u"output"_s).toUtf8() + "'\n");
}

qsizetype runsOf(const AwsHome &home)
{
    return home.read(u"runs"_s).count('\n');
}

int pidIn(const AwsHome &home, const QString &file)
{
    return home.read(file).trimmed().toInt();
}

//! Neither running nor a zombie.
bool isGone(const AwsHome &home, const QString &pidFile)
{
    const int pid = pidIn(home, pidFile);
    return pid > 0 && ::kill(pid, 0) == -1 && errno == ESRCH;
}

//! Not running: it may be a zombie of whoever inherited it.
bool hasEnded(const AwsHome &home, const QString &pidFile)
{
    QFile status(u"/proc/%1/stat"_s.arg(pidIn(home, pidFile)));
    return isGone(home, pidFile)
        || (status.open(QIODevice::ReadOnly) && status.readAll().contains(") Z "));
}

//! A script that never ends, and neither does what it starts; their ids are in `pid` and `child`.
QString endless(const AwsHome &home)
{
    return home.script(u"endless"_s,
                       "sleep 1000 &\necho $! > '" + home.path(u"child"_s).toUtf8()
                           + "'\necho $$ > '" + home.path(u"pid"_s).toUtf8() + "'\nwait\n");
}

} // namespace

void tst_ProcessCredentials::readsWhatTheCommandPrints()
{
    AwsHome home;
    ProcessCredentials source(contextOf(home, printer(home, answer(home.isoIn(1h)))), nullptr);
    const CredentialsOutcome outcome = outcomeOf(source);
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.accessKeyId, u"ASIA1"_s);
    QCOMPARE(outcome.credentials.secretAccessKey, QString::fromLatin1(kSecret));
    QCOMPARE(outcome.credentials.sessionToken, u"session"_s);
    QCOMPARE(outcome.credentials.expiresAt, home.in(1h));
    QCOMPARE(outcome.credentials.source, u"profile dev (command)"_s);
}

void tst_ProcessCredentials::wordsAndVariablesReachTheCommand()
{
    AwsHome home;
    home.set(u"MY_KEY"_s, u"from the environment"_s);
    const QString script = home.script(
        u"a tool"_s,
        R"sh(printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s","SessionToken":"%s"}' \
                "$#:$1:$2" "$MY_KEY" "$(cat)")sh");
    const QString command = u"'%1' \"one word\" $HOME"_s.arg(script);
    ProcessCredentials source(contextOf(home, command), nullptr);
    const CredentialsOutcome outcome = outcomeOf(source);
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.accessKeyId, u"2:one word:$HOME"_s);
    QCOMPARE(outcome.credentials.secretAccessKey, u"from the environment"_s);
    // Nobody types anything.
    QCOMPARE(outcome.credentials.sessionToken, u""_s);
}

void tst_ProcessCredentials::runsOnceForAll()
{
    AwsHome home;
    ProcessCredentials source(contextOf(home, printer(home, answer(home.isoIn(1h)))), nullptr);
    CredentialsOutcome first;
    CredentialsOutcome second;
    note(source.credentials(), &first);
    note(source.credentials(), &second);
    QTRY_VERIFY(first.hasArrived && second.hasArrived);
    QVERIFY(first.credentials.isValid());
    QCOMPARE(first.credentials, second.credentials);
    QCOMPARE(outcomeOf(source).credentials, first.credentials);
    QCOMPARE(runsOf(home), 1);
    QVERIFY(source.invalidate());
    QCOMPARE(outcomeOf(source).credentials, first.credentials);
    QCOMPARE(runsOf(home), 2);
}

void tst_ProcessCredentials::runsAgainBeforeTheEnd()
{
    AwsHome home;
    ProcessCredentials source(contextOf(home, printer(home, answer(home.isoIn(1h)))), nullptr);
    outcomeOf(source);
    home.clock.advance(55min - 1s);
    outcomeOf(source);
    QCOMPARE(runsOf(home), 1);
    home.clock.advance(1s);
    home.write(u"output"_s, answer(home.isoIn(2h)));
    QCOMPARE(outcomeOf(source).credentials.expiresAt, home.in(2h));
    QCOMPARE(runsOf(home), 2);
}

void tst_ProcessCredentials::withoutAnEndItIsKept()
{
    AwsHome home;
    ProcessCredentials source(contextOf(home, printer(home, answer())), nullptr);
    QVERIFY(!outcomeOf(source).credentials.expiresAt.isValid());
    home.clock.advance(10000h);
    outcomeOf(source);
    QCOMPARE(runsOf(home), 1);
}

void tst_ProcessCredentials::asksOnceBeforeItRuns()
{
    AwsHome home;
    AwsContext context = contextOf(home, printer(home, answer()));
    context.areProcessesAllowed = false;
    ProcessCredentials source(context, nullptr);
    Interaction *question = nullptr;
    int questions = 0;
    connect(&source, &InteractiveSource::interactionRequired, this, [&](Interaction *asked) {
        question = asked;
        ++questions;
    });
    CredentialsOutcome outcome;
    CredentialsReply *reply = source.credentials();
    note(reply, &outcome);
    QTRY_VERIFY(question);
    QCOMPARE(question->kind(), Interaction::Kind::Confirm);
    QVERIFY(question->message().contains(home.path(u"print"_s)));
    QVERIFY(reply->isWaitingForPerson());
    QCOMPARE(runsOf(home), 0);
    QVERIFY(question->answer());
    QVERIFY(!reply->isWaitingForPerson());
    QTRY_VERIFY(outcome.credentials.isValid());
    source.invalidate();
    QVERIFY(outcomeOf(source).credentials.isValid());
    QCOMPARE(questions, 1);

    // Another source of the same family knows the answer, but not for another command.
    ProcessCredentials sibling(context, nullptr);
    QVERIFY(outcomeOf(sibling).credentials.isValid());
    context.profile.config.values[u"credential_process"_s] += u" more"_s;
    ProcessCredentials other(context, nullptr);
    QCOMPARE(outcomeOf(other).error.kind, Error::Kind::InvalidInput);
    QCOMPARE(runsOf(home), 3);
}

void tst_ProcessCredentials::aNoEndsIt()
{
    AwsHome home;
    AwsContext context = contextOf(home, printer(home, answer()));
    context.areProcessesAllowed = false;
    ProcessCredentials source(context, nullptr);
    connect(&source, &InteractiveSource::interactionRequired, this,
            [](Interaction *asked) { asked->cancel(); });
    QCOMPARE(outcomeOf(source).error.kind, Error::Kind::Cancelled);
    QCOMPARE(runsOf(home), 0);
}

void tst_ProcessCredentials::nobodyToAsk()
{
    AwsHome home;
    AwsContext context = contextOf(home, printer(home, answer()));
    context.areProcessesAllowed = false;
    ProcessCredentials source(context, nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(error.message.contains(home.path(u"print"_s)));
    QVERIFY(!error.nextStep.isEmpty());
    QCOMPARE(runsOf(home), 0);
}

void tst_ProcessCredentials::nobodyAnswers()
{
    AwsHome home;
    AwsContext context = contextOf(home, printer(home, answer()));
    context.areProcessesAllowed = false;
    ProcessCredentials source(context, nullptr);
    QPointer<Interaction> question;
    connect(&source, &InteractiveSource::interactionRequired, this,
            [&](Interaction *asked) { question = asked; });
    CredentialsOutcome outcome;
    note(source.credentials(), &outcome);
    QTRY_VERIFY(question);
    home.clock.advance(5min);
    QTRY_VERIFY(outcome.hasArrived);
    QCOMPARE(outcome.error.kind, Error::Kind::Unattended);
    QTRY_VERIFY(!question);
    QCOMPARE(runsOf(home), 0);
}

void tst_ProcessCredentials::unusable_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("rubbish") << "hello, here are your keys: SECRET"_ba;
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("array") << R"([{"Version":1}])"_ba;
    QTest::newRow("cut off") << answer().chopped(3);
    QTest::newRow("no version") << R"({"AccessKeyId":"a","SecretAccessKey":"SECRET"})"_ba;
    QTest::newRow("version 2")
        << R"({"Version":2,"AccessKeyId":"a","SecretAccessKey":"SECRET"})"_ba;
    QTest::newRow("version as text")
        << R"({"Version":"1","AccessKeyId":"a","SecretAccessKey":"SECRET"})"_ba;
    QTest::newRow("no key") << R"({"Version":1,"SecretAccessKey":"SECRET"})"_ba;
    QTest::newRow("no secret") << R"({"Version":1,"AccessKeyId":"a","SessionToken":"SECRET"})"_ba;
    QTest::newRow("wrong type") << R"({"Version":1,"AccessKeyId":1,"SecretAccessKey":"SECRET"})"_ba;
    QTest::newRow("no time")
        << R"({"Version":1,"AccessKeyId":"a","SecretAccessKey":"SECRET","Expiration":"soon"})"_ba;
}

void tst_ProcessCredentials::unusable()
{
    QFETCH(QByteArray, text);
    AwsHome home;
    ProcessCredentials source(contextOf(home, printer(home, text)), nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, Error::Kind::Receiving);
    QVERIFY(error.message.contains(u"dev"_s));
    QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(!wordsOf(error).contains(u"SECRET"_s));
    QVERIFY(!wordsOf(error).contains(QString::fromLatin1(kSecret)));

    // A failure is not kept.
    home.write(u"output"_s, answer());
    QVERIFY(outcomeOf(source).credentials.isValid());

    home.write(u"output"_s, answer(home.isoIn(-1s)));
    source.invalidate();
    const Error expired = outcomeOf(source).error;
    QCOMPARE(expired.kind, Error::Kind::Unauthorized);
    QVERIFY(expired.message.contains(u"expired"_s));
}

void tst_ProcessCredentials::exitCodeWithWords()
{
    AwsHome home;
    const QString script = home.script(u"fail"_s,
                                       "echo 'on stdout: SECRET'\n"
                                       "echo \"no access for you,\n  key "
                                           + QByteArray(kSecret) + "\" >&2\nexit 3\n");
    ProcessCredentials source(contextOf(home, script), nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY2(error.message.contains(u"code 3"_s), qPrintable(error.message));
    QVERIFY2(error.serverMessage.startsWith(u"no access for you, key ***"_s),
             qPrintable(error.serverMessage));
    QVERIFY(!wordsOf(error).contains(QString::fromLatin1(kSecret)));
    QVERIFY(!wordsOf(error).contains(u"SECRET"_s));
}

void tst_ProcessCredentials::killedFromOutside()
{
    AwsHome home;
    ProcessCredentials source(contextOf(home, home.script(u"die"_s, "kill -9 $$\n")), nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY2(error.message.contains(u"crashed"_s), qPrintable(error.message));
}

void tst_ProcessCredentials::hangs()
{
    AwsHome home;
    home.environment.processTimeout = 30s;
    ProcessCredentials source(contextOf(home, endless(home)), nullptr);
    CredentialsOutcome outcome;
    note(source.credentials(), &outcome);
    QTRY_VERIFY(!home.read(u"pid"_s).isEmpty());
    home.clock.advance(30s - 1ms);
    QVERIFY(!isGone(home, u"pid"_s));
    home.clock.advance(1ms);
    QTRY_VERIFY(outcome.hasArrived);
    QCOMPARE(outcome.error.kind, Error::Kind::Timeout);
    QVERIFY2(outcome.error.message.contains(u"30 s"_s), qPrintable(outcome.error.message));
    QTRY_VERIFY(isGone(home, u"pid"_s));
    QTRY_VERIFY(hasEnded(home, u"child"_s));
}

void tst_ProcessCredentials::printsTooMuch()
{
    AwsHome home;
    const QString script = home.script(
        u"flood"_s, "echo $$ > '" + home.path(u"pid"_s).toUtf8() + "'\nexec yes SECRET\n");
    ProcessCredentials source(contextOf(home, script), nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, Error::Kind::Receiving);
    QVERIFY(error.message.contains(u"more than credentials"_s));
    QVERIFY(!wordsOf(error).contains(u"SECRET"_s));
    QTRY_VERIFY(isGone(home, u"pid"_s));
}

void tst_ProcessCredentials::cannotBeStarted_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("missing") << u"/no/such/tool --x"_s;
    QTest::newRow("a folder") << u"/tmp"_s;
    QTest::newRow("quote") << u"tool 'open"_s;
    QTest::newRow("nothing") << u"  "_s;
}

void tst_ProcessCredentials::cannotBeStarted()
{
    QFETCH(QString, command);
    AwsHome home;
    ProcessCredentials source(contextOf(home, command), nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(!error.nextStep.isEmpty());
}

void tst_ProcessCredentials::goneWithItsSource()
{
    AwsHome home;
    auto source = std::make_unique<ProcessCredentials>(contextOf(home, endless(home)), nullptr);
    CredentialsOutcome outcome;
    note(source->credentials(), &outcome);
    QTRY_VERIFY(!home.read(u"pid"_s).isEmpty());
    source.reset();
    QTRY_VERIFY(isGone(home, u"pid"_s));
    QTRY_VERIFY(hasEnded(home, u"child"_s));
    QVERIFY(!outcome.hasArrived);
}

GUILESS_TEST(tst_ProcessCredentials)
#include "tst_processcredentials.moc"

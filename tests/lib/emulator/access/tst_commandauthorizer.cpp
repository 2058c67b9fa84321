// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/access/commandauthorizer_p.h"
#include "tests/shared/testrunner.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace AppSync;
using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Real programs, and how each way to fail is told.
class tst_CommandAuthorizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void passesTheEvent();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void manyAtOnce();
    void endsWhileOneRuns();
};

namespace {

const QString kProgram = QStringLiteral(LAMBDA_PROGRAM);

EmulatorOptions::LambdaRequest request(const QString &token)
{
    EmulatorOptions::LambdaRequest request;
    request.apiId = u"api"_s;
    request.accountId = u"123456789012"_s;
    request.requestId = u"r"_s;
    request.authorizationToken = token;
    request.operation = u"EVENT_CONNECT"_s;
    request.requestHeaders = {{u"host"_s, u"h"_s}, {u"x"_s, u"1"_s}, {u"x"_s, u"2"_s}};
    return request;
}

} // namespace

void tst_CommandAuthorizer::passesTheEvent()
{
    CommandAuthorizer authorizer({kProgram, u"echo"_s}, 10s);
    std::optional<EmulatorOptions::LambdaAnswer> answer;
    authorizer.ask(request(u"a \"token\""_s), [&](const auto &said) { answer = said; });
    QTRY_VERIFY(answer);
    QVERIFY2(answer->isAuthorized, qPrintable(answer->problem));
    const QJsonObject event =
        QJsonDocument::fromJson(answer->handlerContext["event"_L1].toString().toUtf8()).object();
    QCOMPARE(event["authorizationToken"_L1].toString(), u"a \"token\""_s);
    QCOMPARE(event["requestContext"_L1].toObject(),
             (QJsonObject{{u"apiId"_s, u"api"_s},
                          {u"accountId"_s, u"123456789012"_s},
                          {u"requestId"_s, u"r"_s},
                          {u"operation"_s, u"EVENT_CONNECT"_s},
                          {u"channelNamespaceName"_s, QJsonValue::Null},
                          {u"channel"_s, QJsonValue::Null}}));
    QCOMPARE(event["requestHeaders"_L1].toObject(),
             (QJsonObject{{u"host"_s, u"h"_s}, {u"x"_s, u"1, 2"_s}}));
}

void tst_CommandAuthorizer::tellsWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<int>("deadline"); // ms
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QStringList &command, const QString &problem,
                        int deadline = 10'000) {
        QTest::newRow(name) << command << deadline << problem;
    };
    row("not there", {u"/nowhere/program"_s}, u"cannot be started"_s);
    row("exit code", {kProgram, u"complain"_s}, u"exit code 3: cannot work with "_s);
    row("crash", {kProgram, u"crash"_s}, u"crashed"_s);
    row("no JSON", {kProgram, u"garbage"_s}, u"not a JSON object"_s);
    row("nothing", {kProgram}, u"not a JSON object"_s);
    row("too much", {kProgram, u"flood"_s}, u"wrote more than"_s);
    row("too slow", {kProgram, u"hang"_s}, u"did not end within 50 ms"_s, 50);
}

void tst_CommandAuthorizer::tellsWhatIsWrong()
{
    QFETCH(QStringList, command);
    QFETCH(int, deadline);
    QFETCH(QString, problem);
    CommandAuthorizer authorizer(command, std::chrono::milliseconds(deadline));
    QList<EmulatorOptions::LambdaAnswer> answers;
    authorizer.ask(request(u"very-secret"_s), [&](const auto &said) { answers.append(said); });
    QVERIFY(answers.isEmpty()); // never at once
    QTRY_COMPARE(answers.size(), 1);
    QVERIFY(!answers[0].isAuthorized);
    QVERIFY2(answers[0].problem.contains(problem), qPrintable(answers[0].problem));
    QVERIFY2(!answers[0].problem.contains(u"very-secret"_s), qPrintable(answers[0].problem));
}

void tst_CommandAuthorizer::manyAtOnce()
{
    CommandAuthorizer authorizer({kProgram, u"word"_s}, 60s);
    int good = 0;
    int bad = 0;
    for (int i = 0; i < 50; ++i) {
        authorizer.ask(request(i % 2 ? u"sesame"_s : u"other"_s), [&](const auto &said) {
            ++(said.isAuthorized ? good : bad);
            QCOMPARE(said.problem, QString());
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(good + bad, 50, 60'000);
    QCOMPARE(good, 25);
}

void tst_CommandAuthorizer::endsWhileOneRuns()
{
    bool isTold = false;
    QElapsedTimer timer;
    timer.start();
    {
        CommandAuthorizer authorizer({kProgram, u"hang"_s}, 60s);
        authorizer.ask(request(u"a"_s), [&](const auto &) { isTold = true; });
    }
    QCoreApplication::processEvents();
    QVERIFY(!isTold);
    QVERIFY(timer.elapsed() < 20'000); // it was killed, not waited for
}

GUILESS_TEST(tst_CommandAuthorizer)
#include "tst_commandauthorizer.moc"

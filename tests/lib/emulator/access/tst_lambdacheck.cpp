// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/access/lambdacheck_p.h"
#include "lib/emulator/access/lambdaevent_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

#include <memory>

using namespace AppSync;
using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_LambdaCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void asksEachTimeWithoutTtl();
    void keepsAnswers_data();
    void keepsAnswers();
    void keysOfTheCache();
    void sharesACall();
    void replacingForgets();
    void deadline();
    void pattern();
    void tooManyWait();
    void answers_data();
    void answers();

private:
    //! Asks, and gives what was said at once; nothing if it is not there yet.
    std::optional<LambdaCheck::Verdict> ask(const QString &channel = u"/a/b"_s,
                                            const QString &operation = u"EVENT_PUBLISH"_s,
                                            const QString &token = u"t"_s);

    qint64 m_seconds = 1'700'000'000;
    const Now m_now = [this] { return QDateTime::fromSecsSinceEpoch(m_seconds).toUTC(); };
    std::unique_ptr<LambdaCheck> m_check;
    QString m_apiId = u"api"_s;
    int m_asked = 0;
    EmulatorOptions::LambdaAnswer m_answer;
};

void tst_LambdaCheck::init()
{
    m_check = std::make_unique<LambdaCheck>(m_now);
    m_asked = 0;
    m_answer = {true, {{u"who"_s, u"me"_s}}};
    m_check->setAuthorizer([this](const auto &, const auto &answer) {
        ++m_asked;
        answer(m_answer);
    });
}

std::optional<LambdaCheck::Verdict>
tst_LambdaCheck::ask(const QString &channel, const QString &operation, const QString &token)
{
    EmulatorOptions::LambdaRequest request;
    request.apiId = m_apiId;
    request.channel = channel;
    request.operation = operation;
    request.authorizationToken = token;
    // What comes later finds it there still.
    const auto result = std::make_shared<std::optional<LambdaCheck::Verdict>>();
    m_check->check(request, [result](const LambdaCheck::Verdict &verdict) { *result = verdict; });
    return *result;
}

void tst_LambdaCheck::asksEachTimeWithoutTtl()
{
    QCOMPARE(m_check->configure({}), QString());
    for (int i = 1; i <= 3; ++i) {
        const auto verdict = ask();
        QVERIFY(verdict && verdict->problem.isEmpty());
        QCOMPARE(verdict->handlerContext["who"_L1].toString(), u"me"_s);
        QCOMPARE(m_asked, i);
    }
}

void tst_LambdaCheck::keepsAnswers_data()
{
    QTest::addColumn<int>("ttl"); // s, of the settings
    QTest::addColumn<int>("override"); // s, of the answer; -1: none
    QTest::addColumn<int>("good"); // s, for which the answer is kept
    QTest::newRow("settings") << 60 << -1 << 60;
    QTest::newRow("longer") << 60 << 300 << 300;
    QTest::newRow("shorter") << 60 << 10 << 10;
    QTest::newRow("not at all") << 60 << 0 << 0;
    QTest::newRow("only by the answer") << 0 << 5 << 5;
    QTest::newRow("an hour at most") << 0 << 9'999 << 3'600;
}

void tst_LambdaCheck::keepsAnswers()
{
    QFETCH(int, ttl);
    QFETCH(int, override);
    QFETCH(int, good);
    EmulatorOptions::Lambda settings;
    settings.resultTtl = std::chrono::seconds(ttl);
    QCOMPARE(m_check->configure(settings), QString());
    for (const bool isAuthorized : {true, false}) {
        m_answer.isAuthorized = isAuthorized;
        if (override >= 0)
            m_answer.ttl = std::chrono::seconds(override);
        m_asked = 0;
        const QString token = isAuthorized ? u"good"_s : u"bad"_s;
        const auto isGood = [&] {
            return ask(u"/a"_s, u"EVENT_PUBLISH"_s, token)->problem.isEmpty();
        };
        QCOMPARE(isGood(), isAuthorized);
        if (good > 0) {
            m_seconds += good - 1;
            QCOMPARE(isGood(), isAuthorized);
            QCOMPARE(m_asked, 1);
            m_seconds += 1;
        }
        QCOMPARE(isGood(), isAuthorized);
        QCOMPARE(m_asked, 2);
    }
    // No answer at all is not kept.
    m_answer = {};
    m_answer.problem = u"broken"_s;
    for (int i = 0; i < 2; ++i)
        QCOMPARE(ask(u"/broken"_s)->problem, u"broken"_s);
    QCOMPARE(m_asked, 4);
}

void tst_LambdaCheck::keysOfTheCache()
{
    EmulatorOptions::Lambda settings;
    settings.resultTtl = 60s;
    QCOMPARE(m_check->configure(settings), QString());
    const auto asks = [&](const QString &channel, const QString &operation, const QString &token) {
        const int before = m_asked;
        (void)ask(channel, operation, token);
        return m_asked > before;
    };
    QVERIFY(asks(u"/a/b"_s, u"EVENT_PUBLISH"_s, u"t"_s));
    QVERIFY(!asks(u"/a/b"_s, u"EVENT_PUBLISH"_s, u"t"_s));
    QVERIFY(asks(u"/a/c"_s, u"EVENT_PUBLISH"_s, u"t"_s));
    QVERIFY(asks(u"/a/*"_s, u"EVENT_SUBSCRIBE"_s, u"t"_s));
    QVERIFY(asks(u"/a/b"_s, u"EVENT_SUBSCRIBE"_s, u"t"_s));
    QVERIFY(asks(u"/a/b"_s, u"EVENT_PUBLISH"_s, u"u"_s));
    QVERIFY(asks({}, u"EVENT_CONNECT"_s, u"t"_s));
    QVERIFY(!asks({}, u"EVENT_CONNECT"_s, u"t"_s));
    m_apiId = u"other"_s;
    QVERIFY(asks({}, u"EVENT_CONNECT"_s, u"t"_s));
}

void tst_LambdaCheck::sharesACall()
{
    QList<std::function<void(const EmulatorOptions::LambdaAnswer &)>> waiting;
    m_check->setAuthorizer([&](const auto &, const auto &answer) { waiting.append(answer); });
    for (const int ttl : {0, 60}) {
        EmulatorOptions::Lambda settings;
        settings.resultTtl = std::chrono::seconds(ttl);
        QCOMPARE(m_check->configure(settings), QString());
        int answered = 0;
        for (int i = 0; i < 3; ++i)
            m_check->check({}, [&](const LambdaCheck::Verdict &) { ++answered; });
        QCOMPARE(waiting.size(), ttl ? 1 : 3);
        for (const auto &answer : std::exchange(waiting, {})) {
            answer({true});
            answer({true}); // twice is once
        }
        QCOMPARE(answered, 3);
    }
}

void tst_LambdaCheck::replacingForgets()
{
    EmulatorOptions::Lambda settings;
    settings.resultTtl = 60s;
    QCOMPARE(m_check->configure(settings), QString());
    std::function<void(const EmulatorOptions::LambdaAnswer &)> late;
    m_check->setAuthorizer([&](const auto &, const auto &answer) { late = answer; });
    QVERIFY(!ask());
    m_check->setAuthorizer([](const auto &, const auto &answer) { answer({false}); });
    QVERIFY(!ask()->problem.isEmpty());
    late({true}); // the old one's word does not count any more
    QVERIFY(!ask()->problem.isEmpty());
}

void tst_LambdaCheck::deadline()
{
    EmulatorOptions::Lambda settings;
    settings.deadline = 20ms;
    QCOMPARE(m_check->configure(settings), QString());
    std::function<void(const EmulatorOptions::LambdaAnswer &)> late;
    m_check->setAuthorizer([&](const auto &, const auto &answer) { late = answer; });
    QStringList problems;
    m_check->check({}, [&](const LambdaCheck::Verdict &v) { problems.append(v.problem); });
    QTRY_COMPARE(problems, QStringList{u"the Lambda authorizer did not answer within 20 ms"_s});
    late({true});
    QCOMPARE(problems.size(), 1);
    m_check.reset();
    late({true});
}

void tst_LambdaCheck::pattern()
{
    EmulatorOptions::Lambda settings;
    settings.tokenPattern = u"^[a-z]+$"_s;
    QCOMPARE(m_check->configure(settings), QString());
    QVERIFY(ask({}, {}, u"word"_s)->problem.isEmpty());
    QVERIFY(ask({}, {}, u"Word"_s)->problem.contains(u"identityValidationExpression"_s));
    QCOMPARE(m_asked, 1);
    settings.tokenPattern = u"("_s;
    QVERIFY(m_check->configure(settings).contains(u"token pattern"_s));
}

void tst_LambdaCheck::tooManyWait()
{
    QCOMPARE(m_check->configure({}), QString());
    m_check->setAuthorizer([](const auto &, const auto &) {});
    for (int i = 0; i < 1'000; ++i)
        QVERIFY(!ask());
    QVERIFY(ask()->problem.contains(u"wait already"_s));
}

void tst_LambdaCheck::answers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isAuthorized");
    QTest::addColumn<QString>("problem"); // empty: none
    QTest::newRow("yes") << QByteArray(R"({"isAuthorized":true})") << true << QString();
    QTest::newRow("no") << QByteArray(R"({"isAuthorized":false})") << false << QString();
    QTest::newRow("null context") << QByteArray(R"({"isAuthorized":true,"handlerContext":null})")
                                  << true << QString();
    QTest::newRow("nothing") << QByteArray("{}") << false << u"isAuthorized"_s;
    QTest::newRow("text") << QByteArray(R"({"isAuthorized":"true"})") << false << u"isAuthorized"_s;
    QTest::newRow("no object") << QByteArray("null") << false << u"JSON object"_s;
    QTest::newRow("nested context")
        << QByteArray(R"({"isAuthorized":true,"handlerContext":{"a":{}}})") << false
        << u"strings only"_s;
    QTest::newRow("wrong ttl") << QByteArray(R"({"isAuthorized":true,"ttlOverride":"1"})") << false
                               << u"ttlOverride"_s;
    QTest::newRow("too large") << QByteArray(R"({"isAuthorized":true,"handlerContext":{"a":")")
            + QByteArray(6'000'000, 'x')
            + "\"}}" << false << u"5 MB"_s;
}

void tst_LambdaCheck::answers()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, isAuthorized);
    QFETCH(QString, problem);
    const EmulatorOptions::LambdaAnswer answer = LambdaEvent::answer(json);
    QCOMPARE(answer.isAuthorized && answer.problem.isEmpty(), isAuthorized);
    QCOMPARE(answer.problem.isEmpty(), problem.isEmpty());
    QVERIFY2(answer.problem.contains(problem), qPrintable(answer.problem));
}

GUILESS_TEST(tst_LambdaCheck)
#include "tst_lambdacheck.moc"

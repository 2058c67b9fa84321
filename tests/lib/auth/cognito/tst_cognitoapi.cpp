// SPDX-License-Identifier: Apache-2.0
#include "../../../../lib/auth/cognito/cognitoapi_p.h"
#include "../../../shared/fakeclock.h"
#include "cognitopool.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;

class tst_CognitoApi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsOneJsonObject();
    void keepsOneConnection();
    void saysWhatFailed_data();
    void saysWhatFailed();
    void forgetsWhoDied();
    void learnsTheServersTime_data();
    void learnsTheServersTime();
    void learnsFromRefusalsToo();
    void ignoresDatesThatAreNone_data();
    void ignoresDatesThatAreNone();
    void learnsWhenTheClockIsSetRight();

private:
    struct Result {
        QJsonObject answer;
        Error error;
    };
    static std::optional<Result> call(CognitoApi &api, const QJsonObject &parameters = {})
    {
        QObject context;
        std::optional<Result> result;
        api.call(u"InitiateAuth"_s, parameters, &context,
                 [&result](const QJsonObject &answer, const Error &error) {
                     result = Result{answer, error};
                 });
        return QTest::qWaitFor([&result] { return result.has_value(); }) ? result : std::nullopt;
    }
};

void tst_CognitoApi::sendsOneJsonObject()
{
    CognitoPool pool;
    pool.handlers[u"InitiateAuth"_s] = [](const QJsonObject &body) {
        return CognitoPool::ok({{u"echo"_s, body}});
    };
    CognitoApi api(nullptr);
    api.setUrl(pool.url());
    NetworkSettings settings;
    settings.userAgent = u"Test/1"_s;
    api.setNetworkSettings(settings);
    const auto result = call(api, {{u"ClientId"_s, u"ä"_s}});
    QVERIFY(result && !result->error.isError());
    QCOMPARE(result->answer.value(u"echo")[u"ClientId"].toString(), u"ä"_s);
    const HttpServer::Request request = pool.requests.first();
    QCOMPARE(request.verb, "POST"_ba);
    QCOMPARE(request.path(), u"/"_s);
    QCOMPARE(request.headers.value("content-type"), "application/x-amz-json-1.1"_ba);
    QCOMPARE(request.headers.value("x-amz-target"),
             "AWSCognitoIdentityProviderService.InitiateAuth"_ba);
    QCOMPARE(request.headers.value("user-agent"), "Test/1"_ba);
}

void tst_CognitoApi::keepsOneConnection()
{
    // The proxy of later settings applies to the manager that is there.
    CognitoPool pool;
    pool.handlers[u"InitiateAuth"_s] = [](const QJsonObject &) { return CognitoPool::ok({}); };
    CognitoApi api(nullptr);
    api.setUrl(pool.url());
    QVERIFY(call(api) && call(api));
    NetworkSettings settings;
    settings.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, 1);
    api.setNetworkSettings(settings);
    const auto result = call(api);
    QVERIFY(result);
    QCOMPARE(result->error.kind, Error::Kind::Unreachable);
}

void tst_CognitoApi::saysWhatFailed_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("kind");
    QTest::newRow("refused") << R"({"__type":"CodeMismatchException"})"_ba << 400
                             << int(Error::Kind::Unauthorized);
    QTest::newRow("no JSON") << "<html>"_ba << 200 << int(Error::Kind::Receiving);
    QTest::newRow("broken JSON") << "{\"a\":"_ba << 200 << int(Error::Kind::Receiving);
    QTest::newRow("server down") << ""_ba << 503 << int(Error::Kind::Server);
    QTest::newRow("endless") << QByteArray(3 * 1024 * 1024, ' ') << 200
                             << int(Error::Kind::Receiving);
    QTest::newRow("silent") << QByteArray() << 0 << int(Error::Kind::Timeout);
    QTest::newRow("nobody there") << QByteArray() << -1 << int(Error::Kind::Unreachable);
}

void tst_CognitoApi::saysWhatFailed()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(int, kind);
    CognitoPool pool;
    pool.handlers[u"InitiateAuth"_s] = [&](const QJsonObject &) {
        if (status == 0)
            return CognitoPool::never();
        return HttpServer::Answer{status, body, "text/html", {}, false};
    };
    CognitoApi api(nullptr);
    api.setUrl(pool.url());
    if (status == 0)
        api.setTimeout(50ms);
    if (status < 0)
        pool.close();
    const auto result = call(api);
    QVERIFY(result);
    QCOMPARE(int(result->error.kind), kind);
    QVERIFY(!result->error.message.isEmpty());
    QVERIFY(result->answer.isEmpty());
}

void tst_CognitoApi::forgetsWhoDied()
{
    CognitoPool pool;
    pool.handlers[u"InitiateAuth"_s] = [](const QJsonObject &) { return CognitoPool::never(); };
    CognitoApi api(nullptr);
    api.setUrl(pool.url());
    bool isCalled = false;
    {
        QObject context;
        api.call(u"InitiateAuth"_s, {}, &context,
                 [&isCalled](const QJsonObject &, const Error &) { isCalled = true; });
        QTRY_COMPARE(pool.calls.size(), 1);
    }
    // The request went with it: its connection closes.
    const QList<QTcpSocket *> sockets = pool.findChildren<QTcpSocket *>();
    QTRY_VERIFY(pool.findChildren<QTcpSocket *>().isEmpty());
    QVERIFY(!sockets.isEmpty());
    QVERIFY(!isCalled);
}

void tst_CognitoApi::learnsTheServersTime_data()
{
    QTest::addColumn<qint64>("ahead");
    QTest::addColumn<bool>("isWrong");
    QTest::newRow("right") << Q_INT64_C(0) << false;
    QTest::newRow("a second") << Q_INT64_C(1000) << false;
    QTest::newRow("ten seconds") << Q_INT64_C(10'000) << true;
    QTest::newRow("two hours ahead") << Q_INT64_C(7'200'000) << true;
    QTest::newRow("two years behind") << Q_INT64_C(-63'072'000'000) << true;
}

void tst_CognitoApi::learnsTheServersTime()
{
    QFETCH(qint64, ahead);
    QFETCH(bool, isWrong);
    FakeClock clock;
    CognitoPool pool;
    pool.nowMs = [&] { return clock.wallMs() + ahead; };
    pool.handlers[u"InitiateAuth"_s] = [](const QJsonObject &) { return CognitoPool::ok({}); };
    CognitoApi api(nullptr);
    api.setClock(&clock);
    api.setUrl(pool.url());
    QSignalSpy changed(&api, &CognitoApi::clockOffsetChanged);
    QVERIFY(call(api) && call(api) && call(api));
    QCOMPARE(changed.count(), isWrong ? 1 : 0);
    if (isWrong)
        QVERIFY(qAbs(api.clockOffset().count() - ahead) <= 1000);
    else
        QCOMPARE(api.clockOffset(), 0ms);
    QCOMPARE(api.serverNowMs(), clock.wallMs() + api.clockOffset().count());
}

void tst_CognitoApi::learnsFromRefusalsToo()
{
    FakeClock clock;
    CognitoPool pool;
    pool.nowMs = [&] { return clock.wallMs() + 600'000; };
    pool.handlers[u"InitiateAuth"_s] = [](const QJsonObject &) {
        return CognitoPool::wrongPassword();
    };
    CognitoApi api(nullptr);
    api.setClock(&clock);
    api.setUrl(pool.url());
    const auto result = call(api);
    QVERIFY(result);
    QVERIFY2(result->error.nextStep.contains(u"10 min behind"_s),
             qPrintable(result->error.nextStep));
}

void tst_CognitoApi::ignoresDatesThatAreNone_data()
{
    QTest::addColumn<QByteArray>("date");
    QTest::newRow("none") << ""_ba;
    QTest::newRow("rubbish") << "yesterday"_ba;
    QTest::newRow("another form") << "2025-01-15T12:34:56Z"_ba;
}

void tst_CognitoApi::ignoresDatesThatAreNone()
{
    QFETCH(QByteArray, date);
    CognitoPool pool;
    pool.handlers[u"InitiateAuth"_s] = [date](const QJsonObject &) {
        CognitoPool::Answer answer = CognitoPool::ok({});
        answer.headers = {{"Date", date}};
        return answer;
    };
    CognitoApi api(nullptr);
    api.setUrl(pool.url());
    QVERIFY(call(api));
    QCOMPARE(api.clockOffset(), 0ms);
}

void tst_CognitoApi::learnsWhenTheClockIsSetRight()
{
    FakeClock clock;
    qint64 ahead = 600'000;
    CognitoPool pool;
    pool.nowMs = [&] { return clock.wallMs() + ahead; };
    pool.handlers[u"InitiateAuth"_s] = [](const QJsonObject &) { return CognitoPool::ok({}); };
    CognitoApi api(nullptr);
    api.setClock(&clock);
    api.setUrl(pool.url());
    QVERIFY(call(api));
    QVERIFY(api.clockOffset() > 9min);
    ahead = 0;
    QVERIFY(call(api));
    QCOMPARE(api.clockOffset(), 0ms);
}

GUILESS_TEST(tst_CognitoApi)
#include "tst_cognitoapi.moc"

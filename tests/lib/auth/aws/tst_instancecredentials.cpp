// SPDX-License-Identifier: Apache-2.0
#include "awshome.h"
#include "tests/shared/testrunner.h"

#include "lib/auth/aws/instancecredentials_p.h"
#include "tests/shared/httpserver.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

class tst_InstanceCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesTheRole();
    void switchedOff();
    void attempts();
    void timeout();
    void refused_data();
    void refused();
};

namespace {

const auto kToken = u"/latest/api/token"_s;
const auto kRoles = u"/latest/meta-data/iam/security-credentials/"_s;

//! An EC2 instance, of which some answers can be others.
class Instance {
public:
    explicit Instance(AwsHome &home) : m_home(home)
    {
        home.set(u"AWS_EC2_METADATA_SERVICE_ENDPOINT"_s, server.url(u"/imds/"_s).toString());
        server.setAnswer([this](const HttpServer::Request &request) { return answer(request); });
    }

    HttpServer server;
    QHash<QString, HttpServer::Answer> others; //!< by path

private:
    HttpServer::Answer answer(const HttpServer::Request &request)
    {
        const QString path = request.path().mid(5);
        if (others.contains(path))
            return others[path];
        if (path == kToken)
            return request.verb == "PUT"
                    && request.headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600"
                ? HttpServer::Answer{200, "IMDSTOKEN"}
                : HttpServer::Answer{400, ""};
        if (request.headers["x-aws-ec2-metadata-token"] != "IMDSTOKEN")
            return {401, ""};
        if (path == kRoles)
            return {200, "web-server\n"};
        if (path == kRoles + u"web-server"_s)
            return {
                200,
                R"({"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"ASIAI","SecretAccessKey":)"
                R"("SECRET","Token":"TOKEN","Expiration":")"
                    + m_home.isoIn(6h) + "\"}"};
        return {404, ""};
    }

    AwsHome &m_home;
};

} // namespace

void tst_InstanceCredentials::givesTheRole()
{
    AwsHome home;
    Instance instance(home);
    InstanceCredentials source(home.context(), nullptr);
    const CredentialsOutcome outcome = outcomeOf(source);
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.accessKeyId, u"ASIAI"_s);
    QCOMPARE(outcome.credentials.sessionToken, u"TOKEN"_s);
    QCOMPARE(outcome.credentials.expiresAt, home.in(6h));
    QCOMPARE(outcome.credentials.source, u"EC2 instance"_s);
    outcomeOf(source);
    QCOMPARE(instance.server.requests.size(), 3);
}

void tst_InstanceCredentials::switchedOff()
{
    AwsHome home;
    Instance instance(home);
    home.set(u"AWS_EC2_METADATA_DISABLED"_s, u"True"_s);
    InstanceCredentials source(home.context(), nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(error.message.contains(u"AWS_EC2_METADATA_DISABLED"_s));
    QCOMPARE(instance.server.requests.size(), 0);
}

void tst_InstanceCredentials::attempts()
{
    AwsHome home;
    Instance instance(home);
    HttpServer::Answer never;
    never.isNever = true;
    instance.others.insert(kToken, never);
    home.environment.requestTimeout = 50ms;
    home.set(u"AWS_METADATA_SERVICE_NUM_ATTEMPTS"_s, u"3"_s);
    InstanceCredentials source(home.context(), nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, Error::Kind::Timeout);
    QVERIFY(!error.nextStep.isEmpty());
    QCOMPARE(instance.server.requests.size(), 3);
}

void tst_InstanceCredentials::timeout()
{
    AwsHome home;
    Instance instance(home);
    HttpServer::Answer never;
    never.isNever = true;
    instance.others.insert(kToken, never);
    home.set(u"AWS_METADATA_SERVICE_TIMEOUT"_s, u"0.1"_s);
    InstanceCredentials source(home.context(), nullptr);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(outcomeOf(source).error.kind, Error::Kind::Timeout);
    QVERIFY(timer.elapsed() >= 90);
    QCOMPARE(instance.server.requests.size(), 1);
}

void tst_InstanceCredentials::refused_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    const QString role = kRoles + u"web-server"_s;
    QTest::newRow("no tokens") << kToken << 403 << ""_ba << Error::Kind::Unauthorized;
    QTest::newRow("no role") << kRoles << 404 << ""_ba << Error::Kind::Refused;
    QTest::newRow("empty role") << kRoles << 200 << "\n"_ba << Error::Kind::Receiving;
    QTest::newRow("role is gone") << role << 404 << ""_ba << Error::Kind::Refused;
    QTest::newRow("not trusted")
        << role << 200 << R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"words"})"_ba
        << Error::Kind::Unauthorized;
    QTest::newRow("rubbish") << role << 200 << "SECRET"_ba << Error::Kind::Receiving;
    QTest::newRow("expired")
        << role << 200
        << R"({"AccessKeyId":"a","SecretAccessKey":"SECRET","Expiration":"2020-01-01T00:00:00Z"})"_ba
        << Error::Kind::Unauthorized;
}

void tst_InstanceCredentials::refused()
{
    QFETCH(QString, path);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    AwsHome home;
    Instance instance(home);
    instance.others.insert(path, {status, body});
    InstanceCredentials source(home.context(), nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, kind);
    QVERIFY(!error.message.isEmpty());
    QVERIFY(!wordsOf(error).contains(u"SECRET"_s));
    QVERIFY(!wordsOf(error).contains(u"IMDSTOKEN"_s));
}

GUILESS_TEST(tst_InstanceCredentials)
#include "tst_instancecredentials.moc"

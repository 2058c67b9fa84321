// SPDX-License-Identifier: Apache-2.0
#include "aws/awshome.h"
#include "tests/shared/testrunner.h"

#include <AppSync/CredentialsChain>
#include <AppSync/EnvironmentAuthorizer>

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;
using Mode = EnvironmentAuthorizer::Mode;

class tst_EnvironmentAuthorizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesWhatIsThere_data();
    void takesWhatIsThere();
    void signsOtherwise();
    void saysThatNothingIsThere();
};

namespace {

SignableRequest anyRequest()
{
    SignableRequest request;
    request.url = QUrl(u"https://abc.appsync-api.eu-west-1.amazonaws.com/event"_s);
    request.host = request.url.host();
    request.region = u"eu-west-1"_s;
    request.body = "{}";
    return request;
}

AwsEnvironment environmentOf(const AwsHome &home, const QMap<QString, QString> &variables)
{
    AwsEnvironment environment = home.environment;
    for (auto it = variables.begin(); it != variables.end(); ++it)
        environment.variables.insert(it.key(), it.value());
    return environment;
}

} // namespace

void tst_EnvironmentAuthorizer::takesWhatIsThere_data()
{
    QTest::addColumn<QString>("apiKey");
    QTest::addColumn<QString>("token");
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("source");
    QTest::newRow("an API key") << u"da2-k"_s << QString() << Mode::ApiKey << "da2-k"_ba
                                << u"SYNCSCOPE_API_KEY"_s;
    QTest::newRow("a token") << QString() << u"tok"_s << Mode::Token << "tok"_ba
                             << u"SYNCSCOPE_TOKEN"_s;
    QTest::newRow("both") << u"da2-k"_s << u"tok"_s << Mode::ApiKey << "da2-k"_ba
                          << u"SYNCSCOPE_API_KEY"_s;
}

void tst_EnvironmentAuthorizer::takesWhatIsThere()
{
    QFETCH(QString, apiKey);
    QFETCH(QString, token);
    QFETCH(Mode, mode);
    QFETCH(QByteArray, header);
    QFETCH(QString, source);
    const AwsHome home;
    EnvironmentAuthorizer authorizer(
        environmentOf(home, {{u"SYNCSCOPE_API_KEY"_s, apiKey}, {u"SYNCSCOPE_TOKEN"_s, token}}));
    QCOMPARE(authorizer.mode(), mode);
    QCOMPARE(authorizer.source(), source);
    QVERIFY2(authorizer.displayName().contains(source), qPrintable(authorizer.displayName()));
    QVERIFY(!authorizer.chain());
    const auto headers = authorizer.headersAtHand(anyRequest());
    QVERIFY(headers);
    QCOMPARE(headers->first().second, header);
}

void tst_EnvironmentAuthorizer::signsOtherwise()
{
    const AwsHome home;
    EnvironmentAuthorizer authorizer(environmentOf(
        home, {{u"AWS_ACCESS_KEY_ID"_s, u"AKIAX"_s}, {u"AWS_SECRET_ACCESS_KEY"_s, u"secret"_s}}));
    QCOMPARE(authorizer.mode(), Mode::Iam);
    QSignalSpy sourceChanged(&authorizer, &EnvironmentAuthorizer::sourceChanged);
    AuthReply *reply = authorizer.authorize(anyRequest());
    Headers headers;
    connect(reply, &Reply::finished, this, [&headers, reply] { headers = reply->headers(); });
    QTRY_VERIFY(!headers.isEmpty());
    const bool isSigned = std::any_of(headers.begin(), headers.end(), [](const auto &header) {
        return header.second.startsWith("AWS4-HMAC-SHA256 Credential=AKIAX/");
    });
    QVERIFY(isSigned);
    QVERIFY(!sourceChanged.isEmpty());
    QVERIFY2(authorizer.source().contains(u"environment"), qPrintable(authorizer.source()));
}

void tst_EnvironmentAuthorizer::saysThatNothingIsThere()
{
    const AwsHome home;
    EnvironmentAuthorizer authorizer(environmentOf(home, {}));
    AuthReply *reply = authorizer.authorize(anyRequest());
    Error error;
    connect(reply, &Reply::finished, this, [&error, reply] { error = reply->error(); });
    QTRY_VERIFY(error.isError());
    QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(!authorizer.chain()->report().isEmpty());
}

GUILESS_TEST(tst_EnvironmentAuthorizer)
#include "tst_environmentauthorizer.moc"

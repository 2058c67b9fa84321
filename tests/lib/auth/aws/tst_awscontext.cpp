// SPDX-License-Identifier: Apache-2.0
#include "awshome.h"
#include "tests/shared/testrunner.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

class tst_AwsContext : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void environmentOfThisProcess();
    void publicEndpoints_data();
    void publicEndpoints();
    void configuredEndpoints();
    void regions();
    void certificates();
    void times_data();
    void times();
    void skew();
    void words_data();
    void words();
};

void tst_AwsContext::environmentOfThisProcess()
{
    qputenv("SYNCSCOPE_TEST_VARIABLE", "x");
    const AwsEnvironment environment = AwsEnvironment::system();
    QCOMPARE(environment.value(u"SYNCSCOPE_TEST_VARIABLE"_s), u"x"_s);
    QCOMPARE(environment.home, QDir::homePath());
    QCOMPARE(environment.expanded(u"~/a"_s), QDir::homePath() + u"/a"_s);
    QCOMPARE(environment.expanded(u"~a"_s), u"~a"_s);
    QCOMPARE(environment.expanded(u"/b/~"_s), u"/b/~"_s);
    QCOMPARE(AwsEnvironment().value(u"PATH"_s), u""_s);
}

void tst_AwsContext::publicEndpoints_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("url");
    QTest::newRow("sts") << u"sts"_s << u"eu-west-1"_s << u"https://sts.eu-west-1.amazonaws.com"_s;
    QTest::newRow("sso") << u"sso"_s << u"eu-west-1"_s
                         << u"https://portal.sso.eu-west-1.amazonaws.com"_s;
    QTest::newRow("oidc") << u"sso-oidc"_s << u"eu-west-1"_s
                          << u"https://oidc.eu-west-1.amazonaws.com"_s;
    QTest::newRow("cognito") << u"cognito-identity"_s << u"us-east-1"_s
                             << u"https://cognito-identity.us-east-1.amazonaws.com"_s;
    QTest::newRow("china") << u"sts"_s << u"cn-north-1"_s
                           << u"https://sts.cn-north-1.amazonaws.com.cn"_s;
    QTest::newRow("europe") << u"sts"_s << u"eusc-de-east-1"_s
                            << u"https://sts.eusc-de-east-1.amazonaws.eu"_s;
    QTest::newRow("government") << u"sts"_s << u"us-gov-west-1"_s
                                << u"https://sts.us-gov-west-1.amazonaws.com"_s;
    QTest::newRow("iso") << u"sts"_s << u"us-iso-east-1"_s
                         << u"https://sts.us-iso-east-1.c2s.ic.gov"_s;
    QTest::newRow("isob") << u"sts"_s << u"us-isob-east-1"_s
                          << u"https://sts.us-isob-east-1.sc2s.sgov.gov"_s;
}

void tst_AwsContext::publicEndpoints()
{
    QFETCH(QString, service);
    QFETCH(QString, region);
    QFETCH(QString, url);
    AwsHome home;
    QCOMPARE(home.context().endpoint(service, region).toString(), url);
}

void tst_AwsContext::configuredEndpoints()
{
    AwsHome home;
    home.writeConfig("[profile p]\nendpoint_url = http://profile/\nservices = s\n"
                     "[services s]\nsso_oidc =\n  endpoint_url = http://services:1/x/\n"
                     "[profile off]\nendpoint_url = http://profile\n"
                     "ignore_configured_endpoint_urls = true\n");
    const auto at = [&home](const QString &service, const QString &profile = u"p"_s) {
        return home.context(profile).endpoint(service, u"r"_s).toString();
    };
    QCOMPARE(at(u"sts"_s), u"http://profile"_s);
    QCOMPARE(at(u"sso-oidc"_s), u"http://services:1/x"_s);
    QCOMPARE(at(u"sts"_s, u"off"_s), u"https://sts.r.amazonaws.com"_s);
    home.set(u"AWS_ENDPOINT_URL"_s, u"http://all"_s);
    QCOMPARE(at(u"sso-oidc"_s), u"http://all"_s);
    home.set(u"AWS_ENDPOINT_URL_SSO_OIDC"_s, u"http://one"_s);
    QCOMPARE(at(u"sso-oidc"_s), u"http://one"_s);
    QCOMPARE(at(u"sts"_s), u"http://all"_s);
    home.set(u"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"_s, u"true"_s);
    QCOMPARE(at(u"sts"_s), u"https://sts.r.amazonaws.com"_s);
}

void tst_AwsContext::regions()
{
    AwsHome home;
    home.writeConfig("[profile p]\nregion=one\n[profile q]\n[profile r]\nregion=three\n");
    AwsContext context = home.context(u"p"_s);
    QCOMPARE(context.region(), u"one"_s);
    QCOMPARE(context.with(*context.config.profile(u"q"_s)).region(), u"one"_s);
    QCOMPARE(context.with(*context.config.profile(u"r"_s)).region(), u"three"_s);
    context.environment.variables.insert(u"AWS_DEFAULT_REGION"_s, u"two"_s);
    QCOMPARE(context.region(), u"two"_s);
    context.environment.variables.insert(u"AWS_REGION"_s, u"four"_s);
    QCOMPARE(context.region(), u"four"_s);
}

void tst_AwsContext::certificates()
{
    AwsHome home;
    Error error;
    const qsizetype before = home.context().access(&error).settings.tls.caCertificates().size();
    QVERIFY(!error.isError());
    home.set(u"AWS_CA_BUNDLE"_s, QStringLiteral(SYNCSCOPE_FIXTURES "/auth/ca.pem"));
    const HttpAccess access = home.context().access(&error);
    QVERIFY2(!error.isError(), qPrintable(error.toString()));
    QCOMPARE(access.settings.tls.caCertificates().size(), before + 1);
    home.set(u"AWS_CA_BUNDLE"_s, u"/no/such/file"_s);
    static_cast<void>(home.context().access(&error));
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(error.message.contains(u"/no/such/file"_s));
}

void tst_AwsContext::times_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc");
    QTest::newRow("Z") << u"2025-01-15T13:34:56Z"_s << u"2025-01-15T13:34:56.000Z"_s;
    QTest::newRow("UTC") << u"2025-01-15T13:34:56UTC"_s << u"2025-01-15T13:34:56.000Z"_s;
    QTest::newRow("offset") << u"2025-01-15T13:34:56+02:00"_s << u"2025-01-15T11:34:56.000Z"_s;
    QTest::newRow("fraction") << u"2025-01-15T13:34:56.789Z"_s << u"2025-01-15T13:34:56.789Z"_s;
    QTest::newRow("no zone") << u"2025-01-15T13:34:56"_s << u"2025-01-15T13:34:56.000Z"_s;
    QTest::newRow("space") << u" 2025-01-15T13:34:56Z\n"_s << u"2025-01-15T13:34:56.000Z"_s;
    QTest::newRow("nothing") << u""_s << u""_s;
    QTest::newRow("words") << u"soon"_s << u""_s;
    QTest::newRow("no such day") << u"2025-02-30T13:34:56Z"_s << u""_s;
}

void tst_AwsContext::times()
{
    QFETCH(QString, text);
    QFETCH(QString, utc);
    const QDateTime time = awsTime(text);
    QCOMPARE(time.toString(Qt::ISODateWithMs), utc);
    if (!utc.isEmpty())
        QCOMPARE(time.timeSpec(), Qt::UTC);
}

void tst_AwsContext::skew()
{
    AwsHome home;
    HttpAnswer answer;
    QCOMPARE(clockSkew(answer, home.clock), 0ms);
    answer.headers = {{"date", "rubbish"}};
    QCOMPARE(clockSkew(answer, home.clock), 0ms);
    answer.headers = {dateHeader(home, -2h)};
    QCOMPARE(clockSkew(answer, home.clock), 2h);
    QVERIFY(clockAdvice(2h).contains(u"120 minutes ahead"_s));
    QVERIFY(clockAdvice(-2h).contains(u"120 minutes behind"_s));
    QCOMPARE(clockAdvice(4min), u""_s);
    answer.headers = {{"Date", "Tue, 14 Nov 2023 22:13:20 GMT"}};
    QCOMPARE(clockSkew(answer, home.clock), 1h);
}

void tst_AwsContext::words_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"Error: no\n  such   profile"_s << u"Error: no such profile"_s;
    QTest::newRow("path") << u"/usr/local/share/credentials/helper: not found"_s
                          << u"/usr/local/share/credentials/helper: not found"_s;
    QTest::newRow("arn") << u"arn:aws:iam::123456789012:role/Developer"_s
                         << u"arn:aws:iam::123456789012:role/Developer"_s;
    QTest::newRow("secret") << u"key wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY!"_s
                            << u"key ****************************************!"_s;
    QTest::newRow("several") << u"AKIAIOSFODNN7EXAMPLE,AKIAIOSFODNN7EXAMPLE"_s
                             << u"********************,********************"_s;
    QTest::newRow("long") << QString(1000, u'x') << QString(500, u'x') + u'…';
}

void tst_AwsContext::words()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(harmless(text), shown);
}

GUILESS_TEST(tst_AwsContext)
#include "tst_awscontext.moc"

// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/Endpoint>

#include <QTest>

using namespace Qt::StringLiterals;
using AppSync::Endpoint;

class tst_Endpoint : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void understands_data();
    void understands();
    void refuses_data();
    void refuses();
    void defaultIsInvalidAndSaysWhy();
    void realtimeCanBeSetSeparately();
    void hostCanBeSetSeparately();
    void regionOfTheHostYieldsToAGivenOne();
    void understandsGraphQl_data();
    void understandsGraphQl();
    void graphQlRealtimeIsTakenAsItIs_data();
    void graphQlRealtimeIsTakenAsItIs();
    void serviceOfThePathIsTold();
    void otherServiceIsRefused();
    void regionBecomesNoOtherHost_data();
    void regionBecomesNoOtherHost();
};

namespace {
constexpr auto kHttp =
    "https://abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com/event";
constexpr auto kRealtime =
    "wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.eu-west-1.amazonaws.com/event/realtime";
constexpr auto kHost = "abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com";
} // namespace

void tst_Endpoint::understands_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("http");
    QTest::addColumn<QString>("realtime");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("knownRegion");

    const auto aws = [](const char *name, const QString &input, const QString &region = {}) {
        QTest::newRow(name) << input << region << QString::fromLatin1(kHttp)
                            << QString::fromLatin1(kRealtime) << QString::fromLatin1(kHost)
                            << u"eu-west-1"_s;
    };
    aws("http url", QString::fromLatin1(kHttp));
    aws("realtime url", QString::fromLatin1(kRealtime));
    aws("realtime url as https", QString::fromLatin1(kRealtime).replace(u"wss:"_s, u"https:"_s));
    aws("bare http host", QString::fromLatin1(kHost));
    aws("bare realtime host",
        u"abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.eu-west-1.amazonaws.com"_s);
    aws("dns id and region", u"abcdefghijklmnopqrstuvwxyz"_s, u"eu-west-1"_s);
    aws("white space and trailing slash", u"  "_s + QString::fromLatin1(kHttp) + u"/ \n"_s);
    aws("upper-case scheme", QString::fromLatin1(kHttp).replace(u"https"_s, u"HTTPS"_s));
    aws("host without path", u"https://"_s + QString::fromLatin1(kHost));

    QTest::newRow("china")
        << u"https://abcdefghijklmnopqrstuvwxyz.appsync-api.cn-north-1.amazonaws.com.cn/event"_s
        << QString()
        << u"https://abcdefghijklmnopqrstuvwxyz.appsync-api.cn-north-1.amazonaws.com.cn/event"_s
        << u"wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.cn-north-1.amazonaws.com.cn/event/realtime"_s
        << u"abcdefghijklmnopqrstuvwxyz.appsync-api.cn-north-1.amazonaws.com.cn"_s
        << u"cn-north-1"_s;
    QTest::newRow("china, dns id")
        << u"abcdefghijklmnopqrstuvwxyz"_s << u"cn-northwest-1"_s
        << u"https://abcdefghijklmnopqrstuvwxyz.appsync-api.cn-northwest-1.amazonaws.com.cn/event"_s
        << u"wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.cn-northwest-1.amazonaws.com.cn/event/realtime"_s
        << u"abcdefghijklmnopqrstuvwxyz.appsync-api.cn-northwest-1.amazonaws.com.cn"_s
        << u"cn-northwest-1"_s;
    QTest::newRow("custom domain")
        << u"events.example.com"_s << QString() << u"https://events.example.com/event"_s
        << u"wss://events.example.com/event/realtime"_s << u"events.example.com"_s << QString();
    QTest::newRow("custom domain with region and port")
        << u"wss://events.example.com:8443/event/realtime"_s << u"us-east-1"_s
        << u"https://events.example.com:8443/event"_s
        << u"wss://events.example.com:8443/event/realtime"_s << u"events.example.com:8443"_s
        << u"us-east-1"_s;
    QTest::newRow("standard port")
        << u"wss://events.example.com:443/event/realtime"_s << QString()
        << u"https://events.example.com/event"_s << u"wss://events.example.com/event/realtime"_s
        << u"events.example.com"_s << QString();
    QTest::newRow("standard port of plain text")
        << u"http://127.0.0.1:80/event"_s << QString() << u"http://127.0.0.1/event"_s
        << u"ws://127.0.0.1/event/realtime"_s << u"127.0.0.1"_s << QString();
    QTest::newRow("plain text on loopback")
        << u"http://127.0.0.1:8787/event"_s << QString() << u"http://127.0.0.1:8787/event"_s
        << u"ws://127.0.0.1:8787/event/realtime"_s << u"127.0.0.1:8787"_s << QString();
    QTest::newRow("plain text realtime on loopback")
        << u"ws://localhost:8787/event/realtime"_s << QString() << u"http://localhost:8787/event"_s
        << u"ws://localhost:8787/event/realtime"_s << u"localhost:8787"_s << QString();
    QTest::newRow("loopback, IPv6")
        << u"http://[::1]:8787"_s << QString() << u"http://[::1]:8787/event"_s
        << u"ws://[::1]:8787/event/realtime"_s << u"[::1]:8787"_s << QString();
    QTest::newRow("realtime more than once, slashes")
        << u"https://events.example.com/event//realtime/realtime/"_s << QString()
        << u"https://events.example.com/event"_s << u"wss://events.example.com/event/realtime"_s
        << u"events.example.com"_s << QString();
    QTest::newRow("percent-encoded path")
        << u"https://events.example.com/a%2Fb%25/event"_s << QString()
        << u"https://events.example.com/a%2Fb%25/event"_s
        << u"wss://events.example.com/a%2Fb%25/event/realtime"_s << u"events.example.com"_s
        << QString();
    QTest::newRow("query survives")
        << u"https://events.example.com/event?x=1"_s << QString()
        << u"https://events.example.com/event?x=1"_s
        << u"wss://events.example.com/event/realtime?x=1"_s << u"events.example.com"_s << QString();
}

void tst_Endpoint::understands()
{
    QFETCH(QString, input);
    QFETCH(QString, region);
    QFETCH(QString, http);
    QFETCH(QString, realtime);
    QFETCH(QString, host);
    QFETCH(QString, knownRegion);
    const Endpoint endpoint = Endpoint::fromUserInput(input, region);
    QVERIFY2(endpoint.isValid(), qPrintable(endpoint.problem().message));
    QCOMPARE(endpoint.http().toString(), http);
    QCOMPARE(endpoint.realtime().toString(), realtime);
    QCOMPARE(endpoint.host(), host);
    QCOMPARE(endpoint.region(), knownRegion);
}

void tst_Endpoint::refuses_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("why");
    QTest::addColumn<QString>("next");

    QTest::newRow("empty") << QString() << u"No endpoint"_s << u"dns.HTTP"_s;
    QTest::newRow("arn") << u"arn:aws:appsync:eu-west-1:123456789012:apis/abc"_s << u"ARN"_s
                         << u"dns.HTTP"_s;
    QTest::newRow("api id") << u"ab12cd34ef56gh78"_s << u"API id"_s << u"dns.HTTP"_s;
    QTest::newRow("dns id without region")
        << u"abcdefghijklmnopqrstuvwxyz"_s << u"region"_s << u"eu-west-1"_s;
    QTest::newRow("api id in an AppSync host")
        << u"https://ab12cd.appsync-api.eu-west-1.amazonaws.com/event"_s << u"26"_s
        << u"dns.HTTP"_s;
    QTest::newRow("plain text to elsewhere") << u"http://events.example.com/event"_s
                                             << u"Plain text"_s << u"https://events.example.com"_s;
    QTest::newRow("ws to elsewhere")
        << u"ws://10.0.0.7/event/realtime"_s << u"Plain text"_s << u"https"_s;
    QTest::newRow("other scheme") << u"ftp://events.example.com"_s << u"scheme"_s << u"wss"_s;
    QTest::newRow("password in the URL") << u"https://user:pass@events.example.com/event"_s
                                         << u"user name or password"_s << u"Remove"_s;
    QTest::newRow("rubbish") << u"https://exa mple.com/?%%%"_s << u"not a URL"_s << u"Paste"_s;
    QTest::newRow("host missing") << u"https:///event"_s << u"not a URL"_s << u"Paste"_s;
}

void tst_Endpoint::refuses()
{
    QFETCH(QString, input);
    QFETCH(QString, why);
    QFETCH(QString, next);
    const Endpoint endpoint = Endpoint::fromUserInput(input);
    QVERIFY(!endpoint.isValid());
    QCOMPARE(endpoint.problem().kind, AppSync::Error::Kind::InvalidInput);
    QVERIFY2(endpoint.problem().message.contains(why), qPrintable(endpoint.problem().message));
    QVERIFY2(endpoint.problem().nextStep.contains(next), qPrintable(endpoint.problem().nextStep));
}

void tst_Endpoint::defaultIsInvalidAndSaysWhy()
{
    QVERIFY(!Endpoint().isValid());
    QVERIFY(!Endpoint().problem().message.isEmpty());
}

void tst_Endpoint::realtimeCanBeSetSeparately()
{
    const Endpoint endpoint = Endpoint(QUrl(u"https://events.example.com/event"_s))
                                  .withRealtime(u"wss://live.example.com/event/realtime"_s);
    QVERIFY(endpoint.isValid());
    QCOMPARE(endpoint.http().host(), u"events.example.com"_s);
    QCOMPARE(endpoint.realtime().toString(), u"wss://live.example.com/event/realtime"_s);
    QCOMPARE(endpoint.host(),
             u"events.example.com"_s); // what authorization names stays the HTTP host

    const Endpoint broken = endpoint.withRealtime(u"http://live.example.com"_s);
    QVERIFY(!broken.isValid());
    QVERIFY(broken.problem().message.contains(u"realtime"));
}

void tst_Endpoint::hostCanBeSetSeparately()
{
    const Endpoint endpoint =
        Endpoint(QUrl(u"http://127.0.0.1:9000/event"_s)).withHost(u"api.example.com"_s);
    QCOMPARE(endpoint.host(), u"api.example.com"_s);
    QCOMPARE(endpoint.http().host(), u"127.0.0.1"_s);
}

void tst_Endpoint::regionOfTheHostYieldsToAGivenOne()
{
    QCOMPARE(Endpoint::fromUserInput(QString::fromLatin1(kHttp), u"us-east-2"_s).region(),
             u"us-east-2"_s);
    QCOMPARE(
        Endpoint::fromUserInput(QString::fromLatin1(kHttp)).withRegion(u"us-west-1"_s).region(),
        u"us-west-1"_s);
}

void tst_Endpoint::understandsGraphQl_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("http");
    QTest::addColumn<QString>("realtime");
    QTest::addColumn<QString>("host");

    const QString aws = u"abcdefghijklmnopqrstuvwxyz.appsync-%1api.eu-west-1.amazonaws.com"_s;
    const QString host = aws.arg(QString());
    const QString live = aws.arg(u"realtime-"_s);
    const auto usual = [&](const char *name, const QString &input, const QString &region = {}) {
        QTest::newRow(name) << input << region << u"https://%1/graphql"_s.arg(host)
                            << u"wss://%1/graphql"_s.arg(live) << host;
    };
    usual("http url", u"https://%1/graphql"_s.arg(host));
    usual("realtime url", u"wss://%1/graphql"_s.arg(live));
    usual("realtime url with a needless end", u"wss://%1/graphql/realtime"_s.arg(live));
    usual("trailing slash", u"https://%1/graphql/"_s.arg(host));
    usual("bare host", host);
    usual("bare realtime host", live);
    usual("upper case", u"HTTPS://%1/graphql"_s.arg(host.toUpper()));
    usual("dns id and region", u"abcdefghijklmnopqrstuvwxyz"_s, u"eu-west-1"_s);
    QTest::newRow("china")
        << u"https://abcdefghijklmnopqrstuvwxyz.appsync-api.cn-north-1.amazonaws.com.cn/graphql"_s
        << QString()
        << u"https://abcdefghijklmnopqrstuvwxyz.appsync-api.cn-north-1.amazonaws.com.cn/graphql"_s
        << u"wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.cn-north-1.amazonaws.com.cn/graphql"_s
        << u"abcdefghijklmnopqrstuvwxyz.appsync-api.cn-north-1.amazonaws.com.cn"_s;
    QTest::newRow("custom domain")
        << u"https://api.example.com/graphql"_s << QString() << u"https://api.example.com/graphql"_s
        << u"wss://api.example.com/graphql/realtime"_s << u"api.example.com"_s;
    QTest::newRow("custom domain, realtime")
        << u"wss://api.example.com/graphql/realtime"_s << QString()
        << u"https://api.example.com/graphql"_s << u"wss://api.example.com/graphql/realtime"_s
        << u"api.example.com"_s;
    QTest::newRow("custom domain, another path")
        << u"https://api.example.com/v1/query"_s << QString()
        << u"https://api.example.com/v1/query"_s << u"wss://api.example.com/v1/query/realtime"_s
        << u"api.example.com"_s;
    QTest::newRow("localhost") << u"http://localhost:20002/graphql"_s << QString()
                               << u"http://localhost:20002/graphql"_s
                               << u"ws://localhost:20002/graphql/realtime"_s
                               << u"localhost:20002"_s;
    QTest::newRow("loopback without a path")
        << u"http://127.0.0.1:8787"_s << QString() << u"http://127.0.0.1:8787/graphql"_s
        << u"ws://127.0.0.1:8787/graphql/realtime"_s << u"127.0.0.1:8787"_s;
}

void tst_Endpoint::understandsGraphQl()
{
    QFETCH(QString, input);
    QFETCH(QString, region);
    const Endpoint endpoint = Endpoint::fromUserInput(input, region, Endpoint::Service::GraphQl);
    QVERIFY2(endpoint.isValid(), qPrintable(endpoint.problem().message));
    QCOMPARE(endpoint.service(), Endpoint::Service::GraphQl);
    QTEST(endpoint.http().toString(), "http");
    QTEST(endpoint.realtime().toString(), "realtime");
    QTEST(endpoint.host(), "host");
}

void tst_Endpoint::graphQlRealtimeIsTakenAsItIs_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("realtime");
    QTest::newRow("with /realtime") << u"wss://live.example.com/graphql/realtime"_s
                                    << u"wss://live.example.com/graphql/realtime"_s;
    QTest::newRow("without") << u"wss://live.example.com/graphql"_s
                             << u"wss://live.example.com/graphql"_s;
    QTest::newRow("any path") << u"wss://live.example.com/a%2Fb"_s
                              << u"wss://live.example.com/a%2Fb"_s;
    QTest::newRow("without a scheme")
        << u"live.example.com/graphql"_s << u"wss://live.example.com/graphql"_s;
    QTest::newRow("host alone") << u"wss://live.example.com"_s
                                << u"wss://live.example.com/graphql/realtime"_s;
}

void tst_Endpoint::graphQlRealtimeIsTakenAsItIs()
{
    QFETCH(QString, given);
    const Endpoint endpoint =
        Endpoint(QUrl(u"https://api.example.com/graphql"_s)).withRealtime(given);
    QVERIFY2(endpoint.isValid(), qPrintable(endpoint.problem().message));
    QTEST(endpoint.realtime().toString(), "realtime");
    QCOMPARE(endpoint.host(), u"api.example.com"_s);
}

void tst_Endpoint::serviceOfThePathIsTold()
{
    using Service = Endpoint::Service;
    QCOMPARE(Endpoint(QUrl(u"https://a.example.com/graphql"_s)).service(), Service::GraphQl);
    QCOMPARE(
        Endpoint::fromUserInput(u"https://a.example.com/event"_s, {}, Service::GraphQl).service(),
        Service::Events);
    const Endpoint bare(QUrl(u"https://a.example.com/any"_s));
    QCOMPARE(bare.service(), Service::Events);
    const Endpoint meant = bare.forService(Service::GraphQl);
    QCOMPARE(meant.service(), Service::GraphQl);
    QCOMPARE(meant.realtime().toString(), u"wss://a.example.com/any/realtime"_s);
    const Endpoint given =
        bare.withRealtime(u"wss://b.example.com/x"_s).forService(Service::GraphQl);
    QCOMPARE(given.realtime().host(), u"b.example.com"_s);
}

void tst_Endpoint::otherServiceIsRefused()
{
    const Endpoint events(QUrl(QString::fromLatin1(kHttp)));
    const Endpoint refused = events.forService(Endpoint::Service::GraphQl);
    QVERIFY(!refused.isValid());
    QVERIFY2(refused.problem().message.contains(u"Events API"),
             qPrintable(refused.problem().message));
    QVERIFY(refused.problem().nextStep.contains(u"/graphql"));
    QCOMPARE(events.forService(Endpoint::Service::Events), events);
}

//! Behind a DNS id the region is a part of the host that credentials go to.
void tst_Endpoint::regionBecomesNoOtherHost_data()
{
    QTest::addColumn<QString>("region");
    QTest::newRow("slash") << u"example.com/"_s;
    QTest::newRow("name") << u"example"_s;
    QTest::newRow("port") << u"eu-west-1:81"_s;
    QTest::newRow("user") << u"eu-west-1@example.com"_s;
}

void tst_Endpoint::regionBecomesNoOtherHost()
{
    QFETCH(QString, region);
    const Endpoint endpoint = Endpoint::fromUserInput(u"abcdefghijklmnopqrstuvwxyz"_s, region);
    QVERIFY(!endpoint.isValid());
    QVERIFY2(endpoint.problem().message.contains(region), qPrintable(endpoint.problem().message));
    QVERIFY(endpoint.problem().nextStep.contains(u"eu-west-1"));
}

GUILESS_TEST(tst_Endpoint)
#include "tst_endpoint.moc"

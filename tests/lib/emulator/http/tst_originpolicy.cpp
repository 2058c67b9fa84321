// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/http/originpolicy_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_OriginPolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hosts_data();
    void hosts();
    void origins_data();
    void origins();
    void namesItWasTold();
};

void tst_OriginPolicy::hosts_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("onLoopback");
    QTest::addColumn<bool>("onAny");
    const auto row = [](const QByteArray &host, bool onLoopback, bool onAny) {
        QTest::addRow("%s", host.constData()) << host << onLoopback << onAny;
    };
    row("localhost", true, true);
    row("LocalHost:8787", true, true);
    row("api.localhost:1", true, true);
    row("127.0.0.1", true, true);
    row("127.0.0.1:8787", true, true);
    row("127.8.9.10:1", true, true);
    row("[::1]:8787", true, true);
    row("abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com", true, true);
    row("abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.cn-north-1.amazonaws.com.cn", true, true);
    row("cognito-idp.eu-west-1.amazonaws.com", true, true);
    row("cognito-identity.eu-west-1.amazonaws.com", true, true);
    row("sts.us-east-1.amazonaws.com", true, true);
    row("s3.us-east-1.amazonaws.com", false, false);
    row("192.0.2.7:8787", false, true);
    row("[2001:db8::1]:8787", false, true);
    row("example.com", false, false);
    row("127.0.0.1.example.com", false, false);
    row("localhost.example.com", false, false);
    row("notlocalhost", false, false);
    row("evil.compute.amazonaws.com", false, false);
    row("localhost/x", false, false);
    row("user@localhost", false, false);
    row("localhost:notaport", false, false);
    row("", false, false);
}

void tst_OriginPolicy::hosts()
{
    QFETCH(QByteArray, host);
    QTEST(OriginPolicy(QHostAddress(QHostAddress::LocalHost)).allowsHost(host), "onLoopback");
    QTEST(OriginPolicy(QHostAddress(QHostAddress::Any)).allowsHost(host), "onAny");
}

void tst_OriginPolicy::origins_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const QByteArray &origin, bool allowed) {
        QTest::addRow("%s", origin.constData()) << origin << allowed;
    };
    row("http://localhost:5173", true);
    row("https://localhost", true);
    row("http://127.0.0.1:3000", true);
    row("http://[::1]:3000", true);
    row("https://app.localhost", true);
    row("capacitor://localhost", true);
    row("https://example.com", false);
    row("http://localhost.example.com", false);
    row("http://192.0.2.7", false);
    row("null", false);
    row("file://", false);
    row("", false);
    row("https://abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com", false);
}

void tst_OriginPolicy::origins()
{
    QFETCH(QByteArray, origin);
    QTEST(OriginPolicy(QHostAddress(QHostAddress::LocalHost)).allowsOrigin(origin), "allowed");
}

void tst_OriginPolicy::namesItWasTold()
{
    const OriginPolicy policy(QHostAddress(QHostAddress::Any), {u"appsync"_s, u"events.test"_s});
    QVERIFY(policy.allowsHost("appsync:8787"));
    QVERIFY(policy.allowsHost("Events.Test"));
    QVERIFY(policy.allowsOrigin("http://appsync:3000"));
    QVERIFY(!policy.allowsHost("appsync.example.com"));
    QVERIFY(!policy.allowsHost("test"));
    QVERIFY(policy.allowsHost("192.0.2.7"));
    const OriginPolicy composed(QHostAddress(QHostAddress::Any), {u"app_sync-1"_s});
    QVERIFY(composed.allowsHost("app_sync-1:8787"));
    QVERIFY(OriginPolicy::isName(u"app_sync-1.test"_s));
    for (const QString &name :
         {u""_s, u"a b"_s, u"a,DNS:b"_s, u"a..b"_s, u"a/b"_s, u"a:1"_s, u"b\n"_s})
        QVERIFY2(!OriginPolicy::isName(name), qPrintable(name));
}

GUILESS_TEST(tst_OriginPolicy)
#include "tst_originpolicy.moc"

// SPDX-License-Identifier: Apache-2.0
#include "app/ui/connectionform.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/TokenAuthorizer>

#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::ConnectionForm;

namespace {
constexpr auto kHost = "abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com";
}

class TestConnectionForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatAnAddressMeans();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void realtimeCanDiffer();
    void regionCompletesADnsId();
    void needsACredential();
    void makesAuthorizers();
};

void TestConnectionForm::saysWhatAnAddressMeans()
{
    ConnectionForm form;
    QVERIFY(form.isEmpty());
    QVERIFY(form.problem().isEmpty());
    QVERIFY(!form.isValid());
    const QSignalSpy changed(&form, &ConnectionForm::changed);
    form.setAddress(QLatin1StringView(kHost));
    QCOMPARE(changed.size(), 1);
    QVERIFY(form.isValid());
    QCOMPARE(form.httpUrl(), u"https://%1/event"_s.arg(QLatin1StringView(kHost)));
    QVERIFY(form.derivedRealtime().startsWith(u"wss://"_s));
    QCOMPARE(form.derivedRegion(), u"eu-west-1"_s);
}

void TestConnectionForm::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("ARN") << u"arn:aws:appsync:eu-west-1:123456789012:apis/abcdefghijklmnop"_s;
    QTest::newRow("plain text over the network") << u"http://example.com/event"_s;
    QTest::newRow("GraphQL")
        << u"https://abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com/graphql"_s;
    QTest::newRow("nonsense") << u"what is this"_s;
}

void TestConnectionForm::saysWhatIsWrong()
{
    QFETCH(QString, address);
    ConnectionForm form;
    form.setCredential(u"da2-x"_s);
    form.setAddress(address);
    QVERIFY(!form.isValid());
    QVERIFY(!form.canConnect());
    QVERIFY(!form.problem().message.isEmpty());
    QVERIFY(!form.problem().nextStep.isEmpty());
}

void TestConnectionForm::realtimeCanDiffer()
{
    ConnectionForm form;
    form.setAddress(QLatin1StringView(kHost));
    form.setRealtime(u"wss://proxy.example.com/event/realtime"_s);
    QVERIFY(form.isValid());
    QCOMPARE(form.endpoint().realtime().host(), u"proxy.example.com"_s);
    QCOMPARE(form.endpoint().host(), QLatin1StringView(kHost));
    QVERIFY(form.derivedRealtime().contains(u"appsync-realtime-api"_s)); // what it would be without
    form.setRealtime(u"nonsense here"_s);
    QVERIFY(!form.isValid());
    form.setRealtime({});
    QVERIFY(form.isValid());
}

void TestConnectionForm::regionCompletesADnsId()
{
    ConnectionForm form;
    form.setAddress(u"abcdefghijklmnopqrstuvwxyz"_s);
    QVERIFY(!form.isValid());
    form.setRegion(u"eu-central-1"_s);
    QVERIFY(form.isValid());
    QVERIFY(form.httpUrl().contains(u"appsync-api.eu-central-1.amazonaws.com"_s));
}

void TestConnectionForm::needsACredential()
{
    ConnectionForm form;
    form.setAddress(QLatin1StringView(kHost));
    QVERIFY(!form.canConnect());
    QVERIFY(form.missing().contains(u"API key"_s));
    form.setAuth(ConnectionForm::Auth::Token);
    QVERIFY(form.missing().contains(u"token"_s));
    form.setCredential(u"  "_s);
    QVERIFY(!form.canConnect());
    form.setCredential(u"eyJ"_s);
    QVERIFY(form.canConnect());
}

void TestConnectionForm::makesAuthorizers()
{
    ConnectionForm form;
    form.setCredential(u" da2-key\n"_s);
    const std::unique_ptr<AppSync::Authorizer> key(form.createAuthorizer(nullptr));
    QCOMPARE(qobject_cast<AppSync::ApiKeyAuthorizer *>(key.get())->key(), u"da2-key"_s);
    form.setAuth(ConnectionForm::Auth::Token);
    const std::unique_ptr<AppSync::Authorizer> token(form.createAuthorizer(nullptr));
    QVERIFY(qobject_cast<AppSync::TokenAuthorizer *>(token.get()));
}

QTEST_GUILESS_MAIN(TestConnectionForm)
#include "tst_connectionform.moc"

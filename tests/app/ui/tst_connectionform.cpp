// SPDX-License-Identifier: Apache-2.0
#include "app/ui/connectionform.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::AuthMode;
using Syncscope::ConnectionForm;
using Syncscope::FieldModel;
using Syncscope::Profile;
using Syncscope::ProfileDraft;
using Syncscope::SecretReference;
using Syncscope::SecretRole;
using Operation = ProfileDraft::Operation;
using Way = ProfileDraft::Way;

namespace {
constexpr auto kHost = "abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com";
}

Q_DECLARE_METATYPE(AuthMode)
Q_DECLARE_METATYPE(Way)

class TestConnectionForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatAnAddressMeans();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void realtimeCanDiffer();
    void regionCompletesADnsId();
    void needsACredential();
    void eachRowIsAsAboveUntilChanged();
    void linesStayWhereTheyAre();
    void saysWhatAWayLacks_data();
    void saysWhatAWayLacks();
    void dropsWhatContradictsTheChosenWay();
    void warnsOfTokensThatWillNotDo();
    void keepsWhatIsKept();
    void datesAreReadOrRefused();

private:
    static int row(ConnectionForm &form, const QString &name)
    {
        for (int row = 0; row < form.fields()->rowCount(); ++row) {
            if (form.fields()->index(row).data(FieldModel::NameRole) == name)
                return row;
        }
        return -1;
    }
    static QString text(ConnectionForm &form, const QString &name, int role)
    {
        return form.fields()->index(row(form, name)).data(role).toString();
    }
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
    QVERIFY(!form.isGraphQl());
    form.setAddress(u"https://%1/graphql"_s.arg(QLatin1StringView(kHost)));
    QVERIFY(form.isValid());
    QVERIFY(form.isGraphQl());
    QVERIFY(form.problem().isEmpty());
}

void TestConnectionForm::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("ARN") << u"arn:aws:appsync:eu-west-1:123456789012:apis/abcdefghijklmnop"_s;
    QTest::newRow("plain text over the network") << u"http://example.com/event"_s;
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
    QVERIFY(form.canSave()); // a key can be added later
    QVERIFY(form.missing().contains(u"API key"_s));
    form.setMode(Operation::Connect, AuthMode::Lambda);
    QVERIFY(form.missing().contains(u"token"_s));
    form.setCredential(u"  "_s);
    QVERIFY(!form.canConnect());
    form.setCredential(u"eyJ"_s);
    QVERIFY(form.canConnect());
    form.setMode(Operation::Connect, AuthMode::ApiKey);
    QVERIFY(!form.canConnect()); // a token is no key
    form.setCredential(u" da2-key\n"_s);
    QVERIFY(form.canConnect());
    QCOMPARE(form.draft().typed(SecretRole::ApiKey), u"da2-key"_s);
}

void TestConnectionForm::eachRowIsAsAboveUntilChanged()
{
    ConnectionForm form;
    QCOMPARE(form.subscribeMode(), 0);
    QVERIFY(form.subscribeModeNames().first().contains(u"API key"_s));
    form.setConnectMode(1); // user pool
    QVERIFY(form.subscribeModeNames().first().contains(u"User pool"_s));
    QCOMPARE(form.draft().mode(Operation::Publish), AuthMode::UserPool);
    form.setSubscribeMode(1); // API key
    QVERIFY(form.publishModeNames().first().contains(u"API key"_s));
    QCOMPARE(form.draft().mode(Operation::Publish), AuthMode::ApiKey);
    const Profile profile = form.draft().toProfile();
    QCOMPARE(profile.auth, AuthMode::UserPool);
    QCOMPARE(profile.subscribeAuth, AuthMode::ApiKey);
    QCOMPARE(profile.publishAuth, AuthMode::ApiKey);
    // And read again, it is the same.
    form.edit(profile);
    QCOMPARE(form.connectMode(), 1);
    QCOMPARE(form.subscribeMode(), 1);
    QCOMPARE(form.publishMode(), 0);
}

void TestConnectionForm::linesStayWhereTheyAre()
{
    ConnectionForm form;
    form.setMode(Operation::Connect, AuthMode::UserPool);
    const QSignalSpy reset(form.fields(), &QAbstractItemModel::modelReset);
    const QSignalSpy removed(form.fields(), &QAbstractItemModel::rowsRemoved);
    const QString pool = u"eu-west-1_AbCd12345"_s;
    QCOMPARE(text(form, u"userPoolId"_s, FieldModel::TextRole), QString());
    form.fields()->setText(row(form, u"userPoolId"_s), pool);
    QCOMPARE(text(form, u"userPoolId"_s, FieldModel::TextRole), pool);
    QCOMPARE(removed.size(), 0);
    form.fields()->choose(row(form, u"way"_s), 2); // in the browser
    QVERIFY(row(form, u"domain"_s) > 0);
    QCOMPARE(row(form, u"password"_s), -1);
    QCOMPARE(text(form, u"userPoolId"_s, FieldModel::TextRole), pool);
    QCOMPARE(reset.size(), 0);
    // A blank that is being typed is not taken away.
    form.fields()->setText(row(form, u"redirectUris"_s), u"http://localhost:1/a "_s);
    QCOMPARE(text(form, u"redirectUris"_s, FieldModel::TextRole), u"http://localhost:1/a "_s);
    QCOMPARE(form.draft().profile.redirectUris, QStringList{u"http://localhost:1/a"_s});
}

void TestConnectionForm::saysWhatAWayLacks_data()
{
    QTest::addColumn<AuthMode>("mode");
    QTest::addColumn<Way>("way");
    QTest::addColumn<QString>("word");
    QTest::newRow("user pool") << AuthMode::UserPool << Way::Srp << u"user pool"_s;
    QTest::newRow("pasted token") << AuthMode::UserPool << Way::Given << u"token"_s;
    QTest::newRow("hosted page") << AuthMode::UserPool << Way::Browser << u"domain"_s;
    QTest::newRow("OIDC") << AuthMode::Oidc << Way::Browser << u"OIDC"_s;
    QTest::newRow("command") << AuthMode::Lambda << Way::Command << u"Lambda"_s;
    QTest::newRow("AWS profile") << AuthMode::Iam << Way::AwsProfile << u"AWS profile"_s;
    QTest::newRow("keys") << AuthMode::Iam << Way::AwsKeys << u"access key"_s;
    QTest::newRow("identity pool") << AuthMode::Iam << Way::IdentityPool << u"identity pool"_s;
}

void TestConnectionForm::saysWhatAWayLacks()
{
    QFETCH(AuthMode, mode);
    QFETCH(Way, way);
    QFETCH(QString, word);
    ConnectionForm form;
    form.setAddress(QLatin1StringView(kHost));
    form.setMode(Operation::Connect, mode);
    form.setWay(mode, way);
    QVERIFY(!form.canConnect());
    QVERIFY2(form.missing().contains(word, Qt::CaseInsensitive), qPrintable(form.missing()));
}

void TestConnectionForm::dropsWhatContradictsTheChosenWay()
{
    Profile saved;
    saved.name = u"dev"_s;
    saved.auth = AuthMode::Iam;
    saved.accessKeyId = u"AKIAEXAMPLE"_s;
    saved.secretAccessKey = {SecretReference::Place::Environment, u"SECRET"_s};
    saved.userPoolId = u"eu-west-1_AbCd12345"_s; // of another use: stays
    ProfileDraft draft(saved);
    QCOMPARE(draft.way(AuthMode::Iam), Way::AwsKeys);
    QCOMPARE(draft.toProfile(), saved);
    draft.setWay(AuthMode::Iam, Way::AwsChain);
    QVERIFY(draft.toProfile().accessKeyId.isEmpty());
    QVERIFY(!draft.toProfile().secretAccessKey.isSet());
    QCOMPARE(draft.toProfile().userPoolId, saved.userPoolId);
    draft.setWay(AuthMode::Iam, Way::AwsKeys);
    QCOMPARE(draft.toProfile(), saved); // changing one's mind loses nothing
}

void TestConnectionForm::warnsOfTokensThatWillNotDo()
{
    ConnectionForm form;
    form.setMode(Operation::Connect, AuthMode::UserPool);
    form.setWay(AuthMode::UserPool, Way::Given);
    form.setCredential(u"no token at all"_s);
    QVERIFY(!text(form, u"credential"_s, FieldModel::WarningRole).isEmpty());
    form.setCredential({});
    QVERIFY(text(form, u"credential"_s, FieldModel::WarningRole).isEmpty());
}

void TestConnectionForm::keepsWhatIsKept()
{
    Profile saved;
    saved.name = u"dev"_s;
    saved.endpoint = QLatin1StringView(kHost);
    saved.auth = AuthMode::ApiKey;
    saved.apiKey = {SecretReference::Place::Keychain, u"key-1"_s};
    ConnectionForm form;
    form.edit(saved);
    QVERIFY(form.canConnect());
    QCOMPARE(form.savedName(), u"dev"_s);
    const int at = row(form, u"credential"_s);
    QVERIFY(form.fields()->index(at).data(FieldModel::KeptRole).toBool());
    QVERIFY(text(form, u"credential"_s, FieldModel::HintRole).contains(u"keychain"_s));
    form.fields()->forget(at);
    QVERIFY(!form.canConnect());
    form.clear();
    QVERIFY(form.isEmpty());
    QVERIFY(form.savedName().isEmpty());
}

void TestConnectionForm::datesAreReadOrRefused()
{
    ConnectionForm form;
    form.setAddress(QLatin1StringView(kHost));
    form.setCredential(u"da2-x"_s);
    const int at = row(form, u"apiKeyExpiry"_s);
    form.fields()->setText(at, u"soon"_s);
    QVERIFY(!form.canConnect());
    QVERIFY(!text(form, u"apiKeyExpiry"_s, FieldModel::WarningRole).isEmpty());
    form.fields()->setText(at, u"2999-12-31"_s);
    QVERIFY(form.canConnect());
    QCOMPARE(form.draft().profile.apiKeyExpiresAt,
             QDateTime(QDate(2999, 12, 31), QTime(0, 0), Qt::UTC));
    form.fields()->setText(at, u"2001-01-01 10:30"_s);
    QVERIFY(form.canConnect()); // it may have been extended
    QVERIFY(!text(form, u"apiKeyExpiry"_s, FieldModel::WarningRole).isEmpty());
}

GUILESS_TEST(TestConnectionForm)
#include "tst_connectionform.moc"

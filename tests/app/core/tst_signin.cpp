// SPDX-License-Identifier: Apache-2.0
#include "../../lib/auth/cognito/cognitopool.h"
#include "app/core/signin.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Interaction>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

Q_DECLARE_METATYPE(Syncscope::AuthMode)

class TestSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void lacks_data();
    void lacks();
    void keysAndTokens_data();
    void keysAndTokens();
    void operationsOfTheirOwn();
    void readsOnce();
    void readsAFileAgain();
    void secretNotThere();
    void signsInOnce();
    void keepsTheSession();
    void otherModeHasNoSession();
    void asksIfSomebodyListens();
    void saysThatNobodyListens();
    void signsOut();
    void staticKeys();
    void chain();
    void lambdaCommand();

private:
    [[nodiscard]] AppSync::AwsEnvironment environment() const;
    [[nodiscard]] Profile poolProfile() const;
    //! `Name: value` of the one header, or the error's words.
    static QString headerOf(AppSync::Authorizer *authorizer);

    QTemporaryDir m_home;
    CognitoPool m_pool;
};

namespace {

SecretReference inSession(const QString &key)
{
    return {SecretReference::Place::Session, key};
}

} // namespace

void TestSignIn::initTestCase()
{
    // No keychain: nothing of this run may be found in anybody's.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    qRegisterMetaType<Syncscope::SecretReference>();
}

AppSync::AwsEnvironment TestSignIn::environment() const
{
    AppSync::AwsEnvironment environment;
    environment.home = m_home.path();
    environment.variables.insert(u"AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"_s,
                                 m_pool.url().toString());
    return environment;
}

Profile TestSignIn::poolProfile() const
{
    Profile profile;
    profile.name = u"dev"_s;
    profile.auth = AuthMode::UserPool;
    profile.userPoolId = m_pool.poolId;
    profile.clientId = m_pool.clientId;
    profile.username = m_pool.login;
    profile.password = inSession(u"password"_s);
    return profile;
}

QString TestSignIn::headerOf(AppSync::Authorizer *authorizer)
{
    AppSync::SignableRequest request;
    request.url = QUrl(u"https://example.com/event"_s);
    request.body = "{}";
    AppSync::AuthReply *reply = authorizer->authorize(request);
    QString text;
    connect(reply, &AppSync::Reply::finished, reply, [&] {
        text = reply->error().message;
        for (const auto &[name, value] : reply->headers())
            text += QString::fromUtf8(name + ": " + value);
    });
    QSignalSpy finished(reply, &AppSync::Reply::finished);
    return finished.wait() ? text : u"no answer"_s;
}

void TestSignIn::lacks_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::addColumn<AuthMode>("mode");
    QTest::addColumn<QString>("words");
    Profile profile;
    QTest::newRow("key") << profile << AuthMode::ApiKey << u"no API key"_s;
    QTest::newRow("pool") << profile << AuthMode::UserPool << u"no user pool"_s;
    QTest::newRow("provider") << profile << AuthMode::Oidc << u"no OIDC provider"_s;
    QTest::newRow("lambda") << profile << AuthMode::Lambda << u"no token"_s;
    profile.userPoolId = u"eu-west-1_x"_s;
    profile.issuer = u"https://example.com"_s;
    QTest::newRow("pool's client") << profile << AuthMode::UserPool << u"client ID"_s;
    QTest::newRow("provider's client") << profile << AuthMode::Oidc << u"client ID"_s;
    profile.signIn = Profile::SignIn::Browser;
    QTest::newRow("pool's page") << profile << AuthMode::UserPool << u"domain"_s;
    profile.accessKeyId = u"AKIA"_s;
    QTest::newRow("half a key") << profile << AuthMode::Iam << u"secret access key"_s;
    profile.accessKeyId.clear();
    profile.roleArn = u"arn:aws:iam::1:role/r"_s;
    QTest::newRow("a role without a pool") << profile << AuthMode::Iam << u"identity pools only"_s;
}

void TestSignIn::lacks()
{
    QFETCH(Profile, profile);
    QFETCH(AuthMode, mode);
    QFETCH(QString, words);
    SecretStore secrets;
    SignIn signIn(profile, &secrets, environment());
    Problem problem;
    QVERIFY(!signIn.authorizer(mode, &problem));
    QVERIFY2(problem.message.contains(words), qPrintable(problem.message));
    QVERIFY(!problem.nextStep.isEmpty());
    QCOMPARE(signIn.describe(mode).warnings, QStringList{problem.message});
}

void TestSignIn::keysAndTokens_data()
{
    QTest::addColumn<AuthMode>("mode");
    QTest::addColumn<QString>("header");
    QTest::newRow("key") << AuthMode::ApiKey << u"x-api-key: the-key"_s;
    QTest::newRow("user pool") << AuthMode::UserPool << u"Authorization: the-token"_s;
    QTest::newRow("oidc") << AuthMode::Oidc << u"Authorization: the-token"_s;
    QTest::newRow("lambda") << AuthMode::Lambda << u"Authorization: custom the-token"_s;
    QTest::newRow("none") << AuthMode::None << QString();
}

void TestSignIn::keysAndTokens()
{
    QFETCH(AuthMode, mode);
    SecretStore secrets;
    secrets.remember(u"k"_s, u"the-key"_s);
    secrets.remember(u"t"_s, u"the-token"_s);
    Profile profile;
    profile.apiKey = inSession(u"k"_s);
    profile.token = inSession(u"t"_s);
    profile.tokenPrefix = u"custom "_s;
    SignIn signIn(profile, &secrets, environment());
    QStringList known;
    connect(&signIn, &SignIn::secretKnown, this, [&](const QString &secret) { known << secret; });
    AppSync::Authorizer *authorizer = signIn.authorizer(mode);
    QVERIFY(authorizer);
    QTEST(headerOf(authorizer), "header");
    QTEST(headerOf(authorizer), "header"); // at hand now
    QCOMPARE(signIn.authorizer(mode), authorizer);
    QCOMPARE(known.isEmpty(), mode == AuthMode::None);
}

void TestSignIn::operationsOfTheirOwn()
{
    SecretStore secrets;
    secrets.remember(u"t"_s, u"the-token"_s);
    secrets.remember(u"p"_s, u"the-publisher's"_s);
    Profile profile;
    profile.token = inSession(u"t"_s);
    profile.publishToken = inSession(u"p"_s);
    SignIn signIn(profile, &secrets, environment());
    QCOMPARE(headerOf(signIn.authorizer(AuthMode::Oidc, SecretRole::PublishToken)),
             u"Authorization: the-publisher's"_s);
    QCOMPARE(headerOf(signIn.authorizer(AuthMode::Oidc, SecretRole::SubscribeToken)),
             u"Authorization: the-token"_s);
}

void TestSignIn::readsOnce()
{
    SecretStore secrets;
    secrets.remember(u"k"_s, u"the-key"_s);
    Profile profile;
    profile.apiKey = inSession(u"k"_s);
    SignIn signIn(profile, &secrets, environment());
    QStringList known;
    connect(&signIn, &SignIn::secretKnown, this, [&](const QString &secret) { known << secret; });
    AppSync::Authorizer *authorizer = signIn.authorizer(AuthMode::ApiKey);
    QVERIFY(known.isEmpty());
    AppSync::AuthReply *first = authorizer->authorize({});
    AppSync::AuthReply *second = authorizer->authorize({});
    QSignalSpy firstFinished(first, &AppSync::Reply::finished);
    QSignalSpy secondFinished(second, &AppSync::Reply::finished);
    QTRY_COMPARE(firstFinished.size() + secondFinished.size(), 2);
    secrets.forget(u"k"_s);
    QCOMPARE(headerOf(authorizer), u"x-api-key: the-key"_s);
}

void TestSignIn::readsAFileAgain()
{
    QFile file(m_home.filePath(u"token"_s));
    const auto write = [&](const char *text) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
    };
    write("first\n");
    SecretStore secrets;
    Profile profile;
    profile.token = {SecretReference::Place::File, file.fileName()};
    SignIn signIn(profile, &secrets, environment());
    AppSync::Authorizer *authorizer = signIn.authorizer(AuthMode::UserPool);
    QCOMPARE(headerOf(authorizer), u"Authorization: first"_s);
    write("second\n"); // as whoever renews it does
    QCOMPARE(headerOf(authorizer), u"Authorization: first"_s);
    QVERIFY(authorizer->invalidate());
    QCOMPARE(headerOf(authorizer), u"Authorization: second"_s);
}

void TestSignIn::secretNotThere()
{
    SecretStore secrets;
    Profile profile;
    profile.apiKey = {SecretReference::Place::Environment, u"SYNCSCOPE_TEST_NOT_SET"_s};
    SignIn signIn(profile, &secrets, environment());
    QSignalSpy failed(&signIn, &SignIn::failed);
    AppSync::Authorizer *authorizer = signIn.authorizer(AuthMode::ApiKey);
    const QString words = headerOf(authorizer);
    QVERIFY2(words.contains(u"SYNCSCOPE_TEST_NOT_SET"), qPrintable(words));
    QCOMPARE(failed.size(), 1);
    qputenv("SYNCSCOPE_TEST_NOT_SET", "there now");
    QCOMPARE(headerOf(authorizer), u"x-api-key: there now"_s);
    qunsetenv("SYNCSCOPE_TEST_NOT_SET");
}

void TestSignIn::signsInOnce()
{
    m_pool.calls.clear();
    SecretStore secrets;
    secrets.remember(u"password"_s, m_pool.password);
    SignIn signIn(poolProfile(), &secrets, environment());
    QStringList known;
    connect(&signIn, &SignIn::secretKnown, this, [&](const QString &secret) { known << secret; });
    AppSync::Authorizer *events = signIn.authorizer(AuthMode::UserPool, SecretRole::ConnectToken);
    AppSync::Authorizer *graphql = signIn.authorizer(AuthMode::UserPool, SecretRole::PublishToken);
    const QString header = headerOf(events);
    QVERIFY2(header.startsWith(u"Authorization: ey"), qPrintable(header));
    QCOMPARE(headerOf(graphql), header);
    QCOMPARE(m_pool.count(u"InitiateAuth"_s), 1);
    QCOMPARE(signIn.claims(AuthMode::UserPool).subject(), m_pool.userId);
    const SignIn::Description description = signIn.describe(AuthMode::UserPool);
    QVERIFY(description.isSignedIn);
    QVERIFY(description.what.contains(m_pool.poolId));
    QVERIFY(description.expiresAt > QDateTime::currentDateTimeUtc());
    QVERIFY(known.contains(m_pool.password));
    QVERIFY(known.contains(header.section(u' ', 1)));
    QVERIFY(std::any_of(known.cbegin(), known.cend(), [&](const QString &secret) {
        return secret.contains(m_pool.refreshToken);
    }));
}

void TestSignIn::keepsTheSession()
{
    m_pool.calls.clear();
    SecretStore secrets;
    secrets.remember(u"password"_s, m_pool.password);
    Profile profile = poolProfile();
    QString header;
    {
        SignIn signIn(profile, &secrets, environment());
        QSignalSpy stored(&signIn, &SignIn::sessionStored);
        header = headerOf(signIn.authorizer(AuthMode::UserPool));
        QTRY_VERIFY(signIn.isSettled() && !stored.isEmpty());
        QCOMPARE(stored.size(), 1);
        profile.refreshToken = stored.first().first().value<SecretReference>();
        QCOMPARE(profile.refreshToken.place, SecretReference::Place::Session);
    }
    profile.password = {};
    SignIn again(profile, &secrets, environment());
    QSignalSpy stored(&again, &SignIn::sessionStored);
    AppSync::Reply *loaded = again.load(AuthMode::UserPool);
    QSignalSpy finished(loaded, &AppSync::Reply::finished);
    QVERIFY(finished.wait());
    QVERIFY(again.describe(AuthMode::UserPool).isSignedIn);
    QCOMPARE(headerOf(again.authorizer(AuthMode::UserPool)), header);
    QCOMPARE(m_pool.count(u"InitiateAuth"_s), 1);
    QVERIFY(stored.isEmpty());
}

void TestSignIn::otherModeHasNoSession()
{
    SecretStore secrets;
    Profile profile;
    profile.auth = AuthMode::ApiKey;
    SignIn signIn(profile, &secrets, environment());
    AppSync::Reply *reply = signIn.signOut();
    AppSync::Error error;
    connect(reply, &AppSync::Reply::finished, this, [&] { error = reply->error(); });
    QTRY_VERIFY(error.isError());
    QCOMPARE(error.kind, AppSync::Error::Kind::InvalidInput);
    QVERIFY(!error.nextStep.isEmpty());
}

void TestSignIn::asksIfSomebodyListens()
{
    SecretStore secrets;
    Profile profile = poolProfile();
    profile.password = {};
    SignIn signIn(profile, &secrets, environment());
    AppSync::Authorizer *authorizer = signIn.authorizer(AuthMode::UserPool);
    int asked = 0;
    connect(&signIn, &SignIn::interactionRequired, this, [&](AppSync::Interaction *interaction) {
        ++asked;
        QVariantMap values;
        for (const AppSync::InteractionField &field : interaction->fields())
            values.insert(field.name, field.isSecret ? m_pool.password : m_pool.login);
        QVERIFY(interaction->answer(values));
    });
    const QString header = headerOf(authorizer);
    QVERIFY2(header.startsWith(u"Authorization: ey"), qPrintable(header));
    QCOMPARE(asked, 1);
}

void TestSignIn::saysThatNobodyListens()
{
    SecretStore secrets;
    Profile profile = poolProfile();
    profile.password = {};
    SignIn signIn(profile, &secrets, environment());
    const QString words = headerOf(signIn.authorizer(AuthMode::UserPool));
    QVERIFY2(words.contains(u"person"), qPrintable(words));
}

void TestSignIn::signsOut()
{
    m_pool.calls.clear();
    SecretStore secrets;
    secrets.remember(u"password"_s, m_pool.password);
    SignIn signIn(poolProfile(), &secrets, environment());
    QSignalSpy stored(&signIn, &SignIn::sessionStored);
    (void)headerOf(signIn.authorizer(AuthMode::UserPool));
    QTRY_COMPARE(stored.size(), 1);
    const auto reference = stored.first().first().value<SecretReference>();
    AppSync::Reply *reply = signIn.signOut();
    QSignalSpy finished(reply, &AppSync::Reply::finished);
    QVERIFY(finished.wait());
    QTRY_COMPARE(stored.size(), 2);
    QVERIFY(!stored.last().first().value<SecretReference>().isSet());
    QCOMPARE(m_pool.count(u"RevokeToken"_s), 1);
    QVERIFY(!signIn.describe(AuthMode::UserPool).isSignedIn);
    SecretReply *read = secrets.read(reference.name);
    QString left = u"not read yet"_s;
    connect(read, &AppSync::Reply::finished, this, [&] { left = read->secret(); });
    QTRY_COMPARE(left, QString());
}

void TestSignIn::staticKeys()
{
    SecretStore secrets;
    secrets.remember(u"s"_s, u"the-secret-access-key"_s);
    Profile profile;
    profile.region = u"eu-west-1"_s;
    profile.accessKeyId = u"AKIDEXAMPLE"_s;
    profile.secretAccessKey = inSession(u"s"_s);
    SignIn signIn(profile, &secrets, environment());
    QVERIFY(!signIn.describe(AuthMode::Iam).isSignedIn);
    const QString header = headerOf(signIn.authorizer(AuthMode::Iam));
    QVERIFY2(header.contains(u"Credential=AKIDEXAMPLE/"), qPrintable(header));
    QVERIFY2(header.contains(u"/eu-west-1/appsync/"), qPrintable(header));
    QVERIFY(signIn.describe(AuthMode::Iam).isSignedIn);
    QVERIFY(signIn.credentialsReport().isEmpty());
}

void TestSignIn::chain()
{
    using Outcome = AppSync::CredentialsAttempt::Outcome;
    SecretStore secrets;
    Profile profile;
    profile.region = u"eu-west-1"_s;
    AppSync::AwsEnvironment world = environment();
    SignIn without(profile, &secrets, world);
    const QString words = headerOf(without.authorizer(AuthMode::Iam));
    QVERIFY2(!words.contains(u"Credential="), qPrintable(words));
    QVERIFY(!without.credentialsReport().isEmpty());
    for (const AppSync::CredentialsAttempt &attempt : without.credentialsReport())
        QVERIFY2(attempt.outcome != Outcome::Used, qPrintable(attempt.source));

    world.variables.insert(u"AWS_ACCESS_KEY_ID"_s, u"AKIDEXAMPLE"_s);
    world.variables.insert(u"AWS_SECRET_ACCESS_KEY"_s, u"the-secret-access-key"_s);
    SignIn signIn(profile, &secrets, world);
    QSignalSpy chosen(&signIn, &SignIn::awsSourceChosen);
    const QString header = headerOf(signIn.authorizer(AuthMode::Iam));
    QVERIFY2(header.contains(u"Credential=AKIDEXAMPLE/"), qPrintable(header));
    (void)headerOf(signIn.authorizer(AuthMode::Iam));
    QCOMPARE(chosen.size(), 1);
    const auto report = signIn.credentialsReport();
    QVERIFY(std::any_of(report.cbegin(), report.cend(),
                        [](const auto &attempt) { return attempt.outcome == Outcome::Used; }));
}

void TestSignIn::lambdaCommand()
{
#ifndef Q_OS_UNIX
    QSKIP("The command is one of Unix.");
#endif
    SecretStore secrets;
    Profile profile;
    profile.tokenCommand = QStringList{u"echo"_s, u"printed"_s};
    profile.tokenPrefix = u"custom "_s;
    SignIn signIn(profile, &secrets, environment());
    QCOMPARE(headerOf(signIn.authorizer(AuthMode::Lambda)), u"Authorization: custom printed"_s);
}

GUILESS_TEST(TestSignIn)
#include "tst_signin.moc"

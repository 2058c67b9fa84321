// SPDX-License-Identifier: Apache-2.0
#include "cognitosetup.h"
#include "tests/shared/testrunner.h"

#include <AppSync/TokenAuthorizer>

#include <QMetaMethod>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;

//! A slot that can be connected to any signal.
class Relay : public QObject {
    Q_OBJECT

public:
    explicit Relay(std::function<void()> work) : m_work(std::move(work)) { }
public Q_SLOTS:
    void run() { m_work(); }

private:
    std::function<void()> m_work;
};

class tst_CognitoTokenSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesATokenAndKeepsIt();
    void signsInOnceForAllWhoAsk();
    void sendsTheTokenThatIsWanted();
    void tellsWhatIsMissing_data();
    void tellsWhatIsMissing();
    void knowsItsRegionAndAddress();
    void renewsBeforeTheEnd_data();
    void renewsBeforeTheEnd();
    void renewsAgainAfterAFailure();
    void invalidatesOnce();
    void neverSendsARefusedPasswordTwice();
    void asksForAPasswordThatWasRefused();
    void forgetsWhatWasEntered();
    void replacesThePasswordThatWasSet();
    void waitsForAPerson();
    void cancels();
    void startsAgainWithOtherSettings();
    void goesOnRenewingWithOtherSettings();
    void allowsForAWrongClock();
    void maySignOutInAnySlot_data();
    void maySignOutInAnySlot();
    void gonePromptly();
};

void tst_CognitoTokenSource::givesATokenAndKeepsIt()
{
    Setup setup;
    QSignalSpy changed(&*setup.source, &CognitoTokenSource::tokenChanged);
    QSignalSpy saved(&*setup.source, &CognitoTokenSource::sessionChanged);
    QVERIFY(!setup.source->isSignedIn());
    QVERIFY(setup.source->session().isEmpty());
    GET_TOKEN(first, *setup.source);
    QCOMPARE(first.claims().tokenUse(), u"access"_s);
    QCOMPARE(JwtClaims::fromToken(first.idToken).tokenUse(), u"id"_s);
    QCOMPARE(first.expiresAt.toMSecsSinceEpoch(), setup.clock.wallMs() + 3'600'000);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(saved.count(), 1);
    QVERIFY(setup.source->isSignedIn());
    QCOMPARE(setup.source->expiresAt(), first.expiresAt);
    QCOMPARE(setup.source->claims(), first.claims());
    QVERIFY(!setup.source->displayName().contains(setup.pool.password));

    const auto calls = setup.pool.calls.size();
    setup.clock.advance(30min);
    GET_TOKEN(second, *setup.source);
    QCOMPARE(second.token, first.token);
    QCOMPARE(setup.pool.calls.size(), calls);
}

void tst_CognitoTokenSource::signsInOnceForAllWhoAsk()
{
    Setup setup;
    Asked first(*setup.source);
    Asked second(*setup.source);
    TokenAuthorizer authorizer(&*setup.source);
    AuthReply *third = authorizer.authorize({});
    QSignalSpy finished(third, &Reply::finished);
    QVERIFY(first.wait() && second.wait());
    QVERIFY(finished.count() == 1 || finished.wait(30'000));
    QCOMPARE(first.token, second.token);
    QVERIFY(!first.token.isEmpty());
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 1);
}

void tst_CognitoTokenSource::sendsTheTokenThatIsWanted()
{
    Setup setup;
    QCOMPARE(setup.source->tokenToSend(), CognitoTokenSource::TokenToSend::Access);
    setup.source->setTokenToSend(CognitoTokenSource::TokenToSend::Id);
    GET_TOKEN(id, *setup.source);
    QCOMPARE(id.claims().tokenUse(), u"id"_s);
    QCOMPARE(id.token, id.idToken);
    QCOMPARE(setup.source->claims().tokenUse(), u"id"_s);
    setup.source->setTokenToSend(CognitoTokenSource::TokenToSend::Access);
    GET_TOKEN(access, *setup.source);
    QCOMPARE(access.claims().tokenUse(), u"access"_s);
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 1);
}

void tst_CognitoTokenSource::tellsWhatIsMissing_data()
{
    QTest::addColumn<QString>("poolId");
    QTest::addColumn<QString>("clientId");
    QTest::addColumn<QString>("username");
    QTest::addColumn<QUrl>("endpoint");
    QTest::addColumn<QString>("words");
    const auto id = u"eu-west-1_AbCd12345"_s;
    const QUrl here(u"http://127.0.0.1:1"_s);
    QTest::newRow("no pool") << QString() << u"c"_s << u"u"_s << here << u"No user pool"_s;
    QTest::newRow("no region") << u"AbCd12345"_s << u"c"_s << u"u"_s << here << u"no id"_s;
    QTest::newRow("a host in the pool id")
        << u"evil.example/_AbCd"_s << u"c"_s << u"u"_s << QUrl() << u"no id"_s;
    QTest::newRow("no client") << id << QString() << u"u"_s << here << u"app client"_s;
    QTest::newRow("plain http elsewhere")
        << id << u"c"_s << u"u"_s << QUrl(u"http://example.com/"_s) << u"https"_s;
    QTest::newRow("no web address") << id << u"c"_s << u"u"_s << QUrl(u"file:///x"_s) << u"https"_s;
    QTest::newRow("nobody to ask for a name")
        << id << u"c"_s << QString() << here << u"needs a person: a user name"_s;
}

void tst_CognitoTokenSource::tellsWhatIsMissing()
{
    QFETCH(QString, poolId);
    QFETCH(QString, clientId);
    QFETCH(QString, username);
    QFETCH(QUrl, endpoint);
    QFETCH(QString, words);
    CognitoTokenSource source;
    source.setUserPoolId(poolId);
    source.setClientId(clientId);
    source.setUsername(username);
    source.setPassword(u"p"_s);
    source.setEndpoint(endpoint);
    Asked asked(source);
    QVERIFY(asked.wait());
    QCOMPARE(asked.error.kind, Error::Kind::InvalidInput);
    QVERIFY2(asked.error.message.contains(words), qPrintable(asked.error.message));
    QVERIFY(!asked.error.nextStep.isEmpty());
}

void tst_CognitoTokenSource::knowsItsRegionAndAddress()
{
    CognitoTokenSource source;
    source.setUserPoolId(u"ap-southeast-2_AbCd12345"_s);
    QCOMPARE(source.region(), u"ap-southeast-2"_s);
    source.setUserPoolId(u"nonsense"_s);
    QCOMPARE(source.region(), QString());
}

void tst_CognitoTokenSource::renewsBeforeTheEnd_data()
{
    QTest::addColumn<int>("lifetime");
    QTest::addColumn<int>("renewedAfter");
    QTest::newRow("an hour") << 3600 << 3300;
    QTest::newRow("a day") << 86400 << 86100;
    QTest::newRow("five minutes") << 300 << 240;
}

void tst_CognitoTokenSource::renewsBeforeTheEnd()
{
    QFETCH(int, lifetime);
    QFETCH(int, renewedAfter);
    Setup setup;
    setup.pool.lifetime = std::chrono::seconds(lifetime);
    GET_TOKEN(first, *setup.source);
    QSignalSpy changed(&*setup.source, &CognitoTokenSource::tokenChanged);
    QSignalSpy saved(&*setup.source, &CognitoTokenSource::sessionChanged);
    setup.clock.advance(std::chrono::seconds(renewedAfter - 1));
    QCOMPARE(setup.pool.count(u"GetTokensFromRefreshToken"_s), 0);
    setup.clock.advance(1s);
    QVERIFY(changed.wait(30'000));
    QCOMPARE(saved.count(), 1);
    QCOMPARE(setup.pool.count(u"GetTokensFromRefreshToken"_s), 1);
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 1);
    GET_TOKEN(second, *setup.source);
    QVERIFY(second.token != first.token);
    // And on and on.
    setup.clock.advance(std::chrono::seconds(renewedAfter));
    QVERIFY(changed.wait(30'000));
    QCOMPARE(setup.pool.count(u"GetTokensFromRefreshToken"_s), 2);
}

void tst_CognitoTokenSource::renewsAgainAfterAFailure()
{
    Setup setup;
    GET_TOKEN(first, *setup.source);
    int failures = 0;
    setup.pool.handlers[u"GetTokensFromRefreshToken"_s] = [&](const QJsonObject &) {
        if (++failures == 2)
            setup.pool.handlers.clear();
        return CognitoPool::error(u"InternalErrorException"_s, u"oops"_s, 500);
    };
    QSignalSpy changed(&*setup.source, &CognitoTokenSource::tokenChanged);
    setup.clock.advance(55min);
    QTRY_COMPARE(failures, 1);
    QTRY_COMPARE(setup.clock.untilNext().value_or(0ms), 30'000ms);
    setup.clock.advance(30s);
    QTRY_COMPARE(failures, 2);
    QTRY_COMPARE(setup.clock.untilNext().value_or(0ms), 30'000ms);
    // Nobody noticed.
    GET_TOKEN(second, *setup.source);
    QCOMPARE(second.token, first.token);
    QCOMPARE(changed.count(), 0);
    setup.clock.advance(30s);
    QVERIFY(changed.wait(30'000));
}

void tst_CognitoTokenSource::invalidatesOnce()
{
    Setup setup;
    QVERIFY(setup.source->invalidate()); // by the password
    GET_TOKEN(first, *setup.source);
    QVERIFY(setup.source->invalidate());
    QVERIFY(setup.source->isSignedIn());
    Asked second(*setup.source);
    // Whoever was refused with the same token does not disturb it.
    QVERIFY(setup.source->invalidate());
    QVERIFY(second.wait());
    QVERIFY(second.token != first.token);
    QCOMPARE(setup.pool.count(u"GetTokensFromRefreshToken"_s), 1);
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 1);

    CognitoTokenSource nothing;
    QVERIFY(!nothing.invalidate());
    connect(&nothing, &CognitoTokenSource::interactionRequired, &nothing, [] {});
    QVERIFY(nothing.invalidate()); // by a person
}

void tst_CognitoTokenSource::neverSendsARefusedPasswordTwice()
{
    Setup setup;
    setup.source->setPassword(u"wrong"_s);
    for (int i = 0; i < 5; ++i) {
        Asked asked(*setup.source);
        QVERIFY(asked.wait());
        QCOMPARE(asked.error.kind, Error::Kind::Unauthorized);
        QCOMPARE(asked.error.serverMessage, u"Incorrect username or password."_s);
        QVERIFY(!setup.source->invalidate());
    }
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 1);
    // Set again, it may have become right.
    setup.pool.password = u"wrong"_s;
    setup.source->setPassword(u"wrong"_s);
    GET_TOKEN(asked, *setup.source);
}

void tst_CognitoTokenSource::asksForAPasswordThatWasRefused()
{
    Setup setup(true);
    setup.source->setPassword(u"wrong"_s);
    Asked first(*setup.source);
    QVERIFY(first.wait());
    QCOMPARE(first.error.kind, Error::Kind::Unauthorized);
    QVERIFY(setup.person.shown.isEmpty());
    setup.person.answers = {QVariantMap{{u"password"_s, setup.pool.password}}};
    GET_TOKEN(second, *setup.source);
    QCOMPARE(setup.person.shown.first().problem, first.error.message);
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 2);
}

void tst_CognitoTokenSource::forgetsWhatWasEntered()
{
    Setup setup(true);
    setup.source->setPassword({});
    for (int i = 0; i < 2; ++i) {
        setup.person.answers = {QVariantMap{{u"password"_s, setup.pool.password}}};
        GET_TOKEN(asked, *setup.source);
        QCOMPARE(setup.source->password(), QString());
        QVERIFY(!setup.source->session().contains(setup.pool.password.toUtf8()));
        setup.source->setSession({});
    }
    QCOMPARE(setup.person.shown.size(), 2);
}

void tst_CognitoTokenSource::replacesThePasswordThatWasSet()
{
    Setup setup(true);
    setup.pool.steps = {{u"NEW_PASSWORD_REQUIRED"_s, {}, {}, {}}};
    setup.person.answers = {QVariantMap{{u"NEW_PASSWORD"_s, u"N3w-Horse!"_s}}};
    QSignalSpy changed(&*setup.source, &CognitoTokenSource::settingsChanged);
    GET_TOKEN(first, *setup.source);
    QCOMPARE(setup.source->password(), u"N3w-Horse!"_s);
    QCOMPARE(changed.count(), 1);
}

void tst_CognitoTokenSource::waitsForAPerson()
{
    Setup setup(true);
    setup.pool.steps = {{u"SMS_MFA"_s, {}, {}, {}}};
    Asked early(*setup.source);
    QVERIFY(!early.reply->isWaitingForPerson());
    QTRY_VERIFY(setup.person.open);
    QVERIFY(early.reply->isWaitingForPerson());
    Asked late(*setup.source);
    QVERIFY(late.reply->isWaitingForPerson());
    // Longer than any deadline of a connection.
    setup.clock.advance(4min);
    QCOMPARE(early.ends + late.ends, 0);
    QVERIFY(setup.person.open->answer({{u"code"_s, u"123456"_s}}));
    QVERIFY(early.wait() && late.wait());
    QVERIFY2(!early.error.isError(), qPrintable(early.error.toString()));
    QCOMPARE(early.waits, (QList<bool>{true, false}));
    QCOMPARE(setup.person.shown.size(), 1);
}

void tst_CognitoTokenSource::cancels()
{
    Setup setup(true);
    setup.pool.steps = {{u"SMS_MFA"_s, {}, {}, {}}};
    setup.person.answers = {std::nullopt};
    Asked first(*setup.source);
    Asked second(*setup.source);
    QVERIFY(first.wait() && second.wait());
    QCOMPARE(first.error.kind, Error::Kind::Cancelled);
    QCOMPARE(second.error.kind, Error::Kind::Cancelled);
    QVERIFY(setup.source->session().isEmpty());
}

void tst_CognitoTokenSource::startsAgainWithOtherSettings()
{
    Setup setup(true);
    setup.source->setPassword({});
    Asked asked(*setup.source);
    QTRY_VERIFY(setup.person.open);
    QVERIFY(asked.reply->isWaitingForPerson());
    QSignalSpy closed(setup.person.open, &Interaction::closed);
    // The application has found it in the keychain meanwhile.
    setup.source->setPassword(setup.pool.password);
    QCOMPARE(closed.count(), 1);
    QVERIFY(asked.wait());
    QVERIFY2(!asked.error.isError(), qPrintable(asked.error.toString()));
    QCOMPARE(asked.waits, QList<bool>{false});
    QCOMPARE(setup.person.shown.size(), 1);
}

void tst_CognitoTokenSource::goesOnRenewingWithOtherSettings()
{
    Setup setup;
    setup.pool.rotates = true;
    GET_TOKEN(first, *setup.source);
    QSignalSpy changed(&*setup.source, &CognitoTokenSource::tokenChanged);
    // The request that is on its way uses the refresh token up; it is not sent again.
    setup.clock.advance(55min);
    setup.source->setFlow(CognitoTokenSource::Flow::Password);
    setup.source->setPassword({});
    QVERIFY(changed.wait(30'000));
    QCOMPARE(setup.pool.count(u"GetTokensFromRefreshToken"_s), 1);
    setup.source->setFlow(CognitoTokenSource::Flow::Srp);
    setup.clock.advance(55min);
    QVERIFY(changed.wait(30'000));
    QCOMPARE(setup.pool.count(u"GetTokensFromRefreshToken"_s), 2);
}

void tst_CognitoTokenSource::allowsForAWrongClock()
{
    Setup setup;
    setup.serverAhead = -2h;
    QSignalSpy changed(&*setup.source, &CognitoTokenSource::clockOffsetChanged);
    GET_TOKEN(first, *setup.source);
    QCOMPARE(changed.count(), 1);
    QVERIFY(qAbs(setup.source->clockOffsetSeconds() + 7200) < 2);
    const qint64 serverNow = setup.clock.wallMs() - 7'200'000;
    QVERIFY(qAbs(first.expiresAt.toMSecsSinceEpoch() - serverNow - 3'600'000) < 2000);
    // Nothing is renewed too early or too late.
    setup.clock.advance(54min);
    QCOMPARE(setup.pool.count(u"GetTokensFromRefreshToken"_s), 0);
    setup.clock.advance(2min);
    QSignalSpy renewed(&*setup.source, &CognitoTokenSource::tokenChanged);
    QVERIFY(renewed.wait(30'000));

    // Somebody sets the clock right.
    setup.serverAhead = 0s;
    setup.clock.advance(55min);
    QTRY_VERIFY(setup.source->clockOffset() == 0s);
}

void tst_CognitoTokenSource::maySignOutInAnySlot_data()
{
    QTest::addColumn<QByteArray>("signal");
    QTest::addColumn<bool>("isSignedInFirst");
    QTest::newRow("asked") << "2interactionRequired(AppSync::Interaction*)"_ba << false;
    QTest::newRow("waiting") << "2isWaitingForPersonChanged()"_ba << false;
    QTest::newRow("clock") << "2clockOffsetChanged()"_ba << false;
    QTest::newRow("session") << "2sessionChanged()"_ba << false;
    QTest::newRow("token") << "2tokenChanged()"_ba << false;
    QTest::newRow("renewal refused") << "2sessionChanged()"_ba << true;
}

void tst_CognitoTokenSource::maySignOutInAnySlot()
{
    QFETCH(QByteArray, signal);
    QFETCH(bool, isSignedInFirst);
    Setup setup(true);
    setup.serverAhead = 1h;
    setup.pool.newDevice = {{u"DeviceKey"_s, u"eu-west-1_dev"_s}, {u"DeviceGroupKey"_s, u"-grp"_s}};
    if (isSignedInFirst) {
        GET_TOKEN(first, *setup.source);
        setup.pool.refreshToken.clear();
        setup.clock.advance(2h);
    }
    setup.pool.steps = {{u"SMS_MFA"_s, {}, {}, {}}};
    setup.person.answers = {QVariantMap{{u"code"_s, u"1"_s}}};
    Asked asked(*setup.source);
    QObject *sender = &*setup.source;
    if (signal.contains("isWaiting"))
        sender = asked.reply;
    const QMetaMethod method =
        sender->metaObject()->method(sender->metaObject()->indexOfSignal(signal.sliced(1)));
    QVERIFY(method.isValid());
    bool isOut = false;
    Relay relay([&] {
        if (!std::exchange(isOut, true))
            setup.source->signOut();
    });
    QVERIFY(connect(sender, method, &relay,
                    relay.metaObject()->method(relay.metaObject()->indexOfSlot("run()"))));
    QVERIFY(asked.wait());
    QTRY_VERIFY(isOut);
    QCOMPARE(asked.ends, 1);
    QVERIFY(!setup.source->isSignedIn());
    QVERIFY(!setup.clock.untilNext());
}

void tst_CognitoTokenSource::gonePromptly()
{
    Setup setup(true);
    setup.pool.steps = {{u"SMS_MFA"_s, {}, {}, {}}};
    auto asked = std::make_unique<Asked>(*setup.source);
    QTRY_VERIFY(setup.person.open);
    QSignalSpy closed(setup.person.open, &Interaction::closed);
    setup.source.reset();
    QCOMPARE(closed.count(), 1);
    QVERIFY(!asked->reply);
    QVERIFY(!setup.clock.untilNext());

    // Also with requests on their way.
    Setup busy;
    busy.pool.handlers[u"RevokeToken"_s] = [](const QJsonObject &) { return CognitoPool::never(); };
    GET_TOKEN(first, *busy.source);
    busy.source->signOut();
    busy.source->token({});
    QTRY_COMPARE(busy.pool.count(u"RevokeToken"_s), 1);
    busy.source.reset();
    QCoreApplication::processEvents();
}

GUILESS_TEST(tst_CognitoTokenSource)
#include "tst_cognitotokensource.moc"

// SPDX-License-Identifier: Apache-2.0
#include "cognitoworld.h"
#include "tests/shared/testrunner.h"

#include "lib/auth/cognito/cognitodevice_p.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;

using Devices = Emulator::UserPool::Devices;

//! The client's half against the emulator's, which shares no code with it: two readings of the same protocol.
class tst_CognitoSession_Emulator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void usesAClientSecret_data();
    void usesAClientSecret();
    void refreshes_data();
    void refreshes();
    void saysThatARefreshTokenWasUsedTwice();
    void signsOut_data();
    void signsOut();
    void remembersADevice_data();
    void remembersADevice();
    void survivesAForgottenDevice();
    void allowsForAWrongClock_data();
    void allowsForAWrongClock();
};

void tst_CognitoSession_Emulator::usesAClientSecret_data()
{
    QTest::addColumn<bool>("rotates");
    QTest::newRow("refresh tokens stay") << false;
    QTest::newRow("refresh tokens rotate") << true;
}

void tst_CognitoSession_Emulator::usesAClientSecret()
{
    QFETCH(bool, rotates);
    Emulator::User user = alice();
    user.hasSmsMfa = true;
    Emulator::PoolClient client{.id = u"1example"_s, .secret = u"9l9d4itj79gemfdscl6rn7"_s};
    client.rotatesRefreshTokens = rotates;
    World world({.clients = {client}, .users = {user}});
    world.source.setUsername(u"alice@example.com"_s);
    world.person.thinks = [&world](const Person::Shown &) {
        return code(world.emulator.lastCode(u"alice"_s));
    };
    Asked without(world.source);
    QVERIFY(without.wait());
    QCOMPARE(without.error.kind, Error::Kind::Unauthorized);
    QVERIFY(without.error.message.contains(u"has a secret"_s));

    world.source.setClientSecret(u"wrong"_s);
    Asked wrong(world.source);
    QVERIFY(wrong.wait());
    QVERIFY2(wrong.error.message.contains(u"client secret"_s), qPrintable(wrong.error.toString()));

    world.source.setClientSecret(client.secret);
    GET_TOKEN(first, world.source);
    for (int i = 0; i < 2; ++i) {
        world.clock.advance(2h);
        GET_TOKEN(renewed, world.source);
        QVERIFY(renewed.token != first.token);
    }
    QCOMPARE(world.person.shown.size(), 1);
    Reply *reply = world.source.signOut();
    QSignalSpy finished(reply, &Reply::finished);
    Error error;
    connect(reply, &Reply::finished, reply, [&error, reply] { error = reply->error(); });
    QVERIFY(finished.wait(30'000));
    QVERIFY2(!error.isError(), qPrintable(error.toString()));
}

void tst_CognitoSession_Emulator::refreshes_data()
{
    QTest::addColumn<bool>("rotates");
    QTest::newRow("refresh tokens stay") << false;
    QTest::newRow("refresh tokens rotate") << true;
}

void tst_CognitoSession_Emulator::refreshes()
{
    QFETCH(bool, rotates);
    Emulator::PoolClient client{.id = u"1example"_s};
    client.rotatesRefreshTokens = rotates;
    client.refreshLifetime = 24h;
    World world({.clients = {client}}, false);
    GET_TOKEN(first, world.source);
    world.source.setPassword({}); // by the refresh token alone
    QSet<QByteArray> sessions;
    QSignalSpy changed(&world.source, &CognitoTokenSource::tokenChanged);
    for (int i = 0; i < 5; ++i) {
        sessions.insert(world.source.session());
        world.clock.advance(55min);
        QVERIFY(changed.wait(30'000));
    }
    QCOMPARE(sessions.size(), 5);
    world.source.invalidate();
    GET_TOKEN(last, world.source);
    QVERIFY(last.token != first.token);

    world.clock.advance(24h);
    Asked expired(world.source);
    QVERIFY(expired.wait());
    QCOMPARE(expired.error.message, u"The sign-in has expired."_s);
    QVERIFY(!world.source.isSignedIn());
}

void tst_CognitoSession_Emulator::saysThatARefreshTokenWasUsedTwice()
{
    Emulator::PoolClient client{.id = u"1example"_s};
    client.rotatesRefreshTokens = true;
    World world({.clients = {client}}, false);
    GET_TOKEN(first, world.source);
    const QByteArray old = world.source.session();
    world.source.invalidate();
    GET_TOKEN(second, world.source);

    CognitoTokenSource copy;
    world.configure(copy);
    copy.setPassword({});
    copy.setSession(old);
    world.clock.advance(2h);
    Asked asked(copy);
    QVERIFY(asked.wait());
    QCOMPARE(asked.error.type, u"RefreshTokenReuseException"_s);
    QVERIFY(asked.error.message.contains(u"used before"_s));
}

void tst_CognitoSession_Emulator::signsOut_data()
{
    QTest::addColumn<bool>("everywhere");
    QTest::newRow("here") << false;
    QTest::newRow("everywhere") << true;
}

void tst_CognitoSession_Emulator::signsOut()
{
    QFETCH(bool, everywhere);
    World world({}, false);
    GET_TOKEN(here, world.source);
    const QByteArray session = world.source.session();
    CognitoTokenSource elsewhere;
    world.configure(elsewhere);
    GET_TOKEN(there, elsewhere);
    elsewhere.setPassword({});

    Reply *reply = world.source.signOut(everywhere);
    Error error;
    connect(reply, &Reply::finished, reply, [&error, reply] { error = reply->error(); });
    QSignalSpy finished(reply, &Reply::finished);
    QVERIFY(finished.wait(30'000));
    QVERIFY2(!error.isError(), qPrintable(error.toString()));

    // A copy of the session is worth nothing any more.
    world.source.setPassword({});
    world.source.setSession(session);
    world.source.invalidate();
    Asked after(world.source);
    QVERIFY(after.wait());
    QVERIFY2(after.error.message.contains(u"was ended"_s), qPrintable(after.error.toString()));
    elsewhere.invalidate();
    Asked other(elsewhere);
    QVERIFY(other.wait());
    QCOMPARE(other.error.isError(), everywhere);
}

void tst_CognitoSession_Emulator::remembersADevice_data()
{
    QTest::addColumn<int>("devices");
    QTest::addColumn<bool>("isWanted");
    QTest::newRow("always") << int(Devices::Always) << true;
    QTest::newRow("the user wants it") << int(Devices::OptIn) << true;
    QTest::newRow("the user does not want it") << int(Devices::OptIn) << false;
}

void tst_CognitoSession_Emulator::remembersADevice()
{
    QFETCH(int, devices);
    QFETCH(bool, isWanted);
    Emulator::User user = alice();
    user.hasSmsMfa = true;
    World world({.users = {user}, .devices = Devices(devices)});
    int codes = 0;
    int questions = 0;
    world.person.thinks = [&](const Person::Shown &shown) -> std::optional<QVariantMap> {
        if (shown.kind == Interaction::Kind::Form) {
            ++codes;
            return code(world.emulator.lastCode(u"alice"_s));
        }
        ++questions;
        return isWanted ? std::optional(QVariantMap()) : std::nullopt;
    };
    QSignalSpy saved(&world.source, &CognitoTokenSource::sessionChanged);
    GET_TOKEN(first, world.source);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, 30'000);
    QTRY_COMPARE(questions, Devices(devices) == Devices::OptIn ? 1 : 0);
    QTRY_VERIFY(!world.source.findChild<CognitoDeviceEnrolment *>()); // the pool knows the answer
    QCOMPARE(codes, 1);
    // With the device's key, without which the token would not be taken.
    world.clock.advance(2h);
    GET_TOKEN(renewed, world.source);

    // Signing in again, the device is the second factor.
    Reply *out = world.source.signOut();
    QSignalSpy finished(out, &Reply::finished);
    QVERIFY(finished.wait(30'000));
    GET_TOKEN(second, world.source);
    QCOMPARE(codes, isWanted ? 1 : 2);
}

void tst_CognitoSession_Emulator::survivesAForgottenDevice()
{
    Emulator::User user = alice();
    user.hasSmsMfa = true;
    World world({.users = {user}, .devices = Devices::Always});
    world.person.thinks = [&](const Person::Shown &) {
        return code(world.emulator.lastCode(u"alice"_s));
    };
    QSignalSpy saved(&world.source, &CognitoTokenSource::sessionChanged);
    GET_TOKEN(first, world.source);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, 30'000);

    // The same pool as it would be after an administrator has cleared the devices.
    World other({.id = world.emulator.userPoolId(),
                 .clients = {{.id = world.emulator.userPoolClientId()}},
                 .users = {user},
                 .devices = Devices::Always});
    other.person.thinks = [&](const Person::Shown &) {
        return code(other.emulator.lastCode(u"alice"_s));
    };
    other.source.setSession(world.source.session());
    other.clock.advance(2h);
    GET_TOKEN(second, other.source);
    QCOMPARE(other.person.shown.size(), 1);
}

void tst_CognitoSession_Emulator::allowsForAWrongClock_data()
{
    QTest::addColumn<int>("hours");
    QTest::newRow("slow") << 2;
    QTest::newRow("fast") << -2;
}

void tst_CognitoSession_Emulator::allowsForAWrongClock()
{
    QFETCH(int, hours);
    World world({}, false);
    world.serverAhead = std::chrono::hours(hours);
    GET_TOKEN(first, world.source);
    QVERIFY(qAbs(world.source.clockOffsetSeconds() - hours * 3600) < 2);
    QSignalSpy changed(&world.source, &CognitoTokenSource::tokenChanged);
    world.clock.advance(50min);
    GET_TOKEN(same, world.source);
    QCOMPARE(same.token, first.token);
    world.clock.advance(6min);
    QVERIFY(changed.wait(30'000));

    world.source.setSession({});
    world.source.setPassword(u"wrong"_s);
    Asked wrong(world.source);
    QVERIFY(wrong.wait());
    QVERIFY2(wrong.error.nextStep.contains(u"clock of this computer is 120 min"_s)
                 || wrong.error.nextStep.contains(u"clock of this computer is 119 min"_s),
             qPrintable(wrong.error.nextStep));
}

GUILESS_TEST(tst_CognitoSession_Emulator)
#include "tst_cognitosession_emulator.moc"

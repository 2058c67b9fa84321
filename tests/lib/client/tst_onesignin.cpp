// SPDX-License-Identifier: Apache-2.0
#include "../auth/cognito/cognitoworld.h"
#include "publishoutcome.h"
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/EventsClient>
#include <AppSync/TokenAuthorizer>

#include <QTest>

using namespace AppSync;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Two services of one user pool, as Events and GraphQL of one backend are, and one sign-in for both.
class tst_OneSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void servesSeveralEndpoints();
};

namespace {

Emulator::Options anotherServiceOf(const World &world)
{
    const QByteArray path = '/' + world.emulator.userPoolId().toLatin1() + "/.well-known/jwks.json";
    RawClient::Connection connection(world.emulator.port());
    Emulator::Options options;
    options.tokenProviders = {{Emulator::AuthMode::UserPool,
                               u"https://cognito-idp.%1.amazonaws.com/%2"_s.arg(
                                   world.emulator.region(), world.emulator.userPoolId()),
                               connection.ask(RawClient::get(path)).body}};
    options.now = [&world] {
        return QDateTime::fromMSecsSinceEpoch(world.clock.wallMs(), Qt::UTC);
    };
    return options;
}

bool publishes(EventsClient &client)
{
    const Outcome outcome(client.publish(u"private/a"_s, QByteArray("1")));
    return outcome.arrives() && !outcome.error.isError();
}

} // namespace

void tst_OneSignIn::servesSeveralEndpoints()
{
    World world({.clients = {{.id = u"1example"_s, .tokenLifetime = 600s}}});
    world.source.setPassword({}); // so that somebody is asked
    world.person.answers = {QVariantMap{{u"password"_s, kPassword}}};
    Emulator second;
    QVERIFY2(second.listen(anotherServiceOf(world)), qPrintable(second.problem()));

    TokenAuthorizer authorizer(&world.source);
    EventsClient first(Endpoint(world.emulator.httpUrl()), &authorizer);
    EventsClient other(Endpoint(second.httpUrl()), &authorizer);
    const auto *subscription = first.subscribe(u"private/*"_s);
    const auto *otherSubscription = other.subscribe(u"private/*"_s);
    const auto areSubscribed = [&] {
        return subscription->state() == ChannelSubscription::State::Subscribed
            && otherSubscription->state() == ChannelSubscription::State::Subscribed;
    };
    QTRY_VERIFY(areSubscribed());
    QVERIFY(publishes(first));
    QVERIFY(publishes(other));

    // Both use the renewed token: the first one has expired for both services.
    world.clock.advance(15min);
    QVERIFY(publishes(first));
    QVERIFY(publishes(other));
    QVERIFY(areSubscribed());
    QCOMPARE(world.person.shown.size(), 1);
}

GUILESS_TEST(tst_OneSignIn)
#include "tst_onesignin.moc"

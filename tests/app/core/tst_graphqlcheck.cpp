// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/doctor.h"
#include "tests/shared/testrunner.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>
#include <AppSync/GraphQlClient>
#include <AppSync/IamAuthorizer>
#include <AppSync/StaticCredentials>

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Syncscope;
using AppSync::Emulator;
using AppSync::Endpoint;
using AppSync::Error;

//! A Doctor of a GraphQL API: endpoint, credentials, dns, tcp, tls, http, request, upgrade, handshake, query,
//! introspection, subscribe.
class TestGraphQlCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void healthy();
    void introspectionSwitchedOff();
    void firstFailure_data();
    void firstFailure();
    void otherPath();
    void refusedKey();
    void refusedSignature();
    void refusedSubscription();
    void noCredentials();
    void theOtherProtocol_data();
    void theOtherProtocol();

private:
    void listen(const Emulator::Options &options = {});
    //! As `o` (ok), `F` (failed), `-` (skipped), one letter a step.
    QByteArray examine(const QString &subscription = {});
    [[nodiscard]] DoctorStep step(DoctorStep::Kind kind) const;

    std::unique_ptr<Emulator> m_emulator;
    std::unique_ptr<AppSync::ApiKeyAuthorizer> m_key;
    std::unique_ptr<AppSync::GraphQlClient> m_client;
    DoctorCase m_case;
    QList<DoctorStep> m_steps;
    std::optional<DoctorStep> m_firstFailure;
};

namespace {

using CheckKind = DoctorStep::Kind;

const QString kOnMessage = u"subscription { onMessage { id } }"_s;

} // namespace

void TestGraphQlCheck::init()
{
    listen();
}

void TestGraphQlCheck::listen(const Emulator::Options &options)
{
    m_client.reset();
    m_emulator = std::make_unique<Emulator>();
    QVERIFY2(m_emulator->listen(options), qPrintable(m_emulator->problem()));
    m_key = std::make_unique<AppSync::ApiKeyAuthorizer>(m_emulator->apiKey());
    m_case = {};
    m_case.given = m_emulator->graphQlUrl().toString();
    m_case.endpoint = Endpoint::fromUserInput(m_case.given);
    m_client = std::make_unique<AppSync::GraphQlClient>(m_case.endpoint, m_key.get());
    m_case.client = m_client.get();
}

QByteArray TestGraphQlCheck::examine(const QString &subscription)
{
    m_case.subscription = subscription;
    Doctor doctor(m_case);
    QSignalSpy finished(&doctor, &Doctor::finished);
    doctor.start();
    if (!finished.wait(60'000))
        return "does not end";
    m_steps = doctor.steps();
    m_firstFailure = doctor.firstFailure();
    QByteArray outcomes;
    for (const DoctorStep &step : std::as_const(m_steps)) {
        using Outcome = DoctorStep::Outcome;
        outcomes += step.outcome == Outcome::Ok ? 'o' : step.outcome == Outcome::Failed ? 'F' : '-';
    }
    return outcomes;
}

DoctorStep TestGraphQlCheck::step(DoctorStep::Kind kind) const
{
    for (const DoctorStep &step : m_steps) {
        if (step.kind == kind)
            return step;
    }
    return {};
}

void TestGraphQlCheck::healthy()
{
    QCOMPARE(examine(), "oo-o-oooooo-"_ba);
    QVERIFY(step(CheckKind::Endpoint).summary.contains(u"a GraphQL API"));
    QCOMPARE(step(CheckKind::Request).values(u"subprotocols"_s).value(0), u"graphql-ws"_s);
    const DoctorStep query = step(CheckKind::Query);
    QCOMPARE(query.values(u"sent"_s), QStringList{u"{ __typename }"_s});
    QCOMPARE(query.values(u"answer"_s), QStringList{uR"({"data":{"__typename":"Query"}})"_s});
    QVERIFY(!query.values(u"requestId"_s).isEmpty());
    QVERIFY(query.duration > 0ns);
    QCOMPARE(step(CheckKind::Introspection).summary,
             u"allowed: query Query, mutation Mutation, subscription Subscription"_s);
    QVERIFY(step(CheckKind::Subscribe).summary.contains(u"no subscription was given"));

    listen();
    QCOMPARE(examine(kOnMessage), "oo-o-ooooooo"_ba);
    QCOMPARE(step(CheckKind::Subscribe).summary, u"acknowledged"_s);
}

void TestGraphQlCheck::introspectionSwitchedOff()
{
    Emulator::Options options;
    options.graphQl.introspection = false;
    listen(options);
    QCOMPARE(examine(), "oo-o-oooooo-"_ba); // an API may do that
    const DoctorStep introspection = step(CheckKind::Introspection);
    QVERIFY2(introspection.summary.startsWith(u"not allowed ("), qPrintable(introspection.summary));
    QCOMPARE(introspection.values(u"allowed"_s), QStringList{u"false"_s});
}

void TestGraphQlCheck::firstFailure_data()
{
    QTest::addColumn<QByteArray>("faults");
    QTest::addColumn<QByteArray>("outcomes");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("no answer to the upgrade") << R"({"neverAnswerUpgrade":true})"_ba
                                              << "oo-o-ooF-oo-"_ba << Error::Kind::Timeout;
    QTest::newRow("no answer over HTTP") << R"({"neverAnswerHttp":true})"_ba
                                         << "oo-o-Fooo--o"_ba << Error::Kind::Unreachable;
    QTest::newRow("no ack") << R"({"neverAck":true})"_ba
                            << "oo-o-oooFoo-"_ba << Error::Kind::Timeout;
    QTest::newRow("connection_error") << R"({"refuseConnect":true})"_ba
                                      << "oo-o-oooFoo-"_ba << Error::Kind::Unauthorized;
    QTest::newRow("no answer to the start") << R"({"neverAnswerSubscribe":true})"_ba
                                            << "oo-o-ooooooF"_ba << Error::Kind::Timeout;
}

void TestGraphQlCheck::firstFailure()
{
    QFETCH(QByteArray, faults);
    QFETCH(QByteArray, outcomes);
    QFETCH(Error::Kind, kind);
    QString problem;
    const auto plan = AppSync::FaultPlan::fromJson(faults, &problem);
    QVERIFY2(plan, qPrintable(problem));
    Emulator::Options options;
    options.faults = *plan;
    listen(options);
    m_case.timeout = 1s;
    QCOMPARE(examine(kOnMessage), outcomes);
    QCOMPARE(m_firstFailure->error.kind, kind);
    QVERIFY(!m_firstFailure->error.nextStep.isEmpty());
}

//! Where nothing is at /graphql/realtime, the client tries /graphql: no failure.
void TestGraphQlCheck::otherPath()
{
    Emulator::Options options;
    AppSync::FaultPlan::Fault absent;
    absent.kind = AppSync::FaultPlan::Kind::RefuseUpgradeStatus;
    absent.value = 404;
    absent.times = 2; // the attempt, and the question why it was refused
    options.faults.faults = {absent};
    listen(options);
    QCOMPARE(examine(kOnMessage), "oo-o-ooooooo"_ba);
}

void TestGraphQlCheck::refusedKey()
{
    AppSync::ApiKeyAuthorizer wrong(u"da2-wrongwrongwrongwrongwrong"_s);
    m_client->setExecuteAuthorizer(&wrong);
    QCOMPARE(examine(), "oo-o-ooooF--"_ba);
    QCOMPARE(m_firstFailure->error.kind, Error::Kind::Unauthorized);
    QCOMPARE(m_firstFailure->values(u"status"_s), QStringList{u"401"_s});
    QVERIFY(!m_firstFailure->error.nextStep.isEmpty());
    m_client.reset(); // before its authorizer
}

void TestGraphQlCheck::refusedSignature()
{
    Emulator::Options options;
    options.graphQl.modes = AppSync::EmulatorOptions::allAuthModes();
    listen(options);
    AppSync::StaticCredentials keys(m_emulator->accessKeyId(), u"wJalrXUtnFEMI/K7MDENG"_s);
    AppSync::IamAuthorizer iam(&keys);
    iam.setRegion(m_emulator->region());
    m_client->setExecuteAuthorizer(&iam);
    QCOMPARE(examine(), "oo-o-ooooF--"_ba);
    const QString causes = m_firstFailure->values(u"likely"_s).join(u'\n');
    QVERIFY2(causes.contains(u"secret access key"), qPrintable(causes));
    m_client.reset(); // before its authorizer
}

void TestGraphQlCheck::refusedSubscription()
{
    QCOMPARE(examine(u"subscription { onNothing { id } }"_s), "oo-o-ooooooF"_ba);
    QVERIFY2(m_firstFailure->error.serverMessage.contains(u"onNothing"),
             qPrintable(m_firstFailure->error.toString()));
}

void TestGraphQlCheck::noCredentials()
{
    m_case.credentialProblem =
        Error::local(Error::Kind::InvalidInput, u"There are none."_s, u"Set some."_s);
    QCOMPARE(examine(kOnMessage), "oF-o-o------"_ba);
}

void TestGraphQlCheck::theOtherProtocol_data()
{
    QTest::addColumn<Endpoint::Service>("service");
    QTest::newRow("GraphQL at an Events endpoint") << Endpoint::Service::GraphQl;
    QTest::newRow("Events at a GraphQL endpoint") << Endpoint::Service::Events;
}

void TestGraphQlCheck::theOtherProtocol()
{
    QFETCH(Endpoint::Service, service);
    const bool isGraphQl = service == Endpoint::Service::GraphQl;
    const QString http = (isGraphQl ? m_emulator->graphQlUrl() : m_emulator->httpUrl()).toString();
    const QString realtime =
        (isGraphQl ? m_emulator->realtimeUrl() : m_emulator->graphQlRealtimeUrl()).toString();
    m_case.endpoint = Endpoint::fromUserInput(http).withRealtime(realtime);
    AppSync::EventsClient events(m_case.endpoint, m_key.get());
    m_client->setEndpoint(m_case.endpoint);
    if (!isGraphQl)
        m_case.client = &events;
    QVERIFY2(examine().startsWith("oo-o-oo"), "up to the upgrade");
    QVERIFY(m_firstFailure);
    QVERIFY2(
        m_firstFailure->error.nextStep.contains(u"This endpoint speaks the other AppSync protocol"),
        qPrintable(m_firstFailure->error.toString()));
}

GUILESS_TEST(TestGraphQlCheck)
#include "tst_graphqlcheck.moc"

// SPDX-License-Identifier: Apache-2.0
#include "graphqlfixture.h"
#include "lib/emulator/access/jwt_p.h"
#include "tests/lib/emulator/access/signer.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync;
using namespace GraphQlFixture;
using Emulation::JsonWebKey;
using Emulation::WebToken;
using namespace Qt::StringLiterals;

//! Who may use which field: directives, grants of IAM, what a Lambda authorizer denies.
class tst_FieldAccess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void directives_data();
    void directives();
    void refusalOfAField();
    void subscriptions();
    void grants();
    void deniedFields();
    void modesOfTheApi();

private:
    [[nodiscard]] QByteArray signedRequest(const Signer &signer, const QByteArray &body)
    {
        RawClient::Connection http(m_emulator->port());
        const RawClient::HttpAnswer answer =
            http.ask(RawClient::post("/graphql", signer.headerLines(body, "/graphql"), body));
        return QByteArray::number(answer.status) + ' ' + answer.body;
    }

    std::unique_ptr<Emulator> m_emulator;
    Emulator::Options m_options;
};

namespace {

const QString kPool = u"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCd12345"_s;

const QString kSchema = uR"(
type Query {
  plain: Secret
  key: Secret @aws_api_key
  iam: Secret @aws_iam
  oidc: Secret @aws_oidc
  lambda: Secret @aws_lambda
  pool: Secret @aws_cognito_user_pools
  admins: Secret @aws_cognito_user_pools(cognito_groups: ["admins", "owners"])
  both: Secret @aws_oidc @aws_api_key
}
type Mutation { say: Secret @aws_api_key }
type Secret @aws_iam @aws_oidc @aws_lambda @aws_cognito_user_pools @aws_api_key {
  text: String
  hidden: String @aws_oidc
}
type Subscription {
  heard: Secret @aws_subscribe(mutations: ["say"]) @aws_oidc
  overheard: Secret @aws_subscribe(mutations: ["say"]) @aws_api_key
}
)"_s;

QString poolToken(const QStringList &groups)
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    return WebToken::make(JsonWebKey::rs256(),
                          {{u"iss"_s, kPool},
                           {u"sub"_s, u"ann"_s},
                           {u"token_use"_s, u"id"_s},
                           {u"cognito:groups"_s, QJsonArray::fromStringList(groups)},
                           {u"iat"_s, now - 10},
                           {u"exp"_s, now + 3600}});
}

} // namespace

void tst_FieldAccess::init()
{
    m_emulator = std::make_unique<Emulator>();
    m_options = {};
    const QJsonObject keys{{u"keys"_s, QJsonArray{JsonWebKey::rs256().toJwk()}}};
    m_options.tokenProviders = {
        {Emulator::AuthMode::UserPool, kPool, QJsonDocument(keys).toJson()}};
    m_options.graphQl.schema = kSchema;
    m_options.graphQl.defaultMode = Emulator::AuthMode::ApiKey;
    QVERIFY2(m_emulator->listen(m_options), qPrintable(m_emulator->problem()));
    m_emulator->setLambdaAuthorizer([](const auto &request, const auto &answer) {
        Emulator::LambdaAnswer said;
        said.isAuthorized = request.authorizationToken == "sesame"_L1;
        said.deniedFields = {u"Query.lambda"_s};
        answer(said);
    });
}

void tst_FieldAccess::directives_data()
{
    QTest::addColumn<QString>("who");
    QTest::addColumn<QStringList>("allowed");
    QTest::newRow("API key") << QString() << QStringList{u"plain"_s, u"key"_s, u"both"_s};
    QTest::newRow("OIDC") << u"$oidc"_s << QStringList{u"oidc"_s, u"both"_s};
    QTest::newRow("user pool") << u"$pool"_s << QStringList{u"pool"_s};
    QTest::newRow("user pool, admins") << u"$admin"_s << QStringList{u"pool"_s, u"admins"_s};
}

void tst_FieldAccess::directives()
{
    QFETCH(QString, who);
    QFETCH(QStringList, allowed);
    who.replace(u"$oidc"_s, m_emulator->token());
    who.replace(u"$pool"_s, poolToken({u"users"_s}));
    who.replace(u"$admin"_s, poolToken({u"admins"_s}));
    Client client(*m_emulator, who);
    for (const char *field : {"plain", "key", "iam", "oidc", "lambda", "pool", "admins", "both"}) {
        const QByteArray answer = client.ask(u"{ %1 { text } }"_s.arg(QLatin1String(field)));
        const QByteArray good = QByteArray(R"({"data":{")") + field + R"(":null}})";
        QCOMPARE(answer == good, allowed.contains(QLatin1String(field)));
        if (answer != good)
            QVERIFY2(
                answer.contains(QByteArray("Not Authorized to access ") + field + " on type Query"),
                answer);
    }
}

void tst_FieldAccess::refusalOfAField()
{
    QCOMPARE(Client(*m_emulator).ask(u"{ oidc { text } }"_s),
             R"({"data":{"oidc":null},"errors":[{"path":["oidc"],"data":null,)"
             R"("errorType":"Unauthorized","errorInfo":null,)"
             R"("locations":[{"line":1,"column":3,"sourceName":null}],)"
             R"("message":"Not Authorized to access oidc on type Query"}]})");
}

void tst_FieldAccess::subscriptions()
{
    Client client(*m_emulator);
    QVERIFY(client.connect());
    QCOMPARE(client.start(u"1"_s, u"subscription { heard { text } }"_s),
             uR"({"type":"error","id":"1","payload":{"errors":[{"errorType":"Unauthorized",)"
             uR"("message":"Not Authorized to access heard on type Subscription"}]}})"_s);
    QCOMPARE(client.start(u"2"_s, u"subscription { overheard { text } }"_s), started(u"2"_s));
}

void tst_FieldAccess::grants()
{
    m_options.graphQl = {};
    Emulator::Identity reader{u"reader"_s, u"AKIDREADER"_s, u"secret"_s};
    reader.allow = {{{u"appsync:GraphQL"_s}, {u"*/types/Query/fields/message*"_s}}};
    Emulator::Identity nobody{u"nobody"_s, u"AKIDNOBODY"_s, u"secret"_s};
    m_options.identities = {reader, nobody};
    QVERIFY2(m_emulator->listen(m_options), qPrintable(m_emulator->problem()));
    const Signer byReader{u"AKIDREADER"_s, u"secret"_s};
    QCOMPARE(signedRequest(byReader, request(u"{ messages(room: \"a\") { id } }"_s)),
             R"(200 {"data":{"messages":[]}})");
    const QByteArray refused =
        signedRequest(byReader, request(u"mutation { fail(message: \"x\") { id } }"_s));
    QVERIFY2(refused.contains("Not Authorized to access fail on type Mutation"), refused);
    QCOMPARE(
        signedRequest({u"AKIDNOBODY"_s, u"secret"_s}, request(u"{ __typename }"_s)),
        R"(403 {"errors":[{"errorType":"UnauthorizedException","message":"Permission denied"}]})");
    const QByteArray forged = signedRequest({u"AKIDREADER"_s, u"other"_s}, request(u"{ a }"_s));
    QVERIFY2(forged.startsWith(R"(403 {"errors":[{"errorType":"InvalidSignatureException",)"),
             forged);

    QJsonObject credentials;
    for (const auto &[name, value] :
         byReader.sign("/graphql/connect", "{}", {{"host", "localhost"}}))
        credentials.insert(QString::fromLatin1(name), QString::fromUtf8(value));
    RawClient::WebSocket socket;
    QVERIFY(socket.open(m_emulator->graphQlRealtimeUrl(),
                        {u"graphql-ws"_s, RawClient::headerProtocol(credentials)}));
    QCOMPARE(
        socket.next(),
        uR"({"type":"connection_error","payload":{"errors":[{"errorType":"UnauthorizedException",)"
        uR"("message":"Permission denied","errorCode":401}]}})"_s);
}

void tst_FieldAccess::deniedFields()
{
    Client client(*m_emulator, u"sesame"_s);
    const QByteArray denied = client.ask(u"{ lambda { text } }"_s);
    QVERIFY2(denied.contains("Not Authorized to access lambda on type Query"), denied);
    QVERIFY(Client(*m_emulator, u"other"_s).ask(u"{ lambda { text } }"_s).startsWith("401 "));
}

void tst_FieldAccess::modesOfTheApi()
{
    m_options.graphQl.modes = {Emulator::AuthMode::Oidc};
    QVERIFY2(m_emulator->listen(m_options), qPrintable(m_emulator->problem()));
    QVERIFY(Client(*m_emulator).ask(u"{ __typename }"_s).startsWith("401 "));
    QCOMPARE(Client(*m_emulator, m_emulator->token()).ask(u"{ __typename }"_s),
             R"({"data":{"__typename":"Query"}})");
}

GUILESS_TEST(tst_FieldAccess)
#include "tst_fieldaccess.moc"

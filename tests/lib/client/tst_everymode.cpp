// SPDX-License-Identifier: Apache-2.0
#include "emulatedclient.h"
#include "publishoutcome.h"
#include "tests/shared/testrunner.h"

#include <AppSync/CognitoTokenSource>
#include <AppSync/CommandTokenSource>
#include <AppSync/GraphQlClient>
#include <AppSync/IamAuthorizer>
#include <AppSync/IdentityPoolCredentials>
#include <AppSync/StaticCredentials>
#include <AppSync/TokenAuthorizer>

#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace AppSync;
using Mode = Emulator::AuthMode;

namespace {

enum class Use { Connect, Subscribe, PublishSocket, PublishHttp, OneSubscribe, OnePublish };

//! An authorizer of one's own, of the kind that Lambda authorizers are for.
class OwnAuthorizer : public Authorizer {
public:
    AuthReply *authorize(const SignableRequest &) override
    {
        auto *reply = new AuthReply(this);
        reply->succeed({{"Authorization"_ba, "custom good"_ba}});
        return reply;
    }
    [[nodiscard]] QString displayName() const override { return u"own"_s; }
};

//! Answers a while later, as a program does that has to ask somebody.
FunctionTokenSource::Function later(const QString &token)
{
    return [token](const SignableRequest &, TokenReply *reply) {
        QTimer::singleShot(0, reply, [reply, token] { reply->succeed(token); });
    };
}

} // namespace

//! Every mode, however its credentials are come by, for every operation: the emulator lets that mode alone
//! carry the operation out, and another one all others, so that the right authorizer must have been asked.
class tst_EveryMode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void worksFor_data();
    void worksFor();
    void worksForGraphQl_data();
    void worksForGraphQl();
    void cleanupTestCase();

private:
    //! What authorizes in the way called \a name; its sources belong to it.
    std::unique_ptr<Authorizer> make(const QString &name) const;
    void listen(Mode mode, Use use);
    void listen(const Emulator::Options &options);
    [[nodiscard]] static QList<QPair<QString, Mode>> ways();

    std::unique_ptr<Emulator> m_emulator;
    QMap<QString, QStringList> m_table; //!< what worked, by way
};

std::unique_ptr<Authorizer> tst_EveryMode::make(const QString &name) const
{
    const auto pool = [this](QObject *parent) {
        auto *source = new CognitoTokenSource(parent);
        source->setEndpoint(m_emulator->serviceUrl());
        source->setUserPoolId(m_emulator->userPoolId());
        source->setClientId(m_emulator->userPoolClientId());
        source->setUsername(m_emulator->username());
        source->setPassword(m_emulator->password());
        return source;
    };
    const auto iam = [this](CredentialsSource *source) {
        auto made = std::make_unique<IamAuthorizer>(source);
        if (source)
            source->setParent(made.get());
        made->setRegion(m_emulator->region());
        return made;
    };
    const auto keys = [this] {
        return new StaticCredentials(m_emulator->accessKeyId(), m_emulator->secretAccessKey());
    };
    if (name == u"API key")
        return std::make_unique<ApiKeyAuthorizer>(m_emulator->apiKey());
    if (name == u"API key, function")
        return std::make_unique<ApiKeyAuthorizer>(later(m_emulator->apiKey()));
    if (name == u"IAM, access key")
        return iam(keys());
    if (name == u"IAM, identity pool") {
        auto *source = new IdentityPoolCredentials(m_emulator->identityPoolId());
        source->setEndpoint(m_emulator->serviceUrl());
        source->setLoginProvider(u"cognito-idp.%1.amazonaws.com/%2"_s.arg(
            m_emulator->region(), m_emulator->userPoolId()));
        source->setTokenSource(pool(source));
        return iam(source);
    }
    if (name == u"IAM, function that signs") {
        const std::shared_ptr<IamAuthorizer> signer(iam(keys()));
        return std::make_unique<IamAuthorizer>(
            [signer](const SignableRequest &request, AuthReply *reply) {
                AuthReply *made = signer->authorize(request);
                QObject::connect(made, &Reply::finished, reply,
                                 [made, reply] { reply->succeed(made->headers()); });
            });
    }
    auto token = std::make_unique<TokenAuthorizer>();
    if (name == u"user pool, SRP") {
        token->setSource(pool(token.get()));
    } else if (name == u"user pool, password") {
        CognitoTokenSource *source = pool(token.get());
        source->setFlow(CognitoTokenSource::Flow::Password);
        source->setTokenToSend(CognitoTokenSource::TokenToSend::Id);
        token->setSource(source);
    } else if (name == u"OIDC, token") {
        token->setToken(m_emulator->token());
    } else if (name == u"OIDC, function") {
        token->setFunction(later(m_emulator->token()));
    } else if (name == u"Lambda, token with prefix") {
        token->setPrefix(u"custom "_s);
        token->setToken(u"good"_s);
    } else if (name == u"Lambda, command") {
        auto *source = new CommandTokenSource(token.get());
        source->setCommand({u"echo"_s, u"custom good"_s});
        token->setSource(source);
    } else {
        return std::make_unique<OwnAuthorizer>();
    }
    return token;
}

void tst_EveryMode::listen(Mode mode, Use use)
{
    // The role that others have.
    const Mode other = mode == Mode::ApiKey ? Mode::Lambda : Mode::ApiKey;
    const bool isSubscribe = use == Use::Subscribe || use == Use::OneSubscribe;
    const bool isPublish = !isSubscribe && use != Use::Connect;
    Emulator::Options options;
    options.connectModes = {use == Use::Connect ? mode : other};
    options.namespaces = {{u"default"_s, {isPublish ? mode : other}, {isSubscribe ? mode : other}}};
    listen(options);
}

void tst_EveryMode::listen(const Emulator::Options &options)
{
    m_emulator = std::make_unique<Emulator>();
    QVERIFY2(m_emulator->listen(options), qPrintable(m_emulator->problem()));
    m_emulator->setLambdaAuthorizer([](const auto &request, const auto &answer) {
        answer({request.authorizationToken == u"custom good"});
    });
}

QList<QPair<QString, Mode>> tst_EveryMode::ways()
{
    return {{u"API key"_s, Mode::ApiKey},
            {u"API key, function"_s, Mode::ApiKey},
            {u"IAM, access key"_s, Mode::Iam},
            {u"IAM, identity pool"_s, Mode::Iam},
            {u"IAM, function that signs"_s, Mode::Iam},
            {u"user pool, SRP"_s, Mode::UserPool},
            {u"user pool, password"_s, Mode::UserPool},
            {u"OIDC, token"_s, Mode::Oidc},
            {u"OIDC, function"_s, Mode::Oidc},
            {u"Lambda, token with prefix"_s, Mode::Lambda},
            {u"Lambda, command"_s, Mode::Lambda},
            {u"an authorizer of one's own"_s, Mode::Lambda}};
}

void tst_EveryMode::worksFor_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<Use>("use");
    const QList<QPair<const char *, Use>> uses{{"connect", Use::Connect},
                                               {"subscribe", Use::Subscribe},
                                               {"publish (WebSocket)", Use::PublishSocket},
                                               {"publish (HTTP)", Use::PublishHttp},
                                               {"one subscription", Use::OneSubscribe},
                                               {"one publish", Use::OnePublish}};
    const auto all = ways();
    for (const auto &[way, mode] : all) {
        for (const auto &[name, use] : uses)
            QTest::addRow("%s: %s", qPrintable(way), name) << way << mode << use;
    }
}

void tst_EveryMode::worksFor()
{
    QFETCH(QString, way);
    QFETCH(Mode, mode);
    QFETCH(Use, use);
    listen(mode, use);
    const std::unique_ptr<Authorizer> authorizer = make(way);
    const std::unique_ptr<Authorizer> others =
        mode == Mode::ApiKey ? std::make_unique<OwnAuthorizer>() : make(u"API key"_s);
    EventsClient client(Endpoint(m_emulator->httpUrl()), others.get());
    client.setRetryPolicy(RetryPolicy::never());
    if (use == Use::Connect)
        client.setConnectAuthorizer(authorizer.get());
    else if (use == Use::Subscribe)
        client.setSubscribeAuthorizer(authorizer.get());
    else if (use == Use::PublishSocket || use == Use::PublishHttp)
        client.setPublishAuthorizer(authorizer.get());

    ChannelSubscription *subscription = use == Use::OneSubscribe
        ? client.subscribe(u"default/a"_s, authorizer.get())
        : client.subscribe(u"default/a"_s);
    QByteArray event;
    connect(subscription, &ChannelSubscription::received, this,
            [&event](const Event &received) { event = received.json(); });
    QTRY_VERIFY2(subscription->state() == ChannelSubscription::State::Subscribed,
                 qPrintable(client.connection()->error().toString()));
    PublishOptions options;
    if (use == Use::PublishHttp)
        options.via = EventsClient::PublishVia::Http;
    if (use == Use::OnePublish)
        options.authorizer = authorizer.get();
    const Outcome outcome(client.publish(u"default/a"_s, {R"({"n":1})"_ba}, options));
    QVERIFY(outcome.arrives());
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QTRY_COMPARE(event, R"({"n":1})"_ba);
    m_table[way] << QString::fromLatin1(QTest::currentDataTag()).section(u": "_s, 1);
}

void tst_EveryMode::worksForGraphQl_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<Mode>("mode");
    const auto all = ways();
    for (const auto &[way, mode] : all)
        QTest::newRow(qPrintable(way)) << way << mode;
}

//! Connecting, subscribing and executing alike: the API lets that mode in and no other.
void tst_EveryMode::worksForGraphQl()
{
    QFETCH(QString, way);
    QFETCH(Mode, mode);
    Emulator::Options options;
    options.graphQl.modes = {mode};
    listen(options);
    const std::unique_ptr<Authorizer> authorizer = make(way);
    GraphQlClient client(Endpoint(m_emulator->graphQlUrl()), authorizer.get());
    client.setRetryPolicy(RetryPolicy::never());
    GraphQlSubscription *subscription = client.subscribe(u"subscription { onMessage { body } }"_s);
    QByteArray event;
    connect(subscription, &GraphQlSubscription::received, this,
            [&event](const GraphQlResult &received) { event = received.dataJson(); });
    QTRY_VERIFY2(
        subscription->state() == Subscription::State::Subscribed,
        qPrintable(subscription->error().toString() + client.connection()->error().toString()));
    GraphQlReply *reply = client.execute(
        u"mutation { sendMessage(room: \"a\", body: \"<é> \\\"b\\\"\") { body } }"_s);
    Error error = Error::local(Error::Kind::Timeout, {});
    connect(reply, &Reply::finished, this, [&] { error = reply->error(); });
    QTRY_VERIFY2(!error.isError(), qPrintable(error.toString()));
    QTRY_VERIFY2(event.contains("<é>"), event.constData());
    m_table[way] << u"GraphQL"_s;
}

void tst_EveryMode::cleanupTestCase()
{
    for (auto it = m_table.cbegin(); it != m_table.cend(); ++it)
        qInfo("%-28s %s", qPrintable(it.key()), qPrintable(it.value().join(u", "_s)));
}

GUILESS_TEST(tst_EveryMode)
#include "tst_everymode.moc"

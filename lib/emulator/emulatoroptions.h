// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_emulator_export.h>

#include "faultplan.h"

#include <QDateTime>
#include <QHostAddress>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <functional>
#include <optional>

namespace AppSync {

//! What Emulator::listen() is told. The defaults suit a test.
class APPSYNC_EMULATOR_EXPORT EmulatorOptions {
    Q_GADGET

public:
    //! How a client shows who it is. ApiKey: with apiKey(). Iam: with a signature made with the key of an
    //! Identity. UserPool and Oidc: with a JWT of a TokenProvider of that kind. Lambda: with a token that
    //! setLambdaAuthorizer()'s function accepts.
    enum class AuthMode { ApiKey, Iam, UserPool, Oidc, Lambda };
    Q_ENUM(AuthMode)
    //! All of them.
    static QList<AuthMode> allAuthModes();

    //! A channel namespace and who may use it.
    struct Namespace {
        QString name; //!< the first segment of its channels
        QList<AuthMode> publish = allAuthModes(); //!< who may publish
        QList<AuthMode> subscribe = allAuthModes(); //!< who may subscribe
        //! JavaScript with `onPublish` and `onSubscribe`, as written for AWS; empty: events pass unchanged.
        QString code = {};
        QString codeFile = {}; //!< read instead of `code`, and again whenever it changes
        QString publishSource = {}; //!< DataSource of an `onPublish` of `{request, response}`
        QString subscribeSource = {}; //!< DataSource of an `onSubscribe` of `{request, response}`

        //! Whether somebody else than the emulator has a say.
        [[nodiscard]] bool hasCode() const { return !code.isEmpty() || !codeFile.isEmpty(); }
    };

    //! default, public, private (no API keys) and demo: those of options that name none.
    static QList<Namespace> defaultNamespaces();

    //! What a handler of the form `{request, response}` asks in between.
    struct DataSource {
        //! Http: `request` returns method, resourcePath and params of a request to `endpoint`. Function: what
        //! it returns is the argument of a JavaScript function, as if that were a Lambda. Table: it returns a
        //! request to DynamoDB, of a table in memory that is empty at start; for resolvers of GraphQL only.
        enum class Kind { Http, Function, Table };

        QString name; //!< unique
        Kind kind = Kind::Http; //!< what it is
        QUrl endpoint = {}; //!< Http: scheme, host and port, and a path to put first
        QString code = {}; //!< Function: JavaScript that exports `handler`
        QString codeFile = {}; //!< Function: read instead of `code`, and again whenever it changes
        QString partitionKey =
            QStringLiteral("id"); //!< Table: the attribute that tells items apart
        QString sortKey = {}; //!< Table: a second one that does; empty: none
    };

    //! What answers a field of the GraphQL schema: JavaScript with `request` and `response`, as written for AWS.
    struct Resolver {
        QString code = {}; //!< JavaScript
        QString codeFile = {}; //!< read instead of `code`, and again whenever it changes
        QString dataSource =
            {}; //!< a DataSource; empty: none, and `response` gets what `request` returned

        friend bool operator==(const Resolver &, const Resolver &) = default;
    };

    //! The GraphQL API.
    struct GraphQl {
        //! In the schema language, with AppSync's scalars and directives; empty: a sample with messages in
        //! rooms, which needs no resolvers.
        QString schema = {};
        QString schemaFile = {}; //!< read instead of `schema` by listen()
        QMap<QString, Resolver> resolvers =
            {}; //!< by `Type.field`; without one: a member of the parent's value
        QList<AuthMode> modes = allAuthModes(); //!< who may send requests and connect
        //! Who may use fields without a directive such as `@aws_iam`, themselves and on their type. The service
        //! always has such a mode; none: all of `modes`.
        std::optional<AuthMode> defaultMode = {};
        bool introspection = true; //!< false: `__schema` and `__type` are refused
        int queryDepthLimit = 0; //!< of selection sets inside each other; 0: any
        int resolverCountLimit = 10'000; //!< resolvers that one request may run
    };

    //! A key of API key mode.
    struct ApiKey {
        QString id; //!< `da2-…`: the key itself
        QString description = {}; //!< for people
        QDateTime expires = {}; //!< refused from then on; invalid: never

        friend bool operator==(const ApiKey &, const ApiKey &) = default;
    };

    //! Some actions on some resources, allowed or denied. `*` and `?` in either stand for any text and any
    //! character.
    struct Grant {
        QStringList
            actions; //!< `appsync:EventConnect`, `appsync:EventSubscribe`, `appsync:EventPublish`, `appsync:GraphQL`
        //! ARNs: apiArn() for a connection of Events, apiArn() + `/channelNamespace/NAME` for its operations,
        //! apiArn() + `/types/TYPE/fields/FIELD` for GraphQL.
        QStringList resources{QStringLiteral("*")};

        friend bool operator==(const Grant &, const Grant &) = default;
    };

    //! Somebody who may sign requests. Denied beats allowed; what neither says is denied.
    struct Identity {
        QString name; //!< for its ARN and the log
        QString accessKeyId; //!< unique
        QString secretAccessKey; //!< known to both sides
        QString sessionToken = {}; //!< of temporary credentials; empty: lasting ones
        QList<Grant> allow = {}; //!< empty: nothing
        QList<Grant> deny = {}; //!< empty: nothing
        QString mfaSerial = {}; //!< of an authenticator app, for roles that need one
        QString mfaSecret = {}; //!< of that app, base32
    };

    //! What somebody may become for a while, by STS or the identity pool, with credentials of its own.
    struct Role {
        QString name; //!< its ARN ends in `:role/NAME`
        QList<Grant> allow = {}; //!< empty: nothing
        QList<Grant> deny = {}; //!< empty: nothing
        QString externalId = {}; //!< that AssumeRole must give; empty: any or none
        bool needsMfa = false; //!< AssumeRole needs a code of the caller's authenticator app
        std::chrono::seconds longestSession{3600}; //!< that DurationSeconds may ask for
    };

    //! Where JWTs of user pool and OIDC modes may come from, beside the emulator's own issuer.
    struct TokenProvider {
        AuthMode kind = AuthMode::Oidc; //!< UserPool or Oidc
        QString issuer; //!< exactly what the claim `iss` says
        //! Its public keys, RSA or of NIST's curves, as a JSON Web Key Set. Empty: they are fetched when the
        //! first token comes, and again, though not often, for a token of an unknown key.
        QByteArray keys;
        //! Regular expression that `aud`, or else `client_id` (user pool) or `azp` (OIDC), must match as a
        //! whole; empty: anything.
        QString clientIdPattern = {};
        std::chrono::milliseconds iatTtl{0}; //!< greatest age after `iat`; 0: any
        std::chrono::milliseconds authTtl{0}; //!< greatest age after `auth_time`; 0: any
        QUrl keysUrl =
            {}; //!< of the key set to fetch; empty: what the issuer's discovery document names
    };

    //! A client of an Issuer, which gets tokens at `POST /issuers/NAME/token` for
    //! `grant_type=client_credentials`.
    struct IssuerClient {
        QString id; //!< `client_id`
        QString secret = {}; //!< `client_secret`; empty: none is asked for
        QJsonObject claims =
            {}; //!< of its tokens, beside `iss`, `iat`, `exp`, and `sub` unless it is here
        std::chrono::seconds lifetime{3600}; //!< of its tokens

        friend bool operator==(const IssuerClient &, const IssuerClient &) = default;
    };

    //! An OIDC provider that the emulator plays itself, at `/issuers/NAME/`, with a key of its own.
    struct Issuer {
        QString name; //!< in addresses here: letters, digits and dashes
        QString issuer; //!< what the claim `iss` says
        QList<IssuerClient> clients = {}; //!< who gets tokens
        QString clientIdPattern = {}; //!< see TokenProvider
        std::chrono::milliseconds iatTtl{0}; //!< see TokenProvider
        std::chrono::milliseconds authTtl{0}; //!< see TokenProvider

        friend bool operator==(const Issuer &, const Issuer &) = default;
    };

    //! Somebody of the user pool.
    struct User {
        //! What stands between a right password and tokens, as Cognito names it.
        enum class Status { Confirmed, ForceChangePassword, Unconfirmed, ResetRequired, Disabled };

        QString username; //!< to sign in with; `email`, `phone_number` and `sub` do as well
        QString password; //!< in words
        Status status = Status::Confirmed; //!< Confirmed: may sign in
        QMap<QString, QString> attributes = {}; //!< `email`, `name`, …; without `sub`, one is made
        QStringList groups = {}; //!< `cognito:groups`
        QString totpSecret = {}; //!< base32, of an authenticator app; empty: none is registered
        bool hasSmsMfa = false; //!< codes go to `phone_number`: see codeSent()
        bool hasEmailMfa = false; //!< codes go to `email`: see codeSent()
        QString preferredMfa = {}; //!< `SOFTWARE_TOKEN_MFA`, `SMS_MFA`, `EMAIL_OTP`; empty: any

        friend bool operator==(const User &, const User &) = default;
    };

    //! A program that signs users in.
    struct PoolClient {
        QString id; //!< its ClientId
        QString secret = {}; //!< empty: a public client
        //! `AuthFlow`s that it may use.
        QStringList flows{QStringLiteral("USER_SRP_AUTH"), QStringLiteral("USER_PASSWORD_AUTH"),
                          QStringLiteral("CUSTOM_AUTH"), QStringLiteral("REFRESH_TOKEN_AUTH")};
        bool rotatesRefreshTokens = false; //!< each is good once; ends REFRESH_TOKEN_AUTH
        std::chrono::seconds rotationGrace{0}; //!< for which a used refresh token is still good
        std::chrono::seconds tokenLifetime{3600}; //!< of access and ID tokens
        std::chrono::seconds refreshLifetime{30 * 24 * 3600}; //!< of a sign-in
        std::chrono::seconds sessionLifetime{180}; //!< to answer a challenge

        friend bool operator==(const PoolClient &, const PoolClient &) = default;
    };

    //! A Cognito user pool.
    struct UserPool {
        //! Off: nobody is asked for a second factor. On: who has none must set one up.
        enum class Mfa { Off, Optional, On };
        //! Whether devices are remembered: never, when the user wishes, always.
        enum class Devices { Off, OptIn, Always };

        QString id = {}; //!< `REGION_Name`; empty: made at start
        QList<PoolClient> clients = {}; //!< empty: a public one is made
        QList<User> users = {}; //!< empty: `demo`, with a password made at start
        Mfa mfa = Mfa::Optional; //!< for all users
        Devices devices = Devices::Off; //!< for all users
        bool devicesSkipMfa = true; //!< a remembered device is a second factor
        QStringList requiredAttributes = {}; //!< asked for with a new password where missing
        QString customQuestion = {}; //!< of CUSTOM_AUTH; empty: that flow is not set up
        QString customAnswer = {}; //!< the right one
        //! Of the clients whose tokens AppSync takes: a regular expression that `aud`, or else `client_id`,
        //! must match as a whole; empty: any.
        QString clientIdPattern = {};

        friend bool operator==(const UserPool &, const UserPool &) = default;
    };

    //! A Cognito identity pool.
    struct IdentityPool {
        QString id = {}; //!< `REGION:UUID`; empty: made at start
        bool allowsGuests = true; //!< who show no token
        QString guestRole = QStringLiteral("guest"); //!< a Role of theirs
        QString userRole = QStringLiteral("signed-in"); //!< a Role of those with a token

        friend bool operator==(const IdentityPool &, const IdentityPool &) = default;
    };

    //! What a Lambda authorizer is asked.
    struct LambdaRequest {
        QString apiId; //!< the last part of apiArn()
        QString accountId; //!< the account in apiArn()
        QString requestId; //!< a UUID
        QString authorizationToken; //!< as the client sent it
        QString
            operation; //!< `EVENT_CONNECT`, `EVENT_SUBSCRIBE` or `EVENT_PUBLISH`; empty for GraphQL
        QString channelNamespaceName; //!< null for EVENT_CONNECT
        QString channel; //!< with a leading slash; null for EVENT_CONNECT
        QList<QPair<QString, QString>> requestHeaders; //!< names in lower case
        QString queryString = {}; //!< GraphQL: the document; null to connect
        QString operationName = {}; //!< GraphQL; null where none is given
        QJsonObject variables = {}; //!< GraphQL
    };

    //! What a Lambda authorizer answers.
    struct LambdaAnswer {
        bool isAuthorized = false; //!< false: UnauthorizedException
        //! Strings that the namespace's handler sees, or as `resolverContext` a resolver.
        QJsonObject handlerContext = {};
        QStringList deniedFields = {}; //!< GraphQL: `Type.field`, or the field's ARN
        std::optional<std::chrono::seconds> ttl =
            {}; //!< for which to ask no more; none: what options say
        QString problem = {}; //!< for the log: why there is no proper answer
    };

    //! Calls its second argument once, now or later, in the thread of the emulator.
    using LambdaAuthorizer = std::function<void(
        const LambdaRequest &request, const std::function<void(const LambdaAnswer &)> &answer)>;

    //! The Lambda authorizer that listen() sets, and how any is called.
    struct Lambda {
        //! Program and arguments of an authorizer. It gets the service's event, one JSON object, on standard
        //! input, and writes the answer, another one, to standard output. Empty: see `code`.
        QStringList command = {};
        QString folder = {}; //!< in which `command` runs; empty: the current one
        QString code = {}; //!< JavaScript of one: see Emulator::scriptedAuthorizer()
        QString codeFile = {}; //!< read instead of `code`, and again whenever it changes
        std::chrono::milliseconds deadline{10'000}; //!< for an answer
        std::chrono::seconds resultTtl{0}; //!< for which an answer is good; 0: each time asked anew
        QString tokenPattern = {}; //!< regular expression that tokens must match; empty: anything

        //! Whether the options name an authorizer.
        [[nodiscard]] bool isSet() const
        {
            return !command.isEmpty() || !code.isEmpty() || !codeFile.isEmpty();
        }
    };

    //! The service's quotas, as figures. The defaults are the published ones of sizes and counts, without
    //! any of rates.
    struct Limits {
        int eventsPerPublish = 5; //!< count
        qint64 eventBytes = 245'760; //!< of one event, in UTF-8
        qint64 publishBytes = 1'228'800; //!< of the events of one publish together
        int subscriptionsPerConnection = 200; //!< of an Events connection
        int publishesPerSecond = 0; //!< of one connection; 0: any
        int connectsPerSecond = 0; //!< 0: any
        int inboundEventsPerSecond = 0; //!< 0: any
        int outboundMessagesPerSecond = 0; //!< each begun 5 kB of a delivery counts; 0: any
        int graphQlSubscriptionsPerConnection = 100; //!< of a GraphQL connection
        //! Of what is delivered to a GraphQL subscription, in UTF-8; what is larger is dropped.
        qint64 graphQlPayloadBytes = 245'760;

        static Limits relaxed() { return {}; } //!< without rates
        //! The published quotas, those of rates too.
        static Limits aws() { return {5, 245'760, 1'228'800, 200, 25, 2'000, 10'000, 1'000'000}; }

        friend bool operator==(const Limits &, const Limits &) = default;
    };

    QHostAddress host{QHostAddress::LocalHost}; //!< another one lets other machines in
    //! Names by which clients reach this machine, as `appsync` in a network of containers; beside localhost,
    //! its addresses and, where others are let in, its own name.
    QStringList hostNames;
    quint16 port = 0; //!< 0: any free one
    bool tls = false; //!< with a certificate made at start unless files are given
    QString tlsCertFile; //!< PEM
    QString tlsKeyFile; //!< PEM
    QList<Namespace> namespaces; //!< empty: defaultNamespaces()
    QList<DataSource> dataSources; //!< that namespaces and resolvers name
    GraphQl graphQl; //!< the GraphQL API
    //! Program that runs JavaScript; empty: the one that belongs to this library.
    QString handlerProgram;
    std::chrono::milliseconds handlerDeadline{10'000}; //!< of one call; then the program is killed
    qint64 handlerMemory = 256 * 1024 * 1024; //!< bytes that JavaScript may take
    QList<AuthMode> connectModes = allAuthModes(); //!< who may connect
    QList<ApiKey> apiKeys; //!< empty: one that is made at start
    QList<Identity> identities; //!< beside the one of accessKeyId()
    //! Empty: `guest`, who may connect, subscribe and query, and `signed-in`, who may do everything.
    QList<Role> roles;
    QList<TokenProvider> tokenProviders; //!< beside the emulator's own issuer
    QList<Issuer> issuers; //!< beside the emulator's own issuer, too
    Lambda lambda; //!< of Lambda mode
    UserPool userPool; //!< whose tokens are accepted too
    IdentityPool identityPool; //!< that gives AWS credentials for tokens
    Limits limits; //!< which quotas hold
    std::chrono::milliseconds keepAliveInterval{60'000}; //!< between two `ka`
    std::chrono::milliseconds connectionTimeout{300'000}; //!< told in the ack
    std::chrono::milliseconds maxConnectionAge{24 * 3600 * 1000}; //!< older ones are closed
    //! For a TLS handshake and an HTTP head to arrive, and again for a body.
    std::chrono::milliseconds requestDeadline{10'000};
    QString scenario; //!< that plays from the start: see Emulator::playScenario(); empty: none
    quint32 seed = 1; //!< of scenarios
    QString region = QStringLiteral("us-east-1"); //!< that region() tells and signatures must name
    std::chrono::seconds signatureWindow{300}; //!< by which a signer's clock may differ
    std::function<QDateTime()> now; //!< the emulator's clock; empty: the system's
    FaultPlan faults; //!< what goes wrong from the start
    //! Bearer token of the control endpoint and of the control plane; empty: there are none.
    QString controlToken;
};

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_emulator_export.h>

#include <QDateTime>
#include <QHostAddress>
#include <QList>
#include <QMap>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace AppSync {

//! What the emulator does wrong on purpose. Data, so that tests, files (`--faults`) and the desktop use
//! the same plan. All defaults mean "no fault".
class APPSYNC_EMULATOR_EXPORT FaultPlan {
public:
    int refuseUpgradeStatus = 0; //!< answer the upgrade with this HTTP status instead of 101
    bool neverAnswerUpgrade = false; //!< accept TCP, say nothing
    bool otherSubprotocol = false; //!< accept the upgrade, but for graphql-ws
    bool neverAck = false; //!< swallow connection_init
    bool refuseConnect = false; //!< connection_error to everyone, whatever the credentials
    bool neverKeepAlive = false; //!< sends no `ka`
    bool neverAnswerSubscribe = false; //!< nor subscribes
    bool neverAnswerPublish = false; //!< nor deliver it
    bool neverAnswerHttp = false; //!< reads a request and says nothing
    int dropAfterFrames =
        0; //!< cut TCP (no close frame) after so many frames were sent on a connection
    int cutInsideFrame = 0; //!< cut TCP in the middle of this frame of a connection, counted from 1
    int silentAfterFrames =
        0; //!< keep TCP open after so many frames, but send and read nothing more, pings included
    bool dropOnPublish = false; //!< carry a publish out, and cut TCP instead of answering it
    int closeCodeAfterAck = 0; //!< close with this code right behind the ack
    bool eventAsArray = false; //!< "event": ["…"] as the AWS page prints it
    bool errorsAsObject = false; //!< "errors": {…} instead of [{…}]
    bool numericFailureCode = false; //!< failed[].code as a number
    //! Takes IAM signatures over frames with `<`, `>` or `&` for wrong unless these were signed as \\u003c,
    //! \\u003e and \\u0026, as users report of the service. Without it, either way is right.
    bool htmlEscapedSignatures = false;
    std::chrono::milliseconds deliveryGap{
        0}; //!< events within this time after a subscribe_success are lost

    //! Reads the JSON form (member names as above, `deliveryGapMs` for the last). An unknown member or a
    //! wrong type is a problem, told with its name.
    static std::optional<FaultPlan> fromJson(const QByteArray &json, QString *problem);
};

//! A look-alike of AppSync Events: WebSocket and HTTP on one port, plain or TLS, on loopback unless told
//! otherwise. Shares no code with the client, so that neither can hide the other's misreadings. It works in
//! the event loop of its thread, beside the client under test if need be, and never blocks.
class APPSYNC_EMULATOR_EXPORT Emulator : public QObject {
    Q_OBJECT

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
    };

    //! Some actions on some resources, allowed or denied. `*` and `?` in either stand for any text and any
    //! character.
    struct Grant {
        QStringList
            actions; //!< `appsync:EventConnect`, `appsync:EventSubscribe`, `appsync:EventPublish`
        //! ARNs: apiArn() for a connection, apiArn() + `/channelNamespace/NAME` for the others.
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
        QByteArray keys; //!< its public keys, RSA or P-256, as a JSON Web Key Set
        //! Regular expression that `aud`, or else `client_id` (user pool) or `azp` (OIDC), must match as a
        //! whole; empty: anything.
        QString clientIdPattern = {};
        std::chrono::milliseconds iatTtl{0}; //!< greatest age after `iat`; 0: any
        std::chrono::milliseconds authTtl{0}; //!< greatest age after `auth_time`; 0: any
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
        QString authorizationToken; //!< as the client sent it
        QString operation; //!< `EVENT_CONNECT`, `EVENT_SUBSCRIBE` or `EVENT_PUBLISH`
        QString channelNamespaceName; //!< null for EVENT_CONNECT
        QString channel; //!< with a leading slash; null for EVENT_CONNECT
        QList<QPair<QString, QString>> requestHeaders; //!< names in lower case
    };

    //! What a Lambda authorizer answers.
    struct LambdaAnswer {
        bool isAuthorized = false; //!< false: UnauthorizedException
    };

    using LambdaAuthorizer =
        std::function<LambdaAnswer(const LambdaRequest &)>; //!< answers at once

    //! Which quotas of the service hold. Relaxed: sizes and counts. Aws: request rates too.
    enum class LimitSet { Relaxed, Aws };
    Q_ENUM(LimitSet)

    //! What listen() is told. The defaults suit a test.
    struct Options {
        QHostAddress host{QHostAddress::LocalHost}; //!< another one lets other machines in
        quint16 port = 0; //!< 0: any free one
        bool tls = false; //!< with a certificate made at start unless files are given
        QString tlsCertFile; //!< PEM
        QString tlsKeyFile; //!< PEM
        QList<Namespace> namespaces; //!< empty: default, public, private (no API keys), demo
        QList<AuthMode> connectModes = allAuthModes(); //!< who may connect
        QList<Identity> identities; //!< beside the one of accessKeyId()
        //! Empty: `guest`, who may connect and subscribe, and `signed-in`, who may publish as well.
        QList<Role> roles;
        QList<TokenProvider> tokenProviders; //!< beside the emulator's own issuer
        UserPool userPool; //!< whose tokens are accepted too
        IdentityPool identityPool; //!< that gives AWS credentials for tokens
        LimitSet limits = LimitSet::Relaxed; //!< which quotas hold
        std::chrono::milliseconds keepAliveInterval{60'000}; //!< between two `ka`
        std::chrono::milliseconds connectionTimeout{300'000}; //!< told in the ack
        std::chrono::milliseconds maxConnectionAge{24 * 3600 * 1000}; //!< older ones are closed
        //! For a TLS handshake and an HTTP head to arrive, and again for a body.
        std::chrono::milliseconds requestDeadline{10'000};
        quint32 seed = 1; //!< of scenarios
        QString region =
            QStringLiteral("us-east-1"); //!< that region() tells and signatures must name
        std::chrono::seconds signatureWindow{300}; //!< by which a signer's clock may differ
        std::function<QDateTime()> now; //!< the emulator's clock; empty: the system's
        FaultPlan faults; //!< what goes wrong from the start
    };

    explicit Emulator(QObject *parent = nullptr);
    ~Emulator() override;

    //! Starts to accept connections. False: problem() says why (port taken, unreadable file, …).
    bool listen(const Options &options);
    //! With the default options.
    bool listen();
    //! Ends all connections and frees the port.
    void close();
    [[nodiscard]] bool isListening() const; //!< from a successful listen() to close()
    [[nodiscard]] bool isPortTaken() const; //!< of the last listen() that failed
    [[nodiscard]] QString problem() const; //!< of the last call that returned false, for people

    [[nodiscard]] quint16 port() const; //!< 0 while it does not listen
    [[nodiscard]] QUrl httpUrl() const; //!< http(s)://127.0.0.1:PORT/event
    [[nodiscard]] QUrl realtimeUrl() const; //!< ws(s)://127.0.0.1:PORT/event/realtime
    [[nodiscard]] QString apiKey() const; //!< `da2-…`, made at start
    [[nodiscard]] QString token() const; //!< a fresh JWT of the own issuer, valid for a day
    //! A JWT of the own issuer for \a subject; a negative \a lifetime gives an expired one.
    [[nodiscard]] QString tokenFor(const QString &subject, std::chrono::seconds lifetime) const;
    [[nodiscard]] QString accessKeyId() const; //!< `AKIA…`, of an identity that may do everything
    [[nodiscard]] QString secretAccessKey() const; //!< of accessKeyId()
    [[nodiscard]] QString apiArn() const; //!< `arn:aws:appsync:REGION:ACCOUNT:apis/ID`
    [[nodiscard]] QString region() const; //!< that of the options
    [[nodiscard]] QByteArray caCertificate() const; //!< PEM; empty without TLS

    [[nodiscard]] QUrl serviceUrl() const; //!< http(s)://127.0.0.1:PORT/, of Cognito
    [[nodiscard]] QString userPoolId() const; //!< `REGION_Name`
    [[nodiscard]] QString userPoolClientId() const; //!< of its first client
    [[nodiscard]] QString username() const; //!< of the pool's first user
    [[nodiscard]] QString password() const; //!< of username(), as it was at start
    [[nodiscard]] QString identityPoolId() const; //!< `REGION:UUID`
    [[nodiscard]] static QString roleArn(const QString &name); //!< of the Role \a name
    //! The code that was last "sent" to \a username by SMS or e-mail; empty: none.
    [[nodiscard]] QString lastCode(const QString &username) const;

    //! \a authorizer decides in Lambda mode from now on; an empty one ends that mode. It gets neither
    //! tokens that start with `Bearer ` nor JWTs of a provider whose mode is in use.
    void setLambdaAuthorizer(const LambdaAuthorizer &authorizer);

    [[nodiscard]] FaultPlan faults() const; //!< what goes wrong now
    //! Takes effect at once and lasts until close(); listen() starts with those of its options.
    void setFaults(const FaultPlan &faults);
    //! Cuts every TCP connection without a close frame, as a pulled cable does.
    void dropConnections();
    //! Sends `ka` to every connection now.
    void sendKeepAlives();

    [[nodiscard]] int connectionCount() const; //!< WebSockets that are open
    [[nodiscard]] int subscriptionCount() const; //!< acknowledged ones, of all connections
    [[nodiscard]] int droppedReaders() const; //!< connections cut because they did not read
    [[nodiscard]] QStringList namespaces() const; //!< their names

    //! Starts a scenario: `demo`, or the path of a scenario file. Its actors publish through the same path
    //! as clients do. False: problem() says why.
    bool playScenario(const QString &nameOrFile);
    void stopScenario(); //!< its actors publish no more
    [[nodiscard]] bool isPlaying() const; //!< a scenario

Q_SIGNALS:
    void connectionCountChanged();
    void subscriptionCountChanged();
    //! One line per refused operation: what, for whom, why. Never a credential.
    void refused(const QString &line);
    //! Where the service would send an SMS or an e-mail to \a destination: \a medium is `SMS` or `EMAIL`.
    void codeSent(const QString &username, const QString &medium, const QString &destination,
                  const QString &code);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace AppSync

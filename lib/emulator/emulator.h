// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_emulator_export.h>
#include <AppSync/EmulatorConnection>
#include <AppSync/EmulatorMetrics>

#include "emulatoroptions.h"

#include <QObject>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <memory>

namespace AppSync {

//! A look-alike of AppSync, Events and GraphQL: WebSocket and HTTP on one port, plain or TLS, on loopback unless told
//! otherwise. Shares no code with the client, so that neither can hide the other's misreadings. It works in
//! the event loop of its thread, beside the client under test if need be, and never blocks.
class APPSYNC_EMULATOR_EXPORT Emulator : public QObject {
    Q_OBJECT

public:
    using Options = EmulatorOptions; //!< what listen() is told
    using AuthMode = EmulatorOptions::AuthMode; //!< see there
    using Namespace = EmulatorOptions::Namespace; //!< see there
    using DataSource = EmulatorOptions::DataSource; //!< see there
    using GraphQl = EmulatorOptions::GraphQl; //!< see there
    using Resolver = EmulatorOptions::Resolver; //!< see there
    using Grant = EmulatorOptions::Grant; //!< see there
    using Identity = EmulatorOptions::Identity; //!< see there
    using Role = EmulatorOptions::Role; //!< see there
    using TokenProvider = EmulatorOptions::TokenProvider; //!< see there
    using User = EmulatorOptions::User; //!< see there
    using PoolClient = EmulatorOptions::PoolClient; //!< see there
    using UserPool = EmulatorOptions::UserPool; //!< see there
    using IdentityPool = EmulatorOptions::IdentityPool; //!< see there
    using LambdaRequest = EmulatorOptions::LambdaRequest; //!< see there
    using LambdaAnswer = EmulatorOptions::LambdaAnswer; //!< see there
    using LambdaAuthorizer = EmulatorOptions::LambdaAuthorizer; //!< see there
    using ApiKey = EmulatorOptions::ApiKey; //!< see there
    using Issuer = EmulatorOptions::Issuer; //!< see there
    using Limits = EmulatorOptions::Limits; //!< see there

    explicit Emulator(QObject *parent = nullptr);
    ~Emulator() override;

    //! Starts to accept connections. False: problem() says why (port taken, unreadable file, …).
    bool listen(const Options &options);
    //! With the default options.
    bool listen();
    //! Ends all connections and frees the port.
    void close();
    //! Accepts nothing new, and does close() as soon as all that is under way is answered and sent, or
    //! after \a patience. Then closed() is emitted.
    void shutDown(std::chrono::milliseconds patience = std::chrono::seconds(2));
    [[nodiscard]] bool isListening() const; //!< from a successful listen() to close()
    [[nodiscard]] bool isPortTaken() const; //!< of the last listen() that failed
    [[nodiscard]] QString problem() const; //!< of the last call that returned false, for people

    [[nodiscard]] quint16 port() const; //!< 0 while it does not listen
    [[nodiscard]] QUrl httpUrl() const; //!< http(s)://127.0.0.1:PORT/event
    [[nodiscard]] QUrl realtimeUrl() const; //!< ws(s)://127.0.0.1:PORT/event/realtime
    [[nodiscard]] QUrl graphQlUrl() const; //!< http(s)://127.0.0.1:PORT/graphql
    [[nodiscard]] QUrl graphQlRealtimeUrl() const; //!< ws(s)://127.0.0.1:PORT/graphql/realtime
    [[nodiscard]] QString apiKey() const; //!< `da2-…`: the first of the options, or made at start
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
    //! tokens that start with `Bearer ` nor JWTs of a provider whose mode is in use. Its answers are kept, and
    //! it has a deadline, as Options::lambda says; a listen() whose options name an authorizer sets that.
    void setLambdaAuthorizer(const LambdaAuthorizer &authorizer);

    //! Runs \a code for \a nameSpace from now on, until its file is saved or close(); an empty one: none.
    //! Code that cannot be loaded leaves the present one at work: see handlerProblem().
    void setHandlerCode(const QString &nameSpace, const QString &code);
    //! A Lambda authorizer written in JavaScript that exports `handler(event)`: \a code, or the text of
    //! \a file, which is read again whenever it changes. What it throws refuses. It has the limits of the
    //! options at this time; handlerProblem() calls it `authorizer`.
    [[nodiscard]] LambdaAuthorizer scriptedAuthorizer(const QString &code,
                                                      const QString &file = {});

    [[nodiscard]] FaultPlan faults() const; //!< what goes wrong now
    //! Takes effect at once and lasts until close(); listen() starts with those of its options.
    void setFaults(const FaultPlan &faults);
    //! Cuts every TCP connection without a close frame, as a pulled cable does.
    void dropConnections();
    //! Sends `ka` to every connection now.
    void sendKeepAlives();

    //! The API that the options describe, and those that the control plane created.
    [[nodiscard]] QStringList apiIds() const;
    //! What was counted since listen(); of the API of apiArn(), or of \a apiId. Stays after close().
    [[nodiscard]] EmulatorMetrics metrics() const;
    [[nodiscard]] EmulatorMetrics metrics(const QString &apiId) const; //!< empty for an unknown one
    [[nodiscard]] QList<EmulatorConnection> connections() const; //!< those that were let in
    //! Closes one with \a code. False: there is none with that id.
    bool closeConnection(const QString &id, int code = 1000);
    //! Cuts its TCP connection without a close frame. False: there is none with that id.
    bool dropConnection(const QString &id);
    [[nodiscard]] static QString makeControlToken(); //!< one that nobody can guess
    //! The token of Options::controlToken; empty: there is no control endpoint.
    [[nodiscard]] QString controlToken() const;
    [[nodiscard]] QUrl controlUrl() const; //!< http(s)://127.0.0.1:PORT/_local, or empty

    [[nodiscard]] int connectionCount() const; //!< WebSockets that are open
    [[nodiscard]] int subscriptionCount() const; //!< acknowledged ones, of all connections
    [[nodiscard]] int droppedReaders() const; //!< connections cut because they did not read
    [[nodiscard]] QStringList namespaces() const; //!< their names

    //! A scenario that comes with the emulator.
    struct ScenarioInfo {
        QString name; //!< for playScenario()
        QString description; //!< one sentence, for people
    };
    [[nodiscard]] static QList<ScenarioInfo> scenarios(); //!< by name
    //! Starts a scenario from its beginning: the name of one of scenarios(), or the path of a scenario
    //! file. Its actors publish through the same path as clients do, but have no connection. False:
    //! problem() says why.
    bool playScenario(const QString &nameOrFile);
    void stopScenario(); //!< its actors publish no more
    [[nodiscard]] bool isPlaying() const; //!< a scenario
    //! How many seconds of a scenario pass in one, from now on and for later ones too: 0.1 to 100, else
    //! the nearest of these.
    void setScenarioSpeed(double factor);
    [[nodiscard]] double scenarioSpeed() const; //!< 1 unless it was set

Q_SIGNALS:
    void closed(); //!< by shutDown()
    void connectionCountChanged();
    void subscriptionCountChanged();
    //! Some of metrics(); four times a second at most.
    void metricsChanged();
    //! A client was let in.
    void connectionOpened(const AppSync::EmulatorConnection &connection);
    //! What it is subscribed to; numbers of frames and bytes change without a word.
    void connectionChanged(const AppSync::EmulatorConnection &connection);
    void connectionClosed(const QString &id); //!< EmulatorConnection::id
    void namespacesChanged();
    //! One line per refused operation: what, for whom, why. Never a credential.
    void refused(const QString &line);
    //! Where the service would send an SMS or an e-mail to \a destination: \a medium is `SMS` or `EMAIL`.
    void codeSent(const QString &username, const QString &medium, const QString &destination,
                  const QString &code);
    //! JavaScript of \a nameSpace, or of a resolver `Type.field`, is broken, failed, or was stopped. \a line counts from 1; 0: unknown.
    void handlerProblem(const QString &nameSpace, const QString &file, int line,
                        const QString &message);
    //! What JavaScript of \a nameSpace or of a resolver `Type.field` wrote to its console. \a level: `log`, `warn`, `error`, ….
    void handlerLogged(const QString &nameSpace, const QString &level, const QString &text);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace AppSync

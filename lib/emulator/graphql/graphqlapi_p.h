// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documentcheck_p.h"
#include "resolver_p.h"
#include "subscriptions_p.h"

QT_BEGIN_NAMESPACE
class QTcpSocket;
class QWebSocket;
QT_END_NAMESPACE

namespace AppSync::Emulation {

struct HttpRequest;
struct HttpResponse;

//! The emulated GraphQL API. What it has in common with that of Events is its host's: settings, faults, counters
//! and WebSockets.
class GraphQlApi : public QObject {
    Q_OBJECT

public:
    GraphQlApi(EventsApi &host, const std::shared_ptr<const ExecutableSchema> &schema);
    ~GraphQlApi() override;

    [[nodiscard]] EventsApi &host() const { return m_host; }

    //! Answers `POST /graphql`: now or later, as long as this lives. \a peer: for the log.
    void answer(const HttpRequest &request, const QString &peer,
                const std::function<void(const HttpResponse &)> &answer);

    //! Takes over a WebSocket whose upgrade \a request was accepted; see EventsApi::openSession().
    void openSession(QWebSocket *socket, QTcpSocket *transport, quint64 number,
                     const HttpRequest &request);
    //! Whether the sender of \a credentials may open a WebSocket.
    void connectClient(const Credentials &credentials, const AuthCheck::Answer &answer) const;

    struct StartRequest {
        QString data; //!< JSON with the document, as it was sent
        Credentials credentials;
    };
    struct StartAnswer {
        QList<ServiceError> errors; //!< none: subscribed
        quint64 handle = 0; //!< for stop()
    };
    //! Calls \a answer once, now or later, as long as \a session is there.
    void start(GraphQlSession *session, const QString &id, const StartRequest &request,
               const std::function<void(const StartAnswer &)> &answer);
    void stop(quint64 handle);
    //! What the document in \a data subscribes to; empty: nothing.
    [[nodiscard]] QString subscriptionField(const QString &data);

Q_SIGNALS:
    //! See Emulator.
    void resolverProblem(const QString &name, const QString &file, int line,
                         const QString &message);
    void resolverLogged(const QString &name, const QString &level, const QString &text);

private:
    struct Body;
    struct HttpCall;
    using HttpCallPointer = std::shared_ptr<HttpCall>;
    struct Start;
    using StartPointer = std::shared_ptr<Start>;

    [[nodiscard]] static Body bodyOf(const QByteArray &json);
    void onAllowed(const HttpCallPointer &call, const Caller &caller);
    void execute(const HttpCallPointer &call, const Caller &caller,
                 const std::shared_ptr<const PreparedOperation> &prepared);
    void publish(const Execution::Result &result, const ResolverRequest &request);
    void refuse(const HttpCallPointer &call, const ServiceError &error);
    [[nodiscard]] std::shared_ptr<const PreparedOperation>
    prepare(const CheckedDocument &checked, const Body &body, QList<GraphQlError> *errors);
    void onStartAllowed(const StartPointer &start, const Caller &caller);
    void runStart(const StartPointer &start, const Subscriptions::Terms &terms,
                  const Caller &caller);
    void finishStart(const StartPointer &start, Subscriptions::Terms terms,
                     const ResolverRequest &request);
    [[nodiscard]] std::shared_ptr<const FieldAccess> accessOf(const Caller &caller) const;
    [[nodiscard]] bool mayDoNothing(const Caller &caller,
                                    const QList<GraphQl::OperationKind> &kinds) const;
    bool resolve(const std::shared_ptr<ResolverRequest> &request, const Execution::Call &call,
                 const Execution::Answer &answer);
    [[nodiscard]] Execution::Settings settings(const std::shared_ptr<ResolverRequest> &request,
                                               const std::shared_ptr<const FieldAccess> &access);

    EventsApi &m_host;
    const std::shared_ptr<const ExecutableSchema> m_schema;
    const EmulatorOptions::GraphQl &m_settings;
    DocumentCheck m_documents;
    std::vector<std::unique_ptr<ResolverSet>>
        m_resolvers; //!< the first that has one for a field counts
    Subscriptions m_subscriptions;
};

} // namespace AppSync::Emulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpresponse_p.h"

#include <QElapsedTimer>
#include <QString>

#include <functional>
#include <optional>

namespace AppSync::Emulation {

class Apis;
class EventsApi;
struct HttpRequest;

//! Answers everything that is no WebSocket: `POST /event`, `POST /graphql`, what Cognito and STS understand at `POST /`, the
//! user pool's public keys, CORS preflights, and a word on `/`.
class HttpRoutes {
public:
    using Answer = std::function<void(const HttpResponse &)>;

    //! Answers what belongs to the control of the emulator; nothing: it does not. \a refusal: why not, for
    //! the log.
    using ControlRoute =
        std::function<std::optional<HttpResponse>(const HttpRequest &request, QString *refusal)>;

    explicit HttpRoutes(Apis &apis);

    void setControl(const ControlRoute &route) { m_control = route; }

    //! Calls \a answer once, now or later, unless a fault has it that nothing is answered or \a api is gone
    //! by then. \a peer: for the log.
    void handle(EventsApi &api, const HttpRequest &request, const QString &peer,
                const Answer &answer);

private:
    void publish(EventsApi &api, const HttpRequest &request, const QString &peer,
                 const Answer &answer);
    void graphQl(const HttpRequest &request, const QString &peer, const Answer &answer);
    [[nodiscard]] HttpResponse health() const;
    [[nodiscard]] HttpResponse service(const HttpRequest &request, const QString &peer);
    [[nodiscard]] HttpResponse cognito(const HttpRequest &request, const QString &peer);
    //! What a user pool publishes; empty: nothing there.
    [[nodiscard]] QByteArray wellKnown(const HttpRequest &request);
    //! What the options' issuers answer; nothing: nothing there.
    [[nodiscard]] std::optional<HttpResponse> issuer(const HttpRequest &request,
                                                     const QString &peer);
    //! The address at which \a request reached us, with a slash at its end.
    [[nodiscard]] QString base(const HttpRequest &request) const;
    [[nodiscard]] static HttpResponse preflight(const HttpRequest &request);
    [[nodiscard]] static ServiceError problem(const HttpRequest &request);
    //! What every answer of ours has.
    void addCommonHeaders(const QByteArray &origin, HttpResponse *response) const;

    Apis &m_apis;
    EventsApi &m_api; //!< the first one, for what belongs to none
    ControlRoute m_control;
    QElapsedTimer m_age;
};

} // namespace AppSync::Emulation

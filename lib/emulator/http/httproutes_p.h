// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpresponse_p.h"

#include <QString>

#include <functional>
#include <optional>

namespace AppSync::Emulation {

class EventsApi;
struct HttpRequest;

//! Answers everything that is no WebSocket: `POST /event`, what Cognito and STS understand at `POST /`, the
//! user pool's public keys, CORS preflights, and a word on `/`.
class HttpRoutes {
public:
    using Answer = std::function<void(const HttpResponse &)>;

    explicit HttpRoutes(EventsApi &api);

    //! Calls \a answer exactly once, now or later. \a peer: for the log.
    void handle(const HttpRequest &request, const QString &peer, const Answer &answer);

private:
    void publish(const HttpRequest &request, const QString &peer, const Answer &answer);
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
    [[nodiscard]] static HttpResponse welcome();
    [[nodiscard]] static ServiceError problem(const HttpRequest &request);
    //! What every answer of ours has.
    void addCommonHeaders(const QByteArray &origin, HttpResponse *response) const;

    EventsApi &m_api;
};

} // namespace AppSync::Emulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "error.h"

#include <QUrl>

namespace AppSync {

//! Where an API lives: the HTTP URL, the realtime URL, the host that authorization names, the region.
//! Made from whatever a user pastes; an invalid one says in problem() what is wrong and what to paste.
class APPSYNC_EXPORT Endpoint {
    Q_GADGET
    Q_PROPERTY(QUrl http READ http)
    Q_PROPERTY(QUrl realtime READ realtime)
    Q_PROPERTY(QString host READ host)
    Q_PROPERTY(QString region READ region)
    Q_PROPERTY(bool isValid READ isValid)
    Q_PROPERTY(AppSync::Error problem READ problem)

public:
    //! Which of AppSync's two services it belongs to.
    enum class Service { Events, GraphQl };
    Q_ENUM(Service)

    //! An invalid one, since it names nothing.
    Endpoint();
    //! As fromUserInput(): lets a QUrl stand where an Endpoint is wanted.
    Endpoint(const QUrl &url); // NOLINT(google-explicit-constructor)

    //! Reads an HTTP or realtime URL (http, https, ws, wss), a bare host with or without a port, a custom
    //! domain, or a DNS id (26 letters and digits) together with \a region. Plain text (http, ws) is
    //! accepted for loopback hosts only. ARNs and API ids are refused: neither contains the host. What does
    //! not end in `/event` or `/graphql`, and hosts without a path, count as \a service.
    static Endpoint fromUserInput(const QString &input, const QString &region = {},
                                  Service service = Service::Events);

    //! The same as an endpoint of \a service; invalid, and saying so, if its path belongs to the other one.
    [[nodiscard]] Endpoint forService(Service service) const;
    //! Another realtime URL than the derived one (a proxy, a custom domain). Authorization keeps naming
    //! the HTTP host. Of GraphQL a path that it has is taken as it is: domains of one's own have `/graphql`
    //! as well as `/graphql/realtime`. An unusable URL makes the endpoint invalid.
    [[nodiscard]] Endpoint withRealtime(const QString &text) const;
    //! Another host in the authorization than that of the HTTP URL.
    [[nodiscard]] Endpoint withHost(const QString &host) const;
    //! Another region than the one in the host; custom domains have none.
    [[nodiscard]] Endpoint withRegion(const QString &region) const;

    [[nodiscard]] QUrl http() const { return m_http; } //!< https://…/event or …/graphql
    //! wss://…/event/realtime; of GraphQL wss://…/graphql where AWS named the host, else …/graphql/realtime.
    [[nodiscard]] QUrl realtime() const { return m_realtime; }
    [[nodiscard]] QString host() const
    {
        return m_host;
    } //!< with the port where it is not the default
    [[nodiscard]] QString region() const { return m_region; } //!< empty where it is not known
    //! By the path of the HTTP URL, where that tells.
    [[nodiscard]] Service service() const { return m_service; }
    //! False: problem() says why. A client ends every operation with that.
    [[nodiscard]] bool isValid() const { return !m_problem.isError() && m_http.isValid(); }
    //! Error::Kind::InvalidInput with what to paste instead; none if the endpoint is valid.
    [[nodiscard]] Error problem() const;

    friend bool operator==(const Endpoint &, const Endpoint &) = default;

private:
    static Endpoint invalid(const QString &message, const QString &nextStep);
    void deriveRealtime();

    QUrl m_http;
    QUrl m_realtime;
    QString m_host;
    QString m_region;
    Service m_service = Service::Events;
    Error m_problem;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::Endpoint)

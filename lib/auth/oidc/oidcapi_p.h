// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/clock.h"
#include "../httpcall_p.h"
#include "oidcprovider_p.h"

#include <QJsonObject>

#include <functional>

namespace AppSync {

//! What a token endpoint gives.
struct OidcGrant {
    QString accessToken;
    QString idToken; //!< empty: none came
    QString refreshToken; //!< empty: none came, and an older one remains
    std::chrono::seconds lifetime{0}; //!< of the access token; 0: it did not say
};

//! The HTTP side of a provider: asks its endpoints, and turns refusals into words. What was sent as a secret does
//! not come back in an error, even if the provider repeats it.
class OidcApi : public QObject {
    Q_OBJECT

public:
    using Form = QList<QPair<QString, QString>>;

    explicit OidcApi(QObject *parent = nullptr);

    void setClient(const QString &id, const QString &secret);
    void setClock(Clock *clock) { m_clock = clock; }
    void setNetworkSettings(const NetworkSettings &settings);
    void setTimeout(std::chrono::milliseconds timeout) { m_access.timeout = timeout; }
    void setProvider(const OidcProvider &provider) { m_provider = provider; }
    [[nodiscard]] const OidcProvider &provider() const { return m_provider; }
    [[nodiscard]] Clock *clock() const { return m_clock; }
    [[nodiscard]] QString clientId() const { return m_clientId; }

    //! \a own, and of \a more what is not in it.
    static Form merged(Form own, const Form &more);
    //! \a url with \a form after what its query holds already.
    static QUrl withQuery(QUrl url, const Form &form);

    // Handlers are called once, from the event loop. Where context dies before, the request is cancelled.

    //! Reads the configuration of \a issuer; provider() is what it says unless there is an error.
    void discover(const QString &issuer, QObject *context,
                  const std::function<void(const Error &)> &done);
    //! Asks the token endpoint; \a form without the client.
    void grant(const Form &form, QObject *context,
               const std::function<void(const OidcGrant &, const Error &)> &done);
    //! Begins the flow for devices (RFC 8628).
    void authorizeDevice(const Form &form, QObject *context,
                         const std::function<void(const QJsonObject &, const Error &)> &done);
    //! Makes \a refreshToken worthless (RFC 7009).
    void revoke(const QString &refreshToken, QObject *context,
                const std::function<void(const Error &)> &done);

private:
    [[nodiscard]] const HttpAccess &access();
    using Handler = std::function<void(const HttpAnswer &answer, const Error &error)>;
    //! Sends \a form and the client to \a url; an answer that is no success is an error.
    void post(const QUrl &url, Form form, QObject *context, const Handler &done);
    [[nodiscard]] Error refusal(const HttpAnswer &answer, const QUrl &url, const Form &form) const;

    QString m_clientId;
    QString m_clientSecret;
    OidcProvider m_provider;
    HttpAccess m_access;
    Clock *m_clock = Clock::system();
};

} // namespace AppSync

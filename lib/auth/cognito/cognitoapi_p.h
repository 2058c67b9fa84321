// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/clock.h"
#include "../httpcall_p.h"

#include <QJsonObject>
#include <QUrl>

#include <functional>

namespace AppSync {

//! The HTTP API of user pools: one JSON object in, one out, or an error in words. It also learns from every
//! answer what the server's time is, since a signature and an expiry are worth nothing by a wrong clock.
class CognitoApi : public QObject {
    Q_OBJECT

public:
    //! Called once, from the event loop; \a answer is empty where there is an \a error.
    using Handler = std::function<void(const QJsonObject &answer, const Error &error)>;

    explicit CognitoApi(QObject *parent);

    void setUrl(const QUrl &url) { m_url = url; }
    void setClock(Clock *clock) { m_clock = clock; }
    void setNetworkSettings(const NetworkSettings &settings);
    void setTimeout(std::chrono::milliseconds timeout) { m_access.timeout = timeout; }

    //! \a context dies: the request is cancelled, and \a done is not called.
    void call(const QString &operation, const QJsonObject &parameters, QObject *context,
              const Handler &done);

    [[nodiscard]] Clock *clock() const { return m_clock; }
    [[nodiscard]] QString host() const { return m_url.host(); }
    //! What the server's time is ahead of the clock's; zero until it is more than a matter of rounding.
    [[nodiscard]] std::chrono::milliseconds clockOffset() const { return m_clockOffset; }
    [[nodiscard]] qint64 serverNowMs() const { return m_clock->wallMs() + m_clockOffset.count(); }

Q_SIGNALS:
    void clockOffsetChanged();

private:
    void learnTime(const QByteArray &date, qint64 sentAtMs);
    [[nodiscard]] QJsonObject read(const HttpAnswer &answer, Error *error) const;

    QUrl m_url;
    HttpAccess m_access;
    Clock *m_clock = Clock::system();
    std::chrono::milliseconds m_clockOffset{0};
};

} // namespace AppSync

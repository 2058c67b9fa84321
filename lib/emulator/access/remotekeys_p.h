// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../now_p.h"
#include "jwk_p.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

#include <functional>

namespace AppSync::Emulation {

//! The keys of an issuer elsewhere: fetched when they are first needed, kept for an hour, and fetched again for
//! a key that is not among them, though not more often than twice a minute. Bounded in size and time.
class RemoteKeys : public QObject {
public:
    //! \a keysUrl: of the key set; empty: what the discovery document of \a issuer names.
    RemoteKeys(const QString &issuer, const QUrl &keysUrl, const Now &now);

    //! Calls \a then once: now if the key \a keyId (null: any) is here or may not be fetched yet, else when
    //! the fetching has ended, well or not. Not any more once this is gone.
    void prepare(const QString &keyId, const std::function<void()> &then);
    [[nodiscard]] QList<JsonWebKey> keys() const { return m_keys; }
    [[nodiscard]] QString problem() const { return m_problem; } //!< of the last fetch; empty: none

private:
    using Reader = void (RemoteKeys::*)(const QByteArray &body);

    [[nodiscard]] bool isNeeded(const QString &keyId) const;
    void get(const QUrl &url, Reader reader);
    void readDiscovery(const QByteArray &body);
    void readKeys(const QByteArray &body);
    void finish(const QString &problem);

    const QString m_issuer;
    const QUrl m_keysUrl;
    const Now &m_now;
    QNetworkAccessManager m_network;
    QList<JsonWebKey> m_keys;
    QDateTime m_triedAt; //!< invalid: never
    QDateTime m_fetchedAt; //!< of m_keys
    QString m_problem;
    QList<std::function<void()>> m_waiting;
    bool m_isFetching = false;
};

} // namespace AppSync::Emulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"
#include "functiontokensource.h"

#include <QPointer>

namespace AppSync {

//! API key mode: sends `x-api-key`. The key comes from source(), which is asked for every request, or else it is
//! key(). An empty key fails here, as Error::Kind::InvalidInput, and nothing is sent. The key is kept in memory
//! and appears in no log and no Frame.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT ApiKeyAuthorizer : public AppSync::Authorizer {
    Q_OBJECT
    Q_PROPERTY(QString key READ key WRITE setKey NOTIFY keyChanged FINAL)
    Q_PROPERTY(AppSync::TokenSource *source READ source WRITE setSource NOTIFY sourceChanged FINAL)
    Q_PROPERTY(QDateTime expiresAt READ expiresAt WRITE setExpiresAt NOTIFY expiresAtChanged FINAL)

public:
    explicit ApiKeyAuthorizer(QObject *parent = nullptr);
    //! With \a key, owned by \a parent.
    explicit ApiKeyAuthorizer(const QString &key, QObject *parent = nullptr);
    //! With \a function as its source, owned by \a parent.
    explicit ApiKeyAuthorizer(FunctionTokenSource::Function function, QObject *parent = nullptr);

    //! `da2-…` as a rule; empty by default. source() goes before it.
    [[nodiscard]] QString key() const { return m_key; }
    void setKey(const QString &key); //!< used from the next request on
    //! Where the key comes from; null by default. Not owned.
    [[nodiscard]] TokenSource *source() const;
    void setSource(TokenSource *source); //!< used from the next request on
    //! A FunctionTokenSource with \a function becomes the source(); this authorizer owns it.
    void setFunction(FunctionTokenSource::Function function);
    //! When the key expires, UTC, as far as anybody said; invalid by default. The key does not tell. An expired
    //! one is sent all the same, since it may have been extended; see warning().
    [[nodiscard]] QDateTime expiresAt() const { return m_expiresAt; }
    void setExpiresAt(const QDateTime &expiresAt);
    //! True after expiresAt().
    Q_INVOKABLE [[nodiscard]] bool isExpired() const;
    //! A sentence for people about an expired key, to be shown beside a refusal; empty otherwise.
    Q_INVOKABLE [[nodiscard]] QString warning() const;
    //! The clock that isExpired() goes by; the system's by default. Not owned.
    void setClock(Clock *clock) { m_clock = clock; }

    AuthReply *authorize(const SignableRequest &request) override;
    [[nodiscard]] std::optional<Headers> headersAtHand(const SignableRequest &request) override;
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    void keyChanged();
    void sourceChanged();
    void expiresAtChanged();

private:
    QString m_key;
    QPointer<TokenSource> m_source;
    FunctionTokenSource *m_own = nullptr;
    QDateTime m_expiresAt;
    Clock *m_clock = Clock::system();
};

} // namespace AppSync

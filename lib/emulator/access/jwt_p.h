// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"
#include "../now_p.h"
#include "jwk_p.h"
#include "remotekeys_p.h"

#include <QRegularExpression>

namespace AppSync::Emulation {

//! A JSON Web Token, taken apart and not yet believed.
struct WebToken {
    QJsonObject header;
    QJsonObject claims;
    QByteArray signedText;
    QByteArray signature;

    //! Nothing unless \a text has the form of one.
    static std::optional<WebToken> parse(const QString &text);
    //! A signed one.
    static QString make(const JsonWebKey &key, const QJsonObject &claims);
};

//! Issues tokens with a key of its own: the OIDC provider that every emulator has.
class TokenIssuer {
public:
    TokenIssuer();

    [[nodiscard]] QString issuer() const { return m_issuer; }
    [[nodiscard]] JsonWebKey key() const { return m_key; }
    //! A token of this issuer that ends \a lifetime from \a now, which may lie in the past.
    [[nodiscard]] QString issue(const QString &subject, std::chrono::seconds lifetime,
                                const QDateTime &now) const;

private:
    JsonWebKey m_key;
    QString m_issuer;
};

//! Judges tokens of all issuers that are known.
class TokenCheck {
public:
    //! An issuer whose tokens are accepted.
    struct Provider {
        EmulatorOptions::AuthMode kind = EmulatorOptions::AuthMode::Oidc;
        QString issuer;
        std::function<QList<JsonWebKey>()> keys; //!< asked when the first token comes
        QRegularExpression clientId = {}; //!< an empty pattern: any client
        std::chrono::milliseconds iatTtl{0}; //!< 0: any
        std::chrono::milliseconds authTtl{0}; //!< 0: any
        std::shared_ptr<RemoteKeys> remote = {}; //!< whose keys these are; null: they are at hand
    };

    struct Verdict {
        QJsonObject claims; //!< of a good token
        QString problem; //!< of a bad one, for the log
        bool hasExpired = false; //!< that is the problem

        [[nodiscard]] bool isGood() const { return problem.isEmpty(); }
        [[nodiscard]] QString subject() const
        {
            return claims.value(QLatin1StringView("sub")).toString();
        }
    };

    explicit TokenCheck(const Now &now) : m_now(now) { }

    //! Empty, or what is wrong with one of them; then nothing changes.
    [[nodiscard]] QString setProviders(const QList<Provider> &own,
                                       const QList<EmulatorOptions::TokenProvider> &others);
    //! Whom \a token names as its issuer, rightly or not; null: nobody we know.
    [[nodiscard]] const Provider *providerOf(const WebToken &token) const;
    //! Calls \a then once the keys that verify() needs for \a token are at hand, or cannot be had: now or
    //! later, but not any more after the next setProviders().
    void prepare(const WebToken &token, const Provider &provider,
                 const std::function<void()> &then) const;
    //! Likewise, for any text.
    void prepare(const QString &token, const std::function<void()> &then) const;
    //! Algorithm, signature, client, times and use, with the keys that are at hand.
    [[nodiscard]] Verdict verify(const WebToken &token, const Provider &provider) const;

private:
    [[nodiscard]] Verdict judgeTimes(const QJsonObject &claims, const Provider &provider) const;

    const Now &m_now;
    QList<Provider> m_providers;
};

} // namespace AppSync::Emulation

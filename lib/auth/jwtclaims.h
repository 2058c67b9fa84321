// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QObject>
#include <QString>
#include <QStringList>

namespace AppSync {

//! One statement of a token, as a row of a table.
class APPSYNC_EXPORT JwtClaim {
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString value MEMBER value)
    Q_PROPERTY(QDateTime time MEMBER time)

public:
    QString name; //!< as it stands in the token
    QString value; //!< a string's text, anything else as its JSON text, digit by digit
    QDateTime time; //!< UTC, of the claims that are points in time; invalid of all others

    friend bool operator==(const JwtClaim &, const JwtClaim &) = default;
};

//! What a JWT says about itself. Nothing is verified: it is for people who want to know why a server refuses
//! it, and for `{{sub}}` and the like. Holds no signature, so that the token cannot be had back from it.
class APPSYNC_EXPORT JwtClaims {
    Q_GADGET
    Q_PROPERTY(bool isValid READ isValid)
    Q_PROPERTY(QString problem READ problem)
    Q_PROPERTY(QString keyId READ keyId)
    Q_PROPERTY(QString algorithm READ algorithm)
    Q_PROPERTY(QString issuer READ issuer)
    Q_PROPERTY(QString subject READ subject)
    Q_PROPERTY(QStringList audience READ audience)
    Q_PROPERTY(QString clientId READ clientId)
    Q_PROPERTY(QString tokenUse READ tokenUse)
    Q_PROPERTY(QString username READ username)
    Q_PROPERTY(QStringList groups READ groups)
    Q_PROPERTY(QStringList scopes READ scopes)
    Q_PROPERTY(QDateTime issuedAt READ issuedAt)
    Q_PROPERTY(QDateTime expiresAt READ expiresAt)
    Q_PROPERTY(QList<AppSync::JwtClaim> claims READ claims)

public:
    //! What a token is meant for. User pools and OIDC providers issue JWTs; a Lambda authorizer takes anything
    //! that AppSync does not take for one.
    enum class Mode { UserPool, Oidc, Lambda };
    Q_ENUM(Mode)

    JwtClaims() = default;
    //! Reads \a token, with or without `Bearer ` before it.
    static JwtClaims fromToken(const QString &token);

    [[nodiscard]] bool isValid() const { return m_isValid; } //!< header and payload could be read
    [[nodiscard]] QString problem() const { return m_problem; } //!< why it is not valid, for people

    [[nodiscard]] QString keyId() const; //!< `kid` of the header
    [[nodiscard]] QString algorithm() const; //!< `alg` of the header
    [[nodiscard]] QString issuer() const; //!< `iss`
    [[nodiscard]] QString subject() const; //!< `sub`
    [[nodiscard]] QStringList
    audience() const; //!< `aud`, one or several; none in access tokens of user pools
    [[nodiscard]] QString clientId() const; //!< `client_id`, else `azp`
    [[nodiscard]] QString tokenUse() const; //!< `token_use` of user pools: `id` or `access`
    [[nodiscard]] QString username() const; //!< `username`, else `cognito:username`
    [[nodiscard]] QStringList groups() const; //!< `cognito:groups`
    [[nodiscard]] QStringList scopes() const; //!< `scope`, split
    [[nodiscard]] QDateTime issuedAt() const; //!< `iat`, UTC; invalid: it does not say
    [[nodiscard]] QDateTime expiresAt() const; //!< `exp`, UTC; invalid: it does not say
    //! All of the payload, in the order of the token.
    [[nodiscard]] QList<JwtClaim> claims() const { return m_payload; }
    //! The value of claim \a name as in claims(); empty if there is none.
    Q_INVOKABLE QString claim(const QString &name) const;
    //! Until expiresAt(), seen from \a nowMs (milliseconds since 1970-01-01 UTC, by the server's clock);
    //! negative once it has expired, 0 where it does not say.
    Q_INVOKABLE qint64 secondsLeft(qint64 nowMs) const;

    //! What AppSync will not like about the token in \a mode at \a nowMs, in sentences. \a issuer and
    //! \a tokenUse are what is expected; empty: anything.
    Q_INVOKABLE QStringList warnings(AppSync::JwtClaims::Mode mode, qint64 nowMs,
                                     const QString &issuer = {},
                                     const QString &tokenUse = {}) const;

    friend bool operator==(const JwtClaims &, const JwtClaims &) = default;

private:
    [[nodiscard]] QStringList lambdaWarnings() const;
    [[nodiscard]] QStringList issuedWarnings(Mode mode, const QString &issuer,
                                             const QString &tokenUse) const;
    [[nodiscard]] QStringList timeWarnings(qint64 nowMs) const;
    [[nodiscard]] QStringList listClaim(const QString &name) const;

    QList<JwtClaim> m_header;
    QList<JwtClaim> m_payload;
    QString m_problem;
    bool m_isValid = false;
    bool m_hasBearer = false;
    bool m_isSignature = false; // of IAM mode
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::JwtClaim)
Q_DECLARE_METATYPE(AppSync::JwtClaims)

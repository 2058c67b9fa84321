// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/jwt_p.h"
#include "../emulatoroptions.h"
#include "cognitoanswer_p.h"
#include "srp_p.h"

#include <map>

namespace AppSync::Emulation {

//! Something that a user signed in with.
struct Device {
    QString key;
    QString groupKey;
    Srp::Verifier verifier; //!< empty until it is confirmed
    bool isRemembered = false;
};

//! Somebody of the pool, as he is now.
class PoolUser {
public:
    PoolUser(const EmulatorOptions::User &user, const QString &poolName);

    //! For a while, after too many wrong passwords.
    [[nodiscard]] bool isLocked(const QDateTime &now) const { return now < m_lockedUntil; }
    void countPassword(bool wasRight, const QDateTime &now);
    [[nodiscard]] bool hasPassword(const QString &password);
    //! In place of the password; made when first asked for, since that takes a while.
    [[nodiscard]] const Srp::Verifier &verifier();
    void setPassword(const QString &password);

    [[nodiscard]] QString sub() const { return data.attributes.value(QStringLiteral("sub")); }
    //! What he may be called in a request.
    [[nodiscard]] bool answersTo(const QString &name) const;
    //! Room is made among those that were never confirmed.
    void addDevice(const Device &device);
    //! The second factors that he has, by the names of their challenges.
    [[nodiscard]] QStringList factors() const;

    EmulatorOptions::User data; //!< its password only until the verifier is made
    std::map<QString, Device> devices; //!< by key
    QString newTotpSecret; //!< shown to him while he was signed in
    bool hasProvenTotp = false; //!< that he has the new one
    qint64 lastTotpStep = -1; //!< whose code was used: each is good once
    QString lastCode; //!< by SMS or e-mail

private:
    QString m_poolName;
    std::optional<Srp::Verifier> m_verifier;
    int m_wrongPasswords = 0;
    QDateTime m_lockedUntil;
};

//! Who is in a user pool and which programs may sign them in.
class UserPool {
public:
    //! \a settings are complete: with an id, a client and a user.
    UserPool(const EmulatorOptions::UserPool &settings, const QString &region);

    //! What is missing in \a settings, made up. Empty \a problem: they can be used.
    static EmulatorOptions::UserPool completed(EmulatorOptions::UserPool settings,
                                               const QString &id, const QString &clientId,
                                               const QString &password);
    //! Empty, or what is wrong with complete \a settings.
    static QString problemOf(const EmulatorOptions::UserPool &settings);

    [[nodiscard]] const EmulatorOptions::UserPool &settings() const { return m_settings; }
    [[nodiscard]] QString issuer() const { return m_issuer; }
    [[nodiscard]] QString region() const { return m_settings.id.section(u'_', 0, 0); }
    //! The part of the id behind the region: what SRP calculates with.
    [[nodiscard]] QString name() const { return m_settings.id.section(u'_', 1); }

    [[nodiscard]] const EmulatorOptions::PoolClient *client(const QString &id) const;
    //! By name, `sub`, e-mail address or telephone number.
    [[nodiscard]] PoolUser *user(const QString &name);
    [[nodiscard]] TokenCheck::Provider provider() const;

private:
    EmulatorOptions::UserPool m_settings;
    QString m_issuer;
    std::map<QString, PoolUser> m_users; //!< by name
};

} // namespace AppSync::Emulation

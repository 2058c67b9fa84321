// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"
#include "../signin/expiring_p.h"

#include <QHash>

namespace AppSync::Emulation {

inline constexpr QLatin1StringView kAccountId("123456789012"); // of AWS's own examples

//! Of whom an identity pool gave the credentials to.
struct CognitoIdentity {
    QString poolId; //!< empty: they are from elsewhere
    QString id;
    QString provider; //!< as handlers see it; empty: a guest
};

//! Who stands behind an access key, and what he may do.
struct Principal {
    QString arn;
    QString userId;
    QString accessKeyId;
    QString secretAccessKey;
    QString sessionToken; //!< empty: the key is a lasting one
    QDateTime expiration; //!< invalid: never
    QList<EmulatorOptions::Grant> allow;
    QList<EmulatorOptions::Grant> deny;
    QString mfaSerial = {};
    QString mfaSecret = {};
    CognitoIdentity cognito = {};

    [[nodiscard]] bool mayDo(const QString &action, const QString &resource) const;
};

//! Everybody who may sign requests.
class Identities {
public:
    //! One of an emulator's own that may do everything, for as long as this lives.
    Identities();

    [[nodiscard]] const Principal &owner() const { return m_owner; }
    //! Beside the owner. Empty, or what is wrong with them; then nothing changes.
    [[nodiscard]] QString setLasting(const QList<EmulatorOptions::Identity> &identities);
    //! Empty, or what is wrong with them; then nothing changes.
    [[nodiscard]] QString setRoles(const QList<EmulatorOptions::Role> &roles);
    //! By its ARN; null: there is none.
    [[nodiscard]] const EmulatorOptions::Role *role(const QString &arn) const;
    [[nodiscard]] static QString roleArn(const QString &name);
    //! New credentials of \a role, for \a lifetime from \a now.
    Principal issue(const EmulatorOptions::Role &role, const QString &sessionName,
                    std::chrono::seconds lifetime, const QDateTime &now,
                    const CognitoIdentity &cognito = {});
    //! Null: nobody has that key.
    [[nodiscard]] const Principal *find(const QString &accessKeyId) const;

private:
    Principal m_owner;
    QHash<QString, Principal> m_lasting; //!< by access key
    Expiring<Principal> m_temporary; //!< by access key
    QList<EmulatorOptions::Role> m_roles;
};

} // namespace AppSync::Emulation

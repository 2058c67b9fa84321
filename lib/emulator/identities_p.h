// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "emulator.h"
#include "expiring_p.h"

#include <QHash>

namespace AppSync::Emulation {

inline constexpr QLatin1StringView kAccountId("123456789012"); // of AWS's own examples

//! Who stands behind an access key, and what he may do.
struct Principal {
    QString arn;
    QString userId;
    QString accessKeyId;
    QString secretAccessKey;
    QString sessionToken; //!< empty: the key is a lasting one
    QDateTime expiration; //!< invalid: never
    QList<Emulator::Grant> allow;
    QList<Emulator::Grant> deny;
    QString mfaSerial = {};
    QString mfaSecret = {};

    [[nodiscard]] bool mayDo(const QString &action, const QString &resource) const;
};

//! Everybody who may sign requests.
class Identities {
public:
    //! One of an emulator's own that may do everything, for as long as this lives.
    Identities();

    [[nodiscard]] const Principal &owner() const { return m_owner; }
    //! Beside the owner. Empty, or what is wrong with them; then nothing changes.
    [[nodiscard]] QString setLasting(const QList<Emulator::Identity> &identities);
    //! Empty, or what is wrong with them; then nothing changes.
    [[nodiscard]] QString setRoles(const QList<Emulator::Role> &roles);
    //! By its ARN; null: there is none.
    [[nodiscard]] const Emulator::Role *role(const QString &arn) const;
    [[nodiscard]] static QString roleArn(const QString &name);
    //! New credentials of \a role, for \a lifetime from \a now.
    Principal issue(const Emulator::Role &role, const QString &sessionName,
                    std::chrono::seconds lifetime, const QDateTime &now);
    //! Null: nobody has that key.
    [[nodiscard]] const Principal *find(const QString &accessKeyId) const;

private:
    Principal m_owner;
    QHash<QString, Principal> m_lasting; //!< by access key
    Expiring<Principal> m_temporary; //!< by access key
    QList<Emulator::Role> m_roles;
};

} // namespace AppSync::Emulation

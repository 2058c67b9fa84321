// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/authmode.h"
#include "app/core/doctor/doctorstep.h"

#include <AppSync/CredentialsChain>
#include <AppSync/JwtClaims>

#include <QDateTime>
#include <QStringList>

//! What `auth` tells, as JSON members for scripts and as a DoctorStep-like block for people.
namespace Syncscope::Cli {

//! One line of `auth`.
class Finding {
public:
    QByteArray members; //!< behind `v`, `n` and `t`
    DoctorStep::Outcome outcome = DoctorStep::Outcome::Ok;
    QString name;
    QString summary;
    QList<DoctorStep::Fact> facts;
    AppSync::Error error; //!< of a failed one
};

//! One way to sign in: kind `auth`.
class SignInFinding {
public:
    AuthMode mode = AuthMode::None;
    QStringList operations; //!< `connect`, `subscribe`, `publish`
    QString what; //!< "user pool …", "API key", …
    QString source; //!< where its secret comes from
    bool isUsable = false; //!< without asking a person
    std::optional<bool> isKept; //!< whether later runs have it; unset: does not apply
    QDateTime expiresAt;
    AppSync::JwtClaims claims;
    QStringList warnings;
    AppSync::Error error;

    [[nodiscard]] Finding toFinding() const;
};

//! One source of the AWS chain: kind `source`.
[[nodiscard]] Finding toFinding(const AppSync::CredentialsAttempt &attempt);
//! Where secrets are kept: kind `keychain`. \a isThere: in the system's keychain.
[[nodiscard]] Finding keychainFinding(bool isThere, const QString &text, const QString &nextStep);

} // namespace Syncscope::Cli

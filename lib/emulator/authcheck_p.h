// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials_p.h"
#include "emulator.h"
#include "jwt_p.h"
#include "serviceerror_p.h"

#include <QHash>

namespace AppSync::Emulation {

//! Who may do what. Every operation is judged on the credentials that came with it.
class AuthCheck {
public:
    enum class Operation { Publish, Subscribe };
    using Refusal = std::optional<ServiceError>; //!< none: allowed

    AuthCheck(const QString &apiKey, const TokenIssuer &issuer);

    void setConnectModes(const QList<Emulator::AuthMode> &modes) { m_connectModes = modes; }
    void setNamespaces(const QList<Emulator::Namespace> &namespaces);
    [[nodiscard]] bool hasNamespace(const QString &name) const
    {
        return m_namespaces.contains(name);
    }

    [[nodiscard]] Refusal connect(const Credentials &credentials) const;
    [[nodiscard]] Refusal operate(Operation operation, const QString &channel,
                                  const Credentials &credentials) const;
    //! Credentials with which the emulator's own actors may publish to \a nameSpace.
    [[nodiscard]] Credentials ownCredentials(const QString &nameSpace) const;

private:
    struct Identified {
        Emulator::AuthMode mode = Emulator::AuthMode::ApiKey;
        Refusal refusal;
    };

    [[nodiscard]] Identified identify(const Credentials &credentials) const;

    QString m_apiKey;
    const TokenIssuer &m_issuer;
    QList<Emulator::AuthMode> m_connectModes;
    QHash<QString, Emulator::Namespace> m_namespaces;
};

} // namespace AppSync::Emulation

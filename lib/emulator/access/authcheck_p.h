// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"
#include "../serviceerror_p.h"
#include "credentials_p.h"

#include <QHash>

namespace AppSync::Emulation {

class Realm;

//! Who may do what. Every operation is judged on the credentials that came with it.
class AuthCheck {
public:
    using Refusal = std::optional<ServiceError>; //!< none: allowed

    struct Operation {
        enum class Kind { Connect, Subscribe, Publish };

        Kind kind = Kind::Connect;
        QString channel; //!< without slashes at its ends; none to connect
        Credentials credentials;
        std::function<QByteArray()> body; //!< what a signature must cover
        bool isFrame = true; //!< false: an HTTP request, whose body is literal
        QByteArray query = {}; //!< of an HTTP request
    };

    AuthCheck(const Realm &realm, const EmulatorOptions &options);

    [[nodiscard]] bool hasNamespace(const QString &name) const
    {
        return m_namespaces.contains(name);
    }

    [[nodiscard]] Refusal check(const Operation &operation) const;
    [[nodiscard]] Refusal connect(const Credentials &credentials) const;

private:
    struct Identified {
        EmulatorOptions::AuthMode mode = EmulatorOptions::AuthMode::ApiKey;
        Refusal refusal;
    };

    [[nodiscard]] Identified identify(const Operation &operation) const;
    [[nodiscard]] Identified byApiKey(const QString &apiKey) const;
    [[nodiscard]] Refusal bySignature(const Operation &operation) const;
    [[nodiscard]] Identified byToken(const Operation &operation) const;
    [[nodiscard]] Refusal byLambda(const Operation &operation) const;
    [[nodiscard]] bool isInUse(EmulatorOptions::AuthMode mode) const;

    const Realm &m_realm;
    const EmulatorOptions &m_options;
    QHash<QString, EmulatorOptions::Namespace> m_namespaces;
};

} // namespace AppSync::Emulation

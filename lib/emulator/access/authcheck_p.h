// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"
#include "../serviceerror_p.h"
#include "credentials_p.h"
#include "identities_p.h"
#include "jwt_p.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace AppSync::Emulation {

class Realm;
struct Principal;

//! Who sent an operation, once that is known.
struct Caller {
    EmulatorOptions::AuthMode mode = EmulatorOptions::AuthMode::ApiKey;
    bool isOwn = false; //!< an actor of the emulator's own
    QJsonObject claims = {}; //!< UserPool and Oidc: of the token
    QString arn = {}; //!< Iam
    QString userId = {}; //!< Iam
    CognitoIdentity cognito = {}; //!< Iam, with credentials of an identity pool
    std::shared_ptr<const Principal> principal = {}; //!< Iam
    QJsonObject handlerContext = {}; //!< Lambda: what its authorizer said
    QStringList deniedFields = {}; //!< Lambda: what it said of fields of GraphQL

    //! Username, subject or ARN; empty where there is none.
    [[nodiscard]] QString user() const;
};

//! Who may do what. Every operation is judged on the credentials that came with it.
class AuthCheck {
public:
    using Refusal = std::optional<ServiceError>; //!< none: allowed

    struct Operation {
        //! The first three are of Events. GraphQl: any operation of GraphQL.
        enum class Kind { Connect, Subscribe, Publish, GraphQlConnect, GraphQl };

        Kind kind = Kind::Connect;
        QString channel; //!< without slashes at its ends; none to connect
        Credentials credentials;
        std::function<QByteArray()>
            body; //!< what a signature must cover; called before check() returns
        bool isFrame = true; //!< false: an HTTP request, whose body is literal
        QByteArray query = {}; //!< of an HTTP request
        // GraphQl only:
        QString document = {};
        QString operationName = {};
        QJsonObject variables = {};

        [[nodiscard]] bool isGraphQl() const
        {
            return kind == Kind::GraphQlConnect || kind == Kind::GraphQl;
        }
    };

    struct Verdict {
        Refusal refusal;
        Caller caller = {};
    };
    using Answer = std::function<void(const Verdict &)>;

    //! \a options: of the API; when they change, so must update() be called.
    AuthCheck(const Realm &realm, const EmulatorOptions &options, const QString &apiId);

    void update();

    [[nodiscard]] bool hasNamespace(const QString &name) const
    {
        return m_namespaces.contains(name);
    }

    //! Calls \a answer once, before it returns or, where a Lambda authorizer takes its time, later; not
    //! any more once this is gone.
    void check(const Operation &operation, const Answer &answer) const;
    void connect(const Credentials &credentials, const Answer &answer) const;

private:
    void identify(const Operation &operation, const Answer &answer) const;
    [[nodiscard]] Verdict byApiKey(const Operation &operation) const;
    [[nodiscard]] Verdict bySignature(const Operation &operation) const;
    [[nodiscard]] Verdict byToken(const WebToken &token,
                                  const TokenCheck::Provider &provider) const;
    void byLambda(const Operation &operation, const Answer &answer) const;
    [[nodiscard]] Refusal admit(Operation::Kind kind, const QString &channel,
                                const Caller &caller) const;
    [[nodiscard]] bool isInUse(EmulatorOptions::AuthMode mode, bool forGraphQl) const;
    [[nodiscard]] Refusal iamRefusal(const Operation &operation, const Principal &principal) const;

    const Realm &m_realm;
    const EmulatorOptions &m_options;
    const QString m_apiId;
    QHash<QString, EmulatorOptions::Namespace> m_namespaces;
    QObject m_life; //!< late answers are dropped when it is gone
};

} // namespace AppSync::Emulation

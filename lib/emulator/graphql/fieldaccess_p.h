// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/authcheck_p.h"
#include "executableschema_p.h"

namespace AppSync::Emulation {

//! Which fields a caller may use, by the directives `@aws_iam` and so on, the grants of an IAM identity, and what
//! a Lambda authorizer denied.
class FieldAccess {
public:
    //! \a apiArn: of the API.
    FieldAccess(const ExecutableSchema &schema, const EmulatorOptions::GraphQl &settings,
                const Caller &caller, const QString &apiArn);

    [[nodiscard]] bool allows(const GraphQl::TypeDefinition &type,
                              const GraphQl::FieldDefinition &field) const;
    //! Whether there is any field of \a type that it allows; of IAM only the grants are asked.
    [[nodiscard]] bool hasGrant(const GraphQl::TypeDefinition &type) const;
    //! Equal for callers who may use the same fields.
    [[nodiscard]] QString fingerprint() const;

private:
    enum class Said { Nothing, Yes, No };

    [[nodiscard]] Said saidBy(const QList<GraphQl::Directive> &directives) const;
    [[nodiscard]] bool isGranted(const GraphQl::TypeDefinition &type,
                                 const GraphQl::FieldDefinition &field) const;
    [[nodiscard]] bool isDenied(const GraphQl::TypeDefinition &type,
                                const GraphQl::FieldDefinition &field) const;
    [[nodiscard]] QString arn(const QString &type, const QString &field) const;

    const ExecutableSchema &m_schema;
    const EmulatorOptions::GraphQl &m_settings;
    const Caller m_caller;
    const QStringList m_groups; //!< of a user pool's user
    const QString m_apiArn;
};

} // namespace AppSync::Emulation

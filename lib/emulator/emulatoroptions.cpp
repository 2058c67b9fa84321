// SPDX-License-Identifier: Apache-2.0
#include "emulatoroptions.h"

namespace AppSync {

QList<EmulatorOptions::AuthMode> EmulatorOptions::allAuthModes()
{
    return {AuthMode::ApiKey, AuthMode::Iam, AuthMode::UserPool, AuthMode::Oidc, AuthMode::Lambda};
}

QList<EmulatorOptions::Namespace> EmulatorOptions::defaultNamespaces()
{
    QList<AuthMode> noKeys = allAuthModes();
    noKeys.removeAll(AuthMode::ApiKey);
    return {{QStringLiteral("default")},
            {QStringLiteral("public")},
            {QStringLiteral("private"), noKeys, noKeys},
            {QStringLiteral("demo")}};
}

} // namespace AppSync

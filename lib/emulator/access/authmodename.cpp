// SPDX-License-Identifier: Apache-2.0
#include "authmodename_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::AuthModeName {

QString of(EmulatorOptions::AuthMode mode)
{
    switch (mode) {
    case EmulatorOptions::AuthMode::ApiKey:
        return u"API_KEY"_s;
    case EmulatorOptions::AuthMode::Iam:
        return u"AWS_IAM"_s;
    case EmulatorOptions::AuthMode::UserPool:
        return u"AMAZON_COGNITO_USER_POOLS"_s;
    case EmulatorOptions::AuthMode::Oidc:
        return u"OPENID_CONNECT"_s;
    case EmulatorOptions::AuthMode::Lambda:
        return u"AWS_LAMBDA"_s;
    }
    Q_UNREACHABLE();
}

std::optional<EmulatorOptions::AuthMode> parse(QStringView name)
{
    for (const EmulatorOptions::AuthMode mode : EmulatorOptions::allAuthModes()) {
        if (name == of(mode))
            return mode;
    }
    return std::nullopt;
}

} // namespace AppSync::Emulation::AuthModeName

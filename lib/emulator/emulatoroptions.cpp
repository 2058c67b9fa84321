// SPDX-License-Identifier: Apache-2.0
#include "emulatoroptions.h"

namespace AppSync {

QList<EmulatorOptions::AuthMode> EmulatorOptions::allAuthModes()
{
    return {AuthMode::ApiKey, AuthMode::Iam, AuthMode::UserPool, AuthMode::Oidc, AuthMode::Lambda};
}

} // namespace AppSync

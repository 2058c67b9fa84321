// SPDX-License-Identifier: Apache-2.0
#include "app/core/authmode.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

QStringList authModeNames()
{
    return {u"api-key"_s, u"user-pool"_s, u"oidc"_s, u"lambda"_s, u"iam"_s, u"none"_s};
}

std::optional<AuthMode> authModeFromText(QStringView text)
{
    const qsizetype index = authModeNames().indexOf(text);
    return index < 0 ? std::nullopt : std::optional(AuthMode(index));
}

QString toText(AuthMode mode)
{
    return authModeNames().at(int(mode));
}

} // namespace Syncscope

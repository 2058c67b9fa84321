// SPDX-License-Identifier: Apache-2.0
#include "tokensource.h"

namespace AppSync {

TokenReply::TokenReply(QObject *parent) : InteractiveReply(parent)
{
}

void TokenReply::succeed(const QString &token, const QDateTime &expiresAt, const QString &idToken)
{
    m_token = token.trimmed();
    m_idToken = idToken;
    m_expiresAt = expiresAt;
    if (m_token.isEmpty())
        fail(Error::local(Error::Kind::InvalidInput, tr("The token is empty."),
                          tr("Look at the sign-in or the command that supplies it.")));
    else
        finish();
}

void TokenReply::fail(const Error &error)
{
    finish(error);
}

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#include "tokenauthorizer.h"

using namespace Qt::StringLiterals;

namespace AppSync {

TokenAuthorizer::TokenAuthorizer(QObject *parent) : Authorizer(parent)
{
}

TokenAuthorizer::TokenAuthorizer(const QString &token, QObject *parent)
    : Authorizer(parent), m_token(token)
{
}

void TokenAuthorizer::setToken(const QString &token)
{
    if (m_token == token)
        return;
    m_token = token;
    Q_EMIT tokenChanged();
}

AuthReply *TokenAuthorizer::authorize(const SignableRequest &)
{
    auto *reply = new AuthReply(this);
    if (m_token.isEmpty())
        reply->fail(Error::local(Error::Kind::InvalidInput, tr("The token is empty."),
                                 tr("Paste a JWT of the user pool or OIDC provider, or a token for "
                                    "the Lambda authorizer.")));
    else
        reply->succeed({{"Authorization"_ba, m_token.toUtf8()}});
    return reply;
}

QString TokenAuthorizer::displayName() const
{
    return tr("Token");
}

} // namespace AppSync

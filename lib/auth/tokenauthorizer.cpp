// SPDX-License-Identifier: Apache-2.0
#include "tokenauthorizer.h"

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

Headers authorization(const QString &prefix, const QString &token)
{
    return {{"Authorization"_ba, (prefix + token).toUtf8()}};
}

} // namespace

TokenAuthorizer::TokenAuthorizer(QObject *parent) : Authorizer(parent)
{
}

TokenAuthorizer::TokenAuthorizer(const QString &token, QObject *parent)
    : Authorizer(parent), m_token(token)
{
}

TokenAuthorizer::TokenAuthorizer(TokenSource *source, QObject *parent)
    : Authorizer(parent), m_source(source)
{
}

TokenAuthorizer::TokenAuthorizer(FunctionTokenSource::Function function, QObject *parent)
    : Authorizer(parent)
{
    setFunction(std::move(function));
}

void TokenAuthorizer::setToken(const QString &token)
{
    if (m_token == token)
        return;
    m_token = token;
    Q_EMIT tokenChanged();
}

TokenSource *TokenAuthorizer::source() const
{
    return m_source;
}

void TokenAuthorizer::setSource(TokenSource *source)
{
    if (m_source == source)
        return;
    m_source = source;
    Q_EMIT sourceChanged();
}

void TokenAuthorizer::setFunction(FunctionTokenSource::Function function)
{
    if (m_own)
        m_own->setFunction(std::move(function));
    else
        m_own = new FunctionTokenSource(std::move(function), this);
    setSource(m_own);
}

void TokenAuthorizer::setPrefix(const QString &prefix)
{
    if (m_prefix == prefix)
        return;
    m_prefix = prefix;
    Q_EMIT prefixChanged();
}

AuthReply *TokenAuthorizer::authorize(const SignableRequest &request)
{
    auto *reply = new AuthReply(this);
    if (m_source) {
        TokenReply *asked = m_source->token(request);
        reply->follow(asked);
        connect(asked, &Reply::finished, reply, [reply, asked, prefix = m_prefix] {
            if (asked->error().isError())
                reply->fail(asked->error());
            else
                reply->succeed(authorization(prefix, asked->token()));
        });
    } else if (const auto headers = headersAtHand(request)) {
        reply->succeed(*headers);
    } else {
        reply->fail(Error::local(Error::Kind::InvalidInput, tr("The token is empty."),
                                 tr("Paste a JWT of the user pool or OIDC provider, or a token for "
                                    "the Lambda authorizer.")));
    }
    return reply;
}

std::optional<Headers> TokenAuthorizer::headersAtHand(const SignableRequest &)
{
    if (m_source || m_token.isEmpty())
        return std::nullopt;
    return authorization(m_prefix, m_token);
}

bool TokenAuthorizer::invalidate()
{
    return m_source && m_source->invalidate();
}

QString TokenAuthorizer::displayName() const
{
    return m_source ? m_source->displayName() : tr("Token");
}

} // namespace AppSync

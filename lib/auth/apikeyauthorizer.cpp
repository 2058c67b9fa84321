// SPDX-License-Identifier: Apache-2.0
#include "apikeyauthorizer.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

Headers header(const QString &key)
{
    return {{"x-api-key"_ba, key.toUtf8()}};
}

} // namespace

ApiKeyAuthorizer::ApiKeyAuthorizer(QObject *parent) : Authorizer(parent)
{
}

ApiKeyAuthorizer::ApiKeyAuthorizer(const QString &key, QObject *parent)
    : Authorizer(parent), m_key(key)
{
}

ApiKeyAuthorizer::ApiKeyAuthorizer(FunctionTokenSource::Function function, QObject *parent)
    : Authorizer(parent)
{
    setFunction(std::move(function));
}

void ApiKeyAuthorizer::setKey(const QString &key)
{
    if (m_key == key)
        return;
    m_key = key;
    Q_EMIT keyChanged();
}

TokenSource *ApiKeyAuthorizer::source() const
{
    return m_source;
}

void ApiKeyAuthorizer::setSource(TokenSource *source)
{
    if (m_source == source)
        return;
    m_source = source;
    Q_EMIT sourceChanged();
}

void ApiKeyAuthorizer::setFunction(FunctionTokenSource::Function function)
{
    if (m_own)
        m_own->setFunction(std::move(function));
    else
        m_own = new FunctionTokenSource(std::move(function), this);
    setSource(m_own);
}

void ApiKeyAuthorizer::setExpiresAt(const QDateTime &expiresAt)
{
    if (m_expiresAt == expiresAt)
        return;
    m_expiresAt = expiresAt.toUTC();
    Q_EMIT expiresAtChanged();
}

bool ApiKeyAuthorizer::isExpired() const
{
    return m_expiresAt.isValid() && m_expiresAt.toMSecsSinceEpoch() <= m_clock->wallMs();
}

QString ApiKeyAuthorizer::warning() const
{
    return isExpired()
        ? tr("The API key is said to have expired on %1. Extend it or make another "
             "one: in the AppSync console under Settings, or with `aws appsync "
             "update-api-key`.")
              .arg(QLocale().toString(m_expiresAt.toLocalTime(), QLocale::ShortFormat))
        : QString();
}

AuthReply *ApiKeyAuthorizer::authorize(const SignableRequest &request)
{
    auto *reply = new AuthReply(this);
    if (m_source) {
        TokenReply *asked = m_source->token(request);
        reply->follow(asked);
        connect(asked, &Reply::finished, reply, [reply, asked] {
            if (asked->error().isError())
                reply->fail(asked->error());
            else
                reply->succeed(header(asked->token()));
        });
    } else if (const auto headers = headersAtHand(request)) {
        reply->succeed(*headers);
    } else {
        reply->fail(Error::local(Error::Kind::InvalidInput, tr("The API key is empty."),
                                 tr("Paste a key of this API; it begins with da2-.")));
    }
    return reply;
}

std::optional<Headers> ApiKeyAuthorizer::headersAtHand(const SignableRequest &)
{
    if (m_source || m_key.isEmpty())
        return std::nullopt;
    return header(m_key);
}

bool ApiKeyAuthorizer::invalidate()
{
    return m_source && m_source->invalidate();
}

QString ApiKeyAuthorizer::displayName() const
{
    return tr("API key");
}

} // namespace AppSync

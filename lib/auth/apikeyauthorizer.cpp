// SPDX-License-Identifier: Apache-2.0
#include "apikeyauthorizer.h"

using namespace Qt::StringLiterals;

namespace AppSync {

ApiKeyAuthorizer::ApiKeyAuthorizer(QObject *parent) : Authorizer(parent)
{
}

ApiKeyAuthorizer::ApiKeyAuthorizer(const QString &key, QObject *parent)
    : Authorizer(parent), m_key(key)
{
}

void ApiKeyAuthorizer::setKey(const QString &key)
{
    if (m_key == key)
        return;
    m_key = key;
    Q_EMIT keyChanged();
}

AuthReply *ApiKeyAuthorizer::authorize(const SignableRequest &request)
{
    auto *reply = new AuthReply(this);
    if (const auto headers = headersAtHand(request))
        reply->succeed(*headers);
    else
        reply->fail(Error::local(Error::Kind::InvalidInput, tr("The API key is empty."),
                                 tr("Paste a key of this API; it begins with da2-.")));
    return reply;
}

std::optional<Headers> ApiKeyAuthorizer::headersAtHand(const SignableRequest &)
{
    if (m_key.isEmpty())
        return std::nullopt;
    return Headers{{"x-api-key"_ba, m_key.toUtf8()}};
}

QString ApiKeyAuthorizer::displayName() const
{
    return tr("API key");
}

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#include "authorizer.h"

namespace AppSync {

AuthReply::AuthReply(QObject *parent) : InteractiveReply(parent)
{
}

void AuthReply::succeed(const Headers &headers)
{
    m_headers = headers;
    finish();
}

void AuthReply::fail(const Error &error)
{
    finish(error);
}

std::optional<Headers> Authorizer::headersAtHand(const SignableRequest &)
{
    return std::nullopt;
}

Authorizer::Authorizer(QObject *parent) : QObject(parent)
{
}

QString Authorizer::displayName() const
{
    return tr("custom");
}

} // namespace AppSync

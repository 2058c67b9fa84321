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

Authorizer::Authorizer(QObject *parent) : QObject(parent)
{
}

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#include "app/core/anonymousauthorizer.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

AnonymousAuthorizer::AnonymousAuthorizer(QObject *parent) : AppSync::Authorizer(parent)
{
}

AppSync::AuthReply *AnonymousAuthorizer::authorize(const AppSync::SignableRequest &)
{
    auto *reply = new AppSync::AuthReply(this);
    reply->succeed({});
    return reply;
}

QString AnonymousAuthorizer::displayName() const
{
    return u"no credentials"_s;
}

} // namespace Syncscope

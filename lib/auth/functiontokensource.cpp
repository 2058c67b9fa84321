// SPDX-License-Identifier: Apache-2.0
#include "functiontokensource.h"

namespace AppSync {

FunctionTokenSource::FunctionTokenSource(Function function, QObject *parent)
    : TokenSource(parent), m_function(std::move(function))
{
}

void FunctionTokenSource::setFunction(Function function)
{
    m_function = std::move(function);
}

TokenReply *FunctionTokenSource::token(const SignableRequest &request)
{
    auto *reply = new TokenReply(this);
    // A copy: it may set another one while it runs.
    if (const Function function = m_function)
        function(request, reply);
    else
        reply->fail(Error::local(Error::Kind::InvalidInput,
                                 tr("There is no function that could give a token."),
                                 tr("Set the function of the token source.")));
    return reply;
}

bool FunctionTokenSource::invalidate()
{
    if (!m_function)
        return false;
    Q_EMIT refused();
    return true;
}

QString FunctionTokenSource::displayName() const
{
    return tr("a function of the program");
}

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#include "functioncredentialssource.h"

namespace AppSync {

FunctionCredentialsSource::FunctionCredentialsSource(Function function, QObject *parent)
    : CredentialsSource(parent), m_function(std::move(function))
{
}

void FunctionCredentialsSource::setFunction(Function function)
{
    m_function = std::move(function);
}

CredentialsReply *FunctionCredentialsSource::credentials()
{
    auto *reply = new CredentialsReply(this);
    // A copy: it may set another one while it runs.
    if (const Function function = m_function)
        function(reply);
    else
        reply->fail(Error::local(Error::Kind::InvalidInput,
                                 tr("There is no function that could give AWS credentials."),
                                 tr("Set the function of the source of credentials.")));
    return reply;
}

bool FunctionCredentialsSource::invalidate()
{
    if (!m_function)
        return false;
    Q_EMIT refused();
    return true;
}

QString FunctionCredentialsSource::displayName() const
{
    return tr("a function of the program");
}

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#include "environmentauthorizer.h"

#include "apikeyauthorizer.h"
#include "aws/credentialschain.h"
#include "iamauthorizer.h"
#include "tokenauthorizer.h"

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

const auto kApiKey = u"SYNCSCOPE_API_KEY"_s;
const auto kToken = u"SYNCSCOPE_TOKEN"_s;

} // namespace

EnvironmentAuthorizer::EnvironmentAuthorizer(QObject *parent)
    : EnvironmentAuthorizer(AwsEnvironment::system(), parent)
{
}

EnvironmentAuthorizer::EnvironmentAuthorizer(const AwsEnvironment &environment, QObject *parent)
    : Authorizer(parent)
{
    if (const QString key = environment.value(kApiKey); !key.isEmpty()) {
        m_mode = Mode::ApiKey;
        m_chosen = new ApiKeyAuthorizer(key, this);
        return;
    }
    if (const QString token = environment.value(kToken); !token.isEmpty()) {
        m_mode = Mode::Token;
        m_chosen = new TokenAuthorizer(token, this);
        return;
    }
    m_chain = new CredentialsChain(this);
    m_chain->setEnvironment(environment);
    m_chosen = m_iam = new IamAuthorizer(m_chain, this);
    connect(m_chain, &CredentialsChain::reportChanged, this, &EnvironmentAuthorizer::sourceChanged);
    connect(m_iam, &IamAuthorizer::regionChanged, this, &EnvironmentAuthorizer::regionChanged);
}

QString EnvironmentAuthorizer::source() const
{
    if (m_mode == Mode::Iam)
        return m_chain->displayName();
    return m_mode == Mode::ApiKey ? kApiKey : kToken;
}

QString EnvironmentAuthorizer::region() const
{
    return m_iam ? m_iam->region() : QString();
}

void EnvironmentAuthorizer::setRegion(const QString &region)
{
    if (m_iam)
        m_iam->setRegion(region);
}

AuthReply *EnvironmentAuthorizer::authorize(const SignableRequest &request)
{
    return m_chosen->authorize(request);
}

std::optional<Headers> EnvironmentAuthorizer::headersAtHand(const SignableRequest &request)
{
    return m_chosen->headersAtHand(request);
}

bool EnvironmentAuthorizer::invalidate()
{
    return m_chosen->invalidate();
}

QString EnvironmentAuthorizer::displayName() const
{
    return m_iam ? m_iam->displayName() : tr("%1 of %2").arg(m_chosen->displayName(), source());
}

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#include "realm_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr auto kApiId = "syncscopelocalappsyncevent"_L1; // 26 letters, as the service's

} // namespace

Realm::Realm(const QString &apiKey) : m_apiKey(apiKey)
{
}

QString Realm::configure(const Emulator::Options &options)
{
    m_now = options.now ? options.now : QDateTime::currentDateTimeUtc;
    m_region = options.region;
    const TokenCheck::Provider own{Emulator::AuthMode::Oidc, m_issuer.issuer(),
                                   [key = m_issuer.key()] { return QList{key}; }};
    QString problem = m_identities.setLasting(options.identities);
    if (problem.isEmpty())
        problem = m_tokens.setProviders({own}, options.tokenProviders);
    return problem;
}

QString Realm::apiArn() const
{
    return u"arn:aws:appsync:%1:%2:apis/%3"_s.arg(m_region, kAccountId, kApiId);
}

} // namespace AppSync::Emulation

// SPDX-License-Identifier: Apache-2.0
#include "realm_p.h"

#include "randomtext_p.h"
#include "signin/passwordpolicy_p.h"

#include <QLocale>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr auto kApiId = "syncscopelocalappsyncevent"_L1; // 26 letters, as the service's

QList<EmulatorOptions::Role> defaultRoles()
{
    return {{u"guest"_s,
             {{{u"appsync:EventConnect"_s, u"appsync:EventSubscribe"_s}},
              {{u"appsync:GraphQL"_s}, {u"*/types/Query/*"_s, u"*/types/Subscription/*"_s}}}},
            {u"signed-in"_s, {{{u"appsync:Event*"_s, u"appsync:GraphQL"_s}}}}};
}

} // namespace

Realm::Realm(const QString &apiKey)
    : m_madeKey{apiKey}
    , m_poolName(RandomText::letters(9, RandomText::kApiKey))
    , m_poolClientId(RandomText::letters(26, RandomText::kApiKey))
    , m_password(PasswordPolicy::makePassword())
    , m_identityPoolName(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    const QString problem = configure({}); // it can be asked for ids and tokens before it listens
    Q_ASSERT(problem.isEmpty());
}

QString Realm::configure(const EmulatorOptions &options)
{
    m_now = options.now ? options.now : QDateTime::currentDateTimeUtc;
    QString problem = configureApiKeys(options);
    if (problem.isEmpty())
        problem = m_identities.setLasting(options.identities);
    if (problem.isEmpty())
        problem = configureRoles(options);
    if (problem.isEmpty())
        problem = configureUserPool(options);
    if (problem.isEmpty())
        problem = m_lambda->configure(options.lambda);
    if (problem.isEmpty())
        problem = configureIssuers(options);
    if (!problem.isEmpty())
        return problem;
    m_region = options.region;
    configureIdentityPool(options);
    m_sts.setTerms(m_region, options.signatureWindow);
    return configureTokens(options);
}

QString Realm::configureIssuers(const EmulatorOptions &options)
{
    if (const QString problem = IssuerApi::problemOf(options.issuers); !problem.isEmpty())
        return problem;
    m_issuers.clear();
    for (const EmulatorOptions::Issuer &issuer : options.issuers) {
        const auto key = m_issuerKeys.try_emplace(issuer.name, JsonWebKey::makeEs256()).first;
        m_issuers.try_emplace(issuer.name, issuer, key->second, m_now);
    }
    return {};
}

QString Realm::configureTokens(const EmulatorOptions &options)
{
    TokenCheck::Provider pool = m_userPool->pool().provider();
    if (const QString pattern = options.userPool.clientIdPattern; !pattern.isEmpty())
        pool.clientId.setPattern(QRegularExpression::anchoredPattern(pattern));
    if (!pool.clientId.isValid())
        return u"The user pool has a wrong client id pattern: "_s + pool.clientId.errorString();
    QList<TokenCheck::Provider> own{{EmulatorOptions::AuthMode::Oidc, m_issuer.issuer(),
                                     [key = m_issuer.key()] { return QList{key}; }},
                                    pool};
    for (const auto &[name, issuer] : m_issuers)
        own.append(issuer.provider());
    for (qsizetype i = 0; i < own.size(); ++i) {
        for (qsizetype j = 0; j < i; ++j) {
            if (own[i].issuer == own[j].issuer)
                return u"Two issuers of tokens are called %1"_s.arg(own[i].issuer);
        }
    }
    return m_tokens.setProviders(own, options.tokenProviders);
}

const IssuerApi *Realm::issuerApi(const QString &name) const
{
    const auto found = m_issuers.find(name);
    return found == m_issuers.end() ? nullptr : &found->second;
}

QString Realm::configureApiKeys(const EmulatorOptions &options)
{
    QStringList ids;
    for (const EmulatorOptions::ApiKey &key : options.apiKeys) {
        if (key.id.isEmpty() || ids.contains(key.id))
            return u"API key %1 (%2) needs an id of its own"_s.arg(ids.size() + 1)
                .arg(key.description);
        ids += key.id;
    }
    m_apiKeys = options.apiKeys.isEmpty() ? QList{m_madeKey} : options.apiKeys;
    return {};
}

QString Realm::configureRoles(const EmulatorOptions &options)
{
    const QList<EmulatorOptions::Role> roles =
        options.roles.isEmpty() ? defaultRoles() : options.roles;
    for (const QString &name : {options.identityPool.guestRole, options.identityPool.userRole}) {
        const bool isThere =
            std::any_of(roles.begin(), roles.end(),
                        [&](const EmulatorOptions::Role &r) { return r.name == name; });
        if (!isThere)
            return u"The identity pool gives a role \"%1\" that is not among the roles"_s.arg(name);
    }
    return m_identities.setRoles(roles);
}

QString Realm::configureUserPool(const EmulatorOptions &options)
{
    const EmulatorOptions::UserPool settings = UserPool::completed(
        options.userPool, options.region + u'_' + m_poolName, m_poolClientId, m_password);
    if (const QString problem = UserPool::problemOf(settings); !problem.isEmpty())
        return problem;
    // The same pool again still knows who is signed in.
    if (!m_userPool || settings != m_poolSettings || options.region != m_region) {
        m_userPool = std::make_unique<UserPoolApi>(settings, options.region, m_now);
        m_poolSettings = settings;
    }
    m_userPool->setClockWindow(options.signatureWindow);
    m_userPool->setCodeSink(m_codeSink);
    return {};
}

void Realm::configureIdentityPool(const EmulatorOptions &options)
{
    EmulatorOptions::IdentityPool settings = options.identityPool;
    if (settings.id.isEmpty())
        settings.id = m_region + u':' + m_identityPoolName;
    if (m_identityPool && settings == m_identityPool->settings())
        return;
    m_identityPool = std::make_unique<IdentityPool>(settings, m_identities, m_tokens, m_now);
}

void Realm::setCodeSink(const PoolSignIn::CodeSink &sink)
{
    m_codeSink = sink;
    m_userPool->setCodeSink(sink);
}

QByteArray Realm::httpDate() const
{
    return QLocale::c().toString(now().toUTC(), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
}

QString Realm::apiId() const
{
    return kApiId;
}

QString Realm::apiArn(const QString &ofApi) const
{
    return u"arn:aws:appsync:%1:%2:apis/%3"_s.arg(m_region, kAccountId, ofApi);
}

} // namespace AppSync::Emulation

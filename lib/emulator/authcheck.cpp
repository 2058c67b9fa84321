// SPDX-License-Identifier: Apache-2.0
#include "authcheck_p.h"

#include "channelname_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

QString modeName(Emulator::AuthMode mode)
{
    return mode == Emulator::AuthMode::ApiKey ? u"API keys"_s : u"tokens"_s;
}

ServiceError iamNotHere()
{
    ServiceError error = ServiceError::notAuthorized(u"IAM signature"_s);
    error.message =
        u"This local AppSync does not check IAM signatures: use its API key or its token."_s;
    return error;
}

} // namespace

AuthCheck::AuthCheck(const QString &apiKey, const TokenIssuer &issuer)
    : m_apiKey(apiKey), m_issuer(issuer)
{
}

void AuthCheck::setNamespaces(const QList<Emulator::Namespace> &namespaces)
{
    m_namespaces.clear();
    for (const Emulator::Namespace &nameSpace : namespaces)
        m_namespaces.insert(nameSpace.name, nameSpace);
}

AuthCheck::Identified AuthCheck::identify(const Credentials &credentials) const
{
    using Mode = Emulator::AuthMode;
    if (credentials.authorization.startsWith("AWS4-HMAC"_L1))
        return {Mode::Token, iamNotHere()};
    if (!credentials.authorization.isEmpty()) {
        QString token = credentials.authorization;
        if (token.startsWith("Bearer "_L1, Qt::CaseInsensitive))
            token = token.sliced(7);
        const TokenIssuer::Verdict verdict = m_issuer.verify(token);
        if (!verdict.isGood())
            return {Mode::Token, ServiceError::notAuthorized(verdict.problem)};
        return {Mode::Token, std::nullopt};
    }
    if (credentials.apiKey.isEmpty())
        return {Mode::ApiKey, ServiceError::notAuthorized(u"no credentials were sent"_s)};
    if (credentials.apiKey != m_apiKey)
        return {Mode::ApiKey, ServiceError::notAuthorized(u"the API key is wrong"_s)};
    return {Mode::ApiKey, std::nullopt};
}

AuthCheck::Refusal AuthCheck::connect(const Credentials &credentials) const
{
    const Identified identified = identify(credentials);
    if (identified.refusal)
        return identified.refusal;
    if (!m_connectModes.contains(identified.mode))
        return ServiceError::notAuthorized(u"%1 may not connect"_s.arg(modeName(identified.mode)));
    return std::nullopt;
}

AuthCheck::Refusal AuthCheck::operate(Operation operation, const QString &channel,
                                      const Credentials &credentials) const
{
    const Identified identified = identify(credentials);
    if (identified.refusal)
        return identified.refusal;
    const auto nameSpace = m_namespaces.constFind(ChannelName::namespaceOf(channel));
    if (nameSpace == m_namespaces.constEnd())
        return ServiceError::forbidden(
            u"there is no namespace %1"_s.arg(ChannelName::namespaceOf(channel)));
    const bool isPublish = operation == Operation::Publish;
    if (!(isPublish ? nameSpace->publish : nameSpace->subscribe).contains(identified.mode)) {
        return ServiceError::forbidden(u"namespace %1 does not let %2 %3"_s.arg(
            nameSpace->name, modeName(identified.mode), isPublish ? u"publish"_s : u"subscribe"_s));
    }
    return std::nullopt;
}

Credentials AuthCheck::ownCredentials(const QString &nameSpace) const
{
    Credentials credentials;
    if (m_namespaces.value(nameSpace).publish.contains(Emulator::AuthMode::ApiKey))
        credentials.apiKey = m_apiKey;
    else
        credentials.authorization = m_issuer.issue(u"scenario"_s, std::chrono::hours(24));
    return credentials;
}

} // namespace AppSync::Emulation

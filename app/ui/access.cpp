// SPDX-License-Identifier: Apache-2.0
#include "app/ui/access.h"

#include <AppSync/EventsClient>
#include <AppSync/GraphQlClient>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Operation = ProfileDraft::Operation;

QString nameOf(Operation operation)
{
    switch (operation) {
    case Operation::Connect:
        return Access::tr("connect");
    case Operation::Subscribe:
        return Access::tr("subscribe");
    case Operation::Publish:
        break;
    }
    return Access::tr("publish");
}

} // namespace

std::unique_ptr<Access> Access::make(const ProfileDraft &draft, SecretStore *secrets,
                                     Problem *problem)
{
    std::unique_ptr<Access> access(new Access(draft, secrets));
    *problem = access->findWays(draft);
    if (problem->isProblem())
        return nullptr;
    return access;
}

Access::Access(const ProfileDraft &draft, SecretStore *secrets) : m_secrets(secrets)
{
    ProfileDraft remembered = draft;
    for (const SecretRole role : draft.rolesInUse()) {
        const QString typed = draft.typed(role);
        if (typed.isEmpty())
            continue;
        const QString key = SecretStore::newKey(draft.profile.name, role);
        secrets->remember(key, typed);
        m_keys.append(key);
        remembered.profile.secret(role) = {SecretReference::Place::Session, key};
    }
    m_signIn = std::make_unique<SignIn>(remembered.toProfile(), secrets);
}

Access::~Access()
{
    m_signIn.reset();
    if (!m_secrets)
        return;
    for (const QString &key : std::as_const(m_keys))
        m_secrets->forget(key);
}

Problem Access::findWays(const ProfileDraft &draft)
{
    for (const Operation operation :
         {Operation::Connect, Operation::Subscribe, Operation::Publish}) {
        const AuthMode mode = draft.mode(operation);
        const SecretRole role = draft.role(operation);
        const auto isSame = [&](const Way &way) { return way.mode == mode && way.role == role; };
        auto found = std::find_if(m_ways.begin(), m_ways.end(), isSame);
        if (found == m_ways.end()) {
            Problem problem;
            AppSync::Authorizer *authorizer = m_signIn->authorizer(mode, role, &problem);
            if (!authorizer)
                return problem;
            m_ways.append({mode, role, nameOf(operation), authorizer});
            found = m_ways.end() - 1;
        } else {
            found->operations = tr("%1, %2").arg(found->operations, nameOf(operation));
        }
        m_wayOf.insert(int(operation), int(found - m_ways.begin()));
    }
    return {};
}

AppSync::Authorizer *Access::authorizer(Operation operation) const
{
    return m_ways.at(m_wayOf.value(int(operation))).authorizer;
}

AuthMode Access::mode(Operation operation) const
{
    return m_ways.at(m_wayOf.value(int(operation))).mode;
}

AppSync::JwtClaims Access::claims(ProfileDraft::Operation operation) const
{
    const int way = m_wayOf.value(int(operation), -1);
    return way < 0 ? AppSync::JwtClaims() : m_signIn->claims(m_ways.at(way).mode);
}

std::unique_ptr<AppSync::Client> Access::newClient(const AppSync::Endpoint &endpoint) const
{
    std::unique_ptr<AppSync::Client> client;
    if (endpoint.service() == AppSync::Endpoint::Service::GraphQl) {
        auto graphQl = std::make_unique<AppSync::GraphQlClient>();
        graphQl->setExecuteAuthorizer(authorizer(Operation::Publish));
        client = std::move(graphQl);
    } else {
        auto events = std::make_unique<AppSync::EventsClient>();
        events->setPublishAuthorizer(authorizer(Operation::Publish));
        client = std::move(events);
    }
    client->setEndpoint(endpoint);
    client->setAuthorizer(authorizer(Operation::Connect));
    client->setConnectAuthorizer(authorizer(Operation::Connect));
    client->setSubscribeAuthorizer(authorizer(Operation::Subscribe));
    return client;
}

} // namespace Syncscope

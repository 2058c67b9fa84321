// SPDX-License-Identifier: Apache-2.0
#include "app/ui/connectionform.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/TokenAuthorizer>

using namespace Qt::StringLiterals;

namespace Syncscope {

ConnectionForm::ConnectionForm(QObject *parent) : QObject(parent)
{
}

void ConnectionForm::setAddress(const QString &address)
{
    set(m_address, address);
}

void ConnectionForm::setRealtime(const QString &realtime)
{
    set(m_realtime, realtime);
}

void ConnectionForm::setRegion(const QString &region)
{
    set(m_region, region);
}

void ConnectionForm::setAuth(Auth auth)
{
    if (m_auth == auth)
        return;
    m_auth = auth;
    Q_EMIT changed();
}

void ConnectionForm::setCredential(const QString &credential)
{
    set(m_credential, credential);
}

Notice ConnectionForm::problem() const
{
    if (isEmpty())
        return {};
    if (m_endpoint.isValid() && m_endpoint.service() == AppSync::Endpoint::Service::GraphQl) {
        return {
            .message = tr(
                "This is the address of a GraphQL API; this version speaks AppSync Events only."),
            .serverMessage = {},
            .nextStep = tr("Paste the HTTP endpoint of an Event API, it ends in /event."),
            .details = {}};
    }
    return Notice::fromError(m_endpoint.problem());
}

QString ConnectionForm::httpUrl() const
{
    return m_derived.isValid() ? m_derived.http().toString() : QString();
}

QString ConnectionForm::derivedRealtime() const
{
    return m_derived.isValid() ? m_derived.realtime().toString() : QString();
}

QString ConnectionForm::derivedRegion() const
{
    return m_derived.isValid() ? m_derived.region() : QString();
}

QString ConnectionForm::missing() const
{
    if (!m_credential.trimmed().isEmpty())
        return {};
    return m_auth == Auth::ApiKey
        ? tr("An API key is needed, it starts with da2-.")
        : tr("A token is needed: a JWT of the user pool or OIDC provider, or the "
             "token of a Lambda authorizer.");
}

AppSync::Authorizer *ConnectionForm::createAuthorizer(QObject *parent) const
{
    // Copied keys come with blanks and line breaks around them; none of the modes knows any inside.
    const QString credential = m_credential.trimmed();
    if (m_auth == Auth::ApiKey)
        return new AppSync::ApiKeyAuthorizer(credential, parent);
    return new AppSync::TokenAuthorizer(credential, parent);
}

void ConnectionForm::set(QString &member, const QString &value)
{
    if (member == value)
        return;
    member = value;
    judge();
    Q_EMIT changed();
}

void ConnectionForm::judge()
{
    m_derived = isEmpty()
        ? AppSync::Endpoint()
        : AppSync::Endpoint::fromUserInput(m_address.trimmed(), m_region.trimmed());
    if (m_derived.isValid() && !m_region.trimmed().isEmpty())
        m_derived = m_derived.withRegion(m_region.trimmed());
    const QString realtime = m_realtime.trimmed();
    m_endpoint =
        m_derived.isValid() && !realtime.isEmpty() ? m_derived.withRealtime(realtime) : m_derived;
}

} // namespace Syncscope

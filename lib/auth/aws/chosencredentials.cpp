// SPDX-License-Identifier: Apache-2.0
#include "chosencredentials_p.h"

namespace AppSync {

ChosenCredentials::ChosenCredentials(Choose choose, CredentialsSource *owner)
    : QObject(owner), m_choose(std::move(choose)), m_owner(owner)
{
}

CredentialsReply *ChosenCredentials::credentials()
{
    // Whoever mends a file after an error need not tell us.
    if (m_hasFailed)
        hasChanged();
    Error error;
    if (!m_source) {
        error = read();
        if (!error.isError())
            m_source = m_choose(m_context, this, &error);
        if (m_source)
            m_source->setOuter(m_owner);
    }
    CredentialsReply *reply = m_source ? m_source->credentials() : new CredentialsReply(this);
    connect(reply, &Reply::finished, this, [this, reply, source = m_source] {
        // Not what was chosen before.
        if (source != m_source)
            return;
        m_hasFailed = reply->error().isError();
        Q_EMIT answered(reply->error());
    });
    if (!m_source)
        reply->fail(error);
    return reply;
}

bool ChosenCredentials::invalidate()
{
    return m_source && (hasChanged() || m_source->invalidate());
}

void ChosenCredentials::restart()
{
    m_isRead = false;
    m_hasFailed = false;
    if (FetchedCredentials *source = std::exchange(m_source, nullptr))
        source->retire();
}

const AwsConfig &ChosenCredentials::config()
{
    if (!m_isRead)
        static_cast<void>(read());
    return m_context.config;
}

Error ChosenCredentials::read()
{
    Error error;
    m_context.config = AwsConfig::load(m_context.environment, &error);
    m_isRead = !error.isError();
    return error;
}

bool ChosenCredentials::hasChanged()
{
    m_hasFailed = false;
    const AwsConfig before = m_context.config;
    const Error error = read();
    if (!error.isError() && m_context.config == before)
        return false;
    restart();
    return true;
}

} // namespace AppSync

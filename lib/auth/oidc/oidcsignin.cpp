// SPDX-License-Identifier: Apache-2.0
#include "oidcsignin_p.h"

#include "oidcsession_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

OidcSignIn::OidcSignIn(OidcApi *api, Options options, QObject *owner, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_options(std::move(options))
    , m_owner(owner)
    , m_patience(api->clock()->createTimer(this))
{
    connect(m_patience, &ClockTimer::timedOut, this, [this] {
        fail(Error::local(
            Error::Kind::Unattended,
            tr("Nobody finished the sign-in with %1 in time.").arg(m_options.provider), m_hint));
    });
}

void OidcSignIn::abandon()
{
    if (std::exchange(m_hasEnded, true))
        return;
    cleanUp();
    m_patience->stop();
    if (m_interaction)
        m_interaction->close();
}

void OidcSignIn::ask(const QUrl &url, const QString &message, const QString &userCode,
                     std::chrono::milliseconds patience, const QString &hint)
{
    m_hint = hint;
    m_interaction =
        new Interaction(Interaction::Kind::OpenUrl, tr("Sign in with %1").arg(m_options.provider),
                        message, m_owner);
    m_interaction->setProblem(m_options.problem);
    m_interaction->setUrl(url);
    m_interaction->setUserCode(userCode);
    m_interaction->setDeadline(
        QDateTime::fromMSecsSinceEpoch(m_api->clock()->wallMs() + patience.count()).toUTC());
    connect(m_interaction, &Interaction::cancelled, this, [this] {
        fail(Error::local(Error::Kind::Cancelled, tr("The sign-in was cancelled.")));
    });
    m_patience->start(patience);
    Q_EMIT isWaitingForPersonChanged(true);
    Q_EMIT asked(m_interaction);
}

void OidcSignIn::endWaiting()
{
    m_patience->stop();
    if (m_interaction)
        m_interaction->close();
    Q_EMIT isWaitingForPersonChanged(false);
}

void OidcSignIn::succeed(const OidcGrant &grant, const QString &nonce)
{
    Error error;
    if (!grant.idToken.isEmpty())
        error = ExpectedIdToken{m_api->provider().issuer, m_api->clientId(), nonce, {}}.check(
            grant.idToken);
    end(error.isError() ? OidcGrant() : grant, error);
}

void OidcSignIn::fail(const Error &error)
{
    end({}, error);
}

void OidcSignIn::end(const OidcGrant &grant, const Error &error)
{
    if (std::exchange(m_hasEnded, true))
        return;
    cleanUp();
    endWaiting();
    Q_EMIT finished(grant, error);
}

} // namespace AppSync

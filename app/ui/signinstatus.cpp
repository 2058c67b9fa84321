// SPDX-License-Identifier: Apache-2.0
#include "app/ui/signinstatus.h"

#include "app/ui/formfield.h"
#include "app/ui/wording.h"

#include <AppSync/Clock>
#include <AppSync/Reply>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qint64 kSoonSeconds = 300;

qint64 secondsUntil(const QDateTime &moment)
{
    return (moment.toMSecsSinceEpoch() - AppSync::Clock::system()->wallMs()) / 1000;
}

QVariantMap pair(const QString &name, const QString &value)
{
    return {{u"name"_s, name}, {u"value"_s, value}};
}

QString localTime(const QDateTime &moment)
{
    return moment.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

bool hasSession(const Access::Way &way, const Profile &profile)
{
    const bool canHave = way.mode == AuthMode::UserPool || way.mode == AuthMode::Oidc;
    return canHave && !SignIn::secretFor(profile, way.mode, way.role).isSet();
}

QString outcomeText(const AppSync::CredentialsAttempt &attempt)
{
    using Outcome = AppSync::CredentialsAttempt::Outcome;
    switch (attempt.outcome) {
    case Outcome::Used:
        return SignInStatus::tr("used");
    case Outcome::Failed:
        return SignInStatus::tr("failed");
    case Outcome::Absent:
        return SignInStatus::tr("not set up");
    case Outcome::NotAsked:
        break;
    }
    return SignInStatus::tr("not asked");
}

} // namespace

SignInStatus::SignInStatus(Access *access, const QString &name, QObject *parent)
    : QObject(parent), m_access(access), m_name(name)
{
    if (!access)
        return;
    connect(access->signIn(), &SignIn::changed, this, &SignInStatus::refresh);
    refresh();
}

const Access::Way *SignInStatus::way() const
{
    return m_access ? &m_access->ways().at(m_current) : nullptr;
}

SignIn::Description SignInStatus::describe(const Access::Way &way) const
{
    if (way.role == SecretRole::Token || way.mode == AuthMode::ApiKey)
        return m_access->signIn()->describe(way.mode);
    // An operation's own token: nothing but its place is told.
    SignIn::Description description;
    description.what = way.authorizer->displayName();
    description.secretFrom = m_access->signIn()->profile().secret(way.role).toText();
    description.isSignedIn = true;
    return description;
}

void SignInStatus::refresh()
{
    m_first = describe(m_access->ways().first());
    m_description = describe(*way());
    Q_EMIT changed();
    Q_EMIT ticked();
}

void SignInStatus::setCurrent(int current)
{
    if (!m_access || current == m_current || current < 0 || current >= m_access->ways().size())
        return;
    m_current = current;
    refresh();
}

bool SignInStatus::isRenewed(const Access::Way &way) const
{
    if (way.mode == AuthMode::ApiKey)
        return false;
    const Profile &profile = m_access->signIn()->profile();
    if (way.mode == AuthMode::Iam)
        return profile.accessKeyId.isEmpty();
    return !SignIn::secretFor(profile, way.mode, way.role).isSet();
}

SignInStatus::Urgency SignInStatus::urgencyOf(const Access::Way &way,
                                              const SignIn::Description &description) const
{
    if (!description.expiresAt.isValid())
        return Urgency::None;
    const qint64 left = secondsUntil(description.expiresAt);
    if (left <= 0)
        return Urgency::Over;
    return left < kSoonSeconds && !isRenewed(way) ? Urgency::Soon : Urgency::None;
}

SignInStatus::Urgency SignInStatus::urgency() const
{
    return m_access ? urgencyOf(m_access->ways().first(), m_first) : Urgency::None;
}

QString SignInStatus::timeLeft(qint64 seconds)
{
    if (seconds < 60)
        return tr("%1 s").arg(std::max<qint64>(0, seconds));
    if (seconds < 2 * 3600)
        return tr("%1 min").arg(seconds / 60);
    if (seconds < 2 * 86400)
        return tr("%1 h").arg(seconds / 3600);
    return tr("%1 days").arg(seconds / 86400);
}

QString SignInStatus::chipText() const
{
    if (!m_access)
        return m_name;
    const QString name = FormFields::nameOf(m_access->ways().first().mode);
    if (!m_first.expiresAt.isValid())
        return name;
    const qint64 left = secondsUntil(m_first.expiresAt);
    return left <= 0 ? tr("%1 · expired").arg(name) : tr("%1 · %2 left").arg(name, timeLeft(left));
}

QStringList SignInStatus::ways() const
{
    QStringList list;
    if (!m_access)
        return list;
    for (const Access::Way &way : m_access->ways())
        list += tr("%1: %2").arg(way.operations, FormFields::nameOf(way.mode));
    return list;
}

QString SignInStatus::mode() const
{
    return m_access ? FormFields::nameOf(way()->mode) : m_name;
}

QString SignInStatus::what() const
{
    return m_access ? m_description.what : m_name;
}

QString SignInStatus::expiryText() const
{
    if (!m_access || !m_description.expiresAt.isValid())
        return tr("It is not known when this expires.");
    const qint64 left = secondsUntil(m_description.expiresAt);
    const QString at = localTime(m_description.expiresAt);
    if (left <= 0)
        return tr("Expired %1, %2 ago.").arg(at, timeLeft(-left));
    const QString counted = Wording::duration(std::chrono::seconds(left));
    return isRenewed(*way()) ? tr("Expires in %1 (%2); it is renewed before.").arg(counted, at)
                             : tr("Expires in %1 (%2).").arg(counted, at);
}

QVariantList SignInStatus::facts() const
{
    QVariantList list;
    if (!m_access)
        return list;
    const AppSync::JwtClaims &claims = m_description.claims;
    const auto add = [&list](const QString &name, const QString &value) {
        if (!value.isEmpty())
            list.append(pair(name, value));
    };
    add(tr("Used for"), way()->operations);
    add(tr("Secret"), m_description.secretFrom);
    if (!claims.isValid())
        return list;
    add(tr("Issuer"), claims.issuer());
    add(tr("Audience"), claims.audience().join(u", "_s));
    add(tr("Client"), claims.clientId());
    add(tr("Token use"), claims.tokenUse());
    add(tr("User"), claims.username().isEmpty() ? claims.subject() : claims.username());
    add(tr("Groups"), claims.groups().join(u", "_s));
    return list;
}

QVariantList SignInStatus::claims() const
{
    QVariantList list;
    if (!m_access)
        return list;
    if (way()->mode == AuthMode::Iam) {
        for (const AppSync::CredentialsAttempt &attempt : m_access->signIn()->credentialsReport())
            list.append(pair(attempt.source,
                             attempt.words.isEmpty()
                                 ? outcomeText(attempt)
                                 : tr("%1: %2").arg(outcomeText(attempt), attempt.words)));
        return list;
    }
    for (const AppSync::JwtClaim &claim : m_description.claims.claims())
        list.append(pair(claim.name,
                         claim.time.isValid()
                             ? tr("%1 (%2)").arg(claim.value, localTime(claim.time))
                             : claim.value));
    return list;
}

QString SignInStatus::claimsTitle() const
{
    if (!m_access)
        return {};
    return way()->mode == AuthMode::Iam ? tr("Sources of AWS credentials") : tr("Claims");
}

bool SignInStatus::canSignOut() const
{
    return m_access && m_description.isSignedIn
        && hasSession(*way(), m_access->signIn()->profile());
}

void SignInStatus::signOut()
{
    if (!canSignOut())
        return;
    AppSync::Reply *reply = m_access->signIn()->signOut();
    connect(reply, &AppSync::Reply::finished, this, [this, reply] {
        say(reply->error().isError() ? reply->error().toString()
                                     : tr("Signed out. What is connected stays so until it ends."));
    });
}

void SignInStatus::say(const QString &message)
{
    if (m_message == message)
        return;
    m_message = message;
    Q_EMIT messageChanged();
}

void SignInStatus::tick()
{
    if (m_access && (m_first.expiresAt.isValid() || m_description.expiresAt.isValid()))
        Q_EMIT ticked();
}

} // namespace Syncscope

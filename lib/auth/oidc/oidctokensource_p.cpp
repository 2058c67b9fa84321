// SPDX-License-Identifier: Apache-2.0
#include "oidctokensource_p.h"

#include "oidcerror_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace AppSync {

namespace {

// Tokens that are about to expire are not given any more.
constexpr auto kEarly = 30s;
// The timer comes before that, so that nobody has to wait.
constexpr std::chrono::milliseconds kRenewBefore = 5min;
constexpr std::chrono::milliseconds kRenewAgain = 30s;
constexpr std::chrono::milliseconds kLongestTimer = 24h;
// A person who signed in so short a time ago would get the same token again.
constexpr std::chrono::milliseconds kJustNow = 1min;

//! A reply that whoever makes it ends.
class PlainReply : public Reply {
public:
    explicit PlainReply(QObject *parent) : Reply(parent) { }
    void end(const Error &error) { finish(error); }
};

Error missing(const QString &message, const QString &nextStep)
{
    return Error::local(Error::Kind::InvalidInput, message, nextStep);
}

} // namespace

OidcTokenSource::Private::Private(OidcTokenSource *source)
    : q(source)
    , m_answer([this] { fetch(); },
               [](TokenReply *reply, const Given &given) {
                   reply->succeed(given.token, given.expiresAt, given.idToken);
               },
               kEarly)
{
    setClock(Clock::system());
}

OidcTokenSource::Private::~Private()
{
    // Before what they use.
    endWork();
}

void OidcTokenSource::Private::setClock(Clock *clock)
{
    api.setClock(clock);
    m_answer.setClock(clock);
    m_renewal.reset(clock->createTimer(nullptr));
    connect(m_renewal.get(), &ClockTimer::timedOut, this, &Private::renew);
    planRenewal();
}

bool OidcTokenSource::Private::isOurs() const
{
    return session.provider == providerId() && session.clientId == settings.clientId;
}

bool OidcTokenSource::Private::isSignedIn() const
{
    return isOurs() && (!session.refreshToken.isEmpty() || (!m_isRefused && isUsable(0s)));
}

OidcTokenSource::TokenToSend OidcTokenSource::Private::tokenToSend() const
{
    return settings.tokenToSend.value_or(settings.domain.isEmpty() ? TokenToSend::Id
                                                                   : TokenToSend::Access);
}

QString OidcTokenSource::Private::token() const
{
    if (!isOurs())
        return {};
    return tokenToSend() == TokenToSend::Id ? session.idToken : session.accessToken;
}

QDateTime OidcTokenSource::Private::expiresAt() const
{
    if (!isOurs())
        return {};
    return tokenToSend() == TokenToSend::Id ? session.idExpiresAt : session.accessExpiresAt;
}

//! There is a token, and it lives longer than \a left.
bool OidcTokenSource::Private::isUsable(std::chrono::milliseconds left) const
{
    const QDateTime end = expiresAt();
    return !token().isEmpty()
        && (!end.isValid() || end.toMSecsSinceEpoch() > api.clock()->wallMs() + left.count());
}

QString OidcTokenSource::Private::providerId() const
{
    if (!settings.domain.isEmpty())
        return settings.domain;
    return settings.issuer.isEmpty() ? settings.tokenEndpoint.toString() : settings.issuer;
}

QString OidcTokenSource::Private::providerName() const
{
    const QString host = QUrl(providerId()).host();
    return host.isEmpty() ? providerId() : host;
}

void OidcTokenSource::Private::setTokenToSend(TokenToSend token)
{
    settings.tokenToSend = token;
    m_answer.forget();
    planRenewal();
}

void OidcTokenSource::Private::setSession(const OidcSession &other)
{
    session = other;
    m_isRefused = false;
    m_issuedMs = 0;
    startAgain();
}

void OidcTokenSource::Private::startAgain()
{
    m_isProviderKnown = false;
    m_answer.forget();
    endWork();
    planRenewal();
    if (m_answer.isFetching()) {
        m_answer.setWaitingForPerson(false);
        fetch();
    }
}

Error OidcTokenSource::Private::configurationProblem() const
{
    const bool hasEndpoints =
        !settings.authorizationEndpoint.isEmpty() && !settings.tokenEndpoint.isEmpty();
    if (settings.issuer.isEmpty() && settings.domain.isEmpty() && !hasEndpoints)
        return missing(tr("No provider is set."),
                       tr("Set its issuer, or the domain of the hosted UI."));
    if (settings.clientId.isEmpty())
        return missing(tr("No client of %1 is set.").arg(providerName()),
                       tr("Set the client id that is registered there."));
    QList<QUrl> urls;
    if (!settings.issuer.isEmpty())
        urls.append(QUrl(settings.issuer, QUrl::StrictMode));
    if (!settings.domain.isEmpty())
        urls.append(OidcProvider::ofCognitoDomain(settings.domain).token);
    for (const QUrl &url :
         {settings.authorizationEndpoint, settings.tokenEndpoint, settings.revocationEndpoint}) {
        if (!url.isEmpty())
            urls.append(url);
    }
    if (!std::all_of(urls.cbegin(), urls.cend(), isSafeForSecrets))
        return missing(tr("The address of the provider has to start with https."),
                       tr("Plain http is for servers on this computer only."));
    return {};
}

void OidcTokenSource::Private::withProvider(QObject *context, const std::function<void()> &then,
                                            const std::function<void(const Error &)> &otherwise)
{
    api.setClient(settings.clientId, settings.clientSecret);
    const auto goOn = [this, then] {
        OidcProvider provider = api.provider();
        const auto replace = [](QUrl &url, const QUrl &other) {
            if (!other.isEmpty())
                url = other;
        };
        replace(provider.authorization, settings.authorizationEndpoint);
        replace(provider.token, settings.tokenEndpoint);
        replace(provider.revocation, settings.revocationEndpoint);
        api.setProvider(provider);
        m_isProviderKnown = true;
        then();
    };
    const bool hasEndpoints =
        !settings.authorizationEndpoint.isEmpty() && !settings.tokenEndpoint.isEmpty();
    if (m_isProviderKnown) {
        then();
    } else if (!settings.domain.isEmpty() || hasEndpoints) {
        OidcProvider provider = settings.domain.isEmpty()
            ? OidcProvider()
            : OidcProvider::ofCognitoDomain(settings.domain);
        provider.issuer = settings.issuer;
        api.setProvider(provider);
        goOn();
    } else {
        api.discover(settings.issuer, context, [goOn, otherwise](const Error &error) {
            if (error.isError())
                otherwise(error);
            else
                goOn();
        });
    }
}

//! The cheapest first: what is at hand, the refresh token, a person.
void OidcTokenSource::Private::fetch()
{
    if (const Error problem = configurationProblem(); problem.isError())
        m_answer.fail(problem);
    else if (!m_isRefused && isUsable(kEarly))
        give();
    else if (m_work || m_signIn)
        return; // what it brings is what is wanted
    else if (isOurs() && !session.refreshToken.isEmpty())
        refresh();
    else
        signIn();
}

void OidcTokenSource::Private::give()
{
    if (token().isEmpty())
        m_answer.fail(noTokenToSend());
    else
        m_answer.succeed({token(), session.idToken, expiresAt()});
}

Error OidcTokenSource::Private::noTokenToSend() const
{
    return Error::local(Error::Kind::Refused, tr("%1 issued no ID token.").arg(providerName()),
                        tr("Add openid to the scopes, or send the access token."));
}

void OidcTokenSource::Private::refresh()
{
    m_work = new QObject(this);
    withProvider(
        m_work,
        [this] {
            api.grant(
                {{u"grant_type"_s, u"refresh_token"_s}, {u"refresh_token"_s, session.refreshToken}},
                m_work,
                [this](const OidcGrant &grant, const Error &error) { onRefreshed(grant, error); });
        },
        [this](const Error &error) { onRefreshed({}, error); });
}

void OidcTokenSource::Private::onRefreshed(const OidcGrant &grant, const Error &problem)
{
    m_work->deleteLater();
    m_work.clear();
    Error error = problem;
    if (!error.isError() && !grant.idToken.isEmpty())
        error = ExpectedIdToken{api.provider().issuer,
                                settings.clientId,
                                {},
                                JwtClaims::fromToken(session.idToken).subject()}
                    .check(grant.idToken);
    if (!error.isError()) {
        take(grant);
        return;
    }
    if (OidcError::isGrantRefused(error)) {
        session.refreshToken.clear();
        Q_EMIT q->sessionChanged();
        Q_EMIT q->tokenChanged();
    }
    const bool isStillGood = !m_isRefused && isUsable(0s);
    // Unasked, nobody is shown a question: the token may last a while yet.
    if (m_answer.isFetching() && isStillGood)
        give();
    else if (m_answer.isFetching() && OidcError::isGrantRefused(error))
        signIn(error);
    else if (m_answer.isFetching())
        m_answer.fail(error);
    if (isStillGood && !session.refreshToken.isEmpty())
        m_renewal->start(kRenewAgain);
}

void OidcTokenSource::Private::signIn(const Error &reason)
{
    if (!q->hasAudience()) {
        m_answer.fail(reason.isError() ? reason
                                       : q->nobodyToAsk(tr("the page of the provider has to be "
                                                           "opened in a browser.")));
        return;
    }
    m_work = new QObject(this);
    withProvider(
        m_work,
        [this, problem = reason.message] {
            m_work->deleteLater();
            m_work.clear();
            OidcSignIn::Options options = signInOptions();
            options.problem = problem;
            if (settings.flow == Flow::Device)
                m_signIn = new OidcDeviceSignIn(&api, options, q, q);
            else
                m_signIn = new OidcBrowserSignIn(&api, options, q, q);
            connect(m_signIn, &OidcSignIn::asked, this,
                    [this](Interaction *interaction) { q->show(interaction); });
            connect(m_signIn, &OidcSignIn::isWaitingForPersonChanged, this,
                    [this](bool isWaiting) { m_answer.setWaitingForPerson(isWaiting); });
            connect(m_signIn, &OidcSignIn::finished, this, &Private::onSignedIn);
            m_signIn->start();
        },
        [this](const Error &error) {
            m_work->deleteLater();
            m_work.clear();
            m_answer.fail(error);
        });
}

OidcSignIn::Options OidcTokenSource::Private::signInOptions() const
{
    OidcSignIn::Options options;
    options.provider = providerName();
    options.redirectUris = settings.redirectUris;
    for (auto it = settings.parameters.cbegin(); it != settings.parameters.cend(); ++it)
        options.parameters.append({it.key(), it.value().toString()});
    QStringList scopes = settings.scopes;
    if (scopes.isEmpty() && settings.domain.isEmpty()) {
        scopes.append(u"openid"_s);
        for (const QString &scope : {u"profile"_s, u"email"_s, u"offline_access"_s}) {
            if (api.provider().scopes.contains(scope))
                scopes.append(scope);
        }
    }
    options.scope = scopes.join(u' ');
    return options;
}

void OidcTokenSource::Private::onSignedIn(const OidcGrant &grant, const Error &error)
{
    m_signIn->deleteLater();
    m_signIn.clear();
    if (error.isError()) {
        m_answer.fail(error);
        return;
    }
    session = {};
    session.provider = providerId();
    session.clientId = settings.clientId;
    take(grant);
}

void OidcTokenSource::Private::take(const OidcGrant &grant)
{
    m_issuedMs = api.clock()->wallMs();
    session.take(grant, m_issuedMs);
    m_isRefused = false;
    planRenewal();
    // A renewal that brings no ID token leaves the old one, which may be over.
    if (token().isEmpty() || isUsable(0s))
        give();
    else if (m_answer.isFetching())
        signIn(Error::local(
            Error::Kind::Unauthorized,
            tr("%1 renews access tokens only, and the ID token has expired.").arg(providerName()),
            tr("Sign in again, or send the access token.")));
    Q_EMIT q->sessionChanged();
    Q_EMIT q->tokenChanged();
}

//! A few minutes before the token expires, or a fifth of its life where that is short.
void OidcTokenSource::Private::planRenewal()
{
    m_renewal->stop();
    const std::chrono::milliseconds left(
        expiresAt().isValid() ? expiresAt().toMSecsSinceEpoch() - api.clock()->wallMs() : 0);
    if (left.count() > 0 && !session.refreshToken.isEmpty())
        m_renewal->start(std::min(left - std::min(kRenewBefore, left / 5), kLongestTimer));
}

void OidcTokenSource::Private::renew()
{
    if (!isOurs() || session.refreshToken.isEmpty() || m_work || m_signIn
        || configurationProblem().isError())
        return;
    if (isUsable(kLongestTimer))
        planRenewal();
    else
        refresh();
}

bool OidcTokenSource::Private::invalidate()
{
    // What is on its way is another token than the one that was refused.
    if (m_work || m_signIn)
        return true;
    const bool isRenewable = isOurs() && !session.refreshToken.isEmpty();
    const bool isJustIssued = api.clock()->wallMs() - m_issuedMs < kJustNow.count();
    if (token().isEmpty() || (!isRenewable && (isJustIssued || !q->hasAudience())))
        return false;
    m_answer.forget();
    m_isRefused = true;
    m_renewal->stop();
    return true;
}

void OidcTokenSource::Private::endWork()
{
    if (m_signIn) {
        m_signIn->disconnect(this);
        m_signIn->abandon();
        // Whoever ends it may have been called by it.
        m_signIn->deleteLater();
        m_signIn.clear();
    }
    delete m_work;
    m_renewal->stop();
}

Reply *OidcTokenSource::Private::signOut()
{
    endWork();
    m_answer.forget();
    m_answer.fail(Error::local(Error::Kind::Cancelled, tr("Signed out.")));
    const QString refreshToken = isOurs() ? session.refreshToken : QString();
    session = {};
    auto *reply = new PlainReply(q);
    if (refreshToken.isEmpty()) {
        reply->end({}); // there is nothing that the provider could end
    } else if (const Error problem = configurationProblem(); problem.isError()) {
        reply->end(problem);
    } else {
        withProvider(
            reply,
            [this, reply, refreshToken] {
                if (api.provider().revocation.isEmpty())
                    reply->end({});
                else
                    api.revoke(refreshToken, reply,
                               [reply](const Error &error) { reply->end(error); });
            },
            [reply](const Error &error) { reply->end(error); });
    }
    Q_EMIT q->sessionChanged();
    Q_EMIT q->tokenChanged();
    return reply;
}

} // namespace AppSync

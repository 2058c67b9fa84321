// SPDX-License-Identifier: Apache-2.0
#include "cognitotokensource_p.h"

#include "../../core/logging_p.h"
#include "cognitodevice_p.h"
#include "cognitoerror_p.h"

#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace AppSync {

namespace {

// Tokens that are about to expire are not given any more.
constexpr auto kEarly = 30s;
// The timer comes before that, so that nobody has to wait.
constexpr std::chrono::seconds kRenewBefore = 5min;
constexpr std::chrono::seconds kRenewAgain = 30s;

//! A reply that whoever makes it ends.
class PlainReply : public Reply {
public:
    explicit PlainReply(QObject *parent) : Reply(parent) { }
    void end(const Error &error) { finish(error); }
};

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

const QRegularExpression &poolIdPattern()
{
    static const QRegularExpression pattern(u"^([a-z0-9-]+)_[0-9A-Za-z]+$"_s);
    return pattern;
}

Error missing(const QString &message, const QString &nextStep)
{
    return Error::local(Error::Kind::InvalidInput, message, nextStep);
}

} // namespace

CognitoTokenSource::Private::Private(CognitoTokenSource *source)
    : q(source)
    , api(nullptr)
    , m_tokens([this] { fetch(); },
               [this](TokenReply *reply, const CognitoTokens &tokens) { deliver(reply, tokens); },
               kEarly)
{
    m_tokens.setClock(&m_serverClock);
    setClock(Clock::system());
    connect(&api, &CognitoApi::clockOffsetChanged, q, &CognitoTokenSource::clockOffsetChanged);
    connect(&api, &CognitoApi::clockOffsetChanged, this, &Private::planRenewal);
}

CognitoTokenSource::Private::~Private()
{
    // Before what they use.
    endWork();
}

void CognitoTokenSource::Private::setClock(Clock *clock)
{
    api.setClock(clock);
    m_renewal.reset(clock->createTimer(nullptr));
    connect(m_renewal.get(), &ClockTimer::timedOut, this, &Private::renew);
    planRenewal();
}

bool CognitoTokenSource::Private::isOurs() const
{
    return session.userPoolId == settings.userPoolId && session.clientId == settings.clientId
        && (settings.username.isEmpty() || settings.username == session.loginName);
}

bool CognitoTokenSource::Private::isSignedIn() const
{
    return isOurs()
        && (!session.refreshToken.isEmpty()
            || (!session.accessToken.isEmpty()
                && session.expiresAt.toMSecsSinceEpoch() > api.serverNowMs()));
}

QString CognitoTokenSource::Private::region() const
{
    return poolIdPattern().match(settings.userPoolId).captured(1);
}

QString CognitoTokenSource::Private::tokenOf(const CognitoTokens &tokens) const
{
    return settings.tokenToSend == TokenToSend::Id ? tokens.idToken : tokens.accessToken;
}

void CognitoTokenSource::Private::setSession(const CognitoSession &other)
{
    session = other;
    endWork();
    startAgain();
}

void CognitoTokenSource::Private::startAgain()
{
    m_refusal = {};
    m_tokens.forget();
    delete m_signIn;
    // A renewal that is cut short may have used up its refresh token: only one for somebody else is.
    if (!isOurs()) {
        delete m_refresh;
        delete m_enrolment;
    }
    planRenewal();
    if (m_tokens.isFetching()) {
        m_tokens.setWaitingForPerson(false);
        fetch();
    }
}

void CognitoTokenSource::Private::deliver(TokenReply *reply, const CognitoTokens &tokens) const
{
    if (tokenOf(tokens).isEmpty())
        reply->fail(CognitoError::unexpected(tr("the ID token")));
    else
        reply->succeed(tokenOf(tokens), tokens.expiresAt, tokens.idToken);
}

Error CognitoTokenSource::Private::configurationProblem() const
{
    if (settings.userPoolId.isEmpty())
        return missing(tr("No user pool is set."), tr("Set the id of the user pool."));
    if (region().isEmpty())
        return missing(tr("%1 is no id of a user pool.").arg(settings.userPoolId),
                       tr("It looks like eu-west-1_AbCd12345: region, underscore, name."));
    if (settings.clientId.isEmpty())
        return missing(tr("No app client of the user pool is set."),
                       tr("Set the id of the app client."));
    const QUrl address = url();
    const bool isSecure = address.scheme() == u"https";
    const bool isHere = address.scheme() == u"http" && isLoopback(address.host());
    if (address.host().isEmpty() || !(isSecure || isHere))
        return missing(tr("The address of the user pool has to start with https."),
                       tr("Plain http is for servers on this computer only."));
    return {};
}

QUrl CognitoTokenSource::Private::url() const
{
    if (!settings.endpoint.isEmpty()) {
        QUrl url = settings.endpoint;
        if (url.path().isEmpty())
            url.setPath(u"/"_s);
        return url;
    }
    const QString domain = region().startsWith(u"cn-") ? u"amazonaws.com.cn"_s : u"amazonaws.com"_s;
    return QUrl(u"https://cognito-idp.%1.%2/"_s.arg(region(), domain));
}

//! The cheapest first: what is at hand, the refresh token, the user.
void CognitoTokenSource::Private::fetch()
{
    if (const Error problem = configurationProblem(); problem.isError()) {
        m_tokens.fail(problem);
        return;
    }
    if (isOurs() && hasFreshTokens()) {
        m_tokens.succeed({session.accessToken, session.idToken, session.expiresAt});
        return;
    }
    if (m_refresh)
        return; // what it brings is what is wanted
    if (isOurs() && !session.refreshToken.isEmpty())
        refresh();
    else
        signIn();
}

void CognitoTokenSource::Private::refresh()
{
    api.setUrl(url());
    m_refresh = new CognitoRefresh(&api, session, settings.clientSecret, this);
    connect(m_refresh, &CognitoRefresh::finished, this, &Private::onRefreshed);
    m_refresh->start();
}

void CognitoTokenSource::Private::onRefreshed(const CognitoGrant &grant, const Error &error)
{
    m_refresh->deleteLater();
    m_refresh.clear();
    if (!error.isError()) {
        takeGrant(grant);
        return;
    }
    if (CognitoError::isRefreshRefused(error)) {
        session.refreshToken.clear();
        // Unasked, nobody is shown a question: the tokens may last a while yet.
        if (m_tokens.isFetching())
            signIn(error);
        Q_EMIT q->sessionChanged();
        Q_EMIT q->tokenChanged();
        return;
    }
    if (m_tokens.isFetching())
        m_tokens.fail(error);
    else if (hasFreshTokens())
        m_renewal->start(kRenewAgain);
}

bool CognitoTokenSource::Private::hasFreshTokens() const
{
    return !session.accessToken.isEmpty() && session.expiresAt.isValid()
        && session.expiresAt.toMSecsSinceEpoch()
        > api.serverNowMs() + std::chrono::milliseconds(kEarly).count();
}

bool CognitoTokenSource::Private::hasUsablePassword() const
{
    if (settings.username.isEmpty() || isPasswordRefused())
        return false;
    return settings.flow == Flow::Custom || settings.flow == Flow::Choice
        || !settings.password.isEmpty();
}

void CognitoTokenSource::Private::signIn(const Error &problem)
{
    const Error &reason = problem.isError() ? problem : m_refusal;
    if (reason.isError() && !hasUsablePassword() && !q->hasAudience()) {
        m_tokens.fail(reason);
        return;
    }
    CognitoSignIn::Options options;
    options.clientId = settings.clientId;
    options.clientSecret = settings.clientSecret;
    options.userPoolId = settings.userPoolId;
    options.flow = settings.flow;
    options.loginName = settings.username;
    options.isLoginNameFixed = !settings.username.isEmpty();
    if (isOurs()) {
        options.device = session.device;
        if (options.loginName.isEmpty())
            options.loginName = session.loginName;
    }
    if (!isPasswordRefused())
        options.password = settings.password;
    if (reason.isError())
        options.problem = reason.message;
    options.nobodyToAsk = [this](const QString &what) {
        return q->hasAudience() ? std::nullopt : std::optional(q->nobodyToAsk(what));
    };
    api.setUrl(url());
    m_signIn = new CognitoSignIn(&api, options, q);
    connect(m_signIn, &CognitoSignIn::asked, this,
            [this](Interaction *interaction) { q->show(interaction); });
    connect(m_signIn, &CognitoSignIn::isWaitingForPersonChanged, this,
            [this](bool isWaiting) { m_tokens.setWaitingForPerson(isWaiting); });
    connect(m_signIn, &CognitoSignIn::deviceForgotten, this, [this] {
        session.device = {};
        Q_EMIT q->sessionChanged();
    });
    connect(m_signIn, &CognitoSignIn::passwordChosen, this, [this](const QString &password) {
        if (settings.password.isEmpty())
            return;
        settings.password = password;
        Q_EMIT q->settingsChanged();
    });
    connect(m_signIn, &CognitoSignIn::finished, this, &Private::onSignedIn);
    m_signIn->start();
}

void CognitoTokenSource::Private::onSignedIn(const CognitoGrant &grant, const Error &error)
{
    m_signIn->deleteLater();
    m_signIn.clear();
    if (!error.isError()) {
        m_refusal = {};
        takeGrant(grant);
        return;
    }
    // Never a second time by itself: a few wrong ones lock the user.
    if (CognitoError::isWrongPassword(error) && settings.flow != Flow::Custom)
        m_refusal = error;
    m_tokens.fail(error);
}

void CognitoTokenSource::Private::takeGrant(const CognitoGrant &grant)
{
    if (!grant.loginName.isEmpty()) {
        // A device belongs to one user of one pool.
        if (!isOurs() || session.loginName != grant.loginName)
            session.device = {};
        session.userPoolId = settings.userPoolId;
        session.clientId = settings.clientId;
        session.loginName = grant.loginName;
    }
    const qint64 nowMs = api.serverNowMs();
    const JwtClaims claims = JwtClaims::fromToken(grant.accessToken);
    if (!claims.username().isEmpty())
        session.userName = claims.username();
    else if (!grant.userName.isEmpty())
        session.userName = grant.userName;
    session.accessToken = grant.accessToken;
    session.idToken = grant.idToken;
    if (!grant.refreshToken.isEmpty())
        session.refreshToken = grant.refreshToken;
    session.lifetime = grant.lifetime > 0s ? grant.lifetime : lifetimeOf(claims.secondsLeft(nowMs));
    session.expiresAt = QDateTime::fromMSecsSinceEpoch(
        nowMs + std::chrono::milliseconds(session.lifetime).count(), Qt::UTC);
    if (!grant.newDevice.key.isEmpty())
        session.device = grant.newDevice;

    planRenewal();
    m_tokens.succeed({session.accessToken, session.idToken, session.expiresAt});
    if (!grant.newDevice.key.isEmpty())
        enrol(grant.newDevice);
    Q_EMIT q->sessionChanged();
    Q_EMIT q->tokenChanged();
}

//! Behind the sign-in, which is complete without it.
void CognitoTokenSource::Private::enrol(const CognitoDevice &device)
{
    delete m_enrolment;
    auto *enrolment =
        new CognitoDeviceEnrolment(&api, session.accessToken, device, q->hasAudience(), q);
    m_enrolment = enrolment;
    connect(enrolment, &CognitoDeviceEnrolment::asked, this,
            [this](Interaction *interaction) { q->show(interaction); });
    connect(enrolment, &CognitoDeviceEnrolment::confirmed, this,
            [this](const CognitoDevice &confirmed) {
                if (session.device.key != confirmed.key)
                    return;
                session.device = confirmed;
                Q_EMIT q->sessionChanged();
            });
    connect(enrolment, &CognitoDeviceEnrolment::finished, this, [enrolment](const Error &error) {
        if (error.isError())
            qCWarning(lcAuth, "The user pool will not remember this device: %ls",
                      qUtf16Printable(error.toString()));
        enrolment->deleteLater();
    });
    enrolment->start();
}

//! A few minutes before the tokens expire, or a fifth of their life where that is short.
void CognitoTokenSource::Private::planRenewal()
{
    m_renewal->stop();
    const qint64 leftMs =
        session.expiresAt.isValid() ? session.expiresAt.toMSecsSinceEpoch() - api.serverNowMs() : 0;
    if (leftMs <= 0 || session.refreshToken.isEmpty())
        return;
    const auto before =
        session.lifetime > 0s ? std::min(kRenewBefore, session.lifetime / 5) : kRenewBefore;
    m_renewal->start(std::chrono::milliseconds(leftMs) - before);
}

void CognitoTokenSource::Private::renew()
{
    const bool isPossible = isOurs() && !session.refreshToken.isEmpty();
    if (isPossible && !m_refresh && !m_signIn && !configurationProblem().isError())
        refresh();
}

bool CognitoTokenSource::Private::invalidate()
{
    // What is on its way is another token than the one that was refused.
    if (m_refresh || m_signIn)
        return true;
    m_tokens.forget();
    session.accessToken.clear();
    session.idToken.clear();
    session.expiresAt = {};
    m_renewal->stop();
    return (isOurs() && !session.refreshToken.isEmpty()) || hasUsablePassword() || q->hasAudience();
}

void CognitoTokenSource::Private::endWork()
{
    delete m_signIn;
    delete m_refresh;
    delete m_enrolment;
    m_renewal->stop();
}

Reply *CognitoTokenSource::Private::signOut(bool everywhere)
{
    endWork();
    m_tokens.forget();
    m_tokens.fail(Error::local(Error::Kind::Cancelled, tr("Signed out.")));
    const CognitoSession old = isOurs() ? session : CognitoSession();
    session.forgetTokens();

    auto *reply = new PlainReply(q);
    const auto done = [reply](const QJsonObject &, const Error &error) { reply->end(error); };
    api.setUrl(url());
    if ((everywhere ? old.accessToken : old.refreshToken).isEmpty()) {
        reply->end({}); // there is nothing that a server could end
    } else if (const Error problem = configurationProblem(); problem.isError()) {
        reply->end(problem);
    } else if (everywhere) {
        api.call(u"GlobalSignOut"_s, {{u"AccessToken"_s, old.accessToken}}, reply, done);
    } else {
        QJsonObject parameters{{u"Token"_s, old.refreshToken}, {u"ClientId"_s, old.clientId}};
        if (!settings.clientSecret.isEmpty())
            parameters.insert(u"ClientSecret"_s, settings.clientSecret);
        api.call(u"RevokeToken"_s, parameters, reply, done);
    }
    Q_EMIT q->sessionChanged();
    Q_EMIT q->tokenChanged();
    return reply;
}

} // namespace AppSync

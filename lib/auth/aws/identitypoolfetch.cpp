// SPDX-License-Identifier: Apache-2.0
#include "identitypoolfetch_p.h"

#include "../jwtclaims.h"
#include "awsanswer_p.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

//! The name that a pool has for an issuer.
QString providerOf(const QString &issuer)
{
    QString name = issuer;
    if (name.startsWith(u"https://"))
        name = name.sliced(8);
    return name.endsWith(u'/') ? name.chopped(1) : name;
}

} // namespace

QString IdentityPoolSettings::displayName() const
{
    return isGuest ? IdentityPoolFetch::tr("identity pool %1 (guest)").arg(poolId)
                   : IdentityPoolFetch::tr("identity pool %1").arg(poolId);
}

IdentityPoolFetch::IdentityPoolFetch(const AwsContext &context,
                                     const IdentityPoolSettings &settings, QObject *parent)
    : FetchedCredentials(context, parent), m_settings(settings)
{
    // Somebody else may have signed in.
    if (m_settings.tokens)
        connect(m_settings.tokens, &TokenSource::tokenChanged, this, [this] {
            m_isOutdated = true;
            invalidate();
        });
}

QString IdentityPoolFetch::displayName() const
{
    return m_settings.displayName();
}

void IdentityPoolFetch::fetch()
{
    m_hasRenewedId = false;
    m_hasRenewedToken = false;
    m_idToken.clear();
    m_provider.clear();
    m_user.clear();
    if (m_settings.region().isEmpty() || m_settings.poolId.section(u':', 1).isEmpty())
        fail(Error::local(Error::Kind::InvalidInput,
                          tr("“%1” is no id of an identity pool.").arg(m_settings.poolId),
                          tr("It is a region, a colon and a UUID: eu-west-1:01234567-….")));
    else if (m_settings.isGuest)
        askForId();
    else
        askForToken();
}

void IdentityPoolFetch::askForToken()
{
    const auto gone = [this] {
        fail(Error::local(Error::Kind::InvalidInput,
                          tr("The sign-in that %1 needs is gone.").arg(displayName()),
                          tr("Sign in again.")));
    };
    if (!m_settings.tokens) {
        gone();
        return;
    }
    TokenReply *asked = m_settings.tokens->token({});
    setWaitingForPerson(asked->isWaitingForPerson());
    connect(asked, &InteractiveReply::isWaitingForPersonChanged, this,
            [this, asked] { setWaitingForPerson(asked->isWaitingForPerson()); });
    // Replies die with their source, without a word.
    const auto isAnswered = std::make_shared<bool>(false);
    connect(asked, &QObject::destroyed, this, [gone, isAnswered] {
        if (!*isAnswered)
            gone();
    });
    connect(asked, &Reply::finished, this, [this, asked, isAnswered] {
        *isAnswered = true;
        setWaitingForPerson(false);
        if (asked->error().isError())
            fail(asked->error());
        else
            onToken(asked->idToken());
    });
}

void IdentityPoolFetch::onToken(const QString &idToken)
{
    const JwtClaims claims = JwtClaims::fromToken(idToken); // unchecked: the pool checks them
    m_idToken = idToken;
    m_isOutdated = false;
    m_provider =
        m_settings.loginProvider.isEmpty() ? providerOf(claims.issuer()) : m_settings.loginProvider;
    // Of a token that is none of ours, nobody knows whose it is: then each has an identity of its own.
    const QString subject = claims.subject();
    m_user = m_provider + u'\n' + (subject.isEmpty() ? idToken : subject);
    if (m_provider.isEmpty())
        fail(Error::local(Error::Kind::InvalidInput,
                          tr("The token for %1 does not say who made it.").arg(displayName()),
                          tr("Use an ID token, or set the login provider.")));
    else
        askForId();
}

void IdentityPoolFetch::askForId()
{
    if (const QString known = m_ids.value(m_user); !known.isEmpty()) {
        askForCredentials(known);
        return;
    }
    call("GetId", {{u"IdentityPoolId"_s, m_settings.poolId}}, [this](const HttpAnswer &answer) {
        const QString id = AwsAnswer::json(answer)[u"IdentityId"_s].toString();
        if (answer.status == 200 && !id.isEmpty()) {
            m_ids.insert(m_user, id);
            askForCredentials(id);
        } else if (answer.status == 200) {
            fail(AwsAnswer::unusable(displayName()));
        } else if (const Error error = described(answer); !hasTriedAgain(error)) {
            fail(error);
        }
    });
}

void IdentityPoolFetch::askForCredentials(const QString &id)
{
    QJsonObject body{{u"IdentityId"_s, id}};
    if (!m_settings.roleArn.isEmpty())
        body[u"CustomRoleArn"_s] = m_settings.roleArn;
    call("GetCredentialsForIdentity", body,
         [this](const HttpAnswer &answer) { onCredentials(answer); });
}

void IdentityPoolFetch::onCredentials(const HttpAnswer &answer)
{
    if (answer.status != 200) {
        if (const Error error = described(answer); !hasTriedAgain(error))
            fail(error);
        return;
    }
    const QJsonObject body = AwsAnswer::json(answer);
    const QJsonObject given = body[u"Credentials"_s].toObject();
    AwsCredentials credentials;
    credentials.accessKeyId = given[u"AccessKeyId"_s].toString();
    credentials.secretAccessKey = given[u"SecretKey"_s].toString();
    credentials.sessionToken = given[u"SessionToken"_s].toString();
    if (const double end = given[u"Expiration"_s].toDouble(); end > 0)
        credentials.expiresAt = QDateTime::fromMSecsSinceEpoch(qint64(end * 1000), Qt::UTC);
    if (!credentials.isValid()) {
        fail(AwsAnswer::unusable(displayName()));
        return;
    }
    // The pool may say that this is really somebody else: two logins of one person.
    const QString id = body[u"IdentityId"_s].toString();
    if (!id.isEmpty())
        m_ids.insert(m_user, id);
    setIdentityId(m_ids.value(m_user));
    succeed(credentials, clockSkew(answer, *context().clock()));
    if (m_isOutdated)
        invalidate();
}

bool IdentityPoolFetch::hasTriedAgain(const Error &error)
{
    if (error.type == u"ResourceNotFoundException" && m_ids.contains(m_user)
        && !std::exchange(m_hasRenewedId, true)) {
        m_ids.remove(m_user);
        askForId();
        return true;
    }
    const bool isTokenRefused = error.type == u"NotAuthorizedException" && !m_idToken.isEmpty()
        && error.serverMessage.contains(u"expired"_s);
    if (isTokenRefused && !std::exchange(m_hasRenewedToken, true) && m_settings.tokens
        && m_settings.tokens->invalidate()) {
        askForToken();
        return true;
    }
    return false;
}

Error IdentityPoolFetch::described(const HttpAnswer &answer) const
{
    Error error = AwsAnswer::error(answer, tr("%1 gave no credentials.").arg(displayName()));
    const QString &words = error.serverMessage;
    if (words.contains(u"Unauthenticated access"_s))
        error.nextStep = tr("The pool allows no guests: sign in, or allow them in the pool.");
    else if (words.contains(u"supported provider"_s))
        error.nextStep = tr("Add %1 to the providers of the pool.").arg(m_provider);
    else if (words.contains(u"Invalid login token"_s))
        error.nextStep = tr("Sign in again; the pool wants the ID token, not the access token.");
    else if (error.type == u"ResourceNotFoundException")
        error.nextStep = tr("Check the id of the pool and its region.");
    else if (error.type == u"InvalidIdentityPoolConfigurationException")
        error.nextStep = tr("Give the pool roles for guests and for users.");
    else if (!error.isRetryable())
        error.nextStep = tr("Check the pool's providers and roles.");
    return error;
}

void IdentityPoolFetch::call(const QByteArray &operation, QJsonObject body,
                             const std::function<void(const HttpAnswer &)> &goOn)
{
    if (!m_idToken.isEmpty())
        body[u"Logins"_s] = QJsonObject{{m_provider, m_idToken}};
    QUrl url = m_settings.endpoint.isEmpty()
        ? context().endpoint(u"cognito-identity"_s, m_settings.region())
        : m_settings.endpoint;
    if (!url.path().endsWith(u'/'))
        url.setPath(url.path() + u'/');
    send("POST", url,
         {{"Content-Type"_ba, "application/x-amz-json-1.1"_ba},
          {"X-Amz-Target"_ba, "AWSCognitoIdentityService." + operation}},
         QJsonDocument(body).toJson(QJsonDocument::Compact), goOn);
}

void IdentityPoolFetch::setIdentityId(const QString &id)
{
    if (m_identityId == id)
        return;
    m_identityId = id;
    Q_EMIT identityIdChanged();
}

} // namespace AppSync

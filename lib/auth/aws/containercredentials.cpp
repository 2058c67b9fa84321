// SPDX-License-Identifier: Apache-2.0
#include "containercredentials_p.h"

#include "awsanswer_p.h"

#include <QFile>
#include <QFileInfo>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

const auto kRelative = u"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"_s;
const auto kFull = u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s;
const auto kToken = u"AWS_CONTAINER_AUTHORIZATION_TOKEN"_s;
const auto kTokenFile = u"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"_s;
constexpr int kAttempts = 3;
constexpr std::chrono::seconds kPause{1};
constexpr std::chrono::seconds kTimeout{2};
constexpr qint64 kLargestToken = 64 * 1024;

Error misconfigured(const QString &message)
{
    return Error::local(Error::Kind::InvalidInput, message,
                        ContainerCredentials::tr("Mend the variables AWS_CONTAINER_…, or unset "
                                                 "them."));
}

QUrl urlOf(const AwsEnvironment &environment)
{
    const QString relative = environment.value(kRelative);
    return QUrl(relative.isEmpty() ? environment.value(kFull)
                                   : u"http://169.254.170.2"_s + relative);
}

//! The token for it goes nowhere else: encrypted, or to this computer, or to what AWS has in its networks.
bool isTrustworthy(const QUrl &url)
{
    static const QList<QHostAddress> kOfAws{QHostAddress(u"169.254.170.2"_s),
                                            QHostAddress(u"169.254.170.23"_s),
                                            QHostAddress(u"fd00:ec2::23"_s)};
    const QHostAddress address(url.host());
    if (url.scheme() == u"https")
        return !url.host().isEmpty();
    return url.scheme() == u"http"
        && (url.host() == u"localhost" || address.isLoopback() || kOfAws.contains(address));
}

QByteArray tokenOf(const AwsEnvironment &environment, Error *error)
{
    const QString path = environment.value(kTokenFile);
    QByteArray token = environment.value(kToken).toUtf8();
    if (!path.isEmpty()) {
        QFile file(environment.expanded(path));
        if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly)
            || file.size() > kLargestToken) {
            *error = misconfigured(
                ContainerCredentials::tr("The token file of the container, %1, cannot be read.")
                    .arg(path));
            return {};
        }
        token = file.readAll();
    }
    token = token.trimmed();
    if (token.contains('\n') || token.contains('\r'))
        *error = misconfigured(
            ContainerCredentials::tr("The token of the container has more than one line."));
    return token;
}

} // namespace

ContainerCredentials::ContainerCredentials(const AwsContext &context, QObject *parent)
    : FetchedCredentials(context, parent)
    , m_url(urlOf(context.environment))
    , m_nextAttempt(context.clock()->createTimer(this))
{
    connect(m_nextAttempt, &ClockTimer::timedOut, this, &ContainerCredentials::ask);
}

QString ContainerCredentials::displayName() const
{
    return tr("container");
}

bool ContainerCredentials::areIn(const AwsEnvironment &environment)
{
    return !environment.value(kRelative).isEmpty() || !environment.value(kFull).isEmpty();
}

void ContainerCredentials::fetch()
{
    Error error;
    const QByteArray token = tokenOf(context().environment, &error);
    if (!isTrustworthy(m_url))
        error = misconfigured(tr("AWS_CONTAINER_CREDENTIALS_FULL_URI names %1, which is neither "
                                 "encrypted nor local.")
                                  .arg(m_url.host()));
    if (error.isError()) {
        fail(error);
        return;
    }
    m_headers = {{"Accept"_ba, "application/json"_ba}};
    if (!token.isEmpty())
        m_headers.append({"Authorization"_ba, token});
    m_attempt = 0;
    ask();
}

void ContainerCredentials::ask()
{
    ++m_attempt;
    Error error;
    HttpAccess access = context().access(&error);
    if (error.isError()) {
        fail(error);
        return;
    }
    access.timeout = std::min<std::chrono::milliseconds>(access.timeout, kTimeout);
    // It is next to us; a proxy would get the token.
    if (m_url.scheme() == u"http")
        access.settings.proxy = QNetworkProxy(QNetworkProxy::NoProxy);
    HttpCall *call = HttpCall::get(m_url, m_headers, access, this);
    connect(call, &HttpCall::finished, this, &ContainerCredentials::onAnswer);
}

void ContainerCredentials::onAnswer(const HttpAnswer &answer, const Error &noAnswer)
{
    Error error = noAnswer;
    if (!error.isError() && answer.status != 200)
        error = AwsAnswer::error(answer, tr("The container's address for credentials refused."));
    if (error.isError()) {
        if (error.isRetryable() && m_attempt < kAttempts) {
            m_nextAttempt->start(kPause);
            return;
        }
        error.nextStep = tr("Check the role of the container, and AWS_CONTAINER_CREDENTIALS_….");
        fail(error);
        return;
    }
    const AwsCredentials credentials = AwsAnswer::metadataCredentials(AwsAnswer::json(answer));
    if (credentials.isValid())
        succeed(credentials, clockSkew(answer, *context().clock()));
    else
        fail(AwsAnswer::unusable(m_url.host()));
}

} // namespace AppSync

// SPDX-License-Identifier: Apache-2.0
#include "instancecredentials_p.h"

#include "awsanswer_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

const auto kRolePath = u"/latest/meta-data/iam/security-credentials/"_s;

QUrl baseOf(const AwsEnvironment &environment)
{
    QString chosen = environment.value(u"AWS_EC2_METADATA_SERVICE_ENDPOINT"_s);
    while (chosen.endsWith(u'/'))
        chosen.chop(1);
    const QString mode = environment.value(u"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"_s);
    if (!chosen.isEmpty())
        return QUrl(chosen);
    return QUrl(mode.compare(u"ipv6", Qt::CaseInsensitive) == 0 ? u"http://[fd00:ec2::254]"_s
                                                                : u"http://169.254.169.254"_s);
}

} // namespace

InstanceCredentials::InstanceCredentials(const AwsContext &context, QObject *parent)
    : FetchedCredentials(context, parent), m_base(baseOf(context.environment))
{
}

QString InstanceCredentials::displayName() const
{
    return tr("EC2 instance");
}

bool InstanceCredentials::areDisabled(const AwsEnvironment &environment)
{
    return environment.value(u"AWS_EC2_METADATA_DISABLED"_s).compare(u"true", Qt::CaseInsensitive)
        == 0;
}

void InstanceCredentials::fetch()
{
    if (areDisabled(context().environment)) {
        fail(Error::local(Error::Kind::InvalidInput,
                          tr("The EC2 instance is not asked: AWS_EC2_METADATA_DISABLED is set."),
                          tr("Unset it, or use other credentials.")));
        return;
    }
    m_attempts =
        std::max(context().environment.value(u"AWS_METADATA_SERVICE_NUM_ATTEMPTS"_s).toInt(), 1);
    askForToken();
}

std::chrono::milliseconds InstanceCredentials::timeout() const
{
    const double seconds =
        context().environment.value(u"AWS_METADATA_SERVICE_TIMEOUT"_s).toDouble();
    const std::chrono::milliseconds asked(seconds > 0 ? qint64(seconds * 1000) : 1000);
    return std::min(asked, context().environment.requestTimeout);
}

void InstanceCredentials::askForToken()
{
    --m_attempts;
    request("PUT", u"/latest/api/token"_s,
            {{"x-aws-ec2-metadata-token-ttl-seconds"_ba, "21600"_ba}},
            [this](const HttpAnswer &answer) {
                m_token = answer.body.trimmed();
                askForRole();
            });
}

void InstanceCredentials::askForRole()
{
    request("GET", kRolePath, {{"x-aws-ec2-metadata-token"_ba, m_token}},
            [this](const HttpAnswer &answer) {
                const QString role = QString::fromUtf8(answer.body).section(u'\n', 0, 0).trimmed();
                if (role.isEmpty())
                    fail(AwsAnswer::unusable(tr("the EC2 instance")));
                else
                    askForCredentials(role);
            });
}

void InstanceCredentials::askForCredentials(const QString &role)
{
    request("GET", kRolePath + role, {{"x-aws-ec2-metadata-token"_ba, m_token}},
            [this](const HttpAnswer &answer) { onCredentials(answer); });
}

void InstanceCredentials::onCredentials(const HttpAnswer &answer)
{
    const QJsonObject object = AwsAnswer::json(answer);
    const AwsCredentials credentials = AwsAnswer::metadataCredentials(object);
    const QString code = object[u"Code"_s].toString();
    if (!code.isEmpty() && code != u"Success")
        fail(AwsAnswer::error(answer.status, code, object[u"Message"_s].toString(),
                              tr("The role of the EC2 instance gives no credentials.")));
    else if (credentials.isValid())
        succeed(credentials, clockSkew(answer, *context().clock()));
    else
        fail(AwsAnswer::unusable(tr("the EC2 instance")));
}

void InstanceCredentials::request(const QByteArray &verb, const QString &path,
                                  const Headers &headers,
                                  const std::function<void(const HttpAnswer &)> &goOn)
{
    Error unreadable;
    HttpAccess access = context().access(&unreadable);
    access.timeout = timeout();
    access.settings.proxy = QNetworkProxy(QNetworkProxy::NoProxy);
    QUrl url = m_base;
    url.setPath(m_base.path() + path);
    HttpCall *call = HttpCall::send(verb, url, headers, {}, access, this);
    connect(call, &HttpCall::finished, this,
            [this, goOn](const HttpAnswer &answer, const Error &noAnswer) {
                if (!noAnswer.isError() && answer.status == 200) {
                    goOn(answer);
                } else if (noAnswer.isError() && m_attempts > 0) {
                    askForToken();
                } else {
                    Error error = noAnswer.isError()
                        ? noAnswer
                        : AwsAnswer::error(answer,
                                           tr("The metadata service of the EC2 instance refused."));
                    error.nextStep =
                        tr("Only EC2 instances with a role have it; use other credentials "
                           "elsewhere.");
                    fail(error);
                }
            });
}

} // namespace AppSync

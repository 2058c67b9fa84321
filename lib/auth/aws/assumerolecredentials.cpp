// SPDX-License-Identifier: Apache-2.0
#include "assumerolecredentials_p.h"

#include "../sigv4/sigv4_p.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr int kMaximumCodes = 3;
//! What AWS bears between its clock and ours, with some reserve.
constexpr std::chrono::minutes kTolerance{4};

bool isAboutCode(const Error &error)
{
    return error.serverMessage.contains(u"MultiFactorAuthentication"_s)
        && error.serverMessage.contains(u"code"_s);
}

bool isAboutTime(const Error &error)
{
    return error.type == u"RequestExpired" || error.type == u"RequestTimeTooSkewed"
        || (error.type == u"SignatureDoesNotMatch"
            && (error.serverMessage.contains(u"expired"_s)
                || error.serverMessage.contains(u"current"_s)));
}

} // namespace

AssumeRoleCredentials::AssumeRoleCredentials(const AwsContext &context, FetchedCredentials *source,
                                             QObject *parent)
    : FetchedCredentials(context, parent), m_source(source)
{
    m_source->setParent(this);
    m_source->setOuter(this);
}

QString AssumeRoleCredentials::displayName() const
{
    return tr("profile %1 (role, through %2)").arg(context().profile.name, m_source->displayName());
}

QString AssumeRoleCredentials::setting(const QString &key) const
{
    return context().profile.value(key);
}

void AssumeRoleCredentials::fetch()
{
    m_codesAsked = 0;
    m_problem.clear();
    m_isRenewed = false;
    const QString duration = setting(u"duration_seconds"_s);
    bool isNumber = duration.isEmpty();
    if (!isNumber)
        duration.toInt(&isNumber);
    if (isNumber)
        start();
    else
        fail(Error::local(Error::Kind::InvalidInput,
                          tr("The duration_seconds of the AWS profile %1 is no number.")
                              .arg(context().profile.name),
                          tr("Write whole seconds, from 900 on.")));
}

void AssumeRoleCredentials::start()
{
    take(m_source, [this](const AwsCredentials &credentials) {
        m_sourceCredentials = credentials;
        if (setting(u"mfa_serial"_s).isEmpty())
            assume({});
        else
            askForCode();
    });
}

void AssumeRoleCredentials::askForCode()
{
    ++m_codesAsked;
    auto *question =
        new Interaction(Interaction::Kind::Form, tr("Code for an AWS role"),
                        tr("The AWS profile %1 needs the code that the MFA device %2 shows now.")
                            .arg(context().profile.name, setting(u"mfa_serial"_s)),
                        this);
    InteractionField field;
    field.name = u"code"_s;
    field.label = tr("Code");
    field.hint = tr("Six digits; each can be used once");
    question->setFields({field});
    question->setProblem(m_problem);
    ask(question, [this](const QVariantMap &values) {
        static const QRegularExpression kSixDigits(u"^[0-9]{6}$"_s);
        const QString code = values[u"code"_s].toString().remove(u' ');
        if (code.contains(kSixDigits)) {
            assume(code);
        } else if (m_codesAsked < kMaximumCodes) {
            m_problem = tr("A code has six digits.");
            askForCode();
        } else {
            fail(Error::local(Error::Kind::InvalidInput,
                              tr("The code for the AWS profile %1 has to have six digits.")
                                  .arg(context().profile.name),
                              tr("Try again with the code that the device shows.")));
        }
    });
}

void AssumeRoleCredentials::assume(const QString &code)
{
    m_code = code;
    const QString region = context().region().isEmpty() ? u"us-east-1"_s : context().region();
    const QDateTime now = context().now().addMSecs(-m_skew.count());
    const QString name = setting(u"role_session_name"_s);
    SigV4::Request request;
    request.url = context().endpoint(u"sts"_s, region);
    request.url.setPath(request.url.path() + u'/');
    request.headers = Sts::headers();
    request.body =
        Sts::form(u"AssumeRole"_s,
                  {{u"RoleArn"_s, setting(u"role_arn"_s)},
                   {u"RoleSessionName"_s, name.isEmpty() ? Sts::sessionName(now) : name},
                   {u"DurationSeconds"_s, setting(u"duration_seconds"_s)},
                   {u"ExternalId"_s, setting(u"external_id"_s)},
                   {u"SerialNumber"_s, code.isEmpty() ? QString() : setting(u"mfa_serial"_s)},
                   {u"TokenCode"_s, code}});
    request.region = region.toUtf8();
    request.service = "sts";
    request.date = now;
    const SigV4::Signature signature = SigV4::sign(request, m_sourceCredentials);
    send("POST", request.url, signature.headers, request.body,
         [this](const HttpAnswer &answer) { onAnswer(answer); });
}

void AssumeRoleCredentials::onAnswer(const HttpAnswer &answer)
{
    const Sts::Answer result =
        Sts::Answer::of(answer,
                        tr("The role %1 of the AWS profile %2 was refused.")
                            .arg(setting(u"role_arn"_s), context().profile.name));
    if (!result.error.isError())
        succeed(result.credentials, clockSkew(answer, *context().clock()));
    else if (!hasTriedAgain(result.error, answer))
        fail(described(result.error, answer));
}

bool AssumeRoleCredentials::hasTriedAgain(const Error &error, const HttpAnswer &answer)
{
    if (!m_code.isEmpty() && isAboutCode(error) && m_codesAsked < kMaximumCodes) {
        m_problem = tr("The service did not accept the code. Wait for the next one.");
        askForCode();
        return true;
    }
    const std::chrono::milliseconds skew = clockSkew(answer, *context().clock());
    if (isAboutTime(error) && std::chrono::abs(skew - m_skew) > kTolerance) {
        m_skew = skew;
        assume(m_code);
        return true;
    }
    const bool isSourceRefused =
        error.type.startsWith(u"ExpiredToken") || error.type == u"InvalidClientTokenId";
    if (isSourceRefused && !std::exchange(m_isRenewed, true) && m_source->invalidate()) {
        start();
        return true;
    }
    return false;
}

Error AssumeRoleCredentials::described(Error error, const HttpAnswer &answer) const
{
    const QString clock = clockAdvice(clockSkew(answer, *context().clock()));
    if (isAboutTime(error) && !clock.isEmpty())
        error.nextStep = clock;
    else if (isAboutCode(error))
        error.nextStep = tr("Check mfa_serial of the profile and the clock of the device.");
    else if (error.type == u"RegionDisabledException")
        error.nextStep = tr("Choose another region for the profile.");
    else if (error.type.startsWith(u"ExpiredToken") || error.type == u"InvalidClientTokenId"
             || error.type == u"SignatureDoesNotMatch")
        error.nextStep =
            tr("The credentials of %1, which take the role, are not valid; renew them.")
                .arg(m_source->displayName());
    else if (!error.isRetryable())
        error.nextStep = tr("Check that the role's trust policy allows it to %1, and external_id.")
                             .arg(m_source->displayName());
    return error;
}

} // namespace AppSync

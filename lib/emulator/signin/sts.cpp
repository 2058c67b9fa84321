// SPDX-License-Identifier: Apache-2.0
#include "sts_p.h"

#include "../access/sigv4check_p.h"
#include "totp_p.h"

#include <QRegularExpression>
#include <QUuid>
#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kShortestSession = 900; // s
constexpr int kUsualSession = 3600; // s
const QString kNamespace = u"https://sts.amazonaws.com/doc/2011-06-15/"_s;

QHash<QString, QString> formOf(const QByteArray &body)
{
    QHash<QString, QString> form;
    for (QByteArray pair : body.split('&')) {
        pair.replace('+', ' ');
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0)
            form.insert(
                QString::fromUtf8(QByteArray::fromPercentEncoding(pair.first(equals))),
                QString::fromUtf8(QByteArray::fromPercentEncoding(pair.sliced(equals + 1))));
    }
    return form;
}

//! What a client sent may hold characters that XML cannot.
QString xmlText(QString text)
{
    for (QChar &c : text) {
        if (!c.isPrint() && c != u'\n' && !c.isSurrogate())
            c = u'?';
    }
    return text;
}

QString requestId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

//! Elements of one parent stand together in \a texts.
void writeElements(QXmlStreamWriter &xml, const QList<QPair<QString, QString>> &texts)
{
    QString open;
    for (const auto &[path, text] : texts) {
        const QString parent = path.contains(u'/') ? path.section(u'/', 0, 0) : QString();
        if (parent != open && !open.isEmpty())
            xml.writeEndElement();
        if (parent != open && !parent.isEmpty())
            xml.writeStartElement(parent);
        open = parent;
        xml.writeTextElement(path.section(u'/', -1), text);
    }
    if (!open.isEmpty())
        xml.writeEndElement();
}

} // namespace

void Sts::setTerms(const QString &region, std::chrono::seconds signatureWindow)
{
    m_regions = {region.toUtf8(), "us-east-1"}; // the latter for the global endpoint
    m_window = signatureWindow;
}

bool Sts::isMeant(const HttpRequest &request)
{
    return request.header("content-type").startsWith("application/x-www-form-urlencoded");
}

HttpResponse Sts::handle(const HttpRequest &request, QString *refusal)
{
    const Parameters parameters = formOf(request.body);
    const QString action = parameters.value(u"Action"_s);
    const Answer answer = dispatch(request, parameters);
    QByteArray body;
    QXmlStreamWriter xml(&body);
    if (answer.code.isEmpty()) {
        xml.writeStartElement(action + u"Response"_s);
        xml.writeDefaultNamespace(kNamespace);
        xml.writeStartElement(action + u"Result"_s);
        writeElements(xml, answer.result);
        xml.writeEndElement();
        xml.writeStartElement(u"ResponseMetadata"_s);
        xml.writeTextElement(u"RequestId"_s, requestId());
    } else {
        *refusal = answer.code + u": "_s + answer.message.section(u'\n', 0, 0);
        xml.writeStartElement(u"ErrorResponse"_s);
        xml.writeDefaultNamespace(kNamespace);
        xml.writeStartElement(u"Error"_s);
        xml.writeTextElement(u"Type"_s, u"Sender"_s);
        xml.writeTextElement(u"Code"_s, answer.code);
        xml.writeTextElement(u"Message"_s, xmlText(answer.message));
        xml.writeEndElement();
        xml.writeTextElement(u"RequestId"_s, requestId());
    }
    xml.writeEndDocument();
    return {answer.status, body, {}, "text/xml"};
}

Sts::Answer Sts::dispatch(const HttpRequest &request, const Parameters &parameters)
{
    const QString action = parameters.value(u"Action"_s);
    if (action == u"GetCallerIdentity"_s)
        return getCallerIdentity(request);
    if (action == u"AssumeRole"_s)
        return assumeRole(request, parameters);
    if (action == u"AssumeRoleWithWebIdentity"_s)
        return assumeRoleWithWebIdentity(parameters);
    return {
        u"InvalidAction"_s,
        u"Could not find operation %1 for version %2"_s.arg(action, parameters.value(u"Version"_s)),
        400};
}

const Principal *Sts::signerOf(const HttpRequest &request, Answer *refusal) const
{
    using Fault = Sigv4Check::Fault;
    if (!request.header("authorization").startsWith(Sigv4::kAlgorithm)) {
        *refusal = {u"MissingAuthenticationToken"_s, u"Request is missing Authentication Token"_s,
                    403};
        return nullptr;
    }
    const Sigv4Check check(m_identities, m_now);
    const Sigv4Check::Verdict verdict =
        check.verify({"POST", request.path, request.query, request.headers, request.body},
                     {"sts", m_regions, m_window});
    if (verdict.principal)
        return verdict.principal;
    switch (verdict.fault) {
    case Fault::Incomplete:
        *refusal = {u"IncompleteSignature"_s, verdict.message, 400};
        break;
    case Fault::WrongSignature:
        *refusal = {u"SignatureDoesNotMatch"_s, verdict.message, 403};
        break;
    case Fault::UnknownKey:
        *refusal = {u"InvalidClientTokenId"_s, verdict.message, 403};
        break;
    case Fault::ExpiredToken:
        *refusal = {u"ExpiredToken"_s, verdict.message, 403};
        break;
    }
    return nullptr;
}

Sts::Answer Sts::getCallerIdentity(const HttpRequest &request) const
{
    Answer answer;
    const Principal *signer = signerOf(request, &answer);
    if (signer)
        answer.result = {{u"Arn"_s, signer->arn},
                         {u"UserId"_s, signer->userId},
                         {u"Account"_s, QString(kAccountId)}};
    return answer;
}

Sts::Answer Sts::assumeRole(const HttpRequest &request, const Parameters &parameters)
{
    Answer refusal;
    const Principal *signer = signerOf(request, &refusal);
    if (!signer)
        return refusal;
    const QString arn = parameters.value(u"RoleArn"_s);
    const EmulatorOptions::Role *role = m_identities.role(arn);
    const QString action = u"sts:AssumeRole"_s;
    // The service does not tell a role that is not there from one that may not be assumed.
    const bool mayBe = role && signer->mayDo(action, arn)
        && (role->externalId.isEmpty() || role->externalId == parameters.value(u"ExternalId"_s))
        && (!role->needsMfa || parameters.contains(u"TokenCode"_s));
    if (!mayBe)
        return {u"AccessDenied"_s,
                u"User: %1 is not authorized to perform: %2 on resource: %3"_s.arg(signer->arn,
                                                                                   action, arn),
                403};
    const bool hasWrongCode = parameters.contains(u"TokenCode"_s)
        && (signer->mfaSecret.isEmpty() || parameters.value(u"SerialNumber"_s) != signer->mfaSerial
            || Totp::matchingStep(signer->mfaSecret, parameters.value(u"TokenCode"_s),
                                  m_now().toSecsSinceEpoch())
                < 0);
    if (hasWrongCode)
        return {u"AccessDenied"_s,
                u"MultiFactorAuthentication failed with invalid MFA one time pass code. "_s, 403};
    return issue(parameters, *role);
}

Sts::Answer Sts::assumeRoleWithWebIdentity(const Parameters &parameters)
{
    const auto token = WebToken::parse(parameters.value(u"WebIdentityToken"_s));
    if (!token)
        return {u"InvalidIdentityToken"_s,
                u"The ID Token provided is not a valid JWT. (You may see this error if you sent an "
                "Access Token)"_s,
                400};
    const TokenCheck::Provider *provider = m_tokens.providerOf(*token);
    if (!provider)
        return {u"InvalidIdentityToken"_s,
                u"No OpenIDConnect provider found in your account for %1"_s.arg(
                    token->claims.value("iss"_L1).toString()),
                400};
    const TokenCheck::Verdict verdict = m_tokens.verify(*token, *provider);
    if (verdict.hasExpired) {
        return {u"ExpiredTokenException"_s,
                u"Token expired: current date/time %1 must be before the expiration date/time %2"_s
                    .arg(m_now().toSecsSinceEpoch())
                    .arg(token->claims.value("exp"_L1).toInteger()),
                400};
    }
    if (!verdict.isGood())
        return {u"InvalidIdentityToken"_s, verdict.problem, 400};
    const EmulatorOptions::Role *role = m_identities.role(parameters.value(u"RoleArn"_s));
    if (!role)
        return {u"AccessDenied"_s, u"Not authorized to perform sts:AssumeRoleWithWebIdentity"_s,
                403};
    Answer answer = issue(parameters, *role);
    if (answer.code.isEmpty()) {
        answer.result += {{u"SubjectFromWebIdentityToken"_s, verdict.subject()},
                          {u"Provider"_s, provider->issuer}};
    }
    return answer;
}

std::optional<Sts::Answer> Sts::sessionProblem(const Parameters &parameters,
                                               const EmulatorOptions::Role &role)
{
    static const QRegularExpression form(u"^[A-Za-z0-9+=,.@_-]{2,64}$"_s);
    const auto wrong = [](const QString &message) {
        return Answer{u"ValidationError"_s, message, 400};
    };
    const QString name = parameters.value(u"RoleSessionName"_s);
    if (!form.match(name).hasMatch()) {
        return wrong(
            u"1 validation error detected: Value '%1' at 'roleSessionName' failed to satisfy "
            "constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*"_s.arg(name));
    }
    const QString asked = parameters.value(u"DurationSeconds"_s, QString::number(kUsualSession));
    if (asked.toInt() < kShortestSession) {
        return wrong(
            u"1 validation error detected: Value '%1' at 'durationSeconds' failed to satisfy "
            "constraint: Member must have value greater than or equal to %2"_s.arg(asked)
                .arg(kShortestSession));
    }
    if (asked.toInt() > role.longestSession.count())
        return wrong(
            u"The requested DurationSeconds exceeds the MaxSessionDuration set for this role."_s);
    return std::nullopt;
}

Sts::Answer Sts::issue(const Parameters &parameters, const EmulatorOptions::Role &role)
{
    if (const auto problem = sessionProblem(parameters, role))
        return *problem;
    const int seconds =
        parameters.value(u"DurationSeconds"_s, QString::number(kUsualSession)).toInt();
    const Principal principal = m_identities.issue(role, parameters.value(u"RoleSessionName"_s),
                                                   std::chrono::seconds(seconds), m_now());
    Answer answer;
    answer.result = {
        {u"Credentials/AccessKeyId"_s, principal.accessKeyId},
        {u"Credentials/SecretAccessKey"_s, principal.secretAccessKey},
        {u"Credentials/SessionToken"_s, principal.sessionToken},
        {u"Credentials/Expiration"_s, principal.expiration.toUTC().toString(Qt::ISODate)},
        {u"AssumedRoleUser/AssumedRoleId"_s, principal.userId},
        {u"AssumedRoleUser/Arn"_s, principal.arn},
    };
    return answer;
}

} // namespace AppSync::Emulation

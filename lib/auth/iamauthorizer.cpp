// SPDX-License-Identifier: Apache-2.0
#include "iamauthorizer.h"

#include "../wire/protocol_p.h"
#include "sigv4/sigv4_p.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qsizetype kRecentSignatures = 16;

//! The headers beside the host, the date and the token. Over HTTP they are sent as they stand here; what goes
//! into a frame is there for the signature alone, as in Amplify's clients.
Headers headersFor(const SignableRequest &request)
{
    if (request.overHttp)
        return {{"content-type"_ba, "application/json"_ba}};
    return {{"accept"_ba, "application/json, text/javascript"_ba},
            {"content-encoding"_ba, "amz-1.0"_ba},
            {"content-type"_ba, "application/json; charset=UTF-8"_ba}};
}

//! Not which regions exist, but what would make another scope of it.
bool canBeRegion(const QString &text)
{
    static const QRegularExpression pattern(u"^[a-z0-9-]+$"_s);
    return pattern.match(text).hasMatch();
}

QByteArray hashWithEscapes(QByteArray body)
{
    if (!body.contains('<') && !body.contains('>'))
        return {};
    body.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    return SigV4::hash(body);
}

//! What may be shown of a signature.
RequestSignature recordOf(const SignableRequest &request, const SigV4::Signature &made,
                          const AwsCredentials &credentials)
{
    RequestSignature record;
    record.operation = request.operation;
    record.overHttp = request.overHttp;
    record.channel = request.channel;
    record.canonicalRequest = withoutCredentials(QString::fromUtf8(made.canonicalRequest));
    record.stringToSign = QString::fromUtf8(made.stringToSign);
    record.signedHeaders = QString::fromLatin1(made.signedHeaders).split(u';');
    record.accessKeyId = credentials.accessKeyId;
    record.source = credentials.source;
    record.hasSessionToken = !credentials.sessionToken.isEmpty();
    if (record.hasSessionToken)
        record.tokenHash = SigV4::hash(credentials.sessionToken.toUtf8());
    record.escapedBodyHash = hashWithEscapes(request.body);
    return record;
}

Error noRegion()
{
    return Error::local(
        Error::Kind::InvalidInput,
        IamAuthorizer::tr("The region of the API is not known, which a signature has to name: the "
                          "host does not tell, and neither do AWS_REGION, AWS_DEFAULT_REGION or "
                          "the source of the credentials."),
        IamAuthorizer::tr("Set the region of the API, such as eu-west-1, in the connection, in "
                          "AWS_REGION, or as `region` of the AWS profile."));
}

Error badRegion(const SigningRegion &region)
{
    return Error::local(Error::Kind::InvalidInput,
                        IamAuthorizer::tr("This is not a region: %1.").arg(region.description()),
                        IamAuthorizer::tr("Give a region such as eu-west-1."));
}

} // namespace

IamAuthorizer::IamAuthorizer(QObject *parent) : IamAuthorizer(Function(), parent)
{
}

IamAuthorizer::IamAuthorizer(CredentialsSource *source, QObject *parent)
    : IamAuthorizer(Function(), parent)
{
    m_source = source;
}

IamAuthorizer::IamAuthorizer(Function function, QObject *parent)
    : Authorizer(parent), m_function(std::move(function)), m_service(u"appsync"_s)
{
}

CredentialsSource *IamAuthorizer::source() const
{
    return m_source;
}

void IamAuthorizer::setSource(CredentialsSource *source)
{
    if (m_source == source)
        return;
    m_source = source;
    Q_EMIT sourceChanged();
}

void IamAuthorizer::setFunction(Function function)
{
    m_function = std::move(function);
}

void IamAuthorizer::setRegion(const QString &region)
{
    if (m_region == region)
        return;
    m_region = region;
    Q_EMIT regionChanged();
}

void IamAuthorizer::setService(const QString &service)
{
    if (m_service == service)
        return;
    m_service = service;
    Q_EMIT serviceChanged();
}

void IamAuthorizer::setClockOffset(std::chrono::milliseconds offset)
{
    if (m_clockOffset == offset)
        return;
    m_clockOffset = offset;
    Q_EMIT clockOffsetChanged();
}

double IamAuthorizer::clockOffsetSeconds() const
{
    return std::chrono::duration<double>(m_clockOffset).count();
}

void IamAuthorizer::setClockOffsetSeconds(double seconds)
{
    setClockOffset(
        std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>(seconds)));
}

SigningRegion IamAuthorizer::signingRegion(const QString &endpointRegion) const
{
    using Source = SigningRegion::Source;
    const QList<QPair<Source, QString>> all{
        {Source::Setting, m_region.trimmed()},
        {Source::Endpoint, endpointRegion.trimmed()},
        {Source::AwsRegion, qEnvironmentVariable("AWS_REGION").trimmed()},
        {Source::AwsDefaultRegion, qEnvironmentVariable("AWS_DEFAULT_REGION").trimmed()},
        {Source::Credentials, m_source ? m_source->region().trimmed() : QString()}};
    const auto first = std::find_if(all.cbegin(), all.cend(), [](const auto &candidate) {
        return !candidate.second.isEmpty();
    });
    if (first == all.cend())
        return {};
    SigningRegion region{first->second, first->first, {}};
    // The rest may well name other regions than the API's: they are for all of AWS.
    const auto other = first + 1;
    const bool isRival = first->first == Source::Setting || first->first == Source::AwsRegion;
    if (isRival && !other->second.isEmpty() && other->second != first->second)
        region.warning = first->first == Source::Setting
            ? tr("The endpoint is in %1.").arg(other->second)
            : tr("AWS_DEFAULT_REGION says %1.").arg(other->second);
    return region;
}

SignatureHelp IamAuthorizer::explain(const QString &serverText, const QDateTime &serverTime) const
{
    return SignatureHelp::explain(serverText, m_signatures, serverTime);
}

bool IamAuthorizer::isRegionMissing(const Error &error)
{
    return error == noRegion();
}

AuthReply *IamAuthorizer::authorize(const SignableRequest &request)
{
    auto *reply = new AuthReply(this);
    // A copy: it may set another one while it runs.
    if (const Function function = m_function) {
        function(request, reply);
        return reply;
    }
    CredentialsReply *asked = m_source ? m_source->credentials() : nullptr;
    if (!asked) {
        reply->fail(Error::local(Error::Kind::InvalidInput, tr("No AWS credentials are set."),
                                 tr("Give the IAM authorizer a source of credentials: a profile, "
                                    "the environment, keys.")));
        return reply;
    }
    reply->follow(asked);
    connect(asked, &Reply::finished, reply, [this, reply, asked, request] {
        if (asked->error().isError())
            reply->fail(asked->error());
        else
            sign(reply, request, asked->credentials());
    });
    return reply;
}

void IamAuthorizer::sign(AuthReply *reply, const SignableRequest &request,
                         const AwsCredentials &credentials)
{
    const SigningRegion region = signingRegion(request.region);
    if (region.name.isEmpty())
        return reply->fail(noRegion());
    if (!canBeRegion(region.name))
        return reply->fail(badRegion(region));
    SigV4::Request wanted;
    wanted.url = request.url;
    wanted.headers = headersFor(request);
    wanted.headers.append(
        {"host"_ba, request.host.isEmpty() ? SigV4::hostOf(request.url) : request.host.toUtf8()});
    wanted.body = request.body;
    wanted.region = region.name.toLatin1();
    wanted.service = m_service.toUtf8();
    wanted.date =
        QDateTime::fromMSecsSinceEpoch(m_clock->wallMs() + m_clockOffset.count(), Qt::UTC);
    const SigV4::Signature made = SigV4::sign(wanted, credentials);
    RequestSignature record = recordOf(request, made, credentials);
    record.region = region;
    record.service = m_service;
    record.date = wanted.date;
    m_signatures.prepend(record);
    m_signatures.resize(std::min(m_signatures.size(), kRecentSignatures));
    reply->succeed(made.headers);
}

bool IamAuthorizer::invalidate()
{
    if (m_function) {
        Q_EMIT refused();
        return true;
    }
    return m_source && m_source->invalidate();
}

QString IamAuthorizer::displayName() const
{
    return m_source && !m_function ? tr("IAM, %1").arg(m_source->displayName()) : tr("IAM");
}

} // namespace AppSync

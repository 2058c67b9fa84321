// SPDX-License-Identifier: Apache-2.0
#include "sigv4check_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

QByteArray headerOf(const HeaderList &headers, QByteArrayView name)
{
    return Credentials{headers}.header(name);
}

QString mismatch(const QByteArray &canonicalRequest, const QByteArray &stringToSign)
{
    return u"The request signature we calculated does not match the signature you provided. Check "
           u"your "
           "AWS Secret Access Key and signing method. Consult the service documentation for "
           "details.\n\nThe Canonical String for this request should have been\n'%1'\n\n"
           "The String-to-Sign should have been\n'%2'\n"_s.arg(QString::fromUtf8(canonicalRequest),
                                                               QString::fromUtf8(stringToSign));
}

} // namespace

Sigv4Check::Verdict Sigv4Check::verify(const SignedRequest &request, const Terms &terms,
                                       const QByteArrayList &otherBodies) const
{
    const auto refuse = [](const Problem &problem) {
        return Verdict{nullptr, problem.fault, problem.message};
    };
    QString missing;
    const auto claim = Sigv4::parse(headerOf(request.headers, "authorization"), &missing);
    if (!claim)
        return refuse({Fault::Incomplete, missing});
    const QByteArray time = headerOf(request.headers, "x-amz-date");
    const QDateTime signedAt = Sigv4::parseTime(time);
    if (!signedAt.isValid()) {
        return refuse({Fault::Incomplete,
                       u"Authorization header requires existence of either a 'X-Amz-Date' or a "
                       "'Date' header."_s});
    }
    const Principal *principal = m_identities.find(QString::fromUtf8(claim->accessKeyId));
    if (const auto problem = keyProblem(principal, request))
        return refuse(*problem);
    if (const auto problem = scopeProblem(*claim, time, terms))
        return refuse(*problem);
    if (const auto problem = timeProblem(signedAt, terms.window))
        return refuse(*problem);

    SignedRequest candidate = request;
    QString expected;
    for (const QByteArray &body : QByteArrayList{request.body} + otherBodies) {
        candidate.body = body;
        const QByteArray canonical = Sigv4::canonicalRequest(candidate, claim->signedHeaders);
        const QByteArray text = Sigv4::stringToSign(*claim, time, canonical);
        if (Sigv4::signature(*claim, principal->secretAccessKey.toUtf8(), text) == claim->signature)
            return {principal, {}, {}};
        if (expected.isEmpty())
            expected = mismatch(canonical, text);
    }
    return refuse({Fault::WrongSignature, expected});
}

std::optional<Sigv4Check::Problem> Sigv4Check::keyProblem(const Principal *principal,
                                                          const SignedRequest &request) const
{
    const QString token = QString::fromUtf8(headerOf(request.headers, "x-amz-security-token"));
    if (!principal || principal->sessionToken != token)
        return Problem{Fault::UnknownKey,
                       u"The security token included in the request is invalid."_s};
    if (principal->expiration.isValid() && principal->expiration <= m_now())
        return Problem{Fault::ExpiredToken,
                       u"The security token included in the request is expired"_s};
    return std::nullopt;
}

std::optional<Sigv4Check::Problem>
Sigv4Check::scopeProblem(const Sigv4::Claim &claim, const QByteArray &time, const Terms &terms)
{
    const auto wrong = [](const QString &message) {
        return Problem{Fault::WrongSignature, message};
    };
    const auto text = [](const QByteArray &bytes) { return QString::fromUtf8(bytes); };
    if (!terms.regions.contains(claim.region))
        return wrong(
            u"Credential should be scoped to a valid region, not '%1'. "_s.arg(text(claim.region)));
    if (claim.service != terms.service)
        return wrong(
            u"Credential should be scoped to correct service: '%1'. "_s.arg(text(terms.service)));
    if (claim.terminator != "aws4_request")
        return wrong(
            u"Credential should be scoped with a valid terminator: 'aws4_request', not '%1'. "_s
                .arg(text(claim.terminator)));
    if (!time.startsWith(claim.date + 'T')) {
        return wrong(
            u"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
            "from HTTP: '%1' != '%2', from '%3'."_s.arg(text(claim.date), text(time.first(8)),
                                                        text(time)));
    }
    if (!claim.signedHeaders.toLower().split(';').contains("host"))
        return wrong(
            u"'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."_s);
    return std::nullopt;
}

std::optional<Sigv4Check::Problem> Sigv4Check::timeProblem(const QDateTime &time,
                                                           std::chrono::seconds window) const
{
    const QDateTime now = m_now().toUTC();
    const qint64 minutes = std::chrono::duration_cast<std::chrono::minutes>(window).count();
    const QDateTime first = now.addSecs(-window.count());
    const QDateTime last = now.addSecs(window.count());
    const auto told = [&](const QString &text, const QDateTime &bound) {
        return Problem{Fault::WrongSignature,
                       text.arg(Sigv4::timeText(time), Sigv4::timeText(bound), Sigv4::timeText(now))
                           .arg(minutes)};
    };
    if (time < first)
        return told(u"Signature expired: %1 is now earlier than %2 (%3 - %4 min.)"_s, first);
    if (time > last)
        return told(u"Signature not yet current: %1 is still later than %2 (%3 + %4 min.)"_s, last);
    return std::nullopt;
}

} // namespace AppSync::Emulation

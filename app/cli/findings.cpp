// SPDX-License-Identifier: Apache-2.0
#include "app/cli/findings.h"

#include "app/cli/console.h"
#include "app/core/jsontext.h"

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

QByteArray textOrNull(const QString &text)
{
    return text.isEmpty() ? QByteArray("null") : JsonText::quoted(text);
}

QByteArray list(const QStringList &texts)
{
    QByteArray out;
    for (const QString &text : texts)
        out += (out.isEmpty() ? "" : ",") + JsonText::quoted(text);
    return '[' + out + ']';
}

QByteArray timeOrNull(const QDateTime &time)
{
    return time.isValid() ? '"' + time.toUTC().toString(Qt::ISODateWithMs).toLatin1() + '"'
                          : "null";
}

QByteArray claimsOrNull(const AppSync::JwtClaims &claims)
{
    if (!claims.isValid())
        return "null";
    QByteArray out;
    for (const AppSync::JwtClaim &claim : claims.claims())
        out += (out.isEmpty() ? "" : ",") + JsonText::quoted(claim.name) + ':'
            + JsonText::quoted(claim.value);
    return '{' + out + '}';
}

QByteArray boolOrNull(std::optional<bool> value)
{
    return value ? QByteArray(*value ? "true" : "false") : QByteArray("null");
}

//! "12 min", for times to come; "expired" for others.
QString untilText(const QDateTime &time)
{
    const qint64 seconds = QDateTime::currentDateTimeUtc().secsTo(time);
    if (seconds <= 0)
        return u"expired"_s;
    if (seconds < 120)
        return u"in %1 s"_s.arg(seconds);
    if (seconds < 2 * 3600)
        return u"in %1 min"_s.arg(seconds / 60);
    return seconds < 48 * 3600 ? u"in %1 h"_s.arg(seconds / 3600)
                               : u"in %1 days"_s.arg(seconds / 86'400);
}

QString claimText(const AppSync::JwtClaim &claim)
{
    return claim.name + u": "_s
        + (claim.time.isValid() ? claim.time.toString(Qt::ISODate) : claim.value);
}

} // namespace

Finding SignInFinding::toFinding() const
{
    Finding finding;
    const bool failed = error.isError();
    finding.outcome = failed ? DoctorStep::Outcome::Failed
        : isUsable           ? DoctorStep::Outcome::Ok
                             : DoctorStep::Outcome::Skipped;
    finding.name = toText(mode);
    finding.error = error;
    finding.summary = what;
    if (!failed && !isUsable)
        finding.summary += u": not signed in"_s;
    const auto add = [&](const QString &name, const QStringList &values) {
        if (!values.isEmpty() && !values.first().isEmpty())
            finding.facts.append({name, values});
    };
    add(u"used for"_s, {operations.join(u", ")});
    add(u"from"_s, {source});
    if (isKept)
        add(u"kept"_s, {*isKept ? u"for later runs"_s : u"for this run only"_s});
    if (expiresAt.isValid())
        add(u"expires"_s,
            {u"%1, %2"_s.arg(untilText(expiresAt), expiresAt.toUTC().toString(Qt::ISODate))});
    QStringList claimTexts;
    for (const AppSync::JwtClaim &claim : claims.claims())
        claimTexts.append(claimText(claim));
    add(u"claims"_s, claimTexts);
    add(u"warning"_s, warnings);
    finding.members = R"("kind":"auth","mode":)" + JsonText::quoted(finding.name)
        + ",\"operations\":" + list(operations) + ",\"what\":" + textOrNull(what)
        + ",\"source\":" + textOrNull(source) + ",\"signedIn\":" + boolOrNull(isUsable && !failed)
        + ",\"kept\":" + boolOrNull(isKept) + ",\"expiresAt\":" + timeOrNull(expiresAt)
        + ",\"claims\":" + claimsOrNull(claims) + ",\"warnings\":" + list(warnings)
        + ",\"message\":" + textOrNull(fullMessage(error))
        + ",\"hint\":" + textOrNull(error.nextStep);
    return finding;
}

Finding toFinding(const AppSync::CredentialsAttempt &attempt)
{
    using Outcome = AppSync::CredentialsAttempt::Outcome;
    Finding finding;
    QByteArray outcome = "absent";
    finding.outcome = DoctorStep::Outcome::Skipped;
    if (attempt.outcome == Outcome::Used) {
        outcome = "used";
        finding.outcome = DoctorStep::Outcome::Ok;
    } else if (attempt.outcome == Outcome::Failed) {
        outcome = "failed";
        finding.outcome = DoctorStep::Outcome::Failed;
        finding.error.message = attempt.words;
    } else if (attempt.outcome == Outcome::NotAsked) {
        outcome = "not-asked";
    }
    finding.name = u"aws"_s;
    finding.summary =
        attempt.words.isEmpty() ? attempt.source : attempt.source + u": "_s + attempt.words;
    finding.members = R"("kind":"source","source":)" + JsonText::quoted(attempt.source)
        + ",\"outcome\":\"" + outcome + "\",\"message\":" + textOrNull(attempt.words);
    return finding;
}

Finding keychainFinding(bool isThere, const QString &text, const QString &nextStep)
{
    Finding finding;
    finding.outcome = isThere ? DoctorStep::Outcome::Ok : DoctorStep::Outcome::Skipped;
    finding.name = u"keychain"_s;
    finding.summary = text;
    if (!nextStep.isEmpty())
        finding.facts.append({u"next step"_s, {nextStep}});
    finding.members = R"("kind":"keychain","available":)" + QByteArray(isThere ? "true" : "false")
        + ",\"message\":" + textOrNull(text) + ",\"hint\":" + textOrNull(nextStep);
    return finding;
}

} // namespace Syncscope::Cli

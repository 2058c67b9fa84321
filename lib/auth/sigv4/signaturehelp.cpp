// SPDX-License-Identifier: Apache-2.0
#include "signaturehelp.h"

#include "signaturetext_p.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <set>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

using Kind = SignatureCause::Kind;

constexpr auto kTokenHeader = "x-amz-security-token"_L1;
//! What AWS services usually bear; AppSync's own bound is not documented.
constexpr std::chrono::minutes kBearableSkew{5};

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::SignatureHelp", text);
}

bool says(const QString &text, QLatin1StringView words)
{
    return text.contains(words, Qt::CaseInsensitive);
}

QString hashOf(const QString &text)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex());
}

//! The region in a host of AppSync; empty for other hosts.
QString regionOf(const QString &host)
{
    static const QRegularExpression pattern(uR"(\.appsync(?:-realtime)?-api\.([a-z0-9-]+)\.)"_s);
    return pattern.match(host).captured(1);
}

QString minutes(std::chrono::seconds duration)
{
    const double count = double(std::abs(duration.count())) / 60;
    return QString::number(count, 'f', count < 10 ? 1 : 0);
}

QString target(const SignatureText::Canonical &request)
{
    const QString query = request.query.isEmpty() ? QString() : u'?' + request.query;
    return request.method + u' ' + request.path + query;
}

bool isToken(const QString &header)
{
    return header.compare(kTokenHeader, Qt::CaseInsensitive) == 0;
}

//! Of a line with a session token all but its length, unless somebody else was quicker.
QString masked(const QString &line)
{
    const qsizetype value = line.indexOf(u':') + 1;
    static const QRegularExpression already(u"^<masked, \\d+ bytes>$"_s);
    if (line.isNull() || already.match(line.sliced(value)).hasMatch())
        return line;
    return line.first(value) + u"<masked, %1 bytes>"_s.arg(line.size() - value);
}

//! One signature and what the server expected of it.
class Comparison {
public:
    Comparison(const RequestSignature &signature, const SignatureText::Expected &expected)
        : ours(SignatureText::canonical(signature.canonicalRequest))
        , theirs(SignatureText::canonical(expected.canonicalRequest))
        , ourScope(SignatureText::stringToSign(signature.stringToSign))
        , theirScope(SignatureText::stringToSign(expected.stringToSign))
        // One that was cut off, or whose line ends were lost, would differ everywhere.
        , hasCanonical(!theirs.bodyHash.isEmpty())
        , hasStringToSign(!theirScope.hash.isEmpty())
        , m_signature(signature)
    {
    }

    //! Whether the header of that name is another one, the session token's by its hash.
    [[nodiscard]] bool differs(const QString &header) const
    {
        const QString mine = ours.header(header);
        const QString other = theirs.header(header);
        if (header != kTokenHeader || mine.isNull() || other.isNull())
            return mine.isNull() != other.isNull() || mine != other;
        // The server's words may have been masked on their way here.
        return mine != other && hashOf(other) != QString::fromLatin1(m_signature.tokenHash);
    }

    [[nodiscard]] std::set<QString> headers() const
    {
        std::set<QString> names;
        for (const auto &[name, value] : ours.headers)
            names.insert(name);
        for (const auto &[name, value] : theirs.headers)
            names.insert(name);
        return names;
    }

    [[nodiscard]] QList<SignatureLine> canonicalLines() const
    {
        if (!hasCanonical)
            return {};
        QList<SignatureLine> lines{line(tr("method"), ours.method, theirs.method),
                                   line(tr("path"), ours.path, theirs.path),
                                   line(tr("query"), ours.query, theirs.query)};
        for (const QString &name : headers()) {
            SignatureLine both = line(name, whole(name, ours), whole(name, theirs));
            both.differs = differs(name);
            if (isToken(name))
                both.theirs = masked(both.theirs);
            lines << both;
        }
        lines << line(tr("signed headers"), ours.signedHeaders, theirs.signedHeaders)
              << line(tr("hash of the body"), ours.bodyHash, theirs.bodyHash);
        return lines;
    }

    [[nodiscard]] QList<SignatureLine> stringToSignLines() const
    {
        if (!hasStringToSign)
            return {};
        return {line(tr("algorithm"), ourScope.algorithm, theirScope.algorithm),
                line(tr("date"), ourScope.date, theirScope.date),
                line(tr("scope"), ourScope.scope, theirScope.scope),
                line(tr("hash of the canonical request"), ourScope.hash, theirScope.hash)};
    }

    [[nodiscard]] bool isEscapedBody() const
    {
        return !m_signature.escapedBodyHash.isEmpty()
            && theirs.bodyHash == QString::fromLatin1(m_signature.escapedBodyHash);
    }

    //! How far the two are from being of one request. The body is what tells requests of one second apart.
    [[nodiscard]] qsizetype distance() const
    {
        const auto count = [](const QList<SignatureLine> &lines) {
            return std::count_if(lines.cbegin(), lines.cend(),
                                 [](const SignatureLine &line) { return line.differs; });
        };
        return count(canonicalLines()) + count(stringToSignLines()) - (isEscapedBody() ? 1 : 0);
    }

    SignatureText::Canonical ours;
    SignatureText::Canonical theirs;
    SignatureText::StringToSign ourScope;
    SignatureText::StringToSign theirScope;
    bool hasCanonical;
    bool hasStringToSign;

private:
    static SignatureLine line(const QString &name, const QString &ours, const QString &theirs)
    {
        return {name, ours, theirs, ours != theirs};
    }
    static QString whole(const QString &name, const SignatureText::Canonical &request)
    {
        const QString value = request.header(name);
        return value.isNull() ? QString() : name + u':' + value;
    }

    RequestSignature m_signature;
};

//! Collects the causes, in the order in which they are looked for.
class Search {
public:
    Search(const QString &serverText, const Comparison &comparison, SignatureHelp &help)
        : m_text(serverText), m_comparison(comparison), m_help(help)
    {
    }

    void findClock(const QDateTime &answerDate);
    void findScope();
    void findTarget();
    void findToken();
    void findBody();
    void findHeaders();
    void findSecret();

private:
    void add(Kind kind, const QString &text, const QString &nextStep)
    {
        m_help.causes.append({kind, text, nextStep});
    }
    [[nodiscard]] bool has(Kind kind) const
    {
        return std::any_of(m_help.causes.cbegin(), m_help.causes.cend(),
                           [kind](const SignatureCause &cause) { return cause.kind == kind; });
    }
    void addRegion(const QString &wanted);

    const QString &m_text;
    const Comparison &m_comparison;
    SignatureHelp &m_help;
};

void Search::findClock(const QDateTime &answerDate)
{
    const QDateTime signedAt = m_help.signature.date;
    const bool isRefused =
        says(m_text, "Signature expired"_L1) || says(m_text, "Signature not yet current"_L1);
    const QDateTime now = SignatureText::serverTime(m_text).value_or(answerDate);
    const QString remedy = tr(
        "Set the computer's clock, or let the signature go by the server's time (clock offset).");
    if (now.isValid() && signedAt.isValid()) {
        const std::chrono::seconds skew(signedAt.secsTo(now));
        if (isRefused || std::chrono::abs(skew) > kBearableSkew) {
            m_help.clockOffset = skew;
            const QString sentence = skew.count() > 0
                ? tr("The request is dated %1 minutes before the server's time.")
                : tr("The request is dated %1 minutes after the server's time.");
            return add(Kind::Clock, sentence.arg(minutes(skew)), remedy);
        }
    }
    if (isRefused || says(m_text, "Date in Credential scope does not match"_L1))
        return add(Kind::Clock, tr("The server does not accept the date of the request."), remedy);
    if (m_comparison.hasCanonical && m_comparison.differs(u"x-amz-date"_s))
        add(Kind::Clock,
            tr("The date that arrived (%1) is not the one that was signed (%2).")
                .arg(m_comparison.theirs.header(u"x-amz-date"_s),
                     m_comparison.ours.header(u"x-amz-date"_s)),
            tr("Look for a proxy that sends old requests again, and check the clock."));
}

void Search::addRegion(const QString &wanted)
{
    const RequestSignature &ours = m_help.signature;
    const QString signedFor = tr("It is signed for the region %1.").arg(ours.region.description());
    const QString theirs =
        wanted.isEmpty() ? tr("It is not that of the API.") : tr("The API is in %1.").arg(wanted);
    add(Kind::Region, signedFor + u' ' + theirs,
        tr("Set the region of the API in the connection, or the variable or profile that it is "
           "taken from."));
}

void Search::findScope()
{
    const RequestSignature &ours = m_help.signature;
    const QStringList theirs = m_comparison.theirScope.scope.split(u'/');
    const QString host = regionOf(m_comparison.ours.header(u"host"_s));
    if (ours.isValid()) {
        static const QRegularExpression expecting(u"expecting '([a-z0-9-]+)'"_s);
        QString wanted = theirs.size() == 4 ? theirs[1] : expecting.match(m_text).captured(1);
        if (wanted.isEmpty())
            wanted = host;
        if ((!wanted.isEmpty() && wanted != ours.region.name)
            || says(m_text, "scoped to a valid region"_L1))
            addRegion(wanted == ours.region.name ? QString() : wanted);
    }
    static const QRegularExpression correct(u"correct service: '([^']+)'"_s);
    const QString service = theirs.size() == 4 ? theirs[2] : correct.match(m_text).captured(1);
    if (ours.isValid() && !service.isEmpty() && service != ours.service)
        add(Kind::Service,
            tr("It is signed for the service %1, the server is %2.").arg(ours.service, service),
            tr("Set the service of the signature to %1.").arg(service));
}

void Search::findTarget()
{
    if (!m_comparison.hasCanonical)
        return;
    const SignatureText::Canonical &ours = m_comparison.ours;
    const SignatureText::Canonical &theirs = m_comparison.theirs;
    const QString host = u"host"_s;
    if (m_comparison.differs(host)) {
        const bool isRealtime = ours.header(host).contains(u".appsync-realtime-api."_s);
        add(Kind::Host,
            tr("The host %1 was signed, the server goes by %2.")
                .arg(ours.header(host),
                     theirs.header(host).isEmpty() ? tr("none") : theirs.header(host)),
            isRealtime ? tr("Authorization names the HTTP host, never the realtime host: set it in "
                            "the connection.")
                       : tr("Behind a proxy or a domain of one's own, set the host that the API "
                            "sees in the connection."));
    }
    if (target(ours) != target(theirs))
        add(Kind::Target,
            tr("The server sees %1, signed was %2.").arg(target(theirs), target(ours)),
            tr("Check the path of the endpoint and extra query parameters, and whether a proxy "
               "changes them."));
}

void Search::findToken()
{
    const RequestSignature &ours = m_help.signature;
    const QString name = kTokenHeader;
    const QString again = tr("Look at the source of the credentials (%1).").arg(ours.source);
    if (m_comparison.hasCanonical && m_comparison.differs(name)) {
        if (m_comparison.theirs.header(name).isNull())
            return add(Kind::SessionToken, tr("The session token was signed, but did not arrive."),
                       tr("Look for a proxy that drops X-Amz-Security-Token."));
        return add(Kind::SessionToken,
                   ours.hasSessionToken
                       ? tr("Another session token arrived than the one that was signed.")
                       : tr("A session token arrived that was not signed."),
                   again);
    }
    // Key ids of temporary credentials begin so; without their token they are worth nothing.
    if (ours.accessKeyId.startsWith("ASIA"_L1) && !ours.hasSessionToken)
        return add(Kind::SessionToken,
                   tr("The credentials %1 are temporary, but have no session token.")
                       .arg(ours.accessKeyId),
                   tr("Give the session token with them. %1").arg(again));
    if (says(m_text, "security token included in the request is expired"_L1)
        || says(m_text, "ExpiredToken"_L1))
        add(Kind::SessionToken, tr("The temporary credentials have expired."), again);
    else if (says(m_text, "security token included in the request is invalid"_L1))
        add(Kind::SessionToken, tr("AWS does not know these credentials."), again);
}

void Search::findBody()
{
    const RequestSignature &ours = m_help.signature;
    const bool isOther = m_comparison.ours.bodyHash != m_comparison.theirs.bodyHash;
    if (m_comparison.hasCanonical && !isOther)
        return;
    if (!ours.overHttp && !ours.escapedBodyHash.isEmpty()
        && (m_comparison.hasCanonical || says(m_text, "signature we calculated"_L1))) {
        add(Kind::AngleBrackets,
            m_comparison.isEscapedBody()
                ? tr("The service wrote < and > in the events as escapes before it checked the "
                     "signature. This is a known fault of it over WebSocket.")
                : tr("The events contain < or >, with which the service is known to check "
                     "signatures wrongly over WebSocket."),
            tr("Publish these events over HTTP, write the characters in another way (base64), or "
               "publish with another kind of credentials."));
    } else if (m_comparison.hasCanonical) {
        add(Kind::Body, tr("The body that arrived is not the one that was signed."),
            tr("Look for a proxy that changes messages. If none is there, the service writes the "
               "events in another way than they were sent: try HTTP."));
    }
}

void Search::findHeaders()
{
    if (!m_comparison.hasCanonical)
        return;
    static const std::set<QString> kOwnCause{u"host"_s, u"x-amz-date"_s, kTokenHeader};
    QStringList names;
    for (const QString &name : m_comparison.headers()) {
        if (!kOwnCause.contains(name) && m_comparison.differs(name))
            names << name;
    }
    if (m_help.causes.isEmpty() && names.isEmpty()
        && m_comparison.ours.signedHeaders != m_comparison.theirs.signedHeaders)
        names << m_comparison.theirs.signedHeaders;
    if (!names.isEmpty())
        add(Kind::Header,
            tr("These headers did not arrive as they were signed: %1.").arg(names.join(u", "_s)),
            tr("Look for a proxy, or extra headers in the connection, that change them."));
}

void Search::findSecret()
{
    const auto agree = [](const QList<SignatureLine> &lines) {
        return !lines.isEmpty()
            && std::none_of(lines.cbegin(), lines.cend(),
                            [](const SignatureLine &line) { return line.differs; });
    };
    if (agree(m_help.canonicalRequest) && agree(m_help.stringToSign))
        add(Kind::SecretKey,
            tr("All that was signed agrees, so the secret access key is not that of %1.")
                .arg(m_help.signature.accessKeyId),
            tr("Look at the source of the credentials (%1): a key that was cut or mixed up.")
                .arg(m_help.signature.source));
}

} // namespace

bool SignatureHelp::isAboutSignature(const QString &serverText)
{
    constexpr std::array kWords{
        "signature we calculated does not match"_L1,
        "Signature expired"_L1,
        "Signature not yet current"_L1,
        "Credential should be scoped"_L1,
        "Date in Credential scope"_L1,
        "security token included in the request"_L1,
        "ExpiredToken"_L1,
    };
    return std::any_of(kWords.begin(), kWords.end(),
                       [&serverText](QLatin1StringView words) { return says(serverText, words); });
}

SignatureHelp SignatureHelp::explain(const QString &serverText,
                                     const QList<RequestSignature> &candidates,
                                     const QDateTime &serverTime)
{
    const SignatureText::Expected expected = SignatureText::expected(serverText);
    const auto distance = [&expected](const RequestSignature &signature) {
        return Comparison(signature, expected).distance();
    };
    // The first of the best: the newest.
    const auto best = std::min_element(candidates.cbegin(), candidates.cend(),
                                       [&distance](const auto &one, const auto &other) {
                                           return distance(one) < distance(other);
                                       });
    SignatureHelp help;
    if (best == candidates.cend())
        return help;
    help.signature = *best;
    const Comparison comparison(help.signature, expected);
    help.canonicalRequest = comparison.canonicalLines();
    help.stringToSign = comparison.stringToSignLines();
    Search search(serverText, comparison, help);
    search.findClock(serverTime);
    search.findScope();
    search.findTarget();
    search.findToken();
    search.findBody();
    search.findHeaders();
    search.findSecret();
    return help;
}

} // namespace AppSync

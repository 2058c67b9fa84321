// SPDX-License-Identifier: Apache-2.0
#include "app/core/texttemplate.h"

#include "app/core/jsontext.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

TextTemplate::TextTemplate(const QByteArray &text)
{
    static const QRegularExpression place(
        uR"(\{\{\s*([A-Za-z_][\w.\x{80}-\x{ff}-]*(?:(?:\[(?:\d+|\*)\]|\."(?:[^"\\]|\\.)*")[\w.\x{80}-\x{ff}-]*)*)\s*\}\})"_s);
    // Latin-1 maps each byte to one character: positions are bytes and no byte is lost.
    const QString latin = QString::fromLatin1(text);
    qsizetype from = 0;
    for (auto it = place.globalMatch(latin); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        m_pieces.append({text.mid(from, match.capturedStart() - from),
                         QString::fromUtf8(match.captured(1).toLatin1())});
        from = match.capturedEnd();
    }
    m_pieces.append({text.mid(from), {}});
}

QByteArray TextTemplate::fill(const std::function<QByteArray(const QString &)> &value) const
{
    QByteArray out;
    for (const Piece &piece : m_pieces) {
        out += piece.literal;
        if (!piece.name.isEmpty())
            out += value(piece.name);
    }
    return out;
}

namespace {

const QString kClaim = u"claim."_s;
const QString kVariable = u"env."_s;

//! The claim that the place \a name stands for; empty: it is no such place.
QString claimOf(const QString &name)
{
    if (name == u"sub")
        return name;
    return name.startsWith(kClaim) ? name.mid(kClaim.size()) : QString();
}

bool hasClaim(const AppSync::JwtClaims &claims, const QString &name)
{
    const QList<AppSync::JwtClaim> all = claims.claims();
    return std::any_of(all.cbegin(), all.cend(),
                       [&](const AppSync::JwtClaim &claim) { return claim.name == name; });
}

//! \a text as it stands between the quotes of a JSON string.
QByteArray inString(const QString &text)
{
    const QByteArray literal = JsonText::quoted(text);
    return literal.mid(1, literal.size() - 2);
}

Problem checkClaim(const QString &place, const AppSync::JwtClaims &claims)
{
    if (!claims.isValid())
        return Problem::usage(
            u"The template has {{%1}}, but no token is in use that could say so."_s.arg(place),
            u"Claims are in tokens of the modes user-pool and oidc."_s);
    if (!hasClaim(claims, claimOf(place)))
        return Problem::usage(
            u"The template has {{%1}}, but the token has no claim %2."_s.arg(place, claimOf(place)),
            u"The sign-in panel and `syncscope-cli auth status` list the claims."_s);
    return {};
}

} // namespace

bool TemplateValues::isKnown(const QString &name)
{
    return name == u"seq" || name == u"now" || name == u"uuid" || name.startsWith(kVariable)
        || !claimOf(name).isEmpty();
}

Problem TemplateValues::check(const QString &name) const
{
    if (!isKnown(name))
        return Problem::usage(u"The template has {{%1}}, which means nothing here."_s.arg(name),
                              u"Known are {{seq}}, {{now}}, {{uuid}}, {{env.NAME}}, {{sub}} and "
                              "{{claim.NAME}}."_s);
    if (!claimOf(name).isEmpty())
        return checkClaim(name, claims);
    const QString variable = name.mid(kVariable.size());
    if (!name.startsWith(kVariable) || environment.contains(variable))
        return {};
    return Problem::usage(
        u"The template has {{%1}}, but the environment has no %2."_s.arg(name, variable),
        u"Set the variable, or take it out of the template."_s);
}

QByteArray TemplateValues::value(const QString &name, qint64 seq) const
{
    if (name == u"seq")
        return QByteArray::number(seq);
    if (name == u"now")
        return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
    if (name == u"uuid")
        return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    const QString claim = claimOf(name);
    return inString(claim.isEmpty() ? environment.value(name.mid(kVariable.size()))
                                    : claims.claim(claim));
}

bool needsClaims(const QString &text)
{
    const QList<TextTemplate::Piece> pieces = TextTemplate(text.toUtf8()).pieces();
    return std::any_of(pieces.cbegin(), pieces.cend(), [](const TextTemplate::Piece &piece) {
        return !claimOf(piece.name).isEmpty();
    });
}

std::optional<QString> withClaims(const QString &text, const AppSync::JwtClaims &claims,
                                  Problem *problem)
{
    const TextTemplate places(text.toUtf8());
    for (const TextTemplate::Piece &piece : places.pieces()) {
        if (claimOf(piece.name).isEmpty())
            continue;
        *problem = checkClaim(piece.name, claims);
        if (problem->isProblem())
            return std::nullopt;
    }
    return QString::fromUtf8(places.fill([&](const QString &name) {
        const QString claim = claimOf(name);
        return (claim.isEmpty() ? u"{{%1}}"_s.arg(name) : claims.claim(claim)).toUtf8();
    }));
}

std::optional<QString> withClaimsOf(const QString &text, const ClaimsSource &source,
                                    Problem *problem)
{
    const bool asks = source && needsClaims(text);
    return withClaims(text, asks ? source() : AppSync::JwtClaims(), problem);
}

QByteArray withClaimsInJson(const QByteArray &json, const AppSync::JwtClaims &claims)
{
    return TextTemplate(json).fill([&](const QString &name) {
        const QString claim = claimOf(name);
        return claim.isEmpty() || !hasClaim(claims, claim) ? "{{" + name.toUtf8() + "}}"
                                                           : inString(claims.claim(claim));
    });
}

std::optional<EventTemplate> EventTemplate::parse(const QByteArray &text,
                                                  const TemplateValues &values, Problem *problem)
{
    EventTemplate result;
    result.m_template = TextTemplate(text);
    result.m_values = values;
    for (const TextTemplate::Piece &piece : result.m_template.pieces()) {
        const Problem wrong = piece.name.isEmpty() ? Problem() : values.check(piece.name);
        if (wrong.isProblem()) {
            *problem = wrong;
            return std::nullopt;
        }
    }
    return result;
}

QByteArray EventTemplate::event(qint64 seq) const
{
    return m_template.fill([&](const QString &name) { return m_values.value(name, seq); });
}

} // namespace Syncscope

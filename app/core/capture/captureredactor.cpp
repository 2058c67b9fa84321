// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureredactor.h"

#include "app/core/filter/jsonpath.h"
#include "app/core/jsontext.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// Masking something as short as "key" would only garble the text around it.
constexpr qsizetype kShortestHidden = 6;

QByteArray mask(qsizetype bytes)
{
    return "<masked, " + QByteArray::number(bytes) + " bytes>";
}

bool isMask(QByteArrayView literal)
{
    return literal.startsWith("\"<masked, ");
}

//! What a header says about a request without proving anything.
bool isPublicHeader(const QString &name)
{
    static const QStringList names{u"accept"_s,     u"content-encoding"_s,     u"content-type"_s,
                                   u"host"_s,       u"x-amz-content-sha256"_s, u"x-amz-date"_s,
                                   u"user-agent"_s, u"x-amz-user-agent"_s};
    return names.contains(name, Qt::CaseInsensitive);
}

//! A part of a text, and what to write instead.
struct Change {
    qsizetype begin;
    qsizetype end;
    QByteArray text;
};

QByteArray changed(const QByteArray &text, QList<Change> changes)
{
    std::sort(changes.begin(), changes.end(),
              [](const Change &a, const Change &b) { return a.begin < b.begin; });
    QByteArray out;
    qsizetype at = 0;
    for (const Change &change : std::as_const(changes)) {
        if (change.begin < at)
            continue; // within the one before
        out += QByteArrayView(text).sliced(at, change.begin - at);
        out += change.text;
        at = change.end;
    }
    return out + QByteArrayView(text).sliced(at).toByteArray();
}

Change masked(const QByteArray &text, QByteArrayView value)
{
    const qsizetype begin = value.data() - text.constData();
    const qsizetype bytes = value.startsWith('"') ? value.size() - 2 : value.size();
    return {begin, begin + value.size(), '"' + mask(bytes) + '"'};
}

//! The members of every `authorization` object of a frame that we, or another client, sent.
void collectAuthorization(const QByteArray &text, QByteArrayView object, int depth,
                          QList<Change> *changes)
{
    forEachJsonMember(object, [&](QByteArrayView name, QByteArrayView value) {
        if (name == "\"authorization\"" && value.startsWith('{')) {
            forEachJsonMember(value, [&](QByteArrayView header, QByteArrayView content) {
                if (!isPublicHeader(QString::fromUtf8(jsonStringText(header))) && !isMask(content))
                    changes->append(masked(text, content));
                return true;
            });
        } else if (depth > 0 && value.startsWith('{')) {
            collectAuthorization(text, value, depth - 1, changes);
        }
        return true;
    });
}

void collectNamed(const QByteArray &text, QByteArrayView json, const QStringList &names, int depth,
                  QList<Change> *changes);

//! The same in JSON that stands in a string, as the events of a frame do.
void collectNested(const QByteArray &text, QByteArrayView literal, const QStringList &names,
                   int depth, QList<Change> *changes)
{
    const QByteArray inner = jsonStringText(literal);
    if (!inner.isValidUtf8() || !JsonText::isValid(inner))
        return;
    QList<Change> nested;
    collectNamed(inner, inner, names, depth - 1, &nested);
    if (nested.isEmpty())
        return;
    const qsizetype begin = literal.data() - text.constData();
    changes->append({begin, begin + literal.size(),
                     JsonText::quoted(QString::fromUtf8(changed(inner, nested)))});
}

void collectNamed(const QByteArray &text, QByteArrayView json, const QStringList &names, int depth,
                  QList<Change> *changes)
{
    if (depth <= 0)
        return;
    forEachJsonMember(json, [&](QByteArrayView name, QByteArrayView value) {
        const QString member = name.isNull() ? QString() : QString::fromUtf8(jsonStringText(name));
        const bool isSecret = std::any_of(names.begin(), names.end(), [&](const QString &word) {
            return member.contains(word, Qt::CaseInsensitive);
        });
        if (isSecret && value != "null" && !isMask(value))
            changes->append(masked(text, value));
        else if (value.startsWith("\"{") || value.startsWith("\"["))
            collectNested(text, value, names, depth, changes);
        else if (value.startsWith('{') || value.startsWith('['))
            collectNamed(text, value, names, depth - 1, changes);
        return true;
    });
}

constexpr auto kAuthorization = "\"authorization\""_L1;

QString withoutAuthorization(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    if (!JsonText::isValid(utf8)) {
        // Nobody knows where it ends.
        const qsizetype begin = text.indexOf(kAuthorization) + kAuthorization.size();
        const QString rest = text.sliced(begin);
        const bool isMasked = rest.startsWith("<masked, "_L1) && rest.endsWith(" bytes>"_L1);
        return isMasked ? text
                        : text.first(begin) + QString::fromLatin1(mask(rest.toUtf8().size()));
    }
    QList<Change> changes;
    constexpr int kDeepestMember = 4; // GraphQL has it in payload.extensions
    collectAuthorization(utf8, utf8, kDeepestMember, &changes);
    return changes.isEmpty() ? text : QString::fromUtf8(changed(utf8, changes));
}

} // namespace

void CaptureRedactor::hide(const QString &secret)
{
    if (secret.size() >= kShortestHidden && !m_secrets.contains(secret))
        m_secrets.append(secret);
}

QString CaptureRedactor::stored(const QString &text, bool isEvent) const
{
    if (isEvent)
        return text;
    QString result = text;
    if (text.contains(kAuthorization))
        result = withoutAuthorization(text);
    for (const QString &secret : m_secrets)
        result.replace(secret, QString::fromLatin1(mask(secret.toUtf8().size())));
    return result;
}

QString CaptureRedactor::url(const QString &url)
{
    return QUrl(url).toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

const QStringList &CaptureRedactor::defaultNames()
{
    static const QStringList names{u"password"_s, u"passwd"_s,        u"secret"_s,
                                   u"token"_s,    u"authorization"_s, u"apikey"_s,
                                   u"api-key"_s,  u"api_key"_s,       u"credential"_s,
                                   u"cookie"_s,   u"privatekey"_s,    u"signature"_s};
    return names;
}

QByteArray CaptureRedactor::shared(const QByteArray &text, const QStringList &names)
{
    QByteArray result = text;
    if (JsonText::isValid(text)) {
        constexpr int kDeepestMember = 200;
        QList<Change> changes;
        collectNamed(text, text, names, kDeepestMember, &changes);
        result = changed(text, changes);
    }
    static const QRegularExpression secrets(
        uR"(\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)"
        uR"(|\bda2-[a-z0-9]{20,}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bBearer [A-Za-z0-9._~+/=-]{8,})"_s);
    if (!result.contains("eyJ") && !result.contains("da2-") && !result.contains("IA")
        && !result.contains("Bearer "))
        return result;
    const QString whole = QString::fromUtf8(result);
    QString out;
    qsizetype at = 0;
    for (auto matches = secrets.globalMatch(whole); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        out += QStringView(whole).sliced(at, match.capturedStart() - at);
        out += QString::fromLatin1(mask(match.capturedLength()));
        at = match.capturedEnd();
    }
    if (at == 0)
        return result; // with bytes that are no UTF-8, too
    out += QStringView(whole).sliced(at);
    return out.toUtf8();
}

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/secretnames.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qsizetype kMostSeen = 10'000;
constexpr qsizetype kLongestSeen = 128;

//! Long enough to mean a secret wherever they stand in a name: `clientsecret`, `accessToken2`.
const QStringList kParts{u"password"_s,     u"passwd"_s,     u"passphrase"_s, u"secret"_s,
                         u"token"_s,        u"apikey"_s,     u"authkey"_s,    u"accesskey"_s,
                         u"privatekey"_s,   u"credential"_s, u"cookie"_s,     u"signature"_s,
                         u"authorization"_s};
//! Words that begin like those, and mean something else.
const QStringList kHarmless{u"secretar"_s, u"tokeniz"_s, u"tokenis"_s};
//! So short that they would be found within other words: only as words of their own.
const QStringList kWords{u"pwd"_s, u"otp"_s, u"jwt"_s};
//! Only as the last one, as in `basicAuth`: `authMode` and `authProvider` say nothing.
constexpr auto kLastWord = "auth"_L1;

//! Letters and digits of a name, in small letters.
QString squeezed(const QString &name)
{
    QString out;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            out += c.toLower();
    }
    return out;
}

//! `userJWT_id2` has user, jwt and id.
QStringList wordsOf(const QString &name)
{
    QStringList words;
    bool isInWord = false;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const QChar c = name.at(i);
        if (!c.isLetter()) {
            isInWord = false;
            continue;
        }
        const bool isBehindSmall = i > 0 && name.at(i - 1).isLower();
        const bool isBeforeSmall = i + 1 < name.size() && name.at(i + 1).isLower();
        if (!isInWord || (c.isUpper() && (isBehindSmall || isBeforeSmall)))
            words.append(QString());
        words.last() += c.toLower();
        isInWord = true;
    }
    return words;
}

} // namespace

SecretNames::SecretNames(const QStringList &more) : m_parts(kParts)
{
    for (const QString &word : more) {
        const QString part = squeezed(word);
        if (!part.isEmpty()) // else it would be in every name
            m_parts.append(part);
    }
}

SecretNames::Kind SecretNames::kindOf(QByteArrayView name)
{
    const auto seen = m_seen.constFind(QByteArray::fromRawData(name.constData(), name.size()));
    if (seen != m_seen.constEnd())
        return *seen;
    const Kind kind = judged(QString::fromUtf8(name));
    if (name.size() > kLongestSeen)
        return kind;
    if (m_seen.size() >= kMostSeen)
        m_seen.clear();
    m_seen.insert(name.toByteArray(), kind);
    return kind;
}

SecretNames::Kind SecretNames::judged(const QString &name) const
{
    QString text = squeezed(name);
    for (const QString &harmless : kHarmless)
        text.remove(harmless);
    const QStringList words = wordsOf(name);
    const auto isIn = [&](const QString &part) { return text.contains(part); };
    const auto isWord = [&](const QString &word) { return words.contains(word); };
    const bool isSecret = std::any_of(m_parts.begin(), m_parts.end(), isIn)
        || std::any_of(kWords.begin(), kWords.end(), isWord)
        || (!words.isEmpty() && words.last() == kLastWord);
    if (!isSecret)
        return Kind::Other;
    return words.contains(u"tokens"_s) || words.contains(u"count"_s) ? Kind::Counter : Kind::Secret;
}

} // namespace Syncscope

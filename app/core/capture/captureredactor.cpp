// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureredactor.h"

#include "app/core/capture/masking.h"
#include "app/core/filter/jsonpath.h"
#include "app/core/jsontext.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace Syncscope {

using Masking::Change;

namespace {

// Masking something as short as "key" would only garble the text around it.
constexpr qsizetype kShortestHidden = 6;

Change masked(const QByteArray &text, QByteArrayView value)
{
    const qsizetype begin = value.data() - text.constData();
    const qsizetype bytes = value.startsWith('"') ? value.size() - 2 : value.size();
    return {begin, begin + value.size(), '"' + Masking::mask(bytes) + '"'};
}

//! The members of every `authorization` object of a frame that we, or another client, sent.
void collectAuthorization(const QByteArray &text, QByteArrayView object, int depth,
                          QList<Change> *changes)
{
    forEachJsonMember(object, [&](QByteArrayView name, QByteArrayView value) {
        if (name == "\"authorization\"" && value.startsWith('{')) {
            forEachJsonMember(value, [&](QByteArrayView header, QByteArrayView content) {
                if (!Masking::isPublicHeader(QString::fromUtf8(jsonStringText(header)))
                    && !(content.startsWith('"') && Masking::isMask(content.sliced(1).chopped(1))))
                    changes->append(masked(text, content));
                return true;
            });
        } else if (depth > 0 && value.startsWith('{')) {
            collectAuthorization(text, value, depth - 1, changes);
        }
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
        const QByteArray bytes = rest.toUtf8();
        const bool isMasked = Masking::isMask(bytes);
        return isMasked ? text
                        : text.first(begin) + QString::fromLatin1(Masking::mask(bytes.size()));
    }
    QList<Change> changes;
    constexpr int kDeepestMember = 4; // GraphQL has it in payload.extensions
    collectAuthorization(utf8, utf8, kDeepestMember, &changes);
    return changes.isEmpty() ? text : QString::fromUtf8(Masking::changed(utf8, changes));
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
        result.replace(secret, QString::fromLatin1(Masking::mask(secret.toUtf8().size())));
    return result;
}

QString CaptureRedactor::url(const QString &url)
{
    return QUrl(url).toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

//! How secrets in texts are replaced.
namespace Syncscope::Masking {

//! `<masked, 7 bytes>`
[[nodiscard]] QByteArray mask(qsizetype bytes);
//! How long the mask is that \a text begins with; 0: it begins with none.
[[nodiscard]] qsizetype maskLength(QByteArrayView text);
[[nodiscard]] inline bool startsWithMask(QByteArrayView text)
{
    return maskLength(text) > 0;
}
//! True if \a text is one, and nothing else.
[[nodiscard]] inline bool isMask(QByteArrayView text)
{
    return startsWithMask(text) && maskLength(text) == text.size();
}

//! What a header says about a request without proving anything.
[[nodiscard]] bool isPublicHeader(const QString &name);

//! A part of a text, and what to write instead.
struct Change {
    qsizetype begin;
    qsizetype end;
    QByteArray text;
};

//! \a text with \a changes, which may overlap: of each byte that one of them replaces nothing is left. Adds to \a
//! count, if there is one, how many were made.
[[nodiscard]] QByteArray changed(const QByteArray &text, QList<Change> changes,
                                 qint64 *count = nullptr);

} // namespace Syncscope::Masking

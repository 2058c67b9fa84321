// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace Syncscope {

//! Keeps secrets out of captures.
class CaptureRedactor {
public:
    //! Says `<masked, N bytes>` from now on where \a secret stands in a frame that is no event.
    void hide(const QString &secret);

    //! What may be stored of a frame: credentials in its envelope are masked, whoever wrote it, and secrets that
    //! it was told of. Events are left alone: \a isEvent.
    [[nodiscard]] QString stored(const QString &text, bool isEvent) const;
    //! A URL without user, password, query and fragment.
    [[nodiscard]] static QString url(const QString &url);

    //! What a redacted copy masks in events and notes, beside JSON Web Tokens, API keys, AWS access keys and
    //! bearer tokens wherever they stand: values of members with these words in their names, in any case.
    [[nodiscard]] static const QStringList &defaultNames();
    //! \a json, or other text, with all of that masked. What is not masked keeps its bytes.
    [[nodiscard]] static QByteArray shared(const QByteArray &text, const QStringList &names);

private:
    QStringList m_secrets;
};

} // namespace Syncscope

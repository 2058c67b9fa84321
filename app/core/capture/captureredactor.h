// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace Syncscope {

//! Keeps secrets out of captures that are recorded or imported; SecretMask makes those that are given away.
class CaptureRedactor {
public:
    //! Says `<masked, N bytes>` from now on where \a secret stands in a frame that is no event.
    void hide(const QString &secret);

    //! What may be stored of a frame: credentials in its envelope are masked, whoever wrote it, and secrets that
    //! it was told of. Events are left alone: \a isEvent.
    [[nodiscard]] QString stored(const QString &text, bool isEvent) const;
    //! A URL without user, password, query and fragment.
    [[nodiscard]] static QString url(const QString &url);

private:
    QStringList m_secrets;
};

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/masking.h"
#include "app/core/capture/secretnames.h"

namespace Syncscope {

//! Masks what looks like a secret in texts for others; resources/captures/format.md says what that is.
class SecretMask {
public:
    //! \a moreNames: words that names of secrets have beside those that it knows.
    explicit SecretMask(const QStringList &moreNames = {}) : m_names(moreNames) { }

    //! \a text, JSON or not. What is not masked keeps its bytes, and JSON stays valid.
    [[nodiscard]] QByteArray masked(const QByteArray &text);
    //! How many values it has masked until now.
    [[nodiscard]] qint64 count() const { return m_count; }

private:
    SecretNames m_names;
    qint64 m_count = 0;
};

} // namespace Syncscope

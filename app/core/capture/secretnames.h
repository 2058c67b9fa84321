// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QStringList>

namespace Syncscope {

//! Tells names of secrets from others: of members, parameters, headers. What separates the words of a name (`-`, `_`,
//! blanks, capitals) does not count.
class SecretNames {
public:
    enum class Kind {
        Other,
        Secret,
        Counter, //!< of a secret, unless its value is a number: `tokensUsed`
    };

    //! \a more: words; a name that holds one of them is a secret's too.
    explicit SecretNames(const QStringList &more = {});

    //! Remembers names that it has seen, since they come again in every event.
    [[nodiscard]] Kind kindOf(QByteArrayView name);
    [[nodiscard]] bool isSecret(QByteArrayView name) { return kindOf(name) != Kind::Other; }

private:
    [[nodiscard]] Kind judged(const QString &name) const;

    QStringList m_parts;
    QHash<QByteArray, Kind> m_seen;
};

} // namespace Syncscope

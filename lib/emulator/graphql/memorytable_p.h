// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>

#include <map>
#include <optional>

namespace AppSync::Emulation {

//! A table in the place of one of DynamoDB, which answers what AppSync's resolvers ask of such.
class MemoryTable {
public:
    //! The attributes that tell items apart; \a sortKey may be empty.
    MemoryTable(const QString &partitionKey, const QString &sortKey);

    struct Answer {
        QJsonValue result = {};
        QString errorType = {}; //!< empty: it worked
        QString message = {}; //!< of the error
    };
    //! `GetItem`, `PutItem`, `UpdateItem`, `DeleteItem`, `Query`, `Scan` and `BatchGetItem`, `BatchPutItem`,
    //! `BatchDeleteItem` of this table.
    [[nodiscard]] Answer ask(const QJsonObject &request);

private:
    struct Key {
        QString partition;
        QJsonValue sort; //!< undefined: the table has no such key

        bool operator<(const Key &other) const;
    };

    [[nodiscard]] std::optional<Key> keyOf(const QJsonObject &item) const;
    [[nodiscard]] Answer get(const Key &key) const;
    [[nodiscard]] Answer put(const Key &key, const QJsonObject &item);
    [[nodiscard]] Answer remove(const Key &key);
    [[nodiscard]] Answer list(const QJsonObject &request) const;
    [[nodiscard]] Answer batch(const QString &operation, const QJsonObject &request);
    [[nodiscard]] std::optional<Answer> conditionProblem(const Key &key,
                                                         const QJsonObject &request) const;

    const QString m_partitionKey;
    const QString m_sortKey;
    std::map<Key, QJsonObject> m_items;
    qint64 m_bytes = 0; //!< of the items, about
};

} // namespace AppSync::Emulation

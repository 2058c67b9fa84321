// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace AppSync::Emulation {

//! Expressions of DynamoDB: conditions, filters and updates, with their names and values.
class TableExpression {
public:
    //! \a json: `{"expression", "expressionNames", "expressionValues"}`.
    explicit TableExpression(const QJsonObject &json);

    [[nodiscard]] bool isEmpty() const { return m_text.trimmed().isEmpty(); }
    //! Whether \a item fulfils it as a condition; empty expressions are fulfilled. A \a problem: it is none.
    [[nodiscard]] bool holds(const QJsonObject &item, QString *problem) const;
    //! \a item after it, as an update.
    [[nodiscard]] QJsonObject updated(const QJsonObject &item, QString *problem) const;

    //! A value as it is written in requests, `{"S": "text"}`, as plain JSON; and the attributes of an item.
    [[nodiscard]] static QJsonValue plain(const QJsonValue &typed);
    [[nodiscard]] static QJsonObject plainItem(const QJsonObject &typed);

private:
    QString m_text;
    QJsonObject m_names;
    QJsonObject m_values;
};

} // namespace AppSync::Emulation

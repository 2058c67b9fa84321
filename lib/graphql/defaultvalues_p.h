// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "literalreader_p.h"

#include <QSet>

namespace AppSync::GraphQl {

//! Default values as their types read them.
class DefaultValues {
public:
    explicit DefaultValues(const Schema &schema);

    //! The default value of \a input in full, or nothing if it does not fit, contains itself or grows too large.
    [[nodiscard]] std::optional<Value> fitted(const InputValueDefinition &input);

private:
    using Read = LiteralReader::Read;

    [[nodiscard]] Read value(const InputValueDefinition &input);
    [[nodiscard]] std::optional<Value> literal(const QJsonValue &value, const TypeReference &type,
                                               int &room) const;
    [[nodiscard]] std::optional<Value> objectLiteral(const QJsonObject &object,
                                                     const TypeDefinition &type, int &room) const;

    const Schema m_schema;
    LiteralReader m_reader;
    QHash<const InputValueDefinition *, Read> m_values; //!< nothing also for one that is being read
    QSet<const InputValueDefinition *> m_open; //!< those that are being read
    QSet<const InputValueDefinition *> m_endless; //!< those that contain themselves
};

//! A number as JavaScript writes it.
[[nodiscard]] QString numberText(double number);

} // namespace AppSync::GraphQl

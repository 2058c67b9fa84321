// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "values.h"

#include <functional>

namespace AppSync::GraphQl {

//! Reads literals as values of a type.
class LiteralReader {
public:
    using Read = std::optional<QJsonValue>; //!< nothing: it does not fit
    //! The value of an input field that is not there.
    using Default = std::function<Read(const InputValueDefinition &)>;

    LiteralReader(const Schema &schema, const QJsonObject &variables);

    //! In place of the definition's own default value.
    void setDefault(const Default &read) { m_default = read; }
    [[nodiscard]] Read read(const Value &literal, const TypeReference &type);

    //! A literal of any form, as a custom scalar takes it.
    [[nodiscard]] static QJsonValue untyped(const Value &literal, const QJsonObject &variables);
    //! Whether \a literal may stand for a value of the built-in scalar \a name; of other scalars any may.
    [[nodiscard]] static bool fitsScalar(const Value &literal, const QString &name);

private:
    Read readVariable(const Value &literal, const TypeReference &type);
    Read readList(const Value &literal, const TypeReference &item);
    Read readObject(const Value &literal, const TypeDefinition &type);
    Read readScalar(const Value &literal, const TypeDefinition &type);
    [[nodiscard]] bool isMissing(const Value &literal) const;

    const Schema m_schema;
    const QJsonObject m_variables;
    Default m_default;
};

} // namespace AppSync::GraphQl

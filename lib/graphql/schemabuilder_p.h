// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema_p.h"

#include <QSet>

namespace AppSync::GraphQl {

//! Makes a schema of definitions.
class SchemaBuilder {
public:
    [[nodiscard]] static std::shared_ptr<const SchemaData> builtInData();

    //! Checks type system definitions and merges the extensions.
    [[nodiscard]] SchemaResult build(const Document &document);
    //! Completes what was read from elsewhere; its types and directives are the API's own.
    [[nodiscard]] Schema complete(const SchemaData &own);

private:
    void collect(const QList<Definition> &definitions, qsizetype own);
    void add(const SchemaDefinition &schema);
    void extend(const TypeDefinition &extension);
    void addStandard();
    [[nodiscard]] QSet<QString> referencedTypes() const;
    void chooseRoots(bool named);
    [[nodiscard]] Schema finish();
    void fitDefaults(const Schema &schema);

    std::shared_ptr<SchemaData> m_data = std::make_shared<SchemaData>();
};

} // namespace AppSync::GraphQl

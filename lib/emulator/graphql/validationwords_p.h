// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graphqlerror_p.h"

#include <AppSync/GraphQlDiagnostic>
#include <AppSync/GraphQlSchema>

namespace AppSync::Emulation {

//! Says what is wrong with a document as the service does, which has other names for the rules and tells the way
//! to the field: `Validation error of type FieldUndefined: Field 'x' in type 'Query' is undefined @ 'x'`.
class ValidationWords {
public:
    //! Both outlive this.
    ValidationWords(const GraphQl::Schema &schema, const GraphQl::Document &document);

    [[nodiscard]] GraphQlError of(const GraphQl::Diagnostic &diagnostic) const;
    //! The same about fields of introspection, where that is off.
    [[nodiscard]] QList<GraphQlError> introspectionErrors() const;

private:
    //! Something that stands in a document, and the way to the field that it is or is in.
    struct Place {
        int offset = 0;
        QStringList path;
        const GraphQl::Selection *selection = nullptr;
        const GraphQl::TypeDefinition *type =
            nullptr; //!< that the selection is made of; null: unknown
    };

    void collect(const QList<GraphQl::Selection> &selections, const QStringList &path,
                 const GraphQl::TypeDefinition *type);
    [[nodiscard]] const Place *placeOf(const GraphQl::Diagnostic &diagnostic) const;
    [[nodiscard]] QString wrongValue(const GraphQl::Diagnostic &diagnostic,
                                     const QStringList &names, const Place *place) const;
    [[nodiscard]] static GraphQlError error(const QString &type, const QString &text,
                                            const QStringList &path,
                                            const QList<GraphQl::Position> &positions);

    const GraphQl::Schema &m_schema;
    QList<Place> m_places; //!< in the document's order
};

} // namespace AppSync::Emulation

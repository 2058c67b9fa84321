// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "executableschema_p.h"
#include "graphqlerror_p.h"

#include <QCache>

namespace AppSync::Emulation {

//! A document that a client sent, and what is wrong with it.
struct CheckedDocument {
    std::shared_ptr<const GraphQl::Document> document; //!< null: it could not be parsed
    QString syntaxError; //!< why not, for the log
    QList<GraphQlError> problems; //!< in the service's words
};

//! Parses and validates documents. Those that come again are remembered.
class DocumentCheck {
public:
    DocumentCheck(const std::shared_ptr<const ExecutableSchema> &schema, bool allowsIntrospection);
    ~DocumentCheck();

    [[nodiscard]] CheckedDocument check(const QString &text);

private:
    [[nodiscard]] CheckedDocument checked(const QString &text) const;

    const std::shared_ptr<const ExecutableSchema> m_schema;
    const bool m_allowsIntrospection;
    QCache<QString, CheckedDocument> m_known;
};

} // namespace AppSync::Emulation

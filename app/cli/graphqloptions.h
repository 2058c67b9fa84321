// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/streamoptions.h"
#include "app/core/graphqlvariables.h"

#include <AppSync/GraphQlSchema>

namespace Syncscope::Cli {

//! One operation to be carried out.
class GraphQlRequest {
public:
    QString document; //!< all of it, as it was given
    QString name; //!< of the operation; empty if it has none
    bool isNameSent = false; //!< the document has several, so that the service must be told
    AppSync::GraphQl::OperationKind kind = AppSync::GraphQl::OperationKind::Query;
    QByteArray variables; //!< JSON text of an object; empty: none
    AppSync::GraphQl::Document
        parsed; //!< the document; empty if it is none and goes out all the same

    [[nodiscard]] bool isSubscription() const
    {
        return kind == AppSync::GraphQl::OperationKind::Subscription;
    }
    [[nodiscard]] QString operationName() const { return isNameSent ? name : QString(); }
    //! An empty one if the document is none.
    [[nodiscard]] AppSync::GraphQl::OperationDefinition operation() const;
};

//! What the flags of `graphql` say.
class GraphQlOptions {
public:
    QList<GraphQlRequest> requests; //!< one at least
    AppSync::GraphQl::Schema schema; //!< empty: not known
    StreamOptions stream;
    bool check = true;

    static std::optional<GraphQlOptions> read(const CommandLine &line, const OutputFormat &format,
                                              Problem *problem);
    [[nodiscard]] bool hasSubscriptions() const;
    [[nodiscard]] bool hasExecutions() const; //!< queries and mutations

private:
    bool readSchema(const CommandLine &line, Problem *problem);
    bool readDocuments(const CommandLine &line, Problem *problem);
    bool readVariables(const CommandLine &line, Problem *problem);
    bool addRequest(const QString &place, const QString &text, const QString &wanted,
                    Problem *problem);
    bool readStream(const CommandLine &line, const OutputFormat &format, Problem *problem);
};

} // namespace Syncscope::Cli

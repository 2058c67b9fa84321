// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/bounds.h"
#include "app/cli/commandline.h"
#include "app/cli/messages.h"
#include "app/cli/outputformat.h"
#include "app/core/graphqlvariables.h"

#include <AppSync/GraphQlAst>

namespace Syncscope::Cli {

//! One operation to be carried out.
class GraphQlRequest {
public:
    QString document; //!< all of it, as it was given
    QString name; //!< of the operation; empty if it has none
    bool isNameSent = false; //!< the document has several, so that the service must be told
    AppSync::GraphQl::OperationKind kind = AppSync::GraphQl::OperationKind::Query;
    QByteArray variables; //!< JSON text of an object; empty: none

    [[nodiscard]] bool isSubscription() const
    {
        return kind == AppSync::GraphQl::OperationKind::Subscription;
    }
    [[nodiscard]] QString operationName() const { return isNameSent ? name : QString(); }
};

//! What the flags of `graphql` say.
class GraphQlOptions {
public:
    QList<GraphQlRequest> requests; //!< one at least
    Bounds::Limits bounds;
    TimeStyle timeStyle = TimeStyle::Default;
    bool control = false;
    bool nulTerminated = false;
    bool check = true;

    static std::optional<GraphQlOptions> read(const CommandLine &line, const OutputFormat &format,
                                              Problem *problem);
    [[nodiscard]] bool hasSubscriptions() const;
    [[nodiscard]] bool hasExecutions() const; //!< queries and mutations

private:
    bool readDocuments(const CommandLine &line, Problem *problem);
    bool readVariables(const CommandLine &line, Problem *problem);
    bool addRequest(const QString &place, const QString &text, const QString &wanted,
                    Problem *problem);
    bool readBounds(const CommandLine &line, const OutputFormat &format, Problem *problem);

    QList<AppSync::GraphQl::OperationDefinition>
        m_operations; //!< of the requests, where they parse
};

} // namespace Syncscope::Cli

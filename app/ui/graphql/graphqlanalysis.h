// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/graphql/graphqlproblemmodel.h"

#include <AppSync/GraphQlSchema>

#include <QStringList>

namespace Syncscope {

//! What is to be judged. A value, so that it can be judged on another thread.
class GraphQlQuestion {
public:
    QString document;
    QString variables; //!< JSON text
    int cursor = 0; //!< in the document; the operation there is the current one
    AppSync::GraphQl::Schema schema; //!< empty: only the grammar is judged
};

//! One operation of a document, for a list.
class GraphQlOperationEntry {
public:
    QString name; //!< empty if anonymous
    AppSync::GraphQl::OperationKind kind = AppSync::GraphQl::OperationKind::Query;
    QString detail; //!< its root fields
    int begin = 0;
    int end = 0;
    int line = 1;

    friend bool operator==(const GraphQlOperationEntry &, const GraphQlOperationEntry &) = default;
};

//! What there is to say about a document and its variables.
class GraphQlAnalysis {
public:
    QList<GraphQlProblem> problems; //!< of the document
    bool isBroken = false; //!< a syntax error: operations are those of before
    QList<GraphQlOperationEntry> operations;
    int current = -1; //!< index of the operation at the cursor
    QList<GraphQlProblem> variableProblems;
    //! Where values of the type AWSJSON may stand in the variables: names down from the top.
    QList<QStringList> jsonPaths;

    [[nodiscard]] static GraphQlAnalysis of(const GraphQlQuestion &question);
    //! The operation at \a cursor, or the last one before it, or the first one; -1: there is none.
    [[nodiscard]] static int operationAt(const QList<GraphQlOperationEntry> &operations,
                                         int cursor);
};

//! One operation as it is sent.
class GraphQlRequestText {
public:
    //! \a operation and the fragments that it uses; they stay in their lines and columns, so that the places in the
    //! server's errors are right. The only operation of a document is sent with all of it, byte for byte.
    [[nodiscard]] static QString of(const QString &text, const AppSync::GraphQl::Document &document,
                                    const AppSync::GraphQl::OperationDefinition &operation);
    //! Those members of \a variables that \a operation declares; all of them: as it is.
    [[nodiscard]] static QByteArray
    variablesOf(const QByteArray &variables,
                const AppSync::GraphQl::OperationDefinition &operation);
};

} // namespace Syncscope

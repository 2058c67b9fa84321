// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/completion.h"

#include <AppSync/GraphQlSchema>

#include <QCoreApplication>

namespace Syncscope {

//! What could stand at a place of a document, by its schema.
class GraphQlCompletion {
    Q_DECLARE_TR_FUNCTIONS(GraphQlCompletion)

public:
    //! The text may be unfinished and wrong anywhere. Those that begin as the word does come first.
    [[nodiscard]] static Completion of(const QString &text, int cursor,
                                       const AppSync::GraphQl::Schema &schema);
};

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <QByteArray>
#include <QStringList>

//! Reads the operations of a project: from `.graphql` files, and from the JavaScript or TypeScript that Amplify
//! generates (`queries.ts`, `mutations.js`, …), which is never run.
namespace Syncscope::GraphQlImport {

class Result {
public:
    Problem problem; //!< that there is nothing
    //! Operations and fragments, each as it is written.
    QStringList definitions;
    QString note; //!< what was left out; empty: nothing
};

[[nodiscard]] Result read(const QByteArray &bytes, const QString &fileName);

} // namespace Syncscope::GraphQlImport

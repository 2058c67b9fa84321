// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace AppSync::Handlers {

//! JavaScript of today in the words of Qt's engine, which knows that of 2016.
struct Lowering {
    QString text; //!< every line where it was
    QString problem; //!< not empty: it cannot run here, for this reason …
    int line = 0; //!< … in this line

    //! Writes anew what the engine does not know: spread and rest in objects, `async` and `await`, `catch`
    //! without a name, `1_000`; and CommonJS (`exports.handler = …`) as a module. Modules other than
    //! `@aws-appsync/utils` are a problem. What it does not understand stays, for the engine to refuse.
    static Lowering of(const QString &code);
};

} // namespace AppSync::Handlers

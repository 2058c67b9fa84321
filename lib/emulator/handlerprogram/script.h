// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "memorymodule.h"
#include "native.h"

#include <QJSEngine>
#include <QJsonObject>

#include <memory>

namespace AppSync::Handlers {

//! One file of JavaScript in an engine of its own.
class Script {
public:
    //! What is wrong with the code; empty: nothing.
    struct Problem {
        QString message;
        int line = 0;
    };

    //! Runs what stands outside of functions. Nothing if \a problem.
    static std::unique_ptr<Script> load(const QString &code, Problem *problem);

    //! Answers \a line, a call as JSON, on standard output.
    void call(const QString &line);

private:
    Script() = default;
    [[nodiscard]] Problem start(const QString &code);

    Native m_native;
    QJSEngine m_engine; // gone before what it calls
    QJSValue m_runtime;
    std::unique_ptr<MemoryModule> m_module;
};

} // namespace AppSync::Handlers

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/session.h"

namespace Syncscope {

//! Where replays can go: the sandbox, and the Events API that is open. What knows of both fills in the functions.
class ReplayTargets : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    //! The Events API that is open; null: there is none.
    std::function<Session *()> session = [] { return nullptr; };
    //! Whether that is the sandbox's.
    std::function<bool()> isSandbox = [] { return false; };
    //! Starts the sandbox, and opens it in place of what is open; null: it cannot.
    std::function<Session *()> openSandbox = [] { return nullptr; };

Q_SIGNALS:
    //! Another API is open, or none.
    void changed();
};

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/keywatcher.h"

namespace Syncscope {

//! Lets the window's shortcuts through a read-only text. Qt's text items leave the question whether a key
//! is theirs unanswered there, which counts as yes: the shortcut would be dead while they have the focus.
class ShortcutPassage : public Syncscope::KeyWatcher {
    Q_OBJECT
    QML_ELEMENT

public:
    explicit ShortcutPassage(QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace Syncscope

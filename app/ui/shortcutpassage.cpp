// SPDX-License-Identifier: Apache-2.0
#include "app/ui/shortcutpassage.h"

#include <QKeyEvent>

namespace Syncscope {

namespace {

// What a text that cannot be changed does by itself.
bool belongsToReading(QKeyEvent *event)
{
    return event->matches(QKeySequence::Copy) || event->matches(QKeySequence::SelectAll);
}

} // namespace

ShortcutPassage::ShortcutPassage(QObject *parent) : KeyWatcher(parent)
{
}

bool ShortcutPassage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride || !watched->property("readOnly").toBool())
        return false;
    event->setAccepted(belongsToReading(static_cast<QKeyEvent *>(event)));
    return true;
}

} // namespace Syncscope

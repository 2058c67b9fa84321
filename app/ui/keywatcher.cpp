// SPDX-License-Identifier: Apache-2.0
#include "app/ui/keywatcher.h"

namespace Syncscope {

KeyWatcher::KeyWatcher(QObject *parent) : QObject(parent)
{
}

void KeyWatcher::setTarget(QQuickItem *target)
{
    if (m_target == target)
        return;
    if (m_target)
        m_target->removeEventFilter(this);
    m_target = target;
    if (m_target)
        m_target->installEventFilter(this);
    Q_EMIT targetChanged();
}

} // namespace Syncscope

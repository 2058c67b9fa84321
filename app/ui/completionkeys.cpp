// SPDX-License-Identifier: Apache-2.0
#include "app/ui/completionkeys.h"

namespace Syncscope {

namespace {

constexpr int kPage = 8; // rows that the list shows

bool isReturn(const QKeyEvent &event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

} // namespace

bool CompletionKeys::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && m_active
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return event->type() == QEvent::KeyPress && onKey(*static_cast<QKeyEvent *>(event));
}

bool CompletionKeys::onKey(const QKeyEvent &event)
{
    if (event.key() == Qt::Key_Space && event.modifiers() == Qt::ControlModifier) {
        Q_EMIT wanted();
        return true;
    }
    const bool isPlain = (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    if (m_active && isPlain && onListKey(event))
        return true;
    if (isReturn(event) && isPlain) {
        Q_EMIT lineWanted();
        return true;
    }
    if (event.key() == Qt::Key_Backspace)
        Q_EMIT erased();
    else if (isPlain && !event.text().isEmpty() && event.text().at(0).isPrint())
        Q_EMIT typed(event.text());
    else if (m_active
             && (event.key() == Qt::Key_Left || event.key() == Qt::Key_Right
                 || event.key() == Qt::Key_Home || event.key() == Qt::Key_End))
        Q_EMIT dismissed(); // the cursor leaves the word
    return false;
}

bool CompletionKeys::onListKey(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Up:
        Q_EMIT moved(-1);
        return true;
    case Qt::Key_Down:
        Q_EMIT moved(1);
        return true;
    case Qt::Key_PageUp:
        Q_EMIT moved(-kPage);
        return true;
    case Qt::Key_PageDown:
        Q_EMIT moved(kPage);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        Q_EMIT accepted();
        return true;
    case Qt::Key_Escape:
        Q_EMIT dismissed();
        return true;
    default:
        return false;
    }
}

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/keywatcher.h"

#include <QKeyEvent>

namespace Syncscope {

//! Watches the keys of a text for the list of proposals beside it, which never has the focus. While the list is
//! shown, the keys that move in it, accept and dismiss are not the text's.
class CompletionKeys : public Syncscope::KeyWatcher {
    Q_OBJECT
    QML_ELEMENT
    //! The list is shown.
    Q_PROPERTY(bool active MEMBER m_active NOTIFY activeChanged FINAL)

public:
    explicit CompletionKeys(QObject *parent = nullptr) : KeyWatcher(parent) { }

Q_SIGNALS:
    void activeChanged();
    //! \a text is about to be put into the text.
    void typed(const QString &text);
    //! A character is about to be taken out.
    void erased();
    //! Ctrl+Space.
    void wanted();
    void moved(int steps);
    void accepted();
    void dismissed();
    //! Return, while no list is shown: a new line, to be indented.
    void lineWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool onKey(const QKeyEvent &event);
    bool onListKey(const QKeyEvent &event);

    bool m_active = false;
};

} // namespace Syncscope

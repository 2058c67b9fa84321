// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick

// The circle in which F6 leads the keyboard. A pane within another one stands behind it.
QtObject {
    id: root

    property list<Item> panes
    property list<Item> idle // those of them in which the keyboard finds nothing now

    function go(step: int) {
        const idle = Array.from(root.idle);
        const shown = Array.from(root.panes).filter(pane => pane.visible && !idle.includes(pane));
        const now = shown.map(pane => pane.activeFocus).lastIndexOf(true);
        shown[(now + step + shown.length) % shown.length].takeFocus();
    }
}

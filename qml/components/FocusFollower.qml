// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick

// Scrolls a view so that what has the keyboard is on the screen.
Item {
    id: root

    required property Flickable view
    readonly property Item focused: root.Window.activeFocusItem

    onFocusedChanged: {
        if (!root.view.visible || !root.focused || !root.isInside(root.focused))
            return;
        const top = root.focused.mapToItem(root.view.contentItem, 0, 0).y;
        const bottom = top + Math.min(root.focused.height, root.view.height - 48);
        if (top < root.view.contentY + 24)
            root.view.contentY = Math.max(0, top - 24);
        else if (bottom > root.view.contentY + root.view.height - 24)
            root.view.contentY = Math.min(root.view.contentHeight - root.view.height, bottom + 24 - root.view.height);
    }
    function isInside(item: Item): bool {
        for (let at = item; at; at = at.parent) {
            if (at === root.view.contentItem)
                return true;
        }
        return false;
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope

// A menu at the mouse or beside what it is about; its entries are AppMenuItems. As wide as the widest.
Menu {
    id: root

    padding: 4
    implicitWidth: Math.max(160, root.widest()) + root.leftPadding + root.rightPadding

    function widest(): real {
        let width = 0;
        for (let i = 0; i < root.count; ++i) {
            const item = root.itemAt(i);
            if (item.visible)
                width = Math.max(width, item.implicitWidth);
        }
        return Math.min(width, 420);
    }

    delegate: AppMenuItem {}
    background: Rectangle {
        color: Theme.raised
        border.color: Theme.border
        radius: Theme.panelRadius
    }
}

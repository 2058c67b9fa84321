// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope

// Between two panes: one pixel to see, seven to grab.
Rectangle {
    id: root

    required property bool sideBySide

    implicitWidth: 1
    implicitHeight: 1
    color: SplitHandle.pressed || SplitHandle.hovered ? Theme.accent : Theme.border

    containmentMask: Item {
        x: root.sideBySide ? -3 : 0
        y: root.sideBySide ? 0 : -3
        width: root.sideBySide ? 7 : root.width
        height: root.sideBySide ? root.height : 7
    }
}

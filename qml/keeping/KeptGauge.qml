// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

// How full the budget is. Full is no fault: then the oldest make room.
Rectangle {
    id: root

    required property real share // 0 to 1

    implicitHeight: 4
    radius: 2
    color: Theme.border
    Accessible.ignored: true

    Rectangle {
        width: root.share > 0 ? Math.max(root.radius * 2, parent.width * root.share) : 0
        height: parent.height
        radius: root.radius
        color: Theme.accent
    }
}

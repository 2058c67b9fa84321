// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope

ScrollBar {
    id: root

    minimumSize: 0.06
    padding: 2
    implicitWidth: 12
    implicitHeight: 12

    contentItem: Rectangle {
        implicitWidth: 8
        implicitHeight: 8
        radius: 4
        color: root.pressed ? Theme.secondary : root.hovered ? Theme.disabled : Theme.border
        visible: root.size < 1.0
    }
    background: null
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// The box of something that is chosen or not.
Rectangle {
    id: root

    property bool checked: false

    implicitWidth: 16
    implicitHeight: 16
    radius: 4
    color: root.checked ? Theme.accent : Theme.window
    border.width: root.checked ? 0 : 1
    border.color: Theme.secondary

    Icon {
        anchors.centerIn: parent
        visible: root.checked
        icon: "check"
        size: 12
        color: Theme.onAccent
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// A part of the status line that opens a panel which says more.
AbstractButton {
    id: root

    property string name // for screen readers
    property string tip
    property string shortcut
    default property alias content: row.data

    implicitHeight: 22
    implicitWidth: row.implicitWidth + 12
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.Button
    Accessible.name: root.name
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 6
    }
    background: Rectangle {
        radius: Theme.controlRadius
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing {
            shown: root.visualFocus
        }
    }

    Tip {
        visible: root.hovered && root.tip
        text: root.tip
        shortcut: root.shortcut
    }
}

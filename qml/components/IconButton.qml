// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// A button that is only an icon; its tooltip is its name.
AbstractButton {
    id: root

    required property string iconName
    required property string tip
    property string shortcut
    property int extent: Theme.controlHeight
    property color tint: Theme.secondary

    implicitWidth: root.extent
    implicitHeight: root.extent
    text: root.tip
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.Button
    Accessible.name: root.tip
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            icon: root.iconName
            color: !root.enabled ? Theme.disabled : root.checked ? Theme.accent : root.hovered ? Theme.text : root.tint
        }
    }
    background: Rectangle {
        radius: Theme.controlRadius
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing {
            shown: root.visualFocus
        }
    }

    Tip {
        over: root.hovered
        pressed: root.pressed
        text: root.tip
        shortcut: root.shortcut
    }
}

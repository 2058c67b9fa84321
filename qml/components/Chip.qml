// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// A choice that is on or off.
AbstractButton {
    id: root

    property string tip

    implicitHeight: 22
    implicitWidth: implicitContentWidth + 18
    checkable: true
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    font.pixelSize: Theme.smallFontSize

    Accessible.role: Accessible.CheckBox
    Accessible.name: root.text
    Accessible.checkable: true
    Accessible.checked: root.checked
    Accessible.onPressAction: root.toggleByUser()
    Accessible.onToggleAction: root.toggleByUser()
    Keys.onReturnPressed: root.toggleByUser()

    function toggleByUser() {
        root.toggle();
        root.toggled();
    }

    contentItem: Row {
        leftPadding: 7
        spacing: 4

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            size: 12
            icon: root.checked ? "check" : "plus"
            color: root.checked ? Theme.accent : Theme.secondary
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            font: root.font
            color: root.checked ? Theme.text : Theme.secondary
        }
    }
    background: Rectangle {
        radius: height / 2
        color: root.checked ? Theme.selection : "transparent"
        border.color: root.checked ? Theme.accent : Theme.border

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        }
        FocusRing {
            inset: -2
            radius: height / 2
            shown: root.visualFocus
        }
    }

    Tip {
        visible: root.tip && root.hovered
        text: root.tip
    }
}

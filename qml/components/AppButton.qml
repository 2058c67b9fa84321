// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

Button {
    id: root

    property bool primary: false
    property string iconName
    property string tip
    property string shortcut
    property bool tellsShortcut: false // on the button itself

    readonly property color foreground: !root.enabled ? Theme.disabled : root.primary ? Theme.onAccent : Theme.text

    implicitHeight: Theme.controlHeight
    leftPadding: 12
    rightPadding: 12
    topPadding: 0
    bottomPadding: 0
    font.pixelSize: Theme.fontSize

    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Item {
        implicitWidth: children[0].implicitWidth
        implicitHeight: children[0].implicitHeight

        Row {
            anchors.centerIn: parent
            spacing: 6

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName
                icon: root.iconName || "plus"
                color: root.foreground
            }
            Text {
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                font: root.font
                color: root.foreground
            }
            Text {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.tellsShortcut
                text: root.shortcut
                font.pixelSize: Theme.smallFontSize
                color: root.foreground
                opacity: 0.75
            }
        }
    }

    background: Rectangle {
        radius: Theme.controlRadius
        color: !root.enabled ? Theme.surface : root.primary ? Theme.accent : Theme.raised
        border.width: root.primary && root.enabled ? 0 : 1
        border.color: Theme.border

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        }
        FocusRing {
            inset: -2
            radius: Theme.controlRadius + 2
            shown: root.visualFocus
        }
    }

    Tip {
        over: root.tip && root.hovered
        pressed: root.pressed
        text: root.tip
        shortcut: root.shortcut
    }
}

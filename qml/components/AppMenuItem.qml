// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// An entry of an AppMenu; one that is not visible takes no room.
MenuItem {
    id: root

    property string iconName
    property string shortcut // shown only

    height: visible ? implicitHeight : 0
    implicitHeight: Theme.controlHeight
    implicitWidth: leftPadding + implicitContentWidth + rightPadding
    leftPadding: 8
    rightPadding: 8
    topPadding: 0
    bottomPadding: 0
    indicator: null
    arrow: null

    Accessible.name: root.text

    contentItem: Content {}
    background: Rectangle {
        radius: Theme.controlRadius
        color: root.highlighted && root.enabled ? Theme.selection : "transparent"
    }

    component Content: Item {
        implicitWidth: 24 + label.implicitWidth + (root.shortcut ? keys.implicitWidth + 24 : 0)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName
            icon: root.iconName
            color: root.enabled ? Theme.secondary : Theme.disabled
        }
        Text {
            id: label

            anchors.left: parent.left
            anchors.leftMargin: 24
            anchors.right: keys.left
            anchors.rightMargin: root.shortcut ? 24 : 0
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            textFormat: Text.PlainText
            elide: Text.ElideMiddle
            font.pixelSize: Theme.fontSize
            color: root.enabled ? Theme.text : Theme.disabled
        }
        Text {
            id: keys

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: root.shortcut
            font.pixelSize: Theme.smallFontSize
            color: root.enabled ? Theme.secondary : Theme.disabled
        }
    }
}

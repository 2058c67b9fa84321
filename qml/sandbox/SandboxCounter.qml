// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

Item {
    id: root

    required property string name
    required property string value
    required property string help

    implicitHeight: 22
    Accessible.role: Accessible.StaticText
    Accessible.name: root.name + " " + root.value
    Accessible.description: root.help

    Text {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - amount.implicitWidth - 8
        text: root.name
        elide: Text.ElideRight
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
    Text {
        id: amount

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: root.value
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
        color: Theme.text
    }
    HoverHandler {
        id: hover
    }
    Tip {
        visible: hover.hovered && root.help
        text: root.help
    }
}

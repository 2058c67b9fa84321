// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope.Ui

// The upper edge of a pane: its name and what can be done with it. Positioners, not layouts: those of
// Qt 6.4 lose items that appear while a split view moves.
Item {
    id: root

    required property string title
    property alias leading: left.data
    default property alias trailing: right.data

    implicitHeight: 40

    PaneTitle {
        id: name

        anchors.left: parent.left
        anchors.leftMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(0, Math.min(implicitWidth, root.width - left.width - right.width - 44))
        text: root.title
    }
    Row {
        id: left

        anchors.left: name.right
        anchors.leftMargin: 12
        height: parent.height
        spacing: 8
    }
    Row {
        id: right

        anchors.right: parent.right
        anchors.rightMargin: 8
        height: parent.height
        spacing: 8
    }
}

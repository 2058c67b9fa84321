// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// Back to the newest rows, and how many of them wait.
AbstractButton {
    id: root

    required property FrameModel frames

    visible: !root.frames.following && root.frames.waiting > 0
    implicitHeight: 28
    implicitWidth: implicitContentWidth + 28
    text: qsTr("%L1 new ↓").arg(root.frames.waiting)
    objectName: "pill"
    hoverEnabled: true
    focusPolicy: Qt.TabFocus

    Accessible.role: Accessible.Button
    Accessible.name: qsTr("%L1 new, show them").arg(root.frames.waiting)
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    onClicked: root.frames.follow()

    contentItem: Text {
        text: root.text
        font.pixelSize: Theme.smallFontSize
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        color: Theme.onAccent
    }
    background: Rectangle {
        radius: height / 2
        color: root.down || root.hovered ? Qt.darker(Theme.accent, 1.1) : Theme.accent

        FocusRing {
            inset: -4
            radius: height / 2
            shown: root.visualFocus
        }
    }

    Tip {
        visible: root.hovered
        text: qsTr("Follow the newest rows")
        shortcut: qsTr("End")
    }
}

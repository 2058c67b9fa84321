// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// How one is signed in and how long that lasts; opens the panel that says more.
AbstractButton {
    id: root

    required property SignInStatus status
    readonly property color tint: !root.status || root.status.urgency === SignInStatus.None ? Theme.secondary
        : root.status.urgency === SignInStatus.Over ? Theme.danger : Theme.warning

    implicitHeight: 24
    implicitWidth: content.implicitWidth + 16
    text: root.status ? root.status.chipText : ""
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Signed in: %1").arg(root.text)
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    Row {
        id: content

        anchors.centerIn: parent
        spacing: 6

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            size: 14
            icon: root.status && root.status.urgency !== SignInStatus.None ? "warning" : "key"
            color: root.tint
        }
        Text {
            objectName: "signInText"
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            textFormat: Text.PlainText
            font.pixelSize: Theme.smallFontSize
            color: root.tint
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: height / 2
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        border.color: Theme.border

        FocusRing {
            radius: height / 2
            shown: root.visualFocus
        }
    }

    Tip {
        visible: root.hovered
        text: qsTr("How the session is signed in, and what its token says")
        shortcut: qsTr("F9")
    }
}

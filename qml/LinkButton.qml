// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// The state of the connection in a few words; opens the panel that says more.
AbstractButton {
    id: root

    required property Session session

    implicitHeight: 22
    implicitWidth: content.implicitWidth + 12
    text: root.session ? root.session.linkText : ""
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Connection: %1").arg(root.text)
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    Row {
        id: content

        anchors.centerIn: parent
        spacing: 6

        LinkSign {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            session: root.session
            Accessible.ignored: true
        }
        Text {
            objectName: "linkText"
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            textFormat: Text.PlainText
            font.pixelSize: Theme.smallFontSize
            color: sign.color
            Accessible.ignored: true
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
        visible: root.hovered
        text: qsTr("Where the connection stands, and why")
        shortcut: qsTr("F8")
    }
}

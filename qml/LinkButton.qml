// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// The state of the connection in a few words; opens the panel that says more.
StatusButton {
    id: root

    required property Session session

    text: root.session ? root.session.linkText : ""
    name: qsTr("Connection: %1").arg(root.text)
    tip: qsTr("Where the connection stands, and why")
    shortcut: qsTr("F8")

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

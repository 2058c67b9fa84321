// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// The code that a page shows or asks for: the same code here and there means that it is the same sign-in.
Rectangle {
    id: root

    required property string code

    implicitHeight: 64
    radius: Theme.controlRadius
    color: Theme.surface
    border.color: Theme.border

    Column {
        anchors.centerIn: parent
        spacing: 2

        TextEdit {
            objectName: "userCode"
            anchors.horizontalCenter: parent.horizontalCenter
            text: root.code
            textFormat: TextEdit.PlainText
            readOnly: true
            selectByMouse: true
            font.family: Theme.monoFamily
            font.pixelSize: 22
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.onAccent
            Accessible.name: qsTr("Code: %1").arg(root.code)
        }
        Remark {
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTr("The page has to show, or to be given, this code.")
        }
    }
}

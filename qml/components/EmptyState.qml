// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What will appear here, why nothing is here now, and one thing to do.
Item {
    id: root

    required property string icon
    required property string text
    property string action
    signal triggered

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(parent.width - 32, 380)
        spacing: 12

        Icon {
            Layout.alignment: Qt.AlignHCenter
            visible: root.height > 130
            icon: root.icon
            size: 28
            color: Theme.disabled
        }
        Text {
            Layout.fillWidth: true
            text: root.text
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.fontSize
            lineHeight: 1.25
            color: Theme.secondary
        }
        AppButton {
            Layout.alignment: Qt.AlignHCenter
            visible: root.action
            text: root.action
            onClicked: root.triggered()
        }
    }
}

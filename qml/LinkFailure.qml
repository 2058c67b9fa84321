// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// One error of the connection: the sentence, the server's words, the next step, and what was on the wire.
ColumnLayout {
    id: root

    required property string title
    required property notice notice

    spacing: 4

    Line {
        text: root.title
        color: Theme.secondary
    }
    Line {
        text: root.notice.message
        font.weight: Font.Medium
    }
    Line {
        visible: root.notice.serverMessage
        text: qsTr("Reported: “%1”").arg(root.notice.serverMessage)
    }
    Line {
        visible: root.notice.nextStep
        text: root.notice.nextStep
        color: Theme.secondary
    }
    DetailsBox {
        Layout.fillWidth: true
        visible: root.notice.details
        maximumHeight: 120
        name: qsTr("Details: %1").arg(root.title)
        text: root.notice.details
    }

    component Line: Text {
        Layout.fillWidth: true
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSize
        color: Theme.text
    }
}

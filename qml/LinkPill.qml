// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

// The state of the connection: colour, sign and words.
Row {
    id: root

    required property Session session
    readonly property int link: root.session ? root.session.link : Session.Offline
    readonly property color tint: link === Session.Live ? Theme.success : link === Session.Failed ? Theme.danger
        : link === Session.Offline ? Theme.secondary : Theme.warning

    spacing: 6

    Accessible.role: Accessible.StaticText
    Accessible.name: text.text

    Text {
        anchors.verticalCenter: parent.verticalCenter
        text: root.link === Session.Live ? "●" : root.link === Session.Failed ? "✕" : root.link === Session.Offline ? "○" : "◐"
        font.pixelSize: Theme.smallFontSize
        color: root.tint
    }
    Text {
        id: text

        objectName: "linkText"
        anchors.verticalCenter: parent.verticalCenter
        text: root.session ? root.session.linkText : ""
        font.pixelSize: Theme.smallFontSize
        color: root.tint
    }
}

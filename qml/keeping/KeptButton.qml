// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// How much of the budget of memory the traffic takes; opens the panel where that is set.
StatusButton {
    id: root

    required property Session session

    text: root.session ? root.session.keptText : ""
    name: qsTr("Memory: %1").arg(root.text)
    tip: qsTr("How much traffic is kept, in memory and on disk")
    shortcut: qsTr("F4")

    KeptGauge {
        anchors.verticalCenter: parent.verticalCenter
        width: 40
        share: root.session ? root.session.keptShare : 0
    }
    Text {
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        textFormat: Text.PlainText
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
        Accessible.ignored: true
    }
}

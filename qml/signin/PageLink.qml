// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The address of a page, and what became of opening it.
ColumnLayout {
    id: root

    required property InteractionQueue interactions
    readonly property bool isPage: root.interactions.kind === InteractionQueue.OpenUrl

    spacing: 4

    RowLayout {
        spacing: 8

        Text {
            Layout.fillWidth: true
            text: root.interactions.url
            textFormat: Text.PlainText
            elide: Text.ElideRight
            font.family: Theme.monoFamily
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        IconButton {
            iconName: "copy"
            tip: qsTr("Copy the link")
            onClicked: root.interactions.copyUrl()
        }
        AppButton {
            visible: !root.isPage
            text: qsTr("Open")
            onClicked: root.interactions.openUrl()
        }
    }
    Remark {
        Layout.fillWidth: true
        visible: text
        text: root.interactions.openProblem ? root.interactions.openProblem
            : root.isPage && root.interactions.isOpened ? qsTr("Waiting for the browser. This closes by itself when the sign-in is done.") : ""
        color: root.interactions.openProblem ? Theme.danger : Theme.secondary
    }
}

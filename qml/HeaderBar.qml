// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Where one is connected, how it stands, and what concerns the whole window.
Rectangle {
    id: root

    required property Workspace workspace
    readonly property Session session: root.workspace.session
    readonly property bool open: root.session !== null && root.session.link !== Session.Offline && root.session.link !== Session.Failed

    implicitHeight: 44
    color: Theme.surface

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 12
        anchors.rightMargin: 8
        spacing: 8

        LinkSign {
            visible: root.session !== null
            session: root.session
        }
        PaneTitle {
            text: root.session ? root.session.title : qsTr("Syncscope")
            font.pixelSize: 15
            Layout.maximumWidth: root.width * 0.4
            elide: Text.ElideMiddle
        }
        Text {
            Layout.fillWidth: true
            visible: root.width > 1000
            text: root.session ? root.session.endpointText + " · " + root.session.authText : ""
            textFormat: Text.PlainText
            elide: Text.ElideRight
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }
        Item {
            Layout.fillWidth: root.width <= 1000
        }
        AppButton {
            objectName: "disconnect"
            visible: root.session !== null && !root.workspace.choosing
            text: root.open ? qsTr("Disconnect") : qsTr("Reconnect")
            tip: root.open ? qsTr("Close the connection; what was recorded stays") : qsTr("Connect again")
            shortcut: root.open ? "" : qsTr("F5")
            onClicked: root.open ? root.session.close() : root.session.open()
        }
        AppButton {
            visible: root.session !== null && !root.workspace.choosing
            iconName: "plug"
            text: qsTr("Connection…")
            tip: qsTr("Connect to another API")
            shortcut: qsTr("Ctrl+N")
            onClicked: root.workspace.choose()
        }
        IconButton {
            objectName: "theme"
            iconName: Theme.mode === Theme.Light ? "sun" : Theme.mode === Theme.Dark ? "moon" : "system"
            tip: Theme.mode === Theme.Light ? qsTr("Light theme; next: dark")
                : Theme.mode === Theme.Dark ? qsTr("Dark theme; next: as the system") : qsTr("Theme of the system; next: light")
            onClicked: Theme.mode = (Theme.mode + 1) % 3
        }
    }
    Hairline {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        color: Theme.border
    }
}

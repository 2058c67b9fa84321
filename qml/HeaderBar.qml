// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Where one is connected, how it stands, and what concerns the whole window.
Rectangle {
    id: root

    required property Workspace workspace
    readonly property Session session: root.workspace.session
    readonly property bool atWork: root.session !== null && !root.workspace.choosing && !root.workspace.captures.shown
    readonly property bool open: root.session !== null && root.session.link !== Session.Offline && root.session.link !== Session.Failed

    implicitHeight: 44
    color: Theme.surface

    property bool sandboxShown: false
    signal signInWanted
    signal sandboxWanted
    signal openWanted

    Row {
        anchors.left: parent.left
        anchors.leftMargin: 12
        height: parent.height
        spacing: 8

        LinkSign {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.session !== null
            session: root.session
        }
        PaneTitle {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, root.width * 0.4)
            text: root.session ? root.session.title : qsTr("Syncscope")
            elide: Text.ElideMiddle
            font.pixelSize: 15
        }
        Segments {
            anchors.verticalCenter: parent.verticalCenter
            objectName: "services"
            visible: root.atWork && root.workspace.hasBothServices
            name: qsTr("Service of the API")
            tip: qsTr("The API has both: Events (Ctrl+Shift+1) and GraphQL (Ctrl+Shift+2)")
            options: [qsTr("Events"), qsTr("GraphQL")]
            current: root.session ? root.session.service : 0
            onChosen: index => root.workspace.showService(index)
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, Math.max(0, actions.x - x - 24))
            text: root.session ? root.session.addressText : ""
            textFormat: Text.PlainText
            elide: Text.ElideRight
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }
    }
    Row {
        id: actions

        anchors.right: parent.right
        anchors.rightMargin: 8
        height: parent.height
        spacing: 8

        SignInChip {
            anchors.verticalCenter: parent.verticalCenter
            objectName: "signIn"
            visible: root.atWork
            status: root.session ? root.session.signIn : null
            onClicked: root.signInWanted()
        }
        AppButton {
            anchors.verticalCenter: parent.verticalCenter
            objectName: "disconnect"
            visible: root.atWork
            text: root.open ? qsTr("Disconnect") : qsTr("Reconnect")
            tip: root.open ? qsTr("Close the connection; what was recorded stays") : qsTr("Connect again")
            shortcut: root.open ? "" : qsTr("F5")
            onClicked: root.open ? root.session.close() : root.session.open()
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            objectName: "sandbox"
            visible: root.atWork
            iconName: "flask"
            checked: root.sandboxShown
            tip: root.sandboxShown ? qsTr("Hide the sandbox") : qsTr("Show the sandbox: scenario, clients, handlers, faults")
            shortcut: qsTr("F10")
            onClicked: root.sandboxWanted()
        }
        AppButton {
            anchors.verticalCenter: parent.verticalCenter
            objectName: "choose"
            visible: root.atWork
            iconName: "plug"
            text: qsTr("Connection…")
            tip: qsTr("Connect to another API")
            shortcut: qsTr("Ctrl+N")
            onClicked: root.workspace.choose()
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            objectName: "openCapture"
            iconName: "open"
            tip: qsTr("Open a capture…")
            shortcut: qsTr("Ctrl+O")
            onClicked: root.openWanted()
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
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

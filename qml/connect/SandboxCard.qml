// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

FocusScope {
    id: root

    required property Workspace workspace

    implicitHeight: layout.implicitHeight + 40

    Rectangle {
        anchors.fill: parent
        radius: Theme.panelRadius
        color: Theme.raised
        border.color: Theme.border
    }

    ColumnLayout {
        id: layout

        anchors.fill: parent
        anchors.margins: 20
        spacing: 12

        Icon {
            icon: "flask"
            size: 28
            color: Theme.accent
        }
        PaneTitle {
            Layout.fillWidth: true
            text: qsTr("Try the sandbox")
            font.pixelSize: 15
        }
        Text {
            Layout.fillWidth: true
            text: qsTr("A local AppSync inside this program, with a small demo that chats, ticks and drives around, and a GraphQL API. "
                + "Live data within two seconds. No account, no network, nothing leaves this computer.")
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            lineHeight: 1.3
            font.pixelSize: Theme.fontSize
            color: Theme.secondary
        }
        NoticeBar {
            Layout.fillWidth: true
            framed: true
            message: root.workspace.sandbox.problem.message
            nextStep: root.workspace.sandbox.problem.nextStep
        }
        Item {
            Layout.fillHeight: true
        }
        AppButton {
            Layout.fillWidth: true
            objectName: "startSandbox"
            focus: true
            primary: true
            iconName: "play"
            text: qsTr("Start the sandbox")
            onClicked: root.workspace.openSandbox()
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
        }
    }
}

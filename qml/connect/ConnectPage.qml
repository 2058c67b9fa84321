// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The first thing that one sees: a sandbox that needs nothing, or an endpoint of one's own.
FocusScope {
    id: root

    required property Workspace workspace

    Keys.onEscapePressed: root.workspace.cancelChoosing()

    function takeFocus() {
        if (root.workspace.form.isEmpty)
            sandbox.forceActiveFocus();
        else
            form.takeFocus();
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    Flickable {
        anchors.fill: parent
        contentHeight: Math.max(height, column.implicitHeight + 48)
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        ColumnLayout {
            id: column

            anchors.centerIn: parent
            width: Math.min(parent.width - 48, 900)
            spacing: 16

            Text {
                text: qsTr("Connect to AppSync Events")
                font.pixelSize: 20
                font.weight: Font.Medium
                color: Theme.text
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }

            RowLayout {
                Layout.fillWidth: true
                spacing: 16

                SandboxCard {
                    id: sandbox

                    Layout.preferredWidth: 300
                    Layout.fillHeight: true
                    workspace: root.workspace
                }
                EndpointForm {
                    id: form

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    workspace: root.workspace
                }
            }

            Text {
                Layout.fillWidth: true
                text: qsTr("Syncscope %1. Not affiliated with Amazon; AppSync is theirs.").arg(root.workspace.version)
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            AppButton {
                visible: root.workspace.session !== null
                text: root.workspace.session ? qsTr("Back to %1").arg(root.workspace.session.title) : ""
                shortcut: qsTr("Esc")
                tellsShortcut: true
                onClicked: root.workspace.cancelChoosing()
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The first thing that one sees: saved profiles, a sandbox that needs nothing, an endpoint of one's own.
FocusScope {
    id: root

    required property Workspace workspace
    readonly property bool wide: width >= 820

    Keys.onEscapePressed: root.workspace.cancelChoosing()

    function takeFocus() {
        if (!root.workspace.form.isEmpty)
            form.takeFocus();
        else if (root.workspace.profiles.count > 0)
            profiles.takeFocus();
        else
            sandbox.forceActiveFocus();
    }

    FocusFollower {
        view: view
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    DropArea {
        id: drop

        anchors.fill: parent
        onDropped: event => {
            if (event.hasUrls && root.workspace.captures.isCapture(event.urls[0]))
                root.workspace.captures.open(event.urls[0]);
            else if (event.hasUrls && String(event.urls[0]).startsWith("file:"))
                root.workspace.importFile(event.urls[0]);
            else if (event.hasText)
                root.workspace.importText(event.text);
        }
    }
    Flickable {
        id: view

        objectName: "connectView"
        anchors.fill: parent
        contentHeight: Math.max(height, column.implicitHeight + 48)
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        function reveal(item: Item) {
            const top = item.mapToItem(view.contentItem, 0, 0).y - 16;
            const bottom = top + item.height + 32;
            if (bottom > view.contentY + view.height)
                view.contentY = Math.min(top, bottom - view.height);
        }

        // It grows step by step.
        Connections {
            target: form.testResult

            function onHeightChanged() {
                if (root.workspace.test.isShown)
                    view.reveal(form.testResult);
            }
        }

        ColumnLayout {
            id: column

            x: Math.round((view.width - width) / 2)
            y: Math.max(24, Math.round((view.height - implicitHeight) / 2))
            width: Math.min(view.width - 48, 960)
            spacing: 16

            RowLayout {
                spacing: 12

                Text {
                    Layout.fillWidth: true
                    text: qsTr("Connect to AppSync Events")
                    font.pixelSize: 20
                    font.weight: Font.Medium
                    color: Theme.text
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }
                AppButton {
                    visible: root.workspace.session !== null
                    text: root.workspace.session ? qsTr("Back to %1").arg(root.workspace.session.title) : ""
                    shortcut: qsTr("Esc")
                    tellsShortcut: true
                    onClicked: root.workspace.cancelChoosing()
                }
            }

            GridLayout {
                Layout.fillWidth: true
                columns: root.wide ? 2 : 1
                columnSpacing: 16
                rowSpacing: 16

                ColumnLayout {
                    Layout.alignment: Qt.AlignTop
                    Layout.preferredWidth: root.wide ? 300 : -1
                    Layout.maximumWidth: root.wide ? 300 : Infinity
                    Layout.fillWidth: true
                    spacing: 16

                    ProfilesCard {
                        id: profiles

                        Layout.fillWidth: true
                        workspace: root.workspace
                    }
                    SandboxCard {
                        id: sandbox

                        Layout.fillWidth: true
                        workspace: root.workspace
                    }
                    ImportCard {
                        Layout.fillWidth: true
                        workspace: root.workspace
                    }
                }
                EndpointForm {
                    id: form

                    Layout.alignment: Qt.AlignTop
                    Layout.fillWidth: true
                    workspace: root.workspace
                }
            }

            Remark {
                Layout.fillWidth: true
                text: qsTr("Syncscope %1. Not affiliated with Amazon; AppSync is theirs.").arg(root.workspace.version)
            }
        }
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: 8
        visible: drop.containsDrag
        color: "transparent"
        radius: Theme.panelRadius
        border.width: 2
        border.color: Theme.accent
    }
}

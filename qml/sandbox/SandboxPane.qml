// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The local AppSync beside the traffic: what it plays, who is there, what its namespaces do, what goes wrong.
FocusScope {
    id: root

    required property Sandbox sandbox
    property int page: SandboxPane.Overview
    signal closed

    enum Page {
        Overview,
        Clients,
        Handlers,
        Faults
    }

    function takeFocus() {
        pages.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    Keys.onEscapePressed: root.closed()

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: 12
            Layout.rightMargin: 4
            Layout.preferredHeight: 40
            spacing: 8

            Icon {
                icon: "flask"
                color: root.sandbox.running ? Theme.accent : Theme.disabled
            }
            PaneTitle {
                Layout.fillWidth: true
                text: qsTr("Sandbox")
                elide: Text.ElideRight
            }
            AppButton {
                objectName: "activeFaults"
                visible: root.sandbox.faults.activeCount > 0
                iconName: "warning"
                text: root.sandbox.faults.activeCount === 1 ? qsTr("1 fault") : qsTr("%1 faults").arg(root.sandbox.faults.activeCount)
                tip: qsTr("The sandbox does something wrong on purpose")
                onClicked: root.page = SandboxPane.Faults
            }
            AppButton {
                objectName: "sandboxSwitch"
                iconName: root.sandbox.running ? "stop" : "play"
                text: root.sandbox.running ? qsTr("Stop") : qsTr("Start")
                tip: root.sandbox.running ? qsTr("End the local AppSync and all its connections") : qsTr("Start the local AppSync at the same address")
                onClicked: root.sandbox.running ? root.sandbox.stop() : root.sandbox.start()
            }
            IconButton {
                objectName: "closeSandbox"
                iconName: "close"
                tip: qsTr("Close this pane; the sandbox goes on")
                shortcut: qsTr("Esc")
                onClicked: root.closed()
            }
        }
        Segments {
            id: pages

            objectName: "sandboxPages"
            Layout.leftMargin: 12
            Layout.bottomMargin: 8
            focus: true
            name: qsTr("What to see of the sandbox")
            options: [qsTr("Overview"), qsTr("Clients"), qsTr("Handlers"), qsTr("Faults")]
            current: root.page
            onChosen: index => root.page = index
        }
        Hairline {
            Layout.fillWidth: true
        }
        NoticeBar {
            Layout.fillWidth: true
            message: root.sandbox.problem.message
            nextStep: root.sandbox.problem.nextStep
        }
        SandboxOverview {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.page === SandboxPane.Overview
            sandbox: root.sandbox
        }
        SandboxClients {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.page === SandboxPane.Clients
            sandbox: root.sandbox
        }
        SandboxHandlers {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.page === SandboxPane.Handlers
            editor: root.sandbox.handlers
        }
        SandboxFaults {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.page === SandboxPane.Faults
            sandbox: root.sandbox
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The editor of the document: what is at the cursor runs.
FocusScope {
    id: root

    required property GraphQlDraft draft
    required property bool schemaShown
    readonly property bool subscribes: root.draft.currentKind === "subscription"
    signal schemaWanted

    function takeFocus() {
        area.takeFocus();
    }
    function goTo(offset: int) {
        area.goTo(offset);
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Item {
            Layout.fillWidth: true
            Layout.preferredHeight: 44

            PaneTitle {
                anchors.left: parent.left
                anchors.leftMargin: 12
                anchors.right: actions.left
                anchors.rightMargin: 8
                anchors.verticalCenter: parent.verticalCenter
                objectName: "currentOperation"
                text: root.draft.currentKind ? root.draft.currentKind + " " + root.draft.currentName : qsTr("Document")
                textFormat: Text.PlainText
            }
            Row {
                id: actions

                anchors.right: parent.right
                anchors.rightMargin: 8
                height: parent.height
                spacing: 4

                IconButton {
                    anchors.verticalCenter: parent.verticalCenter
                    objectName: "importDocument"
                    iconName: "file"
                    tip: qsTr("Take over operations of a file: .graphql, or queries.ts of Amplify. It can be dropped here, too.")
                    onClicked: filePopup.open()
                }
                IconButton {
                    anchors.verticalCenter: parent.verticalCenter
                    objectName: "formatDocument"
                    iconName: "format"
                    tip: qsTr("Lay out the document")
                    shortcut: qsTr("Ctrl+Shift+F")
                    enabled: root.draft.canFormat
                    onClicked: root.draft.format()
                }
                IconButton {
                    anchors.verticalCenter: parent.verticalCenter
                    objectName: "schemaToggle"
                    iconName: "book"
                    checked: root.schemaShown
                    tip: root.schemaShown ? qsTr("Hide the schema") : qsTr("Show the schema")
                    shortcut: qsTr("F7")
                    onClicked: root.schemaWanted()
                }
                IconButton {
                    anchors.verticalCenter: parent.verticalCenter
                    objectName: "stop"
                    iconName: "stop"
                    tint: Theme.danger
                    tip: qsTr("Stop waiting for the answer")
                    shortcut: qsTr("Ctrl+.")
                    enabled: root.draft.results.running > 0
                    opacity: enabled ? 1 : 0.4
                    onClicked: root.draft.stop()
                }
                AppButton {
                    anchors.verticalCenter: parent.verticalCenter
                    objectName: "run"
                    primary: true
                    iconName: "play"
                    text: root.subscribes ? qsTr("Subscribe") : qsTr("Run")
                    tip: root.subscribes ? qsTr("Subscribe with the operation at the cursor") : qsTr("Run the operation at the cursor")
                    shortcut: qsTr("Ctrl+↵")
                    tellsShortcut: root.width > 420
                    enabled: root.draft.currentKind
                    onClicked: root.draft.run()
                }
            }
        }
        Hairline {
            Layout.fillWidth: true
        }
        GraphQlArea {
            id: area

            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            draft: root.draft
        }
        Hairline {
            Layout.fillWidth: true
        }
        ProblemList {
            objectName: "problems"
            Layout.fillWidth: true
            problems: root.draft.problems
            message: root.draft.message
            messageIsProblem: root.draft.messageIsProblem
            onPlaceWanted: offset => area.goTo(offset)
            onDismissed: root.draft.dismissMessage()
        }
    }

    FilePopup {
        id: filePopup

        objectName: "importPopup"
        x: Math.max(8, root.width - width - 8)
        y: 44
        width: Math.min(380, root.width - 16)
        explanation: qsTr("A .graphql file, or the queries, mutations or subscriptions (.ts, .js) that Amplify generates. It is read, never run.")
        onChosen: url => root.draft.importFile(url)
    }
    DropArea {
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: drop => {
            for (const url of drop.urls)
                root.draft.importFile(url);
        }
    }
    Shortcut {
        sequences: ["Ctrl+Shift+F"]
        enabled: root.visible && root.draft.canFormat
        onActivated: root.draft.format()
    }
    Shortcut {
        sequences: ["Ctrl+."]
        enabled: root.visible
        onActivated: root.draft.stop()
    }
    Shortcut {
        sequences: ["F7"]
        enabled: root.visible
        onActivated: root.schemaWanted()
    }
}

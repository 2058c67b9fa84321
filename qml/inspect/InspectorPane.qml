// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

FocusScope {
    id: root

    required property FrameInspector inspector
    property bool closable: false

    function takeFocus() {
        code.textArea.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        PaneBar {
            Layout.fillWidth: true
            title: qsTr("Inspector")

            Segments {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.inspector.hasFrame
                name: qsTr("View")
                options: [qsTr("Pretty"), qsTr("Raw"), qsTr("Frame")]
                current: root.inspector.view
                onChosen: index => root.inspector.view = index
            }
            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.inspector.hasFrame
                iconName: "wrap"
                tip: qsTr("Wrap long lines")
                checkable: true
                checked: code.wrap
                onToggled: code.wrap = checked
            }
            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.inspector.hasRecord
                objectName: "copyPayload"
                iconName: "copy"
                tip: root.inspector.hasFrame ? qsTr("Copy the payload as received") : qsTr("Copy the text")
                shortcut: qsTr("Ctrl+C")
                onClicked: root.inspector.copyPayload()
            }
            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.closable
                iconName: "close"
                tip: qsTr("Close the inspector")
                shortcut: qsTr("Esc")
                onClicked: root.inspector.dismiss()
            }
        }
        InspectorFacts {
            Layout.fillWidth: true
            visible: root.inspector.hasRecord
            inspector: root.inspector
        }
        InspectorRemark {
            Layout.fillWidth: true
            inspector: root.inspector
        }
        Hairline {
            Layout.fillWidth: true
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            CodeArea {
                id: code

                objectName: "payload"
                anchors.fill: parent
                visible: root.inspector.hasRecord
                focus: true
                readOnly: true
                prose: !root.inspector.hasFrame
                name: root.inspector.hasFrame ? qsTr("Payload") : qsTr("What happened to the connection")
                text: root.inspector.text
                colored: root.inspector.colored
                onCopyWanted: root.inspector.copyPayload()
            }
            EmptyState {
                anchors.fill: parent
                visible: !root.inspector.hasRecord
                icon: "eye"
                text: qsTr("Select a row to read its payload, exactly as it was on the wire.")
                action: root.inspector.canSelect ? qsTr("Select the newest row") : ""
                onTriggered: root.inspector.selectNewest()
            }
        }
    }
}

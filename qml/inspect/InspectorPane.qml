// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

FocusScope {
    id: root

    required property FrameInspector inspector
    required property FrameMarks marks
    property bool closable: false
    signal editMarkWanted

    readonly property int view: root.inspector.hasFrame ? root.inspector.view : -1
    readonly property bool pinned: root.inspector.hasFrame && root.inspector.pinned === root.inspector.number
    readonly property bool isText: root.view !== FrameInspector.Tree && root.view !== FrameInspector.Hex && root.view !== FrameInspector.Diff

    function takeFocus() {
        if (root.view === FrameInspector.Tree)
            tree.forceActiveFocus(Qt.ShortcutFocusReason);
        else if (root.view === FrameInspector.Hex)
            hex.forceActiveFocus(Qt.ShortcutFocusReason);
        else if (root.view === FrameInspector.Diff)
            diff.forceActiveFocus(Qt.ShortcutFocusReason);
        else
            code.textArea.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        PaneBar {
            Layout.fillWidth: true
            title: qsTr("Inspector")

            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.inspector.canPin
                objectName: "pin"
                iconName: "pin"
                tip: root.pinned ? qsTr("Pinned: others are compared with it. Unpin") : qsTr("Pin: compare others with it")
                checked: root.pinned
                onClicked: root.inspector.togglePin()
            }
            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.inspector.hasFrame && root.isText
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
        MarkStrip {
            Layout.fillWidth: true
            Layout.bottomMargin: visible ? 8 : 0
            marks: root.marks
            onEditWanted: root.editMarkWanted()
        }
        Segments {
            Layout.leftMargin: 12
            Layout.bottomMargin: 8
            objectName: "inspectorViews"
            visible: root.inspector.hasFrame
            name: qsTr("View")
            options: [qsTr("Tree"), qsTr("Pretty"), qsTr("Raw"), qsTr("Hex"), qsTr("Diff"), qsTr("Frame")]
            current: root.inspector.view
            onChosen: index => root.inspector.view = index
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
                visible: root.inspector.hasRecord && root.isText
                focus: visible
                readOnly: true
                prose: !root.inspector.hasFrame
                name: root.inspector.hasFrame ? qsTr("Payload") : qsTr("What happened to the connection")
                text: root.inspector.text
                colored: root.inspector.colored
                onCopyWanted: root.inspector.copyPayload()
            }
            JsonTreeView {
                id: tree

                anchors.fill: parent
                visible: root.view === FrameInspector.Tree
                focus: visible
                inspector: root.inspector
            }
            HexView {
                id: hex

                anchors.fill: parent
                visible: root.view === FrameInspector.Hex
                focus: visible
                inspector: root.inspector
            }
            DiffView {
                id: diff

                anchors.fill: parent
                visible: root.view === FrameInspector.Diff
                focus: visible
                inspector: root.inspector
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

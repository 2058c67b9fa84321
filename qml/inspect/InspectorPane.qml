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

    readonly property bool ofConnection: root.inspector.hasRecord && root.inspector.view === FrameInspector.Handshake
    readonly property int view: root.inspector.hasFrame || root.ofConnection ? root.inspector.view : -1
    property int viewBefore: FrameInspector.Pretty
    readonly property bool pinned: root.inspector.hasFrame && root.inspector.pinned === root.inspector.number
    readonly property bool canFind: root.inspector.hasFrame
    readonly property bool searchable: root.canFind && root.view !== FrameInspector.Diff && !root.ofConnection
    onSearchableChanged: {
        if (!root.searchable && finder.visible)
            finder.close();
    }

    function takeFocus() {
        views.takeFocus();
    }
    function toggleHandshake() {
        if (!root.ofConnection)
            root.viewBefore = root.inspector.view;
        root.inspector.view = root.ofConnection ? root.viewBefore : FrameInspector.Handshake;
    }
    // Of a view that cannot be searched, the payload is.
    function find() {
        if (!root.canFind)
            return;
        if (root.ofConnection)
            root.toggleHandshake();
        if (root.view === FrameInspector.Diff)
            root.inspector.view = FrameInspector.Pretty;
        finder.open();
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        PaneBar {
            Layout.fillWidth: true
            title: qsTr("Inspector")

            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.canFind
                objectName: "openFind"
                iconName: "find"
                tip: root.searchable ? qsTr("Find in this view") : qsTr("Find in the payload")
                shortcut: qsTr("Ctrl+F")
                onClicked: root.find()
            }
            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.inspector.hasRecord
                objectName: "handshakeButton"
                iconName: "plug"
                tip: qsTr("Handshake: how the connection came about")
                checked: root.ofConnection
                onClicked: root.toggleHandshake()
            }
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
                visible: root.inspector.hasFrame
                enabled: views.isText
                iconName: "wrap"
                tip: qsTr("Wrap long lines")
                checkable: true
                checked: views.wrap
                onToggled: views.wrap = checked
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
        FindBar {
            id: finder

            Layout.fillWidth: true
            search: root.inspector.search
            bytes: root.view === FrameInspector.Hex
            onClosed: root.takeFocus()
        }
        Hairline {
            Layout.fillWidth: true
        }
        InspectorViews {
            id: views

            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            inspector: root.inspector
            view: root.view
            ofConnection: root.ofConnection
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// The views of the inspector, of which one is seen.
FocusScope {
    id: root

    required property FrameInspector inspector
    required property int view // -1: there is no frame
    required property bool ofConnection // the view is the handshake
    property alias wrap: text.wrap
    readonly property bool isText: root.view !== FrameInspector.Tree && root.view !== FrameInspector.Hex
        && root.view !== FrameInspector.Diff && !root.ofConnection
    readonly property bool beside: root.width >= 560 // the frame and what is said about it

    function takeFocus() {
        if (root.view === FrameInspector.Tree)
            tree.forceActiveFocus(Qt.ShortcutFocusReason);
        else if (root.view === FrameInspector.Hex)
            hex.forceActiveFocus(Qt.ShortcutFocusReason);
        else if (root.view === FrameInspector.Diff)
            diff.forceActiveFocus(Qt.ShortcutFocusReason);
        else if (root.ofConnection)
            handshake.forceActiveFocus(Qt.ShortcutFocusReason);
        else if (root.view >= 0)
            text.forceActiveFocus(Qt.ShortcutFocusReason);
        else
            note.textArea.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    TextView {
        id: text

        objectName: "payload"
        width: parent.width - (root.beside ? notes.width : 0)
        height: parent.height - (root.beside ? 0 : notes.height)
        visible: root.inspector.hasFrame && root.isText
        focus: visible
        lines: root.inspector.lines
        search: root.inspector.search
        name: qsTr("Payload")
        onCopyWanted: selected => {
            if (selected)
                root.inspector.copyText(selected);
            else
                root.inspector.copyPayload();
        }
    }
    NotesList {
        id: notes

        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: !visible ? 0 : root.beside ? parent.width * 0.5 : parent.width
        height: !visible ? 0 : root.beside ? parent.height : Math.min(wanted, parent.height * 0.6)
        visible: root.view === FrameInspector.Frame && root.inspector.notes.count > 0
        notes: root.inspector.notes
        onChosen: (begin, end) => {
            const chosen = notes.current;
            text.selection.select(end, begin); // its beginning is what is seen
            text.show(begin);
            notes.current = chosen; // also where another one stands in the same place
        }
    }
    Connections {
        target: text.selection

        function onChanged() {
            if (notes.visible)
                notes.current = root.inspector.notes.at(text.selection.cursor);
        }
    }
    CodeArea {
        id: note

        objectName: "note"
        anchors.fill: parent
        visible: root.inspector.hasRecord && !root.inspector.hasFrame && !root.ofConnection
        focus: visible
        readOnly: true
        prose: true
        name: qsTr("What happened to the connection")
        text: visible ? root.inspector.text : ""
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
    HandshakeView {
        id: handshake

        anchors.fill: parent
        visible: root.ofConnection
        focus: visible
        inspector: root.inspector
    }
    Text {
        objectName: "preparing"
        anchors.centerIn: parent
        visible: root.inspector.busy || (root.isText && root.inspector.lines.busy && root.inspector.lines.count === 0)
        text: root.view === FrameInspector.Pretty ? qsTr("Formatting…") : qsTr("Preparing…")
        font.pixelSize: Theme.fontSize
        color: Theme.secondary
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

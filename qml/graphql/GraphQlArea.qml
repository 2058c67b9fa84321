// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// The document, with what is wrong underlined, and what could stand at the cursor in a list beside it.
FocusScope {
    id: root

    required property GraphQlDraft draft

    function takeFocus() {
        editor.textArea.forceActiveFocus(Qt.ShortcutFocusReason);
    }
    function goTo(offset: int) {
        if (offset < 0)
            return;
        editor.textArea.cursorPosition = Math.min(offset, editor.textArea.length);
        root.takeFocus();
    }
    // A line begins where the one before did, deeper behind an opening bracket.
    function breakLine() {
        const area = editor.textArea;
        const before = area.getText(0, area.cursorPosition);
        const line = before.slice(before.lastIndexOf("\n") + 1);
        const indent = /^ */.exec(line)[0] + (/[{(]\s*$/.test(line) ? "  " : "");
        if (area.selectedText)
            area.remove(area.selectionStart, area.selectionEnd);
        area.insert(area.cursorPosition, "\n" + indent);
    }

    ScriptArea {
        id: editor

        objectName: "document"
        anchors.fill: parent
        focus: true
        graphQl: true
        problems: root.draft.problems
        name: qsTr("GraphQL document")
        placeholderText: "query {\n  \n}"
        onTextChanged: root.draft.text = text
        textArea.onCursorPositionChanged: root.draft.cursor = editor.textArea.cursorPosition
    }
    CompletionList {
        id: proposals

        readonly property point at: editor.textArea.mapToItem(root, editor.textArea.cursorRectangle.x, editor.textArea.cursorRectangle.y)
        readonly property real below: at.y + editor.lineHeight + 2

        objectName: "completions"
        x: Math.max(4, Math.min(root.width - width - 4, at.x))
        y: below + height < root.height || at.y < height ? below : at.y - height - 2
        completions: root.draft.completions
        field: editor.textArea
        opener: /^[A-Za-z_$@]$/
        follower: /^[0-9]$/
        onWanted: cursor => {
            root.draft.text = editor.text;
            root.draft.complete(cursor);
        }
        onLineWanted: root.breakLine()
    }
    Connections {
        target: root.draft

        // The text changes by itself when it is laid out or imported; typing must not move the cursor.
        function onTextChanged() {
            if (editor.text !== root.draft.text)
                editor.text = root.draft.text;
        }
    }
    Component.onCompleted: {
        editor.text = root.draft.text;
        editor.textArea.cursorPosition = Math.min(root.draft.cursor, editor.textArea.length);
    }
}

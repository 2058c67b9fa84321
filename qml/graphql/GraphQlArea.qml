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
    function complete() {
        root.draft.text = editor.text;
        root.draft.complete(editor.textArea.cursorPosition);
        if (root.draft.completions.count > 0)
            proposals.open();
        else
            proposals.close();
    }
    function accept(text: string) {
        const begin = root.draft.completions.begin;
        proposals.close();
        editor.textArea.remove(begin, root.draft.completions.end);
        editor.textArea.insert(begin, text);
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
    // What is typed opens the list by itself, unless it ends a word.
    function onTyped(text: string) {
        if (/^[A-Za-z_$@]$/.test(text) || (proposals.visible && /^[0-9]$/.test(text)))
            typed.restart();
        else
            proposals.close();
    }

    Timer {
        id: typed

        interval: 0
        onTriggered: root.complete()
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
        textArea.onActiveFocusChanged: if (!editor.textArea.activeFocus) proposals.close()
    }
    CompletionKeys {
        target: editor.textArea
        active: proposals.visible
        onTyped: text => root.onTyped(text)
        onErased: if (proposals.visible) typed.restart()
        onWanted: root.complete()
        onMoved: steps => proposals.move(steps)
        onAccepted: root.accept(root.draft.completions.textOf(proposals.current))
        onDismissed: proposals.close()
        onLineWanted: root.breakLine()
    }
    CompletionList {
        id: proposals

        readonly property point at: editor.textArea.mapToItem(root, editor.textArea.cursorRectangle.x, editor.textArea.cursorRectangle.y)
        readonly property real below: at.y + editor.lineHeight + 2

        objectName: "completions"
        x: Math.max(4, Math.min(root.width - width - 4, at.x))
        y: below + height < root.height || at.y < height ? below : at.y - height - 2
        completions: root.draft.completions
        onChosen: text => root.accept(text)
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

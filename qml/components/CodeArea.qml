// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope

// A text in the fixed-width font, coloured as JSON, JavaScript or GraphQL; or prose.
ScrollView {
    id: root

    property alias text: area.text
    property alias readOnly: area.readOnly
    property alias placeholderText: area.placeholderText
    property alias selectedText: area.selectedText
    property alias textArea: area
    property alias colored: highlighter.enabled
    property alias errorPosition: highlighter.errorPosition
    property bool wrap: true
    property bool prose: false
    property bool script: false // JavaScript, not JSON
    property bool graphQl: false // GraphQL, not JSON
    property GraphQlProblemModel problems: null // underlined in GraphQL
    property string name
    signal copyWanted // with nothing selected

    clip: true
    ScrollBar.vertical: SlimScrollBar {
        parent: root
        x: root.width - width
        height: root.height
    }
    ScrollBar.horizontal: SlimScrollBar {
        parent: root
        y: root.height - height
        width: root.width
    }

    TextArea {
        id: area

        focus: true
        padding: 10
        font.family: root.prose ? Theme.uiFamily : Theme.monoFamily
        font.pixelSize: Theme.fontSize
        color: Theme.text
        placeholderTextColor: Theme.disabled
        selectionColor: Theme.accent
        selectedTextColor: Theme.onAccent
        textFormat: TextEdit.PlainText
        wrapMode: root.wrap || root.prose ? TextEdit.WrapAtWordBoundaryOrAnywhere : TextEdit.NoWrap
        selectByMouse: true
        selectByKeyboard: true
        persistentSelection: true
        tabStopDistance: 16
        background: null

        Accessible.name: root.name
        // Tab is for leaving; JSON is indented by spaces.
        KeyNavigation.priority: KeyNavigation.BeforeItem
        Keys.onTabPressed: event => root.leave(event, true)
        Keys.onBacktabPressed: event => root.leave(event, false)
        Keys.onPressed: event => {
            event.accepted = event.key === Qt.Key_C && event.modifiers === Qt.ControlModifier && !area.selectedText;
            if (event.accepted)
                root.copyWanted();
        }
    }

    function leave(event: KeyEvent, forward: bool) {
        const next = area.nextItemInFocusChain(forward);
        next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
        event.accepted = true;
    }

    ShortcutPassage {
        target: area
    }
    JsonHighlighter {
        id: highlighter

        target: root.script || root.graphQl ? null : area.textDocument
    }
    ScriptHighlighter {
        target: root.script ? area.textDocument : null
    }
    GraphQlHighlighter {
        target: root.graphQl ? area.textDocument : null
        problems: root.problems
    }
}

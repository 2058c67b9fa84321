// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// A text of any length: only the rows that are seen exist. It is selected by mouse and keyboard as in a text field.
Control {
    id: root

    required property TextLines lines
    required property TextSearch search
    readonly property alias selection: marked
    readonly property alias view: list
    readonly property alias contextMenu: menu
    property bool wrap: true
    property string name
    signal copyWanted(string text) // empty: nothing is selected

    readonly property real margin: 12
    readonly property real scrolled: horizontal.position * root.widest
    readonly property real room: Math.max(1, list.width - 2 * root.margin)
    // Of all rows as far as the fixed-width font goes, and of those that were seen.
    property real widest: Math.max(root.room, root.lines.longest * metrics.advanceWidth + 4, root.widestSeen)
    property real widestSeen: 0
    property int keptSerial: -1 // of the text that was seen last
    property int kept: 0 // its first position that was seen

    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: root.name

    function show(position: int) {
        if (root.lines.count === 0)
            return;
        const row = root.lines.rowAt(position);
        list.positionViewAtIndex(row, ListView.Contain);
        const item = list.itemAtIndex(row) as TextRow;
        if (!item)
            return;
        const x = item.xOf(position);
        if (x < root.scrolled)
            root.scrollTo(x - root.room / 4);
        else if (x > root.scrolled + root.room - 8)
            root.scrollTo(x - root.room * 3 / 4);
    }
    // What was found stands in the middle where it was not seen.
    function showHit() {
        if (root.search.hitBegin < 0 || root.lines.count === 0)
            return;
        marked.select(root.search.hitBegin, root.search.hitBegin + root.search.hitLength);
        const row = root.lines.rowAt(root.search.hitBegin);
        if (!list.itemAtIndex(row))
            list.positionViewAtIndex(row, ListView.Center);
        root.show(root.search.hitBegin + root.search.hitLength);
        root.show(root.search.hitBegin);
    }
    function scrollTo(x: real) {
        horizontal.position = Math.max(0, Math.min(x, root.widest - root.room)) / root.widest;
    }
    function step(step: int, event: KeyEvent) {
        marked.move(step, (event.modifiers & Qt.ShiftModifier) !== 0, Math.floor(list.height / list.rowHeight));
        root.show(marked.cursor);
    }

    Keys.onPressed: event => {
        const jumps = (event.modifiers & Qt.ControlModifier) !== 0;
        event.accepted = true;
        if (event.key === Qt.Key_Left)
            root.step(jumps ? TextSelection.WordLeft : TextSelection.Left, event);
        else if (event.key === Qt.Key_Right)
            root.step(jumps ? TextSelection.WordRight : TextSelection.Right, event);
        else if (event.key === Qt.Key_Up)
            root.step(TextSelection.Up, event);
        else if (event.key === Qt.Key_Down)
            root.step(TextSelection.Down, event);
        else if (event.key === Qt.Key_PageUp)
            root.step(TextSelection.PageUp, event);
        else if (event.key === Qt.Key_PageDown)
            root.step(TextSelection.PageDown, event);
        else if (event.key === Qt.Key_Home)
            root.step(jumps ? TextSelection.TextBegin : TextSelection.RowBegin, event);
        else if (event.key === Qt.Key_End)
            root.step(jumps ? TextSelection.TextEnd : TextSelection.RowEnd, event);
        else if (event.matches(StandardKey.SelectAll))
            marked.selectAll();
        else if (event.matches(StandardKey.Copy))
            root.copyWanted(marked.text());
        else if (event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier))
            menu.popup(root, root.margin, root.height / 3);
        else
            event.accepted = false;
    }

    TextSelection {
        id: marked

        lines: root.lines
    }
    TextMetrics {
        id: metrics

        font.family: Theme.monoFamily
        font.pixelSize: Theme.fontSize
        text: "0"
    }
    FontMetrics {
        id: face

        font: metrics.font
    }
    Binding {
        target: root.lines
        property: "columns"
        value: root.wrap ? Math.max(10, Math.floor((root.room - 4) / metrics.advanceWidth)) : 0
        when: root.visible && root.width > 0
        restoreMode: Binding.RestoreNone
    }
    Connections {
        target: root.lines

        function onModelAboutToBeReset() {
            const row = list.indexAt(root.margin + 1, list.contentY + 1);
            if (row < 0)
                return;
            root.kept = root.lines.beginOf(row);
            root.keptSerial = root.lines.serial;
        }
        function onLaidOut() {
            root.widestSeen = 0;
            horizontal.position = 0;
            if (root.keptSerial === root.lines.serial)
                list.positionViewAtIndex(root.lines.rowAt(root.kept), ListView.Beginning);
            else if (root.visible)
                root.showHit();
        }
    }
    Connections {
        target: root.search
        enabled: root.visible

        function onMoved() {
            root.showHit();
        }
    }

    ListView {
        id: list

        readonly property real rowHeight: Math.ceil(face.height) + 2

        objectName: "textLines"
        anchors.fill: parent
        topMargin: 6
        bottomMargin: 6 + (horizontal.visible ? horizontal.height : 0)
        clip: true
        model: root.lines
        reuseItems: true
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        delegate: TextRow {
            required property int index
            required property string line

            x: root.margin
            width: root.room
            height: list.rowHeight
            lines: root.lines
            selection: marked
            search: root.search
            row: index
            font: metrics.font
            scrolled: root.scrolled
            cursorShown: root.activeFocus && row === root.lines.rowAt(marked.cursor)
            onLaidOut: root.widestSeen = Math.max(root.widestSeen, textWidth + 4)

            Accessible.role: Accessible.ListItem
            Accessible.name: line
        }
    }
    TextPointer {
        anchors.fill: parent
        anchors.rightMargin: 12
        anchors.bottomMargin: horizontal.visible ? 12 : 0
        view: list
        selection: marked
        margin: root.margin
        onPressedIn: root.forceActiveFocus(Qt.MouseFocusReason)
        onDraggedTo: position => root.show(position)
        onMenuWanted: menu.popup()
    }
    TextMenu {
        id: menu

        selection: marked
        onCopyWanted: text => root.copyWanted(text)
        onClosed: root.forceActiveFocus(Qt.PopupFocusReason)
    }
    SlimScrollBar {
        id: horizontal

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        orientation: Qt.Horizontal
        visible: size < 1
        size: root.room / root.widest
        policy: ScrollBar.AsNeeded
    }
    WheelHandler {
        orientation: Qt.Horizontal
        onWheel: event => root.scrollTo(root.scrolled - event.angleDelta.x / 2)
    }
    FocusRing {
        shown: root.visualFocus
        radius: 0
    }
}

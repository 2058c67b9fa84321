// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

// The mouse over a text: a press puts the cursor, a drag selects (and scrolls at the edges), two presses select a word,
// three a line.
MouseArea {
    id: root

    required property ListView view
    required property TextSelection selection
    required property real margin
    property int presses: 0 // one after the other at the same place
    property real lastX: 0
    property real lastY: 0
    signal pressedIn
    signal draggedTo(int position)
    signal menuWanted

    cursorShape: Qt.IBeamCursor
    preventStealing: true
    acceptedButtons: Qt.LeftButton | Qt.RightButton

    function positionAt(x: real, y: real): int {
        const inside = Math.max(root.view.topMargin, Math.min(y, root.view.height - 1));
        const row = root.view.indexAt(root.margin + 1, root.view.contentY + inside);
        if (row < 0)
            return 2147483647; // below the text: its end
        const item = root.view.itemAtIndex(row) as TextRow;
        return item.positionAt(x - root.margin);
    }
    function drag() {
        const position = root.positionAt(root.mouseX, root.mouseY);
        root.selection.moveTo(position, true);
        root.draggedTo(position);
    }

    onPressed: mouse => {
        root.pressedIn();
        const position = root.positionAt(mouse.x, mouse.y);
        if (mouse.button === Qt.RightButton) {
            root.presses = 0;
            if (!root.selection.selected)
                root.selection.moveTo(position, false);
            root.menuWanted();
            return;
        }
        const isSamePlace = Math.abs(mouse.x - root.lastX) + Math.abs(mouse.y - root.lastY) < 8;
        root.presses = again.running && isSamePlace && root.presses < 3 ? root.presses + 1 : 1;
        root.lastX = mouse.x;
        root.lastY = mouse.y;
        again.restart();
        if (root.presses === 3)
            root.selection.selectLine(position);
        else if (root.presses === 2)
            root.selection.selectWord(position);
        else
            root.selection.moveTo(position, (mouse.modifiers & Qt.ShiftModifier) !== 0);
    }
    onPositionChanged: if (root.presses === 1) root.drag()

    Timer {
        id: again

        interval: Application.styleHints.mouseDoubleClickInterval
    }
    Timer {
        interval: 40
        repeat: true
        running: root.pressed && root.presses === 1 && (root.mouseY < 0 || root.mouseY > root.height)
        onTriggered: {
            const step = root.mouseY < 0 ? root.mouseY : root.mouseY - root.height;
            const last = root.view.contentHeight + root.view.bottomMargin - root.view.height;
            root.view.contentY = Math.max(-root.view.topMargin, Math.min(Math.max(last, -root.view.topMargin), root.view.contentY + step));
            root.drag();
        }
    }
}

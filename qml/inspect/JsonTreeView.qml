// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// The payload as a tree. Right unfolds, Left folds; Return shows the rows that have the same there.
Control {
    id: root

    required property FrameInspector inspector
    readonly property JsonTree tree: root.inspector.tree

    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.Tree
    Accessible.name: qsTr("Payload as a tree")

    function fold() {
        const row = view.currentIndex;
        if (root.tree.isUnfolded(row))
            root.tree.setUnfolded(row, false);
        else if (root.tree.parentOf(row) >= 0)
            view.currentIndex = root.tree.parentOf(row);
    }
    function filter(row: int) {
        const text = root.tree.filterFor(row);
        if (text)
            root.inspector.filterBy(text);
        else
            root.unfold(row);
    }

    function toggle(row: int) {
        root.tree.toggle(row);
        view.currentIndex = row; // also where the rest of a list made room for more of it
    }
    function unfold(row: int) {
        root.tree.setUnfolded(row, true);
        view.currentIndex = row;
    }
    function openMenu(row: int, x: real, y: real) {
        if (row >= 0 && root.tree.data(root.tree.index(row, 0), JsonTree.KindRole) !== JsonTree.Rest)
            menu.openFor(row, view, x, y);
    }
    // Below the current row.
    function openMenuByKey() {
        root.openMenu(view.currentIndex, 24, (view.currentIndex + 1) * Theme.rowHeight - view.contentY);
    }

    function showHit() {
        const row = root.tree.reveal(root.inspector.search.hitPart, root.inspector.search.hitBegin);
        if (row < 0)
            return;
        view.currentIndex = row;
        view.positionViewAtIndex(row, ListView.Contain);
    }

    Connections {
        target: root.inspector.search
        enabled: root.visible

        function onMoved() {
            root.showHit();
        }
    }

    Keys.onMenuPressed: root.openMenuByKey()
    Keys.onUpPressed: view.decrementCurrentIndex()
    Keys.onDownPressed: view.incrementCurrentIndex()
    Keys.onRightPressed: root.unfold(view.currentIndex)
    Keys.onLeftPressed: root.fold()
    Keys.onSpacePressed: root.toggle(view.currentIndex)
    Keys.onReturnPressed: root.filter(view.currentIndex)
    Keys.onEnterPressed: root.filter(view.currentIndex)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier) {
            root.openMenuByKey();
            event.accepted = true;
        }
        if (event.key !== Qt.Key_C || event.modifiers !== Qt.ControlModifier)
            return;
        event.accepted = true;
        if (view.currentIndex > 0)
            root.inspector.copyText(root.tree.textOf(view.currentIndex));
        else
            root.inspector.copyPayload();
    }

    ListView {
        id: view

        objectName: "tree"
        anchors.fill: parent
        anchors.topMargin: 4
        clip: true
        cacheBuffer: 0
        model: root.tree
        reuseItems: true
        keyNavigationEnabled: false
        highlightMoveDuration: 0
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        delegate: TreeRow {
            id: member

            width: view.width
            current: member.ListView.isCurrentItem
            focused: root.visualFocus
            path: root.tree.pathOf(index)
            onChosen: {
                view.currentIndex = index;
                root.forceActiveFocus(Qt.MouseFocusReason);
            }
            onToggled: root.toggle(index)
            onFilterWanted: root.filter(index)
            onCopyWanted: root.inspector.copyText(root.tree.textOf(index))
            onPathWanted: root.inspector.copyText(path)
            onMenuWanted: (x, y) => root.openMenu(index, x, view.currentItem.y - view.contentY + y)
        }
    }
    TreeMenu {
        id: menu

        inspector: root.inspector
        onClosed: root.forceActiveFocus(Qt.PopupFocusReason)
    }
    FocusRing {
        shown: root.visualFocus && view.currentIndex < 0
        radius: 0
    }
}

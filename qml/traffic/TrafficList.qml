// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// The rows. Whether they follow or are held, the model knows; here stands what makes that change.
Control {
    id: root

    required property FrameModel frames
    required property FrameMarks marks
    required property RowCopier copier
    readonly property FrameColumns columns: root.frames.columns
    readonly property alias contentX: view.contentX
    readonly property int pageRows: Math.max(1, Math.floor(height / Theme.rowHeight) - 1)
    signal copyWanted
    signal inspectWanted
    signal editMarkWanted

    // Of the selected row, at a point of the view; by keyboard below the row.
    function openMenu(x: real, y: real) {
        if (root.copier.hasRow)
            menu.popup(view, x, y);
    }
    function openMenuByKey() {
        const row = root.frames.selectedRow();
        const y = row < 0 ? 0 : (row + 1) * Theme.rowHeight + view.originY - view.contentY;
        root.openMenu(24, Math.max(0, Math.min(y, view.height)));
    }

    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Traffic")

    ListView {
        id: view

        objectName: "trafficView"
        anchors.fill: parent
        anchors.bottomMargin: root.columns.totalWidth > root.width ? across.height : 0
        model: root.frames
        clip: true
        cacheBuffer: 0 // Qt complains about rows that it makes ahead when the model is reset meanwhile
        reuseItems: true
        currentIndex: -1
        keyNavigationEnabled: false
        highlightFollowsCurrentItem: false
        boundsBehavior: Flickable.StopAtBounds
        pixelAligned: true
        contentWidth: root.columns.totalWidth
        flickableDirection: Flickable.AutoFlickIfNeeded

        // Also where the columns have become narrower.
        onContentWidthChanged: root.scrollBy(0)
        onWidthChanged: root.scrollBy(0)

        delegate: FrameRow {
            id: row

            width: root.columns.totalWidth
            columns: root.columns
            selected: number === root.frames.selectedNumber
            viewFocused: root.visualFocus
            bookmarked: root.marks.count > 0 && root.marks.has(number)
            onChosen: {
                root.forceActiveFocus(Qt.MouseFocusReason);
                root.frames.select(index);
            }
            onMenuWanted: (pressX, pressY) => {
                row.chosen();
                root.openMenu(pressX - view.contentX, row.y - view.contentY + pressY);
            }
        }
        ScrollBar.vertical: SlimScrollBar {
            onPressedChanged: pressed ? root.frames.hold() : root.followAtEnd()
        }
        ScrollBar.horizontal: across

        // A drag or a turn of the wheel towards older rows holds; arriving at the end follows again.
        onDragStarted: root.frames.hold()
        onMovementEnded: root.followAtEnd()
        WheelHandler {
            target: null
            blocking: false
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            onWheel: event => root.wheelTurned(event.angleDelta.y)
        }
        WheelHandler {
            target: null
            acceptedModifiers: Qt.ShiftModifier
            onWheel: event => root.scrollBy(-event.angleDelta.y / 2)
        }
    }
    SlimScrollBar {
        id: across

        // Below the rows, not over the last of them.
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        visible: size < 1
    }
    Binding {
        target: root.columns
        property: "viewWidth"
        value: root.width
    }
    TextMetrics {
        id: metrics

        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
    }
    RowMenu {
        id: menu

        copier: root.copier
        marks: root.marks
        onEditMarkWanted: root.editMarkWanted()
        onClosed: root.forceActiveFocus(Qt.PopupFocusReason)
    }
    FocusRing {
        shown: root.visualFocus && root.frames.selectedNumber === 0
        radius: 0
    }

    function scrollBy(dx: real) {
        view.contentX = Math.max(0, Math.min(view.contentX + dx, view.contentWidth - view.width));
    }
    // As wide as what is on the screen needs; the preview as there is room.
    function fit(column: FrameColumn, headingWidth: real) {
        const last = view.indexAt(view.contentX + 1, view.contentY + view.height - 1);
        const first = view.indexAt(view.contentX + 1, view.contentY);
        metrics.text = root.frames.longestText(column, first, last < 0 ? root.frames.count - 1 : last);
        const sign = column.kind === FrameColumn.Channel ? 20 : 0;
        const width = Math.ceil(Math.max(metrics.advanceWidth + sign, headingWidth)) + 2;
        root.columns.resize(column, column.kind === FrameColumn.Preview ? 0 : width);
    }
    function wheelTurned(delta: real) {
        if (delta > 0 && view.contentHeight > view.height)
            root.frames.hold();
        else if (delta < 0)
            root.followAtEnd();
    }
    function followAtEnd() {
        // Not atYEnd: when a movement ends, that is not up to date yet.
        const rest = view.originY + view.contentHeight - view.height - view.contentY;
        if (rest < 1 && !root.frames.following)
            root.frames.follow();
    }

    Connections {
        target: root.frames

        function onAppended() {
            view.positionViewAtEnd();
        }
        function onModelAboutToBeReset() {
            root.frames.notePlace(view.indexAt(view.contentX + 1, view.contentY + 1));
        }
        function onPlaceWanted(row: int) {
            view.positionViewAtIndex(row, ListView.Beginning);
        }
        function onRowWanted(row: int) {
            view.positionViewAtIndex(row, ListView.Contain);
        }
    }

    Keys.onUpPressed: root.frames.moveSelection(-1)
    Keys.onDownPressed: root.frames.moveSelection(1)
    Keys.onSpacePressed: root.frames.toggleFollow()
    Keys.onReturnPressed: root.inspectWanted()
    Keys.onEnterPressed: root.inspectWanted()
    Keys.onEscapePressed: event => {
        event.accepted = root.frames.selectedNumber > 0;
        root.frames.clearSelection();
    }
    Keys.onPressed: event => {
        const action = root.actionOf(event);
        event.accepted = action !== undefined;
        if (action)
            action();
    }

    function actionOf(event: KeyEvent): var {
        if (event.key === Qt.Key_C && event.modifiers === Qt.ControlModifier)
            return () => root.copyWanted();
        if (event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier)
            return () => root.openMenuByKey();
        return {
            [Qt.Key_Menu]: () => root.openMenuByKey(),
            [Qt.Key_PageUp]: () => root.frames.moveSelection(-root.pageRows),
            [Qt.Key_PageDown]: () => root.frames.moveSelection(root.pageRows),
            [Qt.Key_Home]: () => root.frames.moveSelection(-root.frames.count),
            [Qt.Key_End]: () => root.frames.follow(),
            [Qt.Key_Left]: () => root.scrollBy(-60),
            [Qt.Key_Right]: () => root.scrollBy(60),
            [Qt.Key_J]: () => root.frames.moveSelection(1),
            [Qt.Key_K]: () => root.frames.moveSelection(-1)
        }[event.key];
    }
}

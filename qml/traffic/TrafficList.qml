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
    required property TrafficColumns columns
    readonly property int pageRows: Math.max(1, Math.floor(height / Theme.rowHeight) - 1)
    signal copyWanted
    signal inspectWanted

    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Traffic")

    ListView {
        id: view

        objectName: "trafficView"
        anchors.fill: parent
        model: root.frames
        clip: true
        reuseItems: true
        currentIndex: -1
        keyNavigationEnabled: false
        highlightFollowsCurrentItem: false
        boundsBehavior: Flickable.StopAtBounds
        pixelAligned: true

        delegate: FrameRow {
            width: view.width
            columns: root.columns
            selected: number === root.frames.selectedNumber
            viewFocused: root.visualFocus
            onChosen: {
                root.forceActiveFocus(Qt.MouseFocusReason);
                root.frames.select(index);
            }
        }
        ScrollBar.vertical: SlimScrollBar {
            onPressedChanged: pressed ? root.frames.hold() : root.followAtEnd()
        }

        // A drag or a turn of the wheel towards older rows holds; arriving at the end follows again.
        onDragStarted: root.frames.hold()
        onMovementEnded: root.followAtEnd()
        WheelHandler {
            target: null
            blocking: false
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            onWheel: event => root.wheelTurned(event.angleDelta.y)
        }
    }
    FocusRing {
        shown: root.visualFocus && root.frames.selectedNumber === 0
        radius: 0
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
        return {
            [Qt.Key_PageUp]: () => root.frames.moveSelection(-root.pageRows),
            [Qt.Key_PageDown]: () => root.frames.moveSelection(root.pageRows),
            [Qt.Key_Home]: () => root.frames.moveSelection(-root.frames.count),
            [Qt.Key_End]: () => root.frames.follow(),
            [Qt.Key_J]: () => root.frames.moveSelection(1),
            [Qt.Key_K]: () => root.frames.moveSelection(-1)
        }[event.key];
    }
}

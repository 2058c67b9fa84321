// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// The rows. Whether they follow or are held, the model knows; here stands what makes them change.
ListView {
    id: root

    required property FrameModel frames
    required property TrafficColumns columns
    readonly property int pageRows: Math.max(1, Math.floor(height / Theme.rowHeight) - 1)
    signal copyWanted
    signal inspectWanted

    model: root.frames
    clip: true
    reuseItems: true
    currentIndex: -1
    keyNavigationEnabled: false
    highlightFollowsCurrentItem: false
    boundsBehavior: Flickable.StopAtBounds
    pixelAligned: true
    activeFocusOnTab: true

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Traffic")

    delegate: FrameRow {
        width: root.width
        columns: root.columns
        selected: number === root.frames.selectedNumber
        viewFocused: root.activeFocus
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

    function wheelTurned(delta: real) {
        if (delta > 0 && contentHeight > height)
            root.frames.hold();
        else if (delta < 0)
            root.followAtEnd();
    }
    function followAtEnd() {
        if (root.atYEnd && !root.frames.following)
            root.frames.follow();
    }

    Connections {
        target: root.frames

        function onAppended() {
            root.positionViewAtEnd();
        }
        function onRowWanted(row: int) {
            root.positionViewAtIndex(row, ListView.Contain);
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
    Keys.onPressed: event => root.keyPressed(event)

    function keyPressed(event: KeyEvent) {
        const action = root.keyAction(event);
        event.accepted = action !== undefined;
        if (action)
            action();
    }
    function keyAction(event: KeyEvent): var {
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

    FocusRing {
        parent: root
        shown: root.activeFocus && root.frames.selectedNumber === 0
        radius: 0
    }
}

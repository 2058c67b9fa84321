// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

// Holds the statistics at the lower edge of a pane of traffic while they are shown, as high as the user wants. They
// are made when they are shown for the first time.
FocusScope {
    id: root

    required property Statistics statistics
    property bool shown: false
    property real room: 400 // height of the pane that this is in
    property real wanted: WindowMemory.paneHeight("statistics", 0) // 0: as the room allows
    signal leaveWanted

    // Not while another page is in front of it.
    readonly property bool watched: root.shown && root.visible
    readonly property real most: root.room * (root.room < 520 ? 0.5 : 0.62)
    // So low that table and statistics do not fit at once: they stand in front of it, below the pane's bar.
    readonly property bool alone: root.room < 330
    readonly property real natural: Math.max(250, Math.min(420, root.room * 0.55))
    implicitHeight: !root.shown ? 0 : root.alone ? Math.max(0, root.room - 40) : Math.max(Math.min(root.wanted || root.natural, root.most), 140)
    visible: root.shown

    function toggle() {
        root.setShown(!root.shown);
    }
    function setShown(shown: bool) {
        root.shown = shown;
        WindowMemory.setPaneShown("statistics", shown);
        if (shown)
            root.takeFocus();
        else
            root.leaveWanted();
    }
    readonly property var page: pane.item

    function takeFocus() {
        if (root.page)
            root.page.takeFocus();
    }
    // Shows the numbers at a path of events.
    function plot(path: string) {
        root.setShown(true);
        root.statistics.plotPath = path;
        if (root.page)
            root.page.showTime();
    }
    Component.onCompleted: root.shown = WindowMemory.isPaneShown("statistics")

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }
    Loader {
        id: pane

        anchors.fill: parent
        focus: true
        onLoaded: item.focus = true
    }
    // By source: the Loader of Qt 6.4 cannot create bound components.
    onShownChanged: {
        if (root.shown && !pane.item)
            pane.setSource("StatisticsPane.qml", {"statistics": root.statistics});
    }
    onWatchedChanged: root.statistics.watched = root.watched
    Connections {
        target: pane.item
        ignoreUnknownSignals: true

        function onCloseWanted() {
            root.setShown(false);
        }
        function onLeaveWanted() {
            root.leaveWanted();
        }
    }

    Rectangle {
        width: root.width
        height: 1
        color: grip.containsMouse || grip.pressed ? Theme.accent : Theme.border
    }
    MouseArea {
        id: grip

        enabled: !root.alone
        y: -3
        z: 1
        width: root.width
        height: 7
        hoverEnabled: true
        cursorShape: Qt.SplitVCursor
        onPositionChanged: mouse => {
            if (pressed)
                root.wanted = Math.max(140, Math.min(root.height - (mouse.y - 3), root.most));
        }
        onReleased: WindowMemory.setPaneHeight("statistics", root.wanted)
    }
}

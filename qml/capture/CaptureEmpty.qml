// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Why no row of a capture is shown, and the one thing to do about it.
EmptyState {
    id: root

    required property FrameModel frames
    property string emptyText // of what may well be empty
    readonly property bool hides: !root.frames.showControl && root.frames.total > 0

    icon: root.frames.filter.active ? "filter" : "list"
    text: root.frames.searching ? qsTr("Looking for rows that match…")
        : root.frames.filter.active ? qsTr("0 of %L1 entries match the filter.").arg(root.frames.total)
        : hides ? qsTr("The capture holds control frames only.") : root.emptyText || qsTr("The capture is empty.")
    action: root.frames.searching ? "" : root.frames.filter.active ? qsTr("Clear the filter") : hides ? qsTr("Show control frames") : ""
    onTriggered: {
        if (root.frames.filter.active)
            root.frames.filter.clear();
        else
            root.frames.showControl = true;
    }
}

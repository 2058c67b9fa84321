// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Why no row is shown, and the one thing to do about it.
EmptyState {
    id: root

    required property Session session
    readonly property FrameModel frames: root.session.frames
    readonly property bool live: root.session.link === Session.Live
    readonly property bool subscribed: root.session.subscriptions.count > 0
    readonly property bool held: root.frames.waiting > 0
    readonly property bool filtered: !root.held && root.frames.filter.active && root.frames.total > 0
    signal subscribeWanted
    signal publishWanted

    icon: filtered ? "filter" : live ? "list" : "plug"
    text: root.held ? qsTr("The view is held while rows arrive.")
        : root.frames.searching ? qsTr("Looking for rows that match…")
        : filtered && root.frames.showControl ? qsTr("0 of %L1 entries match the filter.").arg(root.frames.total)
        : filtered ? qsTr("0 of %L1 entries match the filter; control frames are hidden.").arg(root.frames.total)
        : root.session.silenceText
    action: root.held ? qsTr("Follow")
        : filtered ? qsTr("Clear the filter")
        : live && !subscribed ? qsTr("Subscribe to a channel")
        : live ? qsTr("Publish a test event")
        : root.session.link === Session.Connecting ? "" : qsTr("Connect")
    onTriggered: {
        if (root.held)
            root.frames.follow();
        else if (filtered)
            root.frames.filter.clear();
        else if (!live)
            root.session.open();
        else if (subscribed)
            root.publishWanted();
        else
            root.subscribeWanted();
    }
}

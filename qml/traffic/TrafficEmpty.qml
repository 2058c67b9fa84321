// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Why there is no traffic, and the one thing to do about it.
EmptyState {
    id: root

    required property Session session
    readonly property bool live: root.session.link === Session.Live
    readonly property bool subscribed: root.session.subscriptions.count > 0
    signal subscribeWanted
    signal publishWanted

    icon: live ? "list" : "plug"
    text: root.session.frames.waiting > 0 ? qsTr("The view is held while rows arrive.") : root.session.silenceText
    action: root.session.frames.waiting > 0 ? qsTr("Follow")
        : live && !subscribed ? qsTr("Subscribe to a channel")
        : live ? qsTr("Publish a test event")
        : root.session.link === Session.Connecting ? "" : qsTr("Connect")
    onTriggered: {
        if (root.session.frames.waiting > 0)
            root.session.frames.follow();
        else if (!live)
            root.session.open();
        else if (subscribed)
            root.publishWanted();
        else
            root.subscribeWanted();
    }
}

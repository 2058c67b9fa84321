// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

ListView {
    id: root

    required property SubscriptionModel subscriptions

    objectName: "subscriptions"
    model: root.subscriptions
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: count > 0
    keyNavigationEnabled: true
    highlightMoveDuration: 0
    ScrollBar.vertical: SlimScrollBar {}

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Subscriptions")

    Keys.onDeletePressed: root.subscriptions.remove(root.currentIndex)
    Keys.onReturnPressed: root.subscriptions.retry(root.currentIndex)

    delegate: SubscriptionRow {
        width: root.width
        focused: root.activeFocus && ListView.isCurrentItem
        onTaken: {
            root.forceActiveFocus(Qt.MouseFocusReason);
            root.currentIndex = index;
        }
        onRemoved: root.subscriptions.remove(index)
        onRetried: root.subscriptions.retry(index)
    }
}

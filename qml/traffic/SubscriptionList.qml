// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

Control {
    id: root

    required property SubscriptionModel subscriptions
    readonly property alias count: view.count
    readonly property alias currentIndex: view.currentIndex
    signal emptied // by keyboard: where it was is nothing now

    enabled: view.count > 0
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Subscriptions")

    Keys.onUpPressed: view.decrementCurrentIndex()
    Keys.onDownPressed: view.incrementCurrentIndex()
    Keys.onDeletePressed: {
        root.subscriptions.remove(view.currentIndex);
        if (view.count === 0)
            root.emptied();
    }
    Keys.onSpacePressed: root.subscriptions.toggleExpanded(view.currentIndex)
    Keys.onReturnPressed: root.subscriptions.retry(view.currentIndex)

    ListView {
        id: view

        anchors.fill: parent
        model: root.subscriptions
        clip: true
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        ScrollBar.vertical: SlimScrollBar {}

        delegate: SubscriptionRow {
            width: view.width
            focused: root.visualFocus && ListView.isCurrentItem
            onTaken: {
                root.forceActiveFocus(Qt.MouseFocusReason);
                view.currentIndex = index;
            }
            onRemoved: root.subscriptions.remove(index)
            onToggled: root.subscriptions.toggleExpanded(index)
            onRetried: root.subscriptions.retry(index)
        }
    }
}

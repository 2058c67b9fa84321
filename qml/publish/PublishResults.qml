// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

Control {
    id: root

    required property PublishLog results
    readonly property alias currentIndex: list.currentIndex

    enabled: list.count > 0
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Results of publishing")

    Keys.onUpPressed: list.decrementCurrentIndex()
    Keys.onDownPressed: list.incrementCurrentIndex()
    Keys.onSpacePressed: root.results.toggleExpanded(list.currentIndex)
    Keys.onReturnPressed: root.results.toggleExpanded(list.currentIndex)

    ListView {
        id: list

        objectName: "results"
        anchors.fill: parent
        model: root.results
        clip: true
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        ScrollBar.vertical: SlimScrollBar {}

        delegate: PublishResult {
            width: list.width
            focused: root.visualFocus && ListView.isCurrentItem
            onTaken: {
                root.forceActiveFocus(Qt.MouseFocusReason);
                list.currentIndex = index;
            }
            onToggled: root.results.toggleExpanded(index)
        }
    }
    FocusRing {
        shown: root.visualFocus
        radius: 0
    }
    EmptyState {
        anchors.fill: parent
        visible: list.count === 0
        icon: "send"
        text: qsTr("What the service says about each published event appears here.")
    }
}

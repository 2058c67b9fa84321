// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

Item {
    id: root

    required property PublishLog results

    ListView {
        id: list

        objectName: "results"
        anchors.fill: parent
        model: root.results
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: count > 0
        ScrollBar.vertical: SlimScrollBar {}

        Accessible.role: Accessible.List
        Accessible.name: qsTr("Results of publishing")

        delegate: PublishResult {
            width: list.width
        }

        FocusRing {
            parent: list
            shown: list.activeFocus
            radius: 0
        }
    }
    EmptyState {
        anchors.fill: parent
        visible: list.count === 0
        icon: "send"
        text: qsTr("What the service says about each published event appears here.")
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

Control {
    id: root

    required property PublishLog results

    enabled: list.count > 0
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Results of publishing")

    Keys.onUpPressed: list.flick(0, 400)
    Keys.onDownPressed: list.flick(0, -400)

    ListView {
        id: list

        objectName: "results"
        anchors.fill: parent
        model: root.results
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        delegate: PublishResult {
            width: list.width
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

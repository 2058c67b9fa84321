// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// What sets a note apart from frames: a tinted band between two lines, and a sign where frames have their
// direction.
Item {
    id: root

    required property int mark
    property real signX: 0
    property bool filled: true
    readonly property color tint: root.mark === FrameModel.Restored ? Theme.success
        : root.mark === FrameModel.Lost ? Theme.danger
        : root.mark === FrameModel.Gap ? Theme.warning : Theme.secondary

    Rectangle {
        anchors.fill: parent
        visible: root.filled
        color: Qt.rgba(root.tint.r, root.tint.g, root.tint.b, Theme.dark ? 0.16 : 0.1)
    }
    Rectangle {
        width: parent.width
        height: 1
        color: root.tint
        opacity: 0.55
    }
    Rectangle {
        width: parent.width
        height: 1
        anchors.bottom: parent.bottom
        color: root.tint
        opacity: 0.55
    }
    Icon {
        x: root.signX
        anchors.verticalCenter: parent.verticalCenter
        size: 14
        icon: root.mark === FrameModel.Gap ? "gap" : root.mark === FrameModel.Restored ? "plug" : "unplug"
        color: root.tint
    }
}

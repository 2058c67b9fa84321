// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

// Shows where the keyboard is. Lies around its parent.
Rectangle {
    id: root

    required property bool shown
    property int inset: 0

    anchors.fill: parent
    anchors.margins: root.inset
    visible: root.shown
    color: "transparent"
    radius: Theme.controlRadius
    border.width: 2
    border.color: Theme.accent
}

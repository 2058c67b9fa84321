// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope

// A tooltip with an optional shortcut.
ToolTip {
    id: root

    property string shortcut

    delay: 500
    padding: 6
    font.pixelSize: Theme.smallFontSize
    contentItem: Text {
        text: root.shortcut ? root.text + "  <font color='" + Theme.secondary + "'>" + root.shortcut + "</font>" : root.text
        textFormat: root.shortcut ? Text.StyledText : Text.PlainText
        font: root.font
        color: Theme.text
    }
    background: Rectangle {
        color: Theme.raised
        border.color: Theme.border
        radius: Theme.controlRadius
    }
}

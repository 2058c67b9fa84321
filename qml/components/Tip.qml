// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope

// A tooltip with an optional shortcut. That of a button is spent by a press: what opens is not to be covered.
ToolTip {
    id: root

    property string shortcut
    property bool over: false // the button, by the mouse
    property bool pressed: false
    property bool spent: false

    visible: root.over && !root.spent
    onPressedChanged: root.spent = root.spent || root.pressed
    onOverChanged: root.spent = root.spent && root.over

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

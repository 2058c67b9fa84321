// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope

// A line of text.
TextField {
    id: root

    property bool mono: false
    property bool invalid: false

    implicitHeight: Theme.controlHeight
    leftPadding: 8
    rightPadding: 8
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: TextInput.AlignVCenter
    font.pixelSize: Theme.fontSize
    font.family: root.mono ? Theme.monoFamily : Theme.uiFamily
    color: Theme.text
    placeholderTextColor: Theme.disabled
    selectionColor: Theme.accent
    selectedTextColor: Theme.onAccent
    selectByMouse: true
    // A long text that was put here shows its beginning.
    onTextChanged: {
        if (!activeFocus)
            cursorPosition = 0;
    }

    background: Rectangle {
        radius: Theme.controlRadius
        color: Theme.window
        border.width: root.activeFocus ? 2 : 1
        border.color: root.activeFocus ? Theme.accent : root.invalid ? Theme.danger : Theme.border
    }
}

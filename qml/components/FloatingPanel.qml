// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope

// A panel that opens above the page and takes the keyboard.
Popup {
    padding: 12
    focus: true

    background: Rectangle {
        color: Theme.raised
        border.color: Theme.border
        radius: Theme.panelRadius
    }
}

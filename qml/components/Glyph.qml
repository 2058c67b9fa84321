// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

// The sign of a subscription: colour and shape, so that neither is needed alone.
Text {
    id: root

    required property int slot

    text: root.slot >= 0 ? Theme.subscriptionGlyphs[root.slot] : ""
    color: root.slot >= 0 ? Theme.subscriptionColors[root.slot] : "transparent"
    font.pixelSize: Theme.fontSize
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    Accessible.ignored: true
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.impl
import Syncscope

// One of our line icons, tinted.
IconImage {
    id: root

    required property string icon
    property int size: 16

    source: root.icon ? "qrc:/syncscope/icons/" + root.icon + ".svg" : ""
    sourceSize.width: root.size
    sourceSize.height: root.size
    color: Theme.text
}

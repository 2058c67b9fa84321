// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope

// A framed part of a page.
FocusScope {
    id: root

    default property alias content: layout.data
    property alias spacing: layout.spacing
    property int margin: 20

    implicitHeight: layout.implicitHeight + 2 * root.margin

    Rectangle {
        anchors.fill: parent
        radius: Theme.panelRadius
        color: Theme.raised
        border.color: Theme.border
    }
    ColumnLayout {
        id: layout

        anchors.fill: parent
        anchors.margins: root.margin
        spacing: 8
    }
}

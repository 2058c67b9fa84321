// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// The name of a column. It can be dragged to another place, its right edge to another width.
Item {
    id: root

    required property int index
    required property FrameColumn column
    required property real gap
    readonly property bool moving: mover.active
    signal resized(width: real)
    signal fitWanted(headingWidth: real)
    signal dragged(x: real)
    signal dropped
    signal menuWanted(x: real)

    x: root.column.x
    width: root.column.width
    visible: root.column.shown

    Accessible.role: Accessible.ColumnHeader
    Accessible.name: root.column.title
    Accessible.description: root.column.description

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: -root.gap / 2
        anchors.rightMargin: -root.gap / 2
        color: root.moving ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
    }
    Text {
        id: heading

        anchors.fill: parent
        text: root.column.heading
        textFormat: Text.PlainText
        horizontalAlignment: root.column.rightAligned ? Text.AlignRight : Text.AlignLeft
        verticalAlignment: Text.AlignVCenter
        elide: root.column.path ? Text.ElideLeft : Text.ElideRight
        font.family: root.column.path ? Theme.monoFamily : Theme.uiFamily
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
    HoverHandler {
        id: hover
    }
    Tip {
        visible: hover.hovered && !root.moving && !edge.pressed
        text: root.column.description
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: event => root.menuWanted(event.position.x)
    }
    DragHandler {
        id: mover

        target: null
        yAxis.enabled: false
        onCentroidChanged: if (active) root.dragged(root.x + centroid.position.x)
        onActiveChanged: if (!active) root.dropped()
    }
    Hairline {
        visible: root.column.resizable
        x: parent.width + root.gap / 2
        y: 6
        height: parent.height - 12
        color: edge.pressed || edge.containsMouse ? Theme.accent : Theme.divider
    }
    MouseArea {
        id: edge

        property real grip: 0 // how far behind the edge it was taken

        objectName: "edge"
        visible: root.column.resizable
        x: parent.width
        width: root.gap
        height: parent.height
        hoverEnabled: true
        preventStealing: true
        cursorShape: Qt.SplitHCursor
        onPressed: mouse => edge.grip = mouse.x
        onPositionChanged: mouse => {
            if (edge.pressed)
                root.resized(edge.x + mouse.x - edge.grip);
        }
        onDoubleClicked: root.fitWanted(heading.implicitWidth)
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// The names of the columns; their right edges can be dragged.
Rectangle {
    id: root

    required property TrafficColumns columns

    implicitHeight: 24
    color: Theme.surface
    clip: true

    HeaderCell {
        x: 12
        width: root.columns.number
        text: qsTr("#")
        alignment: Text.AlignRight
        onDragged: dx => root.columns.number = Math.max(30, root.columns.number + dx)
    }
    HeaderCell {
        x: root.columns.timeX
        width: root.columns.time
        text: qsTr("Time")
        onDragged: dx => root.columns.time = Math.max(50, root.columns.time + dx)
    }
    HeaderCell {
        x: root.columns.deltaX
        width: root.columns.delta
        text: qsTr("Δ s")
        alignment: Text.AlignRight
        onDragged: dx => root.columns.delta = Math.max(30, root.columns.delta + dx)
    }
    HeaderCell {
        x: root.columns.channelX
        width: root.columns.channel
        text: qsTr("Channel")
        onDragged: dx => root.columns.channel = Math.max(60, root.columns.channel + dx)
    }
    HeaderCell {
        x: root.columns.sizeX
        width: root.columns.size
        text: qsTr("Size")
        alignment: Text.AlignRight
        onDragged: dx => root.columns.size = Math.max(40, root.columns.size + dx)
    }
    HeaderCell {
        x: root.columns.previewX
        width: 200
        text: qsTr("Preview")
        resizable: false
    }
    Hairline {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
    }

    component HeaderCell: Item {
        id: cell

        property alias text: label.text
        property alias alignment: label.horizontalAlignment
        property bool resizable: true
        signal dragged(dx: real)

        height: root.height

        Text {
            id: label

            anchors.fill: parent
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }
        Hairline {
            visible: cell.resizable
            x: parent.width + root.columns.gap / 2
            y: 6
            height: parent.height - 12
            color: drag.active || hover.hovered ? Theme.accent : Theme.divider
        }
        Item {
            visible: cell.resizable
            x: parent.width
            width: root.columns.gap
            height: parent.height

            HoverHandler {
                id: hover

                cursorShape: Qt.SplitHCursor
            }
            DragHandler {
                id: drag

                property real previous: 0

                target: null
                xAxis.enabled: true
                yAxis.enabled: false
                onActiveChanged: drag.previous = 0
                onTranslationChanged: {
                    cell.dragged(drag.translation.x - drag.previous);
                    drag.previous = drag.translation.x;
                }
            }
        }
    }
}

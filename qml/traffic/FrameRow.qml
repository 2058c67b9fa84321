// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// One frame, or a note about the connection across the columns. Cells stand where the columns say; all text is plain and cut by the model.
Item {
    id: root

    required property int index
    required property real number
    required property string time
    required property string delta
    required property bool outgoing
    required property int mark
    required property bool failed
    required property bool routine
    required property int slot
    required property string channel
    required property string size
    required property string preview
    required property string accessibleName

    required property TrafficColumns columns
    required property bool selected
    required property bool viewFocused
    readonly property bool isNote: root.mark !== FrameModel.Frame
    signal chosen

    height: Theme.rowHeight

    Accessible.role: Accessible.ListItem
    Accessible.name: root.accessibleName
    Accessible.selected: root.selected
    Accessible.onPressAction: root.chosen()

    Rectangle {
        anchors.fill: parent
        color: root.selected ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
    }
    NoteBand {
        anchors.fill: parent
        visible: root.isNote
        mark: root.mark
        signX: root.columns.directionX
        filled: !root.selected
    }
    Rectangle {
        visible: root.selected
        width: 3
        height: parent.height
        color: Theme.accent
    }
    FocusRing {
        shown: root.selected && root.viewFocused
        radius: 0
    }

    Cell {
        x: 12
        width: root.columns.number
        text: root.number
        horizontalAlignment: Text.AlignRight
        color: Theme.secondary
    }
    Cell {
        x: root.columns.timeX
        width: root.columns.time
        text: root.time
        color: Theme.secondary
    }
    Cell {
        x: root.columns.deltaX
        width: root.columns.delta
        text: root.delta
        horizontalAlignment: Text.AlignRight
        color: Theme.secondary
    }
    Cell {
        x: root.columns.directionX
        width: root.columns.direction
        text: root.isNote ? "" : root.outgoing ? "↑" : "↓"
        horizontalAlignment: Text.AlignHCenter
        color: root.outgoing ? Theme.accent : Theme.secondary
    }
    Glyph {
        x: root.columns.channelX
        width: 14
        height: root.height
        slot: root.slot
    }
    Cell {
        x: root.columns.channelX + 20
        width: root.columns.channel - 20
        text: root.channel
        elide: Text.ElideMiddle
    }
    Cell {
        x: root.columns.sizeX
        width: root.columns.size
        text: root.size
        horizontalAlignment: Text.AlignRight
        color: Theme.secondary
    }
    Cell {
        x: root.isNote ? root.columns.directionX + 24 : root.columns.previewX
        width: Math.max(0, root.width - x - 12)
        text: root.failed ? "⚠ " + root.preview : root.preview
        color: root.failed ? Theme.danger : root.routine ? Theme.secondary : Theme.text
        font.family: root.isNote ? Theme.uiFamily : Theme.monoFamily
        font.weight: root.isNote ? Font.Medium : Font.Normal
    }

    HoverHandler {
        id: hover
    }
    TapHandler {
        gesturePolicy: TapHandler.DragThreshold
        onTapped: root.chosen()
    }

    component Cell: Text {
        height: root.height
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
        textFormat: Text.PlainText
        maximumLineCount: 1
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
        color: Theme.text
        Accessible.ignored: true
    }
}

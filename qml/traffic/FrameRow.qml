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
    required property var readTexts
    required property string accessibleName

    required property FrameColumns columns
    required property bool selected
    required property bool viewFocused
    required property bool bookmarked
    readonly property bool isNote: root.mark !== FrameModel.Frame
    signal chosen
    signal menuWanted(pressX: real, pressY: real)

    height: Theme.rowHeight

    Accessible.role: Accessible.ListItem
    Accessible.name: root.bookmarked ? qsTr("bookmarked, %1").arg(root.accessibleName) : root.accessibleName
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
        signX: root.columns.noteX
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

    Icon {
        visible: root.bookmarked
        x: 3
        anchors.verticalCenter: parent.verticalCenter
        size: 10
        icon: root.bookmarked ? "star-filled" : ""
        color: Theme.warning
    }
    Cell {
        column: root.columns.number
        text: root.number
        color: Theme.secondary
    }
    Cell {
        column: root.columns.time
        text: root.time
        color: Theme.secondary
    }
    Cell {
        column: root.columns.delta
        text: root.delta
        color: Theme.secondary
    }
    Cell {
        column: root.columns.direction
        text: root.outgoing ? "↑" : "↓"
        color: root.outgoing ? Theme.accent : Theme.secondary
    }
    Glyph {
        x: root.columns.channel.shown ? root.columns.channel.x : root.columns.direction.x + 18
        width: 14
        height: root.height
        visible: root.columns.channel.shown || root.columns.direction.shown
        slot: root.slot
    }
    Cell {
        column: root.columns.channel
        leftPadding: 20
        text: root.channel
        elide: Text.ElideMiddle
    }
    Cell {
        column: root.columns.size
        text: root.size
        color: Theme.secondary
    }
    Cell {
        column: root.columns.preview
        x: root.isNote ? root.columns.noteX + 24 : column.x
        width: root.isNote ? Math.max(0, root.width - x - 12) : column.width
        visible: root.isNote || column.shown
        text: root.failed ? "⚠ " + root.preview : root.preview
        color: root.failed ? Theme.danger : root.routine ? Theme.secondary : Theme.text
        font.family: root.isNote ? Theme.uiFamily : Theme.monoFamily
        font.weight: root.isNote ? Font.Medium : Font.Normal
    }
    Repeater {
        model: root.columns.readColumns

        Cell {
            required property int index
            required property FrameColumn modelData

            column: modelData
            text: root.readTexts[index] ?? ""
        }
    }

    HoverHandler {
        id: hover
    }
    TapHandler {
        gesturePolicy: TapHandler.DragThreshold
        onTapped: root.chosen()
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        gesturePolicy: TapHandler.DragThreshold
        onTapped: point => root.menuWanted(point.position.x, point.position.y)
    }

    component Cell: Text {
        required property FrameColumn column

        x: column.x
        width: column.width
        height: root.height
        // Notes have those only that they do not write across.
        visible: column.shown && (!root.isNote || column.x < root.columns.noteX)
        horizontalAlignment: column.rightAligned ? Text.AlignRight : Text.AlignLeft
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

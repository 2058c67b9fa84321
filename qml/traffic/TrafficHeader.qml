// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// The names of the columns above the rows, and what can be done with them.
Rectangle {
    id: root

    required property FrameModel frames
    readonly property FrameColumns columns: root.frames.columns
    readonly property real gap: 12
    property real contentX: 0 // how far the rows are scrolled
    signal fitWanted(column: FrameColumn, headingWidth: real)
    signal closed // a menu: the keyboard is free

    implicitHeight: 24
    color: Theme.surface

    function openColumns(row: int) {
        columnsMenu.openAt(row);
    }
    function openMenu(cell: HeaderCell, x: real) {
        if (cell.column.kind === FrameColumn.Time || cell.column.kind === FrameColumn.Delta)
            timeMenu.popup(cell, x, root.height);
        else
            root.openColumns(cell.index);
    }

    Item {
        anchors.left: parent.left
        anchors.right: panel.left
        height: parent.height
        clip: true

        Item {
            id: strip

            property int target: -1 // row that a dragged column would have

            objectName: "columnHeads"
            x: -root.contentX
            width: root.columns.totalWidth
            height: parent.height

            Repeater {
                id: cells

                model: root.columns

                HeaderCell {
                    height: strip.height
                    gap: root.gap
                    onResized: width => root.columns.resize(column, width)
                    onFitWanted: headingWidth => root.fitWanted(column, headingWidth)
                    onDragged: x => {
                        mark.from = index;
                        strip.target = root.columns.rowAt(x);
                    }
                    onDropped: {
                        const row = strip.target;
                        strip.target = -1;
                        root.columns.move(index, row);
                    }
                    onMenuWanted: x => root.openMenu(this, x)
                }
            }
            Rectangle {
                id: mark

                property int from: -1
                readonly property Item cell: strip.target >= 0 ? cells.itemAt(strip.target) as Item : null

                visible: mark.cell && strip.target !== mark.from
                x: !mark.cell ? 0 : strip.target > mark.from ? mark.cell.x + mark.cell.width + root.gap / 2 - 1 : mark.cell.x - root.gap / 2 - 1
                width: 2
                height: parent.height
                color: Theme.accent
            }
        }
    }
    Item {
        id: panel

        anchors.right: parent.right
        width: buttons.width + 8
        height: parent.height

        Hairline {
            y: 6
            height: parent.height - 12
        }
        Row {
            id: buttons

            anchors.right: parent.right
            anchors.rightMargin: 4

            IconButton {
                id: timeButton

                objectName: "times"
                extent: 24
                iconName: "clock"
                tip: qsTr("How times are shown")
                onClicked: timeMenu.popup(timeButton, timeButton.width - timeMenu.implicitWidth, timeButton.height)
            }
            IconButton {
                id: columnsButton

                objectName: "columns"
                extent: 24
                iconName: "columns"
                tip: qsTr("Columns")
                onClicked: root.openColumns(-1)
            }
        }
    }
    Hairline {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
    }
    TimeMenu {
        id: timeMenu

        columns: root.columns
        onColumnsWanted: root.openColumns(-1)
        onClosed: root.closed()
    }
    ColumnsMenu {
        id: columnsMenu

        x: root.width - width
        y: root.height
        frames: root.frames
        onClosed: root.closed()
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// Which columns a table has, in which order, and a new one from a path into the events.
FloatingPanel {
    id: root

    required property FrameModel frames
    readonly property FrameColumns columns: root.frames.columns

    objectName: "columnsMenu"
    width: 364

    // With the column of \a row as the current one; -1: none.
    function openAt(row: int) {
        root.open();
        list.forceActiveFocus(Qt.PopupFocusReason);
        list.currentIndex = Math.max(0, row);
        list.positionViewAtIndex(list.currentIndex, ListView.Contain);
    }
    onAboutToShow: {
        field.clear();
        field.judged = false;
    }
    function move(row: int, steps: int) {
        const target = row + steps;
        if (target < 0 || target >= list.count)
            return;
        root.columns.move(row, target);
        list.currentIndex = target;
        list.positionViewAtIndex(target, ListView.Contain);
    }
    function remove(row: int) {
        root.columns.remove(row);
        list.forceActiveFocus(Qt.OtherFocusReason);
    }
    function add() {
        field.judged = true;
        if (!root.columns.addPath(field.text))
            return;
        field.clear();
        field.judged = false;
        list.positionViewAtEnd();
    }

    Column {
        width: root.availableWidth
        spacing: 8

        ListView {
            id: list

            objectName: "columnList"
            width: parent.width
            height: Math.min(contentHeight, 10 * Theme.controlHeight)
            clip: true
            cacheBuffer: 0
            focus: true
            model: root.columns
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            ScrollBar.vertical: SlimScrollBar {}

            Accessible.role: Accessible.List
            Accessible.name: qsTr("Columns")

            Keys.onSpacePressed: root.columns.setShown(currentIndex, !(currentItem as ColumnRow).column.shown)
            Keys.onReturnPressed: root.columns.setShown(currentIndex, !(currentItem as ColumnRow).column.shown)
            Keys.onDeletePressed: root.remove(currentIndex)
            Keys.onPressed: event => {
                const steps = event.key === Qt.Key_Up ? -1 : event.key === Qt.Key_Down ? 1 : 0;
                event.accepted = steps !== 0 && event.modifiers & Qt.AltModifier;
                if (event.accepted)
                    root.move(list.currentIndex, steps);
            }

            delegate: ColumnRow {
                width: list.width
                last: index === list.count - 1
                current: index === list.currentIndex
                focused: list.activeFocus
                onChosen: {
                    list.currentIndex = index;
                    list.forceActiveFocus(Qt.MouseFocusReason);
                }
                onToggled: root.columns.setShown(index, !column.shown)
                onMoveWanted: steps => root.move(index, steps)
                onRemoveWanted: root.remove(index)
            }
        }
        Hairline {
            width: parent.width
        }
        Item {
            width: parent.width
            height: field.height
            z: 1

            Field {
                id: field

                property bool judged: false
                readonly property string problem: text ? root.columns.problemOf(text) : ""

                objectName: "columnPath"
                anchors.left: parent.left
                anchors.right: add.left
                anchors.rightMargin: 4
                mono: true
                font.pixelSize: Theme.smallFontSize
                invalid: judged && problem
                placeholderText: qsTr("Column from a path: %1").arg("event.player.name")
                onTextEdited: judged = judged && text
                onAccepted: root.add()
                Accessible.name: qsTr("Path of a new column")
                Accessible.description: problem
            }
            IconButton {
                id: add

                objectName: "addColumn"
                anchors.right: parent.right
                iconName: "plus"
                tip: qsTr("Add a column from this path")
                shortcut: qsTr("Return")
                tint: Theme.accent
                enabled: field.text
                onClicked: root.add()
            }
            CompletionList {
                objectName: "pathProposals"
                width: field.width
                y: -height - 2
                completions: root.frames.filter.completions
                field: field
                opener: /^[A-Za-z_.$"\[]$/
                follower: /./
                onWanted: cursor => root.frames.filter.completePath(field.text, cursor)
                onLineWanted: root.add()
            }
        }
        Remark {
            objectName: "columnProblem"
            width: parent.width
            visible: field.judged && field.problem
            text: field.problem
            color: Theme.danger
        }
        Item {
            width: parent.width
            height: Theme.controlHeight

            Remark {
                anchors.left: parent.left
                anchors.right: reset.left
                anchors.rightMargin: 8
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Space shows or hides, Alt+↑ and Alt+↓ move.")
            }
            AppButton {
                id: reset

                objectName: "resetColumns"
                anchors.right: parent.right
                iconName: "retry"
                text: qsTr("Reset")
                tip: qsTr("As at first, without columns from paths")
                onClicked: root.columns.reset()
            }
        }
    }
}

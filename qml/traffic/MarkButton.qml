// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// How many bookmarks there are, and below it the list of them.
IconButton {
    id: root

    required property FrameMarks marks
    signal editWanted(real number, string title, string note)
    signal chosen // the row of one

    iconName: root.marks.count > 0 ? "star-filled" : "star"
    tip: root.marks.count > 0 ? qsTr("Bookmarks: %L1").arg(root.marks.count) : qsTr("Bookmarks")
    shortcut: qsTr("Ctrl+B sets one")
    tint: root.marks.count > 0 ? Theme.warning : Theme.secondary
    onClicked: list.open()

    FloatingPanel {
        id: list

        objectName: "markList"
        x: root.width - width
        y: root.height + 2
        width: 420
        height: implicitHeight
        padding: 1
        contentHeight: root.marks.count > 0 ? Math.min(view.contentHeight, 360) : hint.implicitHeight + 24
        onOpened: view.forceActiveFocus(Qt.PopupFocusReason)

        Item {
            anchors.fill: parent

            ListView {
                id: view

                anchors.fill: parent
                model: root.marks
                clip: true
                cacheBuffer: 0
                focus: true
                keyNavigationEnabled: true
                boundsBehavior: Flickable.StopAtBounds
                highlightMoveDuration: 0
                ScrollBar.vertical: SlimScrollBar {}

                Accessible.role: Accessible.List
                Accessible.name: qsTr("Bookmarks")

                Keys.onReturnPressed: root.choose(view.currentIndex)
                Keys.onEnterPressed: root.choose(view.currentIndex)
                Keys.onDeletePressed: (view.currentItem as MarkRow)?.removeWanted()
                Keys.onPressed: event => {
                    event.accepted = event.key === Qt.Key_F2;
                    if (event.accepted)
                        (view.currentItem as MarkRow)?.editWanted();
                }

                delegate: MarkRow {
                    width: view.width
                    onChosen: root.choose(index)
                    onEditWanted: {
                        list.close();
                        root.editWanted(number, title, note);
                    }
                    onRemoveWanted: root.marks.remove(number)
                }
            }
            Remark {
                id: hint

                objectName: "noMarks"
                anchors.centerIn: parent
                width: parent.width - 24
                visible: root.marks.count === 0
                text: qsTr("No bookmarks yet. Select a row and press Ctrl+B: it is found again here, and saved with the traffic. Ctrl+[ and Ctrl+] go from one to the next.")
            }
        }
    }

    function choose(index: int) {
        list.close();
        root.marks.go(index);
        root.chosen();
    }
}

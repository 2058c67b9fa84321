// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// That the selected row is bookmarked, and with which words; a click changes them.
Item {
    id: root

    required property FrameMarks marks
    readonly property string words: root.marks.selectedTitle && root.marks.selectedNote ? root.marks.selectedTitle + " · " + root.marks.selectedNote : root.marks.selectedTitle || root.marks.selectedNote
    signal editWanted

    visible: root.marks.selectedIsMarked
    implicitHeight: 26

    AbstractButton {
        id: button

        objectName: "markStrip"
        anchors.fill: parent
        hoverEnabled: true
        focusPolicy: Qt.TabFocus
        onClicked: root.editWanted()

        Accessible.role: Accessible.Button
        Accessible.name: qsTr("Bookmark: %1").arg(root.words || qsTr("no title and note yet"))
        Accessible.onPressAction: button.clicked()
        Keys.onReturnPressed: button.clicked()
        Keys.onEnterPressed: button.clicked()

        Tip {
            visible: button.hovered && root.words
            text: root.words
        }
        background: Rectangle {
            color: Qt.tint(Theme.window, Qt.rgba(Theme.warning.r, Theme.warning.g, Theme.warning.b, button.hovered ? 0.2 : 0.1))

            FocusRing {
                shown: button.visualFocus
                radius: 0
            }
        }
    }
    Icon {
        x: 12
        anchors.verticalCenter: parent.verticalCenter
        size: 14
        icon: "star-filled"
        color: Theme.warning
    }
    Text {
        anchors.left: parent.left
        anchors.leftMargin: 32
        anchors.right: parent.right
        anchors.rightMargin: 40
        anchors.verticalCenter: parent.verticalCenter
        text: root.words.replace(/\s+/g, " ") || qsTr("Bookmarked. Add a title or a note")
        textFormat: Text.PlainText
        elide: Text.ElideRight
        font.pixelSize: Theme.smallFontSize
        color: root.words ? Theme.text : Theme.secondary
        Accessible.ignored: true
    }
    Icon {
        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        size: 14
        icon: "edit"
        color: Theme.secondary
    }
}

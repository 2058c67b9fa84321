// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// What the parts of a frame mean. The current one is what the text shows selected.
Control {
    id: root

    required property FrameNotes notes
    property alias current: list.currentIndex
    readonly property real wanted: list.contentHeight + 8
    signal chosen(int begin, int end)

    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("What the parts of the frame mean")
    Keys.onUpPressed: root.choose(Math.max(0, list.currentIndex - 1))
    Keys.onDownPressed: root.choose(Math.min(list.count - 1, list.currentIndex + 1))

    function choose(index: int) {
        list.currentIndex = index;
        const note = root.notes.index(index, 0);
        root.chosen(root.notes.data(note, FrameNotes.BeginRole), root.notes.data(note, FrameNotes.EndRole));
    }

    background: Rectangle {
        color: Theme.surface

        Hairline { // above
            width: parent.width
        }
        Hairline { // at the left
            height: parent.height
        }
    }

    ListView {
        id: list

        objectName: "notes"
        anchors.fill: parent
        topMargin: 4
        bottomMargin: 4
        clip: true
        cacheBuffer: 0
        model: root.notes
        currentIndex: -1
        keyNavigationEnabled: false
        highlightMoveDuration: 0
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        delegate: Note {}
    }
    FocusRing {
        shown: root.visualFocus && list.currentIndex < 0
        radius: 0
    }

    component Note: Item {
        id: note

        required property int index
        required property string part
        required property string words
        required property bool error
        required property string accessibleName

        width: list.width
        height: Math.max(heading.implicitHeight, body.implicitHeight) + 6

        Accessible.role: Accessible.ListItem
        Accessible.name: note.accessibleName
        Accessible.onPressAction: root.choose(note.index)

        Rectangle {
            anchors.fill: parent
            color: note.ListView.isCurrentItem ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
        }
        FocusRing {
            shown: root.visualFocus && note.ListView.isCurrentItem
            radius: 0
        }
        HoverHandler {
            id: hover
        }
        TapHandler {
            gesturePolicy: TapHandler.DragThreshold
            onTapped: {
                root.forceActiveFocus(Qt.MouseFocusReason);
                root.choose(note.index);
            }
        }
        Text {
            id: heading

            x: 12
            y: 3
            width: Math.min(170, list.width * 0.34)
            text: note.part
            textFormat: Text.PlainText
            elide: Text.ElideMiddle
            font.family: Theme.monoFamily
            font.pixelSize: Theme.smallFontSize
            color: note.error ? Theme.danger : Theme.jsonKey
        }
        Text {
            id: body

            anchors.left: heading.right
            anchors.leftMargin: 8
            anchors.right: parent.right
            anchors.rightMargin: 14
            y: 3
            text: note.words
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.smallFontSize
            color: Theme.text
        }
    }
}

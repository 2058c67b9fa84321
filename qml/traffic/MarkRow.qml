// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// A bookmark: its title or what its row says, its note, and where the row is if it is not in the table.
Item {
    id: root

    required property int index
    required property real number
    required property string title
    required property string note
    required property string preview
    required property string place
    required property bool selected
    required property string accessibleName
    signal chosen
    signal editWanted
    signal removeWanted

    implicitHeight: lines.implicitHeight + 12

    Accessible.role: Accessible.ListItem
    Accessible.name: root.accessibleName
    Accessible.selected: root.selected
    Accessible.onPressAction: root.chosen()

    Rectangle {
        anchors.fill: parent
        color: root.ListView.isCurrentItem ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
    }
    Rectangle {
        visible: root.selected
        width: 3
        height: parent.height
        color: Theme.accent
    }
    Text {
        id: sign

        x: 8
        y: 6
        width: Math.max(44, implicitWidth)
        text: "#" + root.number
        horizontalAlignment: Text.AlignRight
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
        Accessible.ignored: true
    }
    Column {
        id: lines

        y: 6
        anchors.left: sign.right
        anchors.leftMargin: 10
        anchors.right: buttons.left
        anchors.rightMargin: 8
        spacing: 2

        Line {
            text: root.title
            font.weight: Font.Medium
            color: Theme.text
        }
        Line {
            text: root.preview || qsTr("what it said is not known here")
            font.family: Theme.monoFamily
            color: root.title ? Theme.secondary : Theme.text
        }
        Line {
            text: root.note
            maximumLineCount: 3
            wrapMode: Text.Wrap
        }
        Line {
            text: root.place
            wrapMode: Text.Wrap
            color: Theme.warning
        }
    }
    Row {
        id: buttons

        anchors.right: parent.right
        anchors.rightMargin: 10
        y: 2
        opacity: hover.hovered || root.ListView.isCurrentItem ? 1 : 0

        IconButton {
            objectName: "editMark"
            extent: 24
            focusPolicy: Qt.NoFocus
            iconName: "edit"
            tip: qsTr("Title and note")
            shortcut: qsTr("F2")
            onClicked: root.editWanted()
        }
        IconButton {
            objectName: "removeMark"
            extent: 24
            focusPolicy: Qt.NoFocus
            iconName: "close"
            tip: qsTr("Remove the bookmark")
            shortcut: qsTr("Del")
            onClicked: root.removeWanted()
        }
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: root.chosen()
    }

    component Line: Text {
        width: lines.width
        visible: text
        textFormat: Text.PlainText
        elide: Text.ElideRight
        maximumLineCount: 1
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
        Accessible.ignored: true
    }
}

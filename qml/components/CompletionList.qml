// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// What could stand at the cursor of a text, while it is typed. The keyboard stays in the text.
Rectangle {
    id: root

    required property CompletionModel completions
    required property var field // the text: a TextField or a TextArea
    required property var opener // regular expression of the characters that open it by themselves
    required property var follower // of those that leave it open
    // The completions for this place are to be found.
    signal wanted(int cursor)
    // Return, while it is not shown.
    signal lineWanted

    function open() {
        root.visible = true;
        view.currentIndex = 0;
    }
    function close() {
        root.visible = false;
    }
    function complete() {
        root.wanted(root.field.cursorPosition);
        if (root.completions.count > 0)
            root.open();
        else
            root.close();
    }
    function accept(text: string) {
        const begin = root.completions.begin;
        root.close();
        root.field.remove(begin, root.completions.end);
        root.field.insert(begin, text);
        root.field.cursorPosition = begin + text.length;
    }
    function onTyped(text: string) {
        if (root.opener.test(text) || (root.visible && root.follower.test(text)))
            typed.restart();
        else
            root.close();
    }
    function move(steps: int) {
        view.currentIndex = Math.max(0, Math.min(view.count - 1, view.currentIndex + steps));
    }

    visible: false
    z: 10
    width: 340
    height: Math.min(view.contentHeight, 8 * Theme.rowHeight) + 2 + (note.visible ? note.implicitHeight + 12 : 0)
    color: Theme.raised
    border.color: Theme.border
    radius: Theme.controlRadius

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Proposals")

    Timer {
        id: typed

        interval: 0 // the character is in the text then
        onTriggered: root.complete()
    }
    CompletionKeys {
        target: root.field
        active: root.visible
        onTyped: text => root.onTyped(text)
        onErased: if (root.visible) typed.restart()
        onWanted: root.complete()
        onMoved: steps => root.move(steps)
        onAccepted: root.accept(root.completions.textOf(view.currentIndex))
        onDismissed: root.close()
        onLineWanted: root.lineWanted()
    }
    Connections {
        target: root.field

        function onActiveFocusChanged() {
            if (!root.field.activeFocus)
                root.close();
        }
    }
    ListView {
        id: view

        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 1
        height: Math.min(contentHeight, 8 * Theme.rowHeight)
        clip: true
        cacheBuffer: 0
        model: root.completions
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        ScrollBar.vertical: SlimScrollBar {}

        delegate: Item {
            id: row

            required property int index
            required property string proposal
            required property string detail
            required property string description
            required property bool deprecated

            width: view.width
            height: Theme.rowHeight

            Accessible.role: Accessible.ListItem
            Accessible.name: row.proposal + ", " + row.detail

            Rectangle {
                anchors.fill: parent
                color: row.ListView.isCurrentItem ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
            }
            Text {
                id: word

                anchors.left: parent.left
                anchors.leftMargin: 8
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, row.width * 0.62)
                text: row.proposal.trim()
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                font.strikeout: row.deprecated
                color: Theme.text
            }
            Text {
                anchors.left: word.right
                anchors.leftMargin: 8
                anchors.right: parent.right
                anchors.rightMargin: 12
                anchors.verticalCenter: parent.verticalCenter
                horizontalAlignment: Text.AlignRight
                text: row.detail
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            HoverHandler {
                id: hover
            }
            TapHandler {
                onTapped: root.accept(row.proposal)
            }
        }
    }
    Text {
        id: note

        readonly property var row: view.currentItem

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 8
        anchors.bottomMargin: 6
        visible: text
        text: note.row ? note.row.description : ""
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        maximumLineCount: 3
        elide: Text.ElideRight
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
}

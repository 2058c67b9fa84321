// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// How the connection came about that a frame came over.
Control {
    id: root

    required property FrameInspector inspector

    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Handshake of the connection")
    Keys.onUpPressed: root.scroll(-40)
    Keys.onDownPressed: root.scroll(40)
    Keys.onPressed: event => {
        event.accepted = true;
        if (event.key === Qt.Key_PageDown)
            root.scroll(list.height);
        else if (event.key === Qt.Key_PageUp)
            root.scroll(-list.height);
        else if (event.matches(StandardKey.Copy))
            root.inspector.copyView();
        else
            event.accepted = false;
    }

    function scroll(by: real) {
        list.contentY = Math.max(0, Math.min(list.contentHeight - list.height, list.contentY + by));
    }

    // A list of some rows: all of them exist, since their heights are their texts'.
    Flickable {
        id: list

        objectName: "handshake"
        readonly property alias count: facts.count
        anchors.fill: parent
        clip: true
        contentHeight: column.height
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        Column {
            id: column

            width: list.width

            Repeater {
                id: facts

                model: root.inspector.handshake

                Item {
                    id: fact

                    required property string name
                    required property string words
                    required property bool wire
                    required property string accessibleName

                    width: column.width
                    height: heading.height + body.height + 14

                    Accessible.role: Accessible.ListItem
                    Accessible.name: fact.accessibleName

                    Text {
                        id: heading

                        x: 12
                        y: 6
                        text: fact.name
                        textFormat: Text.PlainText
                        font.pixelSize: Theme.smallFontSize
                        color: Theme.secondary
                    }
                    Text {
                        id: body

                        x: 12
                        anchors.top: heading.bottom
                        anchors.topMargin: 2
                        width: parent.width - 24
                        text: fact.words
                        textFormat: Text.PlainText
                        wrapMode: fact.wire ? Text.WrapAnywhere : Text.Wrap
                        font.family: fact.wire ? Theme.monoFamily : Theme.uiFamily
                        font.pixelSize: Theme.smallFontSize
                        color: Theme.text
                    }
                }
            }
        }
    }
    FocusRing {
        shown: root.visualFocus
        radius: 0
    }
}

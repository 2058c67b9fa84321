// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// What differs from another event, by path.
Control {
    id: root

    required property FrameInspector inspector

    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Differences")
    Keys.onPressed: event => {
        if (event.key === Qt.Key_C && event.modifiers === Qt.ControlModifier) {
            root.inspector.copyView();
            event.accepted = true;
        }
    }

    ListView {
        id: view

        objectName: "diff"
        anchors.fill: parent
        clip: true
        cacheBuffer: 0
        model: root.inspector.diff
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        delegate: Item {
            id: row

            required property string path
            required property int change
            required property string before
            required property string after
            required property string accessibleName

            width: view.width
            height: lines.implicitHeight + 12

            Accessible.role: Accessible.ListItem
            Accessible.name: row.accessibleName

            Column {
                id: lines

                x: 12
                y: 6
                width: parent.width - 24
                spacing: 2

                Line {
                    text: row.path
                    color: Theme.secondary
                }
                Line {
                    visible: row.change !== PayloadDiff.Added
                    text: "− " + row.before
                    color: Theme.danger
                }
                Line {
                    visible: row.change !== PayloadDiff.Removed
                    text: "+ " + row.after
                    color: Theme.success
                }
            }
            Hairline {
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
            }
        }
    }
    FocusRing {
        shown: root.visualFocus
        radius: 0
    }

    component Line: Text {
        width: parent.width
        textFormat: Text.PlainText
        wrapMode: Text.WrapAnywhere
        maximumLineCount: 8
        elide: Text.ElideRight
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
        Accessible.ignored: true
    }
}

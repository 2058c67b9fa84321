// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// The operations of the document; the one that runs is marked. Return goes to its place.
Control {
    id: root

    required property OperationModel operations
    readonly property alias count: view.count
    signal placeWanted(int offset)

    enabled: view.count > 0
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Operations of the document")

    Keys.onUpPressed: view.decrementCurrentIndex()
    Keys.onDownPressed: view.incrementCurrentIndex()
    Keys.onReturnPressed: root.placeWanted(root.operations.offsetOf(view.currentIndex))

    // The arrows move on from the one at the cursor.
    Connections {
        target: root.operations

        function onCurrentChanged() {
            view.currentIndex = root.operations.current;
        }
    }
    ListView {
        id: view

        anchors.fill: parent
        model: root.operations
        clip: true
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        currentIndex: root.operations.current
        ScrollBar.vertical: SlimScrollBar {}

        delegate: Item {
            id: row

            required property int index
            required property string name
            required property string kind
            required property int offset
            required property bool current
            required property string accessibleName
            readonly property bool focused: root.visualFocus && ListView.isCurrentItem

            width: view.width
            height: 30

            Accessible.role: Accessible.ListItem
            Accessible.name: row.accessibleName
            Accessible.selected: row.current
            Accessible.onPressAction: root.placeWanted(row.offset)

            Rectangle {
                anchors.fill: parent
                color: row.current ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
            }
            Rectangle {
                visible: row.current
                width: 3
                height: parent.height
                color: Theme.accent
            }
            FocusRing {
                shown: row.focused
                inset: 1
            }
            Text {
                id: sign

                anchors.left: parent.left
                anchors.leftMargin: 12
                anchors.verticalCenter: parent.verticalCenter
                width: 14
                text: row.kind === "query" ? "Q" : row.kind === "mutation" ? "M" : "S"
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: row.kind === "query" ? Theme.accent : row.kind === "mutation" ? Theme.warning : Theme.success
            }
            Text {
                anchors.left: sign.right
                anchors.leftMargin: 6
                anchors.right: parent.right
                anchors.rightMargin: 12
                anchors.verticalCenter: parent.verticalCenter
                text: row.name
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.family: Theme.monoFamily
                font.pixelSize: Theme.fontSize
                color: Theme.text
            }
            HoverHandler {
                id: hover
            }
            Tip {
                visible: hover.hovered
                text: row.accessibleName
            }
            TapHandler {
                onTapped: {
                    view.currentIndex = row.index;
                    root.placeWanted(row.offset);
                }
            }
        }
    }
}

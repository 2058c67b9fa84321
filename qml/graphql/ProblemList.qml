// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// What is wrong with the text above, a line each, with its place; or what came of what one did. One line high at least,
// so that nothing jumps while one types.
Control {
    id: root

    required property GraphQlProblemModel problems
    property string message
    property bool messageIsProblem: false
    property string fine: qsTr("No problems")
    readonly property int shownLines: Math.max(1, Math.min(3, view.count))
    signal placeWanted(int offset)
    signal dismissed

    implicitHeight: root.message ? Math.max(26, said.implicitHeight + 10) : root.shownLines * 22 + 4
    focusPolicy: view.count > 0 ? Qt.StrongFocus : Qt.NoFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Problems")

    Keys.onUpPressed: view.decrementCurrentIndex()
    Keys.onDownPressed: view.incrementCurrentIndex()
    Keys.onReturnPressed: root.placeWanted(root.problems.data(root.problems.index(view.currentIndex, 0), GraphQlProblemModel.OffsetRole))

    ListView {
        id: view

        anchors.fill: parent
        anchors.topMargin: 2
        anchors.bottomMargin: 2
        visible: !root.message
        model: root.problems
        clip: true
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        ScrollBar.vertical: SlimScrollBar {}

        delegate: Item {
            id: row

            required property int index
            required property string message
            required property string place
            required property int offset

            width: view.width
            height: 22

            Accessible.role: Accessible.ListItem
            Accessible.name: row.place + " " + row.message

            FocusRing {
                shown: root.visualFocus && row.ListView.isCurrentItem
            }
            Icon {
                id: sign

                anchors.left: parent.left
                anchors.leftMargin: 10
                anchors.verticalCenter: parent.verticalCenter
                size: 13
                icon: "error"
                color: Theme.danger
            }
            Text {
                id: place

                anchors.left: sign.right
                anchors.leftMargin: 6
                anchors.verticalCenter: parent.verticalCenter
                text: row.place
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            Text {
                anchors.left: place.right
                anchors.leftMargin: row.place ? 8 : 0
                anchors.right: parent.right
                anchors.rightMargin: 14
                anchors.verticalCenter: parent.verticalCenter
                text: row.message
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.pixelSize: Theme.smallFontSize
                color: Theme.danger
            }
            HoverHandler {
                id: hover
            }
            Tip {
                visible: hover.hovered
                text: row.message
                width: Math.min(implicitWidth, 420)
            }
            TapHandler {
                onTapped: root.placeWanted(row.offset)
            }
        }
    }
    Text {
        anchors.left: parent.left
        anchors.leftMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        visible: view.count === 0 && !root.message
        text: root.fine
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
    Text {
        id: said

        objectName: "said"
        anchors.left: parent.left
        anchors.leftMargin: 12
        anchors.right: close.left
        anchors.verticalCenter: parent.verticalCenter
        visible: root.message
        text: root.message
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.smallFontSize
        color: root.messageIsProblem ? Theme.danger : Theme.text
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    IconButton {
        id: close

        anchors.right: parent.right
        anchors.rightMargin: 4
        anchors.top: parent.top
        anchors.topMargin: 2
        visible: root.message
        extent: 22
        iconName: "close"
        tip: qsTr("Dismiss")
        onClicked: root.dismissed()
    }
}

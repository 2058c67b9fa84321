// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// A column in the list of columns: shown or not, and what can be done with it.
Item {
    id: root

    required property int index
    required property FrameColumn column
    required property bool last
    required property bool current
    required property bool focused
    signal chosen
    signal toggled
    signal moveWanted(steps: int)
    signal removeWanted

    height: Theme.controlHeight

    Accessible.role: Accessible.CheckBox
    Accessible.name: root.column.title + ", " + root.column.description
    Accessible.checkable: true
    Accessible.checked: root.column.shown
    Accessible.onPressAction: root.toggled()
    Accessible.onToggleAction: root.toggled()

    Rectangle {
        anchors.fill: parent
        radius: Theme.controlRadius
        color: root.current && root.focused ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
    }
    FocusRing {
        shown: root.current && root.focused
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        gesturePolicy: TapHandler.DragThreshold
        onTapped: {
            root.chosen();
            root.toggled();
        }
    }
    Rectangle {
        x: 8
        anchors.verticalCenter: parent.verticalCenter
        width: 16
        height: 16
        radius: 3
        color: root.column.shown ? Theme.accent : "transparent"
        border.color: root.column.shown ? Theme.accent : Theme.secondary

        Icon {
            anchors.centerIn: parent
            visible: root.column.shown
            size: 12
            icon: "check"
            color: Theme.onAccent
        }
    }
    Text {
        id: title

        x: 32
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, root.width - x - actions.width - 16)
        text: root.column.title
        textFormat: Text.PlainText
        elide: Text.ElideMiddle
        font.family: root.column.path ? Theme.monoFamily : Theme.uiFamily
        font.pixelSize: root.column.path ? Theme.smallFontSize : Theme.fontSize
        color: root.column.shown ? Theme.text : Theme.secondary
    }
    Text {
        anchors.left: title.right
        anchors.leftMargin: 8
        anchors.right: actions.left
        anchors.rightMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.column.path
        text: root.column.description
        textFormat: Text.PlainText
        elide: Text.ElideRight
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
    Row {
        id: actions

        anchors.right: parent.right
        anchors.rightMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        width: visible ? implicitWidth : 0
        visible: hover.hovered || root.current && root.focused

        IconButton {
            objectName: "up"
            extent: 22
            focusPolicy: Qt.NoFocus
            enabled: root.index > 0
            iconName: "chevron-up"
            tip: qsTr("Further to the left")
            shortcut: qsTr("Alt+↑")
            onClicked: root.moveWanted(-1)
        }
        IconButton {
            objectName: "down"
            extent: 22
            focusPolicy: Qt.NoFocus
            enabled: !root.last
            iconName: "chevron-down"
            tip: qsTr("Further to the right")
            shortcut: qsTr("Alt+↓")
            onClicked: root.moveWanted(1)
        }
        IconButton {
            objectName: "remove"
            extent: 22
            focusPolicy: Qt.NoFocus
            visible: root.column.path
            iconName: "close"
            tip: qsTr("Remove this column")
            shortcut: qsTr("Del")
            onClicked: root.removeWanted()
        }
    }
}

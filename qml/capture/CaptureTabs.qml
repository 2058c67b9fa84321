// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// The live traffic, and the captures beside it.
Rectangle {
    id: root

    required property CaptureShelf captures
    required property string liveTitle
    readonly property real tabWidth: Math.min(220, (width - 16) / (view.count + 1))

    implicitHeight: 32
    color: Theme.surface

    Row {
        x: 8
        height: parent.height

        Tab {
            objectName: "liveTab"
            width: root.tabWidth
            title: root.liveTitle
            iconName: "plug"
            shown: root.captures.current < 0
            onClicked: root.captures.current = -1
        }
        Repeater {
            id: view

            model: root.captures

            Tab {
                required property int index
                required property string path

                objectName: "captureTab" + index
                width: root.tabWidth
                iconName: "file"
                closable: true
                shown: root.captures.current === index
                tip: path
                onClicked: root.captures.current = index
                onClosed: root.captures.close(index)
            }
        }
    }
    Hairline {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        color: Theme.border
    }

    component Tab: AbstractButton {
        id: tab

        required property string title
        required property string iconName
        property bool shown: false
        property bool closable: false
        property string tip
        signal closed

        height: root.height
        hoverEnabled: true
        focusPolicy: Qt.StrongFocus
        text: tab.title

        Accessible.role: Accessible.PageTab
        Accessible.name: tab.title
        Accessible.selected: tab.shown
        Accessible.onPressAction: tab.clicked()
        Keys.onReturnPressed: tab.clicked()
        Keys.onDeletePressed: if (tab.closable) tab.closed()

        background: Rectangle {
            color: tab.shown ? Theme.window : tab.hovered ? Theme.hover : "transparent"

            Rectangle {
                visible: tab.shown
                width: parent.width
                height: 2
                color: Theme.accent
            }
            FocusRing {
                shown: tab.visualFocus
                radius: 0
            }
        }
        Icon {
            id: sign

            x: 12
            anchors.verticalCenter: parent.verticalCenter
            size: 14
            icon: tab.iconName
            color: Theme.secondary
        }
        Text {
            anchors.left: sign.right
            anchors.leftMargin: 6
            anchors.right: close.left
            anchors.verticalCenter: parent.verticalCenter
            text: tab.title
            textFormat: Text.PlainText
            elide: Text.ElideMiddle
            font.pixelSize: Theme.smallFontSize
            color: tab.shown ? Theme.text : Theme.secondary
        }
        IconButton {
            id: close

            objectName: "closeTab"
            anchors.right: parent.right
            anchors.rightMargin: 4
            anchors.verticalCenter: parent.verticalCenter
            visible: tab.closable
            extent: 22
            focusPolicy: Qt.NoFocus
            iconName: "close"
            tip: qsTr("Close the capture")
            onClicked: tab.closed()
        }
        Tip {
            visible: tab.hovered && tab.tip
            text: tab.tip
        }
    }
}

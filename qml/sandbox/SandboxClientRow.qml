// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

Item {
    id: root

    required property int index
    required property string title
    required property string who
    required property string traffic
    required property string subscriptions // channels, one in each line
    required property string accessibleName
    required property bool focused
    signal taken
    signal dropped

    implicitHeight: layout.implicitHeight + 14

    Accessible.role: Accessible.ListItem
    Accessible.name: root.accessibleName

    Rectangle {
        anchors.fill: parent
        color: hover.hovered ? Theme.hover : "transparent"
    }
    FocusRing {
        shown: root.focused
        inset: 1
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: root.taken()
    }
    ColumnLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: 12
        anchors.rightMargin: 6
        spacing: 2

        RowLayout {
            spacing: 8

            Text {
                Layout.fillWidth: true
                text: root.title
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.family: Theme.monoFamily
                font.pixelSize: Theme.fontSize
                color: Theme.text
            }
            IconButton {
                extent: 22
                focusPolicy: Qt.NoFocus
                opacity: hover.hovered || root.focused ? 1 : 0.55
                iconName: "unplug"
                tip: qsTr("Cut this connection")
                shortcut: qsTr("Del")
                onClicked: root.dropped()
            }
        }
        Line {
            text: root.who
        }
        Line {
            text: root.traffic
        }
        Line {
            visible: text
            text: root.subscriptions
            font.family: Theme.monoFamily
            color: Theme.text
        }
    }
    Hairline {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
    }

    component Line: Text {
        Layout.fillWidth: true
        Layout.rightMargin: 6
        textFormat: Text.PlainText
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
}

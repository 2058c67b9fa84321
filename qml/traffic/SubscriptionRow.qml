// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

Item {
    id: root

    required property int index
    required property string channel
    required property int subscriptionState
    required property string stateText
    required property string progress
    required property string story
    required property bool expanded
    required property string details
    required property int slot
    required property string countText
    required property string rateText
    required property string error
    required property string nextStep
    required property string accessibleName
    required property bool focused
    signal taken
    signal removed
    signal retried
    signal toggled

    readonly property bool refused: root.subscriptionState === SubscriptionModel.Refused
    // A live subscription can have trouble, too: an event that was not delivered.
    readonly property bool erring: root.refused || root.subscriptionState === SubscriptionModel.Live
    readonly property color stateColor: root.refused ? Theme.danger : root.subscriptionState === SubscriptionModel.Live ? Theme.success : Theme.secondary

    implicitHeight: layout.implicitHeight + 12

    Accessible.role: Accessible.ListItem
    Accessible.name: root.accessibleName
    Accessible.description: root.expanded ? root.error + " " + root.story : root.error

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
    Tip {
        visible: hover.hovered && !root.expanded
        text: root.progress
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
            Layout.fillWidth: true
            spacing: 8

            Glyph {
                Layout.preferredWidth: 14
                slot: root.slot
            }
            Text {
                Layout.fillWidth: true
                text: root.channel
                textFormat: Text.PlainText
                elide: Text.ElideMiddle
                font.family: Theme.monoFamily
                font.pixelSize: Theme.fontSize
                color: Theme.text
            }
            Row {
                IconButton {
                    extent: 22
                    focusPolicy: Qt.NoFocus
                    opacity: hover.hovered || root.focused ? 1 : 0.55
                    iconName: root.expanded ? "chevron-down" : "chevron-right"
                    tip: root.expanded ? qsTr("Show less") : qsTr("When it was requested, acknowledged, first heard of")
                    shortcut: qsTr("Space")
                    onClicked: root.toggled()
                }
                IconButton {
                    visible: root.refused
                    extent: 22
                    focusPolicy: Qt.NoFocus
                    iconName: "retry"
                    tip: qsTr("Try again")
                    shortcut: qsTr("Return")
                    onClicked: root.retried()
                }
                IconButton {
                    extent: 22
                    focusPolicy: Qt.NoFocus
                    opacity: hover.hovered || root.focused ? 1 : 0.55
                    iconName: "close"
                    tip: qsTr("Unsubscribe")
                    shortcut: qsTr("Del")
                    onClicked: root.removed()
                }
            }
        }
        RowLayout {
            Layout.leftMargin: 22
            Layout.rightMargin: 6
            spacing: 8

            Text {
                Layout.fillWidth: true
                text: root.stateText
                font.pixelSize: Theme.smallFontSize
                color: root.stateColor
            }
            Text {
                text: root.rateText
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            Text {
                text: root.countText
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.text
            }
        }
        Note {
            visible: root.erring && text
            text: root.nextStep ? root.error + " " + root.nextStep : root.error
        }
        Note {
            visible: root.expanded && text
            text: root.story
        }
        DetailsBox {
            Layout.fillWidth: true
            Layout.rightMargin: 6
            visible: root.expanded && root.details
            maximumHeight: 120
            name: qsTr("Details of the error")
            text: root.details
        }
    }

    component Note: Text {
        Layout.fillWidth: true
        Layout.leftMargin: 22
        Layout.rightMargin: 6
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
}

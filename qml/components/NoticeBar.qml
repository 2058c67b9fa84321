// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// An error: one sentence, the server's words, the next step; the rest on demand.
Rectangle {
    id: root

    required property string message
    property string serverMessage
    property string nextStep
    property string details
    property string action
    property bool dismissable: false
    property bool framed: false
    property bool detailed: false
    readonly property color lineColor: Qt.tint(Theme.window, Qt.rgba(Theme.danger.r, Theme.danger.g, Theme.danger.b, 0.4))
    signal triggered
    signal dismissed

    visible: root.message
    implicitHeight: visible ? Math.max(lines.implicitHeight, buttons.height) + 16 : 0
    color: Qt.tint(Theme.window, Qt.rgba(Theme.danger.r, Theme.danger.g, Theme.danger.b, 0.1))
    radius: root.framed ? Theme.controlRadius : 0
    border.width: root.framed ? 1 : 0
    border.color: root.lineColor

    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.message + " " + root.serverMessage + " " + root.nextStep

    onMessageChanged: root.detailed = false

    Icon {
        id: sign

        x: 12
        y: 9
        icon: "error"
        color: Theme.danger
    }
    Column {
        id: lines

        anchors.left: sign.right
        anchors.leftMargin: 10
        anchors.right: buttons.left
        anchors.rightMargin: 10
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2

        NoticeLine {
            text: root.message
            font.weight: Font.Medium
        }
        NoticeLine {
            visible: root.serverMessage
            text: qsTr("Reported: “%1”").arg(root.serverMessage)
        }
        NoticeLine {
            visible: root.nextStep
            text: root.nextStep
            color: Theme.secondary
        }
        Item {
            visible: root.detailed
            width: lines.width
            height: box.implicitHeight + 6

            DetailsBox {
                id: box

                objectName: "noticeDetails"
                y: 6
                width: parent.width
                height: implicitHeight
                maximumHeight: Math.max(90, (root.Window.height || 600) * 0.18)
                name: qsTr("Details of the error")
                text: root.detailed ? root.details : ""
            }
        }
    }
    Row {
        id: buttons

        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.top: parent.top
        anchors.topMargin: 8
        spacing: 8

        AppButton {
            objectName: "details"
            visible: root.details
            text: root.detailed ? qsTr("Hide details") : qsTr("Details")
            onClicked: root.detailed = !root.detailed
        }
        AppButton {
            objectName: "noticeAction"
            visible: root.action
            text: root.action
            onClicked: root.triggered()
        }
        IconButton {
            visible: root.dismissable
            iconName: "close"
            tip: qsTr("Dismiss")
            onClicked: root.dismissed()
        }
    }
    Hairline {
        visible: !root.framed
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        color: root.lineColor
    }

    component NoticeLine: Text {
        width: lines.width
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSize
        color: Theme.text
    }
}

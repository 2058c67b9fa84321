// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
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
    property bool detailed: false
    property bool framed: false
    readonly property color lineColor: Qt.tint(Theme.window, Qt.rgba(Theme.danger.r, Theme.danger.g, Theme.danger.b, 0.4))
    signal triggered
    signal dismissed

    visible: root.message
    implicitHeight: visible ? layout.implicitHeight + 16 : 0
    color: Qt.tint(Theme.window, Qt.rgba(Theme.danger.r, Theme.danger.g, Theme.danger.b, 0.1))
    radius: root.framed ? Theme.controlRadius : 0
    border.width: root.framed ? 1 : 0
    border.color: root.lineColor

    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.message + " " + root.serverMessage + " " + root.nextStep

    onMessageChanged: root.detailed = false

    RowLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: 12
        anchors.rightMargin: 8
        spacing: 10

        Icon {
            Layout.alignment: Qt.AlignTop
            icon: "error"
            color: Theme.danger
        }
        ColumnLayout {
            Layout.fillWidth: true
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
            NoticeLine {
                visible: root.detailed
                text: root.details
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
        }
        AppButton {
            visible: root.details
            text: root.detailed ? qsTr("Hide details") : qsTr("Details")
            onClicked: root.detailed = !root.detailed
        }
        AppButton {
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
        Layout.fillWidth: true
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSize
        color: Theme.text
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// One saved profile.
Item {
    id: root

    required property int index
    required property string name
    required property string address
    required property string auth
    required property string secrets
    required property string service
    required property bool isCurrent
    required property bool hasKeyboard
    required property bool isRemoving
    signal chosen
    signal openWanted
    signal editWanted
    signal removalWanted
    signal removalConfirmed
    signal removalRejected

    implicitHeight: root.isRemoving ? question.height + 12 : 44

    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2, %3").arg(root.name).arg(root.address).arg(root.auth)
    Accessible.description: root.secrets
    Accessible.onPressAction: root.openWanted()

    Rectangle {
        anchors.fill: parent
        radius: Theme.controlRadius
        color: root.isCurrent && root.hasKeyboard ? Theme.selection : area.containsMouse ? Theme.hover : "transparent"

        Rectangle {
            visible: root.isCurrent && root.hasKeyboard
            width: 3
            height: parent.height
            color: Theme.accent
        }
    }
    MouseArea {
        id: area

        anchors.fill: parent
        hoverEnabled: true
        onClicked: root.chosen()
        onDoubleClicked: root.openWanted()
    }
    Column {
        anchors.left: parent.left
        anchors.leftMargin: 10
        anchors.right: buttons.left
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.isRemoving
        spacing: 2

        Text {
            width: parent.width
            text: root.name
            textFormat: Text.PlainText
            elide: Text.ElideRight
            font.pixelSize: Theme.fontSize
            font.weight: Font.Medium
            color: Theme.text
        }
        Text {
            width: parent.width
            text: (root.service ? root.service + " · " : "") + qsTr("%1 · %2").arg(root.auth).arg(root.address)
            textFormat: Text.PlainText
            elide: Text.ElideRight
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }
    }
    Row {
        id: buttons

        anchors.right: parent.right
        anchors.rightMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.isRemoving

        IconButton {
            iconName: "edit"
            tip: qsTr("Edit %1").arg(root.name)
            shortcut: qsTr("F2")
            extent: 24
            focusPolicy: Qt.NoFocus
            onClicked: root.editWanted()
        }
        IconButton {
            iconName: "clear"
            tip: qsTr("Remove %1").arg(root.name)
            shortcut: qsTr("Del")
            extent: 24
            focusPolicy: Qt.NoFocus
            onClicked: root.removalWanted()
        }
    }
    Column {
        id: question

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 10
        anchors.verticalCenter: parent.verticalCenter
        visible: root.isRemoving
        spacing: 6

        Text {
            width: parent.width
            text: qsTr("Remove %1 and its secrets from this computer?").arg(root.name)
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSize
            color: Theme.text
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        Row {
            spacing: 8

            AppButton {
                objectName: "confirmRemoval"
                text: qsTr("Remove")
                shortcut: qsTr("Enter")
                tellsShortcut: true
                focusPolicy: Qt.NoFocus
                onClicked: root.removalConfirmed()
            }
            AppButton {
                text: qsTr("Keep")
                shortcut: qsTr("Esc")
                tellsShortcut: true
                focusPolicy: Qt.NoFocus
                onClicked: root.removalRejected()
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// One publish, and the verdict on each of its events.
Item {
    id: root

    required property int index
    required property string summary
    required property int outcome
    required property string place
    required property string progress
    required property string nextStep
    required property string details
    required property bool expanded
    required property var events
    required property string accessibleName
    required property bool focused
    signal taken
    signal toggled

    implicitHeight: layout.implicitHeight + 12

    Accessible.role: Accessible.ListItem
    Accessible.name: root.accessibleName

    FocusRing {
        shown: root.focused
        inset: 1
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
        anchors.rightMargin: 12
        spacing: 2

        RowLayout {
            spacing: 8

            Icon {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 1
                size: 14
                icon: root.outcome === PublishLog.Accepted ? "check" : root.outcome === PublishLog.Pending ? "send"
                    : root.outcome === PublishLog.Partial ? "warning" : "error"
                color: root.outcome === PublishLog.Accepted ? Theme.success : root.outcome === PublishLog.Pending ? Theme.secondary
                    : root.outcome === PublishLog.Partial ? Theme.warning : Theme.danger
            }
            Line {
                text: root.summary
                font.pixelSize: Theme.fontSize
                color: Theme.text
            }
            IconButton {
                objectName: "resultDetails"
                visible: root.details
                extent: 22
                focusPolicy: Qt.NoFocus
                iconName: root.expanded ? "chevron-down" : "chevron-right"
                tip: root.expanded ? qsTr("Hide the answer") : qsTr("The answer as it was on the wire")
                shortcut: qsTr("Space")
                onClicked: root.toggled()
            }
        }
        Line {
            Layout.leftMargin: 22
            text: root.place
            wrapMode: Text.NoWrap
            elide: Text.ElideMiddle
        }
        Line {
            Layout.leftMargin: 22
            text: root.progress
        }
        Line {
            Layout.leftMargin: 22
            visible: text
            text: root.nextStep
        }
        Repeater {
            model: root.events

            ColumnLayout {
                id: event

                required property var modelData

                Layout.leftMargin: 22
                spacing: 0

                Line {
                    text: (event.modelData.accepted ? "✓ " : "✗ ") + (event.modelData.index + 1) + "  " + event.modelData.text
                    wrapMode: event.modelData.accepted ? Text.NoWrap : Text.Wrap
                    elide: Text.ElideRight
                    font.family: Theme.monoFamily
                    color: event.modelData.accepted ? Theme.secondary : Theme.danger
                }
                Line {
                    objectName: "seen"
                    Layout.leftMargin: 14
                    visible: text
                    text: event.modelData.seen
                }
            }
        }

        DetailsBox {
            Layout.fillWidth: true
            Layout.leftMargin: 22
            visible: root.expanded && root.details
            maximumHeight: 140
            name: qsTr("The answer as it was on the wire")
            text: root.details
        }
    }

    component Line: Text {
        Layout.fillWidth: true
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// One publish, and the verdict on each of its events.
Item {
    id: root

    required property string summary
    required property int outcome
    required property string time
    required property string nextStep
    required property var events
    required property string accessibleName

    implicitHeight: layout.implicitHeight + 12

    Accessible.role: Accessible.ListItem
    Accessible.name: root.accessibleName

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
                color: Theme.text
            }
            Text {
                Layout.alignment: Qt.AlignTop
                text: root.time
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
        }
        Line {
            Layout.leftMargin: 22
            visible: text
            text: root.nextStep
        }
        Repeater {
            model: root.events

            Line {
                required property var modelData

                Layout.leftMargin: 22
                text: (modelData.accepted ? "✓ " : "✗ ") + (modelData.index + 1) + "  " + modelData.text
                font.family: Theme.monoFamily
                color: modelData.accepted ? Theme.secondary : Theme.danger
            }
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

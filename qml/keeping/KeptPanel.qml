// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// How much traffic is kept in memory and on disk, what became of the rest, and where that is set.
FloatingPanel {
    id: root

    required property Session session
    required property Retention retention

    objectName: "keptPanel"
    padding: 16
    onOpened: memory.forceActiveFocus(Qt.PopupFocusReason)

    ColumnLayout {
        anchors.fill: parent
        spacing: 12

        PaneTitle {
            text: qsTr("Kept traffic")
        }
        Text {
            Layout.fillWidth: true
            objectName: "keptText"
            text: root.session.keptText
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSize
            color: Theme.text
        }
        KeptGauge {
            Layout.fillWidth: true
            Layout.topMargin: -4
            share: root.session.keptShare
        }
        GridLayout {
            columns: 2
            columnSpacing: 12
            rowSpacing: 8

            Label {
                text: qsTr("Memory for traffic")
            }
            Select {
                id: memory

                objectName: "memoryBudget"
                Layout.fillWidth: true
                name: qsTr("Memory for traffic")
                model: root.retention.memoryNames
                choice: root.retention.memory
                onChosen: index => root.retention.memory = index
            }
            Label {
                text: qsTr("Size of a recording")
            }
            Select {
                objectName: "recordingSize"
                Layout.fillWidth: true
                name: qsTr("Size of a recording")
                model: root.retention.sizeNames
                choice: root.retention.size
                onChosen: index => root.retention.size = index
            }
            Label {
                text: qsTr("Age of what is recorded")
            }
            Select {
                objectName: "recordingAge"
                Layout.fillWidth: true
                name: qsTr("Age of what is recorded")
                model: root.retention.ageNames
                choice: root.retention.age
                onChosen: index => root.retention.age = index
            }
        }
        Repeater {
            model: root.session.keepingTexts

            Text {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
        Remark {
            Layout.fillWidth: true
            text: qsTr("What leaves memory stays in the recording, and can be saved. The recording goes when the connection is left.")
        }
    }

    component Label: Text {
        font.pixelSize: Theme.fontSize
        color: Theme.text
        Accessible.ignored: true
    }
}

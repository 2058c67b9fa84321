// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What a test of the connection found, a step a line.
Rectangle {
    id: root

    required property ConnectionTest test
    readonly property color tint: root.test.isRunning ? Theme.secondary : root.test.hasFailed ? Theme.danger : Theme.success

    visible: root.test.isShown
    implicitHeight: visible ? layout.implicitHeight + 16 : 0
    radius: Theme.controlRadius
    color: Theme.surface
    border.color: Theme.border

    ColumnLayout {
        id: layout

        anchors.fill: parent
        anchors.margins: 8
        spacing: 4

        RowLayout {
            spacing: 8

            Text {
                Layout.fillWidth: true
                objectName: "testVerdict"
                text: root.test.verdict
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSize
                font.weight: Font.Medium
                color: root.tint
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
            IconButton {
                iconName: "close"
                tip: root.test.isRunning ? qsTr("Give up the test") : qsTr("Hide the test")
                onClicked: root.test.dismiss()
            }
        }
        Repeater {
            model: root.test.steps

            Step {}
        }
    }

    component Step: RowLayout {
        id: step

        required property var modelData
        readonly property bool failed: modelData.outcome === "failed"
        readonly property bool ok: modelData.outcome === "ok"

        spacing: 8

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 1
            size: 14
            icon: step.failed ? "error" : step.ok ? "check" : "chevron-right"
            color: step.failed ? Theme.danger : step.ok ? Theme.success : Theme.disabled
        }
        Text {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: 84
            text: step.modelData.name
            font.pixelSize: Theme.smallFontSize
            color: step.failed || step.ok ? Theme.text : Theme.disabled
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Remark {
                Layout.fillWidth: true
                text: step.modelData.text
                color: step.failed ? Theme.text : Theme.secondary
            }
            Remark {
                Layout.fillWidth: true
                visible: text
                text: step.modelData.nextStep
            }
            Remark {
                Layout.fillWidth: true
                visible: text
                text: step.modelData.likely
                color: Theme.text
            }
            Text {
                Layout.fillWidth: true
                Layout.topMargin: 4
                visible: text
                objectName: "signatureDifference"
                text: step.modelData.difference
                textFormat: Text.PlainText
                wrapMode: Text.WrapAnywhere
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
        }
        Text {
            Layout.alignment: Qt.AlignTop
            text: step.modelData.time
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What the pasted address means, or why it means nothing. Keeps its height, so that nothing jumps.
Item {
    id: root

    required property ConnectionForm form
    readonly property color tint: root.form.isEmpty ? Theme.secondary : root.form.isValid ? Theme.success : Theme.danger

    implicitHeight: Math.max(38, texts.implicitHeight + 4)

    Accessible.role: Accessible.StaticText
    Accessible.name: title.text + " " + step.text

    RowLayout {
        anchors.fill: parent
        spacing: 8

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 2
            visible: !root.form.isEmpty
            size: 14
            icon: root.form.isValid ? "check" : "error"
            color: root.tint
        }
        ColumnLayout {
            id: texts

            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            spacing: 2

            Text {
                id: title

                Layout.fillWidth: true
                text: root.form.isEmpty ? qsTr("Paste the HTTP or realtime URL of an Event or GraphQL API, or its host.")
                    : root.form.isValid ? root.form.httpUrl : root.form.problem.message
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.family: root.form.isValid ? Theme.monoFamily : Theme.uiFamily
                font.pixelSize: Theme.smallFontSize
                color: root.tint
            }
            Text {
                id: step

                Layout.fillWidth: true
                visible: text
                text: root.form.problem.nextStep
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
        }
    }
}

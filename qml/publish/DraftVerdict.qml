// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Under the editor: how the text is meant, how much it is, and what is wrong with it.
Item {
    id: root

    required property PublishDraft draft
    readonly property string problem: root.draft.channelProblem || root.draft.textProblem || root.draft.limitProblem

    implicitHeight: layout.implicitHeight + 8

    ColumnLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: 8
        anchors.rightMargin: 12
        spacing: 4

        RowLayout {
            spacing: 12

            Segments {
                objectName: "shape"
                name: qsTr("Send the text as")
                tip: qsTr("One event: the text is one JSON value. Batch: the text is an array, each element an event.")
                options: [qsTr("One event"), qsTr("Batch")]
                current: root.draft.shape
                onChosen: index => root.draft.shape = index
            }
            Meter {
                Layout.fillWidth: true
                narrow: root.width < 470
                draft: root.draft
            }
            IconButton {
                iconName: "format"
                tip: qsTr("Indent the text")
                enabled: root.draft.eventCount > 0
                onClicked: root.draft.format()
            }
        }
        RowLayout {
            visible: verdict.text
            spacing: 8

            Icon {
                visible: root.problem
                size: 14
                icon: "error"
                color: Theme.danger
            }
            Text {
                id: verdict

                objectName: "verdict"
                Layout.fillWidth: true
                text: root.problem || root.draft.hint
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.smallFontSize
                color: root.problem ? Theme.danger : Theme.secondary
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            AppButton {
                objectName: "sendAnyway"
                visible: root.draft.limitProblem && root.draft.canSendAnyway
                text: qsTr("Send anyway")
                tip: qsTr("Send it to see the service's own answer")
                onClicked: root.draft.sendAnyway()
            }
        }
    }
}

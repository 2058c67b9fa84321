// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The buttons of a replay; the question before it, its progress, and how it ended.
FocusScope {
    id: root

    required property Replay replay
    readonly property int phase: root.replay.phase
    readonly property bool editing: root.phase === Replay.Editing
    readonly property bool confirming: root.phase === Replay.Confirming
    readonly property bool paused: root.phase === Replay.Paused

    implicitHeight: lines.implicitHeight + 24

    // The button that had the keyboard goes; the one that does no harm gets it.
    onEditingChanged: if (root.activeFocus) (root.editing ? start : take).forceActiveFocus(Qt.TabFocusReason)
    onConfirmingChanged: if (root.confirming) take.forceActiveFocus(Qt.TabFocusReason)

    ColumnLayout {
        id: lines

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 12
        spacing: 8

        Text {
            objectName: "replayQuestion"
            Layout.fillWidth: true
            visible: root.replay.question
            text: root.replay.question
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSize
            font.weight: Font.Medium
            color: Theme.text
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text + " " + root.replay.questionText
        }
        Remark {
            Layout.fillWidth: true
            visible: root.replay.question
            text: root.replay.questionText
            maximumLineCount: 12
            elide: Text.ElideRight
        }
        Rectangle {
            Layout.fillWidth: true
            visible: !root.editing && !root.confirming
            implicitHeight: 4
            radius: 2
            color: Theme.border

            Accessible.role: Accessible.ProgressBar
            Accessible.name: root.replay.progressText

            Rectangle {
                width: parent.width * Math.min(1, root.replay.progress)
                height: parent.height
                radius: 2
                color: root.phase === Replay.Waiting ? Theme.warning : Theme.accent
            }
        }
        Remark {
            objectName: "replayProgress"
            Layout.fillWidth: true
            visible: !root.editing && !root.confirming
            color: Theme.text
            text: root.replay.progressText
        }
        Remark {
            objectName: "replayNext"
            Layout.fillWidth: true
            visible: text && !root.editing
            maximumLineCount: 2
            elide: Text.ElideRight
            color: root.phase === Replay.Waiting ? Theme.warning : Theme.secondary
            text: root.replay.nextText
        }
        RowLayout {
            visible: root.replay.summary && root.editing
            spacing: 8

            Icon {
                Layout.alignment: Qt.AlignTop
                size: 14
                icon: root.replay.succeeded ? "check" : "warning"
                color: root.replay.succeeded ? Theme.success : Theme.warning
            }
            Remark {
                objectName: "replaySummary"
                Layout.fillWidth: true
                color: Theme.text
                text: root.replay.summary
                Accessible.role: Accessible.AlertMessage
            }
        }
        DetailsBox {
            objectName: "replayFailures"
            Layout.fillWidth: true
            visible: root.replay.failures.length > 0
            maximumHeight: 90
            name: qsTr("What was refused")
            text: Array.from(root.replay.failures).join("\n")
        }
        Remark {
            objectName: "replayObstacle"
            Layout.fillWidth: true
            visible: text && root.editing && !root.replay.refusal.message
            color: Theme.warning
            text: root.replay.obstacle
        }
        RowLayout {
            spacing: 8

            AppButton {
                id: start

                objectName: "replayStart"
                visible: root.editing
                primary: true
                enabled: !root.replay.obstacle
                iconName: "play"
                text: root.replay.summary ? qsTr("Start again") : qsTr("Start")
                onClicked: root.replay.begin()
            }
            AppButton {
                objectName: "replayConfirm"
                visible: root.confirming
                primary: true
                iconName: "send"
                text: qsTr("Publish them")
                onClicked: root.replay.confirm()
            }
            AppButton {
                objectName: "replayPause"
                visible: root.phase === Replay.Running || root.phase === Replay.Waiting || root.paused
                iconName: root.paused ? "play" : "pause"
                text: root.paused ? qsTr("Go on") : qsTr("Pause")
                onClicked: root.paused ? root.replay.resume() : root.replay.pause()
            }
            AppButton {
                id: take

                objectName: "replayStop"
                visible: !root.editing
                iconName: root.confirming ? "" : "stop"
                text: root.confirming ? qsTr("Cancel") : qsTr("Stop")
                tip: root.confirming ? "" : qsTr("Nothing more is sent, from now on")
                onClicked: root.replay.stop()
            }
        }
    }
}

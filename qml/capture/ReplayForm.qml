// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What is replayed where, how fast, and how its events are rewritten.
FocusScope {
    id: root

    required property Replay replay

    implicitHeight: lines.implicitHeight + 24

    ColumnLayout {
        id: lines

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 12
        spacing: 6

        Heading {
            text: qsTr("Events")
        }
        Remark {
            objectName: "replayAmount"
            Layout.fillWidth: true
            text: root.replay.amountText
        }
        Heading {
            text: qsTr("To")
        }
        Segments {
            objectName: "replayTarget"
            focus: true
            name: qsTr("Where the events go")
            options: root.replay.sessionTitle ? [qsTr("Sandbox"), root.replay.sessionTitle] : [qsTr("Sandbox")]
            current: root.replay.target
            onChosen: index => root.replay.target = index
        }
        Remark {
            objectName: "replayTargetText"
            Layout.fillWidth: true
            text: root.replay.targetText
        }
        Heading {
            text: qsTr("Channels")
        }
        Segments {
            objectName: "replayChannels"
            name: qsTr("Which channels")
            options: [qsTr("Each on its own"), qsTr("All on one")]
            current: root.replay.oneChannel ? 1 : 0
            onChosen: index => root.replay.oneChannel = index === 1
        }
        Field {
            id: channel

            objectName: "replayChannel"
            Layout.fillWidth: true
            visible: root.replay.oneChannel
            mono: true
            invalid: text && root.replay.channelProblem
            placeholderText: qsTr("namespace/channel")
            text: root.replay.channel
            onTextEdited: root.replay.channel = text
            Accessible.name: qsTr("Channel for all events")
            Accessible.description: root.replay.channelProblem
        }
        Mistake {
            visible: channel.visible && channel.invalid
            text: root.replay.channelProblem
        }
        ListView {
            id: channels

            objectName: "replayChannelList"
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(contentHeight, 230)
            visible: !root.replay.oneChannel
            clip: true
            cacheBuffer: 0
            interactive: contentHeight > height
            boundsBehavior: Flickable.StopAtBounds
            model: root.replay.channels
            ScrollBar.vertical: SlimScrollBar {}
            delegate: ReplayChannelRow {
                width: channels.width - 8
                onTargetEdited: target => root.replay.channels.setTarget(index, target)
            }
        }
        Heading {
            text: qsTr("Speed")
        }
        RowLayout {
            spacing: 8

            Select {
                objectName: "replaySpeed"
                Layout.preferredWidth: 170
                name: qsTr("How fast")
                model: root.replay.speeds
                choice: root.replay.speed
                onChosen: index => root.replay.speed = index
            }
            Remark {
                Layout.fillWidth: true
                text: root.replay.durationText
            }
        }
        Heading {
            text: qsTr("Rewrite each event (optional)")
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 84
            radius: Theme.controlRadius
            color: Theme.window
            border.width: editor.textArea.activeFocus ? 2 : 1
            border.color: editor.textArea.activeFocus ? Theme.accent : root.replay.rewritingProblem ? Theme.danger : Theme.border

            CodeArea {
                id: editor

                objectName: "replayTemplate"
                anchors.fill: parent
                anchors.margins: 1
                name: qsTr("Template for the events")
                placeholderText: '{"replayed": "{{now}}",\n "score": {{event.score}},\n "was": {{event}}}'
                colored: false
                errorPosition: root.replay.rewritingPosition
                onTextChanged: root.replay.rewriting = text
                Component.onCompleted: text = root.replay.rewriting
            }
        }
        Mistake {
            objectName: "replayTemplateProblem"
            visible: text
            text: root.replay.rewritingProblem
        }
        Remark {
            Layout.fillWidth: true
            visible: editor.text && !root.replay.rewritingProblem
            text: qsTr("{{event}} is the event as it was, {{event.score}} a member of it, {{channel}} and {{time}} where and when it was; {{seq}}, {{now}} and {{uuid}} are new.")
        }
        Heading {
            text: qsTr("The first one")
            visible: root.replay.preview
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(110, preview.implicitHeight + 16)
            visible: root.replay.preview
            radius: Theme.controlRadius
            color: Theme.window
            border.color: Theme.divider
            clip: true

            Text {
                id: preview

                objectName: "replayPreview"
                x: 8
                y: 8
                width: parent.width - 16
                text: root.replay.preview
                textFormat: Text.PlainText
                wrapMode: Text.WrapAnywhere
                maximumLineCount: 6
                elide: Text.ElideRight
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.text
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("The first event as it goes out: %1").arg(text)
            }
        }
    }

    component Heading: Text {
        Layout.topMargin: 8
        textFormat: Text.PlainText
        font.pixelSize: Theme.fontSize
        font.weight: Font.Medium
        color: Theme.text
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    component Mistake: Remark {
        Layout.fillWidth: true
        color: Theme.danger
    }
}

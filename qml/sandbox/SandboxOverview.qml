// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Where the sandbox listens, what it plays, what it counted and what it refused.
FocusScope {
    id: root

    required property Sandbox sandbox
    readonly property var speeds: [0.5, 1, 2, 5, 10]

    Flickable {
        id: view

        anchors.fill: parent
        contentHeight: layout.implicitHeight + 24
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        ColumnLayout {
            id: layout

            x: 12
            y: 12
            width: view.width - 24
            spacing: 12

            PairTable {
                Layout.fillWidth: true
                visible: root.sandbox.running
                mono: true
                nameWidth: 92
                pairs: root.sandbox.facts
            }
            RowLayout {
                visible: root.sandbox.running
                spacing: 8

                Remark {
                    Layout.fillWidth: true
                    text: qsTr("Other programs of this computer can use it too.")
                }
                AppButton {
                    objectName: "copyEnvironment"
                    iconName: "copy"
                    text: qsTr("Copy as .env")
                    tip: qsTr("Address, region and key as lines of an .env file")
                    onClicked: root.sandbox.copyEnvironment()
                }
            }
            Hairline {
                Layout.fillWidth: true
            }
            PaneTitle {
                text: qsTr("Scenario")
            }
            RowLayout {
                spacing: 8

                Select {
                    objectName: "scenario"
                    Layout.fillWidth: true
                    name: qsTr("Scenario")
                    model: root.sandbox.scenarios
                    choice: root.sandbox.scenario
                    onChosen: index => root.sandbox.play(index)
                }
                AppButton {
                    objectName: "playScenario"
                    enabled: root.sandbox.running
                    iconName: root.sandbox.playing ? "stop" : "play"
                    text: root.sandbox.playing ? qsTr("Stop") : qsTr("Play")
                    tip: root.sandbox.playing ? qsTr("Its actors publish no more") : qsTr("From its beginning")
                    onClicked: root.sandbox.playing ? root.sandbox.pause() : root.sandbox.play(root.sandbox.scenario)
                }
            }
            Remark {
                Layout.fillWidth: true
                visible: text
                text: root.sandbox.scenarioText
            }
            RowLayout {
                spacing: 8

                Text {
                    text: qsTr("Speed")
                    font.pixelSize: Theme.fontSize
                    color: Theme.secondary
                }
                Segments {
                    objectName: "scenarioSpeed"
                    name: qsTr("Speed of the scenario")
                    options: ["0.5×", "1×", "2×", "5×", "10×"]
                    current: root.speeds.indexOf(root.sandbox.speed)
                    onChosen: index => root.sandbox.speed = root.speeds[index]
                }
            }
            Hairline {
                Layout.fillWidth: true
            }
            PaneTitle {
                text: qsTr("Counted since the start")
            }
            Column {
                Layout.fillWidth: true

                Repeater {
                    model: root.sandbox.counters

                    SandboxCounter {
                        width: layout.width
                    }
                }
            }
            Remark {
                Layout.fillWidth: true
                visible: root.sandbox.counters.count === 0
                text: qsTr("Nothing yet: connections, subscriptions and events are counted here, with the names of CloudWatch's metrics.")
            }
            Hairline {
                Layout.fillWidth: true
                visible: root.sandbox.journal
            }
            RowLayout {
                visible: root.sandbox.journal
                spacing: 8

                PaneTitle {
                    Layout.fillWidth: true
                    text: qsTr("Refused")
                }
                IconButton {
                    iconName: "clear"
                    tip: qsTr("Clear this list")
                    onClicked: root.sandbox.clearJournal()
                }
            }
            DetailsBox {
                objectName: "sandboxJournal"
                visible: root.sandbox.journal
                Layout.fillWidth: true
                maximumHeight: 220
                name: qsTr("What was refused, and why")
                text: root.sandbox.journal
            }
        }
    }
}

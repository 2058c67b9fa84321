// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Latencies as bars, the short ones left, with their percentiles in words.
Item {
    id: root

    required property string title
    required property var latencies // see Statistics.answers
    required property color tint
    required property string emptyText
    readonly property bool some: root.latencies.count > 0

    Accessible.role: Accessible.Chart
    Accessible.name: root.some ? qsTr("%1: half within %2, 90 of 100 within %3, 99 of 100 within %4, longest %5, %6 in all").arg(root.title).arg(root.latencies.p50).arg(root.latencies.p90).arg(root.latencies.p99).arg(root.latencies.greatest).arg(root.latencies.text) : root.emptyText

    Flow {
        id: facts

        x: 12
        y: 4
        width: parent.width - 24
        spacing: 14

        Fact {
            label: root.title
            value: ""
            strong: true
        }
        Fact {
            label: "p50"
            value: root.latencies.p50
        }
        Fact {
            label: "p90"
            value: root.latencies.p90
        }
        Fact {
            label: "p99"
            value: root.latencies.p99
        }
        Fact {
            label: qsTr("max")
            value: root.latencies.greatest
        }
        Fact {
            label: qsTr("count")
            value: root.latencies.text
        }
    }
    Item {
        id: plot

        readonly property int count: root.latencies.bars.length
        readonly property real slot: Math.min(28, width / Math.max(1, count))

        anchors.fill: parent
        anchors.topMargin: facts.height + 12
        anchors.leftMargin: 12
        anchors.rightMargin: 12
        anchors.bottomMargin: 24
        visible: root.some

        Repeater {
            model: root.latencies.bars

            Item {
                id: bar

                required property var modelData
                required property int index

                x: index * plot.slot
                width: plot.slot
                height: plot.height

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: Math.max(1, parent.width - 1)
                    // What is there at all must be seen.
                    height: bar.modelData.share > 0 ? Math.max(2, parent.height * bar.modelData.share) : 0
                    color: root.tint
                    opacity: over.hovered ? 1 : 0.8
                }
                HoverHandler {
                    id: over
                }
                Tip {
                    visible: over.hovered
                    delay: 0
                    text: bar.modelData.text
                }
            }
        }
        Rectangle {
            y: parent.height
            width: Math.max(1, plot.count * plot.slot)
            height: 1
            color: Theme.border
        }
        Edge {
            x: 0
            text: root.latencies.least
        }
        Edge {
            x: Math.max(leastRoom, plot.count * plot.slot - width)
            text: root.latencies.greatest
            visible: plot.count > 1

            readonly property real leastRoom: 72
        }
    }
    EmptyState {
        anchors.fill: parent
        anchors.topMargin: facts.height
        visible: !root.some
        icon: "chart"
        text: root.emptyText
    }

    component Edge: Text {
        y: plot.height + 4
        font.pixelSize: 11
        color: Theme.secondary
    }
    component Fact: Row {
        property string label
        property string value
        property bool strong: false

        visible: strong || root.some
        spacing: 5

        Text {
            text: parent.label
            font.pixelSize: Theme.smallFontSize
            color: parent.strong ? Theme.text : Theme.secondary
        }
        Text {
            text: parent.value
            font.pixelSize: Theme.smallFontSize
            color: Theme.text
        }
    }
}

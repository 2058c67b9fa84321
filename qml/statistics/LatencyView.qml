// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// How long answers took, and how long published events took until they were seen again.
GridLayout {
    id: root

    required property Statistics statistics

    columns: width >= 560 ? 2 : 1
    columnSpacing: 0
    rowSpacing: 0

    LatencyHistogram {
        objectName: "answerLatencies"
        Layout.fillWidth: true
        Layout.fillHeight: true
        title: qsTr("Answered after")
        latencies: root.statistics.answers
        tint: Theme.subscriptionColors[2]
        emptyText: qsTr("No publish or request was answered yet.")
    }
    LatencyHistogram {
        objectName: "echoLatencies"
        Layout.fillWidth: true
        Layout.fillHeight: true
        title: qsTr("Seen again after")
        latencies: root.statistics.echoes
        tint: Theme.subscriptionColors[3]
        emptyText: qsTr("Nothing that was published here was seen on a subscription of this connection yet.")
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// How far a capture is counted, and that it was not counted to its end.
RowLayout {
    id: root

    required property Statistics statistics
    readonly property CaptureJob job: root.statistics.job
    readonly property bool running: root.job !== null && root.job.running

    visible: root.running || root.statistics.canReadAgain
    spacing: 8

    Remark {
        objectName: "statisticsRemark"
        Layout.fillWidth: true
        text: root.running && !root.statistics.remark ? qsTr("Reading the numbers…") : root.statistics.remark
        color: root.running ? Theme.secondary : Theme.warning
    }
    Rectangle {
        visible: root.running
        implicitWidth: 120
        implicitHeight: 4
        radius: 2
        color: Theme.border
        Accessible.role: Accessible.ProgressBar
        Accessible.name: qsTr("%1 percent").arg(Math.round(100 * (root.job?.progress ?? 0)))

        Rectangle {
            width: parent.width * (root.job?.progress ?? 0)
            height: parent.height
            radius: 2
            color: Theme.accent
        }
    }
    AppButton {
        objectName: "statisticsCancel"
        visible: root.running
        text: qsTr("Stop")
        onClicked: root.job.cancel()
    }
    AppButton {
        objectName: "statisticsReadAgain"
        visible: !root.running && root.statistics.canReadAgain
        iconName: "retry"
        text: qsTr("Count all of it")
        onClicked: root.statistics.readAgain()
    }
}

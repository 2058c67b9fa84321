// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// How much passed when, how long answers took, and what became of what was published.
FocusScope {
    id: root

    required property Statistics statistics
    property int page: StatisticsPane.Time
    readonly property bool narrow: width < 620
    signal closeWanted
    signal leaveWanted

    enum Page {
        Time,
        Latency,
        Published
    }

    function takeFocus() {
        if (root.page === StatisticsPane.Time)
            chart.forceActiveFocus(Qt.ShortcutFocusReason);
        else if (root.page === StatisticsPane.Published)
            published.forceActiveFocus(Qt.ShortcutFocusReason);
        else
            pages.forceActiveFocus(Qt.ShortcutFocusReason);
    }
    function showTime() {
        root.page = StatisticsPane.Time;
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        PaneBar {
            Layout.fillWidth: true
            title: root.narrow ? "" : qsTr("Statistics")
            leading: [
                Segments {
                    id: pages

                    anchors.verticalCenter: parent?.verticalCenter
                    objectName: "statisticsPages"
                    name: qsTr("Statistics")
                    options: [qsTr("Time"), qsTr("Latency"), qsTr("Published")]
                    current: root.page
                    onChosen: index => root.page = index
                }
            ]

            AppButton {
                anchors.verticalCenter: parent.verticalCenter
                objectName: "clearRange"
                visible: root.statistics.hasRange
                iconName: "close"
                text: root.narrow ? "" : qsTr("All times")
                tip: qsTr("Take the range of time out of the filter")
                shortcut: qsTr("Esc")
                onClicked: root.statistics.clearRange()
            }
            PlotField {
                anchors.verticalCenter: parent.verticalCenter
                width: root.narrow ? 150 : 210
                visible: root.page === StatisticsPane.Time
                statistics: root.statistics
            }
            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                objectName: "closeStatistics"
                iconName: "close"
                tip: qsTr("Hide the statistics")
                shortcut: qsTr("Ctrl+Shift+S")
                onClicked: root.closeWanted()
            }
        }
        StatisticsProgress {
            Layout.fillWidth: true
            Layout.leftMargin: 12
            Layout.rightMargin: 12
            statistics: root.statistics
        }
        Remark {
            objectName: "plotRemark"
            Layout.fillWidth: true
            Layout.leftMargin: 12
            Layout.rightMargin: 12
            Layout.bottomMargin: 4
            visible: root.page === StatisticsPane.Time && text
            text: root.statistics.plotProblem || root.statistics.plotRemark
            color: root.statistics.plotProblem ? Theme.danger : Theme.secondary
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            TimeView {
                id: chart

                anchors.fill: parent
                visible: root.page === StatisticsPane.Time && !root.statistics.empty
                focus: root.page === StatisticsPane.Time
                statistics: root.statistics
                onLeaveWanted: root.leaveWanted()
            }
            LatencyView {
                anchors.fill: parent
                visible: root.page === StatisticsPane.Latency && !root.statistics.empty
                statistics: root.statistics
            }
            LedgerList {
                id: published

                anchors.fill: parent
                visible: root.page === StatisticsPane.Published
                focus: root.page === StatisticsPane.Published
                ledger: root.statistics.ledger
            }
            EmptyState {
                anchors.fill: parent
                objectName: "statisticsEmpty"
                visible: root.page !== StatisticsPane.Published && root.statistics.empty && !(root.statistics.job && root.statistics.job.running)
                icon: "chart"
                text: root.statistics.remark
            }
        }
    }
}

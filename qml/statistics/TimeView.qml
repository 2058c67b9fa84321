// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// The chart, what is looked at on it, and the values there in words above.
FocusScope {
    id: root

    required property Statistics statistics
    signal leaveWanted

    Text {
        id: words

        objectName: "statisticsWords"
        anchors.left: parent.left
        anchors.leftMargin: 12
        anchors.right: showAll.visible ? showAll.left : parent.right
        anchors.rightMargin: 12
        height: 22
        verticalAlignment: Text.AlignVCenter
        text: chart.words || root.statistics.summary
        textFormat: Text.PlainText
        elide: Text.ElideRight
        font.pixelSize: Theme.smallFontSize
        color: chart.words ? Theme.text : Theme.secondary
        Accessible.role: Accessible.StaticText
        Accessible.name: text

        HoverHandler {
            id: over
        }
        Tip {
            visible: over.hovered && words.truncated
            width: Math.min(implicitWidth, root.width - 24)
            text: words.text
        }
    }
    IconButton {
        id: showAll

        objectName: "showAllTime"
        anchors.right: parent.right
        anchors.rightMargin: 8
        extent: 22
        visible: chart.zoomed
        iconName: "back"
        tip: qsTr("Show all of the time")
        shortcut: qsTr("0")
        onClicked: chart.showAll()
    }
    TimeChart {
        id: chart

        objectName: "timeChart"
        anchors.fill: parent
        anchors.topMargin: words.height
        anchors.bottomMargin: 2
        focus: true
        statistics: root.statistics
        onLeaveWanted: root.leaveWanted()

        Accessible.role: Accessible.Chart
        Accessible.focusable: true
        Accessible.name: qsTr("Statistics over time")
        Accessible.description: chart.words || root.statistics.summary

        Rectangle {
            objectName: "timeRange"
            x: chart.rangeX
            y: chart.plotTop
            width: chart.rangeWidth
            height: chart.plotHeight
            visible: width > 0
            color: Qt.alpha(Theme.accent, 0.14)

            Rectangle {
                width: 1
                height: parent.height
                color: Theme.accent
            }
            Rectangle {
                anchors.right: parent.right
                width: 1
                height: parent.height
                color: Theme.accent
            }
        }
        Rectangle {
            objectName: "timeCursor"
            x: Math.round(chart.cursorX)
            y: chart.plotTop
            width: 1
            height: chart.plotHeight
            visible: chart.cursorX >= 0
            color: Theme.secondary
        }
        FocusRing {
            shown: chart.activeFocus
            radius: 0
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Whose numbers are drawn over time.
Field {
    id: root

    required property Statistics statistics

    objectName: "plotPath"
    mono: true
    font.pixelSize: Theme.smallFontSize
    rightPadding: clear.visible ? 30 : 8
    invalid: root.statistics.plotProblem
    placeholderText: qsTr("Plot: %1").arg("event.score")
    Accessible.name: qsTr("Place in events whose numbers are drawn over time")
    Accessible.description: root.statistics.plotProblem

    onAccepted: root.statistics.plotPath = root.text
    onEditingFinished: root.statistics.plotPath = root.text
    Keys.onEscapePressed: root.clearPath()

    function clearPath() {
        root.text = "";
        root.statistics.plotPath = "";
    }

    Tip {
        visible: root.hovered && !root.activeFocus
        text: qsTr("The numbers at this place in events, drawn over time")
    }
    IconButton {
        id: clear

        objectName: "clearPlot"
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        visible: root.text
        focusPolicy: Qt.NoFocus
        iconName: "close"
        tip: qsTr("Draw no numbers")
        shortcut: qsTr("Esc")
        onClicked: root.clearPath()
    }
    Connections {
        target: root.statistics

        function onPlotChanged() {
            root.text = root.statistics.plotPath;
        }
    }
    Component.onCompleted: root.text = root.statistics.plotPath
}

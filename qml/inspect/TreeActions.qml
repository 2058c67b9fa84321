// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope.Ui

// What can be done with the current row of a tree at a click.
Row {
    id: root

    property string path
    property bool branch: false
    signal filterWanted
    signal pathWanted
    signal copyWanted

    IconButton {
        objectName: "filterByValue"
        visible: root.path
        extent: 22
        focusPolicy: Qt.NoFocus
        iconName: "filter"
        tip: root.branch ? qsTr("Show the rows that have it") : qsTr("Show the rows with this value")
        shortcut: qsTr("Return")
        onClicked: root.filterWanted()
    }
    IconButton {
        visible: root.path
        extent: 22
        focusPolicy: Qt.NoFocus
        iconName: "list"
        tip: qsTr("Copy the path: %1").arg(root.path)
        onClicked: root.pathWanted()
    }
    IconButton {
        extent: 22
        focusPolicy: Qt.NoFocus
        iconName: "copy"
        tip: qsTr("Copy the value as written")
        shortcut: qsTr("Ctrl+C")
        onClicked: root.copyWanted()
    }
}

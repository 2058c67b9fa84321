// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// What can be done with a text and what is selected of it.
AppMenu {
    id: root

    required property TextSelection selection
    signal copyWanted(string text) // empty: all, as received

    objectName: "textMenu"

    AppMenuItem {
        objectName: "copySelection"
        iconName: "copy"
        enabled: root.selection.selected
        text: qsTr("Copy")
        shortcut: qsTr("Ctrl+C")
        onTriggered: root.copyWanted(root.selection.text())
    }
    AppMenuItem {
        objectName: "copyReceived"
        text: qsTr("Copy the payload as received")
        onTriggered: root.copyWanted("")
    }
    AppMenuLine {}
    AppMenuItem {
        text: qsTr("Select all")
        shortcut: qsTr("Ctrl+A")
        onTriggered: root.selection.selectAll()
    }
}

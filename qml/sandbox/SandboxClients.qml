// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// Who is connected, as whom, and subscribed to what.
FocusScope {
    id: root

    required property Sandbox sandbox

    ListView {
        id: list

        objectName: "sandboxClients"
        anchors.fill: parent
        focus: true
        clip: true
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        model: root.sandbox.clients
        ScrollBar.vertical: SlimScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Connected clients")

        delegate: SandboxClientRow {
            width: list.width
            focused: list.activeFocus && ListView.isCurrentItem
            onTaken: {
                list.currentIndex = index;
                list.forceActiveFocus(Qt.MouseFocusReason);
            }
            onDropped: root.sandbox.clients.drop(index)
        }
        Keys.onDeletePressed: root.sandbox.clients.drop(list.currentIndex)
    }
    EmptyState {
        anchors.fill: parent
        visible: list.count === 0
        icon: root.sandbox.running ? "plug" : "flask"
        text: root.sandbox.running ? qsTr("Nobody is connected. This program and any other that connects to %1 appear here.").arg(root.sandbox.addressText)
            : qsTr("The sandbox is stopped, so nobody can be connected.")
        action: root.sandbox.running ? "" : qsTr("Start the sandbox")
        onTriggered: root.sandbox.start()
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What the sandbox does wrong on purpose, at a click.
FocusScope {
    id: root

    required property Sandbox sandbox

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.margins: 12
            spacing: 8

            AppButton {
                objectName: "dropAll"
                enabled: root.sandbox.running
                iconName: "unplug"
                text: qsTr("Cut all connections")
                tip: qsTr("Without a word, as a pulled cable does")
                onClicked: root.sandbox.dropConnections()
            }
            Item {
                Layout.fillWidth: true
            }
            AppButton {
                objectName: "clearFaults"
                enabled: root.sandbox.faults.activeCount > 0
                text: qsTr("All off")
                onClicked: root.sandbox.faults.clear()
            }
        }
        Hairline {
            Layout.fillWidth: true
        }
        ListView {
            id: list

            objectName: "sandboxFaults"
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            clip: true
            cacheBuffer: 0
            boundsBehavior: Flickable.StopAtBounds
            model: root.sandbox.faults
            ScrollBar.vertical: SlimScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Faults on demand")
            delegate: SandboxFaultRow {
                width: list.width
                faults: root.sandbox.faults
                focused: list.activeFocus && ListView.isCurrentItem
                onTaken: {
                    list.currentIndex = index;
                    list.forceActiveFocus(Qt.MouseFocusReason);
                }
            }
            Keys.onSpacePressed: root.sandbox.faults.toggle(list.currentIndex)
            Keys.onReturnPressed: root.sandbox.faults.toggle(list.currentIndex)
        }
    }
}

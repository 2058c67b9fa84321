// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope.Ui

// Asks for the path of a file.
FloatingPanel {
    id: root

    required property string explanation
    signal chosen(url file)

    function take() {
        if (!path.text.trim())
            return;
        root.close();
        root.chosen(path.text.startsWith("file:") ? path.text.trim() : "file://" + path.text.trim());
    }

    contentHeight: layout.implicitHeight
    onOpened: path.forceActiveFocus(Qt.PopupFocusReason)

    ColumnLayout {
        id: layout

        width: root.availableWidth
        spacing: 8

        Remark {
            Layout.fillWidth: true
            text: root.explanation
        }
        RowLayout {
            spacing: 8

            Field {
                id: path

                objectName: "filePath"
                Layout.fillWidth: true
                mono: true
                placeholderText: qsTr("path of the file")
                onAccepted: root.take()
                Accessible.name: qsTr("Path of the file")
            }
            AppButton {
                enabled: path.text.trim()
                text: qsTr("Open")
                onClicked: root.take()
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import Syncscope
import Syncscope.Ui

// Where a file is to be written: typed, its folder also found by the system's dialog; with what stands in the way
// below it. (The dialog for files that Qt 6.4 has where the platform has none takes no name.)
Column {
    id: root

    required property TargetPath target
    signal accepted

    spacing: 4

    function takeFocus() {
        field.forceActiveFocus(Qt.PopupFocusReason);
    }

    Item {
        width: root.width
        height: field.height

        Field {
            id: field

            objectName: "targetPath"
            anchors.left: parent.left
            anchors.right: browse.left
            anchors.rightMargin: 4
            mono: true
            font.pixelSize: Theme.smallFontSize
            invalid: root.target.problem
            placeholderText: qsTr("path of the file")
            text: root.target.text
            onTextEdited: root.target.text = text
            onAccepted: root.accepted()
            Accessible.name: qsTr("Path of the file")
            Accessible.description: remark.text
        }
        IconButton {
            id: browse

            objectName: "browse"
            anchors.right: parent.right
            iconName: "open"
            tip: qsTr("Choose the folder…")
            onClicked: dialog.open()
        }
    }
    Remark {
        id: remark

        objectName: "targetRemark"
        width: root.width
        visible: text
        text: root.target.problem || (root.target.exists ? qsTr("It exists, and would be replaced.") : "")
        color: root.target.problem ? Theme.danger : Theme.warning
    }
    FolderDialog {
        id: dialog

        title: qsTr("Folder of the file")
        currentFolder: root.target.folder
        onAccepted: root.target.moveTo(selectedFolder)
    }
}

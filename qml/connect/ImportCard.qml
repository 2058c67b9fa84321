// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// A file of configuration fills the form: dropped, or named by its path.
Card {
    id: root

    required property Workspace workspace

    margin: 16

    PaneTitle {
        text: qsTr("Drop your config here")
        font.pixelSize: 15
    }
    Remark {
        Layout.fillWidth: true
        text: qsTr("amplify_outputs.json, aws-exports.js, outputs of CDK, CloudFormation or SAM, what the AWS CLI prints about an API, .env. "
            + "It is read, never run.")
    }
    RowLayout {
        spacing: 8

        Field {
            id: path

            objectName: "importPath"
            Layout.fillWidth: true
            mono: true
            placeholderText: qsTr("or its path")
            onAccepted: take.clicked()
            Accessible.name: qsTr("Path of a file of configuration")
        }
        AppButton {
            id: take

            objectName: "import"
            enabled: path.text.trim()
            text: qsTr("Import")
            onClicked: root.workspace.importPath(path.text.trim())
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
        }
    }
    Select {
        objectName: "imported"
        Layout.fillWidth: true
        visible: root.workspace.importedNames.length > 1
        model: root.workspace.importedNames
        choice: root.workspace.imported
        name: qsTr("Profile of the imported file")
        onChosen: index => root.workspace.chooseImported(index)
    }
}

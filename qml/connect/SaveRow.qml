// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Keeping the profile for the next time, and where its secrets go then.
ColumnLayout {
    id: root

    required property Workspace workspace
    readonly property ConnectionForm form: root.workspace.form

    spacing: 4

    RowLayout {
        spacing: 8

        Text {
            Layout.preferredWidth: 118
            text: qsTr("Save as")
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }
        Field {
            objectName: "profileName"
            Layout.fillWidth: true
            placeholderText: root.form.suggestedName || qsTr("a name for this profile")
            text: root.form.name
            onTextEdited: root.form.name = text
            onAccepted: root.workspace.saveForm()
            Accessible.name: qsTr("Name of the profile")
        }
        AppButton {
            objectName: "save"
            enabled: root.form.canSave
            text: qsTr("Save")
            tip: qsTr("Keep this profile; its secrets go to the keychain, not into the file")
            onClicked: root.workspace.saveForm()
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
        }
    }
    Remark {
        Layout.fillWidth: true
        objectName: "formMessage"
        visible: text
        text: root.workspace.formMessage
        color: Theme.success
    }
    Remark {
        Layout.fillWidth: true
        objectName: "secretsState"
        text: qsTr("Unless you save, what you type is kept in memory until Syncscope quits. %1 %2")
            .arg(root.workspace.secretsText).arg(root.workspace.secretsNextStep)
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// One line of the editor: a label, the field, and what there is to say about it.
ColumnLayout {
    id: root

    required property FieldModel fields
    required property int index
    required property int kind
    required property string name
    required property string label
    required property string hint
    required property string help
    required property string warning
    required property string value
    required property string section
    required property list<string> choices
    required property int choice
    required property bool mono
    required property bool kept
    readonly property int labelWidth: 118
    signal accepted

    spacing: 2

    PaneTitle {
        Layout.topMargin: 6
        visible: root.section
        text: root.section
    }
    RowLayout {
        spacing: 8
        visible: root.kind !== FieldModel.Remark

        Text {
            Layout.preferredWidth: root.labelWidth
            text: root.label
            textFormat: Text.PlainText
            elide: Text.ElideRight
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }
        Field {
            objectName: root.kind === FieldModel.Text ? root.name : ""
            Layout.fillWidth: true
            visible: root.kind === FieldModel.Text
            mono: root.mono
            placeholderText: root.hint
            text: visible ? root.value : ""
            onTextEdited: root.fields.setText(root.index, text)
            onAccepted: root.accepted()
            Accessible.name: root.label
            Accessible.description: root.help
        }
        SecretField {
            objectName: root.kind === FieldModel.Secret ? root.name : ""
            Layout.fillWidth: true
            visible: root.kind === FieldModel.Secret
            placeholderText: root.hint
            placeholderTextColor: root.kept ? Theme.secondary : Theme.disabled
            text: visible ? root.value : ""
            onTextEdited: root.fields.setText(root.index, text)
            onAccepted: root.accepted()
            Accessible.name: root.label
            Accessible.description: root.help
        }
        IconButton {
            visible: root.kind === FieldModel.Secret && root.kept
            iconName: "clear"
            tip: qsTr("Use no kept secret here; it is removed from the keychain when you save")
            onClicked: root.fields.forget(root.index)
        }
        Select {
            objectName: root.kind === FieldModel.Choice ? root.name : ""
            Layout.fillWidth: true
            visible: root.kind === FieldModel.Choice
            model: root.choices
            choice: root.choice
            name: root.label
            onChosen: index => root.fields.choose(root.index, index)
        }
    }
    Note {
        visible: root.warning
        text: root.warning
        color: Theme.warning
        icon: "warning"
    }
    Note {
        visible: root.help
        text: root.help
    }

    component Note: RowLayout {
        id: note

        property alias text: words.text
        property alias color: words.color
        property string icon

        Layout.leftMargin: root.kind === FieldModel.Remark ? 0 : root.labelWidth + 8
        spacing: 6

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 1
            visible: note.icon
            size: 14
            icon: note.icon || "warning"
            color: words.color
        }
        Remark {
            id: words

            Layout.fillWidth: true
        }
    }
}

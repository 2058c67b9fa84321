// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// One thing that a sign-in wants to know.
ColumnLayout {
    id: root

    required property InteractionQueue interactions
    required property var modelData
    required property int index
    readonly property bool isChoice: modelData.choices.length > 0

    spacing: 4

    function takeFocus() {
        (root.isChoice ? choice : root.modelData.isSecret ? secret : plain).forceActiveFocus(Qt.PopupFocusReason);
    }

    Text {
        Layout.fillWidth: true
        text: root.modelData.isRequired ? root.modelData.label : qsTr("%1 (optional)").arg(root.modelData.label)
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
    Field {
        id: plain

        objectName: visible ? "interactionField" + root.index : ""
        Layout.fillWidth: true
        visible: !root.isChoice && !root.modelData.isSecret
        mono: true
        text: root.modelData.value
        onTextEdited: root.interactions.setValue(root.index, text)
        onAccepted: root.interactions.answer()
        Accessible.name: root.modelData.label
        Accessible.description: root.modelData.hint
    }
    SecretField {
        id: secret

        objectName: visible ? "interactionField" + root.index : ""
        Layout.fillWidth: true
        visible: !root.isChoice && root.modelData.isSecret
        text: root.modelData.value
        onTextEdited: root.interactions.setValue(root.index, text)
        onAccepted: root.interactions.answer()
        Accessible.name: root.modelData.label
        Accessible.description: root.modelData.hint
    }
    Select {
        id: choice

        property int taken: root.modelData.choice

        objectName: visible ? "interactionField" + root.index : ""
        Layout.fillWidth: true
        visible: root.isChoice
        model: root.modelData.choices
        choice: taken
        name: root.modelData.label
        onChosen: index => {
            choice.taken = index;
            root.interactions.choose(root.index, index);
        }
    }
    Remark {
        Layout.fillWidth: true
        visible: text
        text: root.modelData.hint
    }
}

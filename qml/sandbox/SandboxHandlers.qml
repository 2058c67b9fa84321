// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The JavaScript of a namespace, as it would run at AWS.
FocusScope {
    id: root

    required property HandlerEditor editor

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.margins: 12
            Layout.bottomMargin: 8
            spacing: 8

            Text {
                text: qsTr("Namespace")
                font.pixelSize: Theme.fontSize
                color: Theme.secondary
            }
            Select {
                objectName: "handlerNamespace"
                Layout.fillWidth: true
                name: qsTr("Namespace whose handler is edited")
                model: root.editor.namespaces
                choice: root.editor.current
                onChosen: index => root.editor.current = index
            }
            Select {
                objectName: "handlerExample"
                Layout.preferredWidth: 112
                name: qsTr("Put an example into the editor")
                displayText: qsTr("Example")
                model: root.editor.examples
                choice: -1
                popup.width: 260
                popup.x: width - 260
                onChosen: index => {
                    root.editor.insertExample(index);
                    currentIndex = -1;
                }
            }
        }
        Hairline {
            Layout.fillWidth: true
        }
        ScriptArea {
            id: code

            objectName: "handlerCode"
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            name: qsTr("JavaScript with onPublish and onSubscribe")
            placeholderText: "export function onPublish(ctx) {\n  return ctx.events;\n}"
            errorLine: root.editor.problemLine
            onTextChanged: root.editor.text = text
        }
        Hairline {
            Layout.fillWidth: true
        }
        RowLayout {
            Layout.leftMargin: 12
            Layout.rightMargin: 8
            Layout.topMargin: 6
            Layout.bottomMargin: 6
            spacing: 8

            Text {
                objectName: "handlerState"
                Layout.fillWidth: true
                text: root.editor.problem ? root.editor.problem : root.editor.stateText
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                maximumLineCount: 4
                elide: Text.ElideRight
                font.pixelSize: Theme.smallFontSize
                color: root.editor.problem ? Theme.danger : Theme.secondary
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
            AppButton {
                visible: root.editor.dirty
                text: qsTr("Revert")
                tip: qsTr("Back to what is applied")
                onClicked: root.editor.revert()
            }
            AppButton {
                objectName: "applyHandler"
                primary: true
                enabled: root.editor.dirty
                text: qsTr("Apply")
                tip: qsTr("The namespace uses this text from the next event on")
                shortcut: qsTr("Ctrl+S")
                onClicked: root.editor.apply()
            }
        }
        Hairline {
            Layout.fillWidth: true
            visible: root.editor.output
        }
        RowLayout {
            visible: root.editor.output
            Layout.leftMargin: 12
            Layout.rightMargin: 4
            spacing: 8

            Text {
                Layout.fillWidth: true
                text: qsTr("Console of the handler")
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            IconButton {
                iconName: "clear"
                tip: qsTr("Clear the console")
                onClicked: root.editor.clearOutput()
            }
        }
        DetailsBox {
            objectName: "handlerOutput"
            visible: root.editor.output
            Layout.fillWidth: true
            Layout.leftMargin: 12
            Layout.rightMargin: 12
            Layout.bottomMargin: 8
            maximumHeight: 140
            name: qsTr("Console of the handler")
            text: root.editor.output
        }
    }

    Shortcut {
        sequences: ["Ctrl+S"]
        enabled: root.visible && root.activeFocus
        onActivated: root.editor.apply()
    }
    Connections {
        target: root.editor

        // It changes by itself with the namespace, an example, or by reverting; typing must not move the cursor.
        function onChanged() {
            if (code.text !== root.editor.text)
                code.text = root.editor.text;
        }
    }
    Component.onCompleted: code.text = root.editor.text
}

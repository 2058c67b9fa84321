// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Searches what is shown. Return and Shift+Return go on and back, Esc closes.
Rectangle {
    id: root

    required property TextSearch search
    property bool bytes: false // are searched
    signal closed

    visible: false
    implicitHeight: visible ? row.implicitHeight + 8 : 0
    color: Theme.surface

    function open() {
        root.visible = true;
        field.forceActiveFocus(Qt.ShortcutFocusReason);
        field.selectAll();
    }
    function close() {
        root.visible = false;
        field.text = "";
        root.closed();
    }
    function goOn(forward: bool) {
        root.search.goOn(forward);
    }

    Keys.onEscapePressed: root.close()

    Shortcut {
        sequences: ["F3", "Ctrl+G"]
        enabled: root.visible
        onActivated: root.goOn(true)
    }
    Shortcut {
        sequences: ["Shift+F3", "Ctrl+Shift+G"]
        enabled: root.visible
        onActivated: root.goOn(false)
    }

    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.leftMargin: 12
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4

        Field {
            id: field

            objectName: "find"
            Layout.fillWidth: true
            Layout.minimumWidth: 80
            mono: true
            placeholderText: root.bytes ? qsTr("Find text, or bytes: 0x22c3") : qsTr("Find")
            onTextChanged: root.search.query = text
            Accessible.name: qsTr("Find in this view")
            Keys.onReturnPressed: event => root.goOn(!(event.modifiers & Qt.ShiftModifier))
            Keys.onEnterPressed: event => root.goOn(!(event.modifiers & Qt.ShiftModifier))
        }
        Text {
            objectName: "findState"
            text: root.search.stateText
            font.pixelSize: Theme.smallFontSize
            color: root.search.query && !root.search.running && root.search.count === 0 ? Theme.danger : Theme.secondary
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        IconButton {
            objectName: "findCase"
            iconName: "case"
            tip: qsTr("Tell capital letters from small ones")
            checkable: true
            checked: root.search.caseSensitive
            onToggled: root.search.caseSensitive = checked
        }
        IconButton {
            objectName: "findBack"
            iconName: "chevron-up"
            tip: qsTr("The one before")
            shortcut: qsTr("Shift+F3")
            enabled: root.search.count > 0
            onClicked: root.goOn(false)
        }
        IconButton {
            objectName: "findOn"
            iconName: "chevron-down"
            tip: qsTr("The next one")
            shortcut: qsTr("F3")
            enabled: root.search.count > 0
            onClicked: root.goOn(true)
        }
        IconButton {
            iconName: "close"
            tip: qsTr("Close")
            shortcut: qsTr("Esc")
            onClicked: root.close()
        }
    }
}

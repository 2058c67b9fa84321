// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The words of a bookmark.
FloatingPanel {
    id: root

    required property FrameMarks marks
    property real number: 0
    property string titleBefore
    property string noteBefore
    readonly property bool changed: titleField.text !== root.titleBefore || noteArea.text !== root.noteBefore
    property bool warned: false // that closing throws away what was written

    function openFor(number: real, title: string, note: string) {
        root.number = number;
        root.titleBefore = title;
        root.noteBefore = note;
        root.warned = false;
        titleField.text = title;
        noteArea.text = note;
        root.open();
    }
    function leave() {
        if (root.changed && !root.warned)
            root.warned = true;
        else
            root.close();
    }
    function accept() {
        root.marks.write(root.number, titleField.text, noteArea.text);
        root.close();
    }

    objectName: "markEditor"
    parent: Overlay.overlay
    x: Math.round((parent.width - width) / 2)
    y: Math.max(16, Math.round((parent.height - height) / 3))
    width: Math.min(440, parent.width - 32)
    padding: 16
    modal: true
    closePolicy: Popup.NoAutoClose
    contentHeight: layout.implicitHeight
    onOpened: titleField.forceActiveFocus(Qt.PopupFocusReason)

    ColumnLayout {
        id: layout

        width: root.availableWidth
        spacing: 8

        Shortcut {
            sequences: ["Ctrl+Return", "Ctrl+Enter"]
            enabled: root.opened
            onActivated: root.accept()
        }
        Shortcut {
            sequences: ["Escape"]
            enabled: root.opened
            onActivated: root.leave()
        }

        RowLayout {
            spacing: 8

            Icon {
                icon: "star-filled"
                color: Theme.warning
            }
            PaneTitle {
                Layout.fillWidth: true
                text: qsTr("Bookmark of #%1").arg(root.number)
            }
        }
        Field {
            id: titleField

            objectName: "markTitle"
            Layout.fillWidth: true
            placeholderText: qsTr("Title, if you want one")
            maximumLength: 200
            onAccepted: root.accept()
            Accessible.name: qsTr("Title")
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 110
            radius: Theme.controlRadius
            color: Theme.window
            border.width: noteArea.textArea.activeFocus ? 2 : 1
            border.color: noteArea.textArea.activeFocus ? Theme.accent : Theme.border

            CodeArea {
                id: noteArea

                objectName: "markNote"
                anchors.fill: parent
                anchors.margins: 1
                prose: true
                colored: false
                placeholderText: qsTr("Note: what you saw, what to look at next")
                name: qsTr("Note")
            }
        }
        RowLayout {
            spacing: 8

            Remark {
                Layout.fillWidth: true
                objectName: "markRemark"
                color: root.warned && root.changed ? Theme.warning : Theme.secondary
                text: root.warned && root.changed ? qsTr("Esc once more throws away what you wrote.") : qsTr("It is saved with the traffic. A redacted copy masks secrets in it, too.")
            }
            AppButton {
                text: qsTr("Cancel")
                onClicked: root.close()
            }
            AppButton {
                objectName: "keepMark"
                primary: true
                text: qsTr("Done")
                shortcut: qsTr("Ctrl+Return")
                onClicked: root.accept()
            }
        }
    }
}

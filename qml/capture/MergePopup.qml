// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Which captures are put into one, and where it is saved.
FloatingPanel {
    id: root

    required property CaptureShelf captures
    property var rows: [] // those that are chosen
    property var files: [] // urls
    readonly property int chosen: rows.length + files.length

    function toggle(row: int) {
        root.rows = root.rows.includes(row) ? root.rows.filter(one => one !== row) : [...root.rows, row];
    }
    function nameOf(file: url): string {
        return decodeURIComponent("" + file).split("/").pop();
    }

    objectName: "mergePopup"
    width: 400
    contentHeight: layout.implicitHeight
    onAboutToShow: {
        root.rows = [root.captures.current];
        root.files = [];
        target.suggest("merged");
    }

    function save() {
        if (root.chosen < 2 || !target.valid)
            return;
        target.use();
        root.close();
        root.captures.merge(root.rows, root.files, target.url);
    }

    TargetPath {
        id: target

        endings: ["ssc"]
    }

    Column {
        id: layout

        width: root.availableWidth
        spacing: 8

        PaneTitle {
            text: qsTr("Merge into one capture")
        }
        Repeater {
            model: root.captures

            Choice {
                required property int index
                required property string title

                objectName: "mergeRow" + index
                text: title
                checked: root.rows.includes(index)
                onClicked: root.toggle(index)
            }
        }
        Repeater {
            model: root.files

            Choice {
                required property url modelData

                text: root.nameOf(modelData)
                checked: true
                onClicked: root.files = root.files.filter(one => one !== modelData)
            }
        }
        AppButton {
            objectName: "mergeAdd"
            focus: true
            iconName: "plus"
            text: qsTr("Add files…")
            onClicked: addDialog.open()
        }
        Remark {
            width: root.availableWidth
            text: qsTr("All entries in the order of their times, with their bookmarks. Nothing is filtered or masked.")
        }
        PathField {
            width: root.availableWidth
            target: target
            onAccepted: root.save()
        }
        AppButton {
            objectName: "mergeSave"
            primary: true
            enabled: root.chosen > 1 && target.valid
            iconName: "save"
            text: root.chosen < 2 ? qsTr("Choose at least two")
                : target.exists ? qsTr("Replace it by all %1").arg(root.chosen) : qsTr("Save %1 as one").arg(root.chosen)
            onClicked: root.save()
        }
    }

    FileDialog {
        id: addDialog

        title: qsTr("Add to the merged capture")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Traffic (*.ssc *.ndjson *.jsonl *.csv *.har)"), qsTr("All files (*)")]
        onAccepted: root.files = [...root.files, ...selectedFiles]
    }
    component Choice: AbstractButton {
        id: choice

        width: root.availableWidth
        height: Theme.controlHeight
        hoverEnabled: true
        focusPolicy: Qt.StrongFocus

        Accessible.role: Accessible.CheckBox
        Accessible.name: choice.text
        Accessible.checkable: true
        Accessible.checked: choice.checked
        Accessible.onPressAction: choice.clicked()
        Keys.onReturnPressed: choice.clicked()

        background: Rectangle {
            radius: Theme.controlRadius
            color: choice.hovered ? Theme.hover : "transparent"

            FocusRing {
                shown: choice.visualFocus
            }
        }
        contentItem: RowLayout {
            spacing: 8

            CheckSign {
                Layout.leftMargin: 4
                checked: choice.checked
            }
            Text {
                Layout.fillWidth: true
                text: choice.text
                textFormat: Text.PlainText
                elide: Text.ElideMiddle
                font.pixelSize: Theme.fontSize
                color: Theme.text
            }
        }
    }
}

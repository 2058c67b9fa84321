// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import Syncscope
import Syncscope.Ui

// The other capture: one that is open, or a file.
FloatingPanel {
    id: root

    required property CaptureShelf captures

    objectName: "comparePopup"
    width: 340
    contentHeight: layout.implicitHeight

    Column {
        id: layout

        width: root.availableWidth
        spacing: 8

        PaneTitle {
            width: root.availableWidth
            text: qsTr("Compare %1 with").arg(root.captures.shown ? root.captures.shown.title : "")
            elide: Text.ElideMiddle
        }
        Repeater {
            model: root.captures

            AppButton {
                id: choice

                required property int index
                required property string title

                objectName: "compareWith" + index
                visible: index !== root.captures.current
                iconName: "file"
                text: fitting.elidedText
                onClicked: {
                    root.close();
                    root.captures.compare(index);
                }

                TextMetrics {
                    id: fitting

                    text: choice.title
                    elide: Text.ElideMiddle
                    elideWidth: root.availableWidth - 60
                    font.pixelSize: Theme.fontSize
                }
            }
        }
        AppButton {
            objectName: "compareFile"
            focus: true
            iconName: "open"
            text: qsTr("A file…")
            onClicked: {
                root.close();
                dialog.open();
            }
        }
        Remark {
            width: root.availableWidth
            text: qsTr("Events count as equal if direction, channel and text are; their order and times do not matter. A filter that is on holds for both.")
        }
    }

    FileDialog {
        id: dialog

        title: qsTr("Compare with")
        nameFilters: [qsTr("Traffic (*.ssc *.ndjson *.jsonl *.csv *.har)"), qsTr("All files (*)")]
        onAccepted: root.captures.compareWith(selectedFile)
    }
}

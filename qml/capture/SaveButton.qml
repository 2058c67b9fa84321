// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Saves what the table shows: for others without secrets, or all of it.
IconButton {
    id: root

    required property CaptureSaver saver
    property bool filtered: false
    property string name // of what is shown, for the file
    signal wanted(url file, bool redacted)

    iconName: root.saver.job.running ? "stop" : "save"
    tip: root.saver.job.running ? qsTr("Saving, %1 %: end it").arg(Math.round(root.saver.job.progress * 100)) : root.filtered ? qsTr("Save the rows that match…") : qsTr("Save the traffic…")
    shortcut: root.saver.job.running ? "" : qsTr("Ctrl+S")
    onClicked: root.saver.job.running ? root.saver.job.cancel() : root.open()

    function open() {
        if (!root.saver.job.running)
            menu.open();
    }
    function save(redacted: bool) {
        if (!target.valid)
            return;
        target.use();
        menu.close();
        root.wanted(target.url, redacted);
    }

    TargetPath {
        id: target

        endings: ["ssc", "ndjson", "csv", "har"]
    }
    FloatingPanel {
        id: menu

        objectName: "saveMenu"
        x: root.width - width
        y: root.height + 2
        width: 420
        contentHeight: layout.implicitHeight
        onAboutToShow: target.suggest(root.name)
        onOpened: place.takeFocus()

        Column {
            id: layout

            width: menu.availableWidth
            spacing: 8

            PathField {
                id: place

                width: parent.width
                target: target
                onAccepted: root.save(true)
            }
            AppButton {
                objectName: "saveRedacted"
                primary: true
                enabled: target.valid
                iconName: "save"
                text: target.exists ? qsTr("Replace by a redacted copy") : qsTr("Save a redacted copy")
                shortcut: qsTr("Return")
                tellsShortcut: true
                onClicked: root.save(true)
            }
            Remark {
                width: parent.width
                text: qsTr("To share: tokens, keys, and values whose names speak of secrets are masked in the events, too.")
            }
            AppButton {
                objectName: "saveAll"
                enabled: target.valid
                iconName: "save"
                text: target.exists ? qsTr("Replace by everything as received") : qsTr("Save everything as received")
                onClicked: root.save(false)
            }
            Remark {
                width: parent.width
                text: qsTr("Only the credentials of the connection are masked. A capture (.ssc), or NDJSON, CSV or HAR, by the name's ending.")
            }
        }
    }
}

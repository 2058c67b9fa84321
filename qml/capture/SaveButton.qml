// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import Syncscope
import Syncscope.Ui

// Saves what the table shows: for others without secrets, or all of it.
IconButton {
    id: root

    required property CaptureSaver saver
    property bool filtered: false
    signal wanted(url file, bool redacted)

    iconName: root.saver.job.running ? "stop" : "save"
    tip: root.saver.job.running ? qsTr("Saving, %1 %: end it").arg(Math.round(root.saver.job.progress * 100)) : root.filtered ? qsTr("Save the rows that match…") : qsTr("Save the traffic…")
    onClicked: root.saver.job.running ? root.saver.job.cancel() : menu.open()

    function choose(redacted: bool) {
        menu.close();
        dialog.redacted = redacted;
        dialog.open();
    }

    FloatingPanel {
        id: menu

        objectName: "saveMenu"
        x: root.width - width
        y: root.height + 2
        width: 320

        contentItem: Column {
            spacing: 8

            AppButton {
                objectName: "saveRedacted"
                focus: true
                primary: true
                iconName: "save"
                text: qsTr("Redacted copy…")
                onClicked: root.choose(true)
            }
            Remark {
                width: menu.availableWidth
                text: qsTr("To share: tokens, keys, and values whose names speak of secrets are masked in the events, too.")
            }
            AppButton {
                objectName: "saveAll"
                iconName: "save"
                text: qsTr("Everything as received…")
                onClicked: root.choose(false)
            }
            Remark {
                width: menu.availableWidth
                text: qsTr("Only the credentials of the connection are masked. A capture (.ssc), or NDJSON, CSV or HAR, by the name's ending.")
            }
        }
    }
    FileDialog {
        id: dialog

        property bool redacted: true

        title: redacted ? qsTr("Save a redacted copy") : qsTr("Save everything as received")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "ssc"
        nameFilters: [qsTr("Captures (*.ssc)"), "NDJSON (*.ndjson)", "CSV (*.csv)", "HAR (*.har)"]
        onAccepted: root.wanted(selectedFile, redacted)
    }
}

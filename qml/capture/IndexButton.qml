// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Makes the full-text index of a capture, or removes it; says what either means.
IconButton {
    id: root

    required property CaptureIndexer indexer

    iconName: root.indexer.job.running ? "stop" : "index"
    checked: root.indexer.ready
    tip: root.indexer.job.running ? qsTr("Indexing, %1 %: end it").arg(Math.round(root.indexer.job.progress * 100)) : root.indexer.ready ? qsTr("Indexed: texts are found at once") : qsTr("Index the texts…")
    onClicked: root.indexer.job.running ? root.indexer.job.cancel() : menu.open()

    FloatingPanel {
        id: menu

        objectName: "indexMenu"
        x: root.width - width
        y: root.height + 2
        width: 320

        contentItem: Column {
            spacing: 8

            AppButton {
                objectName: "indexAction"
                focus: true
                primary: !root.indexer.ready
                iconName: root.indexer.ready ? "clear" : "index"
                text: root.indexer.ready ? qsTr("Remove the index") : qsTr("Index the texts")
                onClicked: {
                    menu.close();
                    if (root.indexer.ready)
                        root.indexer.discard();
                    else
                        root.indexer.start();
                }
            }
            Remark {
                width: menu.availableWidth
                text: root.indexer.hint
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Every event that was published, the newest first.
Control {
    id: root

    required property LedgerModel ledger

    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Published events")
    Accessible.description: root.ledger.remark

    Keys.onUpPressed: list.decrementCurrentIndex()
    Keys.onDownPressed: list.incrementCurrentIndex()
    Keys.onPressed: event => {
        const page = Math.max(1, Math.floor(list.height / Theme.rowHeight) - 1);
        const rows = {
            [Qt.Key_PageUp]: -page,
            [Qt.Key_PageDown]: page,
            [Qt.Key_Home]: -list.count,
            [Qt.Key_End]: list.count
        };
        if (rows[event.key] === undefined)
            return;
        event.accepted = true;
        list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex + rows[event.key]));
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Remark {
            Layout.fillWidth: true
            Layout.leftMargin: 12
            visible: text
            text: root.ledger.remark
        }
        ListView {
            id: list

            objectName: "ledger"
            Layout.fillWidth: true
            Layout.fillHeight: true
            model: root.ledger
            clip: true
            cacheBuffer: 0
            reuseItems: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            ScrollBar.vertical: SlimScrollBar {}

            delegate: LedgerRow {
                width: list.width
                current: ListView.isCurrentItem
                focused: root.visualFocus
                onTaken: {
                    root.forceActiveFocus(Qt.MouseFocusReason);
                    list.currentIndex = index;
                }
            }
        }
    }
    FocusRing {
        shown: root.visualFocus && list.count === 0
        radius: 0
    }
    EmptyState {
        anchors.fill: parent
        objectName: "ledgerEmpty"
        visible: list.count === 0
        icon: "send"
        text: qsTr("Nothing was published here. What is, appears with the service's verdict, and with where and when it was seen again.")
    }
}

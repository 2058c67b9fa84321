// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// One result: its status and request id, its errors in words, its data.
FocusScope {
    id: root

    required property GraphQlResultView view

    function find() {
        if (root.view.hasResult)
            finder.open();
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: 40
            Layout.maximumHeight: 40
            Layout.leftMargin: 12
            Layout.rightMargin: 8
            spacing: 8

            Text {
                objectName: "resultSummary"
                Layout.fillWidth: true
                text: root.view.summary
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.pixelSize: Theme.fontSize
                color: root.view.outcome === GraphQlResultLog.Failed ? Theme.danger
                    : root.view.outcome === GraphQlResultLog.Partial ? Theme.warning : Theme.text
            }
            Segments {
                objectName: "resultViews"
                name: qsTr("View")
                options: [qsTr("Data"), qsTr("Response"), qsTr("Request")]
                current: root.view.view
                onChosen: index => root.view.view = index
            }
            IconButton {
                objectName: "findInResult"
                iconName: "find"
                tip: qsTr("Find in this view")
                shortcut: qsTr("Ctrl+F")
                enabled: root.view.hasResult
                onClicked: root.find()
            }
            IconButton {
                objectName: "copyResult"
                iconName: "copy"
                tip: qsTr("Copy all of this view")
                enabled: root.view.hasResult
                onClicked: root.view.copyView()
            }
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: root.view.requestId ? 24 : 0
            Layout.maximumHeight: Layout.preferredHeight
            Layout.leftMargin: 12
            Layout.rightMargin: 8
            opacity: root.view.requestId ? 1 : 0
            spacing: 8

            Text {
                Layout.fillWidth: true
                text: qsTr("Request id %1").arg(root.view.requestId)
                textFormat: Text.PlainText
                elide: Text.ElideMiddle
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            IconButton {
                extent: 22
                enabled: root.view.requestId
                iconName: "copy"
                tip: qsTr("Copy the request id, which the service's logs use")
                onClicked: root.view.copyRequestId()
            }
        }
        ResultErrors {
            objectName: "resultErrors"
            Layout.fillWidth: true
            Layout.maximumHeight: root.height * 0.45
            view: root.view
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: root.view.remark ? 30 : 0
            Layout.maximumHeight: Layout.preferredHeight
            Layout.leftMargin: 12
            Layout.rightMargin: 8
            opacity: root.view.remark ? 1 : 0
            spacing: 8

            Text {
                Layout.fillWidth: true
                text: root.view.remark
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            AppButton {
                enabled: root.view.canFormat
                opacity: enabled ? 1 : 0
                text: qsTr("Format anyway")
                onClicked: root.view.formatAnyway()
            }
        }
        FindBar {
            id: finder

            Layout.fillWidth: true
            search: root.view.search
            onClosed: text.forceActiveFocus(Qt.ShortcutFocusReason)
        }
        Hairline {
            Layout.fillWidth: true
        }
        TextView {
            id: text

            objectName: "resultText"
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            lines: root.view.lines
            search: root.view.search
            name: qsTr("Result")
            onCopyWanted: selected => {
                if (selected)
                    root.view.copyText(selected);
                else
                    root.view.copyView();
            }
        }
    }
}

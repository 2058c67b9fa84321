// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The types of the API, with their documentation: to be searched, and gone through from type to type.
FocusScope {
    id: root

    required property SchemaBook book
    readonly property SchemaModel model: root.book.model
    readonly property bool loading: root.book.state === SchemaBook.Loading
    signal closed

    function takeFocus() {
        if (list.enabled)
            list.forceActiveFocus(Qt.ShortcutFocusReason);
        else
            root.takeSearchFocus();
    }
    function takeSearchFocus() {
        search.forceActiveFocus(Qt.ShortcutFocusReason);
        search.selectAll();
    }

    Keys.onEscapePressed: root.closed()

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: 44
            Layout.maximumHeight: 44
            Layout.leftMargin: 4
            Layout.rightMargin: 4
            spacing: 2

            IconButton {
                objectName: "schemaBack"
                iconName: "back"
                tip: qsTr("Back")
                shortcut: qsTr("Backspace")
                enabled: root.model.canGoBack || root.model.search
                onClicked: root.model.goBack()
            }
            PaneTitle {
                objectName: "schemaTitle"
                Layout.fillWidth: true
                text: root.model.typeName || qsTr("Schema")
            }
            IconButton {
                iconName: "file"
                tip: qsTr("Read the schema from a file. It can be dropped here, too.")
                onClicked: filePopup.open()
            }
            IconButton {
                objectName: "loadSchema"
                iconName: "retry"
                tip: qsTr("Ask the API for its schema")
                enabled: !root.loading
                onClicked: root.book.load()
            }
            IconButton {
                iconName: "close"
                tip: qsTr("Hide the schema")
                shortcut: qsTr("F7")
                onClicked: root.closed()
            }
        }
        Field {
            id: search

            objectName: "schemaSearch"
            Layout.fillWidth: true
            Layout.leftMargin: 12
            Layout.rightMargin: 12
            placeholderText: qsTr("Search types and fields")
            text: root.model.search
            onTextEdited: root.model.search = text
            onAccepted: root.takeFocus()
            Keys.onDownPressed: root.takeFocus()
            Keys.onEscapePressed: event => {
                event.accepted = text.length > 0;
                root.model.search = "";
            }
            Accessible.name: qsTr("Search types and fields")

            Tip {
                visible: search.hovered && !search.activeFocus
                text: qsTr("Search types and fields")
                shortcut: qsTr("Ctrl+L")
            }
        }
        Remark {
            Layout.fillWidth: true
            Layout.leftMargin: 12
            Layout.rightMargin: 12
            Layout.topMargin: 6
            Layout.bottomMargin: 6
            visible: text
            maximumLineCount: 8
            elide: Text.ElideRight
            text: root.model.search ? root.model.remark
                : root.model.typeName ? root.model.typeKind + (root.model.description ? "\n" + root.model.description : "")
                : root.loading ? qsTr("Reading the schema…") : root.book.sourceText
        }
        NoticeBar {
            objectName: "schemaNotice"
            Layout.fillWidth: true
            message: root.book.notice.message
            serverMessage: root.book.notice.serverMessage
            nextStep: root.book.notice.nextStep
            dismissable: true
            onDismissed: root.book.dismissNotice()
        }
        Hairline {
            Layout.fillWidth: true
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            SchemaList {
                id: list

                objectName: "schemaList"
                anchors.fill: parent
                model: root.model
                focus: true
            }
            EmptyState {
                anchors.fill: parent
                visible: root.model.count === 0 && !root.loading
                icon: "book"
                text: root.model.search ? qsTr("Nothing is called so.") : qsTr("No schema yet. It brings completion, checks and documentation.")
                action: root.model.search ? qsTr("Clear the search") : qsTr("Ask the API")
                onTriggered: root.model.search ? root.model.search = "" : root.book.load()
            }
        }
    }

    FilePopup {
        id: filePopup

        x: 8
        y: 44
        width: Math.min(380, root.width - 16)
        explanation: qsTr("A .graphql file with types, or the answer to an introspection query as .json.")
        onChosen: url => root.book.loadFile(url)
    }
    DropArea {
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: drop => root.book.loadFile(drop.urls[0])
    }
}

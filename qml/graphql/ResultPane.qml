// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// All results at the left, newest first; the chosen one at the right.
FocusScope {
    id: root

    required property GraphQlDraft draft
    readonly property GraphQlResultLog results: root.draft.results
    readonly property bool canFind: root.activeFocus && root.draft.resultView.hasResult
    signal editorWanted

    function find() {
        inspector.find();
    }
    function takeFocus() {
        if (list.enabled)
            list.forceActiveFocus(Qt.ShortcutFocusReason);
        else
            root.editorWanted();
    }

    EmptyState {
        anchors.fill: parent
        visible: root.results.count === 0
        icon: "send"
        text: qsTr("Results of queries and mutations appear here, each with its status; the earlier ones stay. Those of subscriptions are in the traffic.")
        action: qsTr("Go to the editor")
        onTriggered: root.editorWanted()
    }
    SplitView {
        id: columns

        anchors.fill: parent
        visible: root.results.count > 0
        orientation: Qt.Horizontal
        handle: PaneHandle {
            sideBySide: true
        }
        Component.onCompleted: WindowMemory.adoptPanes(columns, "graphqlHistory")

        ColumnLayout {
            SplitView.preferredWidth: Math.min(260, root.width * 0.36)
            SplitView.minimumWidth: 160
            spacing: 0

            ResultList {
                id: list

                objectName: "graphqlResults"
                Layout.fillWidth: true
                Layout.fillHeight: true
                focus: true
                results: root.results
            }
            Hairline {
                Layout.fillWidth: true
            }
            RowLayout {
                Layout.fillWidth: true
                Layout.preferredHeight: 30
                Layout.maximumHeight: 30
                Layout.leftMargin: 12
                Layout.rightMargin: 4

                Text {
                    Layout.fillWidth: true
                    text: (root.results.count === 1 ? qsTr("1 result") : qsTr("%L1 results").arg(root.results.count))
                        + (root.results.droppedText ? " · " + root.results.droppedText : "")
                    elide: Text.ElideRight
                    font.pixelSize: Theme.smallFontSize
                    color: Theme.secondary
                }
                IconButton {
                    objectName: "clearResults"
                    extent: 24
                    iconName: "clear"
                    tip: qsTr("Forget these results")
                    onClicked: root.results.clear()
                }
            }
        }
        ResultInspector {
            id: inspector

            SplitView.fillWidth: true
            SplitView.minimumWidth: 240
            view: root.draft.resultView
        }
    }
}

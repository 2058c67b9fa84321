// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// GraphQL. Operations and subscriptions at the left, the editor above its results, the schema at the right.
ConsoleFrame {
    id: root

    readonly property GraphQlDraft draft: root.session.graphQl
    property bool schemaShown: width >= 1100
    property bool leftFits: root.sourcesFit && (width >= 1000 || !root.schemaShown)

    panes: [editor, variables, results, results.statisticsPane, sources, schema]
    idle: (results.isEmpty ? [results] : []).concat(sources.isEmpty ? [sources] : [])

    function settleFocus() {
        editor.takeFocus();
    }
    // The field that Ctrl+L goes to.
    function takeChannelFocus() {
        root.schemaShown = true;
        schema.takeSearchFocus();
    }
    function takeFilterFocus() {
        results.takeFilterFocus();
    }
    function save() {
        results.save();
    }
    function toggleStatistics() {
        results.toggleStatistics();
    }
    function run() {
        root.draft.run();
    }
    function toggleSchema() {
        root.schemaShown = !root.schemaShown;
        if (root.schemaShown)
            schema.takeFocus();
        else
            editor.takeFocus();
    }

    SplitView {
        id: columns

        anchors.fill: parent
        orientation: Qt.Horizontal
        handle: PaneHandle {
            sideBySide: true
        }
        Component.onCompleted: {
            WindowMemory.adoptPanes(columns, "graphqlSources");
            if (root.draft.schema.state === SchemaBook.None)
                root.draft.schema.load();
        }

        GraphQlSources {
            id: sources

            SplitView.preferredWidth: root.wide ? 224 : 204
            SplitView.minimumWidth: 180
            SplitView.maximumWidth: root.width * 0.4
            visible: root.leftFits
            session: root.session
            onPlaceWanted: offset => editor.goTo(offset)
        }
        SplitView {
            id: rows

            SplitView.fillWidth: true
            orientation: Qt.Vertical
            handle: PaneHandle {
                sideBySide: false
            }
            Component.onCompleted: WindowMemory.adoptPanes(rows, "graphqlResults")

            SplitView {
                id: writing

                SplitView.fillHeight: true
                SplitView.minimumHeight: 150
                orientation: Qt.Horizontal
                handle: PaneHandle {
                    sideBySide: true
                }
                Component.onCompleted: WindowMemory.adoptPanes(writing, "graphqlVariables")

                DocumentPane {
                    id: editor

                    SplitView.fillWidth: true
                    SplitView.minimumWidth: 260
                    focus: true
                    draft: root.draft
                    schemaShown: root.schemaShown
                    onSchemaWanted: root.toggleSchema()
                }
                VariablesPane {
                    id: variables

                    SplitView.preferredWidth: Math.max(210, writing.width * 0.34)
                    SplitView.minimumWidth: 180
                    draft: root.draft
                }
            }
            GraphQlAnswers {
                id: results

                SplitView.preferredHeight: root.height * 0.46
                SplitView.minimumHeight: 140
                session: root.session
                onEditorWanted: editor.takeFocus()
            }
        }
        SchemaPane {
            id: schema

            objectName: "schemaPane"
            SplitView.preferredWidth: Math.max(260, root.width * 0.2)
            SplitView.minimumWidth: 220
            SplitView.maximumWidth: root.width * 0.5
            visible: root.schemaShown
            book: root.draft.schema
            onClosed: root.toggleSchema()
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What came back: the results of queries and mutations, or all traffic with that of the subscriptions.
FocusScope {
    id: root

    required property Session session
    readonly property GraphQlDraft draft: root.session.graphQl
    property int page: GraphQlAnswers.Results
    readonly property bool roomy: width >= 760
    readonly property bool isEmpty: root.page === GraphQlAnswers.Results && root.draft.results.count === 0
    readonly property alias statisticsPane: traffic.statisticsPane
    signal editorWanted

    enum Page {
        Results,
        Traffic
    }

    function takeFocus() {
        if (root.page === GraphQlAnswers.Traffic)
            traffic.takeFocus();
        else
            history.takeFocus();
    }
    function save() {
        root.page = GraphQlAnswers.Traffic;
        traffic.save();
    }
    function toggleStatistics() {
        // Behind the results they are not seen: bring them to the front instead of hiding them.
        const wasSeen = root.page === GraphQlAnswers.Traffic;
        root.page = GraphQlAnswers.Traffic;
        if (wasSeen || !traffic.statisticsShown)
            traffic.toggleStatistics();
    }
    function takeFilterFocus() {
        if (history.visible && history.canFind) {
            history.find();
            return;
        }
        if (inspector.activeFocus && inspector.canFind) {
            inspector.find();
            return;
        }
        root.page = GraphQlAnswers.Traffic;
        traffic.takeFilterFocus();
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: 40
            Layout.maximumHeight: 40
            Layout.leftMargin: 8
            Layout.rightMargin: 8
            spacing: 12

            Segments {
                objectName: "answerPages"
                name: qsTr("What came back")
                options: [qsTr("Results"), qsTr("Traffic")]
                current: root.page
                onChosen: index => root.page = index
            }
            Text {
                Layout.fillWidth: true
                objectName: "liveText"
                text: root.session.subscriptions.liveCount === 1 ? qsTr("1 subscription is live; its results are in the traffic.")
                    : root.session.subscriptions.liveCount > 1 ? qsTr("%1 subscriptions are live; their results are in the traffic.").arg(root.session.subscriptions.liveCount) : ""
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
        }
        Hairline {
            Layout.fillWidth: true
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            ResultPane {
                id: history

                anchors.fill: parent
                visible: root.page === GraphQlAnswers.Results
                focus: visible
                draft: root.draft
                onEditorWanted: root.editorWanted()
            }
            SplitView {
                id: reading

                anchors.fill: parent
                visible: root.page === GraphQlAnswers.Traffic
                orientation: Qt.Horizontal
                handle: PaneHandle {
                    sideBySide: true
                }
                Component.onCompleted: WindowMemory.adoptPanes(reading, "graphqlInspector")

                TrafficPane {
                    id: traffic

                    SplitView.fillWidth: true
                    SplitView.minimumWidth: 200
                    live: true
                    frames: root.session.frames
                    inspector: root.session.inspector
                    saver: root.session.saver
                    statistics: root.session.statistics
                    marks: root.session.marks
                    copier: root.session.copier
                    onClearWanted: root.session.clearTraffic()
                    onSaveWanted: (file, redacted) => root.session.save(file, redacted)
                    onInspectWanted: inspector.takeFocus()

                    TrafficEmpty {
                        anchors.fill: parent
                        visible: root.session.frames.count === 0
                        session: root.session
                        onSubscribeWanted: root.editorWanted()
                        onPublishWanted: root.editorWanted()
                    }
                }
                InspectorPane {
                    id: inspector

                    SplitView.preferredWidth: Math.max(316, root.width * 0.34)
                    SplitView.minimumWidth: 316 // its views stand in one row
                    visible: root.roomy || inspector.inspector.hasRecord
                    closable: !root.roomy
                    inspector: root.session.inspector
                    marks: root.session.marks
                    onEditMarkWanted: traffic.editMark()
                }
            }
        }
    }

    Connections {
        target: root.draft

        function onSubscribed() {
            root.page = GraphQlAnswers.Traffic;
        }
        function onExecuted() {
            root.page = GraphQlAnswers.Results;
        }
    }
}

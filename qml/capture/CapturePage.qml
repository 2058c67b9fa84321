// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// A capture that is open: what it holds above, its rows and the inspector below, as for live traffic.
FocusScope {
    id: root

    required property CaptureView capture
    required property CaptureShelf captures
    readonly property bool wide: width >= 900
    readonly property bool replayShown: root.capture.replay.shown

    onReplayShownChanged: root.settleFocus()

    function settleFocus() {
        if (root.replayShown)
            replay.takeFocus();
        else
            traffic.takeFocus();
    }
    function takeFilterFocus() {
        if (inspector.activeFocus && inspector.canFind)
            inspector.find();
        else
            traffic.takeFilterFocus();
    }
    function save() {
        traffic.save();
    }
    function toggleStatistics() {
        traffic.toggleStatistics();
    }
    function cycle(step: int) {
        circle.go(step);
    }

    PaneCycle {
        id: circle

        panes: [traffic, traffic.statisticsPane, inspector, replay]
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: 40
            Layout.leftMargin: 12
            Layout.rightMargin: 8
            spacing: 16

            Repeater {
                model: root.capture.sides

                Row {
                    id: side

                    required property int index
                    required property string modelData

                    spacing: 6

                    Glyph {
                        anchors.verticalCenter: parent.verticalCenter
                        slot: side.index
                    }
                    Remark {
                        objectName: "captureSide" + side.index
                        anchors.verticalCenter: parent.verticalCenter
                        color: Theme.text
                        text: side.modelData
                    }
                }
            }
            Remark {
                objectName: "captureFacts"
                Layout.fillWidth: true
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
                text: root.capture.factsText
            }
            IndexButton {
                objectName: "index"
                indexer: root.capture.indexer
            }
            CaptureActions {
                capture: root.capture
                captures: root.captures
                wide: root.wide
            }
        }
        NoticeBar {
            objectName: "indexNotice"
            Layout.fillWidth: true
            message: root.capture.indexer.notice.message
            serverMessage: root.capture.indexer.notice.serverMessage
            nextStep: root.capture.indexer.notice.nextStep
            dismissable: true
            onDismissed: root.capture.indexer.dismiss()
        }
        Hairline {
            Layout.fillWidth: true
        }
        SplitView {
            id: reading

            Layout.fillWidth: true
            Layout.fillHeight: true
            orientation: root.wide ? Qt.Horizontal : Qt.Vertical
            handle: PaneHandle {
                sideBySide: root.wide
            }
            Component.onCompleted: WindowMemory.adoptPanes(reading, "captureInspector")

            TrafficPane {
                id: traffic

                SplitView.fillWidth: true
                SplitView.fillHeight: true
                SplitView.minimumWidth: 320
                SplitView.minimumHeight: 110
                visible: root.wide || !root.replayShown
                focus: true
                title: root.capture.sides.length > 0 ? qsTr("Difference") : qsTr("Capture")
                name: root.capture.title.replace(/\.[a-z]+$/i, "")
                frames: root.capture.frames
                inspector: root.capture.inspector
                saver: root.capture.saver
                statistics: root.capture.statistics
                marks: root.capture.marks
                copier: root.capture.copier
                onSaveWanted: (file, redacted) => root.capture.save(file, redacted)
                onInspectWanted: inspector.takeFocus()

                CaptureEmpty {
                    anchors.fill: parent
                    visible: root.capture.frames.count === 0
                    frames: root.capture.frames
                    emptyText: root.capture.emptyText
                }
            }
            InspectorPane {
                id: inspector

                SplitView.preferredWidth: Math.max(320, root.width * 0.3)
                SplitView.preferredHeight: 190
                SplitView.minimumWidth: 280
                SplitView.minimumHeight: 100
                visible: !root.replayShown && (root.wide || inspector.inspector.hasRecord)
                closable: !root.wide
                inspector: root.capture.inspector
                marks: root.capture.marks
                onEditMarkWanted: traffic.editMark()
            }
            ReplayPane {
                id: replay

                objectName: "replayPane"
                SplitView.preferredWidth: 420
                SplitView.minimumWidth: 340
                SplitView.fillHeight: !root.wide
                visible: root.replayShown
                replay: root.capture.replay
            }
        }
    }
}

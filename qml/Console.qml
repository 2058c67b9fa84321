// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// Events. Sources at the left, traffic and inspector, the composer below.
ConsoleFrame {
    id: root

    // Too low for inspector and composer at once: the first row that is chosen folds the composer.
    readonly property bool cramped: !wide && height < 640

    panes: [subscriptions, traffic, traffic.statisticsPane, inspector, publish]

    function settleFocus() {
        traffic.forceActiveFocus();
    }
    function takeChannelFocus() {
        publish.takeChannelFocus();
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
    function run() {
        root.workspace.draft.send();
    }

    SplitView {
        id: columns

        anchors.fill: parent
        orientation: Qt.Horizontal
        handle: PaneHandle {
            sideBySide: true
        }
        Component.onCompleted: WindowMemory.adoptPanes(columns, "sources")

        SubscriptionPane {
            id: subscriptions

            SplitView.preferredWidth: root.wide ? 224 : 204
            SplitView.minimumWidth: 190
            SplitView.maximumWidth: root.width * 0.4
            visible: root.sourcesFit
            session: root.session
        }
        SplitView {
            id: rows

            SplitView.fillWidth: true
            orientation: Qt.Vertical
            handle: PaneHandle {
                sideBySide: false
            }
            Component.onCompleted: WindowMemory.adoptPanes(rows, "composer")

            SplitView {
                id: reading

                SplitView.fillHeight: true
                SplitView.minimumHeight: 140
                orientation: root.wide ? Qt.Horizontal : Qt.Vertical
                handle: PaneHandle {
                    sideBySide: root.wide
                }
                Component.onCompleted: WindowMemory.adoptPanes(reading, "inspector")

                TrafficPane {
                    id: traffic

                    SplitView.fillWidth: true
                    SplitView.fillHeight: true
                    SplitView.minimumWidth: 320
                    SplitView.minimumHeight: 110
                    focus: true
                    live: true
                    frames: root.session.frames
                    inspector: root.session.inspector
                    saver: root.session.saver
                    statistics: root.session.statistics
                    marks: root.session.marks
                    copier: root.session.copier
                    onClearWanted: root.session.clearTraffic()
                    onStatisticsShownChanged: if (root.cramped) publish.expanded = !statisticsShown
                    onSaveWanted: (file, redacted) => root.session.save(file, redacted)
                    onInspectWanted: inspector.takeFocus()

                    TrafficEmpty {
                        anchors.fill: parent
                        visible: root.session.frames.count === 0
                        session: root.session
                        onSubscribeWanted: subscriptions.takeFieldFocus()
                        onPublishWanted: publish.takeFocus()
                    }
                }
                InspectorPane {
                    id: inspector

                    SplitView.preferredWidth: Math.max(320, root.width * 0.25)
                    SplitView.preferredHeight: 190
                    SplitView.minimumWidth: 280
                    SplitView.minimumHeight: 100
                    visible: root.wide || inspector.inspector.hasRecord
                    closable: !root.wide
                    inspector: root.session.inspector
                    marks: root.session.marks
                    onEditMarkWanted: traffic.editMark()
                    onVisibleChanged: if (root.cramped) publish.expanded = !visible
                }
            }
            PublishPane {
                id: publish

                SplitView.preferredHeight: expanded ? Math.max(170, root.height * 0.26) : collapsedHeight
                SplitView.minimumHeight: expanded ? 150 : collapsedHeight
                SplitView.maximumHeight: expanded ? root.height * 0.6 : collapsedHeight
                draft: root.workspace.draft
            }
        }
    }
}

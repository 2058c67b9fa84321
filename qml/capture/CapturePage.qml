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
    readonly property bool wide: width >= 900

    function settleFocus() {
        traffic.takeFocus();
    }
    function takeFilterFocus() {
        traffic.takeFilterFocus();
    }
    function cycle(step: int) {
        if (traffic.activeFocus && inspector.visible)
            inspector.takeFocus();
        else
            traffic.takeFocus();
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Remark {
            objectName: "captureFacts"
            Layout.fillWidth: true
            Layout.margins: 8
            Layout.leftMargin: 12
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            text: root.capture.factsText
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
                focus: true
                title: qsTr("Capture")
                frames: root.capture.frames
                inspector: root.capture.inspector
                saver: root.capture.saver
                onSaveWanted: (file, redacted) => root.capture.save(file, redacted)
                onInspectWanted: inspector.takeFocus()

                CaptureEmpty {
                    anchors.fill: parent
                    visible: root.capture.frames.count === 0
                    frames: root.capture.frames
                }
            }
            InspectorPane {
                id: inspector

                SplitView.preferredWidth: Math.max(320, root.width * 0.3)
                SplitView.preferredHeight: 190
                SplitView.minimumWidth: 280
                SplitView.minimumHeight: 100
                visible: root.wide || inspector.inspector.hasRecord
                closable: !root.wide
                inspector: root.capture.inspector
            }
        }
    }
}

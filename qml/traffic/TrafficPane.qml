// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

FocusScope {
    id: root

    required property FrameModel frames
    required property FrameInspector inspector
    required property CaptureSaver saver
    required property Statistics statistics
    required property FrameMarks marks
    required property RowCopier copier
    property string title: qsTr("Traffic")
    property string name: "traffic" // of a file that it is saved in
    property bool live: false // more may come
    default property alias empty: body.data // what is shown where no row is
    readonly property alias statisticsShown: dock.shown
    signal clearWanted
    signal saveWanted(file: url, redacted: bool)
    signal inspectWanted

    readonly property alias statisticsPane: dock

    function takeFocus() {
        list.forceActiveFocus(Qt.ShortcutFocusReason);
    }
    function editMark() {
        editor.openFor(root.inspector.number, root.marks.selectedTitle, root.marks.selectedNote);
    }
    function takeFilterFocus() {
        filter.takeFocus();
    }
    function save() {
        if (saveButton.enabled)
            saveButton.open();
    }
    function toggleStatistics() {
        dock.toggle();
    }

    StatisticsDock {
        id: dock

        objectName: "statistics"
        anchors.bottom: parent.bottom
        width: root.width
        height: implicitHeight
        z: 1
        room: root.height
        statistics: root.statistics
        onLeaveWanted: root.takeFocus()
    }
    Connections {
        target: root.inspector

        function onPlotWanted(path: string) {
            dock.plot(path);
        }
    }
    MarkEditor {
        id: editor

        marks: root.marks
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.bottomMargin: dock.alone ? 0 : dock.height
        spacing: 0

        PaneBar {
            Layout.fillWidth: true
            title: root.title
            leading: [
                AppButton {
                    anchors.verticalCenter: parent?.verticalCenter
                    objectName: "pause"
                    visible: root.live
                    iconName: root.frames.following ? "pause" : "follow"
                    text: root.frames.following ? qsTr("Pause") : qsTr("Follow")
                    tip: root.frames.following ? qsTr("Hold the view; recording goes on") : qsTr("Show the newest rows as they arrive")
                    shortcut: root.frames.following ? qsTr("Space") : qsTr("End")
                    onClicked: root.frames.toggleFollow()
                },
                Chip {
                    anchors.verticalCenter: parent?.verticalCenter
                    objectName: "control"
                    text: qsTr("Control frames")
                    tip: qsTr("Keep-alives, acknowledgements and the handshake")
                    checked: root.frames.showControl
                    onToggled: root.frames.showControl = checked
                }
            ]

            Text {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.live && !root.frames.following && root.width > 600
                text: qsTr("Held · %L1 waiting").arg(root.frames.waiting)
                font.pixelSize: Theme.smallFontSize
                color: Theme.warning
            }
            Text {
                anchors.verticalCenter: parent.verticalCenter
                objectName: "rowCount"
                visible: root.width > 400
                text: root.frames.searching ? qsTr("%L1 found…").arg(root.frames.count)
                    : root.frames.filter.active ? qsTr("%L1 of %L2").arg(root.frames.count + root.frames.waiting).arg(root.frames.total)
                    : root.frames.count === 1 ? qsTr("1 row") : qsTr("%L1 rows").arg(root.frames.count)
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                objectName: "toggleStatistics"
                iconName: "chart"
                checked: dock.shown
                tip: dock.shown ? qsTr("Hide the statistics") : qsTr("Show the statistics")
                shortcut: qsTr("Ctrl+Shift+S")
                onClicked: dock.toggle()
            }
            MarkButton {
                anchors.verticalCenter: parent.verticalCenter
                objectName: "marks"
                marks: root.marks
                onEditWanted: (number, title, note) => editor.openFor(number, title, note)
                onChosen: root.takeFocus()
            }
            SaveButton {
                id: saveButton

                anchors.verticalCenter: parent.verticalCenter
                objectName: "save"
                enabled: root.frames.total > 0
                saver: root.saver
                name: root.name
                filtered: root.frames.filter.active
                onWanted: (file, redacted) => root.saveWanted(file, redacted)
            }
            ClearButton {
                anchors.verticalCenter: parent.verticalCenter
                objectName: "clear"
                visible: root.live
                enabled: root.frames.total > 0
                entries: root.frames.total
                bookmarks: root.marks.count
                onWanted: {
                    root.clearWanted();
                    root.takeFocus();
                }
            }
        }
        NoticeBar {
            objectName: "saveNotice"
            Layout.fillWidth: true
            Layout.bottomMargin: visible ? 6 : 0
            message: root.saver.notice.message
            serverMessage: root.saver.notice.serverMessage
            nextStep: root.saver.notice.nextStep
            dismissable: true
            onDismissed: root.saver.dismiss()
        }
        NoticeBar {
            objectName: "markNotice"
            Layout.fillWidth: true
            Layout.bottomMargin: visible ? 6 : 0
            message: root.marks.notice.message
            serverMessage: root.marks.notice.serverMessage
            nextStep: root.marks.notice.nextStep
            dismissable: true
            onDismissed: root.marks.dismissNotice()
        }
        FilterBar {
            id: filter

            Layout.fillWidth: true
            filter: root.frames.filter
            onLeaveWanted: root.takeFocus()
        }
        TrafficHeader {
            Layout.fillWidth: true
            frames: root.frames
            contentX: list.contentX
            onFitWanted: (column, headingWidth) => list.fit(column, headingWidth)
            onClosed: root.takeFocus()
        }
        Item {
            id: body

            Layout.fillWidth: true
            Layout.fillHeight: true

            TrafficList {
                id: list

                objectName: "traffic"
                anchors.fill: parent
                focus: true
                frames: root.frames
                marks: root.marks
                copier: root.copier
                onEditMarkWanted: root.editMark()
                onCopyWanted: root.inspector.copyPayload()
                onInspectWanted: root.inspectWanted()
            }
            WaitingPill {
                z: 1
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 12
                anchors.right: parent.right
                anchors.rightMargin: 24
                frames: root.frames
            }
        }
    }
}

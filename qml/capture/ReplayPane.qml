// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Publishes the events of a capture again: what is to happen, and below it what happens.
FocusScope {
    id: root

    required property Replay replay
    readonly property bool editing: root.replay.phase === Replay.Editing

    function takeFocus() {
        form.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    Keys.onEscapePressed: root.replay.shown = false

    FocusFollower {
        view: view
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: 12
            Layout.rightMargin: 4
            Layout.preferredHeight: 40
            spacing: 8

            Icon {
                icon: "replay"
                color: Theme.secondary
            }
            PaneTitle {
                Layout.fillWidth: true
                text: qsTr("Replay")
            }
            IconButton {
                objectName: "closeReplay"
                iconName: "close"
                tip: root.editing ? qsTr("Close this pane") : qsTr("Close this pane; the replay goes on")
                shortcut: qsTr("Esc")
                onClicked: root.replay.shown = false
            }
        }
        Hairline {
            Layout.fillWidth: true
        }
        NoticeBar {
            objectName: "replayRefusal"
            Layout.fillWidth: true
            message: root.replay.refusal.message
            nextStep: root.replay.refusal.nextStep
        }
        Flickable {
            id: view

            Layout.fillWidth: true
            Layout.fillHeight: true
            contentWidth: width
            contentHeight: form.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            ScrollBar.vertical: SlimScrollBar {}

            ReplayForm {
                id: form

                width: view.width
                height: implicitHeight
                focus: true
                enabled: root.editing
                replay: root.replay
            }
        }
        Hairline {
            Layout.fillWidth: true
            color: Theme.border
        }
        ReplayRun {
            Layout.fillWidth: true
            replay: root.replay
        }
    }
}

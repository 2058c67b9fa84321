// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// The saved profiles: double click or Enter connects.
Card {
    id: root

    required property Workspace workspace
    readonly property ProfileList profiles: root.workspace.profiles
    property int removing: -1 // the row that asks whether it shall go

    margin: 16
    visible: root.profiles.count > 0 || !root.profiles.problem.isEmpty

    function takeFocus() {
        list.forceActiveFocus(Qt.ShortcutFocusReason);
    }
    function askRemoval(row: int) {
        root.removing = row;
        list.currentIndex = row;
    }
    function remove(row: int) {
        root.removing = -1;
        root.workspace.removeProfile(row);
        if (root.profiles.count > 0)
            list.forceActiveFocus();
    }

    PaneTitle {
        text: qsTr("Saved profiles")
        font.pixelSize: 15
    }
    NoticeBar {
        Layout.fillWidth: true
        framed: true
        message: root.profiles.problem.message
        nextStep: root.profiles.problem.nextStep
    }
    ListView {
        id: list

        objectName: "profiles"
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(contentHeight, 264)
        focus: true
        clip: true
        cacheBuffer: 0
        model: root.profiles
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}
        keyNavigationEnabled: true
        activeFocusOnTab: true

        Accessible.role: Accessible.List
        Accessible.name: qsTr("Saved profiles")
        onActiveFocusChanged: if (activeFocus && currentIndex < 0) currentIndex = 0
        Keys.onReturnPressed: root.removing >= 0 ? root.remove(root.removing) : root.workspace.openProfile(list.currentIndex)
        Keys.onEnterPressed: root.removing >= 0 ? root.remove(root.removing) : root.workspace.openProfile(list.currentIndex)
        Keys.onDeletePressed: root.askRemoval(list.currentIndex)
        Keys.onEscapePressed: event => {
            event.accepted = root.removing >= 0;
            root.removing = -1;
        }
        Keys.onPressed: event => {
            event.accepted = event.key === Qt.Key_F2;
            if (event.accepted)
                root.workspace.editProfile(list.currentIndex);
        }

        delegate: ProfileRow {
            width: list.width
            isCurrent: ListView.isCurrentItem
            hasKeyboard: list.activeFocus
            isRemoving: root.removing === index
            onChosen: {
                list.currentIndex = index;
                list.forceActiveFocus();
            }
            onOpenWanted: root.workspace.openProfile(index)
            onEditWanted: root.workspace.editProfile(index)
            onRemovalWanted: root.askRemoval(index)
            onRemovalConfirmed: root.remove(index)
            onRemovalRejected: root.removing = -1
        }
    }
    Remark {
        Layout.fillWidth: true
        visible: root.profiles.count > 0
        text: qsTr("Enter connects, F2 edits, Delete removes.")
    }
}

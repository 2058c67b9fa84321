// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// What the table shows of the traffic, in the filter language; what is wrong with it stands below while it is typed.
FocusScope {
    id: root

    required property FrameFilter filter
    signal leaveWanted

    implicitHeight: input.height + 8 + (problem.visible ? problem.implicitHeight + 4 : 0)
    z: 5 // the proposals lie over the table

    function takeFocus() {
        input.forceActiveFocus(Qt.ShortcutFocusReason);
        input.selectAll();
    }
    function clearOrLeave() {
        if (input.text)
            root.filter.clear();
        else
            root.leaveWanted();
    }

    Field {
        id: input

        objectName: "filter"
        anchors.left: parent.left
        anchors.leftMargin: 12
        anchors.right: parent.right
        anchors.rightMargin: 12
        leftPadding: 28
        rightPadding: clear.visible ? 30 : 8
        focus: true
        mono: true
        font.pixelSize: Theme.smallFontSize
        invalid: root.filter.problem
        placeholderText: qsTr("Filter: %1").arg("sub ~ \"/demo/*\" && event.score > 10")
        text: root.filter.text
        onTextChanged: root.filter.text = text
        Accessible.name: qsTr("Filter of the traffic")
        Accessible.description: root.filter.problem

        Keys.onEscapePressed: root.clearOrLeave()
        Keys.onDownPressed: root.leaveWanted()

        Icon {
            x: 8
            anchors.verticalCenter: parent.verticalCenter
            icon: "filter"
            size: 14
            color: root.filter.active ? Theme.accent : Theme.secondary
        }
        IconButton {
            id: clear

            objectName: "clearFilter"
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: input.text
            focusPolicy: Qt.NoFocus
            iconName: "close"
            tip: qsTr("Clear the filter")
            shortcut: qsTr("Esc")
            onClicked: root.filter.clear()
        }
    }
    Remark {
        id: problem

        objectName: "filterProblem"
        anchors.top: input.bottom
        anchors.topMargin: 4
        anchors.left: input.left
        anchors.right: input.right
        visible: root.filter.problem && !proposals.visible
        text: qsTr("At character %1: %2").arg(root.filter.problemBegin + 1).arg(root.filter.problem)
        color: Theme.danger
    }
    CompletionList {
        id: proposals

        objectName: "filterProposals"
        x: Math.max(input.x, Math.min(root.width - width - 4, input.x + input.leftPadding + input.positionToRectangle(root.filter.completions.begin).x))
        y: input.height + 2
        completions: root.filter.completions
        field: input
        opener: /^[A-Za-z_.$"]$/
        follower: /./
        onWanted: cursor => root.filter.complete(cursor)
        onLineWanted: root.filter.apply()
    }
}

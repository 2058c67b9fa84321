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

    implicitHeight: field.height + 8 + (problem.visible ? problem.implicitHeight + 4 : 0)
    z: 5 // the proposals lie over the table

    function takeFocus() {
        field.forceActiveFocus(Qt.ShortcutFocusReason);
        field.selectAll();
    }
    function complete() {
        root.filter.text = field.text;
        root.filter.complete(field.cursorPosition);
        if (root.filter.completions.count > 0)
            proposals.open();
        else
            proposals.close();
    }
    function accept(text: string) {
        const begin = root.filter.completions.begin;
        proposals.close();
        field.remove(begin, root.filter.completions.end);
        field.insert(begin, text);
        field.cursorPosition = begin + text.length;
    }
    function onTyped(text: string) {
        if (/^[A-Za-z_.$"]$/.test(text) || proposals.visible)
            typed.restart();
        else
            proposals.close();
    }
    function clearOrLeave() {
        if (field.text)
            root.filter.clear();
        else
            root.leaveWanted();
    }

    Timer {
        id: typed

        interval: 0
        onTriggered: root.complete()
    }
    Field {
        id: field

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
        onActiveFocusChanged: if (!activeFocus) proposals.close()
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
            visible: field.text
            focusPolicy: Qt.NoFocus
            iconName: "close"
            tip: qsTr("Clear the filter")
            shortcut: qsTr("Esc")
            onClicked: root.filter.clear()
        }
    }
    CompletionKeys {
        target: field
        active: proposals.visible
        onTyped: text => root.onTyped(text)
        onErased: if (proposals.visible) typed.restart()
        onWanted: root.complete()
        onMoved: steps => proposals.move(steps)
        onAccepted: root.accept(root.filter.completions.textOf(proposals.current))
        onDismissed: proposals.close()
        onLineWanted: root.filter.apply()
    }
    Remark {
        id: problem

        objectName: "filterProblem"
        anchors.top: field.bottom
        anchors.topMargin: 4
        anchors.left: field.left
        anchors.right: field.right
        visible: root.filter.problem && !proposals.visible
        text: qsTr("At character %1: %2").arg(root.filter.problemBegin + 1).arg(root.filter.problem)
        color: Theme.danger
    }
    CompletionList {
        id: proposals

        objectName: "filterProposals"
        x: Math.max(field.x, Math.min(root.width - width - 4, field.x + field.leftPadding + field.positionToRectangle(root.filter.completions.begin).x))
        y: field.height + 2
        completions: root.filter.completions
        onChosen: text => root.accept(text)
    }
}

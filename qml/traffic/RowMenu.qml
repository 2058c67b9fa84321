// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// What can be done with the selected row of the traffic.
AppMenu {
    id: root

    required property RowCopier copier
    required property FrameMarks marks
    signal editMarkWanted

    objectName: "rowMenu"

    AppMenuItem {
        objectName: "toggleMark"
        iconName: root.marks.selectedIsMarked ? "star-filled" : "star"
        text: root.marks.selectedIsMarked ? qsTr("Remove the bookmark") : qsTr("Bookmark")
        shortcut: qsTr("Ctrl+B")
        onTriggered: root.marks.toggle()
    }
    AppMenuItem {
        objectName: "editMark"
        visible: root.marks.selectedIsMarked
        text: qsTr("Title and note…")
        onTriggered: closing.start()
    }
    AppMenuLine {}
    CopyItem {
        iconName: "copy"
        form: RowCopier.Payload
        text: root.copier.hasFrame ? qsTr("Copy the payload as received") : qsTr("Copy the text")
        shortcut: qsTr("Ctrl+C")
    }
    CopyItem {
        visible: root.copier.hasFrame
        form: RowCopier.Pretty
        text: qsTr("Copy the payload laid out")
    }
    CopyItem {
        form: RowCopier.Json
        text: qsTr("Copy the row as JSON")
    }
    AppMenuLine {
        visible: root.copier.canRepeat
    }
    CopyItem {
        visible: root.copier.canRepeat
        form: RowCopier.Shell
        iconName: "play"
        text: qsTr("Copy as syncscope-cli command")
    }
    CopyItem {
        visible: root.copier.canRepeat
        form: RowCopier.AmplifyJs
        text: qsTr("Copy as JavaScript with Amplify")
    }
    CopyItem {
        visible: root.copier.canRepeat
        form: RowCopier.Python
        text: qsTr("Copy as Python")
    }
    CopyItem {
        visible: root.copier.canRepeat
        form: RowCopier.Go
        text: qsTr("Copy as Go")
    }
    CopyItem {
        visible: root.copier.canRepeat
        form: RowCopier.Cpp
        text: qsTr("Copy as C++")
    }

    // The editor takes the focus when the menu has given it back.
    Timer {
        id: closing

        interval: 0
        onTriggered: root.editMarkWanted()
    }

    component CopyItem: AppMenuItem {
        required property int form

        objectName: "copy" + form
        onTriggered: root.copier.copy(form)
    }
}

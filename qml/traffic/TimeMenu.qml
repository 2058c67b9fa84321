// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// In which form a table tells times.
AppMenu {
    id: root

    required property FrameColumns columns
    signal columnsWanted

    objectName: "timeMenu"

    Choice {
        objectName: "timeLocal"
        text: qsTr("Local time")
        chosen: root.columns.timeForm === FrameColumns.Local
        onTriggered: root.columns.timeForm = FrameColumns.Local
    }
    Choice {
        objectName: "timeUtc"
        text: qsTr("UTC")
        chosen: root.columns.timeForm === FrameColumns.Utc
        onTriggered: root.columns.timeForm = FrameColumns.Utc
    }
    Choice {
        objectName: "timeSinceStart"
        text: qsTr("Since the first frame")
        chosen: root.columns.timeForm === FrameColumns.SinceStart
        onTriggered: root.columns.timeForm = FrameColumns.SinceStart
    }
    Choice {
        objectName: "timeDate"
        text: qsTr("With the date")
        enabled: root.columns.timeForm !== FrameColumns.SinceStart
        chosen: root.columns.withDate
        onTriggered: root.columns.withDate = !root.columns.withDate
    }
    AppMenuLine {}
    Choice {
        objectName: "deltaRow"
        text: qsTr("Δ since the row above")
        chosen: root.columns.deltaForm === FrameColumns.PreviousRow
        onTriggered: root.columns.deltaForm = FrameColumns.PreviousRow
    }
    Choice {
        objectName: "deltaChannel"
        text: qsTr("Δ since the channel's row before")
        chosen: root.columns.deltaForm === FrameColumns.PreviousOfChannel
        onTriggered: root.columns.deltaForm = FrameColumns.PreviousOfChannel
    }
    AppMenuLine {}
    AppMenuItem {
        iconName: "columns"
        text: qsTr("Columns…")
        onTriggered: root.columnsWanted()
    }

    component Choice: AppMenuItem {
        required property bool chosen

        iconName: chosen ? "check" : ""
        Accessible.checkable: true
        Accessible.checked: chosen
    }
}

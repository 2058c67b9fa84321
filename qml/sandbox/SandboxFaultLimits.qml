// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Syncscope
import Syncscope.Ui

// With which error a fault answers, how often it hits, and on which channels.
Flow {
    id: root

    required property SandboxFaultModel faults
    required property int row
    required property string title
    required property bool hasErrorType
    required property string errorType
    required property int percent
    required property int times
    required property bool hasChannel
    required property string channel

    spacing: 6

    component Word: Text {
        height: Theme.controlHeight
        verticalAlignment: Text.AlignVCenter
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }

    Field {
        visible: root.hasErrorType
        width: 220
        mono: true
        text: root.errorType
        placeholderText: qsTr("the usual errorType")
        onEditingFinished: root.faults.setErrorType(root.row, text)
        Accessible.name: root.title + ", errorType"
    }
    Word {
        text: qsTr("hits")
    }
    Field {
        objectName: "faultPercent"
        width: 52
        mono: true
        horizontalAlignment: Text.AlignRight
        text: root.percent
        validator: IntValidator {
            bottom: 1
            top: 100
        }
        onEditingFinished: root.faults.setPercent(root.row, Number(text))
        Accessible.name: qsTr("Per cent of the times")
    }
    Word {
        text: qsTr("% of the times, at most")
    }
    Field {
        objectName: "faultTimes"
        width: 64
        mono: true
        horizontalAlignment: Text.AlignRight
        text: root.times > 0 ? root.times : ""
        placeholderText: qsTr("any")
        validator: IntValidator {
            bottom: 0
        }
        onEditingFinished: root.faults.setTimes(root.row, Number(text))
        Accessible.name: qsTr("How often at most")
    }
    Word {
        text: root.hasChannel ? qsTr("times, on") : qsTr("times")
    }
    Field {
        objectName: "faultChannel"
        visible: root.hasChannel
        width: 130
        mono: true
        text: root.channel
        placeholderText: qsTr("any channel")
        onEditingFinished: root.faults.setChannel(root.row, text)
        Accessible.name: qsTr("Channels")
    }
}

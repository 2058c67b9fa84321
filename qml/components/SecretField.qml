// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope.Ui

// A line of text that is hidden unless one looks.
Field {
    id: root

    mono: true
    rightPadding: 34
    echoMode: reveal.checked ? TextInput.Normal : TextInput.Password
    passwordCharacter: "•"
    inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText

    Accessible.passwordEdit: !reveal.checked

    IconButton {
        id: reveal

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.rightMargin: 2
        extent: 24
        checkable: true
        iconName: checked ? "eye-off" : "eye"
        tip: checked ? qsTr("Hide") : qsTr("Show")
    }
}

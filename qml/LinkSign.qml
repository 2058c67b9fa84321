// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

// The state of the connection as a sign: shape and colour.
Text {
    id: root

    required property Session session
    readonly property int link: root.session ? root.session.link : Session.Offline

    text: link === Session.Live ? "●" : link === Session.Failed ? "✕" : link === Session.Offline ? "○" : "◐"
    font.pixelSize: Theme.smallFontSize
    color: link === Session.Live ? Theme.success : link === Session.Failed ? Theme.danger
        : link === Session.Offline ? Theme.secondary : Theme.warning
    Accessible.role: Accessible.StaticText
    Accessible.name: root.session ? root.session.linkText : ""
}

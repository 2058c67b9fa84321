// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

// Small print that wraps.
Text {
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    font.pixelSize: Theme.smallFontSize
    color: Theme.secondary
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}

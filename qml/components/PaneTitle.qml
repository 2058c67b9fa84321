// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

Text {
    font.pixelSize: Theme.fontSize
    font.weight: Font.Medium
    color: Theme.text
    elide: Text.ElideRight
    Accessible.role: Accessible.Heading
    Accessible.name: text
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick

// Widths that the header and all rows share. The preview takes what is left.
QtObject {
    property real number: 42
    property real time: 90
    property real delta: 50
    property real direction: 12
    property real channel: 140
    property real size: 54
    readonly property real gap: 8

    readonly property real timeX: 12 + number + gap
    readonly property real deltaX: timeX + time + gap
    readonly property real directionX: deltaX + delta + gap
    readonly property real channelX: directionX + direction + gap
    readonly property real sizeX: channelX + channel + gap
    readonly property real previewX: sizeX + size + gap * 2
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick

// Widths that the header and all rows share. The preview takes what is left.
QtObject {
    property real number: 48
    property real time: 92
    property real delta: 52
    property real direction: 14
    property real channel: 128
    property real size: 58
    readonly property real gap: 8

    readonly property real timeX: 12 + number + gap
    readonly property real deltaX: timeX + time + gap
    readonly property real directionX: deltaX + delta + gap
    readonly property real channelX: directionX + direction + gap
    readonly property real sizeX: channelX + channel + gap
    readonly property real previewX: sizeX + size + gap * 2
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

Rectangle {
    implicitWidth: 1
    implicitHeight: 1
    color: Theme.divider
}

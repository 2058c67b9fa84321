// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick.Controls

// Between two groups of an AppMenu.
MenuSeparator {
    padding: 0
    topPadding: 4
    bottomPadding: 4
    contentItem: Hairline {
        implicitWidth: 100
    }
}

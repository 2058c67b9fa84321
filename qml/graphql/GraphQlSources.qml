// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What the document has, and what is subscribed.
FocusScope {
    id: root

    required property Session session
    readonly property bool isEmpty: operations.count === 0 && subscriptions.count === 0
    signal placeWanted(int offset)

    function takeFocus() {
        if (operations.count > 0)
            operations.forceActiveFocus(Qt.ShortcutFocusReason);
        else
            subscriptions.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    SplitView {
        id: rows

        anchors.fill: parent
        orientation: Qt.Vertical
        handle: PaneHandle {
            sideBySide: false
        }

        ColumnLayout {
            SplitView.preferredHeight: root.height * 0.46
            SplitView.minimumHeight: 80
            spacing: 0

            PaneTitle {
                Layout.leftMargin: 12
                Layout.preferredHeight: 40
                verticalAlignment: Text.AlignVCenter
                text: qsTr("Operations")
            }
            Hairline {
                Layout.fillWidth: true
            }
            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                OperationList {
                    id: operations

                    objectName: "operations"
                    anchors.fill: parent
                    focus: true
                    operations: root.session.graphQl.operations
                    onPlaceWanted: offset => root.placeWanted(offset)
                }
                EmptyState {
                    anchors.fill: parent
                    visible: operations.count === 0
                    icon: "list"
                    text: qsTr("The queries, mutations and subscriptions of the document are listed here.")
                }
            }
        }
        ColumnLayout {
            SplitView.fillHeight: true
            SplitView.minimumHeight: 80
            spacing: 0

            PaneTitle {
                Layout.leftMargin: 12
                Layout.preferredHeight: 40
                verticalAlignment: Text.AlignVCenter
                text: qsTr("Subscriptions")
            }
            Hairline {
                Layout.fillWidth: true
            }
            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                SubscriptionList {
                    id: subscriptions

                    objectName: "subscriptions"
                    anchors.fill: parent
                    subscriptions: root.session.subscriptions
                    onEmptied: root.takeFocus()
                }
                EmptyState {
                    anchors.fill: parent
                    visible: subscriptions.count === 0
                    icon: "list"
                    text: qsTr("None runs. Several may run at once; each stays until you stop it.")
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope

// What went wrong, each error with its type, its words, the field and the place in the document.
ScrollView {
    id: root

    required property GraphQlResultView view
    readonly property bool isThere: root.view.failure || root.view.errors.length > 0

    implicitHeight: root.isThere ? lines.implicitHeight : 0
    clip: true
    contentWidth: availableWidth
    ScrollBar.horizontal.policy: ScrollBar.AlwaysOff

    Column {
        id: lines

        width: root.availableWidth
        bottomPadding: 8
        leftPadding: 12
        rightPadding: 12
        spacing: 4

        Line {
            visible: text
            text: root.view.failure
            color: Theme.danger
        }
        Line {
            visible: text
            text: root.view.nextStep
        }
        Repeater {
            model: root.view.errors

            Column {
                id: entry

                required property var modelData
                readonly property string where: [entry.modelData.path, entry.modelData.place].filter(part => part).join(" · ")

                width: lines.width - 24

                Line {
                    width: entry.width
                    text: (entry.modelData.type ? entry.modelData.type + ": " : "") + entry.modelData.message
                    color: Theme.danger
                }
                Line {
                    width: entry.width
                    visible: text
                    text: entry.where
                    font.family: Theme.monoFamily
                }
            }
        }
    }

    component Line: Text {
        width: lines.width - 24
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}

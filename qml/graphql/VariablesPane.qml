// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The variables as JSON; those that are JSON in a string (AWSJSON) as the JSON inside.
FocusScope {
    id: root

    required property GraphQlDraft draft
    readonly property var names: root.draft.jsonNames
    property int page: 0 // 0: all of them; else one of names
    readonly property int inside: root.page - 1

    function takeFocus() {
        code.textArea.forceActiveFocus(Qt.ShortcutFocusReason);
    }
    function choices(): var {
        const all = Array.from(root.names);
        all.unshift(qsTr("All"));
        return all;
    }
    function show() {
        const wanted = root.inside < 0 ? root.draft.variables : root.draft.jsonText(root.inside);
        if (code.text !== wanted)
            code.text = wanted;
    }
    function take() {
        if (root.inside < 0)
            root.draft.variables = code.text;
        else
            root.draft.setJsonText(root.inside, code.text);
    }

    onNamesChanged: {
        if (root.page > root.names.length)
            root.page = 0;
    }
    onPageChanged: root.show()

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: 44
            Layout.maximumHeight: 44
            Layout.leftMargin: 12
            Layout.rightMargin: 8
            spacing: 8

            PaneTitle {
                text: qsTr("Variables")
            }
            Item {
                Layout.fillWidth: true
            }
            Select {
                objectName: "jsonVariable"
                Layout.preferredWidth: root.names.length > 0 ? Math.min(150, root.width * 0.5) : 0
                Layout.minimumWidth: 0
                opacity: root.names.length > 0 ? 1 : 0
                enabled: root.names.length > 0
                name: qsTr("Edit all variables, or the JSON inside of one")
                model: root.choices()
                choice: root.page
                onChosen: index => root.page = index
            }
            IconButton {
                objectName: "formatVariables"
                iconName: "format"
                tip: qsTr("Indent the variables")
                enabled: root.inside < 0 && code.text
                onClicked: root.draft.formatVariables()
            }
        }
        Hairline {
            Layout.fillWidth: true
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            color: Theme.window

            CodeArea {
                id: code

                objectName: "variables"
                anchors.fill: parent
                focus: true
                wrap: false
                name: root.inside < 0 ? qsTr("Variables as JSON") : qsTr("JSON inside of %1").arg(root.names[root.inside])
                placeholderText: root.inside < 0 ? '{"room": "lobby"}' : qsTr("JSON, kept in a string")
                errorPosition: root.inside < 0 ? root.firstProblem : root.draft.jsonProblemAt(text)
                onTextChanged: root.take()
            }
            FocusRing {
                shown: code.textArea.activeFocus
                radius: 0
            }
        }
        Hairline {
            Layout.fillWidth: true
        }
        ProblemList {
            objectName: "variableProblems"
            Layout.fillWidth: true
            problems: root.draft.variableProblems
            fine: root.inside < 0 ? qsTr("Values fit their types") : qsTr("Kept as a string, character by character")
            onPlaceWanted: offset => {
                root.page = 0;
                root.takeFocus();
                if (offset >= 0)
                    code.textArea.cursorPosition = Math.min(offset, code.textArea.length);
            }
        }
    }

    property int firstProblem: -1

    Connections {
        target: root.draft.variableProblems

        function onModelReset() {
            const problems = root.draft.variableProblems;
            root.firstProblem = problems.count > 0 ? problems.data(problems.index(0, 0), GraphQlProblemModel.OffsetRole) : -1;
        }
    }
    Connections {
        target: root.draft

        // They change by themselves when they are laid out; typing must not move the cursor.
        function onVariablesChanged() {
            root.show();
        }
    }
    Component.onCompleted: root.show()
}

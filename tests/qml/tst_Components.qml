// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

TestCase {
    id: test

    name: "Components"
    when: windowShown
    visible: true
    width: 500
    height: 300

    Component {
        id: segmentsComponent

        Segments {
            name: "Choice"
            options: ["One", "Two", "Three"]
            current: 0
            onChosen: index => current = index
        }
    }
    Component {
        id: chipComponent

        Chip {
            text: "Chip"
        }
    }
    Component {
        id: noticeComponent

        NoticeBar {
            width: 480
            message: "It failed."
            details: "Code: 7"
            action: "Again"
        }
    }
    Component {
        id: secretComponent

        SecretField {
            width: 200
        }
    }
    Component {
        id: areaComponent

        FocusScope {
            width: 400
            height: 200

            CodeArea {
                objectName: "area"
                width: 400
                height: 150
            }
            IconButton {
                objectName: "next"
                y: 160
                iconName: "copy"
                tip: "Next"
            }
        }
    }
    SignalSpy {
        id: spy
    }

    function init() {
        failOnWarning(/.?/);
    }

    function test_segmentsByKeyboardAndMouse() {
        const segments = createTemporaryObject(segmentsComponent, test);
        segments.forceActiveFocus();
        keyClick(Qt.Key_Right);
        compare(segments.current, 1);
        keyClick(Qt.Key_Right);
        keyClick(Qt.Key_Right);
        compare(segments.current, 2);
        keyClick(Qt.Key_Left);
        compare(segments.current, 1);
        mouseClick(segments, 10, segments.height / 2);
        compare(segments.current, 0);
    }

    function test_chipToggles() {
        const chip = createTemporaryObject(chipComponent, test);
        spy.signalName = "";
        spy.target = chip;
        spy.signalName = "toggled";
        spy.clear();
        chip.forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Space);
        compare(chip.checked, true);
        keyClick(Qt.Key_Return);
        compare(chip.checked, false);
        mouseClick(chip);
        compare(chip.checked, true);
        compare(spy.count, 3);
    }

    function test_noticeTellsDetailsOnDemand() {
        const notice = createTemporaryObject(noticeComponent, test);
        const before = notice.implicitHeight;
        mouseClick(findChild(notice, "details"));
        tryVerify(() => notice.implicitHeight > before || notice.detailed);
        spy.signalName = "";
        spy.target = notice;
        spy.signalName = "triggered";
        spy.clear();
        mouseClick(findChild(notice, "noticeAction"));
        compare(spy.count, 1);
        notice.message = "";
        compare(notice.visible, false);
        compare(notice.implicitHeight, 0);
    }

    function test_secretsAreHidden() {
        const field = createTemporaryObject(secretComponent, test);
        compare(field.echoMode, TextInput.Password);
        mouseClick(field, field.width - 12, field.height / 2);
        compare(field.echoMode, TextInput.Normal);
        mouseClick(field, field.width - 12, field.height / 2);
        compare(field.echoMode, TextInput.Password);
    }

    function test_tabLeavesTheEditor() {
        const scope = createTemporaryObject(areaComponent, test);
        const area = findChild(scope, "area");
        area.textArea.forceActiveFocus();
        keyClick("1");
        keyClick(Qt.Key_Tab);
        compare(area.text, "1");
        verify(findChild(scope, "next").activeFocus);
        verify(findChild(scope, "next").visualFocus);
        keyClick(Qt.Key_Backtab);
        verify(area.textArea.activeFocus);
    }
}

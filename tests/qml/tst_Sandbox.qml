// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// The sandbox's pane beside the traffic, by keyboard. With SYNCSCOPE_TEST_PICTURES=FOLDER it leaves pictures.
TestCase {
    id: test

    name: "Sandbox"
    when: windowShown
    width: 100
    height: 100
    visible: true

    Component {
        id: windowComponent

        Main {
            workspace: Workspace {}
        }
    }

    property Main window
    readonly property Sandbox sandbox: window ? window.workspace.sandbox : null
    readonly property Session session: window ? window.workspace.session : null

    function init() {
        failOnWarning(/.?/);
    }
    function cleanup() {
        if (window)
            window.destroy();
        window = null;
    }
    function open(data): void {
        Theme.mode = data.dark ? Theme.Dark : Theme.Light;
        window = windowComponent.createObject(null, {width: data.width, height: data.height});
        tryVerify(() => window.active);
        window.workspace.openSandbox();
        tryVerify(() => session.link === Session.Live);
        keyClick(Qt.Key_F10);
        verify(item("sandboxPane").visible);
    }
    function item(name: string): Item {
        const found = findChild(window, name) ?? findChild(window.contentItem.parent, name);
        verify(found, name);
        return found;
    }
    function picture(data, name: string) {
        waitForRendering(window.contentItem);
        if (server.pictures)
            grabImage(window.contentItem.parent ?? window.contentItem).save(server.pictures + "/" + name + "-" + data.tag + ".png");
    }
    function sizes() {
        return [
            {tag: "light-small", dark: false, width: 960, height: 600},
            {tag: "dark-large", dark: true, width: 1440, height: 900}
        ];
    }

    function test_pages_data() { return sizes(); }
    function test_pages(data) {
        open(data);
        tryVerify(() => session.frames.count > 4);
        picture(data, "sandbox-overview");
        keyClick(Qt.Key_Right);
        tryVerify(() => sandbox.clients.count === 1);
        picture(data, "sandbox-clients");
        keyClick(Qt.Key_Right);
        const editor = sandbox.handlers;
        editor.current = editor.namespaces.indexOf("demo");
        editor.text = "// Loud words only.\nexport function onPublish(ctx) {\n  console.log('events', ctx.events.length);\n  return ctx.events.filter(e => e.payload.text?.length > 3);\n}\n";
        picture(data, "sandbox-handler-draft");
        editor.apply();
        tryVerify(() => editor.output);
        picture(data, "sandbox-handler");
        ignoreWarning(/demo\.js:2: SyntaxError/);
        editor.text = "export function onPublish(ctx) {\n  return ctx.events.filter(e => e.);\n}\n";
        editor.apply();
        tryCompare(editor, "problemLine", 2);
        verify(item("errorMark").visible);
        picture(data, "sandbox-handler-broken");
        editor.text = "";
        editor.apply();
        keyClick(Qt.Key_Right);
        const row = 22; // that of a delay of deliveries
        const other = 17; // a refused publish, with its error
        sandbox.faults.toggle(row);
        sandbox.faults.toggle(other);
        sandbox.faults.setPercent(row, 25);
        const list = item("sandboxFaults");
        list.currentIndex = row;
        list.positionViewAtIndex(row, ListView.Center);
        compare(findChild(list.itemAtIndex(row), "faultPercent").text, "25");
        picture(data, "sandbox-faults");
    }
}

// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// The ways to look at an event. With SYNCSCOPE_TEST_PICTURES=FOLDER it leaves pictures.
TestCase {
    id: test

    name: "Inspector"
    when: windowShown
    visible: true
    width: 100
    height: 100

    Component {
        id: windowComponent

        Main {
            workspace: Workspace {}
        }
    }

    property Main window
    readonly property Session session: window ? window.workspace.session : null
    readonly property FrameInspector inspector: session ? session.inspector : null

    function init() {
        failOnWarning(/.?/);
        verify(server.start());
    }
    function cleanup() {
        window.destroy();
        window = null;
        server.stop();
    }
    function item(name: string): Item {
        const found = findChild(window, name) ?? findChild(window.contentItem.parent, name);
        verify(found, name);
        return found;
    }
    function sizes() {
        return [
            {tag: "light", dark: false, width: 1280, height: 800},
            {tag: "dark-small", dark: true, width: 860, height: 640}
        ];
    }
    function open(data) {
        Theme.mode = data.dark ? Theme.Dark : Theme.Light;
        window = windowComponent.createObject(null, {width: data.width, height: data.height});
        tryVerify(() => window.active);
        window.workspace.form.address = server.url;
        window.workspace.form.credential = server.apiKey;
        window.workspace.openForm();
        tryVerify(() => session && session.link === Session.Live);
        verify(session.subscriptions.add("/default/*"));
        tryVerify(() => session.subscriptions.liveCount === 1);
        server.publish("/default/game", '{"player":{"name":"ann","level":3},"score":9007199254740993,"items":["bow","rope"],"alive":true}');
        server.publish("/default/game", '{"player":{"name":"ann","level":4},"score":9007199254740994,"items":["bow"],"alive":true,"note":"é"}');
        tryVerify(() => session.frames.count === 2);
        session.frames.select(1);
    }
    function picture(data, name: string) {
        waitForRendering(window.contentItem);
        if (server.pictures)
            grabImage(window.contentItem.parent ?? window.contentItem).save(server.pictures + "/" + name + "-" + data.tag + ".png");
    }

    function test_treeByKeyboard_data() { return sizes(); }
    function test_treeByKeyboard(data) {
        open(data);
        inspector.view = FrameInspector.Tree;
        const tree = item("tree");
        compare(tree.count, 9);
        tree.parent.forceActiveFocus(Qt.TabFocusReason);
        tree.currentIndex = 1; // player
        keyClick(Qt.Key_Left);
        compare(tree.count, 7);
        keyClick(Qt.Key_Right);
        compare(tree.count, 9);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down); // level
        picture(data, "inspector-tree");
        keyClick(Qt.Key_C, Qt.ControlModifier);
        compare(server.clipboard(), "4");
        keyClick(Qt.Key_Return);
        compare(session.frames.filter.text, "event.player.level == 4");
        compare(session.frames.count, 1);
        compare(item("filter").text, "event.player.level == 4");
        keyClick(Qt.Key_Left); // to the member that it is in
        compare(tree.currentIndex, 1);
    }

    function test_treeMenu_data() { return sizes(); }
    function test_treeMenu(data) {
        open(data);
        inspector.view = FrameInspector.Tree;
        const tree = item("tree");
        tree.parent.forceActiveFocus(Qt.TabFocusReason);
        tree.currentIndex = 3; // level
        keyClick(Qt.Key_F10, Qt.ShiftModifier);
        const menu = findChild(tree.parent, "treeMenu");
        tryVerify(() => menu.opened);
        picture(data, "inspector-menu");
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down); // copy the path
        keyClick(Qt.Key_Return);
        compare(server.clipboard(), "event.player.level");
        tryVerify(() => !menu.visible);
        verify(tree.parent.activeFocus);
        tree.positionViewAtIndex(4, ListView.Beginning);
        mouseClick(tree.itemAtIndex(4), 40, 8, Qt.RightButton); // score
        tryVerify(() => menu.opened);
        compare(tree.currentIndex, 4);
        mouseClick(findChild(menu.contentItem, "filterSmaller"));
        compare(session.frames.filter.text, "event.score < 9007199254740994");
        compare(session.frames.count, 1);
    }

    function test_bytes_data() { return sizes(); }
    function test_bytes(data) {
        open(data);
        inspector.view = FrameInspector.Hex;
        tryVerify(() => item("hex").count > 3);
        picture(data, "inspector-hex");
    }

    function test_differences_data() { return sizes(); }
    function test_differences(data) {
        open(data);
        inspector.view = FrameInspector.Diff;
        compare(item("diff").count, 4);
        verify(item("remark").text.includes("the one before"));
        picture(data, "inspector-diff");
        mouseClick(item("pin"));
        compare(inspector.pinned, inspector.number);
        session.frames.select(0);
        verify(item("remark").text.includes("pinned"));
        picture(data, "inspector-pinned");
    }
}

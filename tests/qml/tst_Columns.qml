// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// The columns of the traffic table and the forms of its times, by mouse and keyboard. With
// SYNCSCOPE_TEST_PICTURES=FOLDER it leaves pictures.
TestCase {
    id: test

    name: "Columns"
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
    readonly property FrameModel frames: session ? session.frames : null
    readonly property FrameColumns columns: frames ? frames.columns : null

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
            {tag: "dark-small", dark: true, width: 800, height: 560}
        ];
    }
    function open(data, rows = 12) {
        Theme.mode = data.dark ? Theme.Dark : Theme.Light;
        window = windowComponent.createObject(null, {width: data.width, height: data.height});
        tryVerify(() => window.active);
        window.workspace.form.address = server.url;
        window.workspace.form.credential = server.apiKey;
        window.workspace.openForm();
        tryVerify(() => session && session.link === Session.Live);
        verify(session.subscriptions.add("/default/*"));
        tryVerify(() => session.subscriptions.liveCount === 1);
        for (let i = 1; i <= rows; ++i)
            server.publish("/default/game", '{"id":9007199254740990' + i + ',"player":{"name":"Ann \\"the ant\\" Lee","level":' + i
                + '},"tags":["new","a","b"],"score":' + (i * 3.5) + ',"note":"' + "long ".repeat(i) + '"}');
        tryVerify(() => frames.count === rows);
    }
    function picture(data, name: string) {
        waitForRendering(window.contentItem);
        if (server.pictures)
            grabImage(window.contentItem.parent ?? window.contentItem).save(server.pictures + "/" + name + "-" + data.tag + ".png");
    }
    function head(title: string): Item {
        const heads = item("columnHeads").children;
        for (let i = 0; i < heads.length; ++i) {
            if (heads[i].column && heads[i].column.title === title)
                return heads[i];
        }
        fail("no column " + title);
    }
    function titles() {
        const shown = [];
        for (let row = 0; row < columns.rowCount(); ++row) {
            const column = columns.data(columns.index(row, 0), FrameColumns.ColumnRole);
            if (column.shown)
                shown.push(column.title);
        }
        return shown;
    }
    // A text that is visible in the row of the table.
    function cell(row: int, text: string): Item {
        const find = item => {
            if (!item.visible)
                return null;
            if (item.text === text)
                return item;
            for (let i = 0; i < item.children.length; ++i) {
                const found = find(item.children[i]);
                if (found)
                    return found;
            }
            return null;
        };
        return find(item("trafficView").itemAtIndex(row));
    }
    function type(text: string) {
        for (const letter of text)
            keyClick(letter);
    }
    function openColumns() {
        mouseClick(item("columns"));
        tryVerify(() => item("columnList").activeFocus);
    }
    // A press, some moves, and a release, as a hand does it.
    function drag(from: Item, x: real, dx: real) {
        mousePress(from, x, 10);
        for (let step = 1; step <= 8; ++step)
            mouseMove(from, x + dx * step / 8, 10);
        mouseRelease(from, x + dx, 10);
    }

    function test_addAPath_data() { return sizes(); }
    function test_addAPath(data) {
        open(data);
        openColumns();
        picture(data, "columns-menu");
        const field = item("columnPath");
        mouseClick(field);
        type("event.pl");
        tryVerify(() => item("pathProposals").visible);
        picture(data, "columns-proposals");
        keyClick(Qt.Key_Escape);
        verify(!item("pathProposals").visible);
        field.text = "player.name";
        keyClick(Qt.Key_Return);
        verify(item("columnProblem").visible);
        compare(item("columnProblem").text.slice(0, 14), "At character 1");
        picture(data, "columns-problem");
        field.text = "event.player.name";
        mouseClick(item("addColumn"));
        compare(field.text, "");
        verify(!item("columnProblem").visible);
        field.text = "event.id";
        keyClick(Qt.Key_Return);
        compare(titles().slice(-3), ["player.name", "id", "Preview"]);
        keyClick(Qt.Key_Escape);
        tryVerify(() => item("traffic").activeFocus);
        tryVerify(() => cell(11, "900719925474099012"));
        verify(cell(11, "Ann \"the ant\" Lee"));
        picture(data, "columns-paths");
    }

    function test_fromTheTree() {
        const data = sizes()[0];
        open(data);
        frames.select(3);
        session.inspector.view = FrameInspector.Tree;
        const tree = session.inspector.tree;
        let row = 0;
        while (tree.pathOf(row) !== "event.score")
            ++row;
        const view = item("tree");
        const line = view.itemAtIndex(row);
        mouseClick(line, 40, 10, Qt.RightButton);
        tryVerify(() => item("treeMenu").opened);
        picture(data, "columns-tree");
        mouseClick(item("showAsColumn"));
        tryVerify(() => cell(3, "14"));
        compare(titles().slice(-2), ["score", "Preview"]);
    }

    function test_byMouse_data() { return sizes(); }
    function test_byMouse(data) {
        open(data);
        const before = columns.channel.width;
        drag(head("Channel"), before + 6, 40);
        fuzzyCompare(columns.channel.width, before + 40, 1);
        mouseDoubleClickSequence(head("Channel"), columns.channel.width + 6, 10);
        tryVerify(() => columns.channel.width < before);
        drag(head("Size"), 10, -500);
        compare(titles()[0], "Size");
        verify(columns.size.x < columns.number.x);
        mousePress(head("Time"), 10, 10);
        for (let x = 10; x < 160; x += 15)
            mouseMove(head("Time"), x, 10);
        picture(data, "columns-dragged");
        mouseRelease(head("Time"), 160, 10);
        verify(columns.time.x > columns.delta.x);
        compare(columns.viewWidth, item("traffic").width);
        compare(columns.preview.x + columns.preview.width + 12, columns.totalWidth);
    }

    function test_byKeyboard() {
        open(sizes()[0]);
        openColumns();
        const list = item("columnList");
        keyClick(Qt.Key_Space);
        verify(!columns.number.shown);
        keyClick(Qt.Key_Return);
        verify(columns.number.shown);
        keyClick(Qt.Key_Down, Qt.AltModifier);
        keyClick(Qt.Key_Down, Qt.AltModifier);
        compare(titles().slice(0, 3), ["Time", "Time between", "Number"]);
        compare(list.currentIndex, 2);
        keyClick(Qt.Key_Up);
        compare(list.currentIndex, 1);
        keyClick(Qt.Key_Up, Qt.AltModifier);
        compare(titles().slice(0, 3), ["Time between", "Time", "Number"]);
        keyClick(Qt.Key_Delete); // not those that every table has
        verify(columns.delta.shown);
        verify(columns.addPath("event.score"));
        while (list.currentItem.column.path !== "event.score")
            keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Delete);
        verify(!titles().includes("score"));
        verify(columns.addPath("event.score"));
        mouseClick(item("resetColumns"));
        compare(titles(), ["Number", "Time", "Time between", "Direction", "Channel", "Size", "Preview"]);
    }

    function test_times_data() { return sizes(); }
    function test_times(data) {
        open(data);
        const chosen = name => {
            mouseClick(item("times"));
            tryVerify(() => item("timeMenu").opened);
            picture(data, "times-menu");
            mouseClick(item(name));
            tryVerify(() => !item("timeMenu").visible);
        };
        const time = () => frames.data(frames.index(11, 0), FrameModel.TimeRole);
        chosen("timeDate");
        verify(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(time()));
        tryVerify(() => cell(11, time()));
        picture(data, "times-date");
        chosen("timeUtc");
        compare(columns.time.heading, "Time (UTC)");
        chosen("timeSinceStart");
        verify(/^00:00:\d\d\.\d{3}$/.test(time()));
        chosen("deltaChannel");
        compare(columns.deltaForm, FrameColumns.PreviousOfChannel);
        verify(cell(11, time()));
        mouseClick(head("Size"), 4, 10, Qt.RightButton);
        tryVerify(() => item("columnsMenu").opened);
        compare(item("columnList").currentItem.column, columns.size);
        keyClick(Qt.Key_Escape);
        mouseClick(head("Time"), 4, 10, Qt.RightButton);
        tryVerify(() => item("timeMenu").opened);
    }

    function test_manyColumns_data() { return sizes(); }
    function test_manyColumns(data) {
        open(data, 40);
        const view = item("trafficView");
        verify(columns.totalWidth >= view.width);
        for (const path of ["event.id", "event.player.name", "event.player.level", "event.tags", "event.score", "event.note", "event.player", "event.tags[*]"])
            verify(columns.addPath(path));
        verify(columns.totalWidth > view.width);
        picture(data, "many-columns");
        item("traffic").forceActiveFocus();
        for (let i = 0; i < 100; ++i)
            keyClick(Qt.Key_Right);
        compare(view.contentX, view.contentWidth - view.width);
        compare(item("columnHeads").x, -view.contentX);
        verify(cell(39, "new +2"));
        picture(data, "many-columns-right");
        // A row can be chosen there, and narrower columns leave no empty room.
        mouseClick(view, 60, view.height - 40);
        verify(frames.selectedNumber > 0);
        columns.reset();
        tryVerify(() => view.contentX <= view.contentWidth - view.width);
    }

    // They write across the columns, wherever those stand; without the channel its sign is beside the direction.
    function test_notes_data() { return sizes(); }
    function test_notes(data) {
        open(data, 6);
        verify(columns.addPath("event.score"));
        columns.setShown(4, false);
        verify(!columns.channel.shown);
        session.reconnect();
        tryVerify(() => frames.count > 6 && session.link === Session.Live);
        server.publish("/default/game", '{"score":77}');
        tryVerify(() => cell(frames.count - 1, "77"));
        picture(data, "columns-notes");
        const last = frames.count - 1;
        verify(frames.data(frames.index(6, 0), FrameModel.MarkRole) !== FrameModel.Frame);
        const words = cell(6, frames.data(frames.index(6, 0), FrameModel.PreviewRole));
        compare(words.x, columns.noteX + 24);
        verify(cell(last, "■").x < columns.size.x);
        columns.move(0, 6);
        verify(!cell(6, frames.data(frames.index(6, 0), FrameModel.NumberRole).toString()));
    }
}

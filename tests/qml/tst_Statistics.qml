// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// Statistics of live traffic and of a capture: shown and hidden, a range filters the table, numbers are drawn, and
// what was published is followed. With SYNCSCOPE_TEST_PICTURES=FOLDER it leaves pictures.
TestCase {
    id: test

    name: "Statistics"
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

    Component {
        id: spyComponent

        SignalSpy {}
    }

    property Main window
    readonly property Session session: window ? window.workspace.session : null

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
    function open(data) {
        Theme.mode = data.dark ? Theme.Dark : Theme.Light;
        window = windowComponent.createObject(null, {width: data.width, height: data.height});
        tryVerify(() => window.active);
        window.workspace.form.address = server.url;
        window.workspace.form.credential = server.apiKey;
        window.workspace.openForm();
        tryVerify(() => session && session.link === Session.Live);
        verify(session.subscriptions.add("/default/*"));
        verify(session.subscriptions.add("/default/game"));
        tryVerify(() => session.subscriptions.liveCount === 2);
    }
    function fill(rows: int) {
        const before = session.frames.count;
        for (let i = 1; i <= rows; ++i)
            server.publish("/default/game", JSON.stringify({score: i * i % 37, player: "ann"}));
        tryVerify(() => session.frames.count === before + 2 * rows);
    }
    function publish(text: string) {
        window.workspace.draft.channel = "/default/game";
        window.workspace.draft.text = text;
        window.workspace.draft.send();
    }
    function show() {
        keyClick(Qt.Key_S, Qt.ControlModifier | Qt.ShiftModifier);
        verify(item("statistics").visible);
        tryVerify(() => item("timeChart").activeFocus);
    }
    function choose(page: int) {
        item("statisticsPages").chosen(page);
    }
    function picture(data, name: string) {
        waitForRendering(window.contentItem);
        if (server.pictures)
            grabImage(window.contentItem.parent ?? window.contentItem).save(server.pictures + "/" + name + "-" + data.tag + ".png");
    }

    function test_live_data() { return sizes(); }
    function test_live(data) {
        open(data);
        verify(!item("statistics").visible);
        fill(40);
        publish("{\"score\": 21}");
        tryCompare(window.workspace.draft.results, "count", 1);
        show();
        tryVerify(() => session.statistics.summary.includes("82 events in, 1 out"));
        const chart = item("timeChart");
        mouseMove(chart, 74, chart.height / 2); // the axis is a minute at least: it is all at its begin
        tryVerify(() => item("timeCursor").visible);
        verify(item("statisticsWords").text.includes("/s in"));
        server.dropConnections();
        tryVerify(() => session.statistics.summary.includes("losses of the connection: 1"));
        tryVerify(() => session.subscriptions.liveCount === 2);
        picture(data, "statistics-live");
        mouseMove(item("traffic"), 20, 20);
        mouseClick(item("toggleStatistics"));
        verify(!item("statistics").visible);
        verify(!session.statistics.watched);
        tryVerify(() => item("traffic").activeFocus);
    }

    function test_rangeFiltersTheTable() {
        open(sizes()[0]);
        fill(10);
        const all = session.frames.count;
        session.frames.filter.text = "event.score < 20 || event.score == 25";
        session.frames.filter.apply();
        const some = session.frames.count;
        verify(some > 0 && some < all);
        show();
        const chart = item("timeChart");
        // All of it is at the left end: the axis is a minute at least. From beside it, so that its first moments are in.
        mouseDrag(chart, 40, 40, chart.width / 2, 0, Qt.LeftButton, Qt.NoModifier);
        verify(session.statistics.hasRange);
        compare(session.frames.filter.problem, "");
        verify(session.frames.filter.text.startsWith("(event.score < 20 || event.score == 25) && time >= "));
        compare(session.frames.count, some);
        verify(item("timeRange").visible && item("timeRange").width > chart.width / 3);
        // Another one, in which nothing was, takes its place.
        mouseDrag(chart, chart.width - 200, 40, 150, 0, Qt.LeftButton, Qt.NoModifier);
        compare(session.frames.filter.text.split("time >=").length, 2);
        compare(session.frames.count, 0);
        picture(sizes()[0], "statistics-range");
        mouseClick(item("clearRange"));
        compare(session.frames.filter.text, "event.score < 20 || event.score == 25");
        compare(session.frames.count, some);
        verify(!item("timeRange").visible);
    }

    function test_keyboard() {
        open(sizes()[0]);
        fill(5);
        const all = session.frames.count;
        show();
        keyClick(Qt.Key_Home);
        verify(item("timeCursor").visible);
        const x = item("timeCursor").x;
        keyClick(Qt.Key_Right);
        verify(item("timeCursor").x > x);
        keyClick(Qt.Key_Left);
        for (let i = 0; i < 8; ++i)
            keyClick(Qt.Key_Right, Qt.ShiftModifier);
        verify(item("timeRange").visible);
        verify(!session.statistics.hasRange);
        keyClick(Qt.Key_Escape); // not that one
        verify(!item("timeRange").visible);
        keyClick(Qt.Key_Home);
        keyClick(Qt.Key_End, Qt.ShiftModifier);
        keyClick(Qt.Key_Return);
        verify(session.statistics.hasRange);
        compare(session.frames.count, all);
        const chart = item("timeChart");
        keyClick(Qt.Key_Plus);
        verify(chart.zoomed);
        keyClick(Qt.Key_0);
        verify(!chart.zoomed);
        keyClick(Qt.Key_Escape);
        verify(!session.statistics.hasRange);
        keyClick(Qt.Key_Escape);
        tryVerify(() => item("traffic").activeFocus);
        mouseWheel(chart, chart.width / 3, 30, 0, 120);
        verify(chart.zoomed);
        mouseClick(item("showAllTime"));
        verify(!chart.zoomed);
    }

    function test_plot_data() { return sizes(); }
    function test_plot(data) {
        open(data);
        fill(12);
        show();
        const field = item("plotPath");
        field.forceActiveFocus();
        for (const letter of "score")
            keyClick(letter);
        keyClick(Qt.Key_Return);
        verify(item("plotRemark").visible);
        verify(session.statistics.plotProblem !== "");
        picture(data, "statistics-plot-problem");
        field.text = "event.score";
        keyClick(Qt.Key_Return);
        compare(session.statistics.plotProblem, "");
        tryCompare(session.statistics, "plotRemark", "24 numbers");
        picture(data, "statistics-plot");
        mouseClick(item("clearPlot"));
        compare(session.statistics.plotPath, "");
        verify(!item("plotRemark").visible);
        keyClick(Qt.Key_S, Qt.ControlModifier | Qt.ShiftModifier);
        verify(!item("statistics").visible);
        session.inspector.plot("event.score"); // as from the tree
        verify(item("statistics").visible);
        compare(item("plotPath").text, "event.score");
    }

    function test_published_data() { return sizes(); }
    function test_published(data) {
        open(data);
        show();
        choose(2);
        verify(item("ledgerEmpty").visible);
        publish("{\"score\": 1}");
        publish("{\"score\": 2, \"text\": \"long enough that it is cut at the end of its cell in a small window\"}");
        tryCompare(item("ledger"), "count", 2);
        tryVerify(() => session.statistics.echoes.count === 2);
        const results = item("results");
        tryVerify(() => results.itemAtIndex(0)?.events.length === 1 && results.itemAtIndex(0).events[0].seen.includes("/default/game after"));
        verify(results.itemAtIndex(0).events[0].seen.includes("/default/* after"));
        tryVerify(() => item("ledger").itemAtIndex(0)?.seen.includes(" and on "));
        picture(data, "statistics-published");
        choose(1);
        compare(session.statistics.answers.count, 2);
        tryVerify(() => item("echoLatencies").some);
        picture(data, "statistics-latency");
    }

    function test_capture_data() { return sizes(); }
    function test_capture(data) {
        open(data);
        fill(30);
        const file = server.file("statistics-" + data.tag + ".ssc");
        const spy = createTemporaryObject(spyComponent, test, {target: session.saver, signalName: "saved"});
        session.save(file, true);
        tryCompare(spy, "count", 1);
        window.workspace.captures.open(file);
        tryVerify(() => window.captureView !== null);
        const statistics = window.workspace.captures.shown.statistics;
        verify(statistics.empty);
        keyClick(Qt.Key_S, Qt.ControlModifier | Qt.ShiftModifier);
        tryVerify(() => !statistics.job.running && !statistics.empty);
        verify(statistics.summary.includes("60 events in"));
        picture(data, "statistics-capture");
        window.workspace.captures.close(0);
    }
}

// SPDX-License-Identifier: Apache-2.0
#include "lib/auth/shellwords_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_ShellWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void posix_data();
    void posix();
    void windows_data();
    void windows();
    void thisSystem();
};

namespace {

//! What no line splits into, for lines that cannot be split.
const QStringList kUnfinished{u"<unfinished>"_s};

void columns()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("words");
}

} // namespace

void tst_ShellWords::posix_data()
{
    columns();
    QTest::newRow("empty") << u""_s << QStringList{};
    QTest::newRow("spaces") << u" \t \n"_s << QStringList{};
    QTest::newRow("plain") << u"  /opt/tool  a\tb "_s
                           << QStringList{u"/opt/tool"_s, u"a"_s, u"b"_s};
    QTest::newRow("single quotes")
        << uR"(tool 'a "b" \c $d')"_s << QStringList{u"tool"_s, uR"(a "b" \c $d)"_s};
    QTest::newRow("double quotes")
        << uR"(tool "a \"b\" \\ \c 'd'")"_s << QStringList{u"tool"_s, uR"(a "b" \ \c 'd')"_s};
    QTest::newRow("backslash") << uR"(a\ b \"c\' d\\e)"_s
                               << QStringList{u"a b"_s, u"\"c'"_s, u"d\\e"_s};
    QTest::newRow("joined") << u"--x='1 2'\"3\"4"_s << QStringList{u"--x=1 234"_s};
    QTest::newRow("empty word") << u"a '' \"\" b"_s << QStringList{u"a"_s, u""_s, u""_s, u"b"_s};
    QTest::newRow("nothing is expanded")
        << u"a $HOME *.txt; b | c # d"_s
        << QStringList{u"a"_s, u"$HOME"_s, u"*.txt;"_s, u"b"_s, u"|"_s, u"c"_s, u"#"_s, u"d"_s};
    QTest::newRow("open single") << u"a 'b"_s << kUnfinished;
    QTest::newRow("open double") << u"a \"b\\\""_s << kUnfinished;
    QTest::newRow("last backslash") << u"a b\\"_s << kUnfinished;
}

void tst_ShellWords::posix()
{
    QFETCH(QString, line);
    QFETCH(QStringList, words);
    QCOMPARE(posixWords(line).value_or(kUnfinished), words);
}

void tst_ShellWords::windows_data()
{
    columns();
    QTest::newRow("empty") << u""_s << QStringList{};
    QTest::newRow("plain") << u" tool.exe  a\tb "_s << QStringList{u"tool.exe"_s, u"a"_s, u"b"_s};
    QTest::newRow("path") << uR"("C:\Program Files\x.exe" C:\a\b\)"_s
                          << QStringList{uR"(C:\Program Files\x.exe)"_s, uR"(C:\a\b\)"_s};
    QTest::newRow("single quotes are nothing") << u"'a b'"_s << QStringList{u"'a"_s, u"b'"_s};
    QTest::newRow("even backslashes") << uR"("a\\" b)"_s << QStringList{uR"(a\)"_s, u"b"_s};
    QTest::newRow("odd backslashes") << uR"("a\\\" b" c)"_s << QStringList{uR"(a\" b)"_s, u"c"_s};
    QTest::newRow("empty word") << u"a \"\" b"_s << QStringList{u"a"_s, u""_s, u"b"_s};
    QTest::newRow("open") << u"a \"b"_s << kUnfinished;
}

void tst_ShellWords::windows()
{
    QFETCH(QString, line);
    QFETCH(QStringList, words);
    QCOMPARE(windowsWords(line).value_or(kUnfinished), words);
}

void tst_ShellWords::thisSystem()
{
#ifdef Q_OS_WIN
    QCOMPARE(commandWords(u"'a b'"), windowsWords(u"'a b'"));
#else
    QCOMPARE(commandWords(u"'a b'"), posixWords(u"'a b'"));
#endif
}

GUILESS_TEST(tst_ShellWords)
#include "tst_shellwords.moc"

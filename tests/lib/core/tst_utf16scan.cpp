// SPDX-License-Identifier: Apache-2.0
// Built twice: with the registers of this processor, and with the code for those that have none we know.
#include "lib/core/utf16scan_p.h"

#include <QString>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
namespace Utf16Scan = AppSync::Utf16Scan;

class tst_Utf16Scan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lanesNameTheirUnits();
    void storesWhatItRead();
    void escapedUnitsOfEveryPattern();
    void literalEnds_data();
    void literalEnds();
    void literalEndsAtEveryAlignment();
    void readsNothingBehindTheEnd();
};

namespace {

//! Units that a careless narrowing takes for ASCII: their low or high byte looks like a quote or a backslash.
constexpr char16_t kLookAlikes[] = {0x0122, 0x2222, 0x2200, 0x015c, 0x5c5c, 0x5c00, 0x8022, 0xff22,
                                    0xd822, 0xdc5c, 0x0080, 0x00ff, 0x7fff, 0x8000, 0xffff};

struct Found {
    qsizetype quote = -1;
    bool hasEscapes = false;
    bool operator==(const Found &other) const = default;
};

//! One unit after the other, as anybody would write it.
Found plainLiteral(QStringView inside)
{
    Found found;
    for (qsizetype i = 0; i < inside.size(); ++i) {
        if (inside[i] == u'"')
            return {i, found.hasEscapes};
        if (inside[i] == u'\\') {
            found.hasEscapes = true;
            ++i;
        }
    }
    return {};
}

Found literal(QStringView inside)
{
    const auto found = Utf16Scan::literal(inside.utf16(), inside.utf16() + inside.size());
    return found.quote ? Found{found.quote - inside.utf16(), found.hasEscapes} : Found{};
}

} // namespace

void tst_Utf16Scan::lanesNameTheirUnits()
{
    for (int i = 0; i < Utf16Scan::Units::kCount; ++i) {
        QString text(Utf16Scan::Units::kCount, u'x');
        text[i] = u'"';
        const Utf16Scan::Units ascii(QStringView(text).utf16());
        QCOMPARE(ascii.equalTo('"').bits(), 1U << i);
        QCOMPARE(ascii.equalTo('x').bits(), 0xffffU ^ (1U << i));
        QVERIFY(!ascii.equalTo('\\').any());
        QVERIFY((ascii.equalTo('\\') | ascii.equalTo('"')).any());
        QVERIFY(!ascii.notAscii().any());
        for (const char16_t unit : kLookAlikes) {
            text[i] = QChar(unit);
            const Utf16Scan::Units wide(QStringView(text).utf16());
            QVERIFY(!wide.equalTo('"').any());
            QVERIFY(!wide.equalTo('\\').any());
            QCOMPARE(wide.notAscii().bits(), 1U << i);
        }
    }
}

void tst_Utf16Scan::storesWhatItRead()
{
    const QString text = u"0123\0\"\\/\x7f"
                         u"abcdefg"_s;
    QCOMPARE(text.size(), Utf16Scan::Units::kCount);
    const Utf16Scan::Units units(QStringView(text).utf16());
    QByteArray bytes(text.size() + 2, '~');
    units.store(bytes.data() + 1);
    QCOMPARE(bytes, '~' + text.toLatin1() + '~');
    QString copy(text.size() + 2, u'~');
    units.store(reinterpret_cast<char16_t *>(copy.data()) + 1);
    QCOMPARE(copy, u'~' + text + u'~');
}

void tst_Utf16Scan::escapedUnitsOfEveryPattern()
{
    for (quint64 pattern = 0; pattern <= 0xffff; ++pattern) {
        // Alone, and at both ends of 64.
        for (const auto &[backslashes, count] :
             {std::pair(pattern, 16), std::pair(pattern, 64), std::pair(pattern << 48, 64)}) {
            for (const quint64 carryIn : {0, 1}) {
                quint64 expected = 0;
                quint64 escape = carryIn;
                for (int i = 0; i < count; ++i) {
                    expected |= escape << i;
                    escape = (backslashes >> i & 1) & ~escape;
                }
                quint64 carry = carryIn;
                const quint64 escaped = Utf16Scan::escapedUnits(backslashes, carry, count);
                if (escaped != expected || carry != escape)
                    QFAIL(qPrintable(u"%1 of %2 units, carry %3"_s.arg(backslashes, 0, 2)
                                         .arg(count)
                                         .arg(carryIn)));
            }
        }
    }
}

void tst_Utf16Scan::literalEnds_data()
{
    QTest::addColumn<QString>("inside");
    QTest::addColumn<qsizetype>("quote");
    QTest::addColumn<bool>("hasEscapes");
    QTest::newRow("nothing") << QString() << qsizetype(-1) << false;
    QTest::newRow("empty literal") << u"\""_s << qsizetype(0) << false;
    QTest::newRow("no end") << u"abc"_s << qsizetype(-1) << false;
    QTest::newRow("escaped quote only") << uR"(\")"_s << qsizetype(-1) << false;
    QTest::newRow("escaped backslash, then the end") << uR"(\\")"_s << qsizetype(2) << true;
    QTest::newRow("escapes behind the end") << uR"(abc","x":"\n")"_s << qsizetype(3) << false;
    QTest::newRow("backslash at the very end") << u"abc\\"_s << qsizetype(-1) << false;
    QTest::newRow("NULs") << QString(40, QChar(u'\0')) + u'"' << qsizetype(40) << false;
}

void tst_Utf16Scan::literalEnds()
{
    QFETCH(QString, inside);
    const Found found = literal(inside);
    QTEST(found.quote, "quote");
    QTEST(found.hasEscapes, "hasEscapes");
}

//! Every ending at every distance from the begin and every alignment of the memory.
void tst_Utf16Scan::literalEndsAtEveryAlignment()
{
    QStringList endings{u"\""_s,         uR"(\"")"_s,         uR"(\\")"_s,     uR"(\\\"")"_s,
                        uR"(\\\\\\")"_s, uR"(\"\"\"\"\"")"_s, uR"(\u0022")"_s, u"\\"_s,
                        u"\\\\"_s,       uR"(\\\")"_s};
    for (const char16_t unit : kLookAlikes)
        endings << QChar(unit) + u"\""_s << u'\\' + QString(QChar(unit)) + u'"';
    for (const QString &ending : std::as_const(endings)) {
        for (qsizetype before = 0; before < 160; ++before) {
            const QString inside = QString(before, u'x') + ending + uR"(,"\)"_s;
            for (qsizetype shift = 0; shift < 9; ++shift) {
                const QString shifted = QString(shift, u'"') + inside;
                const QStringView view = QStringView(shifted).sliced(shift);
                if (literal(view) != plainLiteral(view))
                    QFAIL(qPrintable(
                        u"%1 units, shifted by %2, then %3"_s.arg(before).arg(shift).arg(ending)));
            }
        }
    }
}

void tst_Utf16Scan::readsNothingBehindTheEnd()
{
    for (qsizetype size = 0; size < 40; ++size) {
        const QString text = QString(size, u'x') + u'"';
        QCOMPARE(literal(QStringView(text).first(size)).quote, -1);
        // On the heap with nothing behind it, for AddressSanitizer.
        const std::unique_ptr<char16_t[]> exact(new char16_t[size_t(size)]);
        std::fill_n(exact.get(), size, u'x');
        QVERIFY(!Utf16Scan::literal(exact.get(), exact.get() + size).quote);
    }
}

QTEST_GUILESS_MAIN(tst_Utf16Scan)
#include "tst_utf16scan.moc"

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QRandomGenerator>

//! Texts that are hard to quote.
namespace SnippetTexts {

//! Those that somebody thought of.
inline QList<QByteArray> known()
{
    return {"",
            "plain",
            "it's \"quoted\" `so` $HOME $(id) ${x} !! \\ \\\\ \\n %s %% ?\?=?\?/ ?\?\?\?=",
            "-n",
            "@file",
            "=cmd",
            "~",
            " leading and trailing ",
            "two\nlines\r\nand a tab\t.",
            "ends with a line break\n",
            "\x01\x02\x1b[31m\x7f and more",
            "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80 \xf0\x9d\x84\x9e",
            "a\xe2\x80\xa8"
            "b\xe2\x80\xa9"
            "c\xef\xbb\xbf"
            "d\xe2\x80\xae"
            "e\xc2\xa0"
            "f\xc2\x85g",
            "\\ud83d \\u0000 \\u2028 as escapes",
            "\\x41 \\101 \\N{BULLET} \\U0001F600 1\\x1b7",
            "9007199254740993 12345678901234567890.12345678901234567890",
            "{\"id\":9007199254740993,\"s\":\"it's \\\"so\\\" \\\\ \\u0041 \\ud83d\"}",
            "'",
            "''",
            "\"",
            "\\",
            "\\\\\"",
            "`",
            "$"};
}

//! Of \a seed: characters that mean something to somebody, and any others.
inline QList<QByteArray> random(quint32 seed, int count)
{
    static const QList<QByteArray> kSpecial{"'",
                                            "\"",
                                            "\\",
                                            "`",
                                            "$",
                                            "!",
                                            "%",
                                            "?",
                                            "\n",
                                            "\r",
                                            "\t",
                                            "\b",
                                            "\f",
                                            "\x1b",
                                            "\x7f",
                                            "{",
                                            "}",
                                            "#",
                                            "&",
                                            "<",
                                            ">",
                                            "*",
                                            "~",
                                            "-",
                                            "@",
                                            "=",
                                            " ",
                                            "\\n",
                                            "\\u00e4",
                                            "\\x1",
                                            "0",
                                            "7",
                                            "a",
                                            "\xe2\x80\xa8",
                                            "\xe2\x80\xa9",
                                            "\xef\xbb\xbf",
                                            "\xf0\x9f\x98\x80",
                                            "\xc3\xa9"};
    QRandomGenerator random(seed);
    QList<QByteArray> texts;
    for (int i = 0; i < count; ++i) {
        QByteArray text;
        const int length = random.bounded(24);
        for (int at = 0; at < length; ++at) {
            if (random.bounded(4) > 0) {
                text += kSpecial.at(random.bounded(int(kSpecial.size())));
                continue;
            }
            char32_t code = 0;
            do { // any character but NUL and surrogates
                code = char32_t(random.bounded(random.bounded(2) > 0 ? 0x110000 : 0x3000));
            } while (code == 0 || (code >= 0xd800 && code < 0xe000));
            text += QString::fromUcs4(&code, 1).toUtf8();
        }
        texts.append(text);
    }
    return texts;
}

//! Strings as JSON, objects with them, and what else an event can be.
inline QList<QByteArray> events(quint32 seed, int count)
{
    QList<QByteArray> events{
        "{\"id\":9007199254740993,\"big\":12345678901234567890.10,\"e\":1e400}",
        "{ \"a\" : [ 1 , 2.50 , -0 , -5 ] ,\n\t\"a\" : \"twice\" }",
        "-5",
        "[[1],[]]",
        "\"it's \\\"so\\\" \\\\ \\u0041 \\/ \\ud83d \\u0000 \xe2\x80\xa8 \xf0\x9f\x98\x80\"",
        "{\"__proto__\":{\"x\":1},\"10\":1,\"9\":2,\"constructor\":null}",
        "null",
        " true\n",
        "\"$(id) `id` ${HOME} 'x' %s %% !!\""};
    const QList<QByteArray> texts = random(seed, count);
    for (const QByteArray &text : texts) {
        QByteArray string = "\"";
        for (const char c : text) {
            if (uchar(c) < 0x20)
                string += "\\u00" + QByteArray(1, c).toHex();
            else
                string += c == '"' || c == '\\' ? QByteArray("\\") + c : QByteArray(1, c);
        }
        string += '"';
        events.append(events.size() % 2 ? string : "{\"text\":" + string + ",\"n\":[1,2]}");
    }
    return events;
}

} // namespace SnippetTexts

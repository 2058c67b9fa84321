// SPDX-License-Identifier: Apache-2.0
#include "shellwords_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

//! Collects words; a quoted empty one counts.
struct Words {
    QStringList all;
    QString word;
    bool isOpen = false;

    void append(QChar character)
    {
        word += character;
        isOpen = true;
    }
    void end()
    {
        if (isOpen)
            all << word;
        word.clear();
        isOpen = false;
    }
};

} // namespace

std::optional<QStringList> posixWords(QStringView line)
{
    Words words;
    QChar quote; // null: not inside one
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar character = line[i];
        const bool isPlain = quote == u'\'' && character != quote;
        if (!isPlain && character == u'\\') {
            if (++i == line.size())
                return {};
            if (quote == u'"' && line[i] != u'"' && line[i] != u'\\')
                words.append(u'\\');
            words.append(line[i]);
        } else if (!quote.isNull() && character == quote) {
            quote = QChar();
        } else if (quote.isNull() && character.isSpace()) {
            words.end();
        } else if (quote.isNull() && (character == u'\'' || character == u'"')) {
            quote = character;
            words.isOpen = true;
        } else {
            words.append(character);
        }
    }
    if (!quote.isNull())
        return {};
    words.end();
    return words.all;
}

std::optional<QStringList> windowsWords(QStringView line)
{
    Words words;
    bool isQuoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i] == u'\\') {
            qsizetype count = 1;
            while (i + count < line.size() && line[i + count] == u'\\')
                ++count;
            const bool isBeforeQuote = i + count < line.size() && line[i + count] == u'"';
            for (qsizetype n = 0; n < (isBeforeQuote ? count / 2 : count); ++n)
                words.append(u'\\');
            i += count - 1;
            if (isBeforeQuote && count % 2 == 1) {
                words.append(u'"');
                ++i;
            }
        } else if (line[i] == u'"') {
            isQuoted = !isQuoted;
            words.isOpen = true;
        } else if (!isQuoted && (line[i] == u' ' || line[i] == u'\t')) {
            words.end();
        } else {
            words.append(line[i]);
        }
    }
    if (isQuoted)
        return {};
    words.end();
    return words.all;
}

std::optional<QStringList> commandWords(QStringView line)
{
#ifdef Q_OS_WIN
    return windowsWords(line);
#else
    return posixWords(line);
#endif
}

} // namespace AppSync

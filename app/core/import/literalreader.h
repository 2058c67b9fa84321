// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace Syncscope {

//! Finds object literals, and plain texts in backquotes, in JavaScript or TypeScript and reads what is written there as plain values. Nothing
//! is ever run: a value that the program would have to work out is left out and noted, but for the fallback of
//! `something || 'literal'`. Takes time in proportion to the text.
class LiteralReader {
public:
    //! A value that is not plain.
    struct Skipped {
        QString name; //!< of the member
        int line = 0; //!< from 1
        bool hasFallback = false; //!< the text behind || or ?? was taken instead
    };

    explicit LiteralReader(const QString &text);

    //! Every outermost literal, in the order of the text.
    [[nodiscard]] const QList<QJsonObject> &objects() const { return m_objects; }
    //! Every template without places to fill in that stands outside of object literals.
    [[nodiscard]] const QStringList &texts() const { return m_texts; }
    [[nodiscard]] const QList<Skipped> &skipped() const { return m_skipped; }

    //! What kept the first literal that could not be read from being one; empty: nothing did.
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] qsizetype errorOffset() const { return m_errorOffset; } //!< in UTF-16 units
    [[nodiscard]] int lineAt(qsizetype offset) const; //!< from 1
    [[nodiscard]] int columnAt(qsizetype offset) const; //!< from 1

private:
    void scan();
    void scanObject();
    bool scanTemplate();

    bool readValue(const QString &name, int depth, QJsonValue *value);
    bool readPlain(int depth, QJsonValue *value);
    bool readObject(int depth, QJsonObject *object);
    bool readMember(int depth, QJsonObject *object);
    bool readName(QString *name);
    bool readArray(int depth, QJsonValue *value);
    bool readString(QString *text);
    bool readEscape(QString *text);
    bool readCodePoint(int digits, QString *text);
    bool readNumber(QJsonValue *value);
    QString readWord();
    bool readComputed(const QString &name, qsizetype from, QJsonValue *value);
    bool readFallback(qsizetype from, qsizetype to, QJsonValue *value);

    //! Whether nothing is to be put into the template that begins here.
    [[nodiscard]] bool isPlainTemplate() const;

    void skipSpace();
    void skipQuoted(QChar quote);
    bool skipTemplate(int depth);
    //! Up to a comma or closing bracket outside of all brackets; \a fallback: behind the last || or ??.
    bool skipExpression(int depth, qsizetype *fallback);
    bool fail(const char *why);

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar();
    }
    [[nodiscard]] bool isAt(QStringView text) const
    {
        return QStringView(m_text).mid(m_at).startsWith(text);
    }

    const QString m_text;
    qsizetype m_at = 0;
    QList<QJsonObject> m_objects;
    QStringList m_texts;
    QList<Skipped> m_skipped;
    QString m_error;
    qsizetype m_errorOffset = 0;
    bool m_ranOut = false; //!< the text ended inside a literal
};

} // namespace Syncscope

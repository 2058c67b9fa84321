// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

namespace AppSync {

//! Walks the members of one JSON object or array without building anything: a frame is small and
//! regular, and only the place of a few members in it matters. Values are skipped, not checked.
class JsonScanner {
public:
    enum class Type : quint8 { None, String, Object, Array, Other };

    struct Value {
        qsizetype begin = 0; //!< of the value; of a string: behind its opening quote
        qsizetype end = 0; //!< behind the value; of a string: at its closing quote
        Type type = Type::None;
        bool hasEscapes = false; //!< strings only
    };

    struct Key {
        QStringView name; //!< without quotes, escapes unresolved
        bool hasEscapes = false;
    };

    explicit JsonScanner(QStringView text, qsizetype at = 0);

    //! Moves into the object or array that begins here.
    bool enter(char16_t bracket);
    //! The key of the next member of the object that was entered; value() must follow. False at its end, or
    //! where the text is broken.
    bool nextKey(Key &key);
    //! The value that belongs to the key. False where the text is broken.
    bool value(Value &value);
    //! The next item of the array that was entered.
    bool nextItem(Value &value);
    //! True if the last false of nextKey() or nextItem() was a proper end.
    [[nodiscard]] bool atProperEnd() const { return m_ended; }
    //! True if nothing but white space follows.
    [[nodiscard]] bool nothingFollows();

private:
    void skipSpace();
    bool separator(char16_t closing);
    bool readString(Value &value);
    bool readOther(Value &value);
    bool skipContainer();

    const char16_t *m_text;
    qsizetype m_size;
    qsizetype m_at;
    bool m_first = true;
    bool m_ended = false;
};

} // namespace AppSync

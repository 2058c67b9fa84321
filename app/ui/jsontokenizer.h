// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

namespace Syncscope {

//! One lexical piece of a JSON text.
struct JsonToken {
    enum class Kind { String, Number, Literal, Punctuation, Invalid };

    Kind kind = Kind::Invalid;
    qsizetype begin = 0;
    qsizetype end = 0;
};

//! Cuts a text into JSON's tokens without judging their order, so that it also works on a text that is
//! still being typed. It never fails: what is no token comes as Invalid, up to the next separator.
class JsonTokenizer {
public:
    explicit JsonTokenizer(QStringView text) : m_text(text) { }

    //! False at the end of the text.
    bool next(JsonToken &token);

private:
    [[nodiscard]] qsizetype endOfString(qsizetype begin) const;
    [[nodiscard]] qsizetype endOfWord(qsizetype begin) const;

    QStringView m_text;
    qsizetype m_at = 0;
};

} // namespace Syncscope

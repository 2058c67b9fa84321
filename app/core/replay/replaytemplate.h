// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/jsonpath.h"
#include "app/core/replay/replayevent.h"
#include "app/core/texttemplate.h"

namespace Syncscope {

//! Rewrites events before they are published again: JSON with places. `{{event}}` is the event as it was,
//! `{{event.score}}` a member of it by a path of filters, `{{channel}}` and `{{time}}` where and when it was, and
//! the places of EventTemplate mean what they mean there. Values of the event keep their text: numbers are not
//! rounded, keys not sorted. Within the quotes of a JSON string a value stands without its own quotes.
class ReplayTemplate {
public:
    //! Why a text is no template.
    struct Error {
        Problem problem;
        qsizetype offset = -1; //!< in the text, in bytes; -1: nowhere in particular
    };

    //! Nothing if \a text has a place that means nothing, or does not make JSON; \a error says why.
    static std::optional<ReplayTemplate> parse(const QByteArray &text, const TemplateValues &values,
                                               Error *error);

    //! \a event rewritten as the one of number \a seq; nothing if it lacks what the template names, and \a problem
    //! says what.
    [[nodiscard]] std::optional<QByteArray> rewrite(const ReplayEvent &event, qint64 seq,
                                                    Problem *problem) const;

private:
    enum class Kind { None, Event, Channel, Time, Value };
    //! A place with the text in front of it; the last one is none.
    struct Piece {
        QByteArray literal;
        QString name;
        Kind kind = Kind::None;
        JsonPath path; //!< below event
        bool isInString = false;
        qsizetype offset = 0; //!< of the literal in the template
    };

    static std::optional<Piece> piece(const TextTemplate::Piece &text, const TemplateValues &values,
                                      Problem *problem);
    [[nodiscard]] bool checkJson(const QByteArray &text, Error *error) const;
    [[nodiscard]] QByteArray ownValue(const Piece &piece, const ReplayEvent &event,
                                      qint64 seq) const;

    QList<Piece> m_pieces;
    TemplateValues m_values;
    bool m_readsEvents = false;
};

} // namespace Syncscope

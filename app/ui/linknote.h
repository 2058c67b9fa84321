// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Error>

#include <QDateTime>
#include <QList>
#include <QString>

namespace Syncscope {

//! Something that happened to the connection itself, not on it: a line of the traffic that is no frame.
class LinkNote {
public:
    enum class Kind {
        Lost, //!< an established connection ended by itself
        Closed, //!< it ended because the user wanted it
        AttemptFailed, //!< after a loss: tried in vain, and another attempt follows
        Renewed, //!< a younger connection took over without a gap
        GaveUp, //!< after a loss: there will be no further attempt
        Restored, //!< connected again
        Gap, //!< events may be missing
    };
    //! A subscription that a gap concerns; each is acknowledged again at a time of its own.
    struct Channel {
        QString name;
        QDateTime to;

        friend bool operator==(const Channel &, const Channel &) = default;
    };

    Kind kind = Kind::Lost;
    QDateTime at; //!< UTC; where it stands among the frames
    //! UTC; when began what it ends: the connection (Lost, Closed, Renewed), the break (AttemptFailed, GaveUp,
    //! Restored), the gap.
    QDateTime from;
    int attempt =
        0; //!< AttemptFailed, GaveUp, Restored: how often it was tried; 0: the user asked for it
    bool isRetried = false; //!< Lost: another attempt follows
    AppSync::Error reason; //!< none where the user closed the connection
    QList<Channel> channels; //!< Gap only

    [[nodiscard]] QDateTime to() const; //!< of a gap: when its last subscription was live again
    [[nodiscard]] QString title() const; //!< "Gap", "Connection lost", …
    [[nodiscard]] QString line() const; //!< for the table
    [[nodiscard]] QString accessibleName() const;
    //! What happened, when, what it means and what can be done, in sentences.
    [[nodiscard]] QString explanation() const;

    friend bool operator==(const LinkNote &, const LinkNote &) = default;

private:
    [[nodiscard]] QString span() const;
    [[nodiscard]] QString meaning() const;
    [[nodiscard]] QString nextStep() const;
};

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>

QT_BEGIN_NAMESPACE
class QRandomGenerator;
QT_END_NAMESPACE

namespace AppSync::Emulation {

//! A JSON value in which some objects, `{"$walk":{…}}` and the like, stand for values that change from one
//! event to the next.
class EventTemplate {
public:
    //! What a value may depend on.
    struct Moment {
        QRandomGenerator &random;
        std::chrono::milliseconds at; //!< since the start of the scenario
        QJsonObject values = {}; //!< what `$get` and `$text` call by name
    };

    virtual ~EventTemplate() = default;
    [[nodiscard]] virtual QJsonValue next(const Moment &moment) = 0;

    //! Null with \a problem if \a json uses a generator that does not exist or uses one wrongly, or calls
    //! for a value that is not one of \a names.
    static std::unique_ptr<EventTemplate> compile(const QJsonValue &json, const QStringList &names,
                                                  QString *problem);
};

} // namespace AppSync::Emulation

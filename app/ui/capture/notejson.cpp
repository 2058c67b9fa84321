// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/notejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using NoteKind = LinkNote::Kind;

constexpr std::array<std::pair<NoteKind, const char *>, 6> kNames{{
    {NoteKind::Lost, "lost"},
    {NoteKind::Closed, "closed"},
    {NoteKind::AttemptFailed, "attemptFailed"},
    {NoteKind::Renewed, "renewed"},
    {NoteKind::GaveUp, "gaveUp"},
    {NoteKind::Restored, "restored"},
}};

QString text(const QDateTime &at)
{
    return at.toUTC().toString(Qt::ISODateWithMs);
}

QDateTime time(const QJsonValue &value, const QDateTime &otherwise)
{
    const QDateTime at = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    return at.isValid() ? at : otherwise;
}

QJsonArray channelsOf(const LinkNote &note)
{
    QJsonArray channels;
    for (const LinkNote::Channel &channel : note.channels)
        channels.append(QJsonObject{{u"channel"_s, channel.name}, {u"to"_s, text(channel.to)}});
    return channels;
}

} // namespace

QByteArray noteKind(const LinkNote &note)
{
    return note.kind == NoteKind::Gap ? "gap" : "link";
}

QByteArray noteToJson(const LinkNote &note)
{
    QJsonObject json{{u"from"_s, text(note.from)}};
    if (note.kind == NoteKind::Gap) {
        json.insert(u"to"_s, text(note.to()));
        json.insert(u"channels"_s, channelsOf(note));
    }
    for (const auto &[kind, name] : kNames) {
        if (kind == note.kind)
            json.insert(u"event"_s, QLatin1StringView(name));
    }
    if (note.attempt > 0)
        json.insert(u"attempt"_s, note.attempt);
    if (note.isRetried)
        json.insert(u"retried"_s, true);
    if (note.reason.isError()) {
        json.insert(u"reason"_s, note.reason.message);
        json.insert(u"said"_s, note.reason.serverMessage);
        json.insert(u"nextStep"_s, note.reason.nextStep);
    }
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

LinkNote noteFromJson(const QByteArray &kind, qint64 atMs, const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    LinkNote note;
    note.at = QDateTime::fromMSecsSinceEpoch(atMs, QTimeZone::utc());
    note.from = time(object[u"from"_s], note.at);
    note.kind = kind == "gap" ? NoteKind::Gap : NoteKind::Lost;
    for (const auto &[known, name] : kNames) {
        if (kind != "gap" && object[u"event"_s].toString() == QLatin1StringView(name))
            note.kind = known;
    }
    note.attempt = object[u"attempt"_s].toInt();
    note.isRetried = object[u"retried"_s].toBool();
    if (const QString reason = object[u"reason"_s].toString(); !reason.isEmpty()) {
        note.reason = AppSync::Error::local(AppSync::Error::Kind::ConnectionLost, reason,
                                            object[u"nextStep"_s].toString());
        note.reason.serverMessage = object[u"said"_s].toString();
    }
    const QDateTime to = time(object[u"to"_s], note.at);
    const QJsonArray channels = object[u"channels"_s].toArray();
    for (const QJsonValue &one : channels)
        note.channels.append({one[u"channel"_s].toString(), time(one[u"to"_s], to)});
    if (const QString channel = object[u"channel"_s].toString(); !channel.isEmpty())
        note.channels.append({channel, to}); // as the terminal writes it
    return note;
}

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#include "filtercases.h"

#include "app/core/jsontext.h"

using namespace Qt::StringLiterals;
using AppSync::Frame;

namespace {

const QStringList kChannels{u"/game/*"_s, u"/game/7"_s,       u"/game/7/score"_s, u"/chat/*"_s,
                            u"/chat/a"_s, u"/other/\u00e4"_s, u"/gamer"_s,        u"/game"_s};
const QStringList kNames{u"a"_s, u"b"_s, u"score"_s, u"user-id"_s, u"\u00fc"_s, u"with space"_s};
const QStringList kValues{u"1"_s,
                          u"-1"_s,
                          u"0"_s,
                          u"10"_s,
                          u"10.0"_s,
                          u"1e1"_s,
                          u"0.5"_s,
                          u"9007199254740993"_s,
                          u"9007199254740992"_s,
                          u"18446744073709551616"_s,
                          u"-9223372036854775808"_s,
                          u"1e400"_s,
                          u"true"_s,
                          u"false"_s,
                          u"null"_s,
                          u"\"text\""_s,
                          u"\"te\\u0078t\""_s,
                          u"\"\""_s,
                          u"\"\U0001F600 x\""_s,
                          u"\"10\""_s};
// The same as in a filter, where null is not compared with.
const QStringList kLiterals{u"1"_s,
                            u"-1"_s,
                            u"10"_s,
                            u"10.00"_s,
                            u"0.5"_s,
                            u"9007199254740993"_s,
                            u"1e400"_s,
                            u"18446744073709551615"_s,
                            u"true"_s,
                            u"false"_s,
                            u"\"text\""_s,
                            u"'te*'"_s,
                            u"\"\U0001F600 x\""_s,
                            u"\"10\""_s};

} // namespace

QString FilterCases::value()
{
    return any(kValues);
}

QString FilterCases::event(int depth)
{
    if (depth == 0 || below(4) == 0)
        return value();
    QStringList parts;
    const bool isArray = below(3) == 0;
    for (int i = below(4); i > 0; --i) {
        const QString inner = event(depth - 1);
        parts += isArray
            ? inner
            : QString::fromUtf8(Syncscope::JsonText::quoted(any(kNames))) + u": "_s + inner;
    }
    const QString joined = parts.join(u","_s);
    return isArray ? u'[' + joined + u']' : u'{' + joined + u'}';
}

Frame FilterCases::frame()
{
    const auto quoted = [](const QString &text) {
        return QString::fromUtf8(Syncscope::JsonText::quoted(text));
    };
    Frame frame;
    frame.seq = ++m_seq;
    frame.at = QDateTime::fromMSecsSinceEpoch(1'764'151'200'000 + m_seq * 10, Qt::UTC);
    frame.monotonicNs = m_seq * 1'000;
    frame.id = u"id-%1"_s.arg(m_seq);
    const int what = below(20);
    if (what < 2 || m_subscriptions.isEmpty()) {
        m_subscriptions.append(frame.id);
        frame.direction = Frame::Direction::Out;
        frame.type = u"subscribe"_s;
        frame.text = u"{\"type\":\"subscribe\",\"id\":\"%1\",\"channel\":%2}"_s.arg(
            frame.id, quoted(any(kChannels)));
    } else if (what < 15) {
        frame.type = u"data"_s;
        frame.id = any(m_subscriptions);
        const QString text = below(10) == 0 ? u"no {json"_s : event();
        const QString events =
            below(6) == 0 ? u'[' + quoted(text) + u',' + quoted(event()) + u']' : quoted(text);
        frame.text = u"{\"id\":\"%1\",\"type\":\"data\",\"event\":%2}"_s.arg(frame.id, events);
    } else if (what < 17) {
        frame.direction = Frame::Direction::Out;
        frame.type = u"publish"_s;
        QStringList events;
        for (int i = below(3); i >= 0; --i)
            events += quoted(event());
        frame.text = u"{\"type\":\"publish\",\"id\":\"%1\",\"channel\":%2,\"events\":[%3]}"_s.arg(
            frame.id, quoted(any(kChannels)), events.join(u','));
    } else if (what < 18) {
        frame.type = u"publish_success"_s;
        frame.text =
            u"{\"type\":\"publish_success\",\"id\":\"%1\",\"successful\":[],\"failed\":%2}"_s.arg(
                frame.id, below(2) == 0 ? u"[]"_s : u"[{\"index\":0}]"_s);
    } else if (what < 19) {
        frame.type = u"data"_s; // of GraphQL
        frame.text =
            u"{\"id\":\"%1\",\"type\":\"data\",\"payload\":{\"data\":%2}}"_s.arg(frame.id, event());
    } else {
        frame.id.clear();
        frame.type = u"ka"_s;
        frame.text = u"{\"type\":\"ka\"}"_s;
    }
    return frame;
}

QString FilterCases::path()
{
    QString path = below(3) == 0 ? u"data"_s : u"event"_s;
    for (int i = below(3); i > 0; --i) {
        const QString name = any(kNames);
        switch (below(5)) {
        case 0:
            path += u"[%1]"_s.arg(below(3));
            break;
        case 1:
            path += u"[*]"_s;
            break;
        case 2:
            path += u"[\"%1\"]"_s.arg(name);
            break;
        default:
            path += name.contains(u' ') ? u".\"%1\""_s.arg(name) : u'.' + name;
        }
    }
    return path;
}

QString FilterCases::test()
{
    static const QStringList comparisons{u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s};
    const QString comparison = any(comparisons);
    const QString &equality = comparisons.at(below(2));
    const QString channel = below(2) == 0 ? u"sub"_s : u"channel"_s;
    switch (below(14)) {
    case 0:
        return channel + u" ~ '"_s + any(kChannels) + u'\'';
    case 1:
        return channel + u' ' + comparison + u" '"_s + any(kChannels).mid(below(2)) + u'\'';
    case 2:
        return channel + u" ~ 'g*m?/*'"_s;
    case 3:
        return u"dir %1 'out'"_s.arg(equality);
    case 4:
        return u"kind %1 '%2'"_s.arg(equality,
                                     any(QStringList{u"event"_s, u"publish"_s, u"error"_s}));
    case 5:
        return u"bytes %1 %2"_s.arg(comparison).arg(any(QStringList{u"2"_s, u"40"_s, u"10.5"_s}));
    case 6:
        return u"time %1 %2"_s.arg(comparison).arg(1'764'151'200'000 + below(4'000));
    case 7:
        return u"type =~ '^(data|ka)$'"_s;
    case 8:
        return u"result %1 'accepted'"_s.arg(equality);
    case 9:
        return any(QStringList{u"\"score\""_s, u"text =~ '1+'"_s, u"text ~ '{*}'"_s,
                               u"len(text) > 5"_s, u"has(channel)"_s, u"has(result)"_s});
    case 10:
        return u"has(%1)"_s.arg(path());
    case 11:
        return u"len(%1) %2 %3"_s.arg(path(), comparison).arg(below(3));
    default:
        break;
    }
    const QString literal = any(kLiterals);
    const bool isTruth = literal == u"true" || literal == u"false";
    return path() + u' ' + (isTruth ? equality : comparison) + u' ' + literal;
}

QString FilterCases::filter(int depth)
{
    if (depth == 0 || below(4) == 0)
        return test();
    switch (below(4)) {
    case 0:
        return u"!("_s + filter(depth - 1) + u')';
    case 1:
        return u'(' + filter(depth - 1) + u" || "_s + filter(depth - 1) + u')';
    default:
        return filter(depth - 1) + u" && "_s + filter(depth - 1);
    }
}

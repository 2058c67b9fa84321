// SPDX-License-Identifier: Apache-2.0
#include "app/core/snippet/snippetlanguages.h"

#include "app/core/jsontext.h"
#include "app/core/snippet/snippetliteral.h"

#include <AppSync/GraphQlParser>

#include <algorithm>

namespace Syncscope::Snippets {

namespace {

// Linux takes 128 KiB for one argument; printf is part of the shell and has no such bound.
constexpr qsizetype kLongestArgument = 100'000;

bool isShellArgument(const QByteArray &event)
{
    return !event.contains('\0') && !event.startsWith('@') && event.size() <= kLongestArgument
        && event.isValidUtf8();
}

QByteArray shellAuthFlags(AuthMode own, AuthMode connect, bool connects)
{
    QByteArray flags = " --auth " + toText(own).toLatin1();
    if (connects && connect != own)
        flags += " --connect-auth " + toText(connect).toLatin1();
    return flags;
}

//! The command with everything in front of its arguments.
QByteArray shellCommand(const QByteArray &name, const SnippetAction &action,
                        const SnippetTarget &target, const QByteArray &flags)
{
    const bool connects = !action.overHttp && action.kind != SnippetAction::Kind::Execute;
    QByteArray text =
        "syncscope-cli " + name + " --endpoint " + SnippetLiteral::shell(httpUrl(target));
    if (connects && hasOwnRealtime(target))
        text += " --realtime " + SnippetLiteral::shell(realtimeUrl(target));
    const bool isSigned = action.mode(target) == AuthMode::Iam || target.connect == AuthMode::Iam;
    const QString region = target.endpoint.region();
    if (isSigned && AppSync::Endpoint(target.endpoint.http()).region() != region)
        text += " --region " + SnippetLiteral::shell(region.toUtf8());
    return text + shellAuthFlags(action.mode(target), target.connect, connects) + flags;
}

//! The end of options is told where an argument looks like one.
QByteArray shellArguments(const QByteArrayList &words)
{
    const bool looksLikeFlag = std::any_of(
        words.begin(), words.end(), [](const QByteArray &word) { return word.startsWith('-'); });
    QByteArray text = looksLikeFlag ? " --" : "";
    for (const QByteArray &word : words)
        text += ' ' + SnippetLiteral::shell(word);
    return text;
}

//! Writes \a event on standard output; one line break at its end is one that the command leaves out.
QByteArray printedByShell(const QByteArray &event)
{
    const QByteArray lineBreak = event.endsWith('\n') ? "\n" : "";
    if (event.contains('\0'))
        return "printf " + SnippetLiteral::shellFormat(event + lineBreak);
    return "printf %s " + SnippetLiteral::shell(event + lineBreak);
}

QByteArray shellPublish(const SnippetAction &action, const SnippetTarget &target)
{
    const bool isValid =
        std::all_of(action.events.begin(), action.events.end(),
                    [](const QByteArray &event) { return JsonText::isValid(event); });
    const QByteArray flags =
        QByteArray(action.overHttp ? " --http" : "") + (isValid ? "" : " --no-check");
    const QByteArray start = shellCommand("publish", action, target, flags);
    if (std::all_of(action.events.begin(), action.events.end(), isShellArgument))
        return start + shellArguments(QByteArrayList{action.channel} + action.events) + '\n';
    // What no argument can carry goes through standard input, one event each.
    QByteArray lines;
    for (const QByteArray &event : action.events)
        lines += printedByShell(event) + " |\n  " + start + shellArguments({action.channel}) + '\n';
    return lines;
}

QByteArray shellGraphQl(const SnippetAction &action, const SnippetTarget &target)
{
    QByteArray flags;
    if (!action.variables.isEmpty())
        flags += " \\\n  --variables " + SnippetLiteral::shell(action.variables);
    if (!action.operationName.isEmpty())
        flags += " --operation-name " + SnippetLiteral::shell(action.operationName);
    if (AppSync::GraphQl::parse(QString::fromUtf8(action.document)).error)
        flags += " --no-check";
    return shellCommand("graphql", action, target, flags) + " \\\n "
        + shellArguments({action.document}) + '\n';
}

} // namespace

QByteArray shell(const SnippetAction &action, const SnippetTarget &target)
{
    switch (action.kind) {
    case SnippetAction::Kind::Publish:
        return shellPublish(action, target);
    case SnippetAction::Kind::Subscribe:
        return shellCommand("subscribe", action, target, {}) + shellArguments({action.channel})
            + '\n';
    case SnippetAction::Kind::Execute:
    case SnippetAction::Kind::SubscribeGraphQl:
    case SnippetAction::Kind::None:
        break;
    }
    return shellGraphQl(action, target);
}

} // namespace Syncscope::Snippets

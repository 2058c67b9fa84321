// SPDX-License-Identifier: Apache-2.0
#include "app/gui/options.h"

#include <QCommandLineParser>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// Long enough for the sandbox to show live data.
constexpr std::chrono::milliseconds kBeforeScreenshot{3000};

const QCommandLineOption kSandbox(u"sandbox"_s,
                                  u"Start on the local AppSync, with the demo playing."_s);
const QCommandLineOption kTheme(u"theme"_s, u"light, dark or system, for this run."_s, u"NAME"_s);
const QCommandLineOption kSize(u"size"_s, u"Size of the window, such as 1280x800."_s, u"WxH"_s);
const QCommandLineOption
    kScreenshot(u"screenshot"_s,
                u"Save a picture of the window to FILE before quitting (after 3 seconds "
                "unless --quit-after says otherwise)."_s,
                u"FILE"_s);
const QCommandLineOption kQuitAfter(u"quit-after"_s, u"Quit after so many seconds."_s,
                                    u"SECONDS"_s);

std::optional<QSize> sizeFrom(const QString &text)
{
    static const QRegularExpression form(u"^([1-9][0-9]{2,4})x([1-9][0-9]{2,4})$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

void readTheme(const QString &name, Options &options)
{
    bool ok = false;
    options.themeMode = Theme::modeFromName(name, &ok);
    if (!ok)
        options.problem = u"--theme is light, dark or system, not “%1”."_s.arg(name);
}

void readSize(const QString &text, Options &options)
{
    options.size = sizeFrom(text);
    if (!options.size)
        options.problem = u"--size is WIDTHxHEIGHT such as 1280x800, not “%1”."_s.arg(text);
}

void readQuitAfter(const QString &text, Options &options)
{
    bool ok = false;
    const double seconds = text.toDouble(&ok);
    if (ok && seconds > 0 && seconds < 1e6)
        options.quitAfter = std::chrono::milliseconds(qint64(seconds * 1000));
    else
        options.problem = u"--quit-after is a number of seconds, not “%1”."_s.arg(text);
}

} // namespace

Options Options::read(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Console for AWS AppSync Events. Not affiliated with Amazon."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({kSandbox, kTheme, kSize, kScreenshot, kQuitAfter});
    parser.addPositionalArgument(
        u"endpoint"_s, u"HTTP or realtime URL, or host, to put into the connection form."_s,
        u"[endpoint]"_s);
    parser.process(arguments);

    Options options;
    options.sandbox = parser.isSet(kSandbox);
    options.screenshotFile = parser.value(kScreenshot);
    if (parser.isSet(kTheme))
        readTheme(parser.value(kTheme), options);
    if (parser.isSet(kSize))
        readSize(parser.value(kSize), options);
    if (parser.isSet(kQuitAfter))
        readQuitAfter(parser.value(kQuitAfter), options);
    else if (parser.isSet(kScreenshot))
        options.quitAfter = kBeforeScreenshot;
    const QStringList endpoints = parser.positionalArguments();
    if (endpoints.size() > 1)
        options.problem = u"One endpoint is enough; there are %1."_s.arg(endpoints.size());
    else if (options.sandbox && !endpoints.isEmpty())
        options.problem = u"--sandbox and an endpoint exclude each other."_s;
    else if (!endpoints.isEmpty())
        options.endpoint = endpoints.first();
    return options;
}

} // namespace Syncscope

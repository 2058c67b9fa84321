// SPDX-License-Identifier: Apache-2.0
#include "app/cli/capturecommand.h"

#include "app/cli/console.h"
#include "app/core/capture/capturecopy.h"
#include "app/core/capture/capturediff.h"
#include "app/core/capture/captureexport.h"
#include "app/core/capture/captureimport.h"
#include "app/core/capture/captureindexing.h"
#include "app/core/signalwatcher.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

using CaptureAction = CaptureOptions::Action;

std::optional<CaptureAction> actionNamed(const QString &name)
{
    static const QHash<QString, CaptureAction> actions{
        {u"info"_s, CaptureAction::Info},       {u"cat"_s, CaptureAction::Cat},
        {u"filter"_s, CaptureAction::Filter},   {u"redact"_s, CaptureAction::Redact},
        {u"convert"_s, CaptureAction::Convert}, {u"diff"_s, CaptureAction::Diff},
        {u"merge"_s, CaptureAction::Merge},     {u"index"_s, CaptureAction::Index},
    };
    const auto found = actions.constFind(name);
    return found == actions.constEnd() ? std::nullopt : std::optional(*found);
}

QString wordsOf(const MaskedCount &masked)
{
    const QString frames = masked.values == 0
        ? u"nothing in its %1 frames was masked"_s.arg(masked.allFrames)
        : u"masked in frames: %1 values, in %2 of %3"_s.arg(masked.values)
              .arg(masked.frames)
              .arg(masked.allFrames);
    return masked.inMarks == 0 ? frames : frames + u"; in bookmarks: %1"_s.arg(masked.inMarks);
}

} // namespace

std::optional<CaptureOptions> CaptureOptions::read(const CommandLine &line, Problem *problem)
{
    CaptureOptions options;
    const QString name = line.positional().value(0);
    const auto action = actionNamed(name);
    if (!action) {
        *problem = Problem::usage(
            name.isEmpty() ? u"capture wants to know what to do."_s
                           : u"capture does not know \"%1\"."_s.arg(name),
            u"There are info, cat, filter, redact, convert, diff, merge and index; see capture --help."_s);
        return std::nullopt;
    }
    options.action = *action;
    const auto filter = readFilter(line, problem);
    if (!filter || !options.readFiles(name, line.positional().mid(1), problem))
        return std::nullopt;
    options.filter = *filter;
    if (*action == CaptureAction::Filter && options.filter.isEmpty()) {
        *problem = Problem::usage(u"capture filter wants --filter."_s,
                                  u"For example: --filter 'sub ~ \"/game/*\"'"_s);
        return std::nullopt;
    }
    options.names = line.values("mask");
    if (line.has("ts")) {
        const auto style = parseTimeStyle(line.value("ts"), problem);
        if (!style)
            return std::nullopt;
        options.timeStyle = *style;
    }
    return options;
}

bool CaptureOptions::readFiles(const QString &name, const QStringList &arguments, Problem *problem)
{
    const bool makesOne = action != CaptureAction::Info && action != CaptureAction::Cat
        && action != CaptureAction::Diff && action != CaptureAction::Index;
    const qsizetype wanted = (makesOne || action == CaptureAction::Diff) ? 2 : 1;
    const bool isGood =
        arguments.size() == wanted || (action == CaptureAction::Merge && arguments.size() > wanted);
    if (!isGood) {
        const QString usage = action == CaptureAction::Merge ? u"FILE… TARGET.ssc"_s
            : action == CaptureAction::Diff                  ? u"FILE OTHER"_s
            : makesOne                                       ? u"FILE TARGET"_s
                                                             : u"FILE"_s;
        const QString given = arguments.isEmpty() ? u"no file"_s
            : arguments.size() == 1               ? u"one file"_s
                                                  : u"%1 files"_s.arg(arguments.size());
        *problem = Problem::usage(u"capture %1 wants %2, and got %3."_s.arg(name, usage, given),
                                  u"See capture --help."_s);
        return false;
    }
    files = arguments;
    if (!makesOne)
        return true;
    target = files.takeLast();
    const auto type = captureFileType(target);
    const bool mustBeCapture = action != CaptureAction::Convert;
    if (!type || (mustBeCapture && *type != CaptureFileType::Capture)) {
        *problem = Problem::usage(u"%1 has an ending that says nothing here."_s.arg(target),
                                  mustBeCapture ? u"Captures end in .ssc."_s
                                                : u"There are .ssc, .ndjson, .csv and .har."_s);
        return false;
    }
    targetType = *type;
    return true;
}

CaptureCommand::CaptureCommand(const CaptureOptions &options, Output &output, OutputStream &stream,
                               Console &console, QObject *parent)
    : Command(parent), m_options(options), m_output(output), m_stream(stream), m_console(console)
{
}

void CaptureCommand::start()
{
    const Problem problem = run();
    if (m_isEnded || SignalWatcher::isPending())
        return; // interrupt() has come, or comes
    if (problem.isProblem()) {
        m_output.error(u"capture"_s, {}, problem.toError());
        return finish(ExitCode::BadFile);
    }
    finish(m_exit);
}

void CaptureCommand::interrupt(ExitCode exitCode)
{
    m_isEnded = true;
    finish(exitCode);
}

bool CaptureCommand::goesOn(qint64, qint64)
{
    m_stream.flush();
    return !m_isEnded && !SignalWatcher::isPending();
}

bool CaptureCommand::open(CaptureFile &file, const QString &path, Problem *problem) const
{
    const bool isGood = file.open(path);
    if (!isGood)
        *problem = file.problem();
    return isGood;
}

Problem CaptureCommand::run()
{
    switch (m_options.action) {
    case CaptureAction::Info:
        return info();
    case CaptureAction::Cat:
        return cat();
    case CaptureAction::Diff:
        return diff();
    case CaptureAction::Index:
        return index();
    case CaptureAction::Merge: {
        const Problem problem =
            mergeCaptures(m_options.files, m_options.target,
                          [this](qint64 done, qint64 all) { return goesOn(done, all); });
        if (!problem.isProblem())
            m_console.status(u"made %1"_s.arg(m_options.target));
        return problem;
    }
    case CaptureAction::Filter:
    case CaptureAction::Redact:
    case CaptureAction::Convert:
        break;
    }
    return convert();
}

Problem CaptureCommand::info()
{
    CaptureFile file;
    Problem problem;
    if (!open(file, m_options.files.first(), &problem))
        return problem;
    const CaptureFile::Summary summary = file.summary();
    if (file.problem().isProblem())
        return file.problem();
    m_output.captureInfo(file.path(), summary, file.connections(), file.groups());
    return file.problem();
}

Problem CaptureCommand::cat()
{
    CaptureFile file;
    Problem problem;
    if (!open(file, m_options.files.first(), &problem))
        return problem;
    (void)file.read(
        m_options.filter, {},
        [this](const CapturedFrame &frame) {
            m_output.captured(frame, {});
            return !m_isEnded;
        },
        [this](qint64 done, qint64 all) { return goesOn(done, all); });
    problem = file.problem();
    warnOfUnreadable(file);
    return problem;
}

void CaptureCommand::warnOfUnreadable(CaptureFile &file) const
{
    if (const qint64 count = file.unreadable(); count > 0)
        m_console.warning(
            u"%1 frames of %2 have numbers that captures do not have, and were left out"_s
                .arg(count)
                .arg(file.path()));
}

Problem CaptureCommand::convert()
{
    const QString source = m_options.files.first();
    const auto type = captureFileType(source);
    const auto progress = [this](qint64 done, qint64 all) { return goesOn(done, all); };
    QString opened = source;
    Problem problem;
    const bool isForeign =
        m_options.action == CaptureAction::Convert && type && *type != CaptureFileType::Capture;
    if (isForeign) {
        // What others wrote becomes a capture first, which then can be filtered and written as any.
        const bool isDirect =
            m_options.targetType == CaptureFileType::Capture && m_options.filter.isEmpty();
        opened = isDirect ? m_options.target : m_options.target + u".import"_s;
        CaptureImport import;
        problem = import.run(source, *type, opened, progress);
        if (problem.isProblem()) {
            problem.message.replace(opened,
                                    m_options.target); // nobody asked for the one in between
            return problem;
        }
        m_console.status(u"imported %1 frames; %2 parts of the file are none"_s.arg(import.frames())
                             .arg(import.skipped()));
        for (const QString &remark : import.remarks())
            m_console.warning(remark);
        if (isDirect)
            return {};
    }
    CaptureFile file;
    QString note;
    if (open(file, opened, &problem)) {
        warnOfUnreadable(file);
        if (m_options.action == CaptureAction::Redact) {
            CaptureRedaction redaction = CaptureRedaction::standard();
            redaction.moreNames = m_options.names;
            MaskedCount masked;
            problem = copyCapture(file, m_options.filter, m_options.target, redaction, progress, {},
                                  UnfinishedFile::Existing::Kept, &masked);
            note = u"; "_s + wordsOf(masked);
        } else {
            problem = exportCapture(file, m_options.filter, m_options.target, m_options.targetType,
                                    {}, progress);
        }
    }
    if (isForeign)
        QFile::remove(opened);
    if (!problem.isProblem())
        m_console.status(u"made %1%2"_s.arg(m_options.target, note));
    return problem;
}

Problem CaptureCommand::diff()
{
    CaptureFile left;
    CaptureFile right;
    Problem problem;
    if (!open(left, m_options.files.first(), &problem)
        || !open(right, m_options.files.last(), &problem))
        return problem;
    CaptureDifference difference;
    (void)difference.compare(
        left, right, m_options.filter,
        [this](CaptureDifference::Side side, const CapturedFrame &frame) {
            m_output.captured(frame, side == CaptureDifference::Side::Left ? "left" : "right");
            return goesOn(0, 0);
        },
        &problem);
    m_console.status(u"%1 frames are in both, %2 only in %3, %4 only in %5"_s.arg(difference.both)
                         .arg(difference.onlyLeft)
                         .arg(left.path())
                         .arg(difference.onlyRight)
                         .arg(right.path()));
    if (difference.onlyLeft + difference.onlyRight > 0)
        m_exit = ExitCode::TimedOut; // an expectation that was not met
    return problem;
}

Problem CaptureCommand::index()
{
    CaptureFile file;
    Problem problem;
    if (!open(file, m_options.files.first(), &problem))
        return problem;
    problem = indexCapture(file, [this](qint64 done, qint64 all) { return goesOn(done, all); });
    if (!problem.isProblem())
        m_console.status(u"made %1"_s.arg(CaptureIndex::pathOf(file.path())));
    return problem;
}

void CaptureCommand::finish(ExitCode exitCode)
{
    if (m_finishing)
        return;
    m_finishing = true;
    warnOfSurrenders(m_options.filter.surrenders(), m_console);
    m_output.end(exitCode);
    Q_EMIT finished(exitCode);
}

} // namespace Syncscope::Cli

// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/capturemaking.h"

#include "app/core/capture/capturecopy.h"
#include "app/core/capture/capturediff.h"
#include "app/core/capture/captureimport.h"
#include "app/ui/capture/captureshelf.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! Where the capture \a source is; one that is a file of others is made into one in \a folder.
Problem asCapture(const CaptureView::Source &source, const QTemporaryDir &folder, int number,
                  QString *path, const CaptureJob::Progress &progress)
{
    *path = source.path;
    if (captureFileType(source.path) == CaptureFileType::Capture)
        return {};
    *path = folder.filePath(u"%1.ssc"_s.arg(number));
    return importCapture(source.path, *path, progress);
}

} // namespace

Problem importCapture(const QString &path, const QString &target,
                      const CaptureJob::Progress &progress, QStringList *remarks)
{
    const auto type = captureFileType(path);
    if (!type)
        return Problem::file(
            CaptureShelf::tr("%1 is no file of traffic.").arg(QFileInfo(path).fileName()),
            CaptureShelf::tr("Choose a capture (.ssc), or NDJSON, CSV or HAR."));
    CaptureImport import;
    const Problem problem = import.run(path, *type, target, progress);
    if (remarks)
        *remarks = import.remarks();
    return problem;
}

Problem makeDifference(const CaptureView::Source &left, const CaptureView::Source &right,
                       const Filter &filter, const QString &target, CaptureComparison *comparison,
                       const CaptureJob::Progress &progress)
{
    const QTemporaryDir folder;
    CaptureFile files[2];
    int number = 0;
    for (const CaptureView::Source &source : {left, right}) {
        QString path;
        CaptureFile &file = files[number++];
        if (const Problem problem = asCapture(source, folder, number, &path, progress);
            problem.isProblem())
            return problem;
        if (!file.open(path))
            return file.problem();
    }
    CaptureDifference difference;
    const Problem problem = difference.write(files[0], files[1], filter, target, progress);
    comparison->both = difference.both;
    comparison->onlyLeft = difference.onlyLeft;
    comparison->onlyRight = difference.onlyRight;
    return problem;
}

Problem makeMerged(const QList<CaptureView::Source> &sources, const QString &target,
                   const CaptureJob::Progress &progress)
{
    if (captureFileType(target) != CaptureFileType::Capture)
        return Problem::file(
            CaptureShelf::tr("%1 would be no capture.").arg(QFileInfo(target).fileName()),
            CaptureShelf::tr("End its name with .ssc."));
    const QTemporaryDir folder;
    QStringList paths;
    for (const CaptureView::Source &source : sources) {
        if (QFileInfo(source.path) == QFileInfo(target))
            return Problem::file(CaptureShelf::tr("%1 is one of those to be merged.")
                                     .arg(QFileInfo(target).fileName()),
                                 CaptureShelf::tr("Choose another name."));
        QString path;
        if (const Problem problem = asCapture(source, folder, int(paths.size()), &path, progress);
            problem.isProblem())
            return problem;
        paths += path;
    }
    return mergeCaptures(paths, target, progress, UnfinishedFile::Existing::Replaced);
}

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#include "app/ui/evidence.h"

#include "app/ui/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Evidence", text);
}

QString cut(const QString &text)
{
    if (text.size() <= Evidence::kShownLimit)
        return text;
    return text.left(Evidence::kShownLimit) + u'\n'
        + tr("[the first %1 of %2 characters]")
              .arg(Wording::count(Evidence::kShownLimit), Wording::count(text.size()));
}

QString frameText(const AppSync::Frame &frame)
{
    return tr("Frame received at %1:").arg(Wording::time(frame.at)) + u'\n' + cut(frame.text);
}

QString answerText(const AppSync::HttpAnswer &answer)
{
    QString text = tr("The server's answer to the upgrade:") + u'\n'
        + u"HTTP %1 %2"_s.arg(answer.status).arg(answer.reason).trimmed() + u'\n';
    for (const auto &[name, value] : answer.headers) {
        const bool secret = name.compare("set-cookie", Qt::CaseInsensitive) == 0;
        text += QString::fromUtf8(name) + u": "_s
            + (secret ? tr("(masked)") : QString::fromUtf8(value)) + u'\n';
    }
    const QString body = QString::fromUtf8(answer.body);
    return text + u'\n' + (body.isEmpty() ? tr("(no body)") : cut(body));
}

} // namespace

QString Evidence::text() const
{
    QStringList parts;
    if (frame)
        parts += frameText(*frame);
    if (answer.isValid())
        parts += answerText(answer);
    return parts.join(u"\n\n"_s);
}

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/findings.h"
#include "app/cli/messages.h"
#include "app/core/capture/capturefile.h"
#include "app/core/jsontext.h"

namespace Syncscope::Cli {

//! `-o pretty`: messages for people.
class PrettyPrinter {
public:
    PrettyPrinter(bool colour, int width);

    //! Each gets the time as text, perhaps empty, and gives whole lines.
    [[nodiscard]] QByteArray event(const QByteArray &time, const AppSync::Event &event,
                                   const Messages::Payload &payload) const;
    [[nodiscard]] QByteArray result(const QByteArray &time, const QString &operation,
                                    const AppSync::GraphQlResult &result) const;
    [[nodiscard]] QByteArray published(const QByteArray &time,
                                       const Messages::Published &result) const;
    [[nodiscard]] QByteArray request(const Messages::Request &request) const;
    [[nodiscard]] QByteArray echo(const QByteArray &time, const QString &channel,
                                  const AppSync::Echo &echo) const;
    [[nodiscard]] QByteArray summary(const Messages::EchoSummary &summary) const;
    [[nodiscard]] QByteArray step(const DoctorStep &step) const;
    [[nodiscard]] QByteArray finding(const Finding &finding) const;
    [[nodiscard]] QByteArray profile(const Messages::StoredProfile &stored) const;
    [[nodiscard]] QByteArray removed(const QString &name, int secrets) const;
    [[nodiscard]] QByteArray control(const QByteArray &time, const AppSync::Frame &frame) const;
    [[nodiscard]] QByteArray captured(const QByteArray &time, const CapturedFrame &frame,
                                      const QByteArray &side) const;
    [[nodiscard]] QByteArray captureInfo(const QString &path, const CaptureFile::Summary &summary,
                                         const QList<CaptureFile::Connection> &connections,
                                         const QList<CaptureFile::Group> &groups) const;
    [[nodiscard]] QByteArray gap(const QDateTime &from, const QDateTime &to,
                                 const QString &reason) const;

private:
    [[nodiscard]] QByteArray briefProfile(const Messages::StoredProfile &stored) const;
    //! A name in a column of its own, and a text that may go on below itself.
    [[nodiscard]] QByteArray row(const QString &name, const QString &text, const char *style) const;
    [[nodiscard]] QByteArray outcome(DoctorStep::Outcome outcome) const;
    //! A finding, with how long it took.
    [[nodiscard]] QByteArray block(const Finding &finding, const QByteArray &duration) const;
    //! \a line and the JSON \a bytes behind it, or below it where the terminal is too narrow.
    [[nodiscard]] QByteArray withJson(const QByteArray &line, qsizetype used,
                                      const QByteArray &bytes) const;
    [[nodiscard]] QByteArray head(const QByteArray &time, const QString &subject) const;
    [[nodiscard]] QByteArray styled(const char *style, const QByteArray &text) const;

    const bool m_colour;
    const int m_width;
    const JsonText::Palette m_palette;
};

} // namespace Syncscope::Cli

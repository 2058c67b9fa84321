// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturefile.h"
#include "app/core/capture/capturewriter.h"
#include "app/core/capture/operationmemory.h"
#include "captureframes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

//! A folder with captures, for the tests of what is made of them.
class CaptureFolder {
public:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    void record(const QString &name, const QList<AppSync::Frame> &frames) const
    {
        using namespace Qt::StringLiterals;
        Syncscope::CaptureWriter writer;
        Syncscope::OperationMemory operations;
        QVERIFY2(writer.open(path(name)), qPrintable(writer.problem().message));
        QVERIFY(
            writer.writeConnection(1, u"wss://example.test/event/realtime"_s, 1'764'151'200'000));
        QList<Syncscope::CapturedFrame> rows;
        for (const AppSync::Frame &frame : frames) {
            rows.append(operations.captured(frame, 1, rows.size() + 1));
            rows.last().number = rows.size();
        }
        QVERIFY(writer.write(rows));
        QVERIFY(writer.writeMark(2, u"second"_s, u"{\"password\":\"hunter2\"}"_s));
    }

    static QByteArrayList texts(const QString &path)
    {
        Syncscope::CaptureFile file;
        if (!file.open(path))
            return {file.problem().message.toUtf8()};
        QByteArrayList result;
        for (const Syncscope::CapturedFrame &frame : file.page({}, 10'000))
            result.append(frame.text());
        return result;
    }

    //! Eight frames of every kind.
    void recordSample(const QString &name) const
    {
        using namespace Qt::StringLiterals;
        using Frame = AppSync::Frame;
        const auto in = Frame::Direction::In;
        const auto out = Frame::Direction::Out;
        Frame post = CaptureFrames::frame(out, u"POST"_s, u"h"_s,
                                          uR"({"channel":"game/7","events":["{\"a\":1}"]})"_s);
        post.transport = Frame::Transport::Http;
        Frame answer = CaptureFrames::frame(in, u"HTTP 200"_s, u"h"_s,
                                            uR"({"successful":[{"index":0}],"failed":[]})"_s);
        answer.transport = Frame::Transport::Http;
        record(
            name,
            {CaptureFrames::frame(out, u"subscribe"_s, u"s"_s,
                                  uR"({"type":"subscribe","id":"s","channel":"/game/*"})"_s),
             CaptureFrames::frame(in, u"subscribe_success"_s, u"s"_s,
                                  uR"({"type":"subscribe_success","id":"s"})"_s),
             CaptureFrames::eventFrame(u"s"_s,
                                       uR"({\"token\":\"abc\",\"n\":9007199254740993,\"n\":1})"_s),
             CaptureFrames::eventFrame(u"s"_s, u"no, \\\"json\\\"\\nat all \u00e4 \U0001F600"_s),
             CaptureFrames::frame(
                 out, u"publish"_s, u"p"_s,
                 uR"({"type":"publish","id":"p","channel":"game/7","events":["1","{\"password\":\"hunter2\"}"]})"_s),
             post, answer, CaptureFrames::frame(in, u"ka"_s, {}, uR"({"type":"ka"})"_s)});
    }

private:
    QTemporaryDir m_folder;
};

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturefile.h"
#include "app/core/capture/capturesearch.h"
#include "app/core/snippet/snippet.h"
#include "app/ui/traffic/framesource.h"

#include <QCache>
#include <QHash>

namespace Syncscope {

//! The records of a capture file, read from it as they are wanted: memory holds those that were wanted last.
class CaptureLog : public FrameSource {
    Q_OBJECT

public:
    //! What the colours and glyphs of its records tell apart.
    enum class Signs { Subscriptions, Connections };

    explicit CaptureLog(QObject *parent = nullptr);

    //! Once. A problem: it cannot be read.
    [[nodiscard]] Problem open(const QString &path, Signs signs = Signs::Subscriptions);
    [[nodiscard]] QString path() const { return m_file.path(); }
    [[nodiscard]] const CaptureFile::Summary &summary() const { return m_summary; }
    [[nodiscard]] QList<CaptureFile::Connection> connections() { return m_file.connections(); }
    [[nodiscard]] QList<CaptureMark> marks() { return m_file.marks(); }
    //! Where the record of this number was seen, and how that is authorized, as far as the file tells.
    [[nodiscard]] SnippetTarget snippetTarget(qint64 number);

    [[nodiscard]] qint64 begin() const override { return m_summary.first; }
    [[nodiscard]] qint64 end() const override { return m_summary.last + 1; }
    //! Where the file has no such record, or it cannot be read, one that says so.
    [[nodiscard]] const FrameRecord &record(qint64 number) const override;
    [[nodiscard]] qint64 eventBefore(const FrameRecord &event, qint64 first) const override;
    [[nodiscard]] std::unique_ptr<FrameSearch> makeSearch() override;

    static constexpr qint64 kPageRecords = 128;
    static constexpr int kPages = 32; // in memory

private:
    using Page = QHash<qint64, FrameRecord>;
    [[nodiscard]] Page *read(qint64 page) const;
    [[nodiscard]] FrameRecord toRecord(const CapturedFrame &captured) const;
    //! Colour and glyph of a subscription, or a connection: of each its own, as long as there are some.
    [[nodiscard]] int slotOf(const CaptureOrigin &origin) const;

    Signs m_signs = Signs::Subscriptions;
    mutable CaptureFile m_file;
    CaptureFile::Summary m_summary;
    mutable QCache<qint64, Page> m_pages{kPages};
    mutable QHash<QByteArray, int> m_slots;
    const FrameRecord m_missing; //!< of a number that the file does not have
};

//! Looks through the file, the oldest first, on a thread of its own.
class CaptureLogSearch : public FrameSearch {
    Q_OBJECT

public:
    //! \a log outlives it.
    explicit CaptureLogSearch(const CaptureLog *log, QObject *parent = nullptr);

    void start(const FrameTest &test) override;
    void cancel() override;
    [[nodiscard]] bool isRunning() const override { return m_isRunning; }

    //! The filter for what passes \a test.
    [[nodiscard]] static Filter filterOf(const FrameTest &test);

private:
    void setRunning(bool running);

    const CaptureLog *const m_log;
    CaptureSearch m_search;
    bool m_isRunning = false;
};

} // namespace Syncscope

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>
#include <QtQml/qqml.h>

#include <array>
#include <chrono>

namespace Syncscope {

//! How much traffic is kept, in memory and in the recordings of sessions: what the user chose, from run to run.
class Retention : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the workspace")
    //! What can be chosen, in words, and which of them is.
    Q_PROPERTY(QStringList memoryNames READ memoryNames CONSTANT FINAL)
    Q_PROPERTY(int memory READ memory WRITE setMemory NOTIFY changed FINAL)
    Q_PROPERTY(QStringList sizeNames READ sizeNames CONSTANT FINAL)
    Q_PROPERTY(int size READ size WRITE setSize NOTIFY changed FINAL)
    Q_PROPERTY(QStringList ageNames READ ageNames CONSTANT FINAL)
    Q_PROPERTY(int age READ age WRITE setAge NOTIFY changed FINAL)

public:
    explicit Retention(QObject *parent = nullptr);

    [[nodiscard]] static QStringList memoryNames();
    [[nodiscard]] static QStringList sizeNames();
    [[nodiscard]] static QStringList ageNames();
    [[nodiscard]] int memory() const { return m_memory; }
    void setMemory(int index);
    [[nodiscard]] int size() const { return m_size; }
    void setSize(int index);
    [[nodiscard]] int age() const { return m_age; }
    void setAge(int index);

    [[nodiscard]] qint64 memoryBytes() const;
    [[nodiscard]] qint64 recordingBytes() const; //!< 0: any size
    [[nodiscard]] std::chrono::hours recordingAge() const; //!< 0: any age

Q_SIGNALS:
    void changed();

private:
    template <std::size_t Count>
    void choose(int &member, int index, const QString &key,
                const std::array<qint64, Count> &choices);

    int m_memory = 0;
    int m_size = 0;
    int m_age = 0;
};

} // namespace Syncscope

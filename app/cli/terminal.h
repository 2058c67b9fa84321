// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <memory>

namespace Syncscope::Cli {

//! The terminal that the program was started from, whatever its standard input is: asks for one line at a
//! time, without blocking the event loop. It leaves the terminal as it found it.
class Terminal : public QObject {
    Q_OBJECT

public:
    explicit Terminal(QObject *parent = nullptr);
    ~Terminal() override;

    //! False where there is none, and where another program has it in the foreground.
    [[nodiscard]] bool isThere() const;
    //! Shows \a prompt and reads a line, which is not shown while it is typed if \a isSecret. Then answered()
    //! or ended() comes, unless stop() is called.
    void ask(const QString &prompt, bool isSecret);
    void stop();

Q_SIGNALS:
    void answered(const QString &line); //!< without its end
    void ended(); //!< there will be no line

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Syncscope::Cli

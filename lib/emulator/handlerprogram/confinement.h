// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

//! What keeps JavaScript, and the engine where it goes wrong, from harming the machine.
namespace AppSync::Handlers::Confinement {

//! With which this program ends when its memory is used up.
inline constexpr int kOutOfMemory = 77;

//! From now on \a bytes more of memory, no further files or sockets, no core dumps. False: not on this
//! system.
bool confine(qint64 bytes);

//! While this lives, files can be opened: for what Qt reads itself, such as time zones.
class FileAccess {
public:
    FileAccess();
    ~FileAccess();
    Q_DISABLE_COPY_MOVE(FileAccess)
};

//! Ends this program in so many seconds, 0: does not. For the case that nobody is there any more who would
//! end it at the deadline.
void endAfter(int seconds);

} // namespace AppSync::Handlers::Confinement

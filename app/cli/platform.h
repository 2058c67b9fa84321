// SPDX-License-Identifier: Apache-2.0
#pragma once

//! The few things about standard streams that Qt leaves to the operating system.
namespace Syncscope::Cli::Platform {

enum class Stream { Input = 0, Output = 1, Error = 2 };

//! Bytes pass as they are (no line-end translation), UTF-8 text shows, a reader that went away is an
//! error of the write instead of the end of the program.
void prepareStreams();
[[nodiscard]] bool isTerminal(Stream stream);
//! Columns of the terminal on standard output; 80 where there is none.
[[nodiscard]] int terminalWidth();

enum class WriteResult { Written, Interrupted, BrokenPipe, Failed };
//! Writes everything, waiting as long as it takes. Interrupted: a signal came in while it waited.
[[nodiscard]] WriteResult write(Stream stream, const char *data, long long size);

} // namespace Syncscope::Cli::Platform

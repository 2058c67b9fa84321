// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <chrono>

//! What the emulator always enforces, beside the figures of EmulatorOptions::Limits. The first group are rules
//! of the service, the second our own protection against clients that misbehave.
namespace AppSync::Emulation::Limits {

inline constexpr qsizetype kChannelSegments = 5;
inline constexpr qsizetype kChannelSegmentLength = 50;
inline constexpr qsizetype kOperationIdLength = 128;
//! What one unit of the service's metering of deliveries holds.
inline constexpr qsizetype kMeteredBytes = 5'000;

//! Room for five events of the largest size whose every character is escaped in the envelope.
inline constexpr qint64 kMessageBytes = 8 * 1024 * 1024;
inline constexpr qsizetype kRequestHeadBytes = 64 * 1024;
//! Frames and characters that may come before it is known whether their sender may connect.
inline constexpr qsizetype kEarlyFrames = 64;
inline constexpr qsizetype kEarlyCharacters = 1024 * 1024;
//! Frames of a client that may be refused within a second; then it is cut off, since each costs an answer.
inline constexpr int kRefusedFrames = 2'000;
//! What may wait for a client that does not read before it is dropped.
inline constexpr qint64 kUnreadBytes = 32 * 1024 * 1024;
//! How long a refused WebSocket stays open, so that its client can read why.
inline constexpr std::chrono::milliseconds kRefusalGrace{1'000};
//! How long a kept-alive HTTP connection may wait for its next request.
inline constexpr std::chrono::milliseconds kIdleHttp{60'000};

} // namespace AppSync::Emulation::Limits

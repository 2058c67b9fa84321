// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/snippet/snippet.h"

#include <utility>

//! The languages that snippets are written in, and what they share. \a action is not none.
namespace Syncscope::Snippets {

[[nodiscard]] QByteArray shell(const SnippetAction &action, const SnippetTarget &target);
[[nodiscard]] QByteArray amplify(const SnippetAction &action, const SnippetTarget &target);
[[nodiscard]] QByteArray python(const SnippetAction &action, const SnippetTarget &target);
[[nodiscard]] QByteArray go(const SnippetAction &action, const SnippetTarget &target);
[[nodiscard]] QByteArray cpp(const SnippetAction &action, const SnippetTarget &target);

//! \a text with the value of each @NAME@ in its place. Values are not looked into.
[[nodiscard]] QByteArray filled(const QByteArray &text,
                                const QList<std::pair<QByteArray, QByteArray>> &values);
[[nodiscard]] QByteArray httpUrl(const SnippetTarget &target);
[[nodiscard]] QByteArray realtimeUrl(const SnippetTarget &target);
//! True if the realtime URL cannot be derived from the HTTP URL.
[[nodiscard]] bool hasOwnRealtime(const SnippetTarget &target);

} // namespace Syncscope::Snippets

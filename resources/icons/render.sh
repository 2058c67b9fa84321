#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes the pictures from syncscope.svg after it changed; they are committed, so that no build needs
# these tools: rsvg-convert (librsvg2-bin), icotool (icoutils), png2icns (icnsutils).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for size in 16 24 32 48 64 128 256 512; do
    rsvg-convert --width $size --height $size syncscope.svg --output syncscope-$size.png
done
icotool --create --output ../../packaging/windows/syncscope.ico syncscope-{16,24,32,48,64,128}.png \
    --raw syncscope-256.png
png2icns ../../packaging/macos/syncscope.icns syncscope-{16,32,48,128,256,512}.png >/dev/null

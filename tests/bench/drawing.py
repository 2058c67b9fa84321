# SPDX-License-Identifier: Apache-2.0
"""A figure over time as a picture, for reports."""
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 760, 300, 70, 40, 40


def draw(path, title, unit, points, limit=None):
    """`points`: seconds and values. `limit`: a value and what it means, drawn as a line across."""
    last = max(seconds for seconds, _ in points)
    top = 1.1 * max([value for _, value in points] + ([limit[0]] if limit else []))

    def x(seconds):
        return LEFT + (WIDTH - LEFT - 20) * seconds / last

    def y(value):
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top

    def text(left, base, words, anchor="start"):
        return f'<text x="{left:.0f}" y="{base:.0f}" text-anchor="{anchor}">{escape(words)}</text>'

    parts = [text(LEFT, 24, title)]
    for step in range(5):
        value = top * step / 4
        parts.append(f'<path d="M{LEFT} {y(value):.1f}H{WIDTH - 20}" stroke="#dadde3"/>')
        parts.append(text(LEFT - 8, y(value) + 4, f"{value:,.0f}", "end"))
        parts.append(text(x(last * step / 4), HEIGHT - 16, f"{last * step / 4:.0f} s", "middle"))
    parts.append(text(LEFT - 8, TOP - 12, unit, "end"))
    if limit:
        parts.append(f'<path d="M{LEFT} {y(limit[0]):.1f}H{WIDTH - 20}" stroke="#c62828" stroke-dasharray="4 4"/>')
        parts.append(text(WIDTH - 20, y(limit[0]) - 6, limit[1], "end"))
    line = " ".join(f"{x(seconds):.1f},{y(value):.1f}" for seconds, value in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#2563d9" stroke-width="1.5"/>')
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" '
        f'font-size="12" fill="#1a1d23"><rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n',
        encoding="utf-8")

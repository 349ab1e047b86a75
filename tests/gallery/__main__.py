"""`make gallery`: every form with awkward data, as pictures with their words beside them, to be looked at."""

import argparse
import html
from pathlib import Path

from tests.gallery.pictures import Exhibit, exhibits

HEAD = """<!doctype html><html lang="da"><meta charset="utf-8"><title>Galleri</title>
<style>body{font:15px sans-serif;margin:24px;display:flex;flex-wrap:wrap;gap:24px}
figure{width:360px;margin:0;border:1px solid #ccc;padding:8px}img{width:360px}
figcaption{font-size:13px}table{font-size:12px}h2{font-size:15px;margin:4px 0}</style>
"""


def entry(exhibit: Exhibit) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in exhibit.graph.table
    )
    alt = html.escape(exhibit.graph.alt_text, quote=True)
    return (
        f'<figure><h2>{exhibit.name}</h2><img src="{exhibit.name}.png" alt="{alt}">'
        f"<figcaption><p><b>{html.escape(exhibit.graph.headline)}</b></p><p>{alt}</p>"
        f"<details><summary>Tabel</summary><table>{rows}</table></details></figcaption></figure>\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="make gallery", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    page = [HEAD]
    for lang in ("da", "en"):
        for exhibit in exhibits(lang):
            named = exhibit if lang == "da" else Exhibit(f"{exhibit.name}-en", exhibit.about, exhibit.graph)
            (out / f"{named.name}.png").write_bytes(named.graph.render())
            page.append(entry(named))
    (out / "index.html").write_text("".join(page), encoding="utf-8")
    print(f"{len(page) - 1} pictures in {out}/index.html")


if __name__ == "__main__":
    main()

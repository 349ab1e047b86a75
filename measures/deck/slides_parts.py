"""The fixed files of a presentation: what every PPTX must hold besides its slides (ECMA-376, part 1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHOWING = "http://schemas.openxmlformats.org/presentationml/2006/main"
NAMES = f'xmlns:a="{DRAWING}" xmlns:r="{OFFICE}" xmlns:p="{SHOWING}"'
CORE = f"{PACKAGE}/relationships/metadata/core-properties"
KIND = "application/vnd.openxmlformats-officedocument"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
COLOURS = {
    "dk2": "595959",
    "lt2": "E2E2E2",
    "accent1": "0072B2",
    "accent2": "B34F00",
    "accent3": "00704F",
    "accent4": "858585",
    "accent5": "A6CEE3",
    "accent6": "A64D82",
    "hlink": "0072B2",
    "folHlink": "595959",
}


def writable(said: str) -> str:
    """The words without what XML 1.0 (2.2) has no way to hold: control characters and halves of a character."""
    return UNWRITABLE.sub(" ", said)


def content_types(slides: int, charts: Iterable[int] = ()) -> str:
    """What kind of file each part is; `charts` are the numbers of the slides that hold one."""
    parts = {
        "/ppt/presentation.xml": f"{KIND}.presentationml.presentation.main+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{KIND}.presentationml.slideMaster+xml",
        "/ppt/slideLayouts/slideLayout1.xml": f"{KIND}.presentationml.slideLayout+xml",
        "/ppt/theme/theme1.xml": f"{KIND}.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    parts |= {f"/ppt/slides/slide{n}.xml": f"{KIND}.presentationml.slide+xml" for n in range(1, slides + 1)}
    parts |= {
        f"/ppt/notesSlides/notesSlide{n}.xml": f"{KIND}.presentationml.notesSlide+xml" for n in range(1, slides + 1)
    }
    parts |= {
        "/ppt/notesMasters/notesMaster1.xml": f"{KIND}.presentationml.notesMaster+xml",
        "/ppt/theme/theme2.xml": f"{KIND}.theme+xml",
    }
    parts |= {f"/ppt/charts/chart{n}.xml": f"{KIND}.drawingml.chart+xml" for n in charts}
    named = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="xlsx" ContentType="{KIND}.spreadsheetml.sheet"/>'
        f"{named}</Types>"
    )


def relations(targets: Sequence[tuple[str, str]]) -> str:
    """Links from one part to others, numbered rId1, rId2 …; each with the last word of its type, or all of it."""
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if "://" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def properties(title: str, spoken: str) -> str:
    """What the file says of itself: its title and language, and neither who made it nor when."""
    dublin = "http://purl.org/dc/elements/1.1/"
    named = f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="{dublin}"'
    facts = f"<dc:title>{escape(title)}</dc:title><dc:language>{spoken}</dc:language>"
    return f"{HEAD}<cp:coreProperties {named}>{facts}</cp:coreProperties>"


def presentation(slides: int, wide: int, tall: int) -> str:
    """The list of slides and their size."""
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="rId{2 + n}"/>' for n in range(1, slides + 1))
    return (
        f'{HEAD}<p:presentation {NAMES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        f'</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId{3 + slides}"/></p:notesMasterIdLst>'
        f'<p:sldIdLst>{listed}</p:sldIdLst><p:sldSz cx="{wide}" cy="{tall}"/>'
        '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )


def slide(shapes: str, *, is_hidden: bool = False) -> str:
    """A slide of these shapes; a hidden one is passed over when the deck is shown."""
    hidden = ' show="0"' if is_hidden else ""
    return (
        f"{HEAD}<p:sld {NAMES}{hidden}><p:cSld><p:spTree>{GROUP}{shapes}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    )


def notes(paragraphs: str) -> str:
    """What whoever speaks reads below a slide."""
    return (
        f"{HEAD}<p:notes {NAMES}><p:cSld><p:spTree>{GROUP}{_image_of_slide()}"
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>'
        f"{paragraphs}</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def notes_master() -> str:
    """The slide above, the notes below it."""
    mapped = " ".join(f'accent{n}="accent{n}"' for n in range(1, 7))
    return (
        f'{HEAD}<p:notesMaster {NAMES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
        f"<p:spTree>{GROUP}{_image_of_slide()}"
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" sz="quarter" idx="1"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
        '<a:off x="685800" y="4400550"/><a:ext cx="5486400" cy="3600450"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp></p:spTree></p:cSld>"
        f'<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" {mapped} hlink="hlink" folHlink="folHlink"/>'
        "</p:notesMaster>"
    )


def _image_of_slide() -> str:
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="1143000"/>'
        '<a:ext cx="5486400" cy="3086100"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:sp>'
    )


def layout(shapes: str) -> str:
    """The one layout: a title, and whatever the slide holds."""
    return (
        f'{HEAD}<p:sldLayout {NAMES} type="titleOnly" preserve="1"><p:cSld name="Title"><p:spTree>{GROUP}{shapes}'
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def master(shapes: str) -> str:
    """The master: white, with the theme's colours."""
    mapped = " ".join(f'accent{n}="accent{n}"' for n in range(1, 7))
    return (
        f'{HEAD}<p:sldMaster {NAMES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
        f"<a:effectLst/></p:bgPr></p:bg><p:spTree>{GROUP}{shapes}</p:spTree></p:cSld>"
        f'<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" {mapped} hlink="hlink" folHlink="folHlink"/>'
        '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
        "<p:txStyles><p:titleStyle/><p:bodyStyle/><p:otherStyle/></p:txStyles></p:sldMaster>"
    )


def theme() -> str:
    """Colours and fonts, and the three plain styles that a theme must have."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in COLOURS.items())
    font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{DRAWING}" name="Klyngebot"><a:themeElements><a:clrScheme name="Klyngebot">'
        '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
        '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
        f'{colours}</a:clrScheme><a:fontScheme name="Klyngebot"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}'
        f'</a:minorFont></a:fontScheme><a:fmtScheme name="Klyngebot"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )

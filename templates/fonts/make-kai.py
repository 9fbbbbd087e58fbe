"""Makes kai.ttf from LXGW WenKai Regular 1.250 (Debian package fonts-lxgw-wenkai).

    pip install fonttools==4.68.0
    python3 make-kai.py /usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf kai.ttf

Kept: GB 2312, Big5, all of extension A and of the planes beyond the first that the font has, Latin and punctuation.
Outlines are unchanged; hints and layout tables are dropped. The name is changed, as the OFL asks of a modified version
when "LXGW" is a reserved font name. The result is the same bytes each time.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont

NAME = "Yinxin Kai"


def codes_of(codec, first, last):
    for a in first:
        for b in last:
            try:
                yield ord(bytes([a, b]).decode(codec))
            except (UnicodeDecodeError, TypeError):
                pass


def wanted(has):
    keep = set(range(0x20, 0x100)) | set(range(0x2000, 0x2070)) | set(range(0x3000, 0x3040)) | set(range(0xFF00, 0xFFF0))
    keep |= set(codes_of("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))
    keep |= set(codes_of("big5", range(0xA4, 0xC7), range(0x40, 0xFF)))
    keep |= {code for code in has if 0x3400 <= code < 0x4DC0 or code >= 0x20000}
    return keep & has


def main(source, target):
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(
        hinting=False, layout_features=[], notdef_outline=True, recommended_glyphs=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "gasp", "DSIG"], recalc_timestamp=False,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted(set(font.getBestCmap())))
    cutter.subset(font)
    for record in list(font["name"].names):
        if record.langID not in (0, 0x409):
            font["name"].removeNames(nameID=record.nameID, platformID=record.platformID, langID=record.langID)
        elif record.nameID in (1, 4):
            record.string = NAME
        elif record.nameID == 3:
            record.string = "Yinxin Kai 1.0, subset of LXGW WenKai 1.250"
        elif record.nameID == 6:
            record.string = "YinxinKai-Regular"
    font.save(target)


main(*sys.argv[1:])

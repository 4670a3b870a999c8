#!/usr/bin/python3
"""fonts.py: makes xslt/static/font, the face of the printed forms («Ej Serif»).

Cuts Debian's Tinos (fonts-croscore, metrics of Times) down to what Russian
forms print, gives it a name of its own, and lays the licence beside it, as
the package states it. Run by `make fonts`; the result is committed.
"""
import os
import re
import sys

from fontTools import subset

SOURCE = '/usr/share/fonts/truetype/croscore'
LICENCE = '/usr/share/doc/fonts-croscore/copyright'
FACES = {'Regular': 'ej-serif.woff2', 'Bold': 'ej-serif-bold.woff2', 'Italic': 'ej-serif-italic.woff2'}

# Latin to Extended-A, Cyrillic, punctuation and №; then what teachers write in
# a topic: stressed vowels, Greek letters, powers, fractions, arrows, operators.
UNICODES = '''
    20-7E A0-17F 400-52F 2010-2015 2018-201E 2020-2022 2026 2030 2032-2033
    2039-203A 20AC 20BD 2116 2122
    2BC 300-304 306 308 30B 30C
    391-3A1 3A3-3A9 3B1-3C9 2044 2070 2074-208E 2150-215E
    2190-2195 21D2 21D4 2200-22FF'''
# Kerning, and signs that stand over a letter.
FEATURES = ['kern', 'mark', 'mkmk', 'ccmp', 'locl']

ABOUT = ('Made for mod_ejournal from Tinos, version 1.33 of the Debian package '
         'fonts-croscore, by leaving out glyphs, hints and names.')


def named(font, style):
    """Replace the names of Tinos; copyright, designer and licence stay."""
    names = {1: 'Ej Serif', 2: style, 3: f'Ej Serif {style}, from Tinos 1.33',
             4: f'Ej Serif {style}', 6: f'EjSerif-{style}', 10: ABOUT}
    table = font['name']
    table.names = [n for n in table.names if n.nameID in (0, 2, 5, 8, 9, 13, 14)]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


def make(style, out):
    options = subset.Options(flavor='woff2', hinting=False, layout_features=FEATURES,
                             name_IDs=['*'], recalc_timestamp=False)
    font = subset.load_font(f'{SOURCE}/Tinos-{style}.ttf', options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(UNICODES.replace('\n', ' ').replace(' ', ',').strip(',')))
    cutter.subset(font)
    named(font, style)
    subset.save_font(font, out, options)
    return os.path.getsize(out)


def licence(out):
    """The copyright notice and the OFL, without Debian's mark-up."""
    with open(LICENCE, encoding='utf-8') as file:
        text = file.read()
    holders = re.search(r'^Files: \*\nCopyright:\n((?: .*\n)+)', text, re.M)[1]
    terms = re.search(r'^License: OFL-1\.1\n((?: PREAMBLE\n)(?: .*\n)+)', text, re.M)[1]
    plain = re.sub(r'^ \.?', '', terms, flags=re.M)
    with open(out, 'w', encoding='utf-8') as file:
        file.write('ej-serif*.woff2 («Ej Serif») are a Modified Version of Tinos.\n\n'
                   + re.sub(r'^ +', 'Copyright ', holders, flags=re.M)
                   + '\nThis Font Software is licensed under the SIL Open Font License, Version 1.1.\n\n'
                   + 'SIL OPEN FONT LICENSE Version 1.1\n\n' + plain)


def main(where):
    os.makedirs(where, exist_ok=True)
    total = sum(make(style, f'{where}/{name}') for style, name in FACES.items())
    licence(f'{where}/OFL.txt')
    print(f'{where}: {total} bytes')
    return total > 96 * 1024


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))

# ruff: noqa: E501
"""Strings that people paste, programs leak and attackers try: each must print as itself or be refused in words."""

_MARKUP = """
<b>bold</b>|<i>|</b>|<para>|</para>|<para align="right">x</para>|<br/>|<br>|<a href="javascript:alert(1)">x</a>
<a href="file:///etc/passwd">x</a>|<a href="http://example.org">x</a>|<link destination="x">y</link>|<img src="/etc/passwd"/>
<img src="file:///etc/hostname" width="10" height="10"/>|<img src="http://127.0.0.1:9/x.png"/>|<img src="data:image/png;base64,AAAA"/>
<font color="red">x</font>|<font size="1e9">x</font>|<font name="Helvetica">x</font>|<onDraw name="os.system" label="ls"/>
<seq id="1"/>|<seqreset/>|<super>x</super>|<sub>x</sub>|<u>x</u>|<strike>x</strike>|<greek>a</greek>|<unichar code="0"/>
<font color="[[[getattr(pow, Word('__globals__'))['os'].system('touch exploited') for Word in [orgTypeFun('Word', (str,), {})]] for orgTypeFun in [type(type(1))]] and 'red'">x</font>
<para backColor="[x for x in ().__class__.__bases__]">x</para>|<bullet>x</bullet>|<evalString>1+1</evalString>|<getName id="x"/>
<script>alert(1)</script>|<svg onload=alert(1)>|<!-- comment -->|<![CDATA[x]]>|<?xml version="1.0"?>|<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>
&|&amp;|&lt;b&gt;|&#65;|&#x41;|&#0;|&nbsp;|&unknown;|a<b|a>b|a&b|<|>|<<|>>|</|/>|<>|< b >|AT&T|1 < 2 & 3 > 2
**bold**|__x__|# heading|- item|[x](javascript:alert(1))|![x](/etc/passwd)|`x`|{b}x{e}|{0}|{name}|{x!r}|{x.__class__}|{}|{{|}}|{|}|%s|%(name)s|%n|$x|${x}|$(ls)|`ls`
\\n|\\0|\\x00|\\u202e|\\|\\\\|(|)|((|))|()|(unbalanced|)unbalanced|<<|/Type /Catalog|endobj|endstream|stream|BT ET|Tj|EMC|/Artifact BMC
%PDF-1.4|%%EOF|xref|trailer|1 0 obj|<</S /JavaScript /JS (app.alert(1))>>|(x) Tj ET Q q|) Tj (|') Tj|\\) Tj
'; DROP TABLE patients; --|" OR ""="|' or 1=1 --|../../../etc/passwd|C:\\Windows\\System32|\\\\server\\share|file:///etc/passwd|//example.org|javascript:alert(1)
=1+1|+1|-1|@SUM(A1)|=cmd|'/C calc'!A0|null|None|nan|NaN|inf|-inf|true|undefined|[object Object]|0x41|1e400|1e-400|--|;|:|,|.|...
O'Brien|d'Artagnan|Anne-Marie|Jean Luc|María José Ñandú|Łukasz Żółć|Þórður Ægisson|Şükrü Iğdır|Nguyễn Thị Hồng|Čapek Ďáblová|Ångström|Zoë|ß|ẞ|ŉ|Ǆ|ǈ
Αθηνά Παπαδοπούλου|Жанна Щукина|Їжак Ґалаґан|Љубица Ђорђевић|Ω|µ|≤ 5|≥ 5|±2|→|½|×|÷|°C|№ 5|€ 5|“quoted”|‘x’|«x»|–|—|…|•|☐|✓
"""

_INVISIBLE = [
    "a\u202eb", "\u202dx", "\u202a\u202b\u202c", "\u2066x\u2069", "\u2067\u2068", "\u200e", "\u200fx", "\u061cx", "a\u200bb",
    "a\u200cb", "a\u200db", "a\u2060b", "\ufeffx", "x\ufeff", "soft\u00adhyphen", "a\u034fb", "\u180e", "\u3164", "\u115f", "\u2800",
    "\x00", "a\x00b", "\x01\x02\x03", "\x07", "\x08x", "\x1b[31mred", "\x1b]0;title\x07", "\x7f", "\x80", "\x9f", "\x0b", "\x0c",
    "a\nb", "a\r\nb", "a\rb", "a\x85b", "a\u2028b", "a\u2029b", "\t", "a\tb", " ", "", "   ", "\u00a0", "\u2003x", "\u3000",
    "\ud800", "x\udfffy", "\ud83d", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U000e0041", "\U000e0001x", "\ufe0f", "x\ufe0e",
    "\ue000bold\ue001", "\ue001", "\ue000", "\uf8ff", "\U00100000",
]  # fmt: skip

_WITHOUT_GLYPH = [
    "محمد", "שלום", "हिन्दी", "中文", "日本語", "한국어", "ไทย", "ქართული", "Հայերեն", "😀", "👩‍⚕️", "🇬🇧", "\ufffd", "𝔘𝔫𝔦", "ꙮ",
    "⛄", "☠", "\U00012000", "ʬ", "⠓",
]  # fmt: skip

_LARGE = [
    "W" * 60, "W" * 80, "x" * 500, "i" * 2000, "word " * 300, "a" * 81, "-" * 200, "&" * 300, "<b>" * 500, "é" * 80,
    "Z\u0335\u0321\u0353\u034d", "e\u0301" * 30, "https://" + "x" * 300,
]  # fmt: skip

STRINGS: tuple[str, ...] = (
    *(string for line in _MARKUP.strip().splitlines() for string in line.split("|")),
    *_INVISIBLE,
    *_WITHOUT_GLYPH,
    *_LARGE,
)
WITHOUT_GLYPH = tuple(_WITHOUT_GLYPH)

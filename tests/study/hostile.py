"""Files that a study must survive: broken, misleading, malicious."""

import os
from pathlib import Path

PLAIN = 'The minister said: "We accept it all." He added that relations are good.\n'
PERSIAN = "سفیر گفت: «مرز باز است و ما راضی هستیم.» وی افزود: باران آمد.\n"
EVIL = (
    '<script>document.title="pwned"</script> The minister said: "<img src=x onerror=alert(1)> we agree [x](javascript:alert(1)) '
    '$\\href{javascript:x}{y}$ <a href=javascript:alert(2)>x</a>, ![](http://127.0.0.1/x.png)." <style>*{display:none}</style> '
    "</textarea></table></pre><svg onload=alert(3)> {{ 7*7 }} <iframe src=file:///etc/passwd></iframe>"
)
# name -> (bytes or text, the reason for which it is rejected, or "" if it is an article)
FILES = {
    "empty.txt": ("", "empty"),
    "blank.txt": (" \n\t\n", "empty"),
    "utf16.txt": (PLAIN.encode("utf-16"), "UTF-16"),
    "utf16-without-mark.txt": (PLAIN.encode("utf-16-le"), "binary"),
    "latin1.txt": ("Café said hello".encode("latin-1"), "not UTF-8: byte 3"),
    "cp1256.txt": ("سفير گفت: مرز باز است.".replace("ی", "ي").encode("cp1256", "replace"), "not UTF-8"),
    "surrogate.txt": (b"The minister said \xed\xa0\x80 yes.", "not UTF-8"),
    "nul.txt": (b"The minister\0 said yes.", "binary"),
    "binary.txt": (bytes(range(256)) * 9, "binary"),
    "controls.txt": ("\x01\x02\x1b" * 50 + "The minister said yes.", "control characters"),
    "russian.txt": ("Министр сказал, что отношения хорошие.", "neither English nor Persian"),
    "digits.txt": ("12345 67890 " * 50, "neither English nor Persian"),
    "huge.txt": ("x" * 4_000_001, "larger than"),
    "bom.txt": ("\ufeff" + PLAIN, ""),
    "crlf.txt": (PLAIN.replace("\n", "\r\n") * 2, ""),
    "cr.txt": (PLAIN.replace("\n", "\r") * 2, ""),
    "separators.txt": ("The minister said that\x0crelations are\x0bgood.\x85He said no.\u2028Then he said yes.", ""),
    "marks.txt": ("The minister said " + '"' * 3000 + " yes.", ""),
    "unpaired.txt": ('The minister said: "We accept it. He left.\n' * 9, ""),
    "nested.txt": ("He said: " + "“‘" * 300 + "we" + "’”" * 300 + ".", ""),
    "guillemets.txt": ("وزیر گفت: " + "«" * 900 + " بله " + "»" * 900, ""),
    "bidi.txt": ('The minister said "we \u202eaccept\u202c it \u2066all\u2069," today.', ""),
    "homoglyphs.txt": ("The minister s\u0430id that rel\u0430tions are good, he said.", ""),
    "zero-width.txt": ("The mini\u200bster said\u200d that relations are good.", ""),
    "combining.txt": ("The minister said that rela" + "\u0301" * 400 + "tions are good.", ""),
    "emoji.txt": ("The minister said: “We accept 👩\u200d👩\u200d👧\u200d👦🇮🇷 it,” 😀.", ""),
    "tags.txt": ("The minister said: “" + "\U000e0041" * 9 + " we accept it all.”", ""),
    "evil.txt": (EVIL + "\n" + EVIL, ""),
    "ansi.txt": ('The minister said: "\x1b[31mred\x1b]0;t\x07 we accept it all, and more of it." ' + PLAIN * 6, ""),
    "formula.txt": ('=HYPERLINK("http://x") said: "=1+1 we accept." @SUM(1) said: "+cmd|calc we go to it."', ""),
    "文 😀.txt": (
        "“We accept it all,” said A$AP Ke$ha. Mr. 文 Wang said that $\\frac{1}{2}$ was \x1b[31mred. 文 😀 said: “No, we do not.”",
        "",
    ),
    "A.txt": (PLAIN, ""),
    "a.txt": (PLAIN, ""),
    "OLD.TXT": (PLAIN, ""),
    "page.html": (PLAIN, "a web page in which no article is found"),
    "evil.html": (f"<html><body><article><p>{EVIL}</p><p>{PLAIN * 9}</p></article></body></html>", ""),
    "year-9999.txt": ("date 9999-12-31 Tehran and Baku\n31 December 9999\n" + PLAIN, ""),
    "copy.txt": (PLAIN * 2, ""),
    "copy-again.txt": (PLAIN * 2, ""),
    "both.txt": (PLAIN + PERSIAN + PLAIN, ""),
    "a b.txt": (PLAIN, ""),
    "-rf.txt": (PLAIN, ""),
    "نامه.txt": (PERSIAN, ""),
    "new\nline.txt": (PLAIN, ""),
    "<img src=x onerror=alert(1)>.txt": (PLAIN, ""),
    "=1+1.txt": (PLAIN, ""),
    "__proto__.txt": (PLAIN, ""),
    "%2e%2e.txt": (PLAIN, ""),
}
# names of what is no plain file -> the reason
OTHERS = {
    "out.txt": "a link that leads out",
    "dangling.txt": "cannot be read",
    "itself.txt": "cannot be read",
    "deck.pptx": "left aside: a .pptx file",
    "notes": "left aside: a file without an ending",
    "deeper/table.CSV": "left aside: a .CSV file",
    ".hidden/x.pdf": "left aside: a .pdf file",
    "elsewhere": "left aside: a folder",
    "folder.txt": "no ordinary file",
    "pipe.txt": "no ordinary file",
    "bad\udcff.txt": "its name is not UTF-8",
}


def write(folder: Path) -> None:
    """Write them all into a folder that is there."""
    for name, (content, _) in FILES.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "out.txt").symlink_to("/etc/hostname")
    (folder / "dangling.txt").symlink_to("nowhere")
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "elsewhere").symlink_to("/etc")
    for name, reason in OTHERS.items():
        if reason.startswith("left aside") and name != "elsewhere":
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(PLAIN, encoding="utf-8")
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "bad\udcff.txt").write_text(PLAIN)

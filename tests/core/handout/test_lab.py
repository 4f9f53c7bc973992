"""The library of pictures is loaded by the first picture, in a process where nothing was imported before."""

import subprocess
import sys

from tests import ROOT

SCRIPT = """
import sys
from io import BytesIO
from core.handout.draw import render
from core.handout.lab import Canvas, ImageReader

def drawn(*pictures):
    file = BytesIO()
    canvas = Canvas(file, pageCompression=0)
    canvas.drawString(72, 720, "A leaflet")
    for picture in pictures:
        canvas.drawImage(ImageReader(picture), 72, 500)
    canvas.save()
    return file.getvalue()

assert b"/Subtype /Image" not in drawn()
print("PIL.ExifTags" in sys.modules)
from PIL import Image
png = BytesIO()
Image.new("RGB", (40, 20), "navy").save(png, "PNG")
assert b"/Subtype /Image" in drawn(png)
print("PIL.ExifTags" in sys.modules)
"""


def test_pictures_are_loaded_when_the_first_one_is_drawn() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["False", "True"]

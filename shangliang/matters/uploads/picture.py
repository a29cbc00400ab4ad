"""Pictures are painted anew: what was not picture (place, camera, hidden data) stays behind."""

import io
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from shangliang.matters.uploads.archive import has_archive_at_end
from shangliang.matters.uploads.findings import FIRST_FRAME, Findings
from shangliang.matters.uploads.limits import Limits
from shangliang.matters.uploads.refusals import Refused

_FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_HOW = {
    "jpg": {"quality": 90, "optimize": False},
    "png": {"compress_level": 6},
    "webp": {"quality": 90},
}
_TEN_THOUSAND = 10_000


def inspect_picture(family: str, path: Path, rewritten: Path, limits: Limits) -> Findings:
    """Write the picture at `path` anew, upright, in plain colours, without its data."""
    if has_archive_at_end(path):
        raise Refused("polyglot")
    Image.MAX_IMAGE_PIXELS = None  # our own bound is asked below, before a pixel is unpacked
    with Image.open(path, formats=[_FORMATS[family]]) as picture:
        _check_size(picture, limits)
        frames = getattr(picture, "n_frames", 1)
        _painted(picture, family).save(rewritten, _FORMATS[family], **_HOW[family])
    return Findings(family, rewritten=True, notes=[FIRST_FRAME] if frames > 1 else [])


def _check_size(picture: Image.Image, limits: Limits) -> None:
    pixels = picture.width * picture.height
    if pixels > limits.pixels:
        most = limits.pixels // _TEN_THOUSAND
        raise Refused("pixels", megapixels=pixels // _TEN_THOUSAND, most=most)


def _painted(picture: Image.Image, family: str) -> Image.Image:
    picture.load()
    painted: Image.Image = picture
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        painted = _in_plain_colours(painted, profile)
    if family == "jpg" and painted.mode not in ("RGB", "L"):
        painted = painted.convert("RGB")
    painted = ImageOps.exif_transpose(painted)
    # `info` is where the savers look for EXIF, comments and profiles to carry over.
    for key in painted.info.keys() - {"transparency"}:
        del painted.info[key]
    return painted


def _in_plain_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    """The colours a phone's wide profile means, in sRGB; the profile itself is dropped."""
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(
            picture, found, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return picture
    return changed or picture

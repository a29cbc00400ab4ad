"""The first bound of an upload: a body that is too big is not even written to disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from shangliang.matters.uploads.limits import STANDARD


class BoundedUploadHandler(FileUploadHandler):
    """Stands before Django's own handlers and stops a request that brings too many bytes.

    The rest of the body is read and forgotten, so that the person gets a page with a sentence
    instead of a broken connection.  `too_big` tells the view.
    """

    most = STANDARD.bytes + 1  # one byte more reaches the gate, which has the words

    def handle_raw_input(self, *args: Any, **options: Any) -> None:
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > self.most:
            self.request.upload_too_big = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def too_big(request: Any) -> bool:
    return getattr(request, "upload_too_big", False)

"""What the messages of Streamlit's websocket mean for the door (`access/door.py`), which knows no Streamlit."""

from __future__ import annotations

import re

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.DownloadButton_pb2 import DownloadButton
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.access.door import Said
from dashboard.access.web import AGAIN

_HEARD = frozenset({"rerun_script", "stop_script", "app_heartbeat", "backend_operation_request"})
"""The others empty everybody's caches, write files, upload, or belong to Streamlit's own tests: pages need none."""

_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
"""Streamlit itself gives rows of a table to nobody but the run that drew it; files it gives to whoever asks."""

_REFUSED = Said(is_heard=False, is_doing=False)
_LENGTH_DELIMITED = 2
_IDENTIFIER = 32
_SHORT = 200


def _offers() -> re.Pattern[bytes]:
    """Finds the identifiers of files made on the click: their field's tag, its length, 32 hexadecimal digits."""
    number = DownloadButton.DESCRIPTOR.fields_by_name["deferred_file_id"].number
    tag = bytes([number << 3 | _LENGTH_DELIMITED, _IDENTIFIER])
    return re.compile(re.escape(tag) + rb"([0-9a-f]{32})")


OFFERS = _offers()


def _farewell() -> bytes:
    """Sends a page to its own address again, where the form stands now, so that it shows nothing any longer."""
    said = ForwardMsg()
    said.auth_redirect.url = AGAIN
    return bytes(said.SerializeToString())


FAREWELL = _farewell()


def finishes(message: bytes) -> bool:
    """Whether what the app sends says that the run of a page is over; such a message is short."""
    return len(message) <= _SHORT and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"


def judge(message: bytes) -> Said:
    """What a message of a browser is. What a page does by itself, on a timer, is not its owner's doing."""
    said = BackMsg()
    try:
        said.ParseFromString(message)
    except DecodeError:
        return _REFUSED
    kind = said.WhichOneof("type")
    if kind not in _HEARD:
        return _REFUSED
    if kind == "rerun_script":
        return Said(is_doing=not said.rerun_script.is_auto_rerun, page=said.rerun_script.page_name)
    if kind != "backend_operation_request":
        return Said(is_doing=False)
    request = said.backend_operation_request
    operation = request.WhichOneof("payload")
    if operation not in _OPERATIONS:
        return _REFUSED
    return Said(asks_for=request.deferred_file.file_id.encode() if operation == "deferred_file" else None)

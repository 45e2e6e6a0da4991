"""What the door makes of Streamlit's own messages: which are heard, what keeps a session alive, which file is asked."""

from __future__ import annotations

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.access.door import Said
from dashboard.access.web import AGAIN
from dashboard.ui import messages

REFUSED = Said(is_heard=False, is_doing=False)
FILE = "0123456789abcdef0123456789abcdef"


def said(**fields: bool) -> bytes:
    message = BackMsg()
    for name, value in fields.items():
        setattr(message, name, value)
    return bytes(message.SerializeToString())


def rerun(**fields: object) -> bytes:
    message = BackMsg()
    message.rerun_script.SetInParent()
    for name, value in fields.items():
        setattr(message.rerun_script, name, value)
    return bytes(message.SerializeToString())


def operation(**fields: object) -> bytes:
    message = BackMsg()
    message.backend_operation_request.request_id = "1"
    for name, value in fields.items():
        getattr(message.backend_operation_request, name).SetInParent()
        if value:
            getattr(message.backend_operation_request, name).file_id = value
    return bytes(message.SerializeToString())


def test_a_click_is_heard_and_keeps_the_session_alive() -> None:
    assert messages.judge(rerun(query_string="city=320100", page_name="cities")) == Said(page="cities")


def test_a_page_on_a_timer_is_heard_and_keeps_nothing_alive() -> None:
    assert messages.judge(rerun(fragment_id="a", is_auto_rerun=True)) == Said(is_doing=False, page="")
    assert messages.judge(said(stop_script=True)) == Said(is_doing=False)
    assert messages.judge(said(app_heartbeat=True)) == Said(is_doing=False)


@pytest.mark.parametrize(
    "message",
    [
        said(clear_cache=True),
        said(set_run_on_save=True),
        said(load_git_info=True),
        said(debug_disconnect_websocket=True),
        said(debug_shutdown_runtime=True),
        operation(install_skills=None),
        operation(dismiss_skills_nudge=None),
        operation(),
        b"",
        b"\xff\xff\xff",
        b"../../etc/passwd",
    ],
)
def test_whatever_no_page_needs_is_refused(message: bytes) -> None:
    assert messages.judge(message) == REFUSED


def test_every_kind_of_message_there_is_has_been_thought_of() -> None:
    """A new version's new kinds are refused until somebody looks at them; this says that there are some."""
    assert {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields} == {
        "clear_cache", "set_run_on_save", "stop_script", "rerun_script", "load_git_info", "debug_disconnect_websocket",
        "debug_shutdown_runtime", "file_urls_request", "app_heartbeat", "backend_operation_request",
    }  # fmt: skip


def test_a_file_is_asked_for_by_its_identifier() -> None:
    assert messages.judge(operation(deferred_file=FILE)) == Said(asks_for=FILE.encode())


def test_the_identifiers_of_files_are_found_in_what_the_app_sends() -> None:
    message = ForwardMsg()
    button = message.delta.new_element.download_button
    button.deferred_file_id, button.label, button.id = FILE, "PNG 图片", "$$ID-fedcba98fedcba98fedcba98fedcba98-x"
    assert messages.OFFERS.findall(message.SerializeToString()) == [FILE.encode()]


def test_the_farewell_sends_the_page_to_its_own_address() -> None:
    message = ForwardMsg.FromString(messages.FAREWELL)
    assert message.auth_redirect.url == AGAIN

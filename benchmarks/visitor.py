"""One visitor as the server sees a browser: a WebSocket, the app's own messages, and a slider that is let go."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from types import TracebackType

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider

PATIENCE = 30.0
"""Seconds after which a visitor gives up on an answer."""


@dataclass
class Page:
    """What a browser would remember of the page: sliders by id, address, script, and messages sent before."""

    sliders: dict[str, Slider] = field(default_factory=dict)
    values: dict[str, list[float]] = field(default_factory=dict)
    query: str = ""
    script: str = ""
    name: str = ""
    seen: dict[str, ForwardMsg] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def take(self, message: ForwardMsg) -> bool:
        """Take one message in; whether the script has finished."""
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            if message.ref_hash not in self.seen:
                self.faults.append("the server referred to a message it never sent")
                return False
            message = self.seen[message.ref_hash]
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self.seen[message.hash] = message
        if kind == "new_session":
            self.script = message.new_session.page_script_hash
        elif kind == "navigation" and message.navigation.page_script_hash:
            self.script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "page_not_found":
            self.faults.append("page not found")
        elif kind == "delta":
            self._element(message)
        elif kind == "script_finished":
            return self._finished(message)
        return False

    def _element(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception":
            self.faults.append(f"{element.exception.type}: {element.exception.message}"[:200])
        elif element.WhichOneof("type") == "slider":
            slider = element.slider
            self.sliders[slider.id] = slider
            if slider.set_value or slider.id not in self.values:
                self.values[slider.id] = list(slider.value if slider.set_value else slider.default)

    def _finished(self, message: ForwardMsg) -> bool:
        if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.faults.append("the script does not compile")
        return message.script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
        )

    def request(self) -> BackMsg:
        """Ask for a run with every slider where it stands."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash, state.page_name = self.query, self.script, self.name
        for key, values in self.values.items():
            widget = state.widget_states.widgets.add()
            widget.id = key
            widget.double_array_value.data.extend(values)
        return message


class Visitor:
    """A session on one page.

    Parameters
    ----------
    address
        Of the server, "http://127.0.0.1:8501".
    page
        Path of the page, "sandbox".
    """

    def __init__(self, address: str, page: str) -> None:
        self.page = Page(name=page)
        stream = address.replace("http://", "ws://") + "/_stcore/stream"
        self._connection = websockets.connect(stream, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]

    async def __aenter__(self) -> Visitor:
        self._socket = await self._connection
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()

    async def run(self) -> float:
        """Ask for a run and wait until the script has finished; seconds.

        Raises
        ------
        TimeoutError
            If no answer comes within `PATIENCE`.
        """
        begin = time.perf_counter()
        await self._socket.send(self.page.request().SerializeToString())
        async with asyncio.timeout(PATIENCE):
            finished = False
            while not finished:
                message = ForwardMsg()
                message.ParseFromString(await self._socket.recv())
                finished = self.page.take(message)
        self.page.name = ""
        return time.perf_counter() - begin

    async def release(self, slider: str, value: float) -> float:
        """Let a slider go at a value; seconds until the script has finished.

        Raises
        ------
        KeyError
            If no slider of that key is on the page.
        """
        for key in self.page.sliders:
            if key.endswith(f"-{slider}"):
                self.page.values[key] = [value]
                return await self.run()
        raise KeyError(slider)

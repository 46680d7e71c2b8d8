"""The whole advisor as an operator starts it, which lives through more than one day."""

from contextlib import ExitStack

from ops.bench.stack import NOW, Stack
from tests.processes import left_over


class Advisor:
    """Runs over one data dir. From one day to another it is down: in turn ended in order and killed."""

    def __init__(self, stack: Stack, data_dir: str) -> None:
        self._stack, self._data_dir = stack, data_dir
        self._running = ExitStack()
        self._now: str | None = None
        self._moves = 0

    @property
    def address(self) -> str:
        """The same on every day."""
        return self._stack.gateway_url

    def on(self, now: str = NOW) -> None:
        """Running, and it is that moment; it is started again where it was another one."""
        if now != self._now:
            self._move()
            self._stack.on(now)
            self._running.enter_context(self._stack.running())
            self._now = now

    def end(self) -> None:
        """In order; none of its processes may be left."""
        self._running.close()
        assert self._stack.exit_code == 0
        self._gone()

    def _move(self) -> None:
        if self._now is None:
            return
        self._moves += 1
        if self._moves % 2:
            self.end()
        else:
            self._stack.kill()
            self._running.close()
            self._gone()

    def _gone(self) -> None:
        assert not left_over(self._data_dir), "a process outlived mamori"

"""Runs programs (see Step.cs) on CPython's asyncio under virtual time.

Reads lines of JSON: a program with the differences to emulate. Writes one line of JSON for each: what each task did, when, and how the whole ended.
"""
import asyncio
import collections
import heapq
import json
import sys
import warnings


class VirtualLoop(asyncio.SelectorEventLoop):
    """Jumps to the next timer when nothing is ready."""

    def __init__(self, one_by_one):
        super().__init__()
        self._now = 0.0
        self._one_by_one = one_by_one
        if one_by_one:
            # No timer fires but those that are made ready below.
            self._clock_resolution = 0

    def time(self):
        return self._now

    def _run_once(self):
        while self._scheduled and self._scheduled[0]._cancelled:
            self._timer_cancelled_count -= 1
            heapq.heappop(self._scheduled)._scheduled = False
        if not self._ready and not self._scheduled:
            raise Stuck
        if not self._ready:
            self._now = max(self._now, self._scheduled[0]._when)
            if self._one_by_one:
                timer = heapq.heappop(self._scheduled)
                timer._scheduled = False
                self._ready.append(timer)
        super()._run_once()


class Stuck(Exception):
    """Everything waits for ever."""


class ProgramError(Exception):
    pass


class Foreign(Exception):
    """A cancellation that this task was not asked for: what AsyncGuard takes for a failure."""


class HandingQueue:
    """Hands an item to the one who waits for it, and a place to the one who waits to put."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.items = collections.deque()
        self.getters = collections.deque()
        self.putters = collections.deque()

    async def put(self, item):
        if not self.capacity or len(self.items) < self.capacity:
            self.accept(item)
            return
        await self.wait(self.putters, item)

    async def get(self):
        if not self.items:
            return await self.wait(self.getters, None)
        item = self.items.popleft()
        if self.putters:
            future, late = self.putters.popleft()
            self.accept(late)
            future.set_result(None)
        return item

    def accept(self, item):
        if self.getters:
            self.getters.popleft()[0].set_result(item)
        else:
            self.items.append(item)

    async def wait(self, line, item):
        place = asyncio.get_running_loop().create_future(), item
        line.append(place)
        try:
            return await place[0]
        except asyncio.CancelledError:
            if not place[0].cancelled():
                return place[0].result()
            line.remove(place)
            raise


class State:
    """Of one task: whether it was asked to stop, and the groups that are open in it."""

    def __init__(self):
        self.cancelled = False
        self.completed = False
        self.groups = []

    def reach_groups(self, first=0):
        for group in self.groups[first:]:
            group.reach()


class Group(asyncio.TaskGroup):
    def __init__(self, run, state):
        super().__init__()
        self.run = run
        self.state = state
        self.children = {}
        self.any_stopped = False
        self.reached = False

    async def __aenter__(self):
        self.state.groups.append(self)
        return await super().__aenter__()

    def child(self, number):
        return self.children[sorted(self.children)[number % len(self.children)]]

    def reach(self):
        """The token of a group cancels its body, its children and all groups in them at once."""
        if self.reached:
            return
        self.reached = True
        for task in list(self._tasks):
            if not task.done():
                task.cancel()
                task.state.reach_groups()

    def _abort(self):
        if "together" not in self.run.rules:
            super()._abort()
            return
        self._aborting = True
        self.reach()
        if self in self.state.groups:
            self.state.reach_groups(self.state.groups.index(self) + 1)

    def is_stopping(self):
        return self._aborting or self.reached

    def _on_task_done(self, task):
        # A child that its handle alone has cancelled has not stopped for the group.
        for_group = self.is_stopping() or any(scope() for scope in self.outer_scopes)
        if task.cancelled() and not task.state.completed and (for_group or not task.state.cancelled):
            self.any_stopped = True
        super()._on_task_done(task)

    async def __aexit__(self, kind, error, trace):
        if kind is not None and issubclass(kind, asyncio.CancelledError):
            self.any_stopped = True
        try:
            await super().__aexit__(kind, error, trace)
            # Something has stopped for a token that is still cancelled.
            if "sticky" in self.run.rules and self.any_stopped and any(scope() for scope in self.outer_scopes):
                raise asyncio.CancelledError
            return False
        except asyncio.CancelledError:
            # All work has completed in spite of the cancellation.
            if "success" in self.run.rules and not self.any_stopped:
                return False
            raise
        finally:
            self.state.groups.remove(self)


class TimeLimit(asyncio.Timeout):
    def __init__(self, run, state, when):
        super().__init__(when)
        self.run = run
        self.state = state
        self.first = len(state.groups)

    def _on_timeout(self):
        super()._on_timeout()
        if "together" in self.run.rules:
            self.state.reach_groups(self.first)


class Run:
    def __init__(self, program, rules):
        self.program = program
        self.rules = set(rules)
        self.tasks = {}

    def log(self, task, what):
        self.tasks.setdefault(task, []).append(f"{int(self.loop.time())} {what}")

    async def main(self):
        self.loop = asyncio.get_running_loop()
        self.queue = (HandingQueue if "handed" in self.rules else asyncio.Queue)(self.program["Capacity"])
        state = State()
        task = asyncio.create_task(self.group("0", self.program["Steps"], state, [lambda: state.cancelled]))
        self.loop.call_at(self.program["CancelAt"], self.cancel, task, state)
        await asyncio.wait([task])
        if task.cancelled():
            return {"Tasks": self.tasks, "Outcome": "cancelled", "Errors": []}
        if task.exception() is not None:
            return {"Tasks": self.tasks, "Outcome": "failed", "Errors": list(names(task.exception()))}
        return {"Tasks": self.tasks, "Outcome": "ok", "Errors": []}

    def cancel(self, task, state):
        if task.done():
            return
        state.cancelled = True
        task.cancel()
        if "together" in self.rules:
            state.reach_groups()

    async def group(self, path, steps, state, scopes):
        async with Group(self, state) as group:
            group.outer_scopes = scopes
            group.scopes = scopes + [group.is_stopping]
            await self.task(path, steps, state, group, group.scopes)

    async def task(self, path, steps, state, group, scopes):
        self.log(path, "begin")
        try:
            await self.all(path, path, steps, state, group, scopes)
            self.log(path, "end")
        except asyncio.CancelledError:
            self.log(path, "cancelled")
            raise
        except Exception:
            self.log(path, "failed")
            raise

    async def child(self, path, steps, state, group):
        await self.task(path, steps, state, group, group.scopes + [lambda: state.cancelled])
        state.completed = True

    async def all(self, path, place, steps, state, group, scopes):
        for i, step in enumerate(steps):
            await self.one(path, f"{place}.{i}", step, state, group, scopes)

    def meet(self, scopes):
        """A token stays cancelled: whoever has caught the cancellation meets it again at its next wait."""
        if "sticky" in self.rules and any(scope() for scope in scopes):
            raise asyncio.CancelledError

    async def one(self, path, place, step, state, group, scopes):
        op, n, steps = step["Op"], step["N"], step["Steps"]
        if op == "sleep":
            self.meet(scopes)
            await asyncio.sleep(n)
        elif op == "log":
            self.log(path, f"log {n}")
        elif op == "fail":
            raise ProgramError(str(n))
        elif op == "start":
            self.start(place, steps, state, group, scopes)
        elif op == "nest":
            self.meet(scopes)
            await self.group(place, steps, state, scopes)
        elif op == "timeout":
            self.meet(scopes)
            async with TimeLimit(self, state, self.loop.time() + n) as limit:
                await self.all(path, place, steps, state, group, scopes + [limit.expired])
        elif op == "finally":
            try:
                await self.all(path, place, steps, state, group, scopes)
            finally:
                self.log(path, "cleanup")
                await self.clean(n)
                self.log(path, "clean")
        elif op == "catch":
            try:
                await self.all(path, place, steps, state, group, scopes)
            except asyncio.CancelledError:
                self.log(path, "caught")
            except Exception as error:
                if not is_foreign(error):
                    raise
                self.log(path, "caught")
        elif op == "guard":
            try:
                await self.all(path, place, steps, state, group, scopes)
            except Exception as error:
                if is_foreign(error):
                    raise
                self.log(path, "guarded")
        elif op == "cancel" and group.children:
            child = group.child(n)
            self.cancel(child, child.state)
        elif op == "await" and group.children:
            child = group.child(n)
            if not child.done():
                self.meet(scopes)
                await asyncio.wait([child])
            if child.cancelled() and child.state.completed and "success" in self.rules:
                self.log(path, "awaited")
                return
            if child.cancelled() and not any(scope() for scope in scopes):
                # Two that wait for it would fail at one instant.
                await asyncio.sleep(n)
            if child.cancelled() and "foreign" in self.rules and not any(scope() for scope in scopes):
                raise Foreign
            error = None if child.cancelled() else child.exception()
            if "foreign" in self.rules and error and is_foreign(error) and group.is_stopping():
                # What the sibling throws is a cancellation, and that of the group has been asked for by now.
                raise asyncio.CancelledError
            child.result()
            self.log(path, "awaited")
        elif op == "put":
            self.meet(scopes)
            await self.queue.put(n)
            self.log(path, "put")
        elif op == "get":
            self.meet(scopes)
            self.log(path, f"got {await self.queue.get()}")

    def start(self, path, steps, state, group, scopes):
        if group.is_stopping() and "closed" in self.rules:
            raise asyncio.CancelledError
        child = State()
        coroutine = self.child(path, steps, child, group)
        try:
            task = group.create_task(coroutine)
        except RuntimeError:
            coroutine.close()
            raise
        task.state = child
        group.children[path] = task

    async def clean(self, n):
        if "cleanup" not in self.rules:
            await asyncio.sleep(n)
            return
        # The cleanup was not handed a token.
        cleanup = asyncio.ensure_future(asyncio.sleep(n))
        while not cleanup.done():
            try:
                await asyncio.wait([cleanup])
            except asyncio.CancelledError:
                pass


def names(error):
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from names(inner)
    elif isinstance(error, TimeoutError):
        yield "timeout"
    elif isinstance(error, Foreign):
        yield "foreign"
    elif isinstance(error, ProgramError):
        yield str(error)
    elif isinstance(error, RuntimeError) and "shutting down" in str(error):
        yield "closed"
    else:
        yield repr(error)


def is_foreign(error):
    """What is thrown first is a cancellation that was not asked for."""
    return next(names(error)) == "foreign"


def run_program(program, rules):
    loop = VirtualLoop("instant" in rules)
    loop.set_exception_handler(lambda *_: None)
    run = Run(program, rules)
    try:
        return loop.run_until_complete(run.main())
    except Stuck:
        return {"Tasks": run.tasks, "Outcome": "stuck", "Errors": []}
    finally:
        loop.close()


if __name__ == "__main__":
    # Of programs that are stuck.
    sys.unraisablehook = lambda _: None
    warnings.simplefilter("ignore", RuntimeWarning)
    with open(sys.argv[1], encoding="utf-8") as requests:
        for line in requests:
            request = json.loads(line)
            print(json.dumps(run_program(request["Program"], request["Rules"])))

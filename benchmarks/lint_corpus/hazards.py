"""The hazards of the corpus: what is called, with arguments that make it one, and its code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hazard:
    """One way of being nondeterministic.

    `path` leads from `module` to something called or, for `read`, to something looked at. `make`
    stands between `path` and the call, where an object has to be made first. `also` are codes that
    its value earns besides its own.
    """

    code: str
    module: str
    path: str
    arguments: str = ""
    make: str = ""
    tail: str = ""
    awaited: bool = False
    loop: bool = False
    value: bool = True
    also: tuple[str, ...] = ()

    @property
    def read(self) -> bool:
        """Whether looking at it is enough; `tail` is what is then done with it."""
        return bool(self.tail)

    @property
    def name(self) -> str:
        """The qualified name, as people write it: `time.time`, `open`."""
        outside = "" if self.module == "builtins" else f"{self.module}."
        return f"{outside}{self.path}{self._method}"

    @property
    def slug(self) -> str:
        """The name, fit for a directory, whether letters have cases there or not."""
        parts = [f"capital_{part}" if part[0].isupper() else part for part in self.name.split(".")]
        return "_".join(parts).lower()

    @property
    def _method(self) -> str:
        return f".{self.make.rpartition('.')[2]}" if self.make else ""


HAZARDS = (
    Hazard("NTR101", "time", "time"),
    Hazard("NTR101", "time", "time_ns"),
    Hazard("NTR101", "datetime", "datetime.now"),
    Hazard("NTR101", "datetime", "datetime.utcnow"),
    Hazard("NTR101", "datetime", "datetime.today"),
    Hazard("NTR101", "datetime", "date.today"),
    Hazard("NTR101", "time", "gmtime"),
    Hazard("NTR101", "time", "strftime", '"%Y-%m-%d"'),
    Hazard("NTR101", "email.utils", "make_msgid"),
    Hazard("NTR101", "pendulum", "now"),
    Hazard("NTR102", "time", "monotonic"),
    Hazard("NTR102", "time", "perf_counter"),
    Hazard("NTR102", "time", "process_time"),
    Hazard("NTR102", "time", "thread_time_ns"),
    Hazard("NTR102", "timeit", "default_timer"),
    Hazard("NTR103", "random", "random"),
    Hazard("NTR103", "random", "randint", "1, 6"),
    Hazard("NTR103", "random", "choice", '["low", "high"]'),
    Hazard("NTR103", "random", "shuffle", "[1, 2, 3]", value=False),
    Hazard("NTR103", "random", "Random"),
    Hazard("NTR103", "random", "SystemRandom"),
    Hazard("NTR103", "secrets", "token_hex", "8"),
    Hazard("NTR103", "os", "urandom", "8"),
    Hazard("NTR103", "ssl", "RAND_bytes", "8"),
    Hazard("NTR103", "numpy.random", "default_rng"),
    Hazard("NTR104", "uuid", "uuid1"),
    Hazard("NTR104", "uuid", "uuid4"),
    Hazard("NTR104", "uuid", "getnode"),
    Hazard("NTR104", "bson", "ObjectId"),
    Hazard("NTR104", "shortuuid", "uuid"),
    Hazard("NTR105", "os", "environ", tail='["REGION"]'),
    Hazard("NTR105", "os", "getenv", '"REGION"'),
    Hazard("NTR105", "os", "getpid"),
    Hazard("NTR105", "os", "cpu_count"),
    Hazard("NTR105", "os", "getcwd"),
    Hazard("NTR105", "sys", "argv", tail="[1]"),
    Hazard("NTR105", "platform", "platform"),
    Hazard("NTR105", "socket", "gethostname"),
    Hazard("NTR105", "getpass", "getuser"),
    Hazard("NTR105", "importlib.metadata", "version", '"ntro"'),
    Hazard("NTR106", "builtins", "open", '"rates.csv"'),
    Hazard("NTR106", "io", "open", '"rates.csv"'),
    Hazard("NTR106", "os", "listdir", '"inbox"'),
    Hazard("NTR106", "os.path", "exists", '"rates.csv"'),
    Hazard("NTR106", "pathlib", "Path", make='("rates.csv").read_text'),
    Hazard("NTR106", "pathlib", "Path.cwd"),
    Hazard("NTR106", "glob", "glob", '"*.csv"'),
    Hazard("NTR106", "shutil", "copy", '"rates.csv", "archive"'),
    Hazard("NTR106", "tempfile", "mkdtemp"),
    Hazard("NTR106", "zipfile", "ZipFile", '"rates.zip"'),
    Hazard("NTR107", "socket", "create_connection", '("ledger", 5432)'),
    Hazard("NTR107", "urllib.request", "urlopen", '"https://rates.example"'),
    Hazard("NTR107", "requests", "get", '"https://rates.example"'),
    Hazard("NTR107", "httpx", "get", '"https://rates.example"'),
    Hazard("NTR107", "sqlite3", "connect", '"ledger.db"'),
    Hazard("NTR107", "boto3", "client", '"s3"'),
    Hazard("NTR107", "ntro.data", "get_data_plane"),
    Hazard("NTR107", "asyncio", "open_connection", '"ledger", 5432', awaited=True),
    Hazard("NTR108", "time", "sleep", "1", value=False),
    Hazard("NTR108", "builtins", "input"),
    Hazard("NTR108", "queue", "Queue", make="().get"),
    Hazard("NTR109", "threading", "Thread"),
    Hazard("NTR109", "subprocess", "run", '["ls"]'),
    Hazard("NTR109", "os", "system", '"ls"'),
    Hazard("NTR109", "concurrent.futures", "ThreadPoolExecutor"),
    Hazard("NTR109", "multiprocessing", "Process"),
    Hazard("NTR109", "asyncio", "to_thread", 'len, "rates"', awaited=True),
    Hazard("NTR112", "asyncio", "wait", "[]", awaited=True, also=("NTR110", "NTR111")),
    Hazard("NTR112", "asyncio", "as_completed", "[]", loop=True),
    Hazard("NTR112", "asyncio", "all_tasks", loop=True, also=("NTR110", "NTR111")),
    Hazard("NTR113", "builtins", "id", '"rate"'),
    Hazard("NTR113", "builtins", "hash", '"rate"'),
    Hazard("NTR116", "builtins", "print", '"started"', value=False),
    Hazard("NTR116", "logging", "info", '"started"', value=False),
    Hazard("NTR116", "logging", "getLogger", '"started"', make='("claims").info', value=False),
    Hazard("NTR116", "warnings", "warn", '"late"', value=False),
    Hazard("NTR116", "pprint", "pprint", '"started"', value=False),
    Hazard("NTR116", "sys", "stdout", tail='.write("started")', value=False),
    Hazard("NTR118", "time", "tzname", tail="[0]"),
    Hazard("NTR118", "time", "localtime", "0"),
    Hazard("NTR118", "datetime", "datetime.fromtimestamp", "0"),
    Hazard("NTR118", "calendar", "day_name", tail="[0]"),
    Hazard("NTR118", "locale", "getlocale"),
    Hazard("NTR118", "zoneinfo", "ZoneInfo", '"Europe/Berlin"'),
)
"""Different names, over every code that a name alone can earn."""

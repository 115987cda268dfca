"""Distributions that bundles often use, for where they are not installed beside the tool.

What they are imported by, when that is not their name, and what they bring along.
"""

from __future__ import annotations

from collections.abc import Mapping

from lint_rules.requirements.naming import normalised

_IMPORTS: Mapping[str, str] = {
    "apideck-unify": "apideck_unify",
    "argon2-cffi": "argon2",
    "attrs": "attr attrs",
    "azure-core": "azure.core",
    "azure-identity": "azure.identity",
    "azure-storage-blob": "azure.storage.blob",
    "beautifulsoup4": "bs4",
    "charset-normalizer": "charset_normalizer",
    "confluent-kafka": "confluent_kafka",
    "dnspython": "dns",
    "email-validator": "email_validator",
    "et_xmlfile": "et_xmlfile",
    "factory-boy": "factory",
    "google-api-core": "google.api_core",
    "google-auth": "google.auth google.oauth2",
    "google-cloud-bigquery": "google.cloud.bigquery",
    "google-cloud-storage": "google.cloud.storage",
    "google-genai": "google.genai",
    "googleapis-common-protos": "google.api google.rpc google.type google.longrunning",
    "GitPython": "git",
    "Jinja2": "jinja2",
    "jsonpath-python": "jsonpath",
    "Mako": "mako",
    "Markdown": "markdown",
    "MarkupSafe": "markupsafe",
    "msgpack": "msgpack",
    "mysqlclient": "MySQLdb",
    "nexus-rpc": "nexusrpc",
    "opencv-contrib-python": "cv2",
    "opencv-python": "cv2",
    "opencv-python-headless": "cv2",
    "opentelemetry-api": "opentelemetry",
    "opentelemetry-sdk": "opentelemetry",
    "pdfminer.six": "pdfminer",
    "pillow": "PIL",
    "protobuf": "google.protobuf",
    "psycopg": "psycopg",
    "psycopg-binary": "psycopg_binary",
    "psycopg2": "psycopg2",
    "psycopg2-binary": "psycopg2",
    "pycryptodome": "Crypto",
    "pycryptodomex": "Cryptodome",
    "PyJWT": "jwt",
    "PyMuPDF": "fitz pymupdf",
    "PyMySQL": "pymysql",
    "pyOpenSSL": "OpenSSL",
    "PyPDF2": "PyPDF2",
    "pypdfium2": "pypdfium2 pypdfium2_raw",
    "pyserial": "serial",
    "proto-plus": "proto",
    "python-dateutil": "dateutil",
    "python-docx": "docx",
    "python-dotenv": "dotenv",
    "python-json-logger": "pythonjsonlogger",
    "python-jose": "jose",
    "python-magic": "magic",
    "python-multipart": "multipart python_multipart",
    "python-pptx": "pptx",
    "python-slugify": "slugify",
    "PyYAML": "yaml _yaml",
    "pyzmq": "zmq",
    "rapidfuzz": "rapidfuzz",
    "rpds-py": "rpds",
    "ruamel.yaml": "ruamel.yaml",
    "ruamel.yaml.clib": "_ruamel_yaml",
    "scikit-image": "skimage",
    "scikit-learn": "sklearn",
    "SQLAlchemy": "sqlalchemy",
    "tomli_w": "tomli_w",
    "typing_extensions": "typing_extensions",
    "typing-inspection": "typing_inspection",
    "Unidecode": "unidecode",
    "XlsxWriter": "xlsxwriter",
}
"""By the name as the project writes it."""

_BRINGS: Mapping[str, str] = {
    "aiofiles": "",
    "aiohttp": "aiohappyeyeballs aiosignal attrs frozenlist multidict propcache yarl",
    "annotated-types": "",
    "anthropic": "anyio distro docstring-parser httpx jiter pydantic sniffio typing-extensions",
    "anyio": "idna sniffio typing-extensions",
    "apideck-unify": "httpcore httpx jsonpath-python pydantic",
    "argon2-cffi": "argon2-cffi-bindings",
    "asyncpg": "async-timeout",
    "attrs": "",
    "azure-identity": "azure-core cryptography msal msal-extensions typing-extensions",
    "azure-storage-blob": "azure-core cryptography isodate typing-extensions",
    "beautifulsoup4": "soupsieve typing-extensions",
    "boto3": "botocore jmespath s3transfer",
    "botocore": "jmespath python-dateutil urllib3",
    "certifi": "",
    "cffi": "pycparser",
    "charset-normalizer": "",
    "confluent-kafka": "",
    "cryptography": "cffi",
    "email-validator": "dnspython idna",
    "et_xmlfile": "",
    "GitPython": "gitdb",
    "google-auth": "cachetools cryptography pyasn1-modules rsa",
    "h11": "",
    "httpcore": "certifi h11",
    "httpx": "anyio certifi httpcore idna sniffio",
    "idna": "",
    "Jinja2": "MarkupSafe",
    "jmespath": "",
    "jsonpath-python": "",
    "jsonschema": "attrs jsonschema-specifications referencing rpds-py",
    "lxml": "",
    "Mako": "MarkupSafe",
    "Markdown": "",
    "MarkupSafe": "",
    "msgpack": "",
    "mysqlclient": "",
    "nexus-rpc": "typing-extensions",
    "num2words": "docopt",
    "numpy": "",
    "openai": "anyio distro httpx jiter pydantic sniffio tqdm typing-extensions",
    "opencv-contrib-python": "numpy",
    "opencv-python": "numpy",
    "opencv-python-headless": "numpy",
    "openpyxl": "et-xmlfile",
    "orjson": "",
    "pandas": "numpy python-dateutil pytz tzdata",
    "pdfminer.six": "charset-normalizer cryptography",
    "pdfplumber": "pdfminer.six pillow pypdfium2",
    "pillow": "",
    "polars": "polars-runtime-32",
    "protobuf": "",
    "psycopg": "typing-extensions tzdata",
    "psycopg-binary": "",
    "psycopg2": "",
    "psycopg2-binary": "",
    "pyarrow": "",
    "pycparser": "",
    "pycryptodome": "",
    "pycryptodomex": "",
    "pydantic": "annotated-types pydantic-core typing-extensions typing-inspection",
    "pydantic_core": "typing-extensions",
    "pydantic-settings": "pydantic python-dotenv typing-inspection",
    "PyJWT": "",
    "PyMuPDF": "",
    "PyMySQL": "",
    "pyOpenSSL": "cryptography typing-extensions",
    "pypdf": "",
    "PyPDF2": "",
    "pypdfium2": "",
    "pyserial": "",
    "python-dateutil": "six tzdata",
    "python-docx": "lxml typing-extensions",
    "python-dotenv": "",
    "python-jose": "ecdsa pyasn1 rsa",
    "python-json-logger": "typing-extensions",
    "python-magic": "",
    "python-multipart": "",
    "python-pptx": "lxml pillow typing-extensions XlsxWriter",
    "python-slugify": "text-unidecode",
    "pytz": "",
    "PyYAML": "",
    "pyzmq": "",
    "rapidfuzz": "",
    "requests": "certifi charset-normalizer idna urllib3",
    "ruamel.yaml": "ruamel.yaml.clib",
    "scikit-learn": "joblib numpy scipy threadpoolctl",
    "scipy": "numpy",
    "six": "",
    "SQLAlchemy": "greenlet typing-extensions",
    "structlog": "typing-extensions",
    "tabulate": "",
    "temporalio": "nexus-rpc protobuf python-dateutil types-protobuf typing-extensions",
    "tenacity": "",
    "tomli_w": "",
    "tqdm": "",
    "types-protobuf": "",
    "typing_extensions": "",
    "typing-inspection": "typing-extensions",
    "tzdata": "",
    "Unidecode": "",
    "urllib3": "",
    "xlrd": "",
    "XlsxWriter": "",
}
"""What each distribution needs without extras; those it brings that are not here have no needs."""

SPELLINGS: Mapping[str, str] = {normalised(name): name for name in ("ntro", *_IMPORTS, *_BRINGS)}
"""How projects write their names, by the normalised name."""

IMPORTS: Mapping[str, tuple[str, ...]] = {
    normalised(name): tuple(imports.split()) for name, imports in _IMPORTS.items()
}

BRINGS: Mapping[str, tuple[str, ...]] = {
    normalised(name): tuple(map(normalised, brought.split())) for name, brought in _BRINGS.items()
}

BY_IMPORT: Mapping[str, tuple[str, ...]] = {
    imported: tuple(sorted((k for k, imports in IMPORTS.items() if imported in imports), key=len))
    for imported in sorted({name for imports in IMPORTS.values() for name in imports})
}
"""Which distributions a name may be imported from, the plainest first."""

SHARED = frozenset({"google", "azure", "opentelemetry", "ruamel", "zope", "jaraco", "backports"})
"""Top-level names that many distributions share: the next name tells them apart."""

_DEVELOPMENT = """
    autopep8 bandit black build bumpversion coverage debugpy factory-boy flake8 freezegun
    hypothesis ipdb ipykernel ipython isort jupyter jupyterlab mypy notebook nox ntro-cli
    ntro-testkit pip-tools pre-commit pylint pyright pytest responses respx ruff sphinx
    time-machine tox twine vcrpy watchdog wheel yapf
"""
DEVELOPMENT = frozenset(_DEVELOPMENT.split())
"""What serves to write, check and test a bundle."""

DEVELOPMENT_PREFIXES = ("pytest-", "flake8-", "types-", "sphinx-", "mypy-")

_WORK_UNSEEN = """
    aiosqlite asyncpg brotli email-validator fastparquet greenlet h2 httptools lxml mysqlclient
    numexpr odfpy openpyxl oracledb orjson psycopg psycopg-binary psycopg2 psycopg2-binary
    pyarrow pymssql pymysql pyodbc python-calamine python-multipart setuptools socksio tables
    temporalio tzdata uvloop xlrd xlsxwriter zstandard
"""
WORK_UNSEEN = frozenset(_WORK_UNSEEN.split())
"""Drivers, engines and plug-ins that another package loads by itself."""

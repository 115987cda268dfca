"""stub"""


def refuse_unknown_temporalio() -> None:
    pass

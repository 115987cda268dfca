"""Every hazard hidden in every way, and where it is harmless: what the lint finds of it.

python -m benchmarks.lint_corpus [--shape NAME] [--hazard NAME] [--keep DIRECTORY] [--rehearse]
"""

"""Counts the checks of one run: one line each, `N passed, M failed` last."""
import sys
import traceback

_passed = 0
_failed = 0


def check(name, test):
    """`test()` passes when it returns True; what else it returns, or raises, is shown."""
    global _passed, _failed
    try:
        said = test()
    except Exception:
        said = traceback.format_exc()
    if said is True:
        _passed += 1
        print(f'ok      {name}', flush=True)
    else:
        _failed += 1
        print(f'FAILED  {name}: {said}', flush=True)


def finish():
    print(f'{_passed} passed, {_failed} failed')
    sys.exit(0 if _failed == 0 and _passed > 0 else 1)

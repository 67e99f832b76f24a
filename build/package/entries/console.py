"""The packaged program on a console: perf-excel."""

import sys

if sys.argv[1:2] == ["--confined"]:
    from perf_excel.books.older.confined import main as confined

    sys.exit(confined(sys.argv[2:]))

import multiprocessing

from perf_excel.__main__ import main

# A process that reads forms for another one (collect --jobs) is this program once more.
multiprocessing.freeze_support()
sys.exit(main())

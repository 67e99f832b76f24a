"""The packaged program on a console: perf-excel."""

import sys

if sys.argv[1:2] == ["--confined"]:
    from perf_excel.books.older.confined import main as confined

    sys.exit(confined(sys.argv[2:]))

from perf_excel.__main__ import main

sys.exit(main())

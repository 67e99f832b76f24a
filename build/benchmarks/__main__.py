"""The benchmark: every figure in one run, as ratios against the usual way and against the least possible."""

import checking
import collecting
import distributing
import form_file
import live
import packaged
import packaged_windows
import rollup_units
import scoring
import startup
import weight

if __name__ == "__main__":
    for subject in (
        form_file,
        distributing,
        collecting,
        checking,
        scoring,
        weight,
        rollup_units,
        live,
        startup,
        packaged,
        packaged_windows,
    ):
        print(*subject.run(), sep="\n", flush=True)

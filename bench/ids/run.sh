#!/usr/bin/env bash
# The reader of machine-readable zones on documents made here, by category.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
build=${CAREO_BUILD:-build}
cmake --build "$build" --target bench_ids > /dev/null
OMP_THREAD_LIMIT=1 "$build"/bench_ids --each "${EACH:-60}" --seed "${SEED:-1}"

#!/bin/sh
# The long runs of the crash, power and storage suites, by hand and before a release: 10,000 kills, 500,000 power cuts,
# 100,000 flipped bits, 2,000 points at which the disk is full, 20,000 random histories,
# 50,000 residents brought up from an older version, 2,000 mutations a reader, every step of
# restoring and deleting, and a year of a village of 3,000; some hours on two processors. A number as the first
# argument divides all of them: `tests/soak.sh 100` is a rehearsal. The seed is printed; XIANGLI_TEST_SEED repeats it.
set -eu
cd "$(dirname "$0")/.."
by=${1:-1}
: "${XIANGLI_TEST_SEED:=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}"
export XIANGLI_TEST_SEED
export XIANGLI_TEST_KILLS=$((10000 / by)) XIANGLI_TEST_STATES=$((500000 / by))
export XIANGLI_TEST_FLIPS=$((100000 / by)) XIANGLI_TEST_FULL=$((2000 / by))
export XIANGLI_TEST_JOINS=$((2000 / by)) XIANGLI_TEST_ORDERS=$((2000 / by)) XIANGLI_TEST_RECEIVE_KILLS=$((500 / by + 1))
export XIANGLI_TEST_MUTATIONS=$((2000 / by + 60)) XIANGLI_TEST_STEPS=$((3000 / by + 60))
echo "seed $XIANGLI_TEST_SEED"
export PROPTEST_CASES=$((20000 / by + 64))
cargo test --test it -- --ignored --nocapture in_a_year_of_three_thousand of_50_000
exec cargo test --test it -- --nocapture --test-threads=2 crash:: power:: power_steps:: corpus:: storage:: full_disk:: same_person:: histories:: joins:: hand_up_hostile::
